"""Notebooks: what a learner is given."""

import json
from typing import Any

import nbformat
import pytest

from grader.errors import LabError
from grader.labs import start_notebook
from grader.model import Lab
from grader.notebook import build_start_notebook
from tests.conftest import TOY, TOYS

EXERCISE = '# %% exercise="one"\ndef one(a):\n    ### BEGIN SOLUTION\n    return a + 1\n    ### END SOLUTION\n'


def document(lab: Lab) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(lab.notebook)
    return loaded


def test_a_start_notebook_is_valid_and_without_solution(lab: Lab) -> None:
    notebook = nbformat.reads(lab.notebook.decode(), as_version=4)
    nbformat.validate(notebook)
    one = next(cell for cell in notebook.cells if cell.id == "one")
    assert one.source.endswith("    # YOUR CODE HERE\n    raise NotImplementedError")
    assert "SOLUTION" not in lab.notebook.decode()
    assert "return a + 1" not in lab.notebook.decode()


def test_a_start_notebook_is_the_same_every_time() -> None:
    assert start_notebook(TOYS, TOY) == start_notebook(TOYS, TOY)


def test_exercises_checks_and_written_answers_are_marked_for_nbgrader(lab: Lab) -> None:
    marks = {cell["id"]: cell["metadata"]["nbgrader"] for cell in document(lab)["cells"]}
    assert (marks["one"]["solution"], marks["one"]["grade"], marks["one"]["locked"]) == (True, False, False)
    assert (marks["one-check"]["points"], marks["one-check"]["locked"]) == (1, True)
    assert (marks["why"]["points"], marks["why"]["grade"], marks["why"]["solution"]) == (2, True, True)
    assert marks["setup"]["locked"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (EXERCISE + EXERCISE, "two cells are named one"),
        (EXERCISE + "# %%\n1\n", "cell 2 needs an id"),
        (EXERCISE + '# %% exercise="none"\n1\n', "names exercise none"),
        ('# %% id="setup"\n1\n', "no cell for exercise one"),
    ],
)
def test_an_unsound_source_is_an_error_that_says_where(source: str, message: str) -> None:
    with pytest.raises(LabError, match=message):
        build_start_notebook(source, TOY, {"one": 1.0}, origin="source.py")
