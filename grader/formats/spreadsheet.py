"""Results as CSV, for the instructor's spreadsheet: nothing in it runs there, whatever a learner is called."""

import csv
import io
import re
from collections.abc import Sequence

from grader.model import Report, Status
from grader.rendering import one_line

FIELD_CHARACTERS = 2_000
"""A spreadsheet's cell takes 32,767."""

_BEFORE = ("submission", "learner", "lab", "status", "score", "points")
_AFTER = ("remark", "reason")
# What makes a spreadsheet read a cell as a formula, in the narrow and the wide forms that it takes alike, at the
# beginning or after what it may skip; a tab or a line's end is a visible sign by then. The remedy is the one that OWASP
# gives. It is taken after a semicolon too: where the comma is the decimal sign, that is what parts the cells, and a
# quotation mark after one, be it ours, would begin a cell that goes on through other learners' rows.
_SIGNS = "=+\\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
_FORMULA = re.compile(rf'^(?=[^\w;]*[{_SIGNS}])|(?<=;)(?=[^\w;]*(?:[{_SIGNS}"]|\Z))')
# Excel takes a CSV without this for the code page of the machine, and a name in Arabic for noise. pandas and
# LibreOffice drop it; for Python's own reader there is encoding="utf-8-sig".
BYTE_ORDER_MARK = "\ufeff"


def render_csv(reports: Sequence[Report]) -> str:
    """A row for each report in the order given, by RFC 4180; a column for each exercise when all are of one lab.

    What has no score has no number in its row.
    """
    graded = [report for report in reports if report.status is Status.GRADED]
    exercises = graded[0].exercises() if graded and len({report.lab for report in graded}) == 1 else ()
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow([*_BEFORE, *map(_column, exercises), *_AFTER])
    writer.writerows(_row(report, exercises) for report in reports)
    return text.getvalue()


def _row(report: Report, exercises: Sequence[str]) -> list[str | float | None]:
    numbers: list[float | None] = [None] * (2 + len(exercises))
    if report.score is not None:
        earned = (report.earned(exercise)[0] for exercise in exercises)
        numbers = [as_number(number) for number in (report.score, report.points, *earned)]
    said = map(harmless, (report.submission, report.learner, report.lab, report.status))
    return [*said, *numbers, harmless(report.remark), harmless(report.reason)]


def _column(exercise: str) -> str:
    return f"exercise {exercise}" if exercise in {*_BEFORE, *_AFTER} else exercise


def harmless(text: str) -> str:
    """The text on one line; an apostrophe makes a cell that a spreadsheet would work out one that it shows."""
    return _FORMULA.sub("'", one_line(text, FIELD_CHARACTERS))


def as_number(value: float) -> float:
    """The number as a person writes it: no 10.0, and no 0.30000000000000004."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded
