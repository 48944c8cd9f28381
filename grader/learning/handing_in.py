"""Hands a notebook in: a sealed copy in a folder from which an instructor collects; it runs nothing."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from grader import __version__
from grader.errors import UsageError
from grader.files import write_whole
from grader.model import Frozen, Lab
from grader.report import report_name

SEAL = "seal.json"
_TRIES = 100


class Seal(Frozen):
    """What was handed in, by whom and when; a change of the copy shows, for its hash is here."""

    format: Literal[1] = 1
    learner: str
    lab: str
    lab_version: str
    sha256: str
    submitted_at: datetime
    pivotlab: str = __version__


def hand_in(lab: Lab, notebook: bytes, learner: str, folder: Path) -> Path:
    """Put a copy and its seal into FOLDER/LEARNER/PATH/LAB/TIME/; what was handed in before stays.

    Returns the copy. Raises UsageError when it cannot be written; then nothing of it is left.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; ask where your instructor collects")
    now = datetime.now(UTC)
    seal = Seal(
        learner=learner, lab=lab.id, lab_version=lab.version, submitted_at=now,
        sha256=hashlib.sha256(notebook).hexdigest(),
    )  # fmt: skip
    place = _new_place(folder / report_name(learner) / lab.id, now)
    copy = place / f"{Path(lab.id).name}.ipynb"
    try:
        mend = "ask for room and for the right to write there"
        write_whole({copy: notebook, place / SEAL: f"{seal.model_dump_json(indent=2)}\n".encode()}, mend=mend)
    except UsageError:
        place.rmdir()
        raise
    return copy


def _new_place(lab_folder: Path, now: datetime) -> Path:
    """A folder of its own, also for two at the same moment."""
    name = f"{now:%Y-%m-%dT%H-%M-%S}"
    try:
        lab_folder.mkdir(parents=True, exist_ok=True)
        for number in range(_TRIES):
            place = lab_folder / (f"{name}-{number}" if number else name)
            try:
                place.mkdir()
            except FileExistsError:
                continue
            return place
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"{lab_folder}: cannot be made: {reason}; ask for the right to write there") from error
    raise UsageError(f"{lab_folder}: {_TRIES} copies came in one second; wait a moment and hand in again")
