"""Results as SARIF 2.1.0, for code scanning and editors: what a learner may read, and where in the notebook it is."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from grader import __version__
from grader.formats.places import find_line
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


def render_sarif(reports: Sequence[Report], notebooks: Mapping[str, Path] | None = None) -> str:
    """One run: a rule for each test by its title, a result for each that was not passed, as a learner may read them.

    `notebooks` are the files by submission: with them a result has its line of the file, and a notebook below the
    working directory its path from there, which in a CI is the checkout that code scanning shows.

    What was rejected or stayed ungraded makes the run an unsuccessful one, with a notification that says so.
    """
    files = notebooks or {}
    told = [report.for_learner() for report in reports]
    rules = {rule["id"]: rule for report in told for rule in _rules(report)}
    numbers = {rule: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {
            "name": "Pivotlab", "version": __version__, "rules": list(rules.values()),
            "notifications": [{"id": f"{status}", "shortDescription": _message(text)}
                              for status, text in _NOTIFICATIONS.items()],
        }},
        "originalUriBaseIds": {_BASE: {"description": _message("The checkout, or the folder that was graded.")}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(told, files)],
        "results": [result for report in told for result in _results(report, numbers, files)],
    }  # fmt: skip
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _invocation(reports: Sequence[Report], files: Mapping[str, Path]) -> dict[str, Any]:
    notifications = [
        {
            "descriptor": {"id": f"{report.status}"}, "level": "error",
            "message": _message(report.reason or report.status),
            "locations": [{"physicalLocation": _file(report, files)}],
        }
        for report in reports if report.status in _NOTIFICATIONS
    ]  # fmt: skip
    return {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}


def _rules(report: Report) -> Iterator[dict[str, Any]]:
    for rule, result in _tests(report):
        yield {"id": rule, "shortDescription": _message(result.title)}


def _results(report: Report, numbers: dict[str, int], files: Mapping[str, Path]) -> Iterator[dict[str, Any]]:
    places = {cell.exercise: _location(report, cell, files) for cell in report.cells if cell.exercise}
    nowhere = {"physicalLocation": _file(report, files)}
    for rule, result in _tests(report):
        if result.outcome is not Outcome.PASSED:
            yield {
                "ruleId": rule, "ruleIndex": numbers[rule], "level": _LEVELS.get(result.outcome, "error"),
                "message": _message(_tell(result, report.hints.get(result.exercise, ""))),
                "locations": [places.get(result.exercise, nowhere)],
            }  # fmt: skip


def _tests(report: Report) -> Iterator[tuple[str, Result]]:
    """The results of a report, each with its rule: its exercise and place there, for a test's name is secret."""
    if report.status not in _NOTIFICATIONS:
        for exercise, results in groupby(report.results, key=lambda result: result.exercise):
            for place, result in enumerate(results, 1):
                yield _plain(f"{report.lab}/{exercise}/{place}"), result


def _tell(result: Result, hint: str) -> str:
    mark = MARKS[result.outcome]
    said = f"{result.title} ({mark.word}{': ' if result.reason else ''}{result.reason})"
    return f"{said} {mark.meaning or (hint and f'Hint: {hint}')}".strip()


def _location(report: Report, cell: CellRun, files: Mapping[str, Path]) -> dict[str, Any]:
    """Where a test failed: the cell, the line in it where that is known, and the line of the file where that stands.

    SARIF knows no notebooks. Its regions count lines of a file, and its nearest word for a cell is a nested artifact
    (3.24.10), which GitHub and the editors do not open. So the cell is a logical location.
    """
    place = _PLACE.search(cell.reason)
    name, line = (place[1], int(place[2])) if place else (cell.id, 1)
    logical = {"name": _plain(name), "kind": "cell"}
    if place:
        logical["fullyQualifiedName"] = _plain(f"cell {name}, line {line}")
    physical = _file(report, files)
    file = files.get(report.submission)
    start = find_line(file, report.submission_digest, name, line) if file else None
    region = {"region": {"startLine": start}} if start else {}
    return {"physicalLocation": physical | region, "logicalLocations": [logical]}


def _file(report: Report, files: Mapping[str, Path]) -> dict[str, Any]:
    """The notebook's place below the working directory, else below the folder that was graded; never above either."""
    path = f"{report.submission}.ipynb"
    if file := files.get(report.submission):
        whole, here = file.parent.resolve() / file.name, Path.cwd()
        path = whole.relative_to(here).as_posix() if whole.is_relative_to(here) else path
    folders = re.split(r"[/\\]", one_line(path, FIELD_CHARACTERS))
    kept = "/".join(folder for folder in folders if folder not in {"", ".", ".."})
    return {"artifactLocation": {"uri": quote(kept), "uriBaseId": _BASE}}


def _message(text: str) -> dict[str, str]:
    return {"text": _plain(text).translate(_SIGNS)}


def _plain(text: str) -> str:
    return one_line(text, FIELD_CHARACTERS)
