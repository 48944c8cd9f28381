"""Exercise `score`: which rows a fold learns from and is scored on, seen by a classifier that writes them down."""

import numpy as np
import pandas as pd
import pytest

from grader.inside.probes import check_same, is_equal, numbers

ROWS = 300

# A recipe whose last step writes down which rows it is given, by their first column; its probability is the second.
CALL = """
import numpy as _np
from imblearn.over_sampling import RandomOverSampler as _Sampler
from imblearn.pipeline import make_pipeline as _make
from sklearn.base import BaseEstimator as _Base, ClassifierMixin as _Mixin

class _Diary(_Mixin, _Base):
    written = []
    def fit(self, X, y):
        _Diary.written.append(("fit", _np.asarray(X)[:, 0].tolist()))
        self.classes_ = _np.array([0, 1])
        return self
    def predict_proba(self, X):
        _Diary.written.append(("score", _np.asarray(X)[:, 0].tolist()))
        chance = _np.asarray(X)[:, 1]
        return _np.c_[1 - chance, chance]
    def predict(self, X):
        return (self.predict_proba(X)[:, 1] > 0.5).astype(int)

_recipe = _make(_Sampler(random_state=0), _Diary()) if resample else _make("passthrough", _Diary())
_answer = cv_score(_recipe, X, y, groups)
_steps = [step for _, step in _recipe.steps if not isinstance(step, str)]
_fitted = [name for step in _steps for name in vars(step) if name.endswith("_")]
[_answer, _Diary.written, _fitted, X, y, groups]
"""


def make(seed: int) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Lines in accounts of one to four, in no order, with labels that repeat; churn is rare and hard to tell."""
    rng = np.random.default_rng(seed)
    account = np.sort(rng.integers(0, 110, ROWS))[rng.permutation(ROWS)]
    churned = (rng.random(ROWS) < 0.2).astype(int)
    chance = 1 / (1 + np.exp(-rng.normal(0, 1, ROWS) - churned))
    X = pd.DataFrame({"line": np.arange(ROWS, dtype=float), "chance": chance, "bill": rng.random(ROWS)})
    X.index = rng.integers(0, 50, ROWS)
    return X, pd.Series(churned, index=X.index), pd.Series([f"A{number}" for number in account], index=X.index)


def by_hand(chance: np.ndarray, churned: np.ndarray) -> float:
    """Average precision: at each churner, from the likeliest down, the share of churners so far."""
    found, precisions = 0, []
    for rank, place in enumerate(np.argsort(-chance), start=1):
        if churned[place]:
            found += 1
            precisions.append(found / rank)
    return float(np.mean(precisions))


X, Y, GROUPS = make(201)


class Told:
    """What one call said and did."""

    def __init__(self, notebook, *, resample: bool) -> None:
        told = notebook.run(CALL, X=X, y=Y, groups=GROUPS, resample=resample)
        assert isinstance(told, list)
        self.scores, diary, self.fitted, *self.inputs = told
        self.fits = [np.array(rows) for what, rows in diary if what == "fit"]
        self.scored = [np.array(rows) for what, rows in diary if what == "score"]


@pytest.fixture(scope="module")
def told(notebook) -> Told:
    """One call, which three of the tests look at."""
    return Told(notebook, resample=False)


def test_each_fold_has_its_average_precision(told):
    found = numbers(told.scores, 5)
    truth = []
    for rows in told.scored:
        places = rows.astype(int)
        assert np.array_equal(places, rows), "rows that are none of the lines were scored"
        truth.append(by_hand(X["chance"].to_numpy()[places], Y.to_numpy()[places]))
    check_same(np.sort(found), np.sort(truth))


def test_no_account_is_on_both_sides(told):
    assert len(told.fits) == len(told.scored) > 1, f"{len(told.fits)} fits and {len(told.scored)} scorings"
    account = GROUPS.to_numpy()
    for learned, scored in zip(told.fits, told.scored, strict=True):
        known = set(account[learned.astype(int)])
        asked = set(account[scored.astype(int)])
        assert not known & asked, "an account is on both sides"
        assert known | asked == set(account), "an account is on neither side"


def test_each_line_is_scored_once(notebook):
    told = Told(notebook, resample=True)
    assert len(told.scored) > 1, "there are no folds"
    assert sorted(np.concatenate(told.scored)) == list(range(ROWS))
    assert all(len(learned) > len(set(learned)) for learned in told.fits), "the recipe did not resample"


def test_recipe_is_left_alone(told):
    assert list(told.fitted) == [], f"the recipe was fitted: {told.fitted}"
    assert told.fits, "nothing was fitted"
    for before, after in zip((X, Y, GROUPS), told.inputs, strict=True):
        assert is_equal(after, before), "the data were changed"
