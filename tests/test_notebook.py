"""Notebooks: what a learner is given, and what of a submission will run."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.errors import LabError, RejectedError
from grader.labs import start_notebook
from grader.model import Lab, Submission
from grader.notebook import CELLS, build_start_notebook, parse, read_lab_id, read_notebook, rebuild
from tests.conftest import TOY, TOYS

EXERCISE = '# %% exercise="one"\ndef one(a):\n    ### BEGIN SOLUTION\n    return a + 1\n    ### END SOLUTION\n'


def document(lab: Lab) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(lab.notebook)
    return loaded


def rebuilt(lab: Lab, changed: dict[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    submission = Submission(id="a", learner="a", lab_id=lab.id, notebook=json.dumps(changed).encode())
    result = rebuild(lab, submission)
    return {cell.id: cell.source for cell in result.cells}, result.notes


def test_a_start_notebook_is_valid_and_without_solution(lab: Lab) -> None:
    notebook = nbformat.reads(lab.notebook.decode(), as_version=4)
    nbformat.validate(notebook)
    one = next(cell for cell in notebook.cells if cell.id == "one")
    assert one.source.endswith("    # YOUR CODE HERE\n    raise NotImplementedError")
    assert "SOLUTION" not in lab.notebook.decode()
    assert "return a + 1" not in lab.notebook.decode()


def test_a_start_notebook_is_the_same_every_time() -> None:
    assert start_notebook(TOYS, TOY) == start_notebook(TOYS, TOY)


def test_a_start_notebook_says_its_lab(lab: Lab) -> None:
    assert read_lab_id(parse(lab.notebook)) == TOY


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


def test_only_exercise_cells_are_the_learners(lab: Lab) -> None:
    changed = document(lab)
    for cell in changed["cells"]:
        cell["source"] = "mine = 1"
        cell["metadata"]["tags"] = ["skip-execution"]
    cells, notes = rebuilt(lab, changed)
    assert cells["one"] == cells["two"] == "mine = 1"
    assert "data/two.txt" in cells["setup"]
    assert cells["setup-changed"] == "mine = 1"
    assert "one-check" not in cells
    assert "cell setup was changed; ours was run, and then this one" in notes


def test_extra_cells_run_in_their_places(lab: Lab) -> None:
    changed = document(lab)
    changed["cells"].insert(3, {"cell_type": "code", "source": ["helper", " = 1"], "metadata": {}})
    cells, _ = rebuilt(lab, changed)
    assert list(cells) == ["setup", "one", "extra-3", "two", "three"]
    assert cells["extra-3"] == "helper = 1"


def test_of_a_cell_pasted_twice_the_answered_one_counts(lab: Lab) -> None:
    changed = document(lab)
    again = dict(changed["cells"][2], source="def one(a):\n    return 0")
    changed["cells"].append(again)
    cells, notes = rebuilt(lab, changed)
    assert cells["one"] == "def one(a):\n    return 0", "the first is as blank as we gave it out"
    assert "cell one is there twice; the first that is not blank was taken" in notes
    again["source"], changed["cells"][2]["source"] = "", "def one(a):\n    return 1"
    assert rebuilt(lab, changed)[0]["one"] == "def one(a):\n    return 1"


def test_a_cell_with_a_new_id_is_known_by_nbgraders(lab: Lab) -> None:
    changed = document(lab)
    changed["cells"][2] |= {"id": "e5f1", "source": "def one(a): return 1"}
    del changed["cells"][3]["id"]
    assert rebuilt(lab, changed)[0]["one"] == "def one(a): return 1"


def test_a_missing_cell_is_an_empty_answer_and_is_noted(lab: Lab) -> None:
    changed = document(lab)
    del changed["cells"][2]
    cells, notes = rebuilt(lab, changed)
    assert cells["one"] == ""
    assert "exercise one has no cell, so it counts as not answered" in notes


def test_another_labs_notebook_is_rejected(lab: Lab) -> None:
    other = {"nbformat": 4, "cells": [{"cell_type": "code", "source": "1", "id": "mine", "metadata": {}}]}
    with pytest.raises(RejectedError, match="no exercise cell"):
        rebuilt(lab, other)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not JSON"),
        (b"PK\x03\x04\xff\xfe", "not in UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "not JSON"),
        (b"[]", "not a notebook"),
        (b'{"cells": []}', "not a notebook"),
        (b'{"nbformat": 3, "worksheets": []}', "nbconvert --to notebook"),
        (b'{"nbformat": "4\\u001b[31m"}', "format"),
        (b'{"nbformat": 4}', "no cells"),
        (b'{"nbformat": 4, "cells": {}}', "no cells"),
        (b'{"nbformat": 4, "cells": [7]}', "cell 1"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 7}]}', "cell 1"),
        (b'{"nbformat": 4, "cells": [{"cell_type": ["code"], "source": ""}]}', "cell 1"),
        (json.dumps({"nbformat": 4, "cells": [{}] * (CELLS + 1)}).encode(), "more than 2000"),
        (b" " * 50 * 1024 * 1024 + b"{}", "clear the outputs"),
    ],
)
def test_what_is_no_notebook_is_rejected_with_its_mend(content: bytes, message: str) -> None:
    with pytest.raises(RejectedError, match=message):
        parse(content)


def test_a_huge_file_is_rejected_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.ipynb"
    with file.open("wb") as sparse:
        sparse.truncate(100 << 30)
    with pytest.raises(RejectedError, match="clear the outputs"):
        read_notebook(file)
