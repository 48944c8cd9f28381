"""Hands a notebook in through nbgrader's own exchange, by the learner's nbgrader settings; it runs no notebook."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbgrader.apps import NbGrader
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory

from grader.errors import UsageError
from grader.model import Lab

_KILOBYTE = 1000
# nbgrader makes a folder's name of it, in which + divides, and looks for that with wildcards.
_NAME = re.compile(r"\w[\w.@-]{0,79}")


@dataclass(frozen=True, kw_only=True)
class Exchanged:
    """What went into the exchange, and what nbgrader remarked on the way."""

    course: str
    assignment: str
    remarks: tuple[str, ...]


def submit_to_exchange(lab: Lab, notebook: bytes, learner: str | None) -> Exchanged:
    """Put a notebook into nbgrader's exchange, from which `nbgrader collect` takes it; earlier ones stay there.

    The course is that of the learner's nbgrader_config.py, else the lab's path; the learner is the login when None.
    Raises UsageError with nbgrader's reason.
    """
    if learner is not None and not _NAME.fullmatch(learner):
        raise UsageError(f"{learner!r:.100}: the exchange takes letters, digits, . @ _ and - alone; leave --as out")
    path, _, assignment = lab.id.partition("/")
    told = _Told()
    with _our_words(), TemporaryDirectory() as name:
        config = _read_config(told.log)
        course = CourseDirectory(config=config)
        course.course_id, course.assignment_id = course.course_id or path, assignment
        course.student_id = learner or course.student_id
        if len(notebook) > course.max_file_size * _KILOBYTE:
            # nbgrader would leave it out, and say that it is handed in.
            raise ExchangeError(f"the notebook has more than {course.max_file_size} kB; clear its outputs")
        exchange = ExchangeFactory(config=config).Submit(
            coursedir=course, authenticator=Authenticator(config=config), config=config, log=told.log
        )
        exchange.assignment_dir = name
        folder = Path(name, course.course_id if exchange.path_includes_course else "", assignment)
        folder.mkdir(parents=True)
        (folder / f"{assignment}.ipynb").write_bytes(notebook)
        exchange.start()
    return Exchanged(course=course.course_id, assignment=assignment, remarks=tuple(told.remarks))


@contextmanager
def _our_words() -> Iterator[None]:
    try:
        yield
    except (ExchangeError, OSError) as error:
        raise UsageError(
            f"nbgrader's exchange: {error}; see to it, or ask your instructor, and hand in again"
        ) from error


def _read_config(log: logging.Logger) -> Any:
    """The settings that `nbgrader submit` would have here. Raises UsageError."""
    reader = NbGrader(log=log, raise_config_file_errors=True)
    # The learner's own file may raise anything.
    try:
        reader.load_config_file()
    except Exception as error:
        raise UsageError(f"nbgrader_config.py: {type(error).__name__}: {error}; mend it") from error
    return reader.config


class _Told(logging.Handler):
    """Keeps what nbgrader warns of while it submits; that there is no settings file is nothing to warn of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.log = logging.Logger("nbgrader")  # noqa: LOG001 - its own, so that no handler stays behind
        self.log.addHandler(self)
        self.remarks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.getMessage().startswith("No nbgrader_config.py file found"):
            self.remarks.append(record.getMessage())
