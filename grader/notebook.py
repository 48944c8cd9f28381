"""Notebooks: the author's source to the start notebook, and a submission to the cells that will run.

A submission is hostile: it is read as plain JSON, and only ids, kinds and texts of its cells are taken.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import jupytext
import nbformat

from grader.errors import LabError, RejectedError, UsageError
from grader.model import Lab, Submission

NOTEBOOK_BYTES = 50 * 1024 * 1024
CELLS = 2_000
METADATA_KEY = "pivotlab"
_SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION\n.*?^[ \t]*### END SOLUTION[ \t]*$", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A code cell that will run; `exercise` is None for cells that earn nothing."""

    id: str
    source: str
    exercise: str | None


class _Answer(NamedTuple):
    text: str
    is_blank: bool


@dataclass(frozen=True, kw_only=True)
class Rebuilt:
    """Our notebook with the learner's text in it, and what was odd about the submission."""

    cells: tuple[Cell, ...]
    notes: tuple[str, ...]


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


def read_lab_id(document: dict[str, Any]) -> str | None:
    """The lab that a notebook says it is of."""
    metadata = document.get("metadata")
    ours = metadata.get(METADATA_KEY) if isinstance(metadata, dict) else None
    lab = ours.get("lab") if isinstance(ours, dict) else None
    return lab if isinstance(lab, str) else None


def read_notebook(file: Path) -> bytes:
    """A notebook file's bytes, never more than a notebook may have. Raises RejectedError, UsageError."""
    try:
        _check_size(file.stat().st_size)
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}; see to its permissions") from error


def parse(notebook: bytes) -> dict[str, Any]:
    """A notebook's JSON document, version 4, with a list of cells. Raises RejectedError with the mend."""
    _check_size(len(notebook))
    try:
        document = json.loads(notebook)
    except UnicodeDecodeError as error:
        raise RejectedError("the file is not in UTF-8, as notebooks are; save it again from JupyterLab") from error
    except (ValueError, RecursionError) as error:
        raise RejectedError("the file is not JSON, so not a notebook; save it again from JupyterLab") from error
    if not isinstance(document, dict) or "nbformat" not in document:
        raise RejectedError("the file is JSON but not a notebook; save it again from JupyterLab")
    if document["nbformat"] != nbformat.current_nbformat:
        raise RejectedError(
            f"the notebook has format {document['nbformat']!r:.20}, not {nbformat.current_nbformat}; "
            "open it in JupyterLab and save it, or run: jupyter nbconvert --to notebook --inplace FILE"
        )
    _check_cells(document.get("cells"))
    return document


def rebuild(lab: Lab, submission: Submission) -> Rebuilt:
    """Our cells in our order, with the learner's text in the exercises and their extra cells in their places.

    A cell of ours that they changed runs twice: as we wrote it, then as they did.

    Checks do not run: they are for the learner's own kernel. Raises RejectedError.
    """
    ours = {cell["id"]: cell for cell in json.loads(lab.notebook)["cells"]}
    answers, extras, notes = _sort_cells(parse(submission.notebook), ours)
    if not answers.keys() & {exercise.id for exercise in lab.exercises}:
        raise RejectedError(f"the notebook has no exercise cell of {lab.id}; start again from its start notebook")
    cells = list(extras.get("", []))
    for name, cell in ours.items():
        mark = cell["metadata"].get(METADATA_KEY, {})
        if cell["cell_type"] == "code" and "check" not in mark:
            exercise = mark.get("exercise")
            if exercise and name not in answers:
                notes.append(f"exercise {name} has no cell, so it counts as not answered")
            text = answers.get(name, "") if exercise else "".join(cell["source"])
            cells.append(Cell(id=name, source=text, exercise=exercise))
        cells += extras.get(name, [])
    return Rebuilt(cells=tuple(cells), notes=tuple(notes))


def _sort_cells(
    document: dict[str, Any], ours: dict[str, Any]
) -> tuple[dict[str, str], dict[str, list[Cell]], list[str]]:
    """The learner's text by exercise, their extra code cells by the cell of ours that they follow, and notes."""
    answers: dict[str, _Answer] = {}
    extras: dict[str, list[Cell]] = {}
    notes: list[str] = []
    last = ""
    for number, cell in enumerate(document["cells"]):
        name = _identity(cell, ours)
        if name is None:
            if cell["cell_type"] == "code":
                extra = Cell(id=f"extra-{number}", source=_text(cell), exercise=None)
                extras.setdefault(last, []).append(extra)
            continue
        last = name
        mark = ours[name]["metadata"].get(METADATA_KEY, {})
        text, blank = _text(cell), _is_same(cell, ours[name])
        if "exercise" in mark:
            _take_answer(name, _Answer(text, blank or not text.strip()), answers, notes)
        elif ours[name]["cell_type"] == "code" and "check" not in mark and not blank:
            # People add their imports to the setup cell.
            extras.setdefault(name, []).append(Cell(id=f"{name}-changed", source=text, exercise=None))
            notes.append(f"cell {name} was changed; ours was run, and then this one")
    return {name: answer.text for name, answer in answers.items()}, extras, notes


def _take_answer(name: str, answer: _Answer, answers: dict[str, _Answer], notes: list[str]) -> None:
    """Keep the first text that somebody wrote: editors leave blank copies of a cell behind."""
    if name in answers:
        notes.append(f"cell {name} is there twice; the first that is not blank was taken")
    if name not in answers or (answers[name].is_blank and not answer.is_blank):
        answers[name] = answer


def _is_same(cell: dict[str, Any], our_cell: dict[str, Any]) -> bool:
    return _text(cell).strip() == _text(our_cell).strip()


def _identity(cell: dict[str, Any], ours: dict[str, Any]) -> str | None:
    """Which cell of ours this is: by its id, or by nbgrader's where an editor gave it a new one."""
    metadata = cell.get("metadata")
    graded = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    for name in (cell.get("id"), graded.get("grade_id") if isinstance(graded, dict) else None):
        if isinstance(name, str) and name in ours:
            return name
    return None


def _text(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    text = source if isinstance(source, str) else "".join(part for part in source if isinstance(part, str))
    # JSON can say half a character, which no encoder takes.
    return text.encode(errors="replace").decode()


def _check_size(size: int) -> None:
    if size > NOTEBOOK_BYTES:
        raise RejectedError(
            f"the file has {size / 1e6:.0f} MB, more than the {NOTEBOOK_BYTES / 1e6:.0f} MB that a notebook may have; "
            "clear the outputs (Edit > Clear Outputs of All Cells) and save again"
        )


def _check_cells(cells: object) -> None:
    if not isinstance(cells, list) or not cells:
        raise RejectedError("the notebook has no cells; hand in the one that you worked in")
    if len(cells) > CELLS:
        raise RejectedError(f"the notebook has {len(cells)} cells, more than {CELLS}; remove those that you don't need")
    for number, cell in enumerate(cells, 1):
        right = isinstance(cell, dict) and isinstance(cell.get("source", ""), str | list)
        if not right or cell.get("cell_type") not in (
            "code",
            "markdown",
            "raw",
        ):  # a list, which a stranger may say, is not hashable
            raise RejectedError(f"cell {number} is no notebook cell; save the notebook again from JupyterLab")


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
