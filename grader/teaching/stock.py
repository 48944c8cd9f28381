"""An assignment of a course that we did not make, as a lab: its own test cells become the hidden tests, unchanged."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.nbgraderformat import SchemaTooNewError, SchemaTooOldError, ValidationError, read
from nbgrader.preprocessors import ClearHiddenTests, ClearOutput, ClearSolutions
from nbgrader.utils import is_grade, is_solution, is_task

from grader.errors import UsageError
from grader.model import Exercise, HiddenTest, Lab, Limits
from grader.notebook import METADATA_KEY
from grader.teaching.assignment import Notebook
from grader.teaching.course import Assignment, Course
from grader.teaching.names import CodeCell, Plan, Role, plan

OURS = "pivotlab-"
"""How the ids begin that we give to cells which have none."""
KEEPS = f"{OURS}keeps-"
"""How the ids of cells begin that are neither the instructor's nor the learner's."""
WEAKER = "run in the learner's own process, which can forge it"
_KEEP = "import grader.inside.moments as _moments\n_moments.keep(globals(), {cell!r}, {names!r})"
_SETUP = '''"""The test cells of an ordinary notebook; made by Pivotlab."""

import json
import sys

from grader.inside.border import Border

sys.path.insert(0, "")
BORDER = Border(**json.loads({told!r}))
'''
_TEST = """

def {test}(notebook):
    BORDER.{how}(notebook, {cell!r})
"""
_NO_HINT = "See what the notebook's text asks for."
_NOT_A_NAME = re.compile("[^A-Za-z0-9_]")


@dataclass(frozen=True, kw_only=True)
class Stock:
    """A notebook of an ordinary assignment, read."""

    assignment: Assignment
    environment: str
    notebook: Notebook
    """As it was released, cells named by nbgrader's ids, and with our marks."""
    solutions: Mapping[str, str]
    """The instructor's own text of each solution cell."""
    points: Mapping[str, float]
    """By test cell."""
    by_hand: tuple[str, ...]
    """Cells that a person grades."""
    plan: Plan
    data: Mapping[str, bytes]

    def lab(self, *, without: Iterable[str] = (), there: Iterable[str] = ()) -> Lab:
        """The lab of all test cells but those `without`; those `there` run in the learner's own process."""
        tests = {cell: number for number, cell in enumerate(self.points) if cell not in set(without)}
        weaker = frozenset(there)
        hidden = {"test_cells.py": self._test_file(tests, weaker).encode()}
        notebook = json.dumps(self.notebook, sort_keys=True).encode()
        digest = hashlib.sha256(notebook)
        for name, content in sorted({**hidden, **self.data}.items()):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        digest.update(json.dumps([self.environment, dict(self.points), dict(self.solutions)]).encode())
        return Lab(
            id=self.assignment.lab_id, title=self.assignment.lab_id, minutes=60, skills=(), limits=Limits(),
            environment=self.environment, exercises=tuple(self._exercises(tests, weaker)), notebook=notebook,
            data=dict(self.data), hidden=hidden, reference=dict(self.solutions), version=digest.hexdigest()[:16],
        )  # fmt: skip

    def cells_of_tests(self) -> dict[str, str]:
        """The test cell of each hidden test."""
        return {_test_name(number, cell): cell for number, cell in enumerate(self.points)}

    def _test_file(self, tests: Mapping[str, int], weaker: frozenset[str]) -> str:
        parts = [{"test": part.test, "text": part.text} for part in self.plan.parts]
        told = {"parts": parts, "theirs": sorted(self.plan.theirs), "shared": sorted(self.plan.shared)}
        return _SETUP.format(told=json.dumps(told)) + "".join(
            _TEST.format(test=_test_name(number, cell), how="run_there" if cell in weaker else "run", cell=cell)
            for cell, number in tests.items()
        )

    def _exercises(self, tests: Mapping[str, int], weaker: frozenset[str]) -> Iterator[Exercise]:
        """Each solution cell with the tests that follow it; tests before any are the first one's.

        nbgrader's names and points are its own, so ours are not asked of them.
        """
        belongs: dict[str, list[HiddenTest]] = {}
        exercise = next((cell["id"] for cell in self.notebook["cells"] if _is_exercise(cell)), "")
        for cell in self.notebook["cells"]:
            name = cell["id"]
            exercise = name if _is_exercise(cell) else exercise
            if name in tests and self.points[name] > 0:
                title = f"{name} ({WEAKER})" if name in weaker else name
                test = HiddenTest.model_construct(
                    name=_test_name(tests[name], name), points=self.points[name], title=title
                )
                belongs.setdefault(exercise, []).append(test)
        for name, mine in belongs.items():
            yield Exercise.model_construct(id=name, title=name, hints=(_NO_HINT,), tests=tuple(mine))


def read_stock(course: Course, assignment: Assignment, environment: str) -> Stock:
    """The instructor's source, as a lab of the environment. Raises UsageError when nbgrader cannot read it."""
    cells = _read_source(assignment.source)
    _name_cells(cells)
    original = {cell["id"]: cell["source"] for cell in cells}
    roles = {cell["id"]: _role(cell) for cell in cells if cell["cell_type"] == "code"}
    code = [CodeCell(name=name, role=role, text=original[name]) for name, role in roles.items()]
    planned = plan(code)
    released = _release(course, cells)
    return Stock(
        assignment=assignment, environment=environment, plan=planned,
        notebook={"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(_mark(released, planned))},
        solutions={name: original[name] for name, role in roles.items() if role is Role.SOLUTION},
        points={
            cell["id"]: float(cell["metadata"]["nbgrader"]["points"])
            for cell in cells
            if roles.get(cell["id"]) is Role.TEST
        },
        by_hand=tuple(cell["id"] for cell in cells if _is_by_hand(cell)),
        data=_read_data(assignment.source.parent),
    )  # fmt: skip


def _read_source(file: Path) -> list[NotebookNode]:
    try:
        notebook = read(str(file), as_version=4)
    except SchemaTooOldError as error:
        raise UsageError(f"{file}: made with an older nbgrader; run: nbgrader update {file.parent}") from error
    except (SchemaTooNewError, ValidationError, ValueError, OSError) as error:
        raise UsageError(f"{file}: nbgrader cannot read it: {str(error).splitlines()[0]}; mend it") from error
    return list(notebook.cells)


def _name_cells(cells: list[NotebookNode]) -> None:
    """Give each cell nbgrader's own id, which it keeps unique, or another that no cell has."""
    names = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells}
    for number, cell in enumerate(cells):
        marked = cell.metadata.get("nbgrader", {}).get("grade_id")
        own = cell.get("id")
        cell["id"] = marked or (own if own not in names | {None} else f"{OURS}given-{number}")
        names.add(cell["id"])


def _role(cell: NotebookNode) -> Role:
    if is_solution(cell):
        return Role.SOLUTION
    return Role.TEST if is_grade(cell) else Role.OTHER


def _is_by_hand(cell: NotebookNode) -> bool:
    return bool(is_task(cell) or (is_grade(cell) and is_solution(cell)))


def _release(course: Course, cells: list[NotebookNode]) -> list[NotebookNode]:
    """The cells as learners get them, by nbgrader's own steps."""
    notebook = NotebookNode(cells=cells, metadata=NotebookNode(kernelspec={"language": "python"}))
    for step in (ClearSolutions, ClearHiddenTests, ClearOutput):
        notebook, _ = step(config=course.config).preprocess(notebook, {})
    return list(notebook.cells)


def _mark(cells: Iterable[NotebookNode], planned: Plan) -> Iterator[dict[str, Any]]:
    """The cells with our marks, and before each test cell one that keeps what it asks for."""
    for cell in cells:
        marked = json.loads(json.dumps(cell))
        name, is_code = marked["id"], marked["cell_type"] == "code"
        if is_code and is_solution(cell):
            marked["metadata"][METADATA_KEY] = {"exercise": name}
        elif is_code and is_grade(cell):
            yield {
                "cell_type": "code", "id": f"{KEEPS}{name}", "metadata": {}, "outputs": [], "execution_count": None,
                "source": _KEEP.format(cell=name, names=planned.reads.get(name, ())),
            }  # fmt: skip
            marked["metadata"][METADATA_KEY] = {"check": name}
        elif is_solution(cell):
            marked["metadata"][METADATA_KEY] = {"written": name}
        yield marked


def _is_exercise(cell: Mapping[str, Any]) -> bool:
    return "exercise" in cell["metadata"].get(METADATA_KEY, {})


def _read_data(folder: Path) -> dict[str, bytes]:
    """What lies beside the notebooks, and is handed out with them."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix != ".ipynb")
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in files
        if not any(part.startswith(".") or part == "__pycache__" for part in file.relative_to(folder).parts)
    }


def _test_name(number: int, cell: str) -> str:
    return f"test_{number:03}_{_NOT_A_NAME.sub('_', cell)}"[:120]
