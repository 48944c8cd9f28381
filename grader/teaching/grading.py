"""Grades what was submitted to an assignment, and writes it down: points, and the notebooks for grading by hand."""

import json
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from grader.batch import Job, read_jobs_of
from grader.errors import RejectedError
from grader.files import write_whole
from grader.model import Lab, Report, Status
from grader.report import read_report, report_name
from grader.submission import read_notebook, read_remarks, read_written
from grader.teaching.assignment import is_task, without_stubs
from grader.teaching.autograded import build_autograded
from grader.teaching.collecting import read_name
from grader.teaching.course import TIMESTAMP, Assignment, Course, read_timestamp
from grader.teaching.gradebook import Marks, auto_scores, keep_in_step, write_marks
from grader.teaching.marking import Marking

GradeJobs = Callable[[Sequence[Job], Path], list[Report]]


@dataclass(frozen=True, kw_only=True)
class Move:
    """A submission whose automatic points are others than before; None where it had none."""

    student: str
    before: float | None
    after: float


def grade_assignment(  # noqa: PLR0913 - of what, by what, whose, and where to
    course: Course, assignment: Assignment, lab: Lab, grade_jobs: GradeJobs, *, student: str | None, folder: Path
) -> list[Report]:
    """Reports of all that is submitted, or of one student; each is whole in the folder, and done ones stay."""
    found = [
        (course.place("submitted", one, assignment.name) / f"{assignment.notebook}.ipynb", one)
        for one in course.students("submitted", assignment.name)
        if student in {None, one}
    ]
    jobs, reports = read_jobs_of(lab, [pair for pair in found if pair[0].is_file()])
    reports += [_missing(assignment, one) for file, one in found if not file.is_file()]
    reports += grade_jobs(jobs, folder)
    return sorted(reports, key=lambda report: report.submission)


def seed_reports(course: Course, assignment: Assignment, folder: Path) -> None:
    """Copy the reports that there are, so that a trial grades only what a true run would."""
    shutil.copytree(course.reports(assignment), folder, dirs_exist_ok=True)


def find_moves(gradebook: Gradebook, assignment: Assignment, marking: Marking, reports: Sequence[Report]) -> list[Move]:
    """Whose automatic points would be others than those in the gradebook, in the reports' order."""
    moves = []
    for report in reports:
        if report.status is not Status.GRADED:
            continue
        scores = auto_scores(gradebook, assignment, report.submission)
        known = [scores[cell] for cell in marking.earned(report) if scores.get(cell) is not None]
        before = sum(filter(None, known)) if known else None
        if before != report.score:
            moves.append(Move(student=report.submission, before=before, after=report.score or 0))
    return moves


def write_down(
    course: Course, gradebook: Gradebook, assignment: Assignment, marking: Marking, reports: Sequence[Report]
) -> list[str]:
    """Write every graded report into the gradebook and as a notebook into `autograded`; the rest stays as it was.

    Returns the exercises that the lab has no more. Raises GradebookError, UsageError; then another run goes on.
    """
    gone = keep_in_step(gradebook, assignment, marking.notebook)
    for report in reports:
        if report.status is Status.GRADED:
            _write_one(course, gradebook, assignment, marking, report.submission)
    return gone


def _write_one(course: Course, gradebook: Gradebook, assignment: Assignment, marking: Marking, student: str) -> None:
    report = read_report(course.reports(assignment) / f"{report_name(student)}.json")
    submitted = course.place("submitted", student, assignment.name)
    document, digest = read_notebook(submitted / f"{assignment.notebook}.ipynb")
    if report is None or digest != report.submission_digest:
        # It came in anew meanwhile; the next run grades it.
        return
    written = without_stubs(marking.notebook, read_written(marking.lab, document))
    shown = build_autograded(marking, report, written, read_remarks(marking.lab, document))
    place = course.place("autograded", student, assignment.name)
    file = place / f"{assignment.notebook}.ipynb"
    marks = Marks(
        student=student, name=read_name(course, student, assignment.name), timestamp=read_timestamp(submitted),
        earned=marking.earned(report), written=_answered(marking, report, written),
        rewritten=_rewritten(file, shown, marking.by_hand),
    )  # fmt: skip
    # The gradebook first: until the notebook is there, another run sees the same texts as new.
    write_marks(course, gradebook, assignment, marks)
    files = {file: shown}
    if (submitted / TIMESTAMP).is_file():
        files[place / TIMESTAMP] = (submitted / TIMESTAMP).read_bytes()
    write_whole(files, mend="make room, and the same command goes on")


def _answered(marking: Marking, report: Report, written: Mapping[str, str]) -> dict[str, bool]:
    """The cells that a person grades, and whether there is something to grade."""
    asked = {cell["id"]: cell for cell in marking.notebook["cells"]}
    typed = {run.id: run.source.strip() for run in report.cells}
    answered = dict.fromkeys(marking.withheld, True)
    for cell in marking.by_hand:
        if cell in typed:
            answered[cell] = typed[cell] not in {"", "".join(asked[cell]["source"]).strip()}
        else:
            # The answer to a task is in cells of the learner's own.
            answered[cell] = cell in written or is_task(asked[cell])
    return answered


def _rewritten(file: Path, shown: bytes, by_hand: Collection[str]) -> frozenset[str]:
    """The cells for a person whose text is another than in the notebook that lies there."""
    before, after = _texts(file.read_bytes()) if file.is_file() else {}, _texts(shown)
    return frozenset(cell for cell in by_hand if before.get(cell) != after.get(cell))


def _texts(notebook: bytes) -> dict[str, Any]:
    return {cell["id"]: cell["source"] for cell in json.loads(notebook)["cells"]}


def _missing(assignment: Assignment, student: str) -> Report:
    reason = str(RejectedError(f"there is no {assignment.notebook}.ipynb among what was submitted"))
    return Report(
        submission=student, submission_digest="", learner=student, lab=assignment.lab_id,
        status=Status.REJECTED, reason=reason,
    )  # fmt: skip
