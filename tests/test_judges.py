"""A judge that is kept: it serves the next submission as a new one would, and nothing of the last one is left in it."""

from collections.abc import Callable, Iterator

import pytest

from grader.grade import grade
from grader.judges import Judges
from grader.model import Lab, Limits, Report
from grader.sandbox import ProcessSandbox, Role, Sandbox, Start, find_left
from tests.conftest import Submit, kill

# Each turn would see what the one before it left, were there any way.
NOSY = """
import os, pathlib, subprocess, sys
seen = []
def test_one(notebook):
    assert notebook.one(1) == 2
    assert seen == [] and "poison" not in os.environ and not hasattr(sys, "poison")
    seen.append(1)
    os.environ["poison"] = sys.poison = "left"
def test_two(notebook):
    assert notebook.two(1, 2) == 3
    {leave}
def test_two_of_text(notebook):
    assert notebook.two("a", "b") == "ab"
    assert not pathlib.Path("note").exists()
    pathlib.Path("note").write_text("left")
def test_three(notebook):
    assert notebook.three(1, 2, 3) == 6
"""

Counted = Callable[..., Report]


class Counter:
    """A Start that counts, and keeps what it started."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self.judges: list[Sandbox] = []

    def start(self, role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> Sandbox:
        sandbox = self._start(role, limits, imports)
        if role is Role.JUDGE:
            self.judges.append(sandbox)
        return sandbox


@pytest.fixture
def counter(start: Start) -> Counter:
    return Counter(start)


@pytest.fixture
def judges(counter: Counter) -> Iterator[Judges]:
    judges = Judges(counter.start, keep=2)
    yield judges
    judges.close()


@pytest.fixture
def grade_in_turn(lab: Lab, submit: Submit, counter: Counter, judges: Judges) -> Counted:
    def make(hidden: str | None = None, **answers: str) -> Report:
        changed = lab if hidden is None else lab.model_copy(update={"hidden": {"test_sums.py": hidden.encode()}})
        return grade(changed, submit(**answers), counter.start, image="test", judges=judges)

    return make


def test_one_judge_serves_many_submissions_each_by_its_own_answers(grade_in_turn: Counted, counter: Counter) -> None:
    wrong = "def two(a, b): return 42"
    assert [grade_in_turn(two=source).score for source in (wrong, "def two(a, b): return a + b", wrong)] == [7, 9, 7]
    assert len(counter.judges) == 1


def test_no_turn_sees_what_the_one_before_it_did(grade_in_turn: Counted, counter: Counter) -> None:
    nosy = NOSY.format(leave="pass")
    assert [grade_in_turn(nosy).score for _ in range(3)] == [9, 9, 9]
    assert len(counter.judges) == 1


@pytest.mark.parametrize(
    "leave",
    [
        "subprocess.Popen(['sleep', '60'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)",
        "pathlib.Path('hidden/test_sums.py').write_text('def test_one(): pass')",
    ],
    ids=["a process", "a changed file"],
)
def test_a_judge_in_which_a_turn_left_something_serves_no_other(
    grade_in_turn: Counted, counter: Counter, leave: str
) -> None:
    nosy = NOSY.format(leave=leave)
    assert [grade_in_turn(nosy).score for _ in range(2)] == [9, 9]
    assert len(counter.judges) == 2


def test_a_judge_that_an_answer_brought_down_serves_no_other(grade_in_turn: Counted, counter: Counter) -> None:
    brittle = NOSY.format(leave="pass").replace("== 3", "== 3 or os._exit(5)")
    assert grade_in_turn(brittle, two="def two(a, b): return a * b").score == 5
    assert grade_in_turn(brittle).score == 9
    assert len(counter.judges) == 2


def test_a_judge_that_died_while_it_was_idle_costs_nobody_anything(grade_in_turn: Counted, counter: Counter) -> None:
    grade_in_turn()
    kill(counter.judges[0])
    assert grade_in_turn().score == 9
    assert len(counter.judges) == 2


def test_other_hidden_tests_or_limits_get_another_judge(
    lab: Lab, submit: Submit, grade_in_turn: Counted, counter: Counter, judges: Judges
) -> None:
    grade_in_turn()
    grade_in_turn(NOSY.format(leave="pass"))
    roomier = lab.model_copy(update={"limits": lab.limits.model_copy(update={"memory_mb": 1024})})
    grade(roomier, submit(), counter.start, image="test", judges=judges)
    assert len(counter.judges) == 3


def test_a_test_file_that_starts_a_thread_gets_a_new_judge_each_time(grade_in_turn: Counted, counter: Counter) -> None:
    threaded = "import threading, time\nthreading.Thread(target=time.sleep, args=(99,), daemon=True).start()"
    assert [grade_in_turn(threaded + NOSY.format(leave="pass")).score for _ in range(2)] == [9, 9]
    assert len(counter.judges) == 2


def test_the_parent_of_a_turn_cannot_be_read_by_it(grade_in_turn: Counted, lab: Lab) -> None:
    reads = "assert not os.access(f'/proc/{os.getppid()}/mem', os.R_OK) or os.getuid() == 0"
    assert grade_in_turn(NOSY.format(leave=reads)).score == 9


def test_judges_that_are_closed_leave_nothing(lab: Lab, submit: Submit) -> None:
    counter = Counter(ProcessSandbox)
    judges = Judges(counter.start, keep=1)
    grade(lab, submit(), counter.start, image="test", judges=judges)
    judges.close()
    assert find_left() == []


def test_a_judge_that_comes_back_too_late_is_closed_too(lab: Lab, submit: Submit) -> None:
    judges = Judges(ProcessSandbox, keep=1)
    judge = judges.take(lab)
    judges.close()
    judges.give_back(judge, is_fit=True)
    assert find_left() == []


LATE = """
import sys
import pandas
ahead = "pandas.core.methods.to_dict" in sys.modules
def test_one(notebook):
    assert ("pandas.core.methods.to_dict" in sys.modules) is {expected}
    assert not ahead
"""


@pytest.mark.parametrize(("keep", "expected"), [(1, True), (0, False)])
def test_a_judge_that_is_kept_has_loaded_what_its_forks_would_each_load(
    lab: Lab, submit: Submit, start: Start, keep: int, *, expected: bool
) -> None:
    changed = lab.model_copy(update={"hidden": {"test_late.py": LATE.format(expected=expected).encode()}})
    judges = Judges(start, keep=keep)
    report = grade(changed, submit(), start, image="test", judges=judges)
    judges.close()
    assert report.results[0].outcome == "passed", report.results[0].detail
