"""What a learner gets back: the page of the grading, with what a person gave and said; no hidden test is on it."""

from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from grader.files import write_whole
from grader.report import ByHand, GivenByHand, read_report, render_html, report_name
from grader.teaching.assignment import grade_cell
from grader.teaching.course import Assignment, Course
from grader.teaching.students import shown_name


def write_feedback(course: Course, gradebook: Gradebook, assignment: Assignment) -> tuple[list[Path], list[str]]:
    """A page for every graded submission, where nbgrader releases feedback from; and students whose report is gone.

    Raises UsageError when a page cannot be written.
    """
    pages, missing = [], []
    for submission in gradebook.notebook_submissions(assignment.notebook, assignment.name):
        student = submission.student
        report = read_report(course.reports(assignment) / f"{report_name(student.id)}.json")
        if report is None or report.score is None:
            missing.append(student.id)
            continue
        checks = {grade_cell(exercise): exercise for exercise in report.exercises()}
        page = render_html(
            report.model_copy(update={"learner": shown_name(student), "submission": student.id}),
            by_hand=_by_hand(submission, checks),
        )
        file = course.place("feedback", student.id, assignment.name) / f"{assignment.notebook}.html"
        write_whole({file: page.encode(errors="replace")}, mend="make room, and the same command goes on")
        pages.append(file)
    return pages, missing


def _by_hand(submission: Any, checks: dict[str, str]) -> ByHand:
    said = {comment.name: comment.comment for comment in submission.comments if comment.comment}
    given = [
        _given(grade, checks, said)
        for grade in submission.grades
        if grade.name not in checks or grade.manual_score is not None or grade.extra_credit
    ]
    # A comment hangs on the answer, its points on the check after it.
    shown = {grade.name for grade in submission.grades if grade.name not in checks}
    remarks = [GivenByHand(name=name, comment=text) for name, text in said.items() if name not in shown]
    penalty = submission.late_submission_penalty or 0
    return ByHand(
        given=(*given, *remarks), score=max(0, submission.score - penalty), points=submission.max_score,
        late_penalty=penalty,
    )  # fmt: skip


def _given(grade: Any, checks: dict[str, str], said: dict[str, str]) -> GivenByHand:
    name = checks.get(grade.name, grade.name)
    comment = said.get(grade.name, "")
    if grade.manual_score is None and grade.auto_score is None:
        return GivenByHand(name=name, points=grade.max_score, comment=comment)
    return GivenByHand(name=name, earned=grade.score, points=grade.max_score, comment=comment)
