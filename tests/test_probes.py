"""Probes: each lets honest work pass and catches what it is made for, a function that says nothing included."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from grader.grade import grade
from grader.inside import probes
from grader.model import Lab
from grader.sandbox import Start
from tests.conftest import Submit

FRAME = pd.DataFrame({"day": range(8), "sold": [3.0, 1, 4, 1, 5, 9, 2, 6]})
LATER = FRAME.assign(sold=FRAME["sold"].where(FRAME["day"] < 5, 50.0))
BEFORE = (FRAME["day"] < 5).to_numpy()

ASKS = b"""
from grader.inside.probes import SPY, check_pure

def test_one(notebook):
    assert check_pure(notebook, "keep", [3, 1, 2]) == [1, 2, 3]

def test_two(notebook):
    check_pure(notebook, "spoil", [3, 1, 2])

def test_two_of_text(notebook):
    seen = notebook.run(SPY + "Spy().fit([[1.0, 5.0], [2.0, 6.0]]).transform([[3.0, 7.0]])\\nSpy.seen")
    assert seen == [("fit", [1.0, 2.0]), ("transform", [3.0])]

def test_three(notebook, seed, floor):
    assert seed == 0
"""
SORTS = """
def keep(numbers): return sorted(numbers)
def spoil(numbers): numbers.sort(); return numbers
"""


def running(frame: pd.DataFrame) -> np.ndarray:
    return np.asarray(frame["sold"].cumsum())


def centred(frame: pd.DataFrame) -> np.ndarray:
    return np.asarray(frame["sold"].rolling(3, center=True, min_periods=1).mean())


def nought(frame: pd.DataFrame) -> np.ndarray:
    return np.zeros(len(frame))


def refuses(check: Callable[..., object], *args: Any, **options: Any) -> str:
    with pytest.raises(AssertionError) as caught:
        check(*args, **options)
    return str(caught.value)


def test_what_does_not_look_ahead_is_unmoved_and_what_does_is_not() -> None:
    masks = {"still": BEFORE, "moved": ~BEFORE}
    probes.check_unmoved(running, FRAME, LATER, **masks)
    assert "differ" in refuses(probes.check_unmoved, centred, FRAME, LATER, **masks)
    assert "does not" in refuses(probes.check_unmoved, nought, FRAME, LATER, **masks)
    assert "no place" in refuses(probes.check_unmoved, running, FRAME, LATER, still=BEFORE, moved=BEFORE & ~BEFORE)


def test_the_order_of_rows_must_not_matter() -> None:
    probes.check_order_free(lambda frame: frame["sold"].to_numpy() * 2, FRAME, seed=1)
    assert "differ" in refuses(probes.check_order_free, running, FRAME, seed=1)
    assert "same answer" in refuses(probes.check_order_free, nought, FRAME, seed=1)


def test_one_row_alone_is_answered_as_among_others() -> None:
    probes.check_alone(lambda frame: frame["sold"].to_numpy() * 2, FRAME, [0, 7])
    assert "differ" in refuses(probes.check_alone, running, FRAME, [0, 7])


@pytest.mark.parametrize(
    ("answer", "shape"),
    [
        (None, 3), ("123", 3), ([1, 2], 3), (["a", "b", "c"], 3), ([[1], [2, 3]], None), ({"a": 1}, None),
        (np.zeros((3, 1)), 3), (pd.Series(["x", "y", "z"]), 3), (object(), None),
    ],
)  # fmt: skip
def test_what_is_not_numbers_of_that_shape_is_refused(answer: object, shape: int | None) -> None:
    refuses(probes.numbers, answer, shape)


def test_numbers_may_come_as_many_things() -> None:
    for answer in ([1, None, 3], pd.Series([1, pd.NA, 3], dtype="Int64"), np.array([1.0, np.nan, 3.0])):
        probes.check_same(answer, [1, np.nan, 3])
    assert probes.numbers(np.float32(2), ()) == 2


def test_an_empty_or_broadcasting_answer_is_not_the_same() -> None:
    assert "shape" in refuses(probes.check_same, np.array([]), [1.0, 1.0])
    assert "shape" in refuses(probes.check_same, np.array([1.0]), [1.0, 1.0])
    assert "1 differ, the first at (1,)" in refuses(probes.check_same, [1.0, 2.0], [1.0, 3.0])


def test_a_table_has_its_rows_and_its_columns_once() -> None:
    assert probes.table(FRAME, rows=8, columns=["day"]) is FRAME
    assert "not a DataFrame: list" in refuses(probes.table, [1])
    assert "8 rows" in refuses(probes.table, FRAME, rows=9)
    assert "missing or there twice" in refuses(probes.table, FRAME, columns=["price"])
    assert "there twice" in refuses(probes.table, pd.concat([FRAME, FRAME], axis=1), columns=["day"])


def test_a_reported_score_agrees_with_the_fresh_one() -> None:
    probes.check_reported(0.82, 0.80, within=0.03)
    assert "0.9000 reported" in refuses(probes.check_reported, 0.90, 0.80, within=0.03)
    assert refuses(probes.check_reported, None, 0.80, within=0.03)
    assert refuses(probes.check_reported, float("nan"), 0.80, within=0.03)


def test_values_rise() -> None:
    probes.check_rises([1, 2, 5])
    for values in ([1, 1], [2, 1], [1], [1, float("nan")], [[1, 2]]):
        refuses(probes.check_rises, values)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (FRAME, FRAME.copy(), True), (FRAME, LATER, False), (FRAME, FRAME.iloc[::-1], False), (FRAME, None, False),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan]), True), (np.array([1]), np.array([1.0]), False),
        (np.array(["a"]), np.array(["a"]), True), (np.array(["a"]), np.array(["b"]), False),
        ([float("nan")], [float("nan")], True), ({"a": [1]}, {"a": [1]}, True), ({"a": [1]}, {"a": [2]}, False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, False), ((1,), [1], False), ([1], [1, 2], False),
    ],
)  # fmt: skip
def test_data_is_equal_when_kind_order_and_values_are(one: object, other: object, expected: bool) -> None:
    assert probes.is_equal(one, other) is expected


def test_hidden_tests_reach_probes_seed_and_spy(lab: Lab, submit: Submit, start: Start) -> None:
    roomy = lab.limits.model_copy(update={"seconds": 60, "question_seconds": 30, "memory_mb": 1024})
    probed = lab.model_copy(update={"hidden": {"test_sums.py": ASKS}, "limits": roomy})
    report = grade(probed, submit(two=SORTS), start, image="test")
    found = {result.test: (result.outcome.value, result.detail[-800:]) for result in report.results}
    assert found["test_one"] == ("passed", "")
    assert found["test_two"][0] == "failed"
    assert "argument 1 was changed" in found["test_two"][1]
    assert found["test_two_of_text"] == ("passed", "")
    assert found["test_three"] == ("passed", "")
