"""Exercise `package`: what a server that was started anew makes of the package, and which files are in it."""

import importlib.metadata
import json
from http import HTTPStatus

import numpy as np
import pandas as pd
import pytest
import yaml
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from grader.inside.probes import check_same

COLUMNS = ["weight_kg", "stops", "town"]
PORT = 5_077

# The package of a pipeline that is fitted here, and where its files lie.
PACKAGE = """
import mlflow as _mlflow
from pathlib import Path as _Path
from sklearn.compose import ColumnTransformer as _Columns
from sklearn.ensemble import HistGradientBoostingClassifier as _Trees
from sklearn.impute import SimpleImputer as _Imputer
from sklearn.pipeline import make_pipeline as _make
from sklearn.preprocessing import OneHotEncoder as _OneHot, StandardScaler as _Scaler

_numbers = _make(_Imputer(strategy="median"), _Scaler())
_code = _OneHot(handle_unknown="ignore", sparse_output=False)
_steps = _Columns([("numbers", _numbers, ["weight_kg", "stops"]), ("texts", _code, ["town"])])
_pipeline = _make(_steps, _Trees(max_iter=6, random_state=0)).fit(X, y)
_uri = package(_pipeline, rows, trusted)
_folder = _Path(_mlflow.artifacts.download_artifacts(_uri))
_texts = {name: (_folder / name).read_text() for name in ("MLmodel", "requirements.txt") if (_folder / name).is_file()}
[str(_folder), [str(file.relative_to(_folder)) for file in _folder.rglob("*") if file.is_file()], _texts]
"""
TREES = "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor"


def make(seed: int, rows: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Parcels, and whether each came late; whole numbers among them, and no gaps."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"weight_kg": rng.gamma(2, 4, rows), "stops": rng.integers(1, 40, rows)})
    frame["town"] = rng.choice(["Sur", "Nizwa", "Ibri"], rows)
    late = (frame["stops"] + 10 * (frame["town"] == "Ibri") + rng.normal(0, 8, rows) > 24).to_numpy()
    return frame, late.astype(int)


X, Y = make(311, 240)
NEW, _ = make(312, 9)


def truth(frame: pd.DataFrame) -> np.ndarray:
    """What the same pipeline says here."""
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    code = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    steps = ColumnTransformer([("numbers", numbers, ["weight_kg", "stops"]), ("texts", code, ["town"])])
    return (
        make_pipeline(steps, HistGradientBoostingClassifier(max_iter=6, random_state=0)).fit(X, Y).predict_proba(frame)
    )


@pytest.fixture(scope="module")
def packed(notebook):
    """The package's folder, its files, and the text of two of them; made once for all tests."""
    told = notebook.run(PACKAGE, X=X, y=Y, rows=X.head(4), trusted=[TREES, "numpy.dtype"])
    assert isinstance(told, list)
    return told


@pytest.fixture(scope="module")
def server(packed, sandbox):
    """The package, served by a process of its own: it takes some seconds, so all tests ask the same one."""
    command = ["mlflow", "models", "serve", "-m", str(packed[0]), "--env-manager", "local", "-p", str(PORT), "-w", "1"]
    return sandbox.start(command, port=PORT)


def send(server, columns: list[str], rows: list[list]):
    return server.post("/invocations", json={"dataframe_split": {"columns": columns, "data": rows}})


def chances(response) -> list:
    """The predictions of an answer with status 200."""
    assert response.status_code == HTTPStatus.OK, f"{response.status_code}: {response.content[:300]!r}"
    told = response.json()
    assert isinstance(told, dict)
    return told["predictions"]


def test_fresh_process_scores_raw_rows(server):
    told = chances(send(server, COLUMNS, NEW[COLUMNS].to_numpy(dtype=object).tolist()))
    check_same(told, truth(NEW), atol=1e-6)
    order = ["town", "stops", "weight_kg"]
    check_same(chances(send(server, order, NEW[order].to_numpy(dtype=object).tolist())), truth(NEW), atol=1e-6)


def test_bad_request_is_400(packed, server):
    assert isinstance(packed[2], dict)
    signature = (yaml.safe_load(str(packed[2]["MLmodel"])) or {}).get("signature")
    assert signature, "there is no signature"
    kinds = {column["name"]: column["type"] for column in json.loads(signature["inputs"])}
    assert kinds == {"weight_kg": "double", "stops": "double", "town": "string"}
    bad = [
        send(server, COLUMNS, [["heavy", 3, "Sur"]]),
        send(server, COLUMNS, [[2.5, "three", "Sur"]]),
        send(server, ["weight_kg", "stops"], [[2.5, 3]]),
        send(server, ["town", "stops"], [["Sur", 3]]),
    ]
    assert [answer.status_code for answer in bad] == [HTTPStatus.BAD_REQUEST] * 4
    assert np.shape(chances(send(server, COLUMNS, [[2.5, 3, "Sur"]])))[0] == 1


def test_request_with_gaps_is_scored(server):
    gaps = NEW.astype({"stops": float}).copy()
    gaps.loc[[0, 3], "weight_kg"] = np.nan
    gaps.loc[[1, 3], "stops"] = np.nan
    rows = gaps[COLUMNS].astype(object).where(gaps[COLUMNS].notna(), None).to_numpy(dtype=object).tolist()
    told = np.asarray(chances(send(server, COLUMNS, rows)), dtype=float)
    expected = truth(gaps)
    assert told.ndim == 1 or told.shape[1] == 2
    found = told if told.ndim == 1 else told[:, 1]
    check_same(np.round(found, 6), np.round(expected[:, 1], 6), atol=2e-6)


def test_package_needs_no_pickle(packed):
    _, files, texts = packed
    assert isinstance(files, list)
    assert any(str(name).endswith(".skops") for name in files), f"no skops file: {files}"
    assert not [name for name in files if str(name).endswith((".pkl", ".pickle", ".joblib", ".py"))], f"{files}"
    assert isinstance(texts, dict)
    lines = str(texts["requirements.txt"]).split()
    for name in ("scikit-learn", "skops"):
        assert f"{name}=={importlib.metadata.version(name)}" in lines, f"{name} is not pinned: {lines}"
