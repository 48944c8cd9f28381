"""What learners get of an assignment: nbgrader's own release of the course's source."""

import logging
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException

from grader.errors import UsageError
from grader.teaching.course import Assignment, Course


def release(course: Course, assignment: Assignment) -> Path:
    """Make the release of an assignment anew, and return its folder: to hand out, or for nbgrader's exchange.

    Raises UsageError with nbgrader's reason.
    """
    directory = course.directory
    directory.assignment_id = assignment.name
    told = _Told()
    log = logging.getLogger("pivotlab.nbgrader")
    log.propagate = False
    log.addHandler(told)
    converter = GenerateAssignment(coursedir=directory, config=course.config, log=log)
    converter.force = True
    try:
        converter.start()
    except NbGraderException as error:
        raise UsageError(f"{assignment.source}: nbgrader cannot release it: {told.reason or error}; mend it") from error
    finally:
        log.removeHandler(told)
    return course.place("release", ".", assignment.name)


class _Told(logging.Handler):
    """Keeps the last line of the traceback that nbgrader logs, which its exception does not have."""

    reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        lines = record.getMessage().strip().splitlines()
        if lines and lines[0].startswith("Traceback"):
            self.reason = lines[-1]
