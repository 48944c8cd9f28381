"""Grades many submissions over any concurrent.futures executor; what is already graded stays graded."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, as_completed
from pathlib import Path

from grader.errors import UsageError
from grader.labs import load_lab
from grader.model import Lab, Report, Status, Submission
from grader.notebook import parse, read_lab_id
from grader.report import read_report, report_name, write_report

Grade = Callable[[Lab, Submission], Report]
_IGNORED = ".ipynb_checkpoints"


def find_notebooks(places: Sequence[Path]) -> list[tuple[Path, str]]:
    """Notebook files with their submission ids: every file named, and every .ipynb below every folder named.

    Raises UsageError when a place is not there or holds none, or two files would have one id.
    """
    found: list[tuple[Path, str]] = []
    for place in places:
        if place.is_dir():
            files = sorted(file for file in place.rglob("*.ipynb") if _IGNORED not in file.parts)
            found += [(file, file.relative_to(place).with_suffix("").as_posix()) for file in files]
        elif place.is_file():
            found.append((place, place.stem))
        else:
            raise UsageError(f"{place}: no such file or folder")
    if not found:
        raise UsageError(f"{', '.join(map(str, places))}: no notebook (.ipynb) there")
    return _with_unique_ids(found)


def grade_all(
    jobs: Sequence[tuple[Lab, Submission]], grade: Grade, executor: Executor, *, folder: Path, image: str
) -> Iterator[Report]:
    """Reports as they come; each is written to the folder before it is handed on.

    A report there of the same notebook, lab version and image is handed on as it is.
    """
    waiting = []
    for lab, submission in jobs:
        if done := _find_done(lab, submission, folder, image):
            yield done
        else:
            waiting.append(executor.submit(grade, lab, submission))
    for future in as_completed(waiting):
        report = future.result()
        write_report(report, folder)
        yield report


def read_submission(file: Path, submission: str, labs: Path, lab_id: str | None) -> tuple[Lab, Submission]:
    """A submission with the lab that it says it is of, or the lab that the caller says.

    Raises RejectedError when the file is no notebook, UsageError when it names no lab that there is.
    """
    notebook = file.read_bytes()
    said = lab_id or read_lab_id(parse(notebook))
    if said is None:
        raise UsageError(f"{file}: does not say which lab it is of; say it: --lab PATH/LAB")
    lab = load_lab(labs, said)
    learner = submission.split("/", maxsplit=1)[0]
    return lab, Submission(id=submission, learner=learner, lab_id=said, notebook=notebook)


def _find_done(lab: Lab, submission: Submission, folder: Path, image: str) -> Report | None:
    report = read_report(folder / f"{report_name(submission.id)}.json")
    if report is None or report.status is not Status.GRADED:
        return None
    same = (report.submission, report.submission_digest, report.lab_version, report.image)
    return report if same == (submission.id, submission.digest, lab.version, image) else None


def _with_unique_ids(found: list[tuple[Path, str]]) -> list[tuple[Path, str]]:
    ids = [submission for _, submission in found]
    for file, submission in found:
        if ids.count(submission) > 1:
            raise UsageError(f"{file}: another notebook has the name {submission} too; grade their folders one by one")
    return found
