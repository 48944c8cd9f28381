"""The learner's check: a clean run, the visible checks, and names that only a kernel with a past knows."""

import json

import pytest

from grader.learning.checking import Checked, check_notebook
from grader.learning.hidden_state import names_made
from grader.model import Lab, Submission
from grader.sandbox import ProcessSandbox
from tests.conftest import Submit


def check(lab: Lab, submission: Submission) -> Checked:
    return check_notebook(lab, submission, ProcessSandbox)


def with_extra(submission: Submission, after: str, source: str) -> Submission:
    """The submission with a code cell of the learner's own after one of ours."""
    document = json.loads(submission.notebook)
    place = [cell["id"] for cell in document["cells"]].index(after) + 1
    extra = {"cell_type": "code", "id": "mine", "metadata": {}, "source": source, "outputs": [], "execution_count": 1}
    document["cells"].insert(place, extra)
    return submission.model_copy(update={"notebook": json.dumps(document).encode()})


def said(checked: Checked) -> dict[str, str]:
    return {one.exercise: one.said for one in checked.exercises}


def test_right_answers_pass_and_nothing_is_left_to_mend(lab: Lab, submit: Submit) -> None:
    checked = check(lab, submit())
    assert said(checked) == {"one": "", "two": "", "three": ""}
    assert (checked.passed, checked.is_clean) == (3, True)


def test_the_start_notebook_is_told_that_nothing_is_answered(lab: Lab) -> None:
    checked = check(lab, Submission(id="a", learner="a", lab_id=lab.id, notebook=lab.notebook))
    assert set(said(checked).values()) == {"not answered yet"}
    assert not checked.is_clean


def test_a_check_that_fails_says_its_message(lab: Lab, submit: Submit) -> None:
    checked = check(lab, submit(one="def one(a):\n    return a"))
    assert said(checked) == {"one": "After 1 comes 2.", "two": "", "three": ""}


def test_a_check_is_ours_whatever_the_notebook_has_in_its_place(lab: Lab, submit: Submit) -> None:
    document = json.loads(submit(one="def one(a):\n    return a").notebook)
    for cell in document["cells"]:
        if cell["id"] == "one-check":
            cell["source"] = "pass"
    changed = Submission(id="a", learner="a", lab_id=lab.id, notebook=json.dumps(document).encode())
    assert said(check(lab, changed))["one"] == "After 1 comes 2."


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("def one(a):\n    return a + missing", "in exercise one, line 2: no cell makes `missing`"),
        ("def one(a):\n    return a + {}", "in exercise one, line 2: TypeError: unsupported operand"),
        ("def one(a, b):\n    return a", "line 1 of the check: TypeError: one() missing 1 required"),
        ("x = 1\nraise ValueError('so')", "line 2: ValueError: so"),
        ("def one(a):\n    return three(1, 2, 3)", "in exercise one, line 2: `three` is made only further down, in"),
        ("def one(a) return a", "SyntaxError"),
        ("import no_such_module", "line 1: no_such_module is not installed here"),
        ("while True: pass", "longer than 5 s"),
        ("import os\nos._exit(3)", "its process ended itself"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_run_is_told_where_and_why(lab: Lab, submit: Submit, answer: str, told: str) -> None:
    assert told in said(check(lab, submit(one=answer)))["one"]


def test_an_answer_that_needs_an_unanswered_exercise_names_it(lab: Lab, submit: Submit) -> None:
    blank = "def two(a, b):\n    raise NotImplementedError"
    checked = check(lab, submit(one="def one(a):\n    return two(a, 1)", two=blank))
    assert "`two` is made only further down" in said(checked)["one"]
    moved = with_extra(submit(three="x = two(1, 2)", two=blank), "two", "pass")
    assert said(check(lab, moved))["three"] == "it needs exercise two, which is not answered yet"


@pytest.mark.parametrize(
    ("after", "source", "told"),
    [
        ("setup", "total = gone * 2", "no cell makes `gone`: a kernel may still know it from a cell that was deleted"),
        ("setup", "total = one(1)", "`one` is made only further down, in exercise one"),
        ("one", "del TWO\nTWO", "line 2: `TWO` is made in cell setup and gone again"),
        ("one", "1 / 0", "line 1: ZeroDivisionError: division by zero"),
    ],
)
def test_a_cell_that_lived_on_the_kernels_past_is_found_out(
    lab: Lab, submit: Submit, after: str, source: str, told: str
) -> None:
    checked = check(lab, with_extra(submit(), after, source))
    (trouble,) = checked.troubles
    assert trouble.cell == f"your cell that begins `{source.splitlines()[0]}`"
    assert told in trouble.text
    assert (checked.passed, checked.is_clean) == (3, False)


def test_a_name_of_a_cell_that_broke_leads_to_that_cell(lab: Lab, submit: Submit) -> None:
    checked = check(
        lab, submit(one="broken\ndef one(a): return a + 1", three="def three(a, b, c): return 6\nx = one(1)")
    )
    assert "`one` is made in exercise one, which did not come to its end" in said(checked)["three"]


def test_a_leak_is_told_with_its_exercise(lab: Lab, submit: Submit) -> None:
    leaking = "def three(train, test, c):\n    model.fit(test, c)"
    checked = check(lab, submit(three=leaking))
    assert [(where, leak.line) for where, leak in checked.leaks] == [("exercise three", 2)]
    assert not checked.is_clean


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("a, (b, *c) = 1, (2, 3)", {"a", "b", "c"}),
        ("import os.path, numpy as np\nfrom x import y as z", {"os", "np", "z"}),
        ("def f(x):\n    inner = 1\nclass C:\n    field = 1", {"f", "C"}),
        ("for i in range(3):\n    if i:\n        j = i", {"i", "j"}),
        ("with open('x') as f: pass\nx = [y for y in f]\n(w := 3)", {"f", "x", "w"}),
        ("%%time\n%time a = 1\n!ls\nb = !pwd\nc = 2", {"a", "b", "c"}),
        ("this is no python", set()),
    ],
)
def test_names_that_a_cell_makes(source: str, made: set[str]) -> None:
    assert names_made(source) == made
