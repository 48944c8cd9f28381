"""Exercise `log`: what a run holds after a model was logged, and the model served over HTTP."""

import numpy as np
import pandas as pd
import pytest

COLUMNS = ["flow", "kelvin", "wear"]
METRICS = {"recall": 0.625, "hours_ahead": 7.5}

# Fits a model on the given rows, has the learner log it, and reads from the store what is there.
LOG = """
import hashlib as _hashlib, pathlib as _pathlib, tempfile as _tempfile
import mlflow as _mlflow
from sklearn.linear_model import LogisticRegression as _Logistic
from sklearn.pipeline import make_pipeline as _make_pipeline
from sklearn.preprocessing import StandardScaler as _Scaler

_mlflow.create_experiment("pumps", artifact_location=_pathlib.Path(_tempfile.mkdtemp()).as_uri())
_model = _make_pipeline(_Scaler(), _Logistic()).fit(X, y)
_id = log_run("pumps", _model, X, metrics)
_active = _mlflow.active_run() is not None
_store = _mlflow.MlflowClient()
_run = _store.get_run(_id)
while _mlflow.active_run():
    _mlflow.end_run()
_uris = [f"models:/{_one.model_id}" for _one in _run.outputs.model_outputs]
_info = _mlflow.models.get_model_info(_uris[0])
_folder = _pathlib.Path(_mlflow.artifacts.download_artifacts(artifact_uri=_uris[0]))
_inputs = [] if _info.signature is None else _info.signature.inputs.to_dict()
{
    "experiment": _store.get_experiment(_run.info.experiment_id).name,
    "status": _run.info.status,
    "metrics": dict(_run.data.metrics),
    "active": _active,
    "models": len(_uris),
    "name": _store.get_logged_model(_uris[0].removeprefix("models:/")).name,
    "inputs": [(_one.get("name"), _one.get("type")) for _one in _inputs],
    "outputs": _info.signature is not None and _info.signature.outputs is not None,
    "requirements": (_folder / "requirements.txt").read_text().split(),
    "format": _info.flavors.get("sklearn", {}).get("serialization_format"),
    "tag": _run.data.tags.get("model_sha256"),
    "sum": _hashlib.sha256((_folder / "model.skops").read_bytes()).hexdigest(),
    "folder": str(_folder),
    "predictions": [int(_one) for _one in _model.predict(fresh)],
}
"""
REFUSE = """
import numpy as _np, pathlib as _pathlib, tempfile as _tempfile
import mlflow as _mlflow
from mlflow.entities import ViewType as _ViewType
from sklearn.ensemble import HistGradientBoostingClassifier as _Trees
from sklearn.linear_model import LogisticRegression as _Logistic
from sklearn.pipeline import make_pipeline as _make_pipeline
from sklearn.preprocessing import FunctionTransformer as _Function

def _own(values):
    return values + 1

def _outcome(model):
    try:
        return log_run("valves", model.fit(X, y), X, {"recall": 0.5})
    except ValueError:
        return "ValueError"
    finally:
        # A run that is left open is another test's.
        while _mlflow.active_run():
            _mlflow.end_run()

_store = _mlflow.MlflowClient()
_place = _store.create_experiment("valves", artifact_location=_pathlib.Path(_tempfile.mkdtemp()).as_uri())
_outcomes = [_outcome(_make_pipeline(_Function(_own), _Logistic())), _outcome(_Trees(max_iter=4))]
_runs = _store.search_runs([_place], run_view_type=_ViewType.ALL)
_infos = [
    _mlflow.models.get_model_info(f"models:/{_one.model_id}").flavors["sklearn"]["serialization_format"]
    for _run in _runs if _run.outputs for _one in _run.outputs.model_outputs
]
[_outcomes, [_run.info.run_id for _run in _runs], _infos]
"""


def make(seed: int, rows: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Columns of very different scales, so that a model without its scaler answers otherwise."""
    rng = np.random.default_rng(seed)
    X = pd.DataFrame(
        {"flow": rng.normal(9_000, 2_500, rows), "kelvin": rng.normal(340, 4, rows), "wear": rng.normal(0, 0.02, rows)}
    )
    y = ((X["flow"] - 9_000) / 2_500 + (X["kelvin"] - 340) / 4 + 50 * X["wear"] > 0).astype(int).to_numpy()
    return X[COLUMNS], y


FRESH, _ = make(62, 40)


@pytest.fixture(scope="module")
def logged(notebook):
    """What the store holds of one logged model: logging it takes longer than looking at it."""
    X, y = make(61, 300)
    return notebook.run(LOG, X=X, y=y, metrics=METRICS, fresh=FRESH)


def test_run_is_finished_and_has_its_metrics(logged):
    assert isinstance(logged, dict)
    assert logged["experiment"] == "pumps"
    assert logged["status"] == "FINISHED"
    assert logged["metrics"] == METRICS
    assert logged["active"] is False
    assert logged["models"] == 1
    assert logged["name"] == "model"


def test_model_has_signature_and_requirements(logged):
    assert isinstance(logged, dict)
    assert [tuple(pair) for pair in logged["inputs"]] == [(name, "double") for name in COLUMNS]
    assert logged["outputs"] is True
    # MLflow adds itself, in the version that is installed.
    others = {line for line in logged["requirements"] if not line.startswith("mlflow==")}
    assert others == {"scikit-learn==1.9.1", "skops==0.16.0"}


def test_checksum_is_that_of_the_model(logged):
    assert isinstance(logged, dict)
    assert isinstance(logged["sum"], str)
    assert logged["tag"] == logged["sum"]


def test_only_vouched_types_are_logged(notebook):
    X, y = make(63, 80)
    told = notebook.run(REFUSE, X=X, y=y)
    assert isinstance(told, list)
    (refused, trees), runs, formats = told
    assert refused == "ValueError"
    assert trees != "ValueError", "a type on the list was refused"
    assert runs == [trees], "there is another run than that of the model on the list"
    assert formats == ["skops"]


def test_served_model_answers(logged, sandbox):
    assert isinstance(logged, dict)
    assert logged["format"] == "skops"
    command = [
        "mlflow",
        "models",
        "serve",
        "-m",
        str(logged["folder"]),
        "--env-manager",
        "local",
        "-p",
        "5055",
        "-w",
        "1",
    ]
    server = sandbox.start(command, port=5055)
    rows = {"columns": COLUMNS, "data": FRESH.to_numpy().tolist()}
    good = server.post("/invocations", json={"dataframe_split": rows})
    assert good.status_code == 200
    assert good.json()["predictions"] == logged["predictions"]
    short = {"columns": COLUMNS[:2], "data": FRESH[COLUMNS[:2]].to_numpy().tolist()}
    assert server.post("/invocations", json={"dataframe_split": short}).status_code == 400
