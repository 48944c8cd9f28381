"""Floors: a metric below what was calibrated fails, one that was never calibrated is the author's fault."""

import json

import pytest

from grader.conversation import converse
from grader.model import Lab
from grader.sandbox import ProcessSandbox
from grader.submission import rebuild
from tests.conftest import Grade, Submit

MEASURES = b"""
def test_one(notebook, seed, floor):
    floor("sum", notebook.one(seed))

def test_two(notebook, floor):
    floor("ratio", notebook.two(1, 1))

def test_two_of_text(notebook, floor):
    notebook.two(1, 1)
    floor("unknown", 1)

def test_three(notebook, floor):
    floor("nothing", notebook.three(0, 0, float("nan")))
"""
FLOORS = {"test_one": {"sum": {"floor": 1}}, "test_two": {"ratio": {"floor": 2.001}}, "test_three": {}}
HIDDEN = {"test_sums.py": MEASURES, "floors.json": json.dumps(FLOORS).encode()}


def test_a_metric_is_held_against_its_floor(grade_toy: Grade) -> None:
    report = grade_toy(hidden=HIDDEN)
    found = {result.test: (result.outcome.value, result.detail) for result in report.results}
    assert found["test_one"] == ("passed", "")
    assert found["test_two"][0] == "failed"
    assert "below its floor 2.001" in found["test_two"][1]
    assert "test_two_of_text has no floor for unknown; run: pivotlab calibrate" in found["test_two_of_text"][1]
    assert found["test_three"][0] == "failed"
    assert "nothing is nan" in found["test_three"][1]


@pytest.mark.parametrize("seed", [7])
def test_with_another_seed_metrics_are_measured_and_held_against_nothing(lab: Lab, submit: Submit, seed: int) -> None:
    measuring = lab.model_copy(update={"hidden": HIDDEN, "seed": seed})
    said = converse(measuring, rebuild(measuring, submit()).cells, ProcessSandbox, told={})
    assert said.reported["test_one"].measured == {"sum": seed + 1}
    assert said.reported["test_two"].measured == {"ratio": 2}
    assert said.reported["test_two"].outcome == "passed"
    assert said.reported["test_two_of_text"].measured == {"unknown": 1}
