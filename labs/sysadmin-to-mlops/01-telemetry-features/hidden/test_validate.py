"""Exercise `validate`: batches with faults that were put in, one by one and together."""

import numpy as np
import pandas as pd


def make(seed: int) -> pd.DataFrame:
    """A sound batch: three towers polled at the same times, and all that a sound batch may hold."""
    rng = np.random.default_rng(seed)
    times = pd.date_range("2019-01-20 20:00", periods=8, freq="17min", tz="UTC")
    frame = pd.DataFrame([(name, time) for time in times for name in ("Bahla", "Adam", "Saham")])
    frame.columns = ["tower", "time"]
    frame["bytes_total"] = rng.integers(0, 10**9, len(frame))
    frame["drops_total"] = rng.integers(0, 90, len(frame)).astype(float)
    frame["temp_c"] = rng.normal(20, 5, len(frame))
    return frame


def faults(answer: object) -> list[str]:
    """The answer's lines in order, when it is a list of texts."""
    assert isinstance(answer, list), f"not a list but a {type(answer).__name__}"
    assert all(isinstance(line, str) for line in answer), "not a list of texts"
    return sorted(answer)


def put(frame: pd.DataFrame, column: str, value: object) -> pd.DataFrame:
    """The batch with one value replaced."""
    return frame.assign(**{column: [value, *frame[column].iloc[1:]]})


def test_sound_polls_pass(notebook):
    frame = make(11)
    odd = frame.assign(operator="Nawras").sample(frac=1, random_state=12).set_index(np.arange(len(frame)) % 5)
    for batch in (
        frame,
        frame.iloc[:1],
        put(put(frame, "bytes_total", 0), "drops_total", 0.0),
        put(put(frame, "temp_c", -4.0), "temp_c", np.nan),
        frame.assign(temp_c=-1.5),
        odd,
    ):
        assert faults(notebook.validate_schema(batch)) == []
    # And one that is not sound, for whoever finds everything good.
    assert faults(notebook.validate_schema(put(frame, "drops_total", -2.0))) == ["below zero: drops_total"]


def test_each_fault_is_named(notebook):
    frame = make(13)
    gone = frame["time"].where(np.arange(len(frame)) != 4)
    cases = [
        (frame.iloc[:0], "no rows"),
        *((frame.drop(columns=name), f"missing column: {name}") for name in frame.columns),
        *((frame.assign(**{name: "7"}), f"not a number: {name}") for name in frame.columns[2:]),
        (put(frame, "tower", None), "missing value: tower"),
        (frame.assign(time=gone), "missing value: time"),
        (put(frame, "bytes_total", np.nan), "missing value: bytes_total"),
        (put(frame, "drops_total", np.nan), "missing value: drops_total"),
        (frame.assign(bytes_total=-1), "below zero: bytes_total"),
        (put(frame, "drops_total", -0.5), "below zero: drops_total"),
        (pd.concat([frame, frame.iloc[[3]].assign(bytes_total=5)]), "repeated poll"),
    ]
    for batch, line in cases:
        assert faults(notebook.validate_schema(batch)) == [line], line


def test_only_utc_is_utc(notebook):
    frame = make(14)[lambda polls: polls["tower"] == "Adam"]
    for time in (
        frame["time"].dt.tz_localize(None),
        frame["time"].dt.tz_convert("Asia/Muscat"),
        frame["time"].dt.tz_convert("Europe/London"),
        frame["time"].astype(str),
        frame["time"].astype("int64"),
    ):
        assert faults(notebook.validate_schema(frame.assign(time=time))) == ["not UTC: time"]
    assert "not UTC: time" not in faults(notebook.validate_schema(frame))


def test_all_faults_are_told_at_once(notebook):
    frame = make(15)
    several = frame.assign(bytes_total=-5, drops_total="x", time=frame["time"].dt.tz_localize(None))
    several = put(several, "tower", None).drop(columns="temp_c")
    assert faults(notebook.validate_schema(pd.concat([several, several]))) == [
        "below zero: bytes_total",
        "missing column: temp_c",
        "missing value: tower",
        "not UTC: time",
        "not a number: drops_total",
        "repeated poll",
    ]
    both = pd.concat([frame, frame.iloc[[2]]]).assign(drops_total=-1.0)
    both = both.assign(bytes_total=both["bytes_total"].where(both["bytes_total"] < 10**8))
    assert faults(notebook.validate_schema(both)) == [
        "below zero: drops_total",
        "missing value: bytes_total",
        "repeated poll",
    ]
    nothing = [f"missing column: {name}" for name in ("bytes_total", "drops_total", "temp_c", "time", "tower")]
    assert faults(notebook.validate_schema(pd.DataFrame({"host": ["a", "b"]}))) == nothing
    assert faults(notebook.validate_schema(pd.DataFrame())) == [*nothing, "no rows"]
