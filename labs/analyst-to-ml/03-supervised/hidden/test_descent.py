"""Exercise `descent`: each step goes down the true slope, and the losses tell of each step."""

import numpy as np

from grader.inside.probes import check_pure, check_same, numbers


def make(seed: int, rows: int = 41) -> tuple[np.ndarray, np.ndarray]:
    """Three columns of different spread, and an answer that is nearly a line in them."""
    rng = np.random.default_rng(seed)
    X = rng.normal([0.3, -0.2, 0.5], [1.0, 0.4, 1.6], (rows, 3))
    return X, 4 + X @ [2.0, -3.0, 0.7] + rng.normal(0, 0.5, rows)


def loss(weights: np.ndarray, X: np.ndarray, y: np.ndarray) -> float:
    """The mean squared error, row by row."""
    errors = [weights[0] + sum(weights[1:] * row) - answer for row, answer in zip(X, y, strict=True)]
    return sum(error**2 for error in errors) / len(errors)


def descend(X: np.ndarray, y: np.ndarray, lr: float, steps: int) -> np.ndarray:
    """The weights after some steps; the slopes are finite differences, which are exact for a parabola."""
    weights = np.zeros(X.shape[1] + 1)
    for _ in range(steps):
        sides = np.eye(len(weights)) * 0.5
        weights = weights - lr * np.array([loss(weights + side, X, y) - loss(weights - side, X, y) for side in sides])
    return weights


def fitted(answer: object, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights and losses as floats, when the answer is such a pair."""
    assert isinstance(answer, tuple | list), f"not a pair but a {type(answer).__name__}"
    assert len(answer) == 2, f"{len(answer)} parts"
    return numbers(answer[0], columns + 1), numbers(answer[1])


def test_each_step_follows_the_slope(notebook):
    for seed, lr, steps in ((11, 0.07, 1), (12, 0.02, 4)):
        X, y = make(seed)
        expected = descend(X, y, lr, steps)
        weights, _ = fitted(notebook.gd_fit(X, y, lr, steps), 3)
        check_same(weights, expected)


def test_many_steps_reach_least_squares(notebook):
    X, y = make(13, rows=90)
    best = np.linalg.lstsq(np.column_stack([np.ones(90), X]), y, rcond=None)[0]
    weights, _ = fitted(notebook.gd_fit(X, y, 0.02, 6000), 3)
    check_same(weights, best, atol=1e-6)


def test_losses_belong_to_the_weights(notebook):
    X, y = make(14)
    _, losses = fitted(notebook.gd_fit(X, y, 0.05, 5), 3)
    assert losses.shape == (6,), f"losses of shape {losses.shape} for 5 steps"
    for steps in range(6):
        weights, so_far = fitted(notebook.gd_fit(X, y, 0.05, steps), 3)
        assert so_far.shape == (steps + 1,)
        check_same(losses[steps], loss(weights, X, y))
    assert losses[5] != losses[0], "nothing was learned"


def test_whole_numbers_will_do_and_inputs_stay(notebook):
    rng = np.random.default_rng(15)
    X, y = rng.integers(-3, 4, (25, 2)), rng.integers(0, 9, 25)
    whole, _ = fitted(check_pure(notebook, "gd_fit", X, y, 0.03, 3), 2)
    floats, _ = fitted(check_pure(notebook, "gd_fit", X.astype(float), y.astype(float), 0.03, 3), 2)
    check_same(whole, floats)
    assert (np.abs(whole) > 1e-6).all(), "nothing was learned"
