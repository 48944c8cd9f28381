"""Exercise `study`: what the store holds after a study, and what came of candidates that cannot be fitted."""

import hashlib

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from grader.inside.probes import check_same, numbers

FEATURES = ["temperature_c", "weekend", "last_week_m3"]
CANDIDATES = [
    {"kind": "ridge", "alpha": 4.0, "fit_intercept": True},
    {"kind": "ridge", "alpha": 90.0, "fit_intercept": False},
    {"kind": "trees", "learning_rate": 0.35, "max_leaf_nodes": 6},
]
LOG = """
_parent = log_study(experiment, candidates, train, valid)
_parent
"""
# All runs of the experiment, the oldest first, whether they are nested or not.
READ = """
import mlflow as _mlflow

_client = _mlflow.MlflowClient()
_found = _client.get_experiment_by_name(experiment)
_runs = _client.search_runs([_found.experiment_id], order_by=["attributes.start_time ASC"])
[
    {
        "id": run.info.run_id,
        "status": run.info.status,
        "params": dict(run.data.params),
        "metrics": dict(run.data.metrics),
        "parent": run.data.tags.get("mlflow.parentRunId"),
        "data": run.data.tags.get("data"),
    }
    for run in _runs
]
"""
PAPERS = """
import mlflow as _mlflow
from pathlib import Path as _Path

_uri = f"runs:/{run_id}/model"
_info = _mlflow.models.get_model_info(_uri)
_folder = _Path(_mlflow.artifacts.download_artifacts(_uri))
{
    "inputs": [] if _info.signature is None else [(c.name, c.type.name) for c in _info.signature.inputs.inputs],
    "outputs": _info.signature is not None and _info.signature.outputs is not None,
    "format": _info.flavors["sklearn"]["serialization_format"],
    "trusted": list(_info.flavors["sklearn"].get("skops_trusted_types") or []),
    "pins": (_folder / "requirements.txt").read_text().split(),
    "forecasts": _mlflow.pyfunc.load_model(_uri).predict(rows),
}
"""
ACTIVE = """
import mlflow as _mlflow
_open = _mlflow.active_run() is not None
while _mlflow.active_run() is not None:
    _mlflow.end_run()
_open
"""


def make(seed: int, rows: int) -> pd.DataFrame:
    """Readings of some days, complete."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({
        "meter": rng.choice(["A", "B"], rows), "temperature_c": rng.uniform(20, 45, rows).round(1),
        "weekend": rng.integers(0, 2, rows).astype(float), "last_week_m3": rng.gamma(5, 20, rows).round(1),
    })  # fmt: skip
    noise = rng.normal(0, 6, rows)
    frame["used_m3"] = 0.8 * frame["last_week_m3"] + 1.5 * frame["temperature_c"] - 9 * frame["weekend"] + noise
    return frame


def fit(candidate: dict, train: pd.DataFrame):
    """The candidate as the lab's setup makes it, fitted."""
    settings = {key: value for key, value in candidate.items() if key != "kind"}
    if candidate["kind"] == "ridge":
        model = make_pipeline(StandardScaler(), Ridge(**settings))
    else:
        model = HistGradientBoostingRegressor(max_iter=30, **settings)
    return model.fit(train[FEATURES], train["used_m3"])


TRAIN, VALID = make(61, 90), make(62, 40)
FINGERPRINT = hashlib.sha256("\n".join(table.to_csv(index=False) for table in (TRAIN, VALID)).encode()).hexdigest()


@pytest.fixture(scope="module")
def study(notebook):
    """The id of a study's parent, and all runs that are in its experiment."""
    names = {"experiment": "spring", "candidates": CANDIDATES, "train": TRAIN, "valid": VALID}
    parent = notebook.run(LOG, **names)
    notebook.run(ACTIVE)
    runs = notebook.run(READ, experiment="spring")
    assert isinstance(parent, str), "the parent's id is not text"
    assert isinstance(runs, list)
    return parent, runs


def children_of(study) -> list[dict]:
    """The candidates' runs, in the order of the candidates; whether they are nested is another test's."""
    parent, runs = study
    children = [run for run in runs if run["id"] != parent]
    assert len(children) == len(CANDIDATES), f"{len(children)} runs for {len(CANDIDATES)} candidates"
    return children


def test_each_candidate_is_a_nested_run(study):
    parent, runs = study
    assert [run["parent"] for run in runs if run["id"] == parent] == [None]
    for run, candidate in zip(children_of(study), CANDIDATES, strict=True):
        assert run["parent"] == parent
        assert run["params"] == {key: str(value) for key, value in candidate.items()}
        assert run["data"] == FINGERPRINT


def test_error_is_that_of_the_validation_days(study):
    for run, candidate in zip(children_of(study), CANDIDATES, strict=True):
        forecasts = fit(candidate, TRAIN).predict(VALID[FEATURES])
        misses = [abs(forecast - used) for forecast, used in zip(forecasts, VALID["used_m3"], strict=True)]
        assert set(run["metrics"]) >= {"mae"}
        check_same(run["metrics"]["mae"], sum(misses) / len(misses), rtol=1e-6)


def test_model_comes_with_its_papers(notebook, study):
    rows = make(63, 12)[FEATURES]
    for run, candidate in zip(children_of(study), CANDIDATES, strict=True):
        papers = notebook.run(PAPERS, run_id=run["id"], rows=rows)
        assert isinstance(papers, dict)
        check_same(numbers(papers["forecasts"], 12), fit(candidate, TRAIN).predict(rows), rtol=1e-6)
        assert [tuple(column) for column in papers["inputs"]] == [(name, "double") for name in FEATURES]
        assert papers["outputs"] is True
        assert papers["format"] == "skops"
        assert set(papers["trusted"]) <= {"sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor"}
        assert [pin for pin in papers["pins"] if not pin.startswith("mlflow")] == ["scikit-learn==1.9.1"]


def test_a_bad_candidate_costs_no_other(notebook):
    candidates = [{"kind": "ridge", "alpha": -2.0}, CANDIDATES[0], {"kind": "forest"}, CANDIDATES[2]]
    parent = notebook.run(LOG, experiment="autumn", candidates=candidates, train=TRAIN, valid=VALID)
    still_open = notebook.run(ACTIVE)
    runs = notebook.run(READ, experiment="autumn")
    assert isinstance(runs, list)
    status = {run["id"] == parent: [] for run in runs}
    for run in runs:
        status[run["id"] == parent].append(run["status"])
    assert status == {True: ["FINISHED"], False: ["FAILED", "FINISHED", "FAILED", "FINISHED"]}
    assert still_open is False
