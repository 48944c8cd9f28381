"""Exercise `rates`: what a row's features may depend on, and what they are."""

import math

import numpy as np
import pandas as pd

TOGETHER = """
_answer = rate_features(df, windows)
[_answer, df, windows]
"""


def make(seed: int, towers: dict[str, int], *, gaps: bool = False) -> pd.DataFrame:
    """Hourly rows of some towers, from the name to the number of hours, with levels that differ between towers."""
    rng = np.random.default_rng(seed)
    parts = []
    for level, (name, hours) in enumerate(towers.items(), start=1):
        times = pd.date_range("2017-07-01", periods=hours, freq="1h", tz="UTC")
        carried = np.round(level * rng.lognormal(22, 1.0, hours))
        drops = rng.poisson(6 * level, hours).astype(float)
        temp = np.round(20 * level + np.cumsum(rng.normal(0, 1.5, hours)), 1)
        if gaps:
            unseen = np.repeat(rng.random(hours // 5 + 1) < 0.3, 5)[:hours]
            carried[unseen], drops[unseen] = np.nan, np.nan
            temp[unseen | (rng.random(hours) < 0.1)] = np.nan
            idle = np.repeat(rng.random(hours // 6 + 1) < 0.25, 6)[:hours] & ~unseen
            carried[idle], drops[idle] = 0, 0
        parts.append(pd.DataFrame({"tower": name, "time": times, "bytes": carried, "drops": drops, "temp_c": temp}))
    return pd.concat(parts, ignore_index=True)


def truth(frame: pd.DataFrame, windows: list[int]) -> dict[str, list[float]]:
    """Each feature, row by row, from lists of what the window holds."""
    columns = {f"{name}_{w}": [] for name in ("drops_per_gb", "temp_max", "temp_rise") for w in windows}
    for tower in dict.fromkeys(frame["tower"]):
        mine = frame[frame["tower"] == tower]
        carried, drops, temp = (mine[name].tolist() for name in ("bytes", "drops", "temp_c"))
        for row in range(len(mine)):
            for w in windows:
                first = max(0, row - w + 1)
                total = sum(x for x in carried[first : row + 1] if not math.isnan(x))
                lost = sum(x for x in drops[first : row + 1] if not math.isnan(x))
                warm = [x for x in temp[first : row + 1] if not math.isnan(x)]
                columns[f"drops_per_gb_{w}"].append(lost / (total / 1e9) if total else math.nan)
                columns[f"temp_max_{w}"].append(max(warm) if warm else math.nan)
                columns[f"temp_rise_{w}"].append(temp[row] - temp[row - w] if row >= w else math.nan)
    return columns


def features(answer: object, frame: pd.DataFrame, windows: list[int]) -> np.ndarray:
    """The answer's features as numbers, a column for each, when it is a table of the right shape."""
    names = list(truth(frame.iloc[:1], windows))
    assert isinstance(answer, pd.DataFrame), f"not a DataFrame but a {type(answer).__name__}"
    assert answer.columns.is_unique
    assert set(answer.columns) == {*frame.columns, *names}, f"columns {list(answer.columns)}"
    assert len(answer) == len(frame), f"{len(answer)} rows for {len(frame)}"
    return answer[names].apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def expected(frame: pd.DataFrame, windows: list[int]) -> np.ndarray:
    return np.column_stack(list(truth(frame, windows).values()))


def test_no_feature_sees_what_comes_after(notebook):
    windows = [2, 7]
    frame = make(31, {"Barka": 60})
    # No temperature just before the two moments, for whoever fills gaps from what comes after.
    frame.loc[[17, 18, 19, 38, 39, 40], "temp_c"] = np.nan
    before = features(notebook.rate_features(frame, windows), frame, windows)
    for cut in (20, 41):
        later = np.arange(60) >= cut
        changed = frame.assign(
            bytes=frame["bytes"].where(~later, frame["bytes"] * 3 + 1e9),
            drops=frame["drops"].where(~later, 500 - frame["drops"]),
            temp_c=frame["temp_c"].where(~later, frame["temp_c"] + 100),
        )
        after = features(notebook.rate_features(changed, windows), changed, windows)
        assert np.allclose(after[:cut], before[:cut], equal_nan=True), "a feature saw what came after its hour"
        moved = np.abs(after - before)[cut : cut + 2]
        seen = ~np.isnan(before[cut : cut + 2])
        assert seen.mean() > 0.5, "features are missing"
        assert (moved[seen] > 1e-6).all(), "its own hour does not show"
        short = features(notebook.rate_features(frame.iloc[:cut], windows), frame.iloc[:cut], windows)
        assert np.allclose(short, before[:cut], equal_nan=True), "a feature needs rows that come after its hour"


def test_windows_stay_in_their_tower(notebook):
    windows = [3, 5]
    frame = make(32, {"Adam": 30, "Bahla": 4, "Haima": 40})
    frame.index = np.random.default_rng(33).permutation(len(frame)) + 100
    told = notebook.run(TOGETHER, df=frame, windows=windows)
    assert isinstance(told, list)
    answer, frame_after, windows_after = told
    together = features(answer, frame, windows)
    for name in ("Adam", "Bahla", "Haima"):
        mine = (frame["tower"] == name).to_numpy()
        alone = features(notebook.rate_features(frame[mine], windows), frame[mine], windows)
        assert np.allclose(together[mine], alone, equal_nan=True), "a tower's features depend on another tower"
    assert np.isfinite(together).mean() > 0.8
    assert list(answer.index) == list(frame.index)
    assert answer[list(frame.columns)].equals(frame), "a column of the input changed in the answer"
    assert isinstance(frame_after, pd.DataFrame)
    assert frame_after.equals(frame), "the input was changed"
    assert windows_after == windows


def test_values_of_a_full_record(notebook):
    frame = make(34, {"Seeb": 50})
    for windows in ([1], [4, 12], [6, 2, 60]):
        got = features(notebook.rate_features(frame, windows), frame, windows)
        true = expected(frame, windows)
        # The first rows of a tower, whose windows are not full, are the other test's.
        full = np.arange(50) >= max(w for w in windows if w < 50)
        assert np.allclose(got[full], true[full], equal_nan=True)


def test_gaps_and_idle_hours(notebook):
    windows = [3, 10]
    frame = make(35, {"Masirah": 240}, gaps=True)
    got = features(notebook.rate_features(frame, windows), frame, windows)
    assert np.allclose(got, expected(frame, windows), equal_nan=True)
    nothing = frame.assign(bytes=np.nan, drops=np.nan, temp_c=np.nan)
    assert np.isnan(features(notebook.rate_features(nothing, windows), nothing, windows)).all()
