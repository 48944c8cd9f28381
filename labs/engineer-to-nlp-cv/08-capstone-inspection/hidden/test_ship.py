"""Exercise `ship`: models of a class of the lab's, logged, served, tampered with."""

import hashlib

import pandas as pd
import pytest

# Runs code with a model class that scores every row by one word of its list, in the place of the learner's.
SHIP = """
import json
import pickle
import tempfile
from pathlib import Path

import mlflow
import pandas as pd

_own_model = globals().get("InspectionModel")

class _LabModel(mlflow.pyfunc.PythonModel):
    def load_context(self, context):
        self.size = len(Path(context.artifacts["net"]).read_bytes())
        self.word = json.loads(Path(context.artifacts["words"]).read_text())["word"]

    def predict(self, model_input):
        notes = model_input["note"] if "note" in model_input else [None] * len(model_input)
        scores = [self.word + self.size + (len(note) if isinstance(note, str) else 0) for note in notes]
        return pd.DataFrame({"score": scores, "decision": "look", "problem": ""})

def _logged(name, word, right):
    global InspectionModel
    folder = Path(tempfile.mkdtemp())
    (folder / "net.onnx").write_bytes(b"n" * 7)
    (folder / "words.json").write_text(json.dumps({"word": word}))
    InspectionModel = _LabModel
    try:
        return log_version(name, str(folder / "net.onnx"), str(folder / "words.json"), right)
    finally:
        InspectionModel = _own_model

_client = mlflow.MlflowClient()
"""
SERVE = """
from fastapi.testclient import TestClient
from mlflow.pyfunc import scoring_server

_version = _logged(name, 100.0, 0.5)
_service = mlflow.pyfunc.load_model(f"models:/{name}/{_version}")
_web = TestClient(scoring_server.init(_service))
_answers = []
for _body in bodies:
    _response = _web.post("/invocations", content=_body, headers={"Content-Type": "application/json"})
    _answers.append((_response.status_code, _response.json() if _response.status_code == 200 else None))
for _frame in frames:
    try:
        _answers.append((len(_service.predict(_frame)), None))
    except mlflow.exceptions.MlflowException:
        _answers.append((-1, None))
_answers
"""
RECORD = """
_told = []
for _right in (0.625, 0.375):
    _number = _logged(name, 5.0, _right)
    _version = _client.get_model_version(name, str(_number))
    _run = _client.get_run(_version.run_id)
    _folder = Path(mlflow.artifacts.download_artifacts(f"models:/{name}/{_number}"))
    _files = [file for file in _folder.rglob("*") if file.is_file()]
    _told.append({
        "number": _number,
        "run": _version.run_id,
        "status": _run.info.status,
        "metrics": dict(_run.data.metrics),
        "tags": dict(_version.tags),
        "files": {file.relative_to(_folder).as_posix(): file.read_bytes() for file in _files},
    })
_told
"""
TAMPER = """
_names = [_logged(name, 10.0, 0.5), _logged(name, 20.0, 0.5)]
_folders = [Path(mlflow.artifacts.download_artifacts(f"models:/{name}/{_number}")) for _number in _names]
_mark = Path(tempfile.mkdtemp(), "mark")

class _Trap:
    def __reduce__(self):
        return (Path.touch, (_mark,))

def _outcome():
    try:
        model = load_checked(name, "live")
    except ValueError:
        return "ValueError"
    return float(model.predict(pd.DataFrame({"photo": [None], "note": ["ab"]}))["score"].iloc[0])

_outcomes = []
for _number in _names:
    _client.set_registered_model_alias(name, "live", str(_number))
    _outcomes.append(_outcome())
for _name in ("words.json", "net.onnx", "python_model.pkl", "more.txt"):
    _file = next(iter(_folders[1].rglob(_name)), _folders[1] / _name)
    _before = _file.read_bytes() if _file.exists() else None
    _file.write_bytes(pickle.dumps(_Trap()) if _name.endswith("pkl") else b'{"word": 66.0}')
    _outcomes.append(_outcome())
    if _before is None:
        _file.unlink()
    else:
        _file.write_bytes(_before)
_outcomes.append(_outcome())
_client.delete_model_version_tag(name, str(_names[1]), "digest")
_outcomes.append(_outcome())
_client.set_registered_model_alias(name, "live", str(_names[0]))
_outcomes.append(_outcome())
[_outcomes, _mark.exists(), [file.name for file in _folders[1].rglob("*.pkl")]]
"""

GOOD = [
    '{"dataframe_records": [{"photo": "p", "note": "abc"}, {"photo": null, "note": null}]}',
    '{"dataframe_split": {"columns": ["note", "photo"], "data": [["abcd", null]]}}',
    '{"dataframe_records": [{"photo": "p", "note": null}]}',
]
BAD = [
    '{"dataframe_records": [{"photo": "p"}]}',
    '{"dataframe_split": {"columns": ["photos", "note"], "data": [["p", "abcd"]]}}',
    '{"rows": [{"photo": "p", "note": "abc"}]}',
    "photo and note",
]


@pytest.fixture(scope="module")
def told(notebook):
    """What two calls left in registry and store."""
    return notebook.run(SHIP + RECORD, name="lab-recorded")


def test_service_answers_and_refuses(notebook):
    # Numbers for texts are refused in a DataFrame only: over JSON, MLflow takes any value for a text.
    frames = [pd.DataFrame({"photo": photos, "note": ["a", "b"]}) for photos in (["p", None], [1.5, 2.5])]
    told = notebook.run(SHIP + SERVE, name="lab-served", bodies=GOOD + BAD, frames=frames)
    assert isinstance(told, list)
    statuses = [status for status, _ in told]
    assert statuses == [200] * 3 + [400] * 4 + [2, -1], f"statuses, and rows answered: {statuses}"
    scores = [[row["score"] for row in body["predictions"]] for status, body in told if status == 200]
    assert scores == [[110, 107], [111], [107]]


def test_version_is_recorded(told):
    assert isinstance(told, list)
    assert [one["number"] for one in told] == [1, 2], "not the numbers of the new versions"
    assert told[0]["run"] != told[1]["run"], "both versions are from one run"
    for one, right in zip(told, (0.625, 0.375), strict=True):
        assert one["status"] == "FINISHED"
        assert one["metrics"].get("right") == right
        pins = one["files"]["requirements.txt"].decode().split()
        assert all("==" in pin for pin in pins), f"not pinned: {pins}"
        total = hashlib.sha256()
        for name in sorted(one["files"], key=lambda name: name.split("/")):
            if name != "registered_model_meta":
                total.update(f"{name} {hashlib.sha256(one['files'][name]).hexdigest()}\n".encode())
        assert one["tags"].get("digest") == total.hexdigest(), "the tag is not the digest of the folder"


def test_tampered_folder_is_not_loaded(notebook):
    told = notebook.run(SHIP + TAMPER, name="lab-tampered")
    assert isinstance(told, list)
    outcomes, is_sprung, pickles = told
    assert pickles == ["python_model.pkl"], f"pickles: {pickles}"
    assert outcomes[:2] == [19.0, 29.0], f"before: {outcomes}"
    assert outcomes[2:6] == ["ValueError"] * 4, f"words, network, code, another file: {outcomes}"
    assert is_sprung is False, "the code was run before it was refused"
    assert outcomes[6:] == [29.0, "ValueError", 19.0], f"mended, without a digest, the other version: {outcomes}"
