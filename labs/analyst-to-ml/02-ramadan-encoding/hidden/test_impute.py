"""Exercise `impute`: what fills a gap, where it was learned, and what must not change."""

import statistics

import numpy as np
import pandas as pd

from grader.inside.probes import check_alone, check_pure, check_same, numbers, table


def make(seed: int, first: str, days: int, branches: dict[str, float], gaps: float) -> pd.DataFrame:
    """Visitors of some branches: skewed, so that a mean is no median, with a week and with gaps."""
    rng = np.random.default_rng(seed)
    dates = pd.date_range(first, periods=days)
    frame = pd.DataFrame([(day, name) for day in dates for name in branches], columns=["date", "branch"])
    level = frame["branch"].map(branches) * (1 + frame["date"].dt.dayofweek / 5)
    frame["visitors"] = np.round(level * rng.lognormal(0, 0.6, len(frame)))
    frame.loc[rng.random(len(frame)) < gaps, "visitors"] = np.nan
    return frame


TRAIN = make(51, "2018-03-05", 140, {"Salalah": 300, "Muscat": 900, "Nizwa": 150, "Sohar": 420}, 0.08)
NEW = make(52, "2019-03-05", 40, {"Salalah": 700, "Muscat": 2_000, "Nizwa": 400, "Sohar": 90}, 0.3)


def truth(train: pd.DataFrame, new: pd.DataFrame) -> list[float]:
    """What stands in `visitors` after filling, row by row."""
    known = train.dropna(subset=["visitors"])
    rows = list(zip(known["branch"], known["date"].dt.dayofweek, known["visitors"], strict=True))
    filled = []
    for branch, day, visitors in zip(new["branch"], new["date"], new["visitors"], strict=True):
        like = [count for name, weekday, count in rows if name == branch and weekday == day.dayofweek]
        usual = statistics.median(like or [count for *_, count in rows])
        filled.append(usual if np.isnan(visitors) else visitors)
    return filled


def visitors_of(answer: object, new: pd.DataFrame) -> np.ndarray:
    """The column of visitors, when the answer is a table with the right rows."""
    return numbers(table(answer, rows=len(new), columns=["visitors"])["visitors"], len(new))


def test_medians_come_from_train(notebook):
    # Every statistic of these training rows is 412, whichever the learner takes; every one of `new` is not.
    train = TRAIN.assign(visitors=412.0)
    gaps = NEW["visitors"].isna().to_numpy()
    filled = visitors_of(notebook.impute(train, NEW), NEW)
    check_same(filled[gaps], np.full(gaps.sum(), 412))
    check_alone(lambda new: visitors_of(notebook.impute(TRAIN, new), new), NEW, np.flatnonzero(gaps)[[0, 5, 11]])


def test_by_branch_and_weekday(notebook):
    gaps = NEW["visitors"].isna().to_numpy()
    filled = visitors_of(notebook.impute(TRAIN, NEW), NEW)
    check_same(filled[gaps], np.array(truth(TRAIN, NEW))[gaps])


def test_new_branch_fallback(notebook):
    never_on_friday = (TRAIN["branch"] == "Nizwa") & (TRAIN["date"].dt.dayofweek == 4)
    train = TRAIN.assign(visitors=TRAIN["visitors"].mask(never_on_friday))
    train = train[(train["branch"] != "Sohar") | (train["date"].dt.dayofweek != 0)]
    sur = make(53, "2019-03-05", 21, {"Sur": 250}, 0.5)
    new = pd.concat([NEW, sur], ignore_index=True)
    weekday = new["date"].dt.dayofweek
    unknown = (
        (new["branch"] == "Sur")
        | ((new["branch"] == "Nizwa") & (weekday == 4))
        | ((new["branch"] == "Sohar") & (weekday == 0))
    )
    asked = (unknown & new["visitors"].isna()).to_numpy()
    filled = visitors_of(notebook.impute(train, new), new)
    check_same(filled[asked], np.array(truth(train, new))[asked])


def test_nothing_else_changes(notebook):
    rng = np.random.default_rng(54)
    new = NEW.iloc[rng.permutation(len(NEW))].assign(sales=rng.random(len(NEW)))
    new.index = rng.integers(0, 30, len(new))
    gaps = new["visitors"].isna().to_numpy()
    answer = check_pure(notebook, "impute", TRAIN, new)
    filled = visitors_of(answer, new)
    assert np.array_equal(filled[~gaps], new["visitors"].to_numpy()[~gaps]), "known values changed"
    assert set(answer.columns) == {*new.columns, "visitors_was_missing"}
    check_same(answer["visitors_was_missing"], gaps)
    assert list(answer.index) == list(new.index)
    assert list(answer["branch"]) == list(new["branch"])
    assert list(answer["date"]) == list(new["date"])
    check_same(answer["sales"], new["sales"])
