"""Reads the folders of attacks, and turns an attack into the notebooks that are handed in; it runs no sandbox."""

import ast
import json
import runpy
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import jupytext
from pydantic import Field, StringConstraints, ValidationError

from grader.errors import LabError, UsageError
from grader.model import Frozen, Lab, Outcome, Status
from grader.notebook import fill

TARGET = "range/01-target"
"""The lab that the attacks were written for: its hidden tests compare answers of every kind."""
MARKER = "ATTACK SUCCEEDED"
"""What an attack prints when it reached what it must not reach."""
_MAKER = "make.py"
_EXPECTED = "expected.json"
_SEPARATOR = "/"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=200)]
Family = Literal["forging", "reading", "exhausting", "escaping", "reporting"]


class Expected(Frozen):
    """What must come of one submission, on the target lab."""

    status: Status = Status.GRADED
    score: float | None = None
    """None exactly when the status is not graded."""
    outcomes: dict[str, Outcome] = Field(default_factory=dict)
    """By hidden test; those not named may be anything that adds up to the score."""
    shows: tuple[str, ...] = ()
    """What the learner's report must say: that the attack came as far as it meant to, and why it lost its points."""
    hides: tuple[str, ...] = ()
    """What the learner's page may not hold, as it stands there (markup of a learner's stands there escaped); beside the
    hidden tests' own words, which nothing may."""


class AttackFile(Frozen):
    """What expected.json says."""

    story: tuple[Line, Line]
    answers: Literal["reference", "nothing", "forged"] = "nothing"
    """What stands in the exercise cells that the attack does not write itself; forged: its own function `forged`."""
    expected: dict[str, Expected] = Field(min_length=1)
    """By submission id; they are graded one after the other, in the order of their names."""
    target_only: bool = False
    """Whether it makes sense on the target lab alone."""
    beats: Literal["same-process"] | None = None
    """The design that it defeats, in which cells and hidden tests share a process; tests/test_strawman.py proves it."""
    weak: dict[Literal["process"], Line] = Field(default_factory=dict)
    """Why the process sandbox cannot stop it, where it cannot."""
    seconds: float = Field(default=150, le=600)
    """After this time it hangs."""


@dataclass(frozen=True, kw_only=True)
class Attack:
    """One folder of the suite."""

    name: str
    folder: Path
    file: AttackFile

    @property
    def family(self) -> str:
        """What it is after: the name of the folder around it."""
        return self.name.split(_SEPARATOR, maxsplit=1)[0]


def default_attacks() -> Path:
    """The folder `tests/attacks`, here, above, or beside this package. Raises UsageError."""
    for folder in (Path.cwd(), *Path.cwd().parents, Path(__file__).parent.parent.parent):
        if (folder / "tests" / "attacks" / "target").is_dir():
            return folder / "tests" / "attacks"
    raise UsageError("no folder tests/attacks here or above; go to the project's folder, or say --attacks FOLDER")


def list_attacks(folder: Path, only: str = "") -> list[Attack]:
    """The attacks whose name contains `only`, by name. Raises UsageError when there are none, LabError."""
    files = sorted(folder.glob(f"*/*/{_EXPECTED}"))
    found = [_read_attack(file, folder) for file in files]
    chosen = [attack for attack in found if only in attack.name]
    if not chosen:
        raise UsageError(f"{folder}: no attack whose name contains {only!r}; there are {len(found)}")
    return chosen


def fits(attack: Attack, lab: Lab) -> bool:
    """Whether the attack can be tried on this lab: what answers the target's exercises itself fits the target alone."""
    return lab.id == TARGET or not (attack.file.target_only or any(_written(file)[0] for file in _sources(attack)))


def hand_in(attack: Attack, lab: Lab, folder: Path) -> None:
    """Put into the folder what the attack hands in."""
    if (attack.folder / _MAKER).is_file():
        place = runpy.run_path(str(attack.folder / _MAKER))["place"]
        place(folder, fill(lab.notebook, _answers(attack, lab)))
    for file in _sources(attack):
        (folder / f"{file.stem}.ipynb").write_bytes(_notebook(attack, lab, file))


def _read_attack(file: Path, folder: Path) -> Attack:
    try:
        said = AttackFile.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise LabError(f"{file}: {place}: {first['msg']}; see tests/attacks/README.md") from None
    return Attack(name=file.parent.relative_to(folder).as_posix(), folder=file.parent, file=said)


def _sources(attack: Attack) -> list[Path]:
    return sorted(file for file in attack.folder.glob("*.py") if file.name != _MAKER)


def _notebook(attack: Attack, lab: Lab, source: Path) -> bytes:
    """The start notebook with the attack's answers in place, and its other cells after those they follow."""
    written, extras = _written(source)
    document = json.loads(fill(lab.notebook, _answers(attack, lab) | written))
    exercises = {exercise.id for exercise in lab.exercises}
    first = next(number for number, cell in enumerate(document["cells"]) if cell["id"] in exercises)
    cells = document["cells"][:first] + _code_cells(extras.get("", []))
    for cell in document["cells"][first:]:
        cells += [cell, *_code_cells(extras.get(cell["id"], []))]
    return json.dumps(document | {"cells": cells}).encode()


def _written(source: Path) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The answers of an attack's source by exercise, and its other cells by the exercise that they follow."""
    answers: dict[str, str] = {}
    extras: dict[str, list[str]] = {}
    last = ""
    for cell in jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent").cells:
        if "exercise" in cell.metadata:
            last = cell.metadata["exercise"]
            answers[last] = cell.source
        elif cell.cell_type == "code":
            extras.setdefault(last, []).append(cell.source)
    return answers, extras


def _code_cells(sources: list[str]) -> list[dict[str, object]]:
    return [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]


def _answers(attack: Attack, lab: Lab) -> dict[str, str]:
    if attack.file.answers == "reference":
        return lab.reference
    stand_in = "forged" if attack.file.answers == "forged" else "lambda *_, **__: None"
    return {exercise: _replace_all(answer, stand_in) for exercise, answer in lab.reference.items()}


def _replace_all(answer: str, stand_in: str) -> str:
    """A cell that gives every name that the reference defines another meaning."""
    names: list[str] = []
    for node in ast.parse(answer).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return "\n".join(f"{name} = {stand_in}" for name in names)
