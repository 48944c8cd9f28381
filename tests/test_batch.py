"""Many submissions: which are found, which are graded again, and what becomes of those that cannot be."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.batch import Job, find_notebooks, grade_all, read_jobs
from grader.errors import UsageError
from grader.grade import grade
from grader.model import Lab, Report, Status, Submission
from grader.report import read_report
from grader.sandbox import ProcessSandbox
from tests.conftest import TOY, TOYS, Submit


def test_notebooks_are_found_below_a_folder(tmp_path: Path) -> None:
    for name in ("zoe/lab.ipynb", "adam/lab.ipynb", "adam/.ipynb_checkpoints/lab.ipynb", "adam/notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    assert [submission for _, submission in find_notebooks([tmp_path])] == ["adam/lab", "zoe/lab"]


def test_a_place_that_is_not_there_or_is_empty_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        find_notebooks([tmp_path / "nowhere"])
    with pytest.raises(UsageError, match="no notebook"):
        find_notebooks([tmp_path])


def test_a_link_is_rejected_and_a_pipe_is_not_waited_for(tmp_path: Path, lab: Lab) -> None:
    (tmp_path / "elsewhere.txt").write_bytes(lab.notebook)
    (tmp_path / "handed-in").mkdir()
    (tmp_path / "handed-in" / "link.ipynb").symlink_to(tmp_path / "elsewhere.txt")
    os.mkfifo(tmp_path / "handed-in" / "pipe.ipynb")
    jobs, rejected = read_jobs(find_notebooks([tmp_path / "handed-in"]), TOYS, None)
    assert jobs == []
    assert [(report.submission, report.reason[:12]) for report in rejected] == [("link", "it is a link")]


def test_two_notebooks_of_one_name_are_an_error_and_not_one_report(tmp_path: Path) -> None:
    files = [tmp_path / "a" / "lab.ipynb", tmp_path / "b" / "lab.ipynb"]
    for file in files:
        file.parent.mkdir()
        file.write_text("{}")
    with pytest.raises(UsageError, match="has the name lab too"):
        find_notebooks(files)


def test_a_file_that_cannot_be_graded_is_rejected_and_the_others_go_on(tmp_path: Path, lab: Lab) -> None:
    (tmp_path / "good.ipynb").write_bytes(lab.notebook)
    (tmp_path / "broken.ipynb").write_text("not a notebook")
    (tmp_path / "other.ipynb").write_bytes(lab.notebook.replace(TOY.encode(), b"nowhere/01-none"))
    jobs, rejected = read_jobs(find_notebooks([tmp_path]), TOYS, None)
    assert [submission.id for _, submission in jobs] == ["good"]
    assert {report.submission: report.status for report in rejected} == dict.fromkeys(
        ["broken", "other"], Status.REJECTED
    )
    assert all(report.score is None for report in rejected)


def test_a_notebook_of_another_lab_than_asked_is_rejected(tmp_path: Path, lab: Lab) -> None:
    (tmp_path / "other.ipynb").write_bytes(lab.notebook.replace(TOY.encode(), b"nowhere/01-none"))
    _, rejected = read_jobs(find_notebooks([tmp_path]), TOYS, TOY)
    assert "is of lab 'nowhere/01-none', not counting/01-sums" in rejected[0].reason


def test_what_is_graded_stays_graded_until_its_notebook_changes(tmp_path: Path, lab: Lab, submit: Submit) -> None:
    graded: list[str] = []

    def grade_job(lab: Lab, submission: Submission) -> Report:
        graded.append(submission.digest)
        return grade(lab, submission, ProcessSandbox, image="process")

    def run(*jobs: Job) -> list[float | None]:
        with ThreadPoolExecutor(max_workers=1) as executor:
            found = grade_all(jobs, grade_job, executor, folder=tmp_path, images={"core": "process"})
            return [report.score for report in found]

    assert run((lab, submit())) == [9]
    assert run((lab, submit())) == [9]
    assert len(graded) == 1
    assert run((lab, submit(one="1"))) == [8]
    assert len(graded) == 2
    stored = read_report(tmp_path / "somebody.json")
    assert stored is not None
    assert stored.score == 8


def test_a_fault_of_ours_leaves_one_submission_ungraded_and_the_others_graded(
    tmp_path: Path, lab: Lab, submit: Submit
) -> None:
    def grade_job(lab: Lab, submission: Submission) -> Report:
        if submission.id == "unlucky":
            raise ZeroDivisionError("ours")
        return grade(lab, submission, ProcessSandbox, image="process")

    jobs = [(lab, submit().model_copy(update={"id": name})) for name in ("lucky", "unlucky")]
    with ThreadPoolExecutor(max_workers=2) as executor:
        reports = list(grade_all(jobs, grade_job, executor, folder=tmp_path, images={"core": "process"}))
    assert {report.submission: report.score for report in reports} == {"lucky": 9, "unlucky": None}
    assert "ZeroDivisionError" in next(report.reason for report in reports if report.submission == "unlucky")
