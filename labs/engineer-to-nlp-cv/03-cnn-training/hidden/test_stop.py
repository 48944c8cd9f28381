"""Exercise `stop`: which epoch is kept, and when it is over."""

import math

import numpy as np


def truth(curve: list[float], patience: int) -> tuple[int, bool]:
    """By definition: sort the numbers, take the first of the smallest, count the epochs after it."""
    known = sorted((loss, epoch) for epoch, loss in enumerate(curve) if not math.isnan(loss))
    best = known[0][1] if known else -1
    return best, len(range(best + 1, len(curve))) >= patience


def ask(notebook, curve: list[float], patience: int) -> tuple[int, bool]:
    """The answer, when it is an epoch and a yes or no."""
    told = notebook.early_stop(curve, patience)
    assert isinstance(told, tuple | list), f"not a pair: {told!r}"
    assert len(told) == 2, f"not a pair: {told!r}"
    epoch, stop = told
    assert isinstance(epoch, int | np.integer), f"not an epoch: {epoch!r}"
    assert isinstance(stop, bool | np.bool_), f"not a yes or no: {stop!r}"
    return int(epoch), bool(stop)


def test_stops_when_patience_is_over(notebook):
    rng = np.random.default_rng(511)
    curve = [float(loss) for loss in rng.permutation(np.linspace(0.31, 1.9, 25))]
    for patience in (1, 2, 5):
        for length in range(1, 26):
            _, stop = ask(notebook, curve[:length], patience)
            assert stop == truth(curve[:length], patience)[1], f"{length} epochs, patience {patience}"
    # Patience had run out before the last, better epoch: that one starts the waiting anew.
    assert ask(notebook, [0.5, 0.6, 0.7, 0.4], 2)[1] is False
    assert ask(notebook, [0.5, 0.6, 0.7, 0.4, 0.45, 0.41], 2)[1] is True


def test_keeps_the_first_of_the_lowest(notebook):
    rng = np.random.default_rng(521)
    for length in (1, 2, 7, 20, 40):
        curve = [float(loss) for loss in rng.integers(3, 8, length) / 8]
        assert ask(notebook, curve, 3)[0] == truth(curve, 3)[0], f"{curve}"
    assert ask(notebook, [-0.5, -2.0, 1.0, -2.0], 3)[0] == 1


def test_nan_is_never_best(notebook):
    nan = math.nan
    for curve in ([nan, 0.5, 0.7], [0.5, nan, 0.4, 0.6], [0.5, 0.4, nan, nan], [0.3, nan, nan, nan], [nan, nan, 0.9]):
        for patience in (1, 2, 3):
            assert ask(notebook, curve, patience) == truth(curve, patience), f"{curve}, patience {patience}"
    assert ask(notebook, [nan, nan], 3) == (-1, False)
    assert ask(notebook, [nan, nan, nan], 3) == (-1, True)
    assert ask(notebook, [nan], 1) == (-1, True)
