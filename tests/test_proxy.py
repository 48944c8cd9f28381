"""What a hidden test can ask for, end to end: objects by reference, code, sources, outputs, files, servers."""

import pytest

from grader.conversation import converse
from grader.model import Lab
from grader.sandbox import Start
from grader.submission import rebuild
from tests.conftest import Grade, Submit

LEARNERS_CELL = """
class Thing:
    size = 3
    def double(self, number): return 2 * number
thing, other = Thing(), Thing()
def use(a_thing): return a_thing.size + 1
open("left.txt", "w").write("left")
print("shown")
"""

ASKS_FOR_EVERYTHING = b"""
import pytest
from grader.inside.proxy import LearnerError
from grader.inside.wire import WireError

def test_one(notebook, sandbox):
    thing = notebook["thing"]
    assert thing.size == 3
    assert thing.double(2) == 4
    assert notebook.use(thing) == 4
    assert notebook.run("use(given) + extra", given=thing, extra=10) == 14
    assert thing == notebook["other"] or thing != notebook["other"]
    with pytest.raises(TypeError, match="ask it for data"):
        thing == 3
    with pytest.raises(TypeError, match="ask it for data"):
        bool(thing)
    with pytest.raises(LearnerError, match="AttributeError"):
        thing.weight
    with pytest.raises(LearnerError, match="defines no nothing"):
        notebook.nothing(1)
    with pytest.raises(WireError, match="send data"):
        notebook.use(object())
    assert notebook.source("two").strip().startswith("class Thing")
    assert notebook.outputs("two")[0]["text"] == "shown\\n"
    assert sandbox.read("left.txt") == b"left"

def test_three(notebook, sandbox):
    command = ["python", "-m", "http.server", "--bind", "127.0.0.1", "8131"]
    server = sandbox.start(command, port=8131)
    assert server.get("/left.txt").content == b"left"
    assert server.get("/none").status_code == 404
    assert server.post("/left.txt", json={"a": 1}).status_code == 501
"""


def test_a_hidden_test_reaches_all_that_an_author_was_promised(grade_toy: Grade) -> None:
    report = grade_toy(two=LEARNERS_CELL, hidden={"test_sums.py": ASKS_FOR_EVERYTHING})
    found = {result.test: (result.outcome.value, result.detail[-1500:]) for result in report.results}
    assert found["test_one"] == ("passed", "")
    assert found["test_three"] == ("passed", "")


def test_a_reference_from_a_sandbox_that_ended_is_no_other_object(lab: Lab, submit: Submit, start: Start) -> None:
    hidden = b"""
import pytest
kept = []

def test_one(notebook):
    kept.append(notebook["thing"])
    notebook.run("__import__('os')._exit(3)")

def test_three(notebook):
    notebook["other"]
    assert kept[0].size == 3
"""
    asked = lab.model_copy(update={"hidden": {"test_sums.py": hidden}})
    said = converse(asked, rebuild(lab, submit(two=LEARNERS_CELL)).cells, start, told={})
    outcomes = {test: one.outcome.value for test, one in said.reported.items()}
    assert (outcomes["test_one"], outcomes["test_three"]) == ("crashed", "failed")
    assert "lost when the sandbox was started anew" in said.reported["test_three"].detail


@pytest.mark.parametrize("code", ["1 +", "import nothing_of_that_name", "undefined"])
def test_code_of_a_question_that_breaks_is_an_answer_that_fails(grade_toy: Grade, code: str) -> None:
    hidden = f"def test_one(notebook):\n    notebook.run({code!r})\n".encode()
    assert grade_toy(hidden={"test_sums.py": hidden}).results[0].outcome.value == "failed"
