"""Exercise `naive`: which day a forecast is copied from, and what may not show in it."""

import numpy as np
import pandas as pd

from grader.inside.probes import check_order_free, check_pure, check_same, check_unmoved, numbers

AREAS = ["Sohar", "Nizwa", "Sur"]


def make(seed: int, *, holes: bool, days: int = 80) -> pd.DataFrame:
    """Demand of three areas in the order of the calendar; `holes` makes dead meters and absent days."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        [(day, area) for day in pd.date_range("2017-02-01", periods=days) for area in AREAS], columns=["date", "area"]
    )
    frame["demand_mwh"] = np.round(rng.gamma(9, 100, len(frame)), 1)
    if holes:
        frame.loc[rng.random(len(frame)) < 0.35, "demand_mwh"] = np.nan
        frame = frame[rng.random(len(frame)) > 0.3].reset_index(drop=True)
        # Five and six weeks without a word: the fourth week back is asked for, and so is one that is too old.
        dark = (frame["area"] == "Sur") & frame["date"].between("2017-03-01", "2017-04-08")
        frame = frame[~dark].reset_index(drop=True)
    return frame


def truth(frame: pd.DataFrame) -> np.ndarray:
    """The forecasts by going through the rows, one at a time."""
    rows = list(zip(frame["area"], frame["date"], frame["demand_mwh"], strict=True))
    known = {(area, day): value for area, day, value in rows if not np.isnan(value)}
    forecasts = []
    for area, day, _ in rows:
        back = [known.get((area, day - pd.Timedelta(days=days))) for days in (7, 14, 21, 28)]
        forecasts.append(next((value for value in back if value is not None), np.nan))
    return np.array(forecasts)


def ask(notebook, frame: pd.DataFrame) -> np.ndarray:
    """The forecasts as numbers, when the answer is a column of the right length."""
    answer = notebook.seasonal_naive(frame)
    assert isinstance(answer, pd.Series), f"not a Series but a {type(answer).__name__}"
    return numbers(answer, len(frame))


def test_same_area_a_week_before(notebook):
    frame = make(31, holes=False)
    expected = truth(frame)
    check_same(ask(notebook, frame), expected)


def test_up_to_four_weeks_back_by_the_calendar(notebook):
    frame = make(32, holes=True)
    expected = truth(frame)
    known = frame.dropna()
    known_on = set(zip(known["area"], known["date"], strict=True))
    too_old = [(area, day - pd.Timedelta(days=35)) in known_on for area, day in frame[["area", "date"]].to_numpy()]
    assert (np.isnan(expected) & too_old).any(), "no day is known five weeks back and not later"
    # The first week has nothing before it, whatever one does; the other tests ask for it.
    later = (frame["date"] >= "2017-02-08").to_numpy()
    check_same(ask(notebook, frame)[later], expected[later])


def test_the_future_does_not_show(notebook):
    frame = make(33, holes=True)
    for cut in pd.to_datetime(["2017-02-08", "2017-03-10"]):
        changed = frame.assign(demand_mwh=frame["demand_mwh"].where(frame["date"] < cut, 9_000 - frame["demand_mwh"]))
        early = (frame["date"] < cut + pd.Timedelta(days=7)).to_numpy()
        fed = ~early & ~np.isclose(truth(frame), truth(changed), equal_nan=True)
        check_unmoved(lambda rows: ask(notebook, rows), frame, changed, still=early, moved=fed)


def test_rows_keep_their_place(notebook):
    frame = make(34, holes=True)
    rng = np.random.default_rng(35)
    mixed = frame.iloc[rng.permutation(len(frame))]
    mixed.index = rng.integers(0, 50, len(mixed))
    answer = check_pure(notebook, "seasonal_naive", mixed)
    assert isinstance(answer, pd.Series), f"not a Series but a {type(answer).__name__}"
    assert list(answer.index) == list(mixed.index)
    check_order_free(lambda rows: ask(notebook, rows), frame, seed=36)
    check_same(answer, ask(notebook, mixed.reset_index(drop=True)))
