"""Results as JUnit XML, for CI: what a learner may read, and never a green suite where nothing was graded."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from grader.model import Outcome, Report, Result, Status
from grader.rendering import one_line
from grader.report import MARKS

FIELD_CHARACTERS = 2_000

# CI shows a failure as the learner's, an error as somebody else's.
_ERRORS = frozenset({Outcome.ERROR, Outcome.MISSING})


def render_junit(reports: Sequence[Report]) -> str:
    """A testsuite for each report, a testcase for each hidden test under its title, as a learner may read them.

    What was rejected or stayed ungraded is one testcase that ended in an error.
    """
    root = Element("testsuites", name="pivotlab")
    for name, report in zip(_tell_apart([report.submission for report in reports]), reports, strict=True):
        suite = _suite(name, report.for_learner())
        _count([suite], suite)
        root.append(suite)
    _count(list(root), root)
    indent(root)
    # The characters that XML forbids are visible signs by now; what it gives a meaning to is escaped here.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(name: str, report: Report) -> Element:
    suite = Element("testsuite", name=name)
    properties = SubElement(suite, "properties")
    told = {"learner": report.learner, "lab": report.lab, "status": report.status, "remark": report.remark}
    if report.score is not None:
        told["score"] = f"{report.score:g} of {report.points:g}"
    for key, value in told.items():
        SubElement(properties, "property", name=key, value=_plain(value))
    if report.status in {Status.GRADED, Status.CHECKED}:
        titles = _tell_apart([result.title for result in report.results])
        for title, result in zip(titles, report.results, strict=True):
            suite.append(_case(title, result, report))
    else:
        case = SubElement(suite, "testcase", classname=_plain(report.lab or "unknown"), name="The submission is graded")
        SubElement(case, "error", type=report.status.value, message=_plain(report.reason))
    return suite


def _case(title: str, result: Result, report: Report) -> Element:
    case = Element("testcase", classname=_plain(f"{report.lab}.{result.exercise}"), name=title)
    if result.outcome is not Outcome.PASSED:
        kind = "error" if result.outcome in _ERRORS else "failure"
        message = result.reason or MARKS[result.outcome].meaning or MARKS[result.outcome].word
        problem = SubElement(case, kind, type=result.outcome.value, message=_plain(message))
        hint = report.hints.get(result.exercise)
        if hint and kind == "failure":
            problem.text = _plain(f"Hint: {hint}")
    return case


def _count(suites: Sequence[Element], place: Element) -> None:
    for key, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        place.set(key, str(sum(1 for suite in suites for _ in suite.iter(tag))))


def _tell_apart(names: Sequence[str]) -> list[str]:
    """The names as they can be written, a number behind each that was there before: readers merge equal ones."""
    taken: dict[str, None] = {}
    for name in map(_plain, names):
        taken[next(one for one in _variants(name) if one not in taken)] = None
    return list(taken)


def _variants(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1


def _plain(text: str) -> str:
    return one_line(text, FIELD_CHARACTERS)
