"""Exercise `resample`: polls whose increments are known one by one."""

import math

import numpy as np
import pandas as pd

NUMBERS = ["bytes", "drops", "temp_c", "polls"]
MOVED = ["bytes", "drops"]


def make(seed: int, tower: str = "Bidiya", *, polls: int = 60, minutes: int = 20, resets: bool = False) -> pd.DataFrame:
    """Polls of one tower at odd seconds, no two further apart than 40 minutes; counters stand still now and then."""
    rng = np.random.default_rng(seed)
    seconds = np.arange(polls) * minutes * 60 + rng.integers(0, minutes * 60, polls)
    moved = rng.integers(1, 900, (polls, 2)) * (rng.random((polls, 2)) < 0.8)
    totals = 5_000 + np.cumsum(moved, axis=0)
    if resets:
        for place in rng.choice(np.arange(3, polls), 8, replace=False):
            totals[place:] -= totals[place] - rng.integers(0, 40, 2)
    return pd.DataFrame(
        {
            "tower": tower,
            "time": pd.Timestamp("2018-04-26 05:07", tz="UTC") + pd.to_timedelta(seconds, unit="s"),
            "bytes_total": totals[:, 0],
            "drops_total": totals[:, 1],
            "temp_c": np.where(rng.random(polls) < 0.1, np.nan, np.round(rng.normal(40, 6, polls), 1)),
        }
    )


def truth(frame: pd.DataFrame, width: int) -> list[list[float]]:
    """Each bin of `width` seconds: tower, its start in seconds since 1970, and the four numbers; poll by poll."""
    table = []
    for tower in sorted(set(frame["tower"])):
        mine = frame[frame["tower"] == tower]
        rows = sorted(
            (int(time.timestamp()), int(carried), int(dropped), temp)
            for time, carried, dropped, temp in zip(
                mine["time"], mine["bytes_total"], mine["drops_total"], mine["temp_c"], strict=True
            )
        )
        bins = {start: ([], [], [], []) for start in range(rows[0][0] // width * width, rows[-1][0] + 1, width)}
        for place, (time, carried, dropped, temp) in enumerate(rows):
            held = bins[time // width * width]
            held[3].append(1)
            if not math.isnan(temp):
                held[2].append(temp)
            before = rows[place - 1]
            if place and time - before[0] <= width:
                held[0].append(carried - before[1] if carried >= before[1] else carried)
                held[1].append(dropped - before[2] if dropped >= before[2] else dropped)
        for start, (carried, dropped, temps, seen) in bins.items():
            sums = [sum(part) if part else math.nan for part in (carried, dropped)]
            table.append([tower, start, *sums, sum(temps) / len(temps) if temps else math.nan, len(seen)])
    return table


def compare(answer: object, frame: pd.DataFrame, width: int, columns: list[str]) -> None:
    """The answer's rows and some of its columns against the truth."""
    expected = truth(frame, width)
    assert isinstance(answer, pd.DataFrame), f"not a DataFrame but a {type(answer).__name__}"
    assert {"tower", "time", *NUMBERS} <= set(answer.columns), f"columns {list(answer.columns)}"
    assert answer.columns.is_unique
    assert len(answer) == len(expected), f"{len(answer)} rows, not {len(expected)}"
    assert list(answer["tower"]) == [row[0] for row in expected]
    assert isinstance(answer["time"].dtype, pd.DatetimeTZDtype), f"time is {answer['time'].dtype}"
    assert [int(time.timestamp()) for time in answer["time"]] == [row[1] for row in expected], "other bins"
    for name in columns:
        got = pd.to_numeric(answer[name], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        true = np.array([row[2 + NUMBERS.index(name)] for row in expected], dtype=float)
        assert np.allclose(got, true, equal_nan=True), name


def test_increments_and_resets(notebook):
    plain = make(21)
    compare(notebook.resample_counters(plain, "1h"), plain, 3600, MOVED)
    reset = make(22, polls=150, resets=True)
    compare(notebook.resample_counters(reset, "1h"), reset, 3600, MOVED)
    compare(notebook.resample_counters(reset, "2h"), reset, 7200, MOVED)


def test_outages_stay_unknown(notebook):
    frame = make(24, polls=200)
    places = np.arange(200)
    silent = (places % 41 > 26) | ((places > 90) & (places < 117))
    frame = frame[~silent].reset_index(drop=True)
    compare(notebook.resample_counters(frame, "1h"), frame, 3600, NUMBERS)
    alone = frame.iloc[[5]]
    compare(notebook.resample_counters(alone, "1h"), alone, 3600, NUMBERS)
    no_gauge = frame.assign(temp_c=np.nan)
    compare(notebook.resample_counters(no_gauge, "1h"), no_gauge, 3600, NUMBERS)
    # One poll at each whole hour: exactly one bin apart is still known.
    exact = make(23).assign(time=pd.date_range("2018-04-26", periods=60, freq="1h", tz="UTC"))
    compare(notebook.resample_counters(exact, "1h"), exact, 3600, NUMBERS)


def test_towers_are_counted_apart(notebook):
    rng = np.random.default_rng(25)
    lows = make(26, "Thumrait").assign(bytes_total=lambda polls: polls["bytes_total"] - 4_000)
    frame = pd.concat([make(27, "Yanqul"), lows, make(28, "Buraimi", polls=31)])
    order = rng.permutation(len(frame))
    shuffled = frame.iloc[order].set_index(rng.integers(0, 20, len(frame)))
    answer = notebook.resample_counters(shuffled, "1h")
    compare(answer, frame, 3600, NUMBERS)
    assert list(answer.index) == list(range(len(answer)))


def test_bins_are_of_utc(notebook):
    # Egypt set its clocks forward in the night to 28 April 2023; Kathmandu is 5:45 ahead, so its hours are its own.
    frame = make(29, polls=300).assign(time=lambda polls: polls["time"] + pd.Timedelta(days=1827))
    for zone, freq, width in (("Africa/Cairo", "1D", 86_400), ("Asia/Kathmandu", "1h", 3_600), ("UTC", "1D", 86_400)):
        local = frame.assign(time=frame["time"].dt.tz_convert(zone))
        answer = notebook.resample_counters(local, freq)
        compare(answer, frame, width, ["bytes", "polls"])
        assert str(answer["time"].dtype.tz) == "UTC", "the bins are not told in UTC"
