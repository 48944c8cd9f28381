"""Collects sealed copies from a folder in which strangers write: the last of each learner counts, all are kept."""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from grader.errors import RejectedError, UsageError
from grader.files import write_whole
from grader.learning.handing_in import SEAL, Seal
from grader.submission import NOTEBOOK_BYTES
from grader.teaching.course import TIMESTAMP, TIMESTAMP_FORMAT, Assignment, Course, read_timestamp
from grader.teaching.students import student_id

SEAL_BYTES = 10_000
CLOCKS_DIFFER = timedelta(minutes=10)
_MEND = "make room, and the same command goes on"


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A sealed copy that is what its seal says."""

    place: Path
    seal: Seal
    seal_bytes: bytes
    notebook: bytes

    @property
    def student(self) -> str:
        """The learner's id in the course."""
        return student_id(self.seal.learner)

    @property
    def submitted_at(self) -> datetime:
        """When, in UTC without saying so, as nbgrader has it."""
        return self.seal.submitted_at.astimezone(UTC).replace(tzinfo=None)


@dataclass(frozen=True, kw_only=True)
class Collected:
    """What a collection came to: students whose submission is new, how many have no newer one, what was not taken."""

    fresh: tuple[str, ...]
    unchanged: int
    refused: tuple[tuple[Path, str], ...]


def collect(course: Course, assignment: Assignment, folder: Path) -> Collected:
    """Take every whole copy of an assignment in FOLDER/LEARNER/PATH/LAB/TIME into the course.

    The last of each learner goes to `submitted`, all to `attempts`. A copy that is not what its seal says is refused.
    Raises UsageError when the folder is not there or the course cannot be written.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; name the one that learners hand in to")
    last: dict[str, Copy] = {}
    refused: list[tuple[Path, str]] = []
    for place in _places(folder, assignment.lab_id):
        try:
            copy = _read_copy(place, folder, assignment)
        except (RejectedError, OSError) as error:
            refused.append((place, str(error.strerror) if isinstance(error, OSError) else str(error)))
            continue
        _keep_attempt(course, assignment, copy)
        if copy.student not in last or copy.submitted_at >= last[copy.student].submitted_at:
            last[copy.student] = copy
    fresh = [copy.student for copy in last.values() if _submit(course, assignment, copy)]
    return Collected(fresh=tuple(fresh), unchanged=len(last) - len(fresh), refused=tuple(refused))


def read_name(course: Course, student: str, assignment: str) -> str | None:
    """The exact name of who submitted, from the seal; None where it was not collected by us."""
    file = course.place("submitted", student, assignment) / SEAL
    try:
        name = Seal.model_validate_json(file.read_bytes()).learner
    except (OSError, ValidationError):
        return None
    return name if student_id(name) == student else None


def _places(folder: Path, lab_id: str) -> Iterator[Path]:
    for learner in sorted(folder.iterdir()):
        lab = learner / lab_id
        try:
            if lab.is_dir():
                yield from sorted(one for one in lab.iterdir() if not one.name.startswith("."))
        except OSError:
            # One who locks their folder is refused by name, and stops nobody else.
            yield lab


def _read_copy(place: Path, folder: Path, assignment: Assignment) -> Copy:
    # Path.resolve raises for links in a circle.
    if os.path.realpath(place) != os.path.join(os.path.realpath(folder), place.relative_to(folder)):  # noqa: PTH118
        # It may lead to another learner's work.
        raise RejectedError("it is a link to another place; hand in again")
    told = _read_file(place / SEAL, SEAL_BYTES)
    try:
        seal = Seal.model_validate_json(told)
    except ValidationError as error:
        raise RejectedError(f"{SEAL} is not as Pivotlab writes it; hand in again") from error
    notebook = _read_file(place / f"{Path(assignment.lab_id).name}.ipynb", NOTEBOOK_BYTES)
    if hashlib.sha256(notebook).hexdigest() != seal.sha256:
        raise RejectedError("the notebook was changed after it was handed in; hand in again")
    if (student_id(seal.learner), seal.lab) != (place.relative_to(folder).parts[0], assignment.lab_id):
        raise RejectedError("its seal is of another learner or lab than its folder; hand in again")
    if seal.submitted_at.tzinfo is None or seal.submitted_at > datetime.now(UTC) + CLOCKS_DIFFER:
        raise RejectedError("its seal says a time that has not come; set the clock right and hand in again")
    return Copy(place=place, seal=seal, seal_bytes=told, notebook=notebook)


def _read_file(file: Path, limit: int) -> bytes:
    """A plain file's bytes. A link is not followed, a pipe is not waited for. Raises OSError, RejectedError."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(handle, "rb") as stream:  # noqa: PTH123 - it is no path
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise RejectedError(f"{file.name} is no plain file; hand in again")
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise RejectedError(f"{file.name} has more than {limit / 1e6:g} MB; clear its outputs and hand in again")
    return content


def _keep_attempt(course: Course, assignment: Assignment, copy: Copy) -> None:
    place = course.attempts(copy.student, assignment.name) / copy.place.name
    if not (place / SEAL).is_file():
        write_whole(_files(place, assignment, copy), mend=_MEND)


def _submit(course: Course, assignment: Assignment, copy: Copy) -> bool:
    """Whether the copy is newer than what is submitted, and took its place."""
    place = course.place("submitted", copy.student, assignment.name)
    before = read_timestamp(place)
    if before is not None and before >= copy.submitted_at:
        return False
    if place.is_dir() and not (place / SEAL).is_file():
        _keep_theirs(course, assignment, copy.student, place)
    write_whole(_files(place, assignment, copy), mend=_MEND)
    return True


def _keep_theirs(course: Course, assignment: Assignment, student: str, place: Path) -> None:
    """Keep what nbgrader itself collected before it is written over."""
    kept = course.attempts(student, assignment.name) / f"collected-before-{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}"
    there = {kept / file.relative_to(place): file.read_bytes() for file in place.rglob("*") if file.is_file()}
    write_whole(there, mend=_MEND)


def _files(place: Path, assignment: Assignment, copy: Copy) -> dict[Path, bytes]:
    return {
        place / f"{assignment.notebook}.ipynb": copy.notebook,
        place / TIMESTAMP: f"{copy.submitted_at:{TIMESTAMP_FORMAT}}\n".encode(),
        place / SEAL: copy.seal_bytes,
    }
