"""One submission, end to end, in both kinds of sandbox: who gets which points, and who is at fault."""

import json
import re

import pytest

from grader.errors import SandboxError
from grader.grade import grade, score
from grader.judge_side import Reported
from grader.model import HiddenTest, Lab, Limits, Outcome, Report, Status
from grader.sandbox import ProcessSandbox, Role, Sandbox, Start
from tests.conftest import Grade, Submit

FLOOD = """
import os
def two(a, b):
    while True:
        for fd in range(3, 64):
            try:
                os.write(fd, b"x" * 65536)
            except OSError:
                pass
"""

DEATHS_IN_THE_FUNCTION = {
    "killed": ("import os\ndef two(a, b):\n    os.kill(os.getpid(), 9)", "by a signal;", "crashed"),
    "hangs": ("def two(a, b):\n    while True: pass", "longer than 2 s", "timeout"),
    "hangs and swallows": (
        "def two(a, b):\n  while True:\n    try:\n      while True: pass\n    except BaseException: pass",
        "longer than 2 s", "timeout",
    ),
    "exits": ("import os\ndef two(a, b):\n    os._exit(7)", "ended itself;", "crashed"),
    "closes the stream": (
        "import os\ndef two(a, b):\n    os.closerange(3, 64)\n    while True: pass",
        "closed its connection|ended itself;", "crashed",
    ),
    "floods its descriptors": (FLOOD, "cannot be an answer", "crashed"),
}  # fmt: skip

DEATHS_IN_THE_CELL = {
    "killed": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "by a signal (signal 9)", "crashed"),
    "hangs": ("while True: pass", "longer than 5 s (in cell two, line 1)", "timeout"),
    "exits": ("import os\nos._exit(7)", "ended itself (exit code 7)", "crashed"),
}


def outcomes(report: Report) -> dict[str, str]:
    return {result.test: result.outcome.value for result in report.results}


def earned(report: Report) -> dict[str, float]:
    return {exercise: report.earned(exercise)[0] for exercise in report.exercises()}


def test_the_reference_has_full_marks(grade_toy: Grade) -> None:
    report = grade_toy()
    assert (report.status, report.score, report.points, report.hints) == (Status.GRADED, 9, 9, {})


def test_a_wrong_answer_loses_its_own_points_and_gets_its_hint(grade_toy: Grade) -> None:
    report = grade_toy(two="def two(a, b):\n    return 42")
    assert outcomes(report) == {
        "test_one": "passed", "test_two": "passed", "test_two_of_text": "failed", "test_three": "passed",
    }  # fmt: skip
    assert earned(report) == {"one": 1, "two": 2, "three": 4}
    assert report.hints == {"two": "There is an operator for that."}


@pytest.mark.parametrize("death", DEATHS_IN_THE_FUNCTION)
def test_a_process_that_ends_in_a_question_costs_that_test_alone(grade_toy: Grade, death: str) -> None:
    source, reason, outcome = DEATHS_IN_THE_FUNCTION[death]
    report = grade_toy(two=source)
    assert earned(report) == {"one": 1, "two": 0, "three": 4}
    assert outcomes(report)["test_two"] == outcome
    assert re.search(reason, report.results[1].reason)


@pytest.mark.parametrize("death", DEATHS_IN_THE_CELL)
def test_a_process_that_ends_in_a_cell_costs_that_exercise_alone(grade_toy: Grade, death: str) -> None:
    source, reason, outcome = DEATHS_IN_THE_CELL[death]
    report = grade_toy(two=source)
    assert earned(report) == {"one": 1, "two": 0, "three": 4}
    assert outcomes(report)["test_two"] == outcome
    assert reason in report.results[1].reason
    assert {cell.id: cell.state for cell in report.cells}["two"] == outcome


@pytest.mark.docker
@pytest.mark.parametrize("start", [pytest.param("container", marks=pytest.mark.docker)], indirect=True)
def test_memory_beyond_the_limit_is_named_as_the_cause(grade_toy: Grade) -> None:
    report = grade_toy(two="def two(a, b):\n    hoard = []\n    while True: hoard.append(bytearray(10_000_000))")
    assert earned(report) == {"one": 1, "two": 0, "three": 4}
    assert "256 MB" in report.results[1].reason


def test_memory_beyond_the_limit_costs_one_exercise(grade_toy: Grade) -> None:
    report = grade_toy(two="hoard = []\nwhile True: hoard.append(bytearray(10_000_000))")
    assert earned(report) == {"one": 1, "two": 0, "three": 4}
    states = {cell.id: (cell.state, cell.reason) for cell in report.cells}
    assert states["two"][0] == "crashed" or "MemoryError" in states["two"][1]


def test_a_flood_of_output_is_cut_and_costs_nothing(grade_toy: Grade) -> None:
    flood = "print('y' * 5_000_000)\nimport os\nos.write(1, b'z' * 5_000_000)\n"
    report = grade_toy(two=f"{flood}def two(a, b):\n    print('x' * 5_000_000)\n    return a + b")
    assert report.score == 9
    assert len(str(report.cells)) < 200_000


def test_two_hundred_cells_that_show_all_they_may_do_not_fill_the_report(lab: Lab, submit: Submit) -> None:
    document = json.loads(submit().notebook)
    document["cells"] += [{"cell_type": "code", "source": "print('x' * 60_000)"}] * 200
    crowded = submit().model_copy(update={"notebook": json.dumps(document).encode()})
    report = grade(lab, crowded, ProcessSandbox, image="test")
    assert report.score == 9
    assert len(report.model_dump_json()) < 40 * 64 * 1024


def test_odd_outputs_are_told_and_cost_nothing(grade_toy: Grade) -> None:
    deep = "from IPython.display import publish_display_data\nd = {}\nfor _ in range(300): d = {'a': d}\n"
    report = grade_toy(
        one=f"{deep}publish_display_data({{'text/plain': d}})\nprint(chr(0xD800))\ndef one(a): return a + 1"
    )
    assert report.score == 9
    assert report.model_dump_json()


def test_half_a_character_in_a_cell_costs_nothing(lab: Lab, submit: Submit, start: Start) -> None:
    submission = submit(two="'HALF'\ndef two(a, b): return a + b")
    halved = submission.model_copy(update={"notebook": submission.notebook.replace(b"HALF", b"\\ud800")})
    report = grade(lab, halved, start, image="test")
    assert report.score == 9
    assert report.model_dump_json()


@pytest.mark.parametrize("start", [pytest.param("container", marks=pytest.mark.docker)], indirect=True)
def test_a_full_disk_costs_what_was_to_be_written_there(grade_toy: Grade) -> None:
    fill = "for name in ('/work/big', '/tmp/big', '/dev/shm/big'):\n    open(name, 'wb').write(bytes(30 << 20))\n"
    report = grade_toy(two=f"{fill}def two(a, b): return a + b")
    assert earned(report) == {"one": 1, "two": 0, "three": 4}
    assert "OSError in cell two, line 2" in {cell.reason for cell in report.cells}


def test_a_notebook_that_never_stands_still_ends(grade_toy: Grade) -> None:
    report = grade_toy(**dict.fromkeys(["one", "two", "three"], "import os\nos._exit(1)"))
    assert (report.status, report.score) == (Status.GRADED, 0)
    assert {result.outcome for result in report.results} == {Outcome.CRASHED}


def test_a_notebook_is_started_anew_a_bounded_number_of_times(lab: Lab, submit: Submit) -> None:
    names = [f"test_number_{number}" for number in range(10)]
    tests = tuple(HiddenTest(name=name, points=1, title="Any") for name in names)
    exercise = lab.exercises[0].model_copy(update={"tests": tests})
    hidden = "\n".join(f"def {name}(notebook):\n    assert notebook.one(1) == 2\n" for name in names)
    longer = lab.model_copy(update={"exercises": (exercise,), "hidden": {"test_many.py": hidden.encode()}})
    report = grade(longer, submit(one="import os\ndef one(a):\n    os._exit(7)"), ProcessSandbox, image="test")
    reasons = [result.reason for result in report.results]
    assert [reason.partition(";")[0] for reason in reasons] == (
        ["its process ended itself"] * 7 + ["its process was started 7 times and ended each time"] * 3
    )


def test_a_promised_test_that_does_not_report_earns_nothing(grade_toy: Grade) -> None:
    report = grade_toy(hidden={"test_sums.py": b"def test_one(notebook):\n    assert notebook.one(1) == 2\n"})
    assert (report.status, report.score) == (Status.GRADED, 1)
    assert outcomes(report)["test_three"] == "missing"


def test_a_skipped_test_earns_nothing_and_is_the_authors_fault(grade_toy: Grade) -> None:
    skips = b"import pytest\ndef test_one(notebook):\n    notebook.one(1)\n    pytest.skip('later')\n"
    report = grade_toy(hidden={"test_sums.py": skips})
    assert report.score == 0
    assert outcomes(report)["test_one"] == "error"


def test_a_test_that_breaks_before_it_asked_is_the_authors_fault(grade_toy: Grade) -> None:
    report = grade_toy(hidden={"test_sums.py": b"def test_one(notebook):\n    assert notebok.one(1) == 2\n"})
    assert outcomes(report)["test_one"] == "error"


def test_an_answer_that_breaks_a_test_is_a_wrong_answer(grade_toy: Grade) -> None:
    hidden = {"test_sums.py": b"def test_one(notebook):\n    assert notebook.one(1)['sum'] == 2\n"}
    assert outcomes(grade_toy(hidden=hidden))["test_one"] == "failed"


def test_a_name_that_was_not_promised_earns_nothing(lab: Lab) -> None:
    results = score(lab, {"test_bonus": Reported(outcome=Outcome.PASSED)}, ())
    assert sum(result.earned for result in results) == 0
    assert "test_bonus" not in {result.test for result in results}


@pytest.mark.parametrize(
    ("hidden", "reason"),
    [
        ("import nothing_of_that_name\n", "cannot be read"),
        ("def test_one(notebook):\n", "cannot be read"),
        ("import os\nos._exit(3)\n", "code 3"),
        ("import os\ndef test_one(notebook):\n    notebook.one(1)\n    os._exit(4)\n", "code 4"),
    ],
)
def test_tests_that_cannot_run_leave_a_submission_ungraded(grade_toy: Grade, hidden: str, reason: str) -> None:
    report = grade_toy(hidden={"test_sums.py": hidden.encode()})
    assert (report.status, report.score) == (Status.UNGRADED, None)
    assert reason in report.reason


def test_hidden_data_that_does_not_fit_leaves_a_submission_ungraded_in_a_container(
    grade_toy: Grade, start: object
) -> None:
    hidden = {"test_sums.py": b"def test_one(notebook):\n    assert notebook.one(1) == 2\n", "big.bin": bytes(20 << 20)}
    report = grade_toy(hidden=hidden)
    if "ProcessSandbox" in str(start):
        assert report.score == 1  # an unbounded disk takes it
    else:
        assert report.status is Status.UNGRADED
        assert "No space left" in report.reason


def test_a_sandbox_of_ours_that_fails_is_tried_again_twice(lab: Lab, submit: Submit) -> None:
    failures = [SandboxError("no room"), SandboxError("no room")]

    def flaky(role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> Sandbox:
        # The two sandboxes of a try are started beside each other.
        if role is Role.LEARNER and failures:
            raise failures.pop()
        return ProcessSandbox(role, limits, imports)

    assert grade(lab, submit(), flaky, image="test").score == 9
    failures.extend([SandboxError("no room")] * 3)
    report = grade(lab, submit(), flaky, image="test")
    assert (report.status, report.score, report.reason) == (Status.UNGRADED, None, "no room")


def test_two_runs_give_the_same_report_but_for_times(grade_toy: Grade) -> None:
    answers = {
        "two": "print({1, 'a'}, hash('a'))\nobject()",
        "three": "1/0",
        "one": "def one(a):\n    raise KeyError(a)",
    }
    first, second = (_without_times(grade_toy(**answers)) for _ in range(2))
    assert first == second


def test_a_learner_is_not_told_what_a_hidden_test_gave_their_code(grade_toy: Grade) -> None:
    answers = {
        "one": "def one(a):\n    raise KeyError(f'given {a}')",
        "two": "def two(a, b):\n    print('got', a)\n    return a",
    }
    report = grade_toy(**answers)
    assert "given 41" in report.model_dump_json()
    assert report.seconds > 0
    assert (report.for_learner().seconds, {one.seconds for one in report.for_learner().results}) == (0, {0})
    told = report.for_learner().model_dump_json()
    assert "given 41" not in told
    assert "got" not in told.replace("print('got', a)", "")


def _without_times(report: Report) -> str:
    timeless = report.model_copy(update={
        "seconds": 0,
        "results": tuple(result.model_copy(update={"seconds": 0}) for result in report.results),
        "cells": tuple(cell.model_copy(update={"seconds": 0}) for cell in report.cells),
    })  # fmt: skip
    return timeless.model_dump_json(indent=1)


FORGER = """
import json, os, struct
def frame(**header):
    text = json.dumps(header).encode()
    return struct.pack(">II", len(text), 0) + text
forged = b"".join(
    frame(kind="result", test="test_two", outcome="passed", seconds=0, id="", state="value", reason="")
    + frame(kind="answer", id="0" * 32, state="value", reason="") + frame(kind="done") for _ in range(20)
)
def shout():
    for fd in range(3, 64):
        try:
            os.write(fd, forged)
        except OSError:
            pass
class Agreeable(int):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __hash__ = int.__hash__
shout()
def two(a, b):
    shout()
    return Agreeable(7)
"""


def test_frames_that_nobody_asked_for_earn_nothing(grade_toy: Grade) -> None:
    report = grade_toy(two=FORGER)
    assert report.status is Status.GRADED
    assert earned(report) == {"one": 1, "two": 0, "three": 4}


def test_a_judge_that_breaks_before_its_tests_ran_costs_nobody_points(grade_toy: Grade) -> None:
    hidden = {"test_sums.py": b"def test_one(notebook): pass", "conftest.py": b"def pytest_runtestloop(): 1 / 0"}
    report = grade_toy(hidden=hidden)
    assert (report.status, report.score) == (Status.UNGRADED, None)
    assert "ended (code 3)" in report.reason
