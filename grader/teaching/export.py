"""The gradebook as a CSV file: for a spreadsheet, or with the columns that Canvas and Moodle import."""

import csv
import io
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from nbgrader.api import Gradebook

from grader.formats.spreadsheet import BYTE_ORDER_MARK, as_number, harmless
from grader.teaching.students import shown_name

Row = Sequence[str | float | None]


class Layout(StrEnum):
    """Whose columns."""

    CSV = "csv"
    CANVAS = "canvas"
    MOODLE = "moodle"


def render_export(gradebook: Gradebook, layout: Layout) -> str:
    """All students and assignments, by RFC 4180; who submitted nothing, or is not graded yet, has no number.

    A late penalty is taken off, and no score is below nothing.
    """
    text = io.StringIO()
    if layout is Layout.CSV:
        text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    for row in _RENDERERS[layout](gradebook):
        writer.writerow([harmless(one) if isinstance(one, str) else one for one in row])
    return text.getvalue()


def waiting_for_a_person(gradebook: Gradebook) -> int:
    """How many submissions have something that a person has still to grade, which counts nothing until then."""
    return sum(bool(one.needs_manual_grade) for each in gradebook.assignments for one in each.submissions)


def _long(gradebook: Gradebook) -> list[Row]:
    """A row for each student and assignment, with the columns of nbgrader's own export and one more."""
    rows: list[Row] = [(
        "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
        "late_submission_penalty", "score", "max_score", "needs_manual_grade",
    )]  # fmt: skip
    for assignment in gradebook.assignments:
        submitted = _submitted(assignment)
        for student in _students(gradebook):
            who = (student.id, student.last_name, student.first_name, student.email)
            due, most = _time(assignment.duedate), as_number(assignment.max_score)
            one = submitted.get(student.id)
            if one is None:
                rows.append((assignment.name, due, None, *who, None, None, None, most, None))
                continue
            penalty = one.late_submission_penalty or 0
            waits = "yes" if one.needs_manual_grade else "no"
            numbers = (as_number(one.score), as_number(penalty), _score(one), most)
            rows.append((assignment.name, due, _time(one.timestamp), *who, *numbers, waits))
    return rows


def _canvas(gradebook: Gradebook) -> list[Row]:
    """Canvas knows a student by ID, which nbgrader keeps as lms_user_id, or by the login."""
    assignments = gradebook.assignments
    names = [assignment.name for assignment in assignments]
    most = [as_number(assignment.max_score) for assignment in assignments]
    rows: list[Row] = [
        ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", *names),
        ("    Points Possible", "", "", "", "", *most),
    ]
    scores = [_scores(assignment) for assignment in assignments]
    for student in _students(gradebook):
        mine = [one.get(student.id) for one in scores]
        rows.append((shown_name(student), student.lms_user_id, "", student.id, "", *mine))
    return rows


def _moodle(gradebook: Gradebook) -> list[Row]:
    """Moodle asks on import which column knows a student: the username or the address."""
    assignments = gradebook.assignments
    rows: list[Row] = [
        ("Username", "First name", "Last name", "Email address", *(assignment.name for assignment in assignments))
    ]
    scores = [_scores(assignment) for assignment in assignments]
    for student in _students(gradebook):
        who = (student.id, student.first_name, student.last_name, student.email)
        rows.append((*who, *(one.get(student.id) for one in scores)))
    return rows


_RENDERERS: dict[Layout, Callable[[Gradebook], list[Row]]] = {
    Layout.CSV: _long, Layout.CANVAS: _canvas, Layout.MOODLE: _moodle,
}  # fmt: skip


def _students(gradebook: Gradebook) -> list[Any]:
    # nbgrader's own order is by name, and databases differ in where they put who has none.
    return sorted(gradebook.students, key=lambda student: str(student.id))


def _submitted(assignment: Any) -> dict[str, Any]:
    return {one.student.id: one for one in assignment.submissions}


def _scores(assignment: Any) -> dict[str, float]:
    return {student: _score(one) for student, one in _submitted(assignment).items()}


def _score(submission: Any) -> float:
    return as_number(max(0.0, submission.score - (submission.late_submission_penalty or 0)))


def _time(when: Any) -> str | None:
    return None if when is None else f"{when:%Y-%m-%d %H:%M:%S} UTC"
