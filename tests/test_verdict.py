"""The exit code of a run: of all that came of it, what weighs most."""

import pytest

from grader.model import Report
from grader.verdict import exit_code, say_verdict
from tests.test_report import rejected, report, result, ungraded

FULL = report(results=(result("clean", "passed", 5),))
SEVEN_TENTHS = report(results=(result("clean", "passed", 0.7), result("model", "failed", 0.3)))
CHECKED = report(status="checked", results=(result("clean", "passed", 0),))
CHECKED_BADLY = report(status="checked", results=(result("clean", "passed", 0), result("model", "failed", 0)))


@pytest.mark.parametrize(
    ("reports", "min_score", "code"),
    [
        ([], None, 0), ([FULL, FULL], None, 0), ([FULL, SEVEN_TENTHS], None, 1),
        ([SEVEN_TENTHS], 70, 0), ([SEVEN_TENTHS], 70.01, 1), ([FULL], 100, 0), ([SEVEN_TENTHS], 0, 0),
        ([FULL, rejected()], 0, 2), ([SEVEN_TENTHS, rejected()], 100, 2), ([rejected(), ungraded(), FULL], None, 4),
        ([CHECKED], None, 5), ([CHECKED], 0, 5), ([CHECKED_BADLY], 0, 1), ([CHECKED, CHECKED_BADLY], None, 1),
        ([CHECKED, rejected()], None, 2), ([FULL], float("nan"), 1),
    ],
)  # fmt: skip
def test_what_weighs_most_is_the_code(reports: list[Report], min_score: float | None, code: int) -> None:
    assert exit_code(reports, min_score) == code
    assert exit_code(reports[::-1], min_score) == code


def test_a_sum_of_tenths_reaches_its_own_percentage() -> None:
    tenths = report(results=(*(result("clean", "passed", 0.1) for _ in range(3)), result("clean", "failed", 0.7)))
    assert sum([0.1] * 3) / tenths.points != 0.3
    assert exit_code([tenths], 30) == 0


def test_the_words_say_the_code() -> None:
    assert say_verdict([FULL], None) == "passed: nobody below full marks"
    assert say_verdict([FULL, SEVEN_TENTHS], 80) == "failed: 1 below 80 % of the points"
    assert say_verdict([rejected()], None) == "failed: a file was rejected"
    assert say_verdict([ungraded()], None).startswith("not graded: something went wrong on our side")
    assert say_verdict([CHECKED], None).startswith("not graded: PIVOTLAB_KEY is not set here")
    assert say_verdict([CHECKED_BADLY], None) == "failed, and not graded: visible checks fail"
