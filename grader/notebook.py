"""The author's side of notebooks: source.py to the start notebook, and to answers; it reads nothing of a stranger."""

import ast
import contextlib
import functools
import json
import re
from collections.abc import Iterator
from typing import Any

import jupytext
import nbformat

from grader.errors import LabError
from grader.model import Lab

METADATA_KEY = "pivotlab"
_SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION\n.*?^[ \t]*### END SOLUTION[ \t]*$", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")


def build_start_notebook(source: str, lab_id: str, points: dict[str, float], *, origin: str) -> bytes:
    """The notebook that a learner opens: source.py without solutions, outputs or anything that changes by itself.

    `points` are by exercise; `origin` names the source in errors. Raises LabError.
    """
    notebook = nbformat.v4.new_notebook(metadata=_metadata(lab_id))
    names: set[str] = set()
    for number, cell in enumerate(jupytext.reads(source, fmt="py:percent").cells):
        built = _build_cell(cell, number, points, origin)
        if built["id"] in names:
            raise LabError(f"{origin}: two cells are named {built['id']}; give one another id")
        names.add(built["id"])
        notebook.cells.append(built)
    if missing := points.keys() - names:
        raise LabError(f"{origin}: no cell for exercise {', '.join(sorted(missing))}; add one, or mend lab.toml")
    nbformat.validate(notebook)
    return (json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def fill(notebook: bytes, answers: dict[str, str]) -> bytes:
    """A start notebook with answers in its exercise cells, by exercise: how samples and wrong answers are made."""
    document = json.loads(notebook)
    for cell in document["cells"]:
        if cell["id"] in answers:
            cell["source"] = answers[cell["id"]]
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def read_answers(source: str) -> dict[str, str]:
    """The exercise cells of a py:percent file, solutions and all, by exercise."""
    cells = jupytext.reads(source, fmt="py:percent").cells
    return {cell.metadata["exercise"]: cell.source for cell in cells if "exercise" in cell.metadata}


def imports_of(lab: Lab) -> tuple[str, ...]:
    """The modules that a lab's own notebook and answers import, wherever in them, by their full names."""
    return _imports(lab.notebook, *lab.reference.values())


@functools.lru_cache(maxsize=64)
def _imports(notebook: bytes, *answers: str) -> tuple[str, ...]:
    cells = [cell["source"] for cell in json.loads(notebook)["cells"] if cell["cell_type"] == "code"]
    found: dict[str, None] = {}
    for source in (*map("".join, cells), *answers):
        with contextlib.suppress(SyntaxError):
            found |= dict.fromkeys(_imported(ast.parse(source)))
    return tuple(found)


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            # What is taken from a package may be a module of its own, or loaded when it is asked for.
            yield from (f"{node.module}.{alias.name}" for alias in node.names if alias.name != "*")


def _metadata(lab_id: str) -> dict[str, Any]:
    return {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        METADATA_KEY: {"lab": lab_id},
    }


def _build_cell(cell: Any, number: int, points: dict[str, float], origin: str) -> Any:
    said = cell.metadata
    exercise, check = said.get("exercise"), said.get("check")
    for name in (exercise, check):
        if name is not None and name not in points:
            raise LabError(f"{origin}: cell {number + 1} names exercise {name}, which lab.toml has not")
    name = exercise or (check and f"{check}-check") or said.get("written") or said.get("id")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise LabError(f'{origin}: cell {number + 1} needs an id: a short name in lower case, as in id="setup"')
    make = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
    built = make(_without_solution(cell.source))
    built["id"] = name
    built["metadata"] = _cell_metadata(name, said, points)
    return built


def _cell_metadata(name: str, said: dict[str, Any], points: dict[str, float]) -> dict[str, Any]:
    """The mark of nbgrader, in its schema 3, and ours in a namespace of its own: theirs is closed."""
    if "exercise" in said:
        return {METADATA_KEY: {"exercise": said["exercise"]}, "nbgrader": _nbgrader(name, solution=True)}
    if "check" in said:
        return {METADATA_KEY: {"check": said["check"]}, "nbgrader": _nbgrader(name, points=points[said["check"]])}
    if "written" in said:
        graded = _nbgrader(name, solution=True, points=float(said["points"]))
        return {METADATA_KEY: {"written": said["written"]}, "nbgrader": graded}
    return {"nbgrader": _nbgrader(name)}


def _nbgrader(name: str, *, solution: bool = False, points: float | None = None) -> dict[str, Any]:
    graded = {"grade": points is not None, "solution": solution, "locked": not solution, "task": False}
    return graded | {"grade_id": name, "schema_version": 3} | ({"points": points} if points is not None else {})


def _without_solution(source: str) -> str:
    return _SOLUTION.sub(lambda match: f"{match[1]}# YOUR CODE HERE\n{match[1]}raise NotImplementedError", source)
