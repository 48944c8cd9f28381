"""The instructor's commands on a course of the toy path; what they wrote is read back with nbgrader itself."""

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from grader import terminal
from grader.cli import app
from grader.errors import GradebookError, UsageError
from grader.labs import load_lab
from grader.learning.handing_in import SEAL, Seal, hand_in
from grader.model import Lab, Outcome, Report, Result, Status
from grader.teaching.course import open_course, read_timestamp
from grader.teaching.stats import measure, read_graded
from tests.conftest import TOY, TOYS, Submit

NAME = "01-sums"
Pivotlab = Callable[..., int]
HandIn = Callable[..., Path]


@pytest.fixture(autouse=True)
def pivotlab(monkeypatch: pytest.MonkeyPatch) -> Pivotlab:
    """The command line in this process: nbgrader takes seconds to import."""
    monkeypatch.setenv("PIVOTLAB_LABS", str(TOYS))
    monkeypatch.setenv("COLUMNS", "120")

    def run(*arguments: str | Path) -> int:
        code: int = app(["course", *map(str, arguments)], standalone_mode=False)
        return code

    return run


@pytest.fixture(scope="session")
def fresh_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("courses") / "fresh"
    assert app(["course", "init", str(folder), "--path", "counting", "--labs", str(TOYS)], standalone_mode=False) == 0
    return folder


@pytest.fixture
def course(fresh_course: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fresh_course, tmp_path / "course"))


@pytest.fixture
def hand_over(course: Path, submit: Submit) -> HandIn:
    """Put a submission where nbgrader collects it, with the reference's answers but for the cells that are given."""

    def put(student: str, when: str = "2026-03-01 12:00:00.000000 UTC", **answers: str) -> Path:
        place = course / "submitted" / student / NAME
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{NAME}.ipynb").write_bytes(submit(**answers).notebook)
        (place / "timestamp.txt").write_text(when)
        return place

    return put


@pytest.fixture
def grade(pivotlab: Pivotlab, course: Path) -> Pivotlab:
    return lambda *more: pivotlab("grade", *more, "--course", course, "--sandbox", "process")


def nbgrader(course: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=course, capture_output=True, text=True, check=False,
        timeout=200, env=os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
    )  # fmt: skip


def open_book(course: Path) -> Gradebook:
    return Gradebook(open_course(course).directory.db_url, "counting")


def scores(course: Path, student: str) -> dict[str, Any]:
    with open_book(course) as gradebook:
        book = gradebook.find_submission_notebook(NAME, NAME, student)
        return {one.name: (one.auto_score, one.manual_score, one.needs_manual_grade) for one in book.grades}


def give(course: Path, student: str, cell: str, points: float | None, comment: str = "") -> None:
    """What nbgrader's formgrader does when somebody types points and a comment."""
    with open_book(course) as gradebook:
        graded = gradebook.find_grade(cell, NAME, NAME, student)
        graded.manual_score, graded.needs_manual_grade = points, points is None and graded.auto_score is None
        if comment:
            gradebook.find_comment(cell, NAME, NAME, student).manual_comment = comment
        gradebook.db.commit()


def cells_of(notebook: Path) -> dict[str, Any]:
    return {cell["id"]: cell for cell in json.loads(notebook.read_bytes())["cells"]}


def test_stock_nbgrader_opens_the_course_and_releases_the_start_notebook(course: Path, lab: Lab) -> None:
    listed = nbgrader(course, "db", "assignment", "list")
    assert f"{NAME} (due: None)" in listed.stdout, listed.stderr
    made = nbgrader(course, "generate_assignment", NAME)
    assert made.returncode == 0, made.stderr
    released = cells_of(course / "release" / NAME / f"{NAME}.ipynb")
    ours = {cell["id"]: cell for cell in json.loads(lab.notebook)["cells"]}
    code = [name for name in ours if ours[name]["cell_type"] == "code"]
    assert ["".join(released[name]["source"]) for name in code] == [ours[name]["source"] for name in code]
    assert "Why do sums matter?" in "".join(released["why"]["source"])
    assert "a + b" not in json.dumps(released)
    assert "Names one sum" not in json.dumps(released)
    assert (course / "release" / NAME / "data" / "two.txt").is_file()


def test_the_source_has_solutions_and_rubrics_for_the_instructor(course: Path) -> None:
    source = cells_of(course / "source" / NAME / f"{NAME}.ipynb")
    assert "return a + b" in source["two"]["source"]
    assert "Names one sum that matters." in source["why"]["source"]


def test_every_exercise_has_its_points_in_the_gradebook(course: Path) -> None:
    with open_book(course) as gradebook:
        book = gradebook.find_notebook(NAME, NAME)
        points = {cell.name: cell.max_score for cell in book.grade_cells}
    assert points == {"one-check": 1, "two-check": 4, "three-check": 4, "why": 2}


def test_init_never_writes_over_what_is_there(pivotlab: Pivotlab, course: Path) -> None:
    source = course / "source" / NAME / f"{NAME}.ipynb"
    (course / "nbgrader_config.py").write_text((course / "nbgrader_config.py").read_text() + "# mine\n")
    mine = {file: file.read_bytes() for file in (source, course / "nbgrader_config.py")}
    (course / "source" / NAME / "data" / "two.txt").unlink()
    assert pivotlab("init", course, "--path", "counting") == 0
    assert {file: file.read_bytes() for file in mine} == mine
    assert (course / "source" / NAME / "data" / "two.txt").is_file()


def test_init_of_an_unknown_path_names_those_there_are(pivotlab: Pivotlab, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no path 'chess'; there are: counting"):
        pivotlab("init", tmp_path / "new", "--path", "chess")
    assert not (tmp_path / "new").exists()


def test_a_folder_without_a_course_is_told_how_to_make_one(pivotlab: Pivotlab, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="make one: pivotlab course init"):
        pivotlab("grade", "--course", tmp_path, "--sandbox", "process")


def test_points_of_every_exercise_are_in_the_gradebook_and_prose_waits_for_a_person(
    course: Path, hand_over: HandIn, grade: Pivotlab
) -> None:
    hand_over("amal", why="They add up.")
    hand_over("bob", three="def three(a, b, c):\n    return 0")
    assert grade() == 0
    assert scores(course, "amal") == {
        "one-check": (1, None, False), "two-check": (4, None, False), "three-check": (4, None, False),
        "why": (None, None, True),
    }  # fmt: skip
    assert scores(course, "bob")["three-check"] == (0, None, False)
    assert scores(course, "bob")["why"] == (0, None, False)
    assert nbgrader(course, "export", "--to", "all.csv").returncode == 0
    rows = (course / "all.csv").read_text().splitlines()
    assert f"{NAME},,2026-03-01 12:00:00,amal,,,,9.0,0.0,9.0,11.0" in rows
    assert any(",bob," in row and ",5.0,0.0,5.0,11.0" in row for row in rows)


def test_a_regrade_keeps_what_a_person_gave_and_said(course: Path, hand_over: HandIn, grade: Pivotlab) -> None:
    hand_over("amal", why="They add up.", three="def three(a, b, c):\n    return 0")
    grade()
    give(course, "amal", "why", 1.5, "Which sum?")
    give(course, "amal", "three-check", 2)
    hand_over("amal", why="They add up.")
    grade()
    assert scores(course, "amal")["why"] == (None, 1.5, False)
    assert scores(course, "amal")["three-check"] == (4, 2, True), "a person should look at it again"
    hand_over("amal", why="They do not.")
    grade()
    assert scores(course, "amal")["why"] == (None, 1.5, True)
    with open_book(course) as gradebook:
        assert gradebook.find_comment("why", NAME, NAME, "amal").comment == "Which sum?"
        assert gradebook.find_submission(NAME, "amal").score == 1 + 4 + 2 + 1.5


def test_a_dry_run_says_who_would_move_and_writes_nothing(
    course: Path, hand_over: HandIn, grade: Pivotlab, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_over("amal")
    hand_over("cara")
    grade()
    with open_book(course) as gradebook:
        gradebook.find_grade("one-check", NAME, NAME, "cara").auto_score = 0
        gradebook.db.commit()
    hand_over("amal", three="def three(a, b, c):\n    return 0")
    hand_over("bob")
    before = {file: file.read_bytes() for file in course.rglob("*") if file.is_file()}
    capsys.readouterr()
    assert grade("--dry-run") == 0
    told = [line.split() for line in capsys.readouterr().out.splitlines()]
    rows = [[word for word in line if word != "│"] for line in told]
    assert ["amal", "9", "5", "-4"] in rows
    assert ["bob", "-", "9", "new"] in rows
    assert ["cara", "8", "9", "+1"] in rows
    assert {file: file.read_bytes() for file in course.rglob("*") if file.is_file()} == before


def test_one_student_alone_can_be_graded(course: Path, hand_over: HandIn, grade: Pivotlab) -> None:
    hand_over("amal")
    hand_over("bob")
    grade(NAME, "--student", "bob")
    assert not (course / "autograded" / "amal").exists()
    assert scores(course, "bob")["two-check"] == (4, None, False)


def test_what_is_no_notebook_of_the_lab_gets_no_points_and_is_told(
    course: Path, hand_over: HandIn, grade: Pivotlab, capsys: pytest.CaptureFixture[str]
) -> None:
    (hand_over("amal") / f"{NAME}.ipynb").write_text("no notebook")
    assert grade() == 2
    assert "rejected: amal" in capsys.readouterr().err
    with open_book(course) as gradebook:
        assert gradebook.students == []


def test_our_failure_writes_no_points_and_is_told(
    course: Path, hand_over: HandIn, grade: Pivotlab, capsys: pytest.CaptureFixture[str], labs: Path
) -> None:
    hand_over("amal")
    grade()
    (labs / TOY / "hidden" / "test_sums.py").write_text("import nothing_that_is_there")
    assert grade("--labs", labs) == 4
    assert "no points were written" in capsys.readouterr().err
    assert scores(course, "amal")["two-check"] == (4, None, False)


@pytest.fixture
def labs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOYS, tmp_path / "labs"))


def test_a_lab_that_changed_after_submissions_came_in_is_graded_anew(
    course: Path, hand_over: HandIn, grade: Pivotlab, pivotlab: Pivotlab, labs: Path
) -> None:
    hand_over("amal")
    grade()
    source, said = labs / TOY / "source.py", labs / TOY / "lab.toml"
    source.write_text(source.read_text().replace('exercise="two"', 'exercise="pair"'))
    toml = said.read_text().replace('id = "two"', 'id = "pair"').replace("points = 4", "points = 3")
    said.write_text(toml)
    app(["notebook", TOY, "--labs", str(labs)], standalone_mode=False)
    assert load_lab(labs, TOY).exercises[1].id == "pair"
    assert grade("--labs", labs) == 0
    graded = scores(course, "amal")
    assert (graded["two-check"], graded["pair-check"]) == ((0, None, False), (4, None, False))
    assert graded["three-check"] == (3, None, False)
    with open_book(course) as gradebook:
        submission = gradebook.find_submission(NAME, "amal")
        assert (submission.score, submission.max_score) == (1 + 4 + 3, 1 + 4 + 3 + 2)


def test_late_work_loses_what_the_course_says_and_an_extension_gives_it_back(
    course: Path, hand_over: HandIn, grade: Pivotlab
) -> None:
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    with open_book(course) as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate=datetime(2026, 2, 28))  # noqa: DTZ001 - as nbgrader has it
    hand_over("amal")
    grade()
    with open_book(course) as gradebook:
        submission = gradebook.find_submission(NAME, "amal")
        assert (submission.score, submission.late_submission_penalty) == (9, 9)
        gradebook.grant_extension(NAME, "amal", days=7)
    grade()
    with open_book(course) as gradebook:
        assert gradebook.find_submission(NAME, "amal").late_submission_penalty == 0


def test_a_locked_gradebook_loses_nothing_and_the_same_command_goes_on(
    course: Path, hand_over: HandIn, grade: Pivotlab
) -> None:
    hand_over("amal")
    other = sqlite3.connect(course / "gradebook.db")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(GradebookError, match=r"locked; .*; nothing is lost, and the same command goes on"):
        grade()
    assert (course / "reports" / NAME / "amal.json").is_file()
    other.rollback()
    other.close()
    assert grade() == 0
    assert scores(course, "amal")["two-check"] == (4, None, False)


HOSTILE = """<script>alert(1)</script>
[x](javascript:alert(1)) $\\href{javascript:alert(1)}{x}$
```
<img src=x onerror=alert(1)>"""
SHOW = """from IPython.display import HTML, Javascript, Markdown
for one in (HTML, Javascript, Markdown):
    display(one("<script>alert(2)</script><b>bold</b>"))
"""


def formgrader_page(notebook: Path) -> str:
    """The page that nbgrader shows to who grades by hand, by its own exporter and template."""
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    resources = {"base_url": "", "index": 0, "total": 1, "student": "x", "notebook_path": "x"}
    page, _ = HTMLExporter(config=config).from_filename(str(notebook), resources=resources)
    return str(page)


def test_formgrader_shows_hostile_work_as_text(course: Path, hand_over: HandIn, grade: Pivotlab) -> None:
    hand_over("amal", why=HOSTILE, three=SHOW + "def three(a, b, c):\n    return a + b + c")
    grade()
    notebook = course / "autograded" / "amal" / NAME / f"{NAME}.ipynb"
    page = formgrader_page(notebook)
    assert "alert(1)" in page
    for live in ("<script>alert", "<img src=x", 'href="javascript:', "onerror=alert(1)>"):
        assert live not in page
    assert "<b>bold</b>" in page
    assert 'id="why-comment"' in page
    assert 'id="three-check"' in page


def test_the_autograded_notebook_has_the_learners_text_and_no_hidden_test(
    course: Path, hand_over: HandIn, grade: Pivotlab, lab: Lab
) -> None:
    hand_over("amal", why="They add up.", three="print('here')\ndef three(a, b, c):\n    return 0")
    grade()
    notebook = course / "autograded" / "amal" / NAME / f"{NAME}.ipynb"
    cells = cells_of(notebook)
    assert cells["why"]["source"] == "```\nThey add up.\n```"
    assert "here" in json.dumps(cells["three"]["outputs"])
    assert "The sum of three numbers: failed, 0 of 4" in json.dumps(cells["three-check"]["outputs"])
    names = [test.name for exercise in lab.exercises for test in exercise.tests]
    assert [name for name in names if name in notebook.read_text()] == []


def test_stock_feedback_can_be_made_of_it(course: Path, hand_over: HandIn, grade: Pivotlab) -> None:
    hand_over("amal", why="They add up.")
    grade()
    give(course, "amal", "why", 2, "Well said.")
    made = nbgrader(course, "generate_feedback", NAME)
    assert made.returncode == 0, made.stderr
    assert "Well said." in (course / "feedback" / "amal" / NAME / f"{NAME}.html").read_text()


def test_nbgraders_own_autograder_runs_nothing_and_changes_no_points(
    course: Path, hand_over: HandIn, grade: Pivotlab
) -> None:
    hand_over("amal", three=f"open({str(course / 'ran')!r}, 'w')\n1 / 0")
    grade()
    (course / "ran").unlink()
    before = scores(course, "amal")
    made = nbgrader(course, "autograde", NAME, "--force")
    assert made.returncode != 0
    assert "run: pivotlab course grade" in made.stderr
    assert not (course / "ran").exists()
    assert scores(course, "amal") == before
    grade()
    assert (course / "autograded" / "amal" / NAME / f"{NAME}.ipynb").is_file()


def test_extra_cells_stand_where_the_learner_put_them(
    course: Path, hand_over: HandIn, grade: Pivotlab, submit: Submit
) -> None:
    place = hand_over("amal")
    document = json.loads(submit().notebook)
    extra = {"cell_type": "code", "id": "mine", "metadata": {}, "source": "print(TWO)", "outputs": []}
    document["cells"].insert(3, extra | {"execution_count": None})
    (place / f"{NAME}.ipynb").write_text(json.dumps(document))
    grade()
    names = list(cells_of(course / "autograded" / "amal" / NAME / f"{NAME}.ipynb"))
    assert names.index("extra-3") == names.index("one") + 1


@pytest.fixture
def seal(tmp_path: Path, lab: Lab, submit: Submit) -> HandIn:
    """Hand in as `pivotlab submit` does, to the folder from which `collect` collects."""
    (tmp_path / "in").mkdir()
    return lambda learner, **answers: hand_in(lab, submit(**answers).notebook, learner, tmp_path / "in")


@pytest.fixture
def collect(pivotlab: Pivotlab, course: Path, tmp_path: Path) -> Pivotlab:
    return lambda: pivotlab("collect", tmp_path / "in", "--course", course)


NAMES = [
    "amal", "Amal Said", "../../etc", "a\"b'c", "أمل الخطيب", "x" * 200, "-rf", "=1+1", "<script>alert(1)</script>",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_any_name_is_collected_below_the_course_and_stands_in_the_gradebook(
    course: Path, seal: HandIn, collect: Pivotlab, grade: Pivotlab, name: str
) -> None:
    seal(name)
    before = set(course.parent.iterdir())
    assert collect() == 0
    (student,) = (course / "submitted").iterdir()
    assert grade() == 0
    with open_book(course) as gradebook:
        (row,) = gradebook.students
        assert row.id == student.name
        assert gradebook.find_submission(NAME, row.id).score == 9
        assert row.last_name + row.first_name == name.translate({ord("<"): "\u2039", ord(">"): "\u203a"})
    assert set(course.parent.iterdir()) == before


def test_names_of_the_roster_are_not_those_that_a_student_gives(
    course: Path, seal: HandIn, collect: Pivotlab, grade: Pivotlab
) -> None:
    with open_book(course) as gradebook:
        gradebook.add_student("amal", first_name="Amal", last_name="Said")
    seal("amal")
    seal("bob")
    assert collect() == 0
    assert grade() == 0
    with open_book(course) as gradebook:
        known = {student.id: (student.first_name, student.last_name) for student in gradebook.students}
    assert known == {"amal": ("Amal", "Said"), "bob": ("", "bob")}


def test_the_last_copy_counts_and_all_are_kept(
    course: Path, seal: HandIn, collect: Pivotlab, capsys: pytest.CaptureFixture[str]
) -> None:
    first = seal("amal", three="1")
    assert collect() == 0
    second = seal("amal")
    assert collect() == 0
    submitted = course / "submitted" / "amal" / NAME
    assert (submitted / f"{NAME}.ipynb").read_bytes() == second.read_bytes()
    kept = (course / "attempts" / "amal" / NAME).rglob("*.ipynb")
    assert {one.read_bytes() for one in kept} == {first.read_bytes(), second.read_bytes()}
    capsys.readouterr()
    assert collect() == 0
    assert "0 new, 1 as before, 0 not taken" in capsys.readouterr().out
    sealed = Seal.model_validate_json((second.parent / SEAL).read_bytes())
    assert read_timestamp(submitted) == sealed.submitted_at.replace(tzinfo=None)


def test_what_nbgrader_collected_itself_is_kept_when_a_newer_copy_comes(
    course: Path, hand_over: HandIn, seal: HandIn, collect: Pivotlab
) -> None:
    theirs = (hand_over("amal", three="1") / f"{NAME}.ipynb").read_bytes()
    seal("amal")
    assert collect() == 0
    (kept,) = (course / "attempts" / "amal" / NAME).glob("collected-before-*")
    assert (kept / f"{NAME}.ipynb").read_bytes() == theirs


def _change(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes() + b" ")


def _steal(copy: Path) -> None:
    theirs = copy.parents[4] / "eve" / "counting" / NAME
    theirs.parent.mkdir(parents=True)
    copy.parents[1].rename(theirs)


def _link(copy: Path) -> None:
    copy.rename(copy.with_name("real.ipynb"))
    copy.symlink_to("real.ipynb")


def _pipe(copy: Path) -> None:
    copy.unlink()
    os.mkfifo(copy)
    # Somebody at its other end, who says nothing.
    os.open(copy, os.O_RDWR)


def _postdate(copy: Path) -> None:
    seal = copy.parent / SEAL
    seal.write_text(seal.read_text().replace('"submitted_at": "20', '"submitted_at": "29'))


def _circle(copy: Path) -> None:
    copy.parent.rename(copy.parent.with_name(".before"))
    copy.parent.symlink_to(copy.parent.name)


def _elsewhere(copy: Path) -> None:
    copy.parent.rename(copy.parents[5] / "elsewhere")
    copy.parent.symlink_to(copy.parents[5] / "elsewhere")


def _break(copy: Path) -> None:
    (copy.parent / SEAL).write_text("{")


@pytest.mark.parametrize("spoil", [_change, _steal, _link, _pipe, _postdate, _circle, _elsewhere, _break])
def test_a_copy_that_is_not_what_its_seal_says_is_named_and_not_taken(
    course: Path, seal: HandIn, collect: Pivotlab, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None]
) -> None:
    copy = seal("amal")
    seal("zaid")
    spoil(copy)
    assert collect() == 2
    assert f"not taken: {course.parent / 'in'}" in capsys.readouterr().err
    assert [one.name for one in (course / "submitted").iterdir()] == ["zaid"]


def test_release_is_the_learners_notebook_and_what_comes_back_is_graded(
    course: Path, pivotlab: Pivotlab, grade: Pivotlab, submit: Submit
) -> None:
    assert pivotlab("release", "--course", course) == 0
    document = json.loads((course / "release" / NAME / f"{NAME}.ipynb").read_bytes())
    answers = {cell["id"]: cell["source"] for cell in json.loads(submit().notebook)["cells"]}
    for cell in document["cells"]:
        if cell["id"] in {"one", "two", "three"}:
            cell["source"] = answers[cell["id"]]
    place = course / "submitted" / "amal" / NAME
    place.mkdir(parents=True)
    (place / f"{NAME}.ipynb").write_text(json.dumps(document))
    assert grade() == 0
    assert scores(course, "amal")["three-check"] == (4, None, False)
    assert scores(course, "amal")["why"] == (0, None, False), "nobody wrote anything there"
    source = course / "source" / NAME / f"{NAME}.ipynb"
    source.write_text(source.read_text().replace("# Sums", "# Sums, mended"))
    assert pivotlab("release", "--course", course) == 0
    assert "# Sums, mended" in (course / "release" / NAME / f"{NAME}.ipynb").read_text()


def test_a_source_that_is_not_the_lab_any_more_is_told(
    course: Path, pivotlab: Pivotlab, labs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = labs / TOY / "source.py"
    source.write_text(source.read_text().replace("# # Sums", "# # Sums and more"))
    app(["notebook", TOY, "--labs", str(labs)], standalone_mode=False)
    assert pivotlab("release", "--course", course, "--labs", labs) == 0
    assert "it is not what the lab is today" in capsys.readouterr().err


def test_feedback_has_what_a_person_gave_and_said_and_no_hidden_test(
    course: Path, hand_over: HandIn, grade: Pivotlab, pivotlab: Pivotlab, lab: Lab
) -> None:
    hand_over("amal", why="They add up.", three="def three(a, b, c):\n    return 0")
    grade()
    assert pivotlab("feedback", "--course", course) == 0
    page = course / "feedback" / "amal" / NAME / f"{NAME}.html"
    assert "not graded yet" in page.read_text()
    give(course, "amal", "why", 1.5, "Which sum? <b>")
    give(course, "amal", "three-check", 2)
    assert pivotlab("feedback", "--course", course) == 0
    text = page.read_text()
    assert "8.5 of 11 in all" in text
    assert "Which sum? &lt;b&gt;" in text
    assert re.search(r'why</p>\s*<p dir="auto">Which sum', text)
    assert '<span class="word">1.5 of 2</span>' in text
    assert '<span class="word">2 of 4</span>' in text, "what was given in the place of points of tests"
    assert "not graded yet" not in text
    names = [test.name for exercise in lab.exercises for test in exercise.tests]
    assert [name for name in names if name in text] == []
    assert "notebook.three(20" not in text, "a hidden test's code"
    assert "The sum of three numbers" in text, "its title"
    assert "Use what you have." in text, "the exercise's hint"


@pytest.fixture
def graded(course: Path, hand_over: HandIn, grade: Pivotlab) -> Path:
    hand_over("amal", why="They add up.")
    grade()
    with open_book(course) as gradebook:
        gradebook.update_or_create_student("amal", last_name='=HYPERLINK("x")', first_name='Amal, "A"')
        gradebook.add_student("zaid", email="zaid@example.org", lms_user_id="77")
    return course


def test_the_table_calls_learners_by_their_names_with_their_ids(
    graded: Path, grade: Pivotlab, hand_over: HandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_book(graded) as gradebook:
        gradebook.update_or_create_student("amal", last_name="الخطيب" * 20, first_name="[b]أمل")
    capsys.readouterr()
    grade()
    shown = "".join(line[:16].rstrip() for line in capsys.readouterr().out.splitlines())
    assert "[b]أمل" in shown
    assert "…(amal)" in shown.replace(" ", "")
    hand_over("amal", three="1", when="2026-03-02 12:00:00.000000 UTC")
    grade("--dry-run")
    assert "[b]أمل" in capsys.readouterr().out
    grade("--json")
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["student"], row["name"][:6]) == ("amal", "[b]أمل")


def exported(course: Path, layout: str, pivotlab: Pivotlab) -> list[list[str]]:
    assert pivotlab("export", "--to", course / "out.csv", "--format", layout, "--course", course) == 0
    return list(csv.reader(io.StringIO((course / "out.csv").read_text(encoding="utf-8-sig"))))


def test_export_is_quoted_and_starts_no_formula(
    graded: Path, pivotlab: Pivotlab, capsys: pytest.CaptureFixture[str]
) -> None:
    head, amal, zaid = exported(graded, "csv", pivotlab)
    row = dict(zip(head, amal, strict=True))
    assert (row["last_name"], row["first_name"]) == ('\'=HYPERLINK("x")', 'Amal, "A"')
    assert (row["score"], row["max_score"], row["needs_manual_grade"]) == ("9", "11", "yes")
    assert dict(zip(head, zaid, strict=True))["score"] == "", "who handed nothing in has no score, not 0"
    assert "1 submissions wait" in capsys.readouterr().err


def test_export_has_the_columns_of_canvas(graded: Path, pivotlab: Pivotlab) -> None:
    head, most, amal, zaid = exported(graded, "canvas", pivotlab)
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", NAME]
    assert most == ["    Points Possible", "", "", "", "", "11"]
    assert amal[1:] == ["", "", "amal", "", "9"]
    assert zaid == ["zaid", "77", "", "zaid", "", ""]
    assert not (graded / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_export_has_the_columns_of_moodle(graded: Path, pivotlab: Pivotlab) -> None:
    head, _, zaid = exported(graded, "moodle", pivotlab)
    assert head == ["Username", "First name", "Last name", "Email address", NAME]
    assert zaid == ["zaid", "", "", "zaid@example.org", ""]


def test_a_late_penalty_is_taken_off_in_every_export_and_told_in_the_feedback(graded: Path, pivotlab: Pivotlab) -> None:
    with open_book(graded) as gradebook:
        gradebook.find_submission_notebook(NAME, NAME, "amal").late_submission_penalty = 2.5
        gradebook.db.commit()
    head, amal, _ = exported(graded, "csv", pivotlab)
    row = dict(zip(head, amal, strict=True))
    assert (row["raw_score"], row["late_submission_penalty"], row["score"]) == ("9", "2.5", "6.5")
    assert exported(graded, "canvas", pivotlab)[2][-1] == "6.5"
    assert exported(graded, "moodle", pivotlab)[1][-1] == "6.5"
    assert pivotlab("feedback", "--course", graded) == 0
    page = (graded / "feedback" / "amal" / NAME / f"{NAME}.html").read_text()
    assert "6.5 of 11 in all" in page
    assert "It came in late: 2.5 points are taken off." in page


def test_export_in_an_unknown_format_names_those_there_are(course: Path, pivotlab: Pivotlab) -> None:
    with pytest.raises(UsageError, match="there are: csv, canvas, moodle"):
        pivotlab("export", "--to", course / "out.csv", "--format", "xls", "--course", course)


def test_without_nbgrader_the_extra_to_install_is_named(pivotlab: Pivotlab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install -e '\.\[instructor\]'"):
        pivotlab("grade")


@pytest.mark.parametrize("command", ["init", "release", "collect", "grade", "feedback", "export", "stats"])
def test_without_nbgrader_a_command_still_shows_its_help(
    command: str, pivotlab: Pivotlab, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert pivotlab(command, "--help") == 0
    assert f"Example: pivotlab course {command}" in capsys.readouterr().out


def test_other_commands_do_not_import_nbgrader() -> None:
    code = "import sys, grader.cli; sys.exit('nbgrader' in sys.modules or 'sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_stats_say_what_each_hidden_test_tells_apart(lab: Lab) -> None:
    def report(number: int) -> Report:
        good = number >= 6
        outcomes = {"test_one": True, "test_two": good, "test_two_of_text": number == 0, "test_three": False}
        results = [
            Result(
                test=test.name, exercise=exercise.id, title=test.title, points=test.points,
                earned=test.points * outcomes[test.name],
                outcome=Outcome.PASSED if outcomes[test.name] else Outcome.TIMEOUT if good else Outcome.FAILED,
            )
            for exercise in lab.exercises
            for test in exercise.tests
        ]  # fmt: skip
        return Report(
            submission=f"s{number}", submission_digest="", learner="x", lab=lab.id, status=Status.GRADED,
            results=tuple(results),
        )  # fmt: skip

    one, two, text, three = measure(lab, [report(number) for number in range(11)])
    assert (one.passed, one.remark, one.commonest) == (11, "everybody passes", "")
    assert (two.passed, two.discrimination, two.remark) == (5, 1, "")
    assert (text.passed, text.remark) == (1, "")
    assert (three.passed, three.remark, three.commonest) == (0, "nobody passes", "failed")
    assert measure(lab, [report(1), report(7)])[1].discrimination is None
    assert measure(lab, []) == []


def failing(lab: Lab, number: int, detail: str, reason: str = "") -> Report:
    """A report in which every hidden test says the same."""
    results = [
        Result(
            test=test.name, exercise=exercise.id, title=test.title, points=test.points, earned=0,
            outcome=Outcome.FAILED, detail=detail, reason=reason,
        )
        for exercise in lab.exercises
        for test in exercise.tests
    ]  # fmt: skip
    return Report(
        submission=f"s{number}", submission_digest="", learner="x", lab=lab.id, lab_version=lab.version,
        status=Status.GRADED, results=tuple(results),
    )  # fmt: skip


def test_the_commonest_reason_is_what_most_failed_for_but_for_its_numbers(lab: Lab) -> None:
    caused = "    cause()\nE   KeyError: 'first'\n\nthe direct cause\n\n    raise\n"
    details = [
        f"{caused}E   ValueError: alone\nE   assert 1 == 2", "    assert x\nE   AssertionError: 12 of 3.5 differ",
        "    ask()\nE       grader.inside.proxy.LearnerError: NotImplementedError: ",
        f"{caused}E   AssertionError: 7 of 41 differ\nE   assert 7 == 0",
    ]  # fmt: skip
    reports = [failing(lab, number, detail) for number, detail in enumerate(details)]
    assert {(one.commonest, one.alike) for one in measure(lab, reports)} == {
        ("failed: AssertionError: 12 of 3.5 differ", 2)
    }
    assert measure(lab, reports[:1])[0].commonest == "failed: ValueError: alone"
    assert measure(lab, reports[2:3])[0].commonest == "failed: NotImplementedError"
    assert measure(lab, [failing(lab, 0, "E   x", "its process ended itself")])[0].commonest.endswith("ended itself")


def test_a_reason_is_only_text_on_the_page_and_in_the_table(
    graded: Path, pivotlab: Pivotlab, lab: Lab, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A narrow terminal breaks a word between two lines of its cell.
    monkeypatch.setattr(terminal.out, "width", 200)
    hostile = "    x\nE   V: <script>alert(1)</script>[bold]b[/]\x1b[31m\u202e"
    (graded / "reports" / NAME / "amal.json").write_text(failing(lab, 0, hostile).model_dump_json())
    capsys.readouterr()
    assert pivotlab("stats", NAME, "--course", graded) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]" in shown
    page = (graded / "reports" / f"{NAME}-tests.html").read_text()
    assert "1: failed: V: &lt;script&gt;" in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_stats_are_a_page_with_a_plot_for_the_instructor(
    graded: Path, pivotlab: Pivotlab, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pivotlab("stats", NAME, "--course", graded, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["remark"] for row in rows} == {"everybody passes"}
    page = (graded / "reports" / f"{NAME}-tests.html").read_text()
    assert page.count('class="rate"') == 4
    assert "test_two_of_text" in page


def test_stats_leave_out_what_an_older_lab_graded(graded: Path, lab: Lab) -> None:
    assert len(read_graded(graded / "reports" / NAME, lab)) == 1
    assert read_graded(graded / "reports" / NAME, lab.model_copy(update={"version": "newer"})) == []


def test_stats_before_a_grading_name_the_command(course: Path, pivotlab: Pivotlab) -> None:
    with pytest.raises(UsageError, match="run: pivotlab course grade 01-sums"):
        pivotlab("stats", NAME, "--course", course)
