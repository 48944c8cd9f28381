"""Exercise `final`: promises that are kept on data of our own, and the model itself."""

import numpy as np
import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import f_classif
from sklearn.metrics import average_precision_score

from grader.inside.probes import check_reported, check_same, numbers

CALL = """
_model, _promise = fit_final(X, y, groups, k, seed)
[_promise, _model.predict_proba(fresh)[:, 1]]
"""


def ask(notebook, rows: tuple, fresh: pd.DataFrame, *, k: int, seed: int) -> tuple[float, np.ndarray]:
    """The promise, and the probabilities of churn that the model gives to fresh rows."""
    X, y, groups = rows
    told = notebook.run(CALL, X=X, y=y, groups=groups, fresh=fresh, k=k, seed=seed)
    assert isinstance(told, list)
    return float(numbers(told[0], ())), numbers(told[1], len(fresh))


def frame(values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(values, columns=[f"f{number}" for number in range(values.shape[1])])


def test_selection_stays_in_the_folds(notebook):
    rng = np.random.default_rng(211)
    X, y = frame(rng.normal(size=(160, 700))), pd.Series(rng.permutation(np.arange(160) % 2))
    promise, _ = ask(notebook, (X, y, pd.Series(np.arange(160) // 2)), X.iloc[:2], k=10, seed=1)
    check_reported(promise, 0.5, within=0.15)


def rare(rng: np.random.Generator, rows: int) -> tuple[pd.DataFrame, pd.Series]:
    """Few churners, whom two of six columns know a little about."""
    X = rng.normal(size=(rows, 6))
    return frame(X), pd.Series((X[:, 0] + X[:, 3] + rng.normal(size=rows) * 1.6 > 3.1).astype(int))


def test_promise_holds_for_new_customers(notebook):
    rng = np.random.default_rng(212)
    X, y = rare(rng, 700)
    fresh, truth = rare(rng, 3_000)
    promise, chances = ask(notebook, (X, y, pd.Series(np.arange(700))), fresh, k=6, seed=2)
    check_reported(promise, average_precision_score(truth, chances), within=0.17)


def test_promise_is_for_new_accounts(notebook):
    rng = np.random.default_rng(213)
    account = rng.permutation(np.repeat(np.arange(80), 4))
    X = frame(rng.normal(size=(80, 5))[account] + rng.normal(scale=0.01, size=(320, 5)))
    y = pd.Series(rng.permutation(np.arange(80) % 2)[account])
    promise, _ = ask(notebook, (X, y, pd.Series(account)), X.iloc[:2], k=5, seed=3)
    check_reported(promise, 0.5, within=0.2)


def test_model_is_the_recipe_on_all_rows(notebook):
    rng = np.random.default_rng(214)
    X, y = rare(rng, 400)
    fresh, _ = rare(rng, 50)
    _, chances = ask(notebook, (X, y, pd.Series(np.arange(400))), fresh, k=3, seed=41)
    best = X.columns[np.sort(np.argsort(f_classif(X, y)[0])[-3:])]
    more, labels = SMOTE(random_state=41).fit_resample(X[best], y)
    forest = RandomForestClassifier(n_estimators=60, min_samples_leaf=3, random_state=41).fit(more, labels)
    check_same(chances, forest.predict_proba(fresh[best])[:, 1])
