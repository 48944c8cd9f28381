"""Exercise `label`: tickets to the minute against hours, worked out row by row."""

import math

import numpy as np
import pandas as pd

FIRST = pd.Timestamp("2016-09-10", tz="UTC")


def hours(count: int, tower: str = "Qurayyat", start: int = 0) -> pd.DataFrame:
    return pd.DataFrame({"tower": tower, "time": FIRST + pd.to_timedelta(np.arange(start, start + count), unit="h")})


def tickets(spans: list[tuple[int, int]], tower: str = "Qurayyat") -> pd.DataFrame:
    """Tickets from pairs of minutes since the first hour."""
    frame = pd.DataFrame({"tower": [tower] * len(spans)}, dtype=object)
    for place, name in enumerate(("start", "end")):
        frame[name] = FIRST + pd.to_timedelta([span[place] for span in spans], unit="min")
    return frame.assign(cause="cooling")


def truth(frame: pd.DataFrame, events: pd.DataFrame, horizon: int) -> np.ndarray:
    """The labels, one row at a time, in whole minutes since the first hour."""

    def minute(moment: pd.Timestamp) -> int:
        return int((moment - FIRST).total_seconds()) // 60

    over = max(minute(moment) for moment in frame["time"]) + 60
    labels = []
    for tower, time in zip(frame["tower"], frame["time"], strict=True):
        begin = minute(time)
        spans = [
            (minute(start), minute(end))
            for name, start, end in zip(events["tower"], events["start"], events["end"], strict=True)
            if name == tower
        ]
        until = begin + 60 + 60 * horizon
        if any(set(range(begin, begin + 60)) & set(range(start, end)) for start, end in spans):
            labels.append(math.nan)
        elif any(begin + 60 <= start < until for start, _ in spans):
            labels.append(1.0)
        else:
            labels.append(math.nan if until > over else 0.0)
    return np.array(labels)


def labels_of(answer: object, rows: int) -> np.ndarray:
    assert isinstance(answer, pd.Series), f"not a Series but a {type(answer).__name__}"
    assert len(answer) == rows, f"{len(answer)} labels for {rows} rows"
    return pd.to_numeric(answer, errors="coerce").to_numpy(dtype=float, na_value=np.nan)


# Minutes at which the towers of these tests go silent: within hours, and exactly at their ends.
SPANS = [(605, 700), (1_260, 1_290), (2_100, 2_465), (2_999, 3_010), (3_300, 3_301), (3_539, 3_590)]


def test_failures_in_the_horizon(notebook):
    frame, events = hours(72), tickets(SPANS)
    for horizon in (1, 4, 9):
        got, true = labels_of(notebook.label_failures(frame, events, horizon), 72), truth(frame, events, horizon)
        # Hours of a failure itself and the end of the record are the other tests'.
        known = ~np.isnan(true)
        assert set(true[known]) == {0.0, 1.0}
        assert np.array_equal(got[known], true[known]), f"horizon of {horizon} hours"


def test_no_label_while_down(notebook):
    # The last one is over at a whole hour, and the tower is up in the hour that then begins.
    frame, events = hours(72), tickets([*SPANS, (3_900, 3_960)])
    got, true = labels_of(notebook.label_failures(frame, events, 3), 72), truth(frame, events, 3)
    sure = np.arange(72) < 68
    assert np.array_equal(np.isnan(got[sure]), np.isnan(true[sure]))

    # Down again within the horizon: what is still down has no label all the same.
    twice = tickets([(600, 650), (720, 800), (1_000, 1_100)])
    got = labels_of(notebook.label_failures(frame, twice, 5), 72)
    assert np.array_equal(np.flatnonzero(np.isnan(got[:60])), [10, 12, 13, 16, 17, 18])


def test_the_end_of_the_record_is_open(notebook):
    frame = pd.concat([hours(30), hours(24, "Rustaq")], ignore_index=True)
    # Qurayyat fails in the record's last hours, so two of its open rows are known after all.
    events = tickets([(28 * 60 + 10, 28 * 60 + 50)])
    for horizon in (2, 6):
        got = labels_of(notebook.label_failures(frame, events, horizon), 54)
        true = truth(frame, events, horizon)
        last = np.r_[30 - horizon - 2 : 28, 29:30, 30:54]
        assert np.array_equal(got[last], true[last], equal_nan=True), f"horizon of {horizon} hours"
    none = labels_of(notebook.label_failures(frame, events.iloc[:0], 6), 54)
    assert np.array_equal(none, truth(frame, events.iloc[:0], 6), equal_nan=True), "without tickets"


def test_each_tower_has_its_own_tickets(notebook):
    rng = np.random.default_rng(41)
    frame = pd.concat([hours(60), hours(60, "Izki"), hours(48, "Jalan", 12)])
    events = pd.concat(
        [tickets([(905, 1_000)]), tickets([(1_505, 1_510), (1_812, 1_900)], "Izki"), tickets([(1_200, 1_300)], "Dhank")]
    )
    order = rng.permutation(len(frame))
    shuffled = frame.iloc[order].set_index(rng.integers(0, 25, len(frame)))
    answer = notebook.label_failures(shuffled, events.sample(frac=1, random_state=42), 4)
    got, true = labels_of(answer, len(frame)), truth(frame, events, 4)[order]
    # Without the record's end and the failures themselves.
    known = ~np.isnan(true)
    assert np.array_equal(got[known], true[known])
    assert list(answer.index) == list(shuffled.index)
