"""Exercise `reproduce`: the error is measured from what the record says, on the record's data, and leaves no trace."""

import hashlib

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from grader.inside.probes import check_same, is_equal, numbers

FEATURES = ["temperature_c", "weekend", "last_week_m3"]
CANDIDATES = [
    {"kind": "ridge", "alpha": 2.5, "fit_intercept": True},
    {"kind": "ridge", "alpha": 60.0, "fit_intercept": False},
    {"kind": "ridge", "alpha": 0.001, "fit_intercept": True},
    {"kind": "trees", "learning_rate": 0.05, "max_leaf_nodes": 4},
    {"kind": "trees", "learning_rate": 0.9, "max_leaf_nodes": 12},
]
# Records whose claim is wrong: only somebody who measures finds the error.
STORE = """
import mlflow as _mlflow

_client = _mlflow.MlflowClient()
_experiment = _client.create_experiment(experiment)
_ids = []
for _candidate in candidates:
    _run = _client.create_run(_experiment, tags={"data": fingerprint}).info.run_id
    for _key, _value in _candidate.items():
        _client.log_param(_run, _key, _value)
    _client.log_metric(_run, "mae", 0.125)
    _client.set_terminated(_run)
    _ids.append(_run)
_ids
"""
TRY = """
try:
    _told = reproduce(run_id, train, valid)
except ValueError:
    _told = "ValueError"
_told
"""
READ = """
import mlflow as _mlflow

_client = _mlflow.MlflowClient()
_ids = [found.experiment_id for found in _client.search_experiments()]
_runs = {run.info.run_id: (run.info.status, run.data) for run in _client.search_runs(_ids)}
[
    {key: (status, dict(data.metrics), dict(data.params), dict(data.tags)) for key, (status, data) in _runs.items()},
    len(_client.search_logged_models(_ids)),
]
"""


def make(seed: int, rows: int) -> pd.DataFrame:
    """Readings of some days, complete."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({
        "temperature_c": rng.uniform(20, 45, rows).round(1), "weekend": rng.integers(0, 2, rows).astype(float),
        "last_week_m3": rng.gamma(5, 20, rows).round(1),
    })  # fmt: skip
    frame["used_m3"] = 0.7 * frame["last_week_m3"] + 2 * frame["temperature_c"] + rng.normal(0, 8, rows)
    return frame


TRAIN, VALID = make(81, 80), make(82, 35)
FINGERPRINT = hashlib.sha256("\n".join(table.to_csv(index=False) for table in (TRAIN, VALID)).encode()).hexdigest()


def truth(candidate: dict) -> float:
    """The candidate's error, row by row."""
    settings = {key: value for key, value in candidate.items() if key != "kind"}
    if candidate["kind"] == "ridge":
        model = make_pipeline(StandardScaler(), Ridge(**settings))
    else:
        model = HistGradientBoostingRegressor(max_iter=30, **settings)
    forecasts = model.fit(TRAIN[FEATURES], TRAIN["used_m3"]).predict(VALID[FEATURES])
    return sum(abs(forecast - used) for forecast, used in zip(forecasts, VALID["used_m3"], strict=True)) / len(VALID)


@pytest.fixture(scope="module")
def runs(notebook) -> list[str]:
    """The ids of the candidates' runs."""
    return notebook.run(STORE, experiment="audited", candidates=CANDIDATES, fingerprint=FINGERPRINT)


def test_error_is_worked_out_anew(notebook, runs):
    expected = truth(CANDIDATES[0])
    check_same(notebook.reproduce(runs[0], TRAIN, VALID), expected, rtol=1e-6)


def test_settings_come_from_the_record(notebook, runs):
    expected = [truth(candidate) for candidate in CANDIDATES]
    told = [notebook.reproduce(run, TRAIN, VALID) for run in runs]
    check_same(told, expected, rtol=1e-6)


def test_other_data_is_refused(notebook, runs):
    altered = VALID.assign(used_m3=VALID["used_m3"].where(VALID.index != 7, 0))
    nights = [(TRAIN, VALID), (TRAIN, altered), (TRAIN.iloc[1:], VALID), (VALID, TRAIN), (TRAIN, VALID.iloc[::-1])]
    told = [notebook.run(TRY, run_id=runs[0], train=train, valid=valid) for train, valid in nights]
    assert told[1:] == ["ValueError"] * 4
    numbers(told[0], ())


def test_an_audit_leaves_no_trace(notebook):
    # A record of its own: one that was audited before would show no change.
    [run] = notebook.run(STORE, experiment="traced", candidates=CANDIDATES[:1], fingerprint=FINGERPRINT)
    before = notebook.run(READ)
    answer = notebook.reproduce(run, TRAIN, VALID)
    after = notebook.run(READ)
    assert isinstance(answer, float), f"not a float but a {type(answer).__name__}"
    assert np.isfinite(answer)
    assert isinstance(before, list)
    assert is_equal(after, before), "the store is not as it was"
