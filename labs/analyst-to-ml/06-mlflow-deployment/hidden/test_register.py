"""Exercise `register`: which run of a used store becomes the champion, and what is noted with it."""

import hashlib

import pytest

# A store as it is after a month. `_add` logs a run with a model, of any age and fate.
STORE = """
import mlflow as _mlflow
import pandas as _pd
from mlflow.models import infer_signature as _sign
from sklearn.linear_model import LinearRegression as _Line

while _mlflow.active_run() is not None:
    _mlflow.end_run()
_client = _mlflow.MlflowClient()
_rows = _pd.DataFrame({"a": [0.0, 1.0, 2.0], "b": [1.0, 0.0, 5.0]})
_signature = _sign(_rows, _rows["a"].to_numpy())

def _add(experiment, start, mae, fate="FINISHED"):
    _id = _mlflow.set_experiment(experiment).experiment_id
    _run = _client.create_run(_id, start_time=start).info.run_id
    with _mlflow.start_run(run_id=_run):
        _mlflow.log_metric("rmse", 0.1)
        if mae is not None:
            _mlflow.log_metric("mae", mae)
        _mlflow.sklearn.log_model(
            _Line().fit(_rows, _rows["a"] * start), name="model", signature=_signature,
            pip_requirements=["scikit-learn==1.9.1"],
        )
    if fate == "deleted":
        _client.delete_run(_run)
    elif fate != "FINISHED":
        _client.update_run(_run, status=fate)
    return _run

[_add(*run) for run in runs]
"""
TRY = """
try:
    _told = register_best(experiment, name)
except ValueError:
    _told = "ValueError"
_told
"""
# The versions of a registered model, and where the alias stands.
READ = """
import mlflow as _mlflow

_client = _mlflow.MlflowClient()
_models = {model.name: model.aliases for model in _client.search_registered_models()}
_versions = _client.search_model_versions(f"name = '{name}'")
{
    "exists": name in _models,
    "champion": int(_models.get(name, {}).get("champion", 0)),
    "versions": {int(version.version): version.run_id for version in _versions},
    "tags": {int(version.version): dict(version.tags) for version in _versions},
}
"""
FILES = """
import mlflow as _mlflow
from pathlib import Path as _Path

_source = _mlflow.MlflowClient().get_model_version(name, "1").source
_folder = _Path(_mlflow.artifacts.download_artifacts(_source))
_files = {path.name: path.read_bytes().hex() for path in _folder.iterdir() if path.name != "registered_model_meta"}
if spoil:
    _file = _folder / "model.skops"
    _file.write_bytes(_file.read_bytes() + b"\\0")
_files
"""
NAN = float("nan")


@pytest.fixture(scope="module")
def runs(notebook):
    """The ids of the runs in three experiments, by what they are."""
    store = {
        "nan": ("messy", 2_000, NAN),
        "failed": ("messy", 3_000, 1.0, "FAILED"),
        "deleted": ("messy", 4_000, 1.2, "deleted"),
        "running": ("messy", 5_000, 1.4, "RUNNING"),
        "killed": ("messy", 6_000, 1.3, "KILLED"),
        "no mae": ("messy", 7_000, None),
        "ten": ("messy", 8_000, 10.5),
        "best": ("messy", 9_000, 2.25),
        "newest": ("messy", 9_900, 3.5),
        "later": ("tie", 9_000, 2.5),
        "earlier": ("tie", 4_000, 2.5),
        "worse": ("tie", 1_000, 7.0),
        "only failed": ("hopeless", 1_000, 2.0, "FAILED"),
        "only nan": ("hopeless", 2_000, NAN),
    }
    ids = notebook.run(STORE, runs=list(store.values()))
    return dict(zip(store, ids, strict=True))


def register(notebook, experiment: str, name: str) -> tuple[object, dict]:
    """What the learner's function says, and what is in the registry afterwards."""
    told = notebook.run(TRY, experiment=experiment, name=name)
    found = notebook.run(READ, name=name)
    assert isinstance(found, dict)
    return told, found


def champion_of(told: object, found: dict) -> str:
    """The run of the version that was returned and that the alias stands on."""
    assert isinstance(told, int), f"not a number but {told!r}"
    assert found["champion"] == told, "the alias stands elsewhere"
    return found["versions"][told]


def test_best_of_the_runs_that_count(notebook, runs):
    told, found = register(notebook, "messy", "pump")
    assert champion_of(told, found) == runs["best"]

    told, found = register(notebook, "hopeless", "dry-well")
    assert told == "ValueError"
    assert found["exists"] is False


def test_of_equals_the_first(notebook, runs):
    told, found = register(notebook, "tie", "valve")
    assert champion_of(told, found) == runs["earlier"]


def test_started_twice_it_makes_one_version(notebook):
    [first] = notebook.run(STORE, runs=[("growing", 1_000, 5.0)])
    for _ in range(2):
        told, found = register(notebook, "growing", "tank")
        assert champion_of(told, found) == first
        assert len(found["versions"]) == 1
    [second] = notebook.run(STORE, runs=[("growing", 2_000, 4.0)])
    told, found = register(notebook, "growing", "tank")
    assert champion_of(told, found) == second
    assert len(found["versions"]) == 2
    notebook.run('_client.log_metric(run, "mae", 9.5)', run=second)
    told, found = register(notebook, "growing", "tank")
    assert champion_of(told, found) == first
    assert len(found["versions"]) == 2


def test_fingerprint_is_taken_once(notebook):
    notebook.run(STORE, runs=[("marked", 1_000, 5.0)])
    register(notebook, "marked", "meter")
    files = notebook.run(FILES, name="meter", spoil=True)
    assert isinstance(files, dict)
    whole = b"".join(name.encode() + bytes.fromhex(files[name]) for name in sorted(files))
    _, found = register(notebook, "marked", "meter")
    assert found["tags"][1].get("sha256") == hashlib.sha256(whole).hexdigest()
