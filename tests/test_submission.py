"""Submissions: what is refused with which mend, and what of the rest will run."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from grader.errors import RejectedError
from grader.mending import MENDS
from grader.model import Lab, Submission
from grader.submission import CELLS, CODE_BYTES, keep_what_runs, parse, read_notebook, rebuild
from tests.conftest import TOY


def document(lab: Lab) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(lab.notebook)
    return loaded


def rebuilt(lab: Lab, changed: dict[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    submission = Submission(id="a", learner="a", lab_id=lab.id, notebook=json.dumps(changed).encode())
    result = rebuild(lab, submission)
    return {cell.id: cell.source for cell in result.cells}, result.notes


def test_a_start_notebook_says_its_lab(lab: Lab) -> None:
    assert parse(lab.notebook).lab_id == TOY


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


CELL = {"cell_type": "code"}
ESCAPED = b'{"nbformat": 4, "cells": [' + b'{"cell\\u005Ftype": "code"},' * (10 * CELLS - 1) + b'{"cell_type": "raw"}]}'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not JSON"),
        (b"PK\x03\x04\xff\xfe", "not in UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "not a notebook"),
        (b"[]", "not a notebook"),
        (b'{"cells": []}', "not a notebook"),
        (b'{"nbformat": 3, "worksheets": []}', "nbconvert --to notebook"),
        (b'{"nbformat": "4\\u001b[31m"}', "format"),
        (b'{"nbformat": 4}', "no cells"),
        (b'{"nbformat": 4, "cells": {}}', "no cells"),
        (b'{"nbformat": 4, "cells": [7]}', "cell 1"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 7}]}', "cell 1"),
        (b'{"nbformat": 4, "cells": [{"cell_type": ["code"], "source": ""}]}', "cell 1"),
        (b'{"nbformat": 4, "cells": [{}]}', "cell 1"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code"}, {"cell_type": "code", "source": {}}]}', "cell 2"),
        (json.dumps({"nbformat": 4, "cells": [CELL] * (CELLS + 1)}).encode(), "2001 cells, more than 2000"),
        (json.dumps({"nbformat": 4, "cells": [CELL] * 10 * CELLS}).encode(), "20000 cells or more, more than 2000"),
        (ESCAPED, "20000 cells or more, more than 2000"),
        ('{"nbformat": 4}'.encode("utf-16"), "not in UTF-8"),
        ('{"nbformat": 4}'.encode("utf-16-le"), "not in UTF-8"),
        (b'{"nbformat": 4, "metadata": {"a": "\xff"}}', "not in UTF-8"),
        (b'{"nbformat": 4, "metadata": {"a": "\x00"}}', "not JSON"),
        (b'{"nbformat": 4, "metadata": {"a": "\\ud8zz"}}', "not JSON"),
        (b'{"nbformat": 4, "metadata": {"a": Nan}}', "not JSON"),
        (b'{"nbformat": 4, "metadata": {NaN: 1}}', "not JSON"),
        (b'{"nbformat": 4, "metadata": [' + b"NaN," * MENDS + b"NaN]}", "not JSON"),
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


def grafted(lab: Lab, old: bytes, new: bytes) -> bytes:
    """The start notebook with one piece replaced; as bytes, for no encoder of ours writes what is tried."""
    notebook = json.dumps(json.loads(lab.notebook), ensure_ascii=False).encode()
    assert old in notebook
    return notebook.replace(old, new, 1)


def text_of(lab: Lab, notebook: bytes, name: str) -> str:
    result = rebuild(lab, Submission(id="a", learner="a", lab_id=lab.id, notebook=notebook))
    return next(cell.source for cell in result.cells if cell.id == name)


@pytest.mark.parametrize("half", [rb"\ud83d", rb"\uDE00", rb"\ud83d\ud83d", rb"\uDE00\ud83d"])
def test_half_an_emoji_costs_one_character_and_the_whole_ones_stay(lab: Lab, half: bytes) -> None:
    notebook = grafted(lab, b"def one(a)", rb"# \ud83d\ude00 \\ud83d " + half + rb" \ud83d\ude00\ndef one(a)")
    mended = "\ufffd" * half.count(b"u")
    assert text_of(lab, notebook, "one").startswith(f"# 😀 \\ud83d {mended} 😀\ndef one(a)")


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"[NaN, -Infinity]", b"1e999", b"9" * 10_000])
def test_numbers_that_python_writes_into_outputs_cost_nothing(lab: Lab, number: bytes) -> None:
    output = b'"outputs": [{"data": {"application/json": {"a": ' + number + rb', "\"NaN": "Infinity"}}}]'
    notebook = grafted(lab, b'"outputs": []', output).replace(b"def one(a)", b"# NaN and -Infinity\\ndef one(a)")
    assert text_of(lab, notebook, "one").startswith("# NaN and -Infinity\ndef one(a)")


def test_a_file_is_its_digest_mended_or_not(lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "half.ipynb"
    file.write_bytes(grafted(lab, b"def one(a)", rb"# \ud83d\ndef one(a)"))
    assert read_notebook(file)[1] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_mark_of_byte_order_is_passed_over(lab: Lab) -> None:
    assert parse(b"\xef\xbb\xbf" + lab.notebook).lab_id == TOY


def test_of_a_name_said_twice_the_last_counts(lab: Lab) -> None:
    notebook = grafted(lab, b'"id": "one"', b'"id": "mine", "source": "x", "id": "one"')
    assert text_of(lab, notebook, "one").startswith("def one(a)")


@pytest.mark.parametrize(
    "metadata", [b"[]", b"7", b'{"pivotlab": 7}', b'{"pivotlab": {"lab": 7}}', b'{"pivotlab": {}}']
)
def test_metadata_of_any_kind_is_no_fault_and_names_no_lab(metadata: bytes) -> None:
    assert parse(b'{"nbformat": 4, "metadata": ' + metadata + b', "cells": [{"cell_type": "raw"}]}').lab_id is None


@pytest.mark.parametrize("more", [b'"id": []', b'"id": 7', b'"metadata": []', b'"metadata": {"nbgrader": [1]}',
                                  b'"metadata": {"nbgrader": {"grade_id": {}}}', b'"attachments": 7'])  # fmt: skip
def test_a_cell_with_marks_of_any_kind_is_the_learners_own(lab: Lab, more: bytes) -> None:
    notebook = grafted(lab, b'"cells": [', b'"cells": [{"cell_type": "code", "source": ["a", " = 1"], ' + more + b"}, ")
    assert text_of(lab, notebook, "extra-0") == "a = 1"


def test_more_code_than_anybody_types_is_rejected_and_prose_of_any_length_is_not(lab: Lab) -> None:
    def said_by(kind: str) -> dict[str, Any]:
        changed = document(lab)
        changed["cells"].append({"cell_type": kind, "source": "x" * CODE_BYTES})
        return changed

    assert rebuilt(lab, said_by("markdown"))[0]["one"]
    with pytest.raises(RejectedError, match="take data and pictures out of its cells"):
        rebuilt(lab, said_by("code"))


def test_what_is_kept_runs_as_the_whole_would_and_shows_nothing(lab: Lab) -> None:
    changed = document(lab)
    changed["cells"][1]["source"] += "\nimport math"
    changed["cells"][2] |= {"id": "e5f1", "source": ["def one(a):\n", "    return a\u2028"], "outputs": ["secret"]}
    changed["cells"].insert(4, {"cell_type": "markdown", "source": "prose"})
    changed["cells"] += [{"cell_type": "code", "source": "helper = '\x7f\"'"}, changed["cells"][2]]
    whole = json.dumps(changed).encode()
    kept = keep_what_runs(lab, parse(whole))
    runs = [
        rebuild(lab, Submission(id="a", learner="a", lab_id=lab.id, notebook=notebook))
        for notebook in (whole, kept, keep_what_runs(lab, parse(kept)))
    ]
    assert runs[0] == runs[1] == runs[2]
    assert [word for word in (b"secret", b"prose", b"metadata") if word in kept] == []
