"""The answers that an author ships with a lab, right ones and wrong ones, each with what must come of it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from grader.errors import LabError
from grader.notebook import read_answers


class Kind(StrEnum):
    """What an answer is for: the folder that it lies in."""

    WRONG = "wrong"
    """Must fail exactly the tests that it names."""
    RIGHT = "right"
    """Another way to do it, which must pass."""
    SAMPLE = "samples"
    """A whole hand-in, with its score."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One file: the exercise cells that it replaces; all others keep the reference."""

    kind: Kind
    name: str
    cells: dict[str, str]
    fails: frozenset[str] = frozenset()
    score: float | None = None


def read_shipped_answers(place: Path) -> list[Answer]:
    """All answers of the lab in the folder `place`. Raises LabError when one does not say what must come of it."""
    return [_read_answer(kind, file) for kind in Kind for file in sorted((place / kind).glob("*.py"))]


def _read_answer(kind: Kind, file: Path) -> Answer:
    text = file.read_text(encoding="utf-8")
    cells = read_answers(text)
    fails = frozenset(name.strip() for name in _header(text, "fails").split(",") if name.strip())
    said = _header(text, "score")
    # A sample may be the reference itself, and then it replaces no cell.
    if not cells and kind is not Kind.SAMPLE:
        raise LabError(f'{file}: no exercise cell; begin one with: # %% exercise="..."')
    if kind is Kind.WRONG and not fails:
        raise LabError(f"{file}: does not say what it fails; add a line: # fails: test_...")
    if kind is Kind.WRONG and not _header(text, "why"):
        raise LabError(f"{file}: does not say what is wrong with it; add a line: # why: ...")
    if kind is Kind.SAMPLE and not re.fullmatch(r"\d+(\.\d+)?", said):
        raise LabError(f"{file}: does not say its score; add a line: # score: 11")
    return Answer(
        kind=kind, name=f"{kind}/{file.name}", cells=cells, fails=fails, score=float(said) if said else None
    )  # fmt: skip


def _header(text: str, key: str) -> str:
    found = re.search(rf"^# {key}: (.+)$", text, re.MULTILINE)
    return found[1].strip() if found else ""
