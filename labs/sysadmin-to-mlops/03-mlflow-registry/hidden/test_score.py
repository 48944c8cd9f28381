"""Exercise `score`: champions with known coefficients, bad rows, and a file that was changed."""

import numpy as np
import pytest

# Logs and registers linear models with these coefficients, and one of trees that takes a missing value as it comes.
REGISTER = """
import hashlib as _hashlib, pathlib as _pathlib, tempfile as _tempfile
import numpy as _np, pandas as _pd
import mlflow as _mlflow
from mlflow.models import infer_signature as _infer
from sklearn.ensemble import HistGradientBoostingRegressor as _Trees
from sklearn.linear_model import LinearRegression as _Linear

_store = _mlflow.MlflowClient()

def _file(uri):
    return _pathlib.Path(_mlflow.artifacts.download_artifacts(artifact_uri=uri)) / "model.skops"

def _register(name, models, tagged=True):
    place = _store.create_experiment(name, artifact_location=_pathlib.Path(_tempfile.mkdtemp()).as_uri())
    _store.create_registered_model(name)
    files = []
    for model in models:
        with _mlflow.start_run(experiment_id=place) as run:
            logged = _mlflow.sklearn.log_model(
                model, name="model", signature=_infer(_X, model.predict(_X)), pip_requirements=["scikit-learn==1.9.1"],
                skops_trusted_types=["sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor"],
            )
            files.append(_file(logged.model_uri))
            if tagged:
                _mlflow.set_tag("model_sha256", _hashlib.sha256(files[-1].read_bytes()).hexdigest())
        _store.create_model_version(name, logged.model_uri, run.info.run_id)
    _store.set_registered_model_alias(name, "champion", 1)
    return files

_X = _pd.DataFrame(_np.random.default_rng(71).normal(size=(60, 3)), columns=["a", "b", "c"])
_linear = [_Linear().fit(_X, _X @ _np.array(weights) + 5) for weights in coefficients]

def _outcome(name, rows):
    try:
        return score(name, rows)
    except ValueError:
        return "ValueError"

"""
LINEAR = (
    REGISTER
    + """
_register("s1", _linear)
_before = score("s1", rows)
_store.set_registered_model_alias("s1", "champion", 2)
[_before, score("s1", rows), score("s1", rows[:1]), score("s1", [])]
"""
)
BAD = (
    REGISTER
    + """
_register("s2", [_Trees(max_iter=5, min_samples_leaf=5).fit(_X, _X["a"])])
[_outcome("s2", _rows) for _rows in batches]
"""
)
CHANGED = (
    REGISTER
    + """
_first, _second = _register("s3", _linear)
_register("s3_untagged", _linear[:1], tagged=False)
_sound = _first.read_bytes()
_outcomes = [_outcome("s3", rows)]
_first.write_bytes(_second.read_bytes())
_outcomes += [_outcome("s3", rows), _outcome("s3", [])]
_store.set_registered_model_alias("s3", "champion", 2)
_outcomes += [_outcome("s3", rows)]
_store.set_registered_model_alias("s3", "champion", 1)
_first.write_bytes(_sound)
_outcomes += [_outcome("s3", rows), _outcome("s3_untagged", rows)]
_outcomes
"""
)
COEFFICIENTS = [[2.0, -3.0, 0.5], [-1.0, 4.0, 7.0]]


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    """Rows as JSON brings them: keys in any order, whole numbers, keys that the model does not know."""
    return [
        {"a": 1, "b": 2, "c": 3},
        {"c": 0.25, "a": -1.5, "b": 8},
        {"b": 0, "c": 0, "a": 0, "tower": "Liwa", "d": None},
        {"a": 10, "b": 0.125, "c": -4},
    ]


def truth(rows: list[dict], weights: list[float]) -> list[float]:
    return [5 + sum(weight * row[name] for weight, name in zip(weights, "abc", strict=True)) for row in rows]


def check(answer: object, expected: list[float]) -> None:
    assert isinstance(answer, list), f"not a list but {answer!r}"
    assert len(answer) == len(expected), f"{len(answer)} predictions for {len(expected)} rows"
    assert all(type(value) in (int, float) for value in answer), "not plain numbers"
    assert np.allclose(answer, expected)


def test_the_champion_scores(notebook, rows):
    told = notebook.run(LINEAR, rows=rows, coefficients=COEFFICIENTS)
    assert isinstance(told, list)
    first, second, alone, none = told
    check(first, truth(rows, COEFFICIENTS[0]))
    check(second, truth(rows, COEFFICIENTS[1]))
    check(alone, truth(rows[:1], COEFFICIENTS[1]))
    check(none, [])


def test_bad_rows_are_refused(notebook):
    good = {"a": 0.5, "b": 1, "c": -1}
    bad = [
        [{"a": 0.5, "b": 1}],
        [good, {"b": 1, "c": -1}, good],
        [good | {"c": None}],
        [good, good | {"a": float("nan")}],
        [good | {"b": "n/a"}],
        [{}],
    ]
    told = notebook.run(BAD, batches=[*bad, [good]], coefficients=[])
    assert isinstance(told, list)
    assert told[:-1] == ["ValueError"] * len(bad)
    assert isinstance(told[-1], list), "a good row was refused"


def test_changed_artifact_is_refused(notebook, rows):
    told = notebook.run(CHANGED, rows=rows, coefficients=COEFFICIENTS)
    assert isinstance(told, list)
    sound, swapped, swapped_unasked, other, restored, untagged = told
    assert isinstance(sound, list), "a sound model was refused"
    assert swapped == swapped_unasked == untagged == "ValueError"
    assert isinstance(other, list), "another version was refused"
    assert isinstance(restored, list), "a sound model was refused"
