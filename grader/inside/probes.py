"""Probes: what hidden tests ask beside "is it right?".

Scores show no leak, for a leaky model does as well on fresh rows as an honest one; these do. For hidden tests, in the
judge's sandbox. Each raises AssertionError, whose words are for the instructor alone. `ask` is any function that puts a
question to the learner's code and returns the answer as numbers, one for each row.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from grader.inside.proxy import Notebook

# pytest leaves the frames of this module out of what it shows of a failed test.
__tracebackhide__ = True

Ask = Callable[[Any], np.ndarray]

SPY = """
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

class Spy(TransformerMixin, BaseEstimator):
    seen = []
    def _note(self, call, X):
        Spy.seen.append((call, np.asarray(X)[:, 0].tolist()))
    def fit(self, X, y=None):
        self._note("fit", X)
        self.fitted_ = True
        return self
    def transform(self, X):
        self._note("transform", X)
        return X
"""
"""For `notebook.run`: a scikit-learn transformer that changes nothing and notes in `Spy.seen` which rows fit and
transform were given, by the values of their first column. Clones note in the same list."""

_CALL = "_answer = {function}({arguments})\n[_answer, {arguments}]"


def numbers(answer: object, shape: int | tuple[int, ...] | None = None) -> np.ndarray:
    """The answer as floats, when it is numbers (missing ones too) and has the shape; an int is a vector's length."""
    wanted = (shape,) if isinstance(shape, int) else shape
    if isinstance(answer, pd.Series | pd.DataFrame):
        answer = answer.to_numpy(dtype=object, na_value=np.nan)
    assert isinstance(answer, np.ndarray | list | tuple | int | float | np.generic), f"not numbers: {_kind(answer)}"
    try:
        found = np.asarray(answer, dtype=float)
    except (TypeError, ValueError) as error:
        raise AssertionError(f"not numbers: {error}") from None
    assert wanted is None or found.shape == wanted, f"shape {found.shape} instead of {wanted}"
    return found


def table(answer: object, *, rows: int | None = None, columns: Iterable[str] = ()) -> pd.DataFrame:
    """The answer, when it is a DataFrame of so many rows that has these columns, each once."""
    assert isinstance(answer, pd.DataFrame), f"not a DataFrame: {_kind(answer)}"
    assert rows is None or len(answer) == rows, f"{len(answer)} rows instead of {rows}"
    found = list(answer.columns)
    missing = [name for name in columns if found.count(name) != 1]
    assert not missing, f"columns missing or there twice: {missing} in {found}"
    return answer


def check_same(answer: object, truth: object, *, rtol: float = 1e-7, atol: float = 1e-9) -> None:
    """The same shape and the same numbers; NaN is the same as NaN."""
    expected = np.asarray(truth, dtype=float)
    found = numbers(answer, expected.shape)
    assert np.allclose(found, expected, rtol=rtol, atol=atol, equal_nan=True), f"{_first(found, expected, rtol, atol)}"


def check_unmoved(ask: Ask, given: Any, changed: Any, *, still: np.ndarray, moved: np.ndarray) -> None:
    """FUT, HOLD: what `given` and `changed` differ in is not seen at the places `still`, and is at those of `moved`.

    Both are masks over the answer. Without `moved`, a function that always says 0 would pass.
    """
    assert still.any(), "no place is named that must not move"
    assert moved.any(), "no place is named that must move"
    before, after = numbers(ask(given)), numbers(ask(changed))
    assert before.shape == after.shape, f"shape {after.shape} after, {before.shape} before"
    check_same(after[still], before[still])
    same = np.isclose(after[moved], before[moved], equal_nan=True)
    assert not same.all(), "the change that must show does not"


def check_order_free(ask: Ask, frame: pd.DataFrame, *, seed: int) -> None:
    """PERM: rows in another order get the same answers, each its own."""
    order = np.random.default_rng(seed).permutation(len(frame))
    plain = numbers(ask(frame))
    assert len(plain) == len(frame), f"{len(plain)} answers for {len(frame)} rows"
    assert len(np.unique(plain, axis=0)) > 1, "all rows have the same answer"
    check_same(ask(frame.iloc[order]), plain[order])


def check_alone(ask: Ask, frame: pd.DataFrame, places: Sequence[int]) -> None:
    """EDGE: a row gets the same answer alone as among others, as it must where one is served at a time."""
    together = numbers(ask(frame))
    assert len(together) == len(frame), f"{len(together)} answers for {len(frame)} rows"
    for place in places:
        check_same(ask(frame.iloc[[place]]), together[[place]])


def check_pure(notebook: Notebook, function: str, *arguments: Any) -> Any:
    """PURE: the answer, when the function leaves its arguments as they were."""
    given = {f"_given{number}": argument for number, argument in enumerate(arguments)}
    told = notebook.run(_CALL.format(function=function, arguments=", ".join(given)), **given)
    assert isinstance(told, list), "the arguments did not come back"
    answer, *after = told
    assert len(after) == len(arguments), "the arguments did not come back"
    for number, (was, now) in enumerate(zip(arguments, after, strict=True), start=1):
        assert is_equal(now, was), f"argument {number} was changed"
    return answer


def check_reported(reported: object, fresh: float, *, within: float) -> None:
    """GAP: the score that the learner's code reports agrees with the one on rows that it never saw."""
    said = float(numbers(reported, ()))
    assert abs(said - fresh) <= within, f"{said:.4f} reported, {fresh:.4f} on fresh rows"


def check_rises(values: object) -> None:
    """DIR: each value is above the one before it."""
    found = numbers(values)
    assert found.ndim == 1, f"not one row of values: shape {found.shape}"
    assert len(found) > 1, "fewer than two values"
    assert (np.diff(found) > 0).all(), f"do not rise: {found}"


def is_equal(one: object, other: object) -> bool:
    """Whether two pieces of data are the same: kind, labels, order, values, with NaN the same as NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, pd.DataFrame | pd.Series | pd.Index):
        return bool(one.equals(other))
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and _equal_arrays(one, other)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(is_equal(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(is_equal, one, other))
    return bool(one == other) or (one != one and other != other)  # noqa: PLR0124 - NaN is what differs from itself


def _equal_arrays(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(np.array_equal(one, other, equal_nan=one.dtype.kind in "fcmM"))


def _kind(answer: object) -> str:
    return repr(answer) if answer is None else type(answer).__name__


def _first(found: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> str:
    wrong = np.argwhere(~np.isclose(found, expected, rtol=rtol, atol=atol, equal_nan=True))
    place = tuple(int(number) for number in wrong[0])
    return f"{len(wrong)} differ, the first at {place}: {found[place]!r} instead of {expected[place]!r}"
