"""Courses that we did not make: nbgrader's own quickstart, graded by its own test cells unchanged."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbgrader
import pytest
from nbgrader.api import Gradebook

from grader.cli import app
from grader.errors import UsageError
from grader.grade import grade as grade_one
from grader.model import Status, Submission
from grader.sandbox import ProcessSandbox, Start
from grader.teaching.course import list_assignments, open_course
from grader.teaching.names import CodeCell, Role, find_obstacle, plan
from grader.teaching.stock import read_stock

SAMPLES = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "submitted"
PROBLEM = "source/ps1/problem1.ipynb"
TESTS = ("correct_squares", "squares_invalid_input", "correct_sum_of_squares", "sum_of_squares_uses_squares")
Grade = Callable[..., int]
HandIn = Callable[..., Path]
Write = Callable[..., Path]


def run_nbgrader(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=folder, capture_output=True, text=True, check=False,
        timeout=280, env=os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
    )  # fmt: skip


@pytest.fixture(scope="session")
def quickstart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stock")
    made = run_nbgrader(folder, "quickstart", "course101")
    assert made.returncode == 0, made.stderr
    return folder / "course101"


@pytest.fixture
def course(quickstart: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(quickstart, tmp_path / "course101"))


@pytest.fixture
def grade(course: Path) -> Grade:
    def run(*more: str, sandbox: str = "process") -> int:
        code: int = app(
            ["course", "grade", *more, "--course", str(course), "--sandbox", sandbox], standalone_mode=False
        )
        return code

    return run


@pytest.fixture
def hand_over(course: Path) -> HandIn:
    """Put the instructor's own problem1 into `submitted`, some cells changed, and more cells at its end."""

    def put(student: str, *more: str, notebook: str = "problem1", **answers: str) -> Path:
        document = json.loads((course / "source" / "ps1" / f"{notebook}.ipynb").read_bytes())
        for cell in document["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = answers.get(name, cell["source"])
        document["cells"] += [code_cell(text) for text in more]
        place = course / "submitted" / student / "ps1"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{notebook}.ipynb").write_text(json.dumps(document))
        return place

    return put


@pytest.fixture
def write(course: Path) -> Write:
    """Make the assignment one notebook, `problem1`, of these cells: (id, role, text)."""

    def put(*cells: tuple[str, str, str]) -> Path:
        (course / "source" / "ps1" / "problem2.ipynb").unlink(missing_ok=True)
        document = {"nbformat": 4, "nbformat_minor": 0, "metadata": {}, "cells": [code_cell(*one) for one in cells]}
        file = course / PROBLEM
        file.write_text(json.dumps(document))
        return file

    return put


def code_cell(name: str, role: str = "", text: str = "") -> dict[str, Any]:
    """A cell of the instructor's by id, role and text; with a text alone, one of nobody's mark."""
    if not role:
        name, text = "", name
    marked = {
        "grade_id": name, "grade": role == "test", "solution": role == "solution", "locked": role == "locked",
        "schema_version": 3, "task": False,
    } | ({"points": 2} if role == "test" else {})  # fmt: skip
    metadata = {"nbgrader": marked} if role in {"test", "solution", "locked"} else {}
    return {"cell_type": "code", "metadata": metadata, "source": text, "outputs": [], "execution_count": None}


def points(course: Path, student: str, notebook: str = "problem1") -> dict[str, Any]:
    with Gradebook(f"sqlite:///{course}/gradebook.db", "course101") as gradebook:
        book = gradebook.find_submission_notebook(notebook, "ps1", student)
        return {one.name: one.auto_score for one in book.grades}


def waiting(course: Path, student: str) -> set[str]:
    with Gradebook(f"sqlite:///{course}/gradebook.db", "course101") as gradebook:
        books = gradebook.find_submission("ps1", student).notebooks
        return {one.name for book in books for one in book.grades if one.needs_manual_grade}


def earned(course: Path, student: str) -> list[float]:
    mine = points(course, student)
    return [mine[cell] for cell in TESTS]


def test_the_sample_submissions_of_nbgrader_get_their_scores(course: Path, grade: Grade) -> None:
    shutil.copytree(SAMPLES, course / "submitted")
    assert grade() == 0
    assert earned(course, "hacker") == [1, 1, 0.5, 0.5]
    assert earned(course, "bitdiddle") == [0, 1, 0, 0.5]
    assert points(course, "bitdiddle")["sum_of_squares_application"] == 0, "it was left as it was given"
    prose = {"sum_of_squares_equation", "cell-938593c4a215c6cc", "part-a", "part-b"}
    assert waiting(course, "hacker") == prose | {"sum_of_squares_application"}
    made = run_nbgrader(course, "generate_feedback", "ps1", "--force")
    assert made.returncode == 0, made.stderr
    assert (course / "feedback" / "hacker" / "ps1" / "problem1.html").is_file()


def test_a_wrong_answer_loses_what_its_test_cells_are_worth(course: Path, hand_over: HandIn, grade: Grade) -> None:
    hand_over("right")
    hand_over("silent", squares="def squares(n):\n    return [i ** 2 for i in range(1, n + 1)]")
    hand_over("alone", sum_of_squares="def sum_of_squares(n):\n    return n * (n + 1) * (2 * n + 1) // 6")
    hand_over("empty", squares="")
    grade("ps1")
    assert earned(course, "right") == [1, 1, 0.5, 0.5]
    assert earned(course, "silent") == [1, 0, 0.5, 0.5]
    assert earned(course, "alone") == [1, 1, 0.5, 0]
    assert earned(course, "empty") == [0, 0, 0, 0]


EQUAL = """class Equal(list):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __bool__(self): return True
class Alike:
    __eq__ = Equal.__eq__
"""
FORGERIES = {
    "equal-list": EQUAL + "def squares(n):\n    return Equal()",
    "equal-object": EQUAL + "def squares(n):\n    return Alike()",
    "builtins": (
        "import builtins\nbuiltins.AssertionError = type('E', (Exception,), {})\nbuiltins.sum = lambda *_: 385\n"
        "def squares(n): return None\ndef sum_of_squares(n): return None"
    ),
    "shell": (
        "get_ipython().showtraceback = lambda *a, **k: None\nget_ipython().run_cell = lambda *a, **k: None\n"
        "def squares(n): return None"
    ),
    "exit": "import os\ndef squares(n): os._exit(0)",
    "moments": "_pivotlab_moments = type('M', (dict,), {'get': lambda *_: {}})()\ndef squares(n): return 1",
}


def test_forgeries_earn_nothing(course: Path, hand_over: HandIn, grade: Grade) -> None:
    for student, forgery in FORGERIES.items():
        hand_over(student, squares=forgery)
    grade("ps1")
    got = {student: earned(course, student)[:2] for student in FORGERIES}
    assert set(map(tuple, got.values())) == {(0, 0)}, got


IMPORTS = ("", "other", "import numpy as np\n%matplotlib inline")
MEAN = ("mean", "solution", "def mean(x):\n    ### BEGIN SOLUTION\n    return np.mean(x)\n    ### END SOLUTION")
HELPER = ("helper", "locked", "def near(a, b):\n    return abs(a - b) < 1e-9")
MEAN_TEST = (
    "mean-test", "test",
    ("assert np.allclose(mean([1, 2, 3]), 2)\n"
    "### BEGIN HIDDEN TESTS\nassert near(mean([1, 2]), 1.5)\n### END HIDDEN TESTS"),
)  # fmt: skip


def test_the_instructors_imports_and_helpers_are_not_the_learners(
    course: Path, write: Write, hand_over: HandIn, grade: Grade
) -> None:
    write(IMPORTS, HELPER, MEAN, MEAN_TEST)
    hand_over("right")
    forged = (
        "class np:\n    allclose = staticmethod(lambda *_: True)\nnear = lambda *_: True\ndef mean(x):\n    return 7"
    )
    hand_over("forger", forged, mean=forged)
    assert grade() == 0
    assert points(course, "right") == {"mean-test": 2}
    assert points(course, "forger") == {"mean-test": 0}


def test_hidden_tests_are_run_and_not_shown_to_learners(
    course: Path, write: Write, hand_over: HandIn, grade: Grade
) -> None:
    write(IMPORTS, HELPER, MEAN, MEAN_TEST)
    hand_over("two", mean="def mean(x):\n    return 2")
    grade()
    assert points(course, "two") == {"mean-test": 0}
    shown = (course / "autograded" / "two" / "ps1" / "problem1.ipynb").read_text()
    assert "assert np.allclose(mean" in shown
    assert "1.5" not in shown
    assert "return 2" in shown


@pytest.fixture
def judge(course: Path, write: Write) -> Callable[..., list[str]]:
    """Outcomes of the test cells, without a gradebook: of the instructor's notebook with some cells changed."""

    def run(*cells: tuple[str, str, str], start: Start = ProcessSandbox, **answers: str) -> list[str]:
        file = write(*cells)
        (one,) = list_assignments(open_course(course), with_stock=True)
        lab = read_stock(open_course(course), one, "core").lab()
        document = json.loads(file.read_bytes())
        for cell in document["cells"]:
            cell["source"] = answers.get(cell["metadata"].get("nbgrader", {}).get("grade_id"), cell["source"])
        handed = Submission(id="x", learner="x", lab_id=lab.id, notebook=json.dumps(document).encode())
        report = grade_one(lab, handed, start, image="test")
        assert report.status is Status.GRADED, report.reason
        return [str(result.outcome) for result in report.results]

    return run


def test_test_cells_share_names_that_no_learner_can_give(judge: Callable[..., list[str]]) -> None:
    cells = (
        ("one", "solution", "def one():\n    return 1"),
        ("first", "test", "expected = one() * 1\nassert expected == 1"),
        ("second", "test", "assert one() == expected"),
    )
    assert judge(*cells) == ["passed", "passed"]
    forged = "expected = 7\ndef one():\n    if globals().setdefault('n', 0): return 7\n    raise ValueError"
    assert judge(*cells, one=forged) == ["failed", "failed"]


def test_exceptions_arrive_as_pythons_own(judge: Callable[..., list[str]]) -> None:
    cells = (
        ("parse", "solution", "import json\ndef parse(text):\n    return json.loads(text)"),
        ("t", "test", ("try:\n    parse('{')\nexcept ValueError as error:\n    assert 'property' in str(error)"
                      "\nelse:\n    raise AssertionError")),
    )  # fmt: skip
    assert judge(*cells) == ["passed"]
    assert judge(*cells, parse="class Own(Exception): pass\ndef parse(text):\n    raise Own('property')") == ["failed"]
    assert judge(*cells, parse="def parse(text):\n    raise TypeError('property')") == ["failed"]


def test_what_a_call_does_to_its_arguments_is_seen(judge: Callable[..., list[str]]) -> None:
    text = (
        "import numpy as np\nimport pandas as pd\n"
        "rows, table = [2, 1], pd.DataFrame({'a': [1.0, None]})\nvector, said = np.array([1.5]), {'a': {1}}\n"
        "work(rows, table, vector, said=said)\n"
        "assert rows == [1, 2, 3]\nassert table['a'].tolist() == [1, 0] and list(table) == ['a', 'b']\n"
        "assert vector[0] == 3\nassert said == {'b': {1}}"
    )
    cells = (
        ("work", "solution", ("def work(rows, table, vector, said):\n    rows.sort()\n    rows.append(3)\n"
            "    table.fillna(0, inplace=True)\n    table['b'] = 1\n    vector *= 2\n    said['b'] = said.pop('a')")),
        ("t", "test", text),
        ("kept", "solution", "def kept(rows):\n    return sorted(rows)"),
        ("kept-test", "test", "given = [2, 1]\nassert kept(given) == [1, 2]\nassert given == [2, 1]"),
    )  # fmt: skip
    assert judge(*cells) == ["passed", "passed"]
    assert judge(*cells, kept="def kept(rows):\n    rows.sort()\n    return rows") == ["passed", "failed"]


def test_a_name_is_what_it_was_when_the_notebook_came_to_the_test(judge: Callable[..., list[str]]) -> None:
    cells = (
        ("a", "solution", "result = [1]"),
        ("a-test", "test", "assert result == [1]"),
        ("b", "solution", "result.append(2)"),
        ("b-test", "test", "assert result == [1, 2]"),
    )
    assert judge(*cells) == ["passed", "passed"]
    assert judge(*cells, a="result = [1, 2]", b="") == ["failed", "passed"]


def test_what_a_test_cell_sets_the_learners_code_sees(judge: Callable[..., list[str]]) -> None:
    cells = (
        ("rate", "locked", "rate = 2"),
        ("pay", "solution", "def pay(hours):\n    return hours * rate"),
        ("t", "test", "assert pay(3) == 6\nrate = 5\nassert pay(3) == 15"),
    )
    assert judge(*cells) == ["passed"]
    assert judge(*cells, pay="def pay(hours):\n    return hours * 2") == ["failed"]


def test_objects_of_the_learners_are_asked_and_never_believed(judge: Callable[..., list[str]]) -> None:
    cells = (
        ("point", "solution", ("class Point:\n    def __init__(self, x):\n        self.x = x\n"
            "    def __str__(self):\n        return f'<{self.x}>'\n    def __len__(self):\n        return self.x\n"
            "    def __iter__(self):\n        return iter([self.x])")),
        ("t", "test", ("assert callable(Point)\np = Point(3)\n"
            "assert (p.x, str(p), len(p), list(p)) == (3, '<3>', 3, [3])"
            "\nassert not hasattr(p, 'y')")),
        ("u", "test", "assert Point(3) == 4"),
        ("v", "test", "assert Point(3)"),
    )  # fmt: skip
    assert judge(*cells) == ["passed", "failed", "failed"]
    liar = "class Point:\n    x = 3\n    def __init__(self, x): pass\n    __eq__ = __bool__ = lambda *_: True"
    assert judge(*cells, point=liar) == ["failed", "failed", "failed"]


FAILS = (
    ("%timeit mean([1])", "it uses what only a notebook has: a magic, or get_ipython"),
    ("assert 'mean' in globals()", "it looks around in its own process: globals"),
    ("assert mean(x) is not x", "it asks whether two objects are one and the same, and data that came over is a copy"),
    ("assert x ==", "it is not Python"),
)


@pytest.mark.parametrize(("text", "why"), FAILS)
def test_what_cannot_cross_is_found_by_reading(text: str, why: str) -> None:
    assert find_obstacle(text) == why


@pytest.mark.parametrize("text", ["assert type(f(1)) is int", "assert f() is None", "for _ in range(3):\n    f(_)"])
def test_what_only_looks_like_it_may_cross(text: str) -> None:
    assert find_obstacle(text) == ""


def test_code_that_needs_the_learners_work_is_not_run_in_the_judge() -> None:
    given = plan([
        CodeCell(name="s", role=Role.SOLUTION, text="import numpy as np\ndef f(x):\n    return x"),
        CodeCell(name="o", role=Role.OTHER, text="import math\ny = f(2)\nz = 3\ndef check(v):\n    return f(v) == v"),
        CodeCell(name="w", role=Role.OTHER, text="checked = check(3)"),
        CodeCell(name="t", role=Role.TEST, text="assert np.isclose(y, 2) and check(z) and checked"),
    ])  # fmt: skip
    setup = [part.text for part in given.parts if not part.test]
    assert setup == ["import numpy as np", "import math\nz = 3\ndef check(v):\n    return f(v) == v"]
    assert given.theirs == {"f", "y", "checked"}
    assert given.reads == {"t": ("checked", "f", "y")}


SHAPE = ("shape", "solution", "class Shape:\n    pass\ndef make():\n    return Shape()")
SHAPE_TEST = ("shape-test", "test", "assert isinstance(make(), Shape)")
TIMED = ("timed", "test", "%time make()")


def test_a_cell_that_cannot_cross_is_named_and_its_points_wait_for_a_person(
    course: Path, write: Write, hand_over: HandIn, grade: Grade, capsys: pytest.CaptureFixture[str]
) -> None:
    write(IMPORTS, MEAN, (*MEAN_TEST[:2], "assert np.allclose(mean([1, 2, 3]), 2)"), SHAPE, SHAPE_TEST, TIMED)
    hand_over("amal")
    assert grade() == 4
    told = capsys.readouterr().err
    assert "ungraded: ps1/problem1: cell shape-test: it does not pass with your own solution: TypeError" in told
    assert "ungraded: ps1/problem1: cell timed: it uses what only a notebook has: a magic" in told
    assert points(course, "amal") == {"mean-test": 2, "shape-test": None, "timed": None}
    assert waiting(course, "amal") == {"shape-test", "timed"}
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.Pivotlab.allow_in_learner = ['shape-test', 'timed']\n")
    hand_over("bob", shape="class Shape:\n    pass\ndef make():\n    return 3")
    assert grade() == 0
    assert "cell shape-test runs in the learner's own process, which can forge its points" in capsys.readouterr().err
    assert points(course, "amal") == {"mean-test": 2, "shape-test": 2, "timed": 2}
    assert points(course, "bob") == {"mean-test": 2, "shape-test": 0, "timed": 2}
    assert (
        "run in the learner's own process, which can forge it"
        in (course / "reports" / "ps1" / "problem1" / "bob.json").read_text()
    )


def test_a_source_that_cannot_be_read_is_named_with_its_mend(course: Path, write: Write, grade: Grade) -> None:
    write(MEAN, MEAN)
    with pytest.raises(UsageError, match="nbgrader cannot read it: Duplicate grade id: mean; mend it"):
        grade()
    file = write(MEAN)
    file.write_text(file.read_text().replace('"schema_version": 3', '"schema_version": 1'))
    with pytest.raises(UsageError, match="made with an older nbgrader; run: nbgrader update"):
        grade()
    write(MEAN)
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.Pivotlab.allow_in_learner = 'mean'\n")
    with pytest.raises(UsageError, match=r"c\.Pivotlab\.allow_in_learner a list"):
        grade()


@pytest.mark.docker
def test_quickstart_is_graded_in_containers(course: Path, hand_over: HandIn, grade: Grade) -> None:
    shutil.copytree(SAMPLES, course / "submitted")
    hand_over("equal-list", squares=FORGERIES["equal-list"])
    grade("ps1", sandbox="docker")
    assert earned(course, "hacker") == [1, 1, 0.5, 0.5]
    assert earned(course, "bitdiddle") == [0, 1, 0, 0.5]
    assert earned(course, "equal-list")[:2] == [0, 0]
