"""JUnit: what CI reads of it, what a learner must not, and that no text changes its structure."""

from collections.abc import Sequence
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

from grader.formats.junit import FIELD_CHARACTERS, render_junit
from grader.model import Report
from grader.rendering import one_line
from tests.hostile import FIELDS, reports_with, twins
from tests.test_report import rejected, report, result, ungraded


def read(reports: Sequence[Report]) -> Any:
    return fromstring(render_junit(reports).encode())


def shape(element: Any) -> tuple[str, list[str], dict[str, str], list[Any]]:
    """An element's tag, attributes' names, counts and types, and the same of all that is in it."""
    ours = {key: value for key, value in element.items() if key in {"tests", "failures", "errors", "type"}}
    return element.tag, sorted(element.keys()), ours, [shape(child) for child in element]


def texts(element: Any) -> list[str]:
    return [text for one in element.iter() for text in (*one.attrib.values(), one.text or "")]


def test_a_suite_has_a_case_for_each_test_under_its_title() -> None:
    (suite,) = read([report()])

    assert (suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors")) == (
        "amina/hw",
        "4",
        "1",
        "0",
    )
    assert [(case.get("classname"), case.get("name")) for case in suite.iter("testcase")] == [
        ("path/lab.clean", "Title of clean passed"), ("path/lab.clean", "Title of clean passed (2)"),
        ("path/lab.model", "Title of model failed"), ("path/lab.model", "Title of model passed"),
    ]  # fmt: skip
    (failure,) = suite.iter("failure")
    assert (failure.get("type"), failure.text) == ("failed", "Hint: Look at the split.")


@pytest.mark.parametrize(
    ("outcome", "tag"),
    [("failed", "failure"), ("timeout", "failure"), ("crashed", "failure"), ("error", "error"), ("missing", "error")],
)
def test_every_outcome_but_a_pass_is_a_problem_of_its_type_with_its_reason(outcome: str, tag: str) -> None:
    (suite,) = read([report(results=(result("model", outcome, reason="it took longer than 2 s"),))])

    (case,) = suite.iter("testcase")
    assert [(one.tag, one.get("type"), one.get("message")) for one in case] == [
        (tag, outcome, "it took longer than 2 s")
    ]


def test_a_broken_test_is_told_to_be_nobodys_fault_who_reads_it() -> None:
    (error,) = read([report(results=(result("model", "error"),))]).iter("error")

    assert "not your fault" in error.get("message")
    assert not error.text


@pytest.mark.parametrize("unscored", [rejected(), ungraded(), ungraded(results=(result("clean", "passed"),))])
def test_what_has_no_score_is_one_case_that_ended_in_an_error(unscored: Report) -> None:
    root = read([unscored])

    assert [root.get(key) for key in ("tests", "failures", "errors")] == ["1", "0", "1"]
    assert [(one.tag, one.get("type")) for one in root.find(".//testcase")] == [("error", unscored.status)]
    assert root.find(".//property[@name='score']") is None


def test_the_counts_of_all_suites_are_added_up() -> None:
    root = read([report(), rejected(), ungraded(), report()])

    assert [root.get(key) for key in ("tests", "failures", "errors")] == ["10", "2", "2"]


def test_equal_titles_stay_apart_even_from_one_that_looks_numbered() -> None:
    titles = ["a", "a (2)", "a", "a", "b"]

    (suite,) = read([report(results=tuple(result("clean", "failed", title=title) for title in titles))])

    names = [case.get("name") for case in suite.iter("testcase")]
    assert names == ["a", "a (2)", "a (3)", "a (4)", "b"]


def test_submissions_that_look_alike_are_suites_apart() -> None:
    names = [suite.get("name") for suite in read([report(submission="a\x01"), report(submission="a\u2401")])]

    assert names == ["a␁", "a␁ (2)"]


def test_a_learner_reads_no_name_detail_or_time_of_a_test_and_no_error_of_ours() -> None:
    slow = report(results=(result("clean", "failed", seconds=41.25), result("model", "error", seconds=41.25)))

    written = render_junit([report(), slow, ungraded()])

    for secret in ("SECRET", "test_of_", "41"):
        assert secret not in written
    assert "not graded yet: something went wrong on our side" in written


@pytest.mark.parametrize("attack", FIELDS)
def test_hostile_text_changes_nothing_but_text(attack: str) -> None:
    hostile, plain = read(reports_with(FIELDS[attack])), read(twins())

    assert shape(hostile) == shape(plain)
    names = [[case.get("name") for case in root.iter("testcase")] for root in (hostile, plain)]
    assert names[0] == names[1]
    meant = one_line(FIELDS[attack], FIELD_CHARACTERS)
    assert [one.get("value") for one in hostile.iterfind(".//property[@name='learner']")] == [meant] * 3
    assert all(one_line(text.strip(), 10**9) == text.strip() for text in texts(hostile))


def test_the_largest_suite_stays_small() -> None:
    assert len(render_junit(reports_with("💥" * 100_000))) < 100_000
