"""Exercise `batch`: nights that go well, nights that must be refused, and a night on which the disk is full."""

import io

import numpy as np
import pandas as pd
import pytest

from grader.inside.probes import check_same

FEATURES = ["temperature_c", "weekend", "last_week_m3"]
METERS = ["MCT-1", "MCT-2", "0042", "NA"]
# Three versions of one model; each is a plane with its own slopes, which a linear model finds exactly.
STORE = """
import hashlib as _hashlib
import mlflow as _mlflow
import numpy as _np
import pandas as _pd
from pathlib import Path as _Path
from mlflow.models import infer_signature as _sign
from sklearn.linear_model import LinearRegression as _Line

while _mlflow.active_run() is not None:
    _mlflow.end_run()
_client = _mlflow.MlflowClient()
_mlflow.set_experiment("nightly")
_rows = _pd.DataFrame(_np.random.default_rng(5).uniform(0, 40, (30, 3)), columns=features)

def _folder_of(version):
    return _Path(_mlflow.artifacts.download_artifacts(version.source))

def _register(name, plane):
    _y = plane[0] + _rows.to_numpy() @ plane[1:]
    with _mlflow.start_run():
        _info = _mlflow.sklearn.log_model(
            _Line().fit(_rows, _y), name="model", signature=_sign(_rows, _y), pip_requirements=["scikit-learn==1.9.1"]
        )
    _version = _mlflow.register_model(_info.model_uri, name)
    _files = sorted(path for path in _folder_of(_version).iterdir() if path.name != "registered_model_meta")
    _whole = b"".join(path.name.encode() + path.read_bytes() for path in _files)
    _client.set_model_version_tag(name, _version.version, "sha256", _hashlib.sha256(_whole).hexdigest())
    _client.set_registered_model_alias(name, "champion", _version.version)

for _name, _plane in planes:
    _register(_name, _np.array(_plane))
"""
PLANES = {1: [3.0, 2.0, 5.0, 0.5], 2: [40.0, 1.0, -8.0, 0.25], 3: [7.0, 0.5, 1.0, 2.0]}
# One night in a folder of its own. With a limit, no file can grow beyond so many bytes, as on a full disk.
NIGHT = """
import resource as _resource
from pathlib import Path as _Path

_folder = _Path(folder)
_folder.mkdir(exist_ok=True)
(_folder / "night.csv").write_text(text)
_soft, _hard = _resource.getrlimit(_resource.RLIMIT_FSIZE)
try:
    if limit:
        _resource.setrlimit(_resource.RLIMIT_FSIZE, (limit, _hard))
    _told = batch_score(name, meters, f"{folder}/night.csv", f"{folder}/out.csv")
except ValueError:
    _told = "ValueError"
except OSError:
    _told = "OSError"
finally:
    _resource.setrlimit(_resource.RLIMIT_FSIZE, (_soft, _hard))
[_told, {path.name: path.read_text() for path in _folder.glob("*.csv") if path.name != "night.csv"}]
"""
ALIAS = """
import mlflow as _mlflow
_mlflow.MlflowClient().set_registered_model_alias(name, "champion", version)
"""
# The weights of the newer version are put in the place of the older: a model that loads, and is another.
SWAP = """
_older, _newer = (_folder_of(_client.get_model_version(name, version)) for version in ("1", "2"))
_kept = (_older / "model.skops").read_bytes()
(_older / "model.skops").write_bytes((_newer / "model.skops").read_bytes())
"""
RESTORE = '(_older / "model.skops").write_bytes(_kept)'


@pytest.fixture(scope="module")
def store(notebook):
    """Two registered models: `water` with three versions, and `brine` with two."""
    planes = [
        ("water", PLANES[1]),
        ("water", PLANES[2]),
        ("water", PLANES[3]),
        ("brine", PLANES[1]),
        ("brine", PLANES[2]),
    ]
    notebook.run(STORE, features=FEATURES, planes=planes)


def make(seed: int, rows: int) -> pd.DataFrame:
    """A night's file, as text, in which all is well."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame({
        "note": rng.choice(["", "NA", "ok"], rows), "meter": rng.choice(METERS[:2], rows), "date": "2031-05-04",
        "weekend": rng.integers(0, 2, rows), "temperature_c": rng.uniform(20, 45, rows).round(1),
        "last_week_m3": rng.gamma(5, 20, rows).round(1),
    }).astype(str)  # fmt: skip


def ask(notebook, folder: str, rows: pd.DataFrame, *, name: str = "water", limit: int = 0) -> tuple[object, dict]:
    """What the learner's function says of a night, and the files that it leaves."""
    text = rows.to_csv(index=False)
    told = notebook.run(NIGHT, folder=folder, text=text, name=name, meters=METERS, limit=limit)
    assert isinstance(told, list)
    said, files = told
    assert isinstance(files, dict)
    return said, files


def read(files: dict, name: str) -> pd.DataFrame:
    """A file as text, cell by cell."""
    assert name in files, f"no {name} among {sorted(files)}"
    return pd.read_csv(io.StringIO(files[name]), dtype=str, keep_default_na=False)


def truth(rows: pd.DataFrame, version: int) -> list[float]:
    """The forecasts of a version, row by row."""
    constant, *slopes = PLANES[version]
    values = rows[FEATURES].astype(float).to_numpy()
    return [constant + sum(slope * value for slope, value in zip(slopes, row, strict=True)) for row in values]


def test_forecasts_follow_the_alias(notebook, store):
    rows = make(71, 20)
    for night, version in enumerate((1, 2, 1)):
        notebook.run(ALIAS, name="water", version=str(version))
        said, files = ask(notebook, f"alias-{night}", rows)
        assert isinstance(said, dict)
        assert said.get("version") == version
        out = read(files, "out.csv")
        assert list(out["version"]) == [str(version)] * 20
        check_same(out["forecast_m3"].astype(float), truth(rows, version), rtol=1e-6)


def test_no_row_is_lost(notebook, store):
    # As numbers, two of these meters would be others; and what looks missing is a name.
    rows = make(72, 14).assign(meter=["0042", "NA"] * 7)
    rows.loc[1, "last_week_m3"] = ""
    rows.loc[3, "temperature_c"] = "no signal"
    rows.loc[4, "meter"] = "42"
    rows.loc[6, ["meter", "weekend"]] = ["8888", "?"]
    rows.loc[9, "last_week_m3"] = "inf"
    rows.loc[11, "last_week_m3"] = "1e2"
    reasons = {1: "bad value", 3: "bad value", 4: "unknown meter", 6: "unknown meter", 9: "bad value"}
    for number, picked in enumerate((range(14), list(reasons), [0, 2, 5], [])):
        night = rows.iloc[list(picked)]
        bad = night.index.isin(list(reasons))
        said, files = ask(notebook, f"rows-{number}", night)
        out, rejects = read(files, "out.csv"), read(files, "out.rejects.csv")
        assert list(out.columns) == ["meter", "date", "forecast_m3", "version"]
        assert out[["meter", "date"]].to_numpy().tolist() == night.loc[~bad, ["meter", "date"]].to_numpy().tolist()
        assert list(rejects.columns) == [*rows.columns, "reason"]
        expected = night[bad].assign(reason=[reasons[place] for place in night.index[bad]])
        assert rejects.to_numpy().tolist() == expected.to_numpy().tolist()
        assert isinstance(said, dict)
        assert (said.get("scored"), said.get("rejected")) == (int((~bad).sum()), int(bad.sum()))


def test_second_run_replaces_the_first(notebook, store):
    one, other = make(73, 9), make(74, 5)
    one.loc[2, "meter"] = other.loc[0, "meter"] = "8888"
    _, first = ask(notebook, "again", one)
    _, second = ask(notebook, "again", one)
    assert second == first
    _, replaced = ask(notebook, "again", other)
    _, fresh = ask(notebook, "elsewhere", other)
    assert replaced == fresh
    assert len(read(fresh, "out.csv")) < len(read(first, "out.csv"))


def test_a_bad_file_changes_nothing(notebook, store):
    rows = make(75, 8)
    said, files = ask(notebook, "bad", rows)
    assert isinstance(said, dict)
    assert len(read(files, "out.csv")) == 8
    for name in ("meter", "date", *FEATURES):
        outcome = ask(notebook, "bad", make(76, 6).drop(columns=name))
        assert outcome == ("ValueError", files), f"without {name}"
    outcome = ask(notebook, "empty", make(76, 6).drop(columns="weekend"))
    assert outcome == ("ValueError", {})


def test_a_tampered_model_is_refused(notebook, store):
    rows = make(77, 6)
    notebook.run(ALIAS, name="brine", version="1")
    said, files = ask(notebook, "brine", rows, name="brine")
    assert isinstance(said, dict)
    notebook.run(SWAP, name="brine")
    assert ask(notebook, "brine", make(78, 4), name="brine") == ("ValueError", files)
    notebook.run(RESTORE)
    said, files = ask(notebook, "brine-again", rows, name="brine")
    assert isinstance(said, dict)
    assert len(read(files, "out.csv")) == 6


def test_no_half_file_is_ever_read(notebook, store):
    for meter in ("MCT-1", "8888"):
        # Nearly all rows are good, or nearly all are rejected: it is one file or the other that outgrows the disk.
        small, large = make(79, 6).assign(meter=meter), make(80, 400).assign(meter=meter)
        small.loc[0, "meter"] = large.loc[0, "meter"] = "MCT-2"
        _, before = ask(notebook, f"disk-{meter}", small)
        _, after = ask(notebook, f"fits-{meter}", large)
        _, found = ask(notebook, f"disk-{meter}", large, limit=6_000)
        assert set(before) == set(after) == {"out.csv", "out.rejects.csv"}
        assert meter == "8888" or len(after["out.csv"]) > 12_000, "the large night is not large"
        assert set(found) == set(before), f"files whose name ends in .csv: {sorted(found)}"
        for name, text in found.items():
            assert text in (before[name], after[name]), f"{name} is neither last night's nor tonight's"
