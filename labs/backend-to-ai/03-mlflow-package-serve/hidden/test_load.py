"""Exercise `load`: packages as they were released, and packages that somebody has changed since."""

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from grader.inside.probes import check_same, numbers

TREES = "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor"

# A released package and changed copies of it. The trap writes a file when somebody unpickles it.
MAKE = """
import pickle as _pickle
import shutil as _shutil
from pathlib import Path as _Path
import mlflow as _mlflow
import pandas as _pd
from sklearn.base import BaseEstimator as _Base, TransformerMixin as _Mixin
from sklearn.ensemble import HistGradientBoostingClassifier as _Trees
from sklearn.linear_model import LogisticRegression as _Linear
from sklearn.pipeline import make_pipeline as _make

class Recorder(_Mixin, _Base):
    def fit(self, X, y=None):
        self.fitted_ = True
        return self
    def transform(self, X):
        return X

class _Trap:
    def __reduce__(self):
        return (_Path.touch, (_Path("sprung"),))

_root = _Path("packages_of_the_test")
_shutil.rmtree(_root, ignore_errors=True)

def _save(name, model, trusted):
    _mlflow.sklearn.save_model(model, str(_root / name), pip_requirements=["scikit-learn"], skops_trusted_types=trusted)
    return _root / name

def _copy(name, change):
    folder = _root / name
    _shutil.copytree(_root / "good", folder)
    change(folder)
    return folder

def _replace_model(folder):
    _shutil.copy(_root / "other" / "model.skops", folder / "model.skops")

def _edit_text(folder):
    text = (folder / "MLmodel").read_text()
    (folder / "MLmodel").write_text(text.replace("utc_time_created: '2", "utc_time_created: '3"))

def _swap_names(folder):
    first, second = folder / "requirements.txt", folder / "conda.yaml"
    one, two = first.read_bytes(), second.read_bytes()
    first.write_bytes(two)
    second.write_bytes(one)

def _set_trap(folder):
    (folder / "model.skops").unlink()
    (folder / "model.pkl").write_bytes(_pickle.dumps(_Trap()))
    text = (folder / "MLmodel").read_text()
    (folder / "MLmodel").write_text(text.replace("model.skops", "model.pkl").replace(": skops", ": pickle"))

_save("good", _make(_Trees(max_iter=4, random_state=0)).fit(X, y), [TREES])
_save("other", _make(_Trees(max_iter=4, random_state=0)).fit(X, 1 - y), [TREES])
_save("plain", _make(_Linear()).fit(X, y), [])
_save("stranger", _make(Recorder(), _Linear()).fit(X, y), ["__main__.Recorder"])
_copy("replaced", _replace_model)
_copy("edited", _edit_text)
_copy("added", lambda folder: (folder / "extra.txt").write_text("hello"))
_copy("added_below", lambda folder: [(folder / "code").mkdir(), (folder / "code" / "x.py").write_text("")])
_copy("removed", lambda folder: (folder / "requirements.txt").unlink())
_copy("renamed", lambda folder: (folder / "conda.yaml").rename(folder / "conda.yml"))
_copy("swapped", _swap_names)
_copy("trapped", _set_trap)
_copy("without_model", lambda folder: (folder / "model.skops").unlink())

def _outcome(name, released, allow):
    _Path("sprung").unlink(missing_ok=True)
    try:
        model = load_checked(str(_root / name), digest_of(_root / released), allow)
        told = model.predict_proba(fresh)[:, 1]
    except Exception as error:
        told = "ValueError" if isinstance(error, ValueError) else "another error"
    return [told, _Path("sprung").exists()]

[_outcome(*question) for question in questions]
"""

QUESTIONS = {
    "good": ("good", "good", [TREES]),
    "good, with more allowed": ("good", "good", ["x.Y", TREES]),
    "plain": ("plain", "plain", []),
    "changed": [(name, "good", [TREES]) for name in ("replaced", "edited", "added", "added_below", "removed")],
    "renamed": [(name, "good", [TREES]) for name in ("renamed", "swapped", "trapped")],
    "not allowed": ("good", "good", ["sklearn.ensemble._hist_gradient_boosting", "TreePredictor"]),
    "nothing allowed": ("good", "good", []),
    "stranger": ("stranger", "stranger", [TREES]),
    "stranger, allowed": ("stranger", "stranger", ["__main__.Recorder"]),
    "trapped": ("trapped", "trapped", [TREES]),
    "without model": ("without_model", "without_model", [TREES]),
}


def make(seed: int, rows: int) -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(seed)
    X = pd.DataFrame(rng.normal(size=(rows, 2)), columns=["a", "b"])
    return X, (X["a"] + rng.normal(size=rows) > 0).astype(int)


@pytest.fixture(scope="module")
def outcomes(notebook) -> dict[str, list]:
    """For each question its outcomes: the model's answer or "ValueError", and whether the trap was sprung."""
    X, y = make(321, 120)
    fresh, _ = make(322, 7)
    asked = {name: value if isinstance(value, list) else [value] for name, value in QUESTIONS.items()}
    flat = [question for questions in asked.values() for question in questions]
    told = notebook.run(MAKE, X=X, y=y, fresh=fresh, questions=flat, TREES=TREES)
    assert isinstance(told, list)
    assert len(told) == len(flat)
    left = iter(told)
    return {name: [next(left) for _ in questions] for name, questions in asked.items()}


def refused(outcomes: list) -> bool:
    return all(isinstance(told, str) and told == "ValueError" for told, _ in outcomes)


def test_released_package_loads(outcomes):
    X, y = make(321, 120)
    fresh, _ = make(322, 7)
    trees = HistGradientBoostingClassifier(max_iter=4, random_state=0).fit(X, y).predict_proba(fresh)[:, 1]
    for name in ("good", "good, with more allowed"):
        check_same(numbers(outcomes[name][0][0], 7), trees)
    check_same(
        numbers(outcomes["plain"][0][0], 7), LogisticRegression().fit(X, y).predict_proba(fresh)[:, 1], rtol=1e-5
    )
    numbers(outcomes["stranger, allowed"][0][0], 7)


def test_changed_package_refused(outcomes):
    numbers(outcomes["good"][0][0], 7)
    assert refused(outcomes["changed"])
    assert refused(outcomes["renamed"])


def test_type_off_list_refused(outcomes):
    numbers(outcomes["good"][0][0], 7)
    for name in ("not allowed", "nothing allowed", "stranger"):
        assert refused(outcomes[name]), name


def test_pickle_stays_shut(outcomes):
    numbers(outcomes["plain"][0][0], 7)
    assert refused(outcomes["trapped"])
    assert refused(outcomes["without model"])
    assert not any(sprung for told in outcomes.values() for _, sprung in told), "the pickle was opened"
