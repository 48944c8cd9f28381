"""What a learner did, one line for each deed, in their work folder; it counts nothing."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError

from grader.errors import UsageError
from grader.model import Frozen

RECORDS = ".pivotlab/records.jsonl"


class Deed(StrEnum):
    """What is recorded."""

    STARTED = "started"
    CHECKED = "checked"
    SUBMITTED = "submitted"
    TESTED = "tested"
    """Graded against the hidden tests, on the learner's own machine."""


class Record(Frozen):
    """One deed; `earned` of `possible` are checks that passed, or points of a test."""

    deed: Deed
    lab: str
    lab_version: str
    at: datetime
    earned: float = 0
    possible: float = 0


def add_record(work: Path, record: Record) -> None:
    """Write one more line. Raises UsageError when that cannot be done."""
    file = work / RECORDS
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # One write of one line: two at the same second both stay whole.
        with file.open("ab") as stream:
            stream.write(record.model_dump_json().encode() + b"\n")
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be written: {error.strerror or error}; see to room and permissions"
        ) from error


def read_records(work: Path) -> list[Record]:
    """All records, the oldest first; a line that is no record is passed over. Raises UsageError."""
    file = work / RECORDS
    try:
        lines = file.read_bytes().splitlines() if file.exists() else []
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}; see to its permissions") from error
    records = [record for line in lines if (record := _read(line)) is not None]
    return sorted(records, key=lambda record: record.at)


def best_test(records: Sequence[Record], lab: str) -> Record | None:
    """The record of the lab's best score, the newest of equals."""
    tested = [record for record in records if record.lab == lab and record.deed is Deed.TESTED]
    return max(tested, key=lambda record: (record.earned / record.possible, record.at), default=None)


def last_check(records: Sequence[Record], lab: str) -> Record | None:
    """The record of the lab's last check."""
    checked = [record for record in records if record.lab == lab and record.deed is Deed.CHECKED]
    return checked[-1] if checked else None


def _read(line: bytes) -> Record | None:
    try:
        return Record.model_validate_json(line)
    except ValidationError:
        return None
