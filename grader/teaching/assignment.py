"""A lab as nbgrader's notebook: what is graded, by whom, and with its solutions for the instructor alone."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from grader.labs import Written
from grader.model import Lab
from grader.notebook import METADATA_KEY

WRITTEN_STUB = "*Write your answer here.*"
CODE_STUB = "# YOUR CODE HERE\nraise NotImplementedError"
GRADED_UNSEEN = "# Graded by hidden tests; there is nothing to run here."
"""The grade cell of an exercise whose lab has no visible check for it: nbgrader keeps points by such cells."""

Notebook = dict[str, Any]


def build_assignment(lab: Lab) -> Notebook:
    """The start notebook, in which every exercise has a grade cell that holds its points."""
    notebook: Notebook = json.loads(lab.notebook)
    checked = {_mark(cell).get("check") for cell in notebook["cells"]}
    points = {exercise.id: exercise.points for exercise in lab.exercises}
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        exercise = _mark(cell).get("exercise")
        if exercise and exercise not in checked:
            cells.append(_unseen_check(exercise, points[exercise]))
    return notebook | {"cells": cells}


def build_source(lab: Lab, written: Sequence[Written]) -> bytes:
    """The instructor's notebook: the reference in the exercises, the rubrics in the written answers.

    Both stand between nbgrader's marks, so that its release takes them out and is the start notebook again.
    """
    notebook = build_assignment(lab)
    rubrics = {one.id: one.rubric for one in written}
    for cell in notebook["cells"]:
        mark = _mark(cell)
        if "exercise" in mark:
            cell["source"] = lab.reference[mark["exercise"]]
        elif "written" in mark:
            cell["source"] = _with_rubric("".join(cell["source"]), rubrics.get(mark["written"], ()))
    return (json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def grade_cell(exercise: str) -> str:
    """The id of the cell that holds an exercise's points."""
    return f"{exercise}-check"


def written_cells(notebook: Notebook) -> list[str]:
    """Ids of the cells whose answers a person grades."""
    return [cell["id"] for cell in notebook["cells"] if "written" in _mark(cell)]


def is_task(cell: Mapping[str, Any]) -> bool:
    """Whether a cell asks for something that the learner answers in cells of their own, graded by a person."""
    return bool(cell["metadata"].get("nbgrader", {}).get("task"))


def without_stubs(notebook: Notebook, written: Mapping[str, str]) -> dict[str, str]:
    """The answers in prose without those that are only what a release put there to be written over."""
    asked = {cell["id"]: _without_stub("".join(cell["source"])) for cell in notebook["cells"]}
    return {cell: text for cell, text in written.items() if _without_stub(text) not in {"", asked[cell]}}


def _without_stub(text: str) -> str:
    return text.replace(WRITTEN_STUB, "").strip()


def _mark(cell: dict[str, Any]) -> dict[str, Any]:
    mark: dict[str, Any] = cell["metadata"].get(METADATA_KEY, {})
    return mark


def _unseen_check(exercise: str, points: float) -> dict[str, Any]:
    name = grade_cell(exercise)
    graded = {"grade": True, "solution": False, "locked": True, "task": False}
    return {
        "cell_type": "code", "id": name, "source": GRADED_UNSEEN, "outputs": [], "execution_count": None,
        "metadata": {"nbgrader": graded | {"grade_id": name, "schema_version": 3, "points": points}},
    }  # fmt: skip


def _with_rubric(text: str, rubric: Sequence[str]) -> str:
    region = "\n".join(["### BEGIN SOLUTION", *(f"- {line}" for line in rubric), "### END SOLUTION"])
    return text.replace(WRITTEN_STUB, region) if WRITTEN_STUB in text else f"{text}\n\n{region}"
