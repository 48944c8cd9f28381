"""Many submissions: which are found, which are graded again, and what becomes of those that cannot be."""

import os
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from grader.batch import Grade, find_notebooks, grade_all, read_jobs
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
    assert [job.submission for job in jobs] == ["good"]
    assert {report.submission: report.status for report in rejected} == dict.fromkeys(
        ["broken", "other"], Status.REJECTED
    )
    assert all(report.score is None for report in rejected)


def test_a_notebook_of_another_lab_than_asked_is_rejected(tmp_path: Path, lab: Lab) -> None:
    (tmp_path / "other.ipynb").write_bytes(lab.notebook.replace(TOY.encode(), b"nowhere/01-none"))
    _, rejected = read_jobs(find_notebooks([tmp_path]), TOYS, TOY)
    assert "is of lab 'nowhere/01-none', not counting/01-sums" in rejected[0].reason


def grade_folder(tmp_path: Path, grade_job: Grade, *, window: int = 2) -> dict[str, Report]:
    """Grade what lies in `handed-in`, one after the other, into `out`; by submission."""
    jobs, rejected = read_jobs(find_notebooks([tmp_path / "handed-in"]), TOYS, None)
    images = {"core": "process"}
    with ThreadPoolExecutor(max_workers=1) as executor:
        found = grade_all(iter(jobs), grade_job, executor, folder=tmp_path / "out", images=images, window=window)
        return {report.submission: report for report in [*rejected, *found]}


def hand_in(tmp_path: Path, **notebooks: bytes) -> None:
    for name, notebook in notebooks.items():
        (tmp_path / "handed-in").mkdir(exist_ok=True)
        (tmp_path / "handed-in" / f"{name}.ipynb").write_bytes(notebook)


def grade_here(lab: Lab, submission: Submission) -> Report:
    return grade(lab, submission, ProcessSandbox, image="process")


def test_what_is_graded_stays_graded_until_its_notebook_changes(tmp_path: Path, submit: Submit) -> None:
    graded: list[str] = []

    def grade_job(lab: Lab, submission: Submission) -> Report:
        graded.append(submission.digest)
        return grade_here(lab, submission)

    for notebook, score, times in ((submit(), 9, 1), (submit(), 9, 1), (submit(one="1"), 8, 2)):
        hand_in(tmp_path, somebody=notebook.notebook)
        assert grade_folder(tmp_path, grade_job)["somebody"].score == score
        assert (len(graded), graded[-1]) == (times, notebook.digest)
    stored = read_report(tmp_path / "out" / "somebody.json")
    assert stored is not None
    assert stored.score == 8


def test_a_fault_of_ours_leaves_one_submission_ungraded_and_the_others_graded(tmp_path: Path, submit: Submit) -> None:
    def grade_job(lab: Lab, submission: Submission) -> Report:
        if submission.id == "unlucky":
            raise ZeroDivisionError("ours")
        return grade_here(lab, submission)

    hand_in(tmp_path, lucky=submit().notebook, unlucky=submit().notebook)
    reports = grade_folder(tmp_path, grade_job)
    assert {name: report.score for name, report in reports.items()} == {"lucky": 9, "unlucky": None}
    assert "ZeroDivisionError" in reports["unlucky"].reason
    assert reports["unlucky"].submission_digest == submit().digest


def test_a_report_is_handed_on_without_what_was_typed_and_shown_now_and_when_resumed(
    tmp_path: Path, submit: Submit
) -> None:
    answer = "print('shown')\ndef two(a, b):\n    return a + b"
    hand_in(tmp_path, somebody=submit(two=answer).notebook)
    fresh = grade_folder(tmp_path, grade_here)["somebody"]
    resumed = grade_folder(tmp_path, lambda _lab, _submission: pytest.fail("it was graded again"))["somebody"]
    whole = read_report(tmp_path / "out" / "somebody.json")
    assert whole is not None
    assert any(run.outputs for run in whole.cells)
    assert fresh == resumed == whole.for_summary()
    assert [(run.id, run.source, run.outputs, run.state) for run in fresh.cells] == [
        (name, "", (), "ran") for name in ("one", "two", "three")
    ]


@pytest.mark.parametrize("name", ["somebody", "no-utf-8-\udcff"])
def test_a_report_with_half_a_character_is_known_again(tmp_path: Path, submit: Submit, name: str) -> None:
    def grade_job(lab: Lab, submission: Submission) -> Report:
        report = grade_here(lab, submission)
        first = report.results[0].model_copy(update={"detail": "a \ud800 in a detail"})
        return report.model_copy(update={"results": (first, *report.results[1:])})

    hand_in(tmp_path, **{name: submit().notebook})
    grade_folder(tmp_path, grade_job)
    resumed = grade_folder(tmp_path, lambda _lab, _submission: pytest.fail("it was graded again"))
    assert (resumed[name].learner, resumed[name].score) == (name, 9)


@pytest.mark.parametrize("lost", ["vanished", "changed", "became a link", "became nonsense"])
def test_a_file_lost_on_the_way_is_told_and_the_others_go_on(tmp_path: Path, submit: Submit, lost: str) -> None:
    second = tmp_path / "handed-in" / "b.ipynb"

    def grade_job(lab: Lab, submission: Submission) -> Report:
        if submission.id == "a":
            second.unlink()
            if lost == "changed":
                second.write_bytes(submit(one="1").notebook)
            elif lost == "became a link":
                second.symlink_to(tmp_path)
            elif lost == "became nonsense":
                second.write_text("nonsense")
        return grade_here(lab, submission)

    hand_in(tmp_path, a=submit().notebook, b=submit().notebook, c=submit().notebook)
    reports = grade_folder(tmp_path, grade_job, window=1)
    assert {name: report.score for name, report in reports.items()} == {"a": 9, "b": None, "c": 9}
    assert reports["b"].status is Status.UNGRADED
    assert ("has vanished since" if lost in {"vanished", "became a link"} else "has changed since") in reports[
        "b"
    ].reason
    assert read_report(tmp_path / "out" / "b.json") == reports["b"]


def test_what_is_done_or_lost_takes_no_place_in_the_window(tmp_path: Path, submit: Submit) -> None:
    taken: list[str] = []
    names = [f"s{number}" for number in range(6)]

    class Counting(ThreadPoolExecutor):
        def submit(self, *arguments: Any, **named: Any) -> "Future[Any]":
            taken.append("in")
            future = super().submit(*arguments, **named)
            future.add_done_callback(lambda _: taken.append("out"))
            return future

    hand_in(tmp_path, **dict.fromkeys(names[:2], submit().notebook))
    grade_folder(tmp_path, grade_here)
    hand_in(tmp_path, **dict.fromkeys(names, submit().notebook))
    jobs, _ = read_jobs(find_notebooks([tmp_path / "handed-in"]), TOYS, None)
    jobs[2].file.unlink()
    with Counting(max_workers=4) as executor:
        found = grade_all(jobs, grade_here, executor, folder=tmp_path / "out", images={"core": "process"}, window=1)
        assert [next(found).submission for _ in range(3)] == names[:3]
        assert taken == []
        assert [report.submission for report in found] == names[3:]
    assert taken == ["in", "out"] * 3
