"""A conversation goes on: past answers that bring the judge down, and past those that are only ever slow."""

import json
import os
from pathlib import Path

import pytest

from grader.grade import grade
from grader.model import Lab, Report, Status
from grader.sandbox import ProcessSandbox, Start
from tests.conftest import Grade, Submit

# The reference passes these; the answer 13 to the second exercise ends the judge, or holds it.
BRITTLE = """
import os, time
import os
from pathlib import Path

import pytest
def test_one(notebook):
    assert notebook.one(1) == 2
def test_two(notebook):
    answer = notebook.two(1, 2)
    if answer == 13:
        {fall}
    assert answer == 3
def test_two_of_text(notebook):
    answer = notebook.two("a", "b")
    if answer == 13:
        {fall}
    assert answer == "ab"
def test_three(notebook):
    assert notebook.three(1, 2, 3) == 6
"""


def outcomes(report: Report) -> dict[str, str]:
    return {result.test: result.outcome.value for result in report.results}


@pytest.mark.parametrize(("fall", "outcome"), [("os._exit(5)", "crashed"), ("time.sleep(60)", "timeout")])
def test_an_answer_that_brings_the_judge_down_costs_its_own_test(grade_toy: Grade, fall: str, outcome: str) -> None:
    hidden = {"test_sums.py": BRITTLE.format(fall=fall).encode()}
    report = grade_toy(hidden=hidden, two="def two(a, b): return 13")
    assert report.status is Status.GRADED, report.reason
    assert outcomes(report) == {
        "test_one": "passed", "test_two": outcome, "test_two_of_text": outcome, "test_three": "passed",
    }  # fmt: skip
    assert "could not work with that answer" in report.results[1].reason


def test_answers_that_bring_down_judge_after_judge_are_given_up(grade_toy: Grade) -> None:
    tests = "".join(
        f"def test_{name}(notebook):\n    if notebook.two(1, 2) == 13: os._exit(5)\n"
        for name in ("one", "two", "two_of_text", "three")
    )
    report = grade_toy(hidden={"test_sums.py": f"import os\n{tests}".encode()}, two="def two(a, b): return 13")
    assert set(outcomes(report).values()) == {"crashed"}
    assert sum("could not work with that answer" in result.reason for result in report.results) == 3
    assert sum("too often" in result.reason for result in report.results) == 1


def test_answers_just_under_the_deadline_do_not_hold_the_grader_for_hours(
    lab: Lab, submit: Submit, start: Start
) -> None:
    repeated = "assert {notebook.one(1) for _ in range(99)} == {2}"
    often = BRITTLE.format(fall="pass").replace("assert notebook.one(1) == 2", repeated)
    hidden = {"test_sums.py": often.encode()}
    hurried = lab.limits.model_copy(update={"answers_seconds": 3})
    slow = submit(one="import time\ndef one(a):\n    time.sleep(min(1.2, a))\n    return a + 1")
    report = grade(lab.model_copy(update={"hidden": hidden, "limits": hurried}), slow, start, image="test")
    assert outcomes(report)["test_one"] == "timeout"
    assert "all answers together took longer than 3 s" in report.results[0].reason


def test_a_late_cell_names_the_one_that_took_the_time(grade_toy: Grade) -> None:
    report = grade_toy(one="import time\ntime.sleep(4)\ndef one(a): return a + 1", two="time.sleep(30)")
    late = next(cell for cell in report.cells if cell.id == "two")
    assert late.state == "timeout"
    assert "; cell one before it took 4." in late.reason


BUSY = "import time\nuntil = time.process_time() + 0.5\nwhile time.process_time() < until: pass"


def test_a_notebook_of_many_slow_cells_keeps_the_points_of_those_that_had_time(lab: Lab, submit: Submit) -> None:
    """Each run that was late leaves out one cell; with twelve of them nothing would ever have run to its end."""
    document = json.loads(submit().notebook)
    place = next(number for number, cell in enumerate(document["cells"]) if cell["id"] == "two")
    blank: dict[str, object] = {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": BUSY,
    }
    slow = [blank | {"id": f"slow-{number}"} for number in range(12)]
    document["cells"][place:place] = slow
    hurried = lab.model_copy(update={"limits": lab.limits.model_copy(update={"seconds": 2.5})})
    handed_in = submit().model_copy(update={"notebook": json.dumps(document).encode()})
    report = grade(hurried, handed_in, ProcessSandbox, image="test")
    assert outcomes(report)["test_one"] == "passed"
    assert outcomes(report)["test_three"] == "timeout"
    assert "the cells before it used up the notebook's time" in report.results[-1].reason


def test_a_cell_that_ends_only_after_a_question_was_asked_tells_nothing_by_it(grade_toy: Grade) -> None:
    """The first question leaves its argument in a file that outlives the process, as a cache does; a cell reads it."""
    note = f"/tmp/pivotlab-test-{os.getpid()}"
    dies = f"import os, pathlib\nnote = pathlib.Path({note!r})\nif note.exists(): os._exit(int(note.read_text()))\n"
    tells = f"{dies}def one(a):\n    note.write_text(str(70 + a))\n    os._exit(9)"
    try:
        report = grade_toy(one=tells)
        assert "71" not in report.for_learner().model_dump_json(include={"cells", "results"})
        assert next(cell for cell in report.cells if cell.id == "one").state == "ran"
    finally:
        Path(note).unlink(missing_ok=True)
