"""Every lab that is shipped, graded in containers: its reference, its alternatives, its wrong answers, its samples."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.containers import Run
from grader.grade import grade
from grader.labs import list_labs, load_lab
from grader.model import Outcome, Report, Submission
from grader.notebook import fill, read_answers

LABS = Path(__file__).parent.parent / "labs"
ANSWERS = [
    (lab, file)
    for lab in list_labs(LABS)
    for kind in ("right", "wrong", "samples")
    for file in sorted((LABS / lab / kind).glob("*.py"))
]

pytestmark = pytest.mark.docker


def grade_answers(runs: Callable[[str], Run], lab_id: str, answers: dict[str, str]) -> Report:
    lab = load_lab(LABS, lab_id)
    run = runs(lab.environment)
    submission = Submission(id="a", learner="a", lab_id=lab_id, notebook=fill(lab.notebook, answers))
    return grade(lab, submission, run.start, image=run.image)


def reference(lab_id: str) -> dict[str, str]:
    return read_answers((LABS / lab_id / "source.py").read_text())


def header(file: Path, key: str) -> list[str]:
    found = re.search(rf"^# {key}: (.*)$", file.read_text(), re.MULTILINE)
    return [] if found is None else [word.strip() for word in found[1].split(",")]


def lost(report: Report) -> set[str]:
    assert report.score is not None, report.reason
    return {result.test for result in report.results if result.outcome is not Outcome.PASSED}


@pytest.mark.parametrize("lab_id", list_labs(LABS))
def test_the_reference_earns_all_and_the_start_notebook_nothing(runs: Callable[[str], Run], lab_id: str) -> None:
    assert lost(grade_answers(runs, lab_id, reference(lab_id))) == set()
    assert grade_answers(runs, lab_id, {}).score == 0


@pytest.mark.parametrize(
    ("lab_id", "file"), ANSWERS, ids=[f"{lab}-{file.parent.name}-{file.stem}" for lab, file in ANSWERS]
)
def test_an_answer_earns_what_it_says(runs: Callable[[str], Run], lab_id: str, file: Path) -> None:
    report = grade_answers(runs, lab_id, reference(lab_id) | read_answers(file.read_text()))
    if file.parent.name == "samples":
        assert report.score == float(header(file, "score")[0])
    else:
        assert lost(report) == set(header(file, "fails"))
        assert (file.parent.name == "wrong") == bool(lost(report))


@pytest.mark.parametrize("lab_id", list_labs(LABS))
def test_each_hidden_test_is_failed_by_a_wrong_answer_and_each_exercise_has_three(lab_id: str) -> None:
    lab = load_lab(LABS, lab_id)
    wrong = sorted((LABS / lab_id / "wrong").glob("*.py"))
    assert {name for file in wrong for name in header(file, "fails")} == {test.name for test in lab.tests()}
    for exercise in lab.exercises:
        assert sum(exercise.id in read_answers(file.read_text()) for file in wrong) >= 3
