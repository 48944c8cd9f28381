"""Any bytes at all are a notebook that keeps its promises, or are refused; nothing else ever comes of them."""

import json
import random
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.errors import RejectedError
from grader.labs import load_lab
from grader.model import Submission
from grader.submission import CELLS, CODE_BYTES, Rebuilt, keep_what_runs, parse, rebuild
from tests.conftest import TOY, TOYS

LAB = load_lab(TOYS, TOY)
START = json.loads(LAB.notebook)
OURS = [cell["id"] for cell in START["cells"]]
EXERCISES = [exercise.id for exercise in LAB.exercises]
# Derandomised: a run that fails fails again, here and elsewhere.
FUZZ = settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

WORDS = st.sampled_from([
    "cells", "cell_type", "source", "metadata", "id", "nbgrader", "grade_id", "pivotlab", "lab", "nbformat", "outputs",
    "code", "markdown", "raw", TOY, *OURS,
])  # fmt: skip
TEXT = WORDS | st.text(st.characters(exclude_categories=()), max_size=9)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12
)
CELL = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | JSON,
        "id": st.sampled_from(OURS) | JSON,
        "source": st.lists(TEXT, max_size=3) | TEXT | JSON,
        "metadata": st.fixed_dictionaries(
            {}, optional={"nbgrader": st.fixed_dictionaries({"grade_id": st.sampled_from(OURS) | JSON}) | JSON}
        )
        | JSON,
        "outputs": JSON,
    },
)  # fmt: skip


def outcome(content: bytes) -> Rebuilt | RejectedError:
    """What comes of a file, the way that a batch goes; the same must come of it the way that a single one goes."""
    try:
        kept: bytes | RejectedError = keep_what_runs(LAB, parse(bytearray(content)))
    except RejectedError as error:
        kept = error
    whole = rebuild_or_refuse(content)
    if isinstance(kept, RejectedError):
        assert str(whole) == str(kept)
    else:
        again = rebuild_or_refuse(kept)
        assert str(again) == str(whole)
    return whole


def rebuild_or_refuse(content: bytes) -> Rebuilt | RejectedError:
    try:
        return rebuild(LAB, Submission(id="a", learner="a", lab_id=LAB.id, notebook=content))
    except RejectedError as error:
        return error


def check(content: bytes) -> bool:
    """Assert the promises; whether the file was taken."""
    came = outcome(content)
    if isinstance(came, RejectedError):
        assert ";" in str(came), "a refusal says the mend"
        assert len(str(came)) < 300
        return False
    assert [cell.exercise for cell in came.cells if cell.exercise] == EXERCISES
    assert [cell.id for cell in came.cells if cell.exercise] == EXERCISES
    assert [cell.id for cell in came.cells if cell.id in OURS] == ["setup", *EXERCISES]
    assert len(came.cells) <= CELLS + len(OURS)
    ours = len(LAB.notebook)
    assert sum(len(cell.source.encode()) for cell in came.cells) <= CODE_BYTES + ours
    assert len("".join(came.notes).encode()) < CELLS * 100
    return True


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Every place in a document where something else could be, as its parent and its key there."""
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else []
    return [one for key in keys for one in [(tree, key), *places(tree[key])]]


@FUZZ
@given(data=st.data())
def test_anything_grafted_into_a_notebook_is_taken_or_refused(data: st.DataObject) -> None:
    document = json.loads(LAB.notebook)
    for _ in range(data.draw(st.integers(1, 4))):
        parent, key = data.draw(st.sampled_from(places(document)))
        if isinstance(parent, list) and data.draw(st.booleans()):
            parent.insert(key, data.draw(CELL | JSON))
        else:
            parent[key] = data.draw(JSON)
    check(json.dumps(document).encode())


@FUZZ
@given(cells=st.lists(CELL, max_size=9), data=st.data())
def test_cells_of_every_wrong_type_are_taken_or_refused(cells: list[Any], data: st.DataObject) -> None:
    metadata = data.draw(st.just(START["metadata"]) | JSON)
    document = {"nbformat": 4, "metadata": metadata, "cells": data.draw(st.permutations([*START["cells"], *cells]))}
    check(json.dumps(document, ensure_ascii=data.draw(st.booleans())).encode(errors="surrogatepass"))


@FUZZ
@given(data=st.data())
def test_names_said_twice_are_taken_or_refused(data: st.DataObject) -> None:
    parts = [
        f"{json.dumps(data.draw(WORDS))}: {json.dumps(data.draw(JSON))}" for _ in range(data.draw(st.integers(1, 5)))
    ]
    text = LAB.notebook.decode()
    at = data.draw(st.sampled_from([place + 1 for place, letter in enumerate(text) if letter == "{"]))
    check(f"{text[:at]}{', '.join(parts)}, {text[at:]}".encode())


@FUZZ
@given(document=JSON)
def test_json_that_is_no_notebook_is_refused(document: Any) -> None:
    assert not check(json.dumps(document).encode())


@FUZZ
@given(content=st.binary(max_size=200))
def test_bytes_that_are_no_notebook_are_refused(content: bytes) -> None:
    assert not check(content)


def test_a_notebook_cut_at_any_byte_is_refused() -> None:
    content = LAB.notebook.rstrip()
    assert not any(check(content[:end]) for end in range(len(content)))


def test_five_thousand_notebooks_with_broken_bytes_are_taken_or_refused() -> None:
    dice = random.Random(7)
    pieces = [
        b"\\ud800",
        b"\\udc00",
        b"NaN",
        b"-Infinity",
        b"\\",
        b'"',
        b"\xff",
        b"\xed\xa0\x80",
        b"\0",
        b"{",
        b"]",
        b",,",
    ]
    came: Counter[bool] = Counter()
    for _ in range(5_000):
        broken = bytearray(LAB.notebook)
        for _ in range(dice.randint(1, 3)):
            place = dice.randrange(len(broken))
            broken[place : place + dice.randint(0, 2)] = dice.choice([*pieces, bytes([dice.randrange(256)])])
        came[check(bytes(broken))] += 1
    assert min(came[True], came[False]) > 500
