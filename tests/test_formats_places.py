"""A cell's line is found in the file as editors write it, and wherever it cannot be told nothing is said."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from grader.formats.places import find_line
from grader.model import Lab


def code(name: str, source: object, **more: Any) -> dict[str, Any]:
    known: dict[str, Any] = {"cell_type": "code", "id": name, "metadata": {}, "outputs": [], "execution_count": None}
    return known | {"source": source} | more


CELLS = [
    code("setup", ["x = 1\n", "y = 2"]),
    # Cells alike, and outputs that look like a cell's source.
    code("a", ["x = 1\n", "y = 2"], outputs=[{"source": ["x = 1\n", "y = 2"], "id": "one"}]),
    code("other", ["z = 3"], metadata={"nbgrader": {"grade_id": "one"}}),
    code("flat", "x = 1\ny = 2"),
    code("empty", []),
]


def write(folder: Path, cells: list[dict[str, Any]], **layout: Any) -> tuple[Path, str]:
    file = folder / "a.ipynb"
    document = {"cells": cells, "metadata": {"x": cells}, "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(document, **layout))
    return file, hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("cell", "line", "said"),
    [
        ("setup", 1, '"x = 1\\n",'), ("setup-changed", 2, '"y = 2"'), ("a", 2, '"y = 2"'), ("one", 1, '"z = 3"'),
        ("flat", 2, '"source": "x = 1\\ny = 2"'), ("empty", 1, '"source": []'), ("extra-1", 1, '"x = 1\\n",'),
        ("a", 99, '"y = 2"'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("keys_sorted", [True, False])
def test_a_line_is_found_where_it_stands(tmp_path: Path, cell: str, line: int, said: str, keys_sorted: bool) -> None:
    file, digest = write(tmp_path, CELLS, indent=1, sort_keys=keys_sorted)
    lines = file.read_text().splitlines()
    found = find_line(file, digest, cell, line)
    assert found is not None
    assert lines[found - 1].strip().rstrip(",") == said.rstrip(",")
    # Of those that look alike, it is in this cell: no other cell begins between the cell's own id and it.
    name = {"setup-changed": "setup", "one": "other", "extra-1": "a"}.get(cell, cell)
    before = [index for index, text in enumerate(lines[:found]) if f'"id": "{name}"' in text]
    after = [index for index, text in enumerate(lines[found:]) if f'"id": "{name}"' in text]
    assert before if not keys_sorted else before or after


def test_a_notebook_of_one_line_has_but_that(tmp_path: Path) -> None:
    file, digest = write(tmp_path, CELLS)
    assert find_line(file, digest, "a", 2) == 1


def test_what_cannot_be_told_is_not_told(tmp_path: Path, lab: Lab) -> None:
    file, digest = write(tmp_path, CELLS, indent=1)
    assert find_line(file, digest, "unknown", 1) is None
    assert find_line(file, digest, "extra-99", 1) is None
    assert find_line(file, "0" * 64, "a", 1) is None
    assert find_line(tmp_path / "none.ipynb", digest, "a", 1) is None
    file.write_text("no json")
    assert find_line(file, hashlib.sha256(b"no json").hexdigest(), "a", 1) is None
