"""Exercise `ridge`: what is made smallest, who pays the price, and columns without a single best answer."""

import numpy as np

from grader.inside.probes import check_pure, check_same, numbers


def make(seed: int, rows: int = 37, columns: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Columns that go together, off centre, and an answer that lies far from 0."""
    rng = np.random.default_rng(seed)
    X = rng.normal(0, 1, (rows, columns)) @ rng.normal(0, 1, (columns, columns)) + rng.normal(3, 1, columns)
    return X, 250 + X @ rng.normal(0, 4, columns) + rng.normal(0, 2, rows)


def test_slopes_pay_their_price(notebook):
    # All is centred, so the intercept is 0 whether it pays or not.
    X, y = make(21)
    X, y = X - X.mean(axis=0), y - y.mean()
    for lam in (0.4, 3.0, 55.0):
        # A price is a row more: the answer 0 is wanted of each slope, weighted by the root of lam.
        rows, answers = np.vstack([X, np.sqrt(lam) * np.eye(4)]), np.append(y, np.zeros(4))
        expected = np.linalg.lstsq(rows, answers, rcond=None)[0]
        weights = numbers(notebook.ridge_closed_form(X, y, lam), 5)
        check_same(weights[1:], expected)


def test_without_a_price_it_is_least_squares(notebook):
    X, y = make(22)
    expected = np.linalg.lstsq(np.column_stack([np.ones(len(X)), X]), y, rcond=None)[0]
    check_same(notebook.ridge_closed_form(X, y, 0), expected)


def test_the_intercept_pays_nothing(notebook):
    X, y = make(23)
    near = numbers(notebook.ridge_closed_form(X, y, 6.0), 5)
    far = numbers(notebook.ridge_closed_form(X, y + 7_000, 6.0), 5)
    check_same(far - near, [7_000, 0, 0, 0, 0], atol=1e-5)

    dear = numbers(notebook.ridge_closed_form(X, y, 1e10), 5)
    check_same(dear, [y.mean(), 0, 0, 0, 0], atol=1e-3)


def test_twins_and_more_columns_than_rows(notebook):
    X, y = make(24)
    twins = numbers(notebook.ridge_closed_form(X[:, [0, 1, 0, 2]], y, 0.7), 5)
    assert np.isfinite(twins).all()
    assert np.isclose(twins[1], twins[3])
    assert abs(twins[1]) > 1e-6

    wide, answers = make(25, rows=6, columns=11)
    weights = numbers(notebook.ridge_closed_form(wide, answers, 1e-3), 12)
    assert np.isfinite(weights).all()
    assert np.allclose(weights[0] + wide @ weights[1:], answers, atol=0.5), "a small price leaves small errors"


def test_inputs_stay_as_they_were(notebook):
    X, y = make(26)
    weights = numbers(check_pure(notebook, "ridge_closed_form", X, y, 2.0), 5)
    assert np.ptp(weights) > 1, "nothing was learned"
