"""The instructor's whole way on the toy path with real parts: a cohort, stock nbgrader, formgrader in a browser."""

import csv
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Page, expect

from grader.cli import app
from grader.learning.handing_in import hand_in
from grader.model import Lab, Status
from grader.notebook import fill, read_answers
from grader.report import read_report, report_name
from tests.conftest import TOY, TOYS
from tests.jupyter import TOKEN, jupyter, tab
from tests.test_course import NAME, nbgrader

WRITTEN = "They add up: <b>2 + 2</b>.\n\n[more](javascript:alert(1))"
COMMENT = "Which sum? أيّ مجموع؟ <b>"
GIVEN = 1.37
NAMES = ("Amal Said", "أمل الخطيب", 'Zoë "Zed" O\'Neil', "李 明", "bob")


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a learner of the cohort hands in, and what the hidden tests give for it; None where it is no notebook."""

    points: float | None
    answers: Mapping[str, str]


KINDS = {
    "right": Work(points=9, answers={}),
    "wrong": Work(points=5, answers={"three": "def three(a, b, c):\n    return 0"}),
    "blank": Work(points=5, answers={"two": ""}),
    "crash": Work(points=8, answers={"one": "def one(a):\n    import os\n    os._exit(3)"}),
    "loop": Work(points=5, answers={"three": "while True:\n    pass"}),
    "none": Work(points=None, answers={}),
}


@dataclass(frozen=True, kw_only=True)
class Learner:
    """One of the cohort."""

    name: str
    kind: str
    wrote: bool

    @property
    def student(self) -> str:
        return report_name(self.name)


SHORT = [kind for kind in KINDS if kind != "loop"]
# An endless loop takes its whole limit again for every later test, so one of thirty has one.
COHORT = [
    Learner(
        name=f"{NAMES[number // 6]} {number}", kind="loop" if number == 5 else SHORT[number % 5],
        wrote=number % 4 != 3,
    )
    for number in range(30)
]  # fmt: skip
Pivotlab = Callable[..., int]


@pytest.fixture
def pivotlab(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Pivotlab:
    """The commands on the course of this test, in this process: nbgrader takes seconds to import."""
    monkeypatch.setenv("PIVOTLAB_LABS", str(TOYS))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> int:
        code: int = app(["course", *arguments], standalone_mode=False)
        return code

    return run


def hand_in_all(cohort: list[Learner], released: Path, lab: Lab, folder: Path) -> None:
    """Fill in what was released, as each learner does, and hand it in."""
    reference = read_answers((TOYS / TOY / "source.py").read_text())
    folder.mkdir()
    for one in cohort:
        work = KINDS[one.kind]
        answers = reference | dict(work.answers) | ({"why": WRITTEN} if one.wrote else {})
        notebook = b"no notebook" if work.points is None else fill(released.read_bytes(), answers)
        hand_in(lab, notebook, one.name, folder)


def automatic_points(course: Path) -> dict[str, float]:
    """What our own reports say, by student; who handed in no notebook is not in it."""
    reports = filter(None, map(read_report, (course / "reports" / NAME).glob("*.json")))
    return {
        report.submission: sum(result.earned for result in report.results)
        for report in reports
        if report.status is Status.GRADED
    }


def grade_by_hand(page: Page, address: str, name: str) -> None:
    """Find a learner in formgrader, type points and a comment under their answer, and see them there afterwards."""
    page.goto(f"{address}/login?token={TOKEN}&next=/formgrader/gradebook/{NAME}/{NAME}")
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("9 / 11")
    page.get_by_role("button", name="Show All Names").click()
    row.get_by_role("link", name=re.compile(name)).click()
    answer = page.locator(".nbgrader_cell", has=page.locator("#why"))
    expect(answer.locator("pre")).to_have_text(WRITTEN)
    # What is typed before the page has asked for its points and comments is lost.
    expect(page.locator("#why")).to_have_class(re.compile("needs_manual_grade"))
    expect(page.locator("#why-comment")).to_have_attribute("placeholder", re.compile("Type any comments"))
    with page.expect_response(lambda one: "/api/grade/" in one.url and one.request.method == "PUT"):
        page.locator("#why").fill(str(GIVEN))
        page.locator("#why").press("Tab")
    with page.expect_response(lambda one: "/api/comment/" in one.url and one.request.method == "PUT"):
        page.locator("#why-comment").fill(COMMENT)
        page.locator("#why-comment").blur()
    page.reload()
    expect(page.locator("#why")).to_have_value(str(GIVEN))
    expect(page.locator("#why-comment")).to_have_value(COMMENT)


def exported(file: Path) -> dict[str, dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return {row["student_id"]: row for row in csv.DictReader(stream)}


def test_a_cohort_goes_from_release_to_export_with_every_total_right(
    pivotlab: Pivotlab, lab: Lab, tmp_path: Path
) -> None:
    course = tmp_path / "spring"
    assert pivotlab("init", "spring", "--path", "counting") == 0
    assert pivotlab("release", "--course", "spring") == 0
    hand_in_all(COHORT, course / "release" / NAME / f"{NAME}.ipynb", lab, tmp_path / "in")
    assert pivotlab("collect", "in", "--course", "spring") == 0
    assert pivotlab("grade", "--course", "spring", "--sandbox", "process") == 2, "some handed in no notebook"

    graded = automatic_points(course)
    assert graded == {one.student: points for one in COHORT if (points := KINDS[one.kind].points) is not None}
    by_hand = next(one for one in COHORT if one.kind == "right" and one.wrote and "أمل" in one.name)

    with (
        jupyter(["jupyter_server"], tmp_path / "jupyter", folder=course, extensions=["nbgrader"]) as address,
        tab() as page,
    ):
        grade_by_hand(page, address, by_hand.name)
        page.screenshot(path=tmp_path / "formgrader.png")

    assert pivotlab("feedback", "--course", "spring") == 0
    pages = {file.parts[-3]: file.read_text() for file in course.glob("feedback/*/*/*.html")}
    assert pages.keys() == graded.keys()
    assert f"{9 + GIVEN:g} of 11 in all" in pages[by_hand.student]
    assert COMMENT.replace("<b>", "&lt;b&gt;") in pages[by_hand.student]

    assert pivotlab("export", "--to", "scores.csv", "--course", "spring") == 0
    totals = graded | {by_hand.student: round(graded[by_hand.student] + GIVEN, 2)}
    rows = exported(tmp_path / "scores.csv")
    assert {student: round(float(row["score"]), 2) for student, row in rows.items()} == totals
    assert {row["last_name"] for row in rows.values()} == {one.name for one in COHORT if one.student in graded}
    waiting = {one.student for one in COHORT if one.wrote and one.kind != "none"} - {by_hand.student}
    assert {student for student, row in rows.items() if row["needs_manual_grade"] == "yes"} == waiting

    see_it_with_stock_nbgrader(course, totals)


def see_it_with_stock_nbgrader(course: Path, totals: Mapping[str, float]) -> None:
    listed = nbgrader(course, "db", "student", "list")
    assert all(f"{student} (" in listed.stdout for student in totals), listed.stdout + listed.stderr
    assert f"{NAME} (due: None)" in nbgrader(course, "db", "assignment", "list").stdout
    assert nbgrader(course, "export", "--to", "theirs.csv").returncode == 0
    theirs = {student: round(float(row["score"]), 2) for student, row in exported(course / "theirs.csv").items()}
    assert theirs == totals


@pytest.mark.docker
def test_a_cohort_graded_in_containers_has_the_same_points(
    pivotlab: Pivotlab, lab: Lab, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = COHORT[:6]
    assert pivotlab("init", "spring", "--path", "counting") == 0
    assert pivotlab("release", "--course", "spring") == 0
    hand_in_all(few, tmp_path / "spring" / "release" / NAME / f"{NAME}.ipynb", lab, tmp_path / "in")
    assert pivotlab("collect", "in", "--course", "spring") == 0
    capsys.readouterr()
    assert pivotlab("grade", "--course", "spring", "--sandbox", "docker", "--json") == 2
    rows = {row["student"]: row["score"] for row in json.loads(capsys.readouterr().out)}
    assert rows == {one.student: KINDS[one.kind].points for one in few}
    with Gradebook(f"sqlite:///{tmp_path}/spring/gradebook.db", "counting") as gradebook:
        kept = {one.student.id: one.score for one in gradebook.assignment_submissions(NAME)}
    assert kept == automatic_points(tmp_path / "spring")
