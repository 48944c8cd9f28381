"""Exercise `evaluate`: a model that is known, and average precision counted by hand."""

import json

import numpy as np
import pandas as pd
import pytest

# A pipeline that scales with numbers of its own, and the sound split in place of the learner's.
ASK = """
import numpy as _np, pandas as _pd
from sklearn.linear_model import LogisticRegression as _Logistic
from sklearn.pipeline import make_pipeline as _make_pipeline
from sklearn.preprocessing import StandardScaler as _Scaler

def _sound_split(df, cut, gap_h):
    begin = _pd.Timestamp(cut)
    known = df["label"].notna()
    return df[known & (df["time"] < begin)], df[known & (df["time"] >= begin + _pd.Timedelta(hours=gap_h))]

def _judge(df):
    global time_split
    theirs, time_split = time_split, _sound_split
    try:
        return evaluate(_model, df, cfg)
    finally:
        time_split = theirs

_model = _make_pipeline(_Scaler(), _Logistic()).fit(known[cfg["features"]], known["label"])
_before = _model.predict_proba(known[cfg["features"]])[:, 1]
_risk = [_model.predict_proba(_df[cfg["features"]])[:, 1] for _df in tables]
_reports = [_judge(_df) for _df in tables]
_after = _model.predict_proba(known[cfg["features"]])[:, 1]
[_reports, _risk, _before, _after, tables[0]]
"""
CONFIG = {"features": ["b", "a"], "cut": "2017-05-03T12:00:00Z", "gap_h": 10, "alpha": 1.0, "epochs": 1, "seed": 0}


def make(seed: int, *, shift: float = 0.0) -> pd.DataFrame:
    """A week of hours of one host whose ranking is much better before the cut than after it."""
    rng = np.random.default_rng(seed)
    n = 160
    a, b = rng.normal(shift, 1 + shift / 4, n), rng.normal(0, 1, n)
    time = pd.Timestamp("2017-05-01", tz="UTC") + pd.to_timedelta(np.arange(n), unit="h")
    noise = np.where(time < pd.Timestamp(CONFIG["cut"]), 0.1, 2.5)
    label = (a - b + noise * rng.normal(size=n) > 1).astype(float)
    label[rng.random(n) < 0.1] = np.nan
    return pd.DataFrame({"a": a, "time": time, "b": b, "label": label})


def judged_on(frame: pd.DataFrame) -> np.ndarray:
    begin = pd.Timestamp(CONFIG["cut"]) + pd.Timedelta(hours=CONFIG["gap_h"])
    return (frame["label"].notna() & (frame["time"] >= begin)).to_numpy()


def precision(labels: np.ndarray, risk: np.ndarray) -> float:
    """Average precision without ties: at each failure, the share of failures among the rows ranked so high."""
    ranked = labels[np.argsort(-risk)]
    shares = [ranked[: place + 1].mean() for place in np.flatnonzero(ranked == 1)]
    return float(np.mean(shares))


TABLES = [make(31), make(32, shift=3.0)]


@pytest.fixture(scope="module")
def judged(notebook):
    """Two reports of one model, its risks, and the model before and after."""
    return notebook.run(ASK, tables=TABLES, known=make(33).dropna(), cfg=CONFIG)


def reports(judged: object) -> list[dict]:
    assert isinstance(judged, list)
    assert all(isinstance(report, dict) for report in judged[0])
    for report in judged[0]:
        assert {"rows", "failures", "average_precision", "baseline"} <= set(report), f"the report has {sorted(report)}"
    return judged[0]


def test_scores_are_of_the_test_side(judged):
    report, table, risk = reports(judged)[0], TABLES[0], judged[1][0]
    side = judged_on(table)
    labels = table["label"].to_numpy()[side]
    assert report["rows"] == len(labels)
    assert report["failures"] == labels.sum()
    assert abs(report["baseline"] - labels.mean()) < 1e-9
    assert abs(report["average_precision"] - precision(labels, risk[side])) < 1e-9


def test_report_is_plain_data(judged):
    for report in reports(judged):
        assert set(report) == {"rows", "failures", "average_precision", "baseline"}
        assert type(report["rows"]) is int
        assert type(report["failures"]) is int
        assert type(report["average_precision"]) is float
        assert type(report["baseline"]) is float
        assert all(np.isfinite(value) for value in report.values())
        json.dumps(report)


def test_the_model_is_not_fitted_again(judged):
    reports(judged)
    _, _, before, after, table = judged
    assert isinstance(before, np.ndarray)
    assert isinstance(after, np.ndarray)
    assert np.allclose(before, after), "the model was changed"
    assert isinstance(table, pd.DataFrame)
    assert table.equals(TABLES[0]), "the hours were changed"
