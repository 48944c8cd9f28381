"""A lab's proof: a small dated file beside the lab that says what was proven, of which files, in which image."""

import hashlib
import json
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from grader.files import write_whole
from grader.model import Frozen
from grader.soundness.layout import PROOF

_IGNORED = {"__pycache__", ".ipynb_checkpoints", PROOF}


class Mutants(Frozen):
    """What became of the machine's mutants."""

    tried: int
    killed: int
    equivalent: int
    """Survivors that the author lists as no mistake, with a reason."""

    @property
    def score(self) -> float:
        """The share killed of those that are mistakes; 1 where there are none."""
        mistakes = self.tried - self.equivalent
        return self.killed / mistakes if mistakes else 1.0


class Proof(Frozen):
    """What was seen of a sound lab."""

    format: Literal[1] = 1
    lab: str
    digest: str
    """Of all files of the lab, its answers included."""
    image: str
    proven: date
    exercises: int
    hidden_tests: int
    wrong_answers: int
    right_answers: int
    mutants: Mutants
    reference_seconds: float
    """The reference's cells and the tests' questions, wall time."""

    @property
    def summary(self) -> str:
        """The figures in one line."""
        return (
            f"{self.hidden_tests} hidden tests, {self.wrong_answers} wrong and {self.right_answers} right answers, "
            f"{self.mutants.killed} of {self.mutants.tried} mutants killed, reference {self.reference_seconds:g} s"
        )


def digest_lab(place: Path) -> str:
    """A hash of every file of the lab in the folder `place` but the proof itself."""
    digest = hashlib.sha256()
    for file in sorted(place.rglob("*")):
        if file.is_file() and not _IGNORED & set(file.parts):
            content = file.read_bytes()
            digest.update(f"{file.relative_to(place).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:16]


def read_proof(place: Path) -> Proof | None:
    """The proof in the folder `place`; None when there is none that can be read."""
    try:
        return Proof.model_validate_json((place / PROOF).read_bytes())
    except (OSError, ValidationError):
        return None


def write_proof(proof: Proof, place: Path) -> None:
    """Put the proof beside its lab, unless the one that is there says the same of the same. Raises GraderError."""
    before = read_proof(place)
    if before is not None and _undated(before) == _undated(proof):
        return
    text = json.dumps(proof.model_dump(mode="json"), indent=2) + "\n"
    write_whole({place / PROOF: text.encode()}, mend="make room, and run it again")


def is_current(proof: Proof | None, place: Path, images: Collection[str]) -> bool:
    """Whether the proof is of these very files in one of these images."""
    return proof is not None and proof.digest == digest_lab(place) and proof.image in images


def _undated(proof: Proof) -> Proof:
    """Without what differs from one sound run to the next."""
    return proof.model_copy(update={"proven": date.min, "reference_seconds": 0})
