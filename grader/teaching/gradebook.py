"""nbgrader's gradebook, by its own API alone: opened, kept in step with a lab, written one submission at a time."""

import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Comment, Grade, Gradebook, InvalidEntry, MissingEntry, SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from grader.errors import GradebookError
from grader.teaching.assignment import Notebook, is_task
from grader.teaching.course import Assignment, Course
from grader.teaching.students import name_columns

NO_RESPONSE = "No response."


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What a grading found of one submission, by nbgrader's cells."""

    student: str
    name: str | None
    """Their exact name, where it is known from a seal."""
    timestamp: datetime | None
    earned: Mapping[str, float]
    written: Mapping[str, bool]
    """Cells whose answers a person grades, and whether there is an answer."""
    rewritten: frozenset[str]
    """Of these the ones that hold another text than when they were graded last."""


@contextmanager
def open_gradebook(course: Course) -> Iterator[Gradebook]:
    """The course's gradebook, closed in the end. Raises GradebookError when it cannot be read or written."""
    quiet = logging.getLogger("tornado.application")
    level = quiet.level
    # nbgrader logs the traceback of what becomes our one line.
    quiet.setLevel(logging.CRITICAL)
    try:
        with _alembic_on_path():
            gradebook = Gradebook(course.directory.db_url, course.directory.course_id)
        with gradebook:
            yield gradebook
    except (SQLAlchemyError, InvalidEntry) as error:
        where = make_url(course.directory.db_url).render_as_string(hide_password=True)
        said = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise GradebookError(
            f"{where}: {said}; see that it runs, has room and is not held by another program; "
            "nothing is lost, and the same command goes on"
        ) from error
    finally:
        quiet.setLevel(level)


def keep_in_step(gradebook: Gradebook, assignment: Assignment, notebook: Notebook) -> list[str]:
    """Make the gradebook's cells of an assignment those of its lab; returns the exercises that the lab has no more.

    These are worth nothing from then on; what a person gave for them stays. New ones get rows in every submission.
    """
    gradebook.update_or_create_assignment(assignment.name)
    place = (assignment.notebook, assignment.name)
    kernel = json.dumps(notebook["metadata"].get("kernelspec", {}))
    gradebook.update_or_create_notebook(*place, kernelspec=kernel)
    known = [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
    for cell in known:
        _keep_cell(gradebook, cell, place)
    wanted = {cell["id"] for cell in known if cell["metadata"]["nbgrader"]["grade"] or is_task(cell)}
    book = gradebook.find_notebook(*place)
    gone = [cell for cell in _graded_cells(book) if cell.name not in wanted and cell.max_score]
    for cell in gone:
        cell.max_score = 0
        for grade in cell.grades:
            grade.auto_score, grade.needs_manual_grade = 0, False
    known_to = {submission.assignment for submission in book.submissions}
    for submission in {*gradebook.find_assignment(assignment.name).submissions} - known_to:
        # It came in when the assignment had fewer notebooks.
        gradebook.db.add(SubmittedNotebook(notebook=book, assignment=submission))
    gradebook.db.commit()
    for submission in book.submissions:
        _add_missing_rows(gradebook, submission, book)
    gradebook.db.commit()
    return [cell.name for cell in gone]


def write_marks(course: Course, gradebook: Gradebook, assignment: Assignment, marks: Marks) -> None:
    """Write one submission's points. What a person gave, said or granted stays; what they should see again is marked.

    A late penalty is taken as the course's nbgrader_config.py says.
    """
    _keep_student(gradebook, marks)
    when = {} if marks.timestamp is None else {"timestamp": marks.timestamp}
    # nbgrader makes rows and reads others between; with a newer SQLAlchemy that warns.
    with gradebook.db.no_autoflush:
        submission = gradebook.update_or_create_submission(assignment.name, marks.student, **when)
    book = gradebook.find_submission_notebook(assignment.notebook, assignment.name, marks.student)
    for grade in book.grades:
        if grade.name in marks.earned:
            _write_points(grade, marks.earned[grade.name])
        elif grade.name in marks.written:
            _await_person(grade, answered=marks.written[grade.name], is_new=grade.name in marks.rewritten)
    for comment in book.comments:
        if comment.name in marks.written:
            comment.auto_comment = None if marks.written[comment.name] else NO_RESPONSE
    # nbgrader cannot add an extension to no date.
    is_late = submission.assignment.duedate is not None and submission.total_seconds_late > 0
    if not is_late:
        book.late_submission_penalty = None
    gradebook.db.commit()
    if is_late:
        _take_penalty(course, assignment, marks.student)
        gradebook.db.expire_all()


def auto_scores(gradebook: Gradebook, assignment: Assignment, student: str) -> dict[str, float | None]:
    """What the gradebook has of a submission from an earlier grading, by cell; empty when there was none."""
    try:
        book = gradebook.find_submission_notebook(assignment.notebook, assignment.name, student)
    except MissingEntry:
        return {}
    return {grade.name: grade.auto_score for grade in book.grades}


@contextmanager
def _alembic_on_path() -> Iterator[None]:
    """A new gradebook is given its version by the program `alembic`, which lies beside this Python."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _keep_cell(gradebook: Gradebook, cell: dict[str, Any], place: tuple[str, str]) -> None:
    name, said = cell["id"], cell["metadata"]["nbgrader"]
    if said["grade"]:
        gradebook.update_or_create_grade_cell(
            name, *place, max_score=float(said["points"]), cell_type=cell["cell_type"]
        )
    if is_task(cell):
        gradebook.update_or_create_task_cell(name, *place, max_score=float(said["points"]), cell_type=cell["cell_type"])
    if said["solution"]:
        gradebook.update_or_create_solution_cell(name, *place)
    try:
        # A release knows its checksum.
        gradebook.find_source_cell(name, *place)
    except MissingEntry:
        source, locked = "".join(cell["source"]), not said["solution"]
        gradebook.add_source_cell(name, *place, cell_type=cell["cell_type"], locked=locked, source=source)


def _add_missing_rows(gradebook: Gradebook, submission: Any, book: Any) -> None:
    graded = {grade.cell_id for grade in submission.grades}
    commented = {comment.cell_id for comment in submission.comments}
    gradebook.db.add_all(
        [Grade(cell_id=cell.id, notebook=submission) for cell in _graded_cells(book) if cell.id not in graded]
    )
    gradebook.db.add_all(
        [
            Comment(cell_id=cell.id, notebook=submission)
            for cell in (*book.solution_cells, *book.task_cells)
            if cell.id not in commented
        ]
    )


def _graded_cells(book: Any) -> list[Any]:
    return [*book.grade_cells, *book.task_cells]


def _keep_student(gradebook: Gradebook, marks: Marks) -> None:
    try:
        student = gradebook.find_student(marks.student)
    except MissingEntry:
        student = gradebook.add_student(marks.student)
    # A roster's names are better than those that a student gives.
    if marks.name is not None and not (student.first_name or student.last_name):
        gradebook.update_or_create_student(marks.student, **name_columns(marks.name))


def _write_points(grade: Any, points: float) -> None:
    changed = grade.auto_score != points
    grade.auto_score = points
    grade.needs_manual_grade = grade.manual_score is not None and (changed or grade.needs_manual_grade)


def _await_person(grade: Any, *, answered: bool, is_new: bool) -> None:
    grade.auto_score = None if answered else 0
    if grade.manual_score is None:
        grade.needs_manual_grade = answered
    elif is_new:
        grade.needs_manual_grade = True


def _take_penalty(course: Course, assignment: Assignment, student: str) -> None:
    told = {
        "notebook": assignment.notebook, "assignment": assignment.name, "student": student,
        "db_url": course.directory.db_url,
    }  # fmt: skip
    AssignLatePenalties(config=course.config).preprocess(NotebookNode(cells=[]), {"nbgrader": told})
