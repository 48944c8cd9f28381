"""Results as SARIF 2.1.0, for code scanning and editors: what a learner may read, and where in the notebook it is."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from grader import __version__
from grader.model import CellRun, Outcome, Report, Result, Status
from grader.rendering import one_line
from grader.report import MARKS

FIELD_CHARACTERS = 5_000
"""A title, a reason and a hint have no more."""
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_BASE = "%SRCROOT%"
# As a reason ends, or as it has it in brackets before what to do about it.
_PLACE = re.compile(r" \(?in cell ([A-Za-z0-9_-]{1,80}), line ([1-9][0-9]{0,6})(?:\)(?:; .*)?)?\Z")
# SARIF, 3.11.5 and 3.11.6: even a plain message has placeholders in braces and links in brackets.
_SIGNS = str.maketrans({"{": "{{", "}": "}}", "[": "\\[", "]": "\\]", "\\": "\\\\"})
# What the test did not find out is no fault of the learner's that it found.
_LEVELS = {Outcome.ERROR: "warning", Outcome.MISSING: "warning"}
_NOTIFICATIONS = {Status.REJECTED: "The file is not a notebook of the lab.", Status.UNGRADED: "Grading it failed."}


def render_sarif(reports: Sequence[Report]) -> str:
    """One run: a rule for each test by its title, a result for each that was not passed, as a learner may read them.

    What was rejected or stayed ungraded makes the run an unsuccessful one, with a notification that says so.
    """
    told = [report.for_learner() for report in reports]
    rules = {rule["id"]: rule for report in told for rule in _rules(report)}
    numbers = {rule: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {
            "name": "Pivotlab", "version": __version__, "rules": list(rules.values()),
            "notifications": [{"id": f"{status}", "shortDescription": _message(text)}
                              for status, text in _NOTIFICATIONS.items()],
        }},
        "originalUriBaseIds": {_BASE: {"description": _message("The folder that was graded.")}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(told)],
        "results": [result for report in told for result in _results(report, numbers)],
    }  # fmt: skip
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _invocation(reports: Sequence[Report]) -> dict[str, Any]:
    notifications = [
        {
            "descriptor": {"id": f"{report.status}"}, "level": "error",
            "message": _message(report.reason or report.status), "locations": [{"physicalLocation": _file(report)}],
        }
        for report in reports if report.status is not Status.GRADED
    ]  # fmt: skip
    return {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}


def _rules(report: Report) -> Iterator[dict[str, Any]]:
    for rule, result in _tests(report):
        yield {"id": rule, "shortDescription": _message(result.title)}


def _results(report: Report, numbers: dict[str, int]) -> Iterator[dict[str, Any]]:
    cells = {cell.exercise: cell for cell in report.cells}
    for rule, result in _tests(report):
        if result.outcome is not Outcome.PASSED:
            yield {
                "ruleId": rule, "ruleIndex": numbers[rule], "level": _LEVELS.get(result.outcome, "error"),
                "message": _message(_tell(result, report.hints.get(result.exercise, ""))),
                "locations": [_location(report, cells.get(result.exercise))],
            }  # fmt: skip


def _tests(report: Report) -> Iterator[tuple[str, Result]]:
    """The results of a graded report, each with its rule: its exercise and place there, for a test's name is secret."""
    if report.status is Status.GRADED:
        for exercise, results in groupby(report.results, key=lambda result: result.exercise):
            for place, result in enumerate(results, 1):
                yield _plain(f"{report.lab}/{exercise}/{place}"), result


def _tell(result: Result, hint: str) -> str:
    mark = MARKS[result.outcome]
    said = f"{result.title} ({mark.word}{': ' if result.reason else ''}{result.reason})"
    return f"{said} {mark.meaning or (hint and f'Hint: {hint}')}".strip()


def _location(report: Report, cell: CellRun | None) -> dict[str, Any]:
    """Where a test failed: the notebook, and where it is known the cell, and the line in the cell.

    SARIF knows no notebooks. Its regions count lines of a file, and its nearest word for a cell is a nested artifact
    (3.24.10), which GitHub and the editors do not open. So the cell is a logical location, and the line counts in it.
    """
    if cell is None:
        return {"physicalLocation": _file(report)}
    place = _PLACE.search(cell.reason)
    name = place[1] if place else cell.id
    region = {"region": {"startLine": int(place[2])}} if place else {}
    return {
        "physicalLocation": _file(report) | region,
        "logicalLocations": [{"name": _plain(name), "kind": "cell"}],
    }


def _file(report: Report) -> dict[str, Any]:
    """The notebook's place below the folder that was graded, never above it or elsewhere, whatever it is called."""
    folders = re.split(r"[/\\]", one_line(report.submission, FIELD_CHARACTERS))
    path = "/".join(folder for folder in folders if folder not in {"", ".", ".."})
    return {"artifactLocation": {"uri": quote(f"{path}.ipynb"), "uriBaseId": _BASE}}


def _message(text: str) -> dict[str, str]:
    return {"text": _plain(text).translate(_SIGNS)}


def _plain(text: str) -> str:
    return one_line(text, FIELD_CHARACTERS)
