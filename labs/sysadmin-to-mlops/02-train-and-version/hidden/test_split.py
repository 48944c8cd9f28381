"""Exercise `split`: which side each row is on, worked out row by row."""

import math

import numpy as np
import pandas as pd

CUT = "2019-03-10T06:00:00Z"
FIRST = pd.Timestamp("2019-03-06", tz="UTC")
TRY = """
def _outcome(df, cut, gap_h):
    try:
        return len(time_split(df, cut, gap_h))
    except ValueError:
        return "ValueError"

[_outcome(*_case) for _case in cases]
"""
TOGETHER = """
_sides = time_split(df, cut, gap_h)
[*_sides, df]
"""


def make(seed: int, *, open_labels: bool = False, order: bool = False) -> pd.DataFrame:
    """Eight days of three hosts; `row` names each row."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame([(hour, host) for hour in range(8 * 24) for host in ("mail", "db", "web")])
    frame = pd.DataFrame({"host": frame[1], "time": FIRST + pd.to_timedelta(frame[0], unit="h")})
    frame["load"] = rng.normal(size=len(frame))
    frame["label"] = rng.integers(0, 2, len(frame)).astype(float)
    frame["row"] = np.arange(len(frame))
    if open_labels:
        frame.loc[rng.random(len(frame)) < 0.2, "label"] = np.nan
    if order:
        frame = frame.iloc[rng.permutation(len(frame))].set_index(rng.integers(0, 50, len(frame)))
    return frame


def truth(frame: pd.DataFrame, gap_h: int) -> tuple[list[int], list[int]]:
    """The rows of both sides in order, by seconds since the cut."""
    past, future = [], []
    for row, time, label in zip(frame["row"], frame["time"], frame["label"], strict=True):
        after = (time - pd.Timestamp(CUT)).total_seconds()
        if math.isnan(label):
            continue
        if after < 0:
            past.append(row)
        elif after >= gap_h * 3600:
            future.append(row)
    return past, future


def sides(answer: object) -> list[pd.DataFrame]:
    assert isinstance(answer, tuple | list), f"not two tables but a {type(answer).__name__}"
    assert len(answer) == 2
    assert all(isinstance(side, pd.DataFrame) for side in answer)
    assert all("row" in side.columns for side in answer)
    return list(answer)


def rows_of(answer: object) -> tuple[list[int], list[int]]:
    past, future = sides(answer)
    return sorted(past["row"]), sorted(future["row"])


def test_past_and_future(notebook):
    frame = make(11)
    assert rows_of(notebook.time_split(frame, CUT, 0)) == truth(frame, 0)
    # With a gap: what is learned from is all before the cut, and what is judged on is all well after it.
    past, future = rows_of(notebook.time_split(frame, CUT, 5))
    cut = truth(frame, 0)[0][-1]
    assert [row for row in past if row < cut - 40] == list(range(cut - 40))
    assert [row for row in future if row > cut + 40] == list(range(cut + 41, len(frame)))
    assert max(past) < min(future)


def test_gap_belongs_to_neither(notebook):
    frame = make(12)
    for gap_h in (1, 5, 30):
        assert rows_of(notebook.time_split(frame, CUT, gap_h)) == truth(frame, gap_h), f"gap of {gap_h} hours"


def test_rows_without_label_are_left_out(notebook):
    frame = make(13, open_labels=True)
    # Without the hour of the cut, whose side is another test's.
    frame = frame[frame["time"] != pd.Timestamp(CUT)]
    past, future = rows_of(notebook.time_split(frame, CUT, 0))
    assert sorted([*past, *future]) == list(frame["row"][frame["label"].notna()])
    before = frame["time"] < pd.Timestamp(CUT)
    cases = [
        [frame, CUT, 0],
        [frame[before], CUT, 0],
        [frame[~before], CUT, 0],
        [frame, CUT, 500],
        [frame.assign(label=frame["label"].where(before)), CUT, 0],
        [frame.assign(label=frame["label"].where(~before)), CUT, 0],
        [frame[(~before) | (frame["row"] < 3)], CUT, 0],
    ]
    assert notebook.run(TRY, cases=cases) == [2, *["ValueError"] * 5, 2]


def test_rows_stay_as_they_were(notebook):
    frame = make(14, order=True)
    told = notebook.run(TOGETHER, df=frame, cut=CUT, gap_h=0)
    assert isinstance(told, list)
    after = told.pop()
    for side in sides(told):
        assert len(side) > 100
        assert side.equals(frame[frame["row"].isin(side["row"])])
    assert isinstance(after, pd.DataFrame)
    assert after.equals(frame), "the input was changed"
