"""Finds by itself whether an assignment is a lab of ours or has test cells of its own, and how it is graded."""

from pathlib import Path

from grader.errors import UsageError
from grader.labs import default_folder, load_lab
from grader.teaching.course import CONFIG, Assignment, Course
from grader.teaching.crossing import mark_stock
from grader.teaching.grading import GradeJobs
from grader.teaching.marking import Marking, mark_lab
from grader.teaching.stock import read_stock


def find_marking(
    course: Course, assignment: Assignment, labs: Path | None, grade_jobs: GradeJobs, folder: Path
) -> Marking:
    """How the assignment is graded and written down; reports of the instructor's own solution go into the folder.

    Of one that is no lab of ours, nbgrader_config.py may say the environment, and which cells the learner's own process
    may run. Raises UsageError, LabError, SandboxError.
    """
    if not assignment.is_stock:
        return mark_lab(load_lab(labs or default_folder(), assignment.lab_id))
    said = course.config.Pivotlab
    environment, allowed = said.get("environment", "core"), said.get("allow_in_learner", [])
    if not isinstance(environment, str) or not isinstance(allowed, list | tuple | set):
        raise UsageError(
            f"{course.folder / CONFIG}: c.Pivotlab.environment must be text, c.Pivotlab.allow_in_learner a list"
        )
    return mark_stock(read_stock(course, assignment, environment), allowed, grade_jobs, folder / "source")
