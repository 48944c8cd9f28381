"""Grades many submissions over any concurrent.futures executor; what is already graded stays graded."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from pathlib import Path

from grader.errors import RejectedError, UsageError
from grader.labs import load_lab
from grader.model import Lab, Report, Status, Submission
from grader.notebook import parse, read_lab_id, read_notebook
from grader.report import read_report, report_name, write_report

Job = tuple[Lab, Submission]
Grade = Callable[[Lab, Submission], Report]
_IGNORED = ".ipynb_checkpoints"
_log = logging.getLogger(__name__)


def find_notebooks(places: Sequence[Path]) -> list[tuple[Path, str]]:
    """Notebook files with their submission ids: every file named, and every .ipynb below every folder named.

    Raises UsageError when a place is not there or holds none, or two files would have one id.
    """
    found: list[tuple[Path, str]] = []
    for place in places:
        if place.is_dir():
            # A pipe with the name of a notebook would be waited for for ever.
            files = sorted(file for file in place.rglob("*.ipynb") if file.is_file() and _IGNORED not in file.parts)
            found += [(file, file.relative_to(place).with_suffix("").as_posix()) for file in files]
        elif place.is_file():
            found.append((place, place.stem))
        else:
            raise UsageError(f"{place}: no such file or folder")
    if not found:
        raise UsageError(f"{', '.join(map(str, places))}: no notebook (.ipynb) there")
    return _with_unique_ids(found)


def grade_all(
    jobs: Sequence[Job], grade: Grade, executor: Executor, *, folder: Path, images: Mapping[str, str]
) -> Iterator[Report]:
    """Reports as they come; each is written to the folder before it is handed on.

    `images` are by environment. A report there of the same notebook, lab version and image is handed on as it is.
    """
    waiting: dict[Future[Report], Job] = {}
    for lab, submission in jobs:
        if done := _find_done(lab, submission, folder, images[lab.environment]):
            yield done
        else:
            waiting[executor.submit(grade, lab, submission)] = (lab, submission)
    for future in as_completed(waiting):
        report = _report_of(future, *waiting[future], image=images[waiting[future][0].environment])
        write_report(report, folder)
        yield report


def read_jobs(found: Sequence[tuple[Path, str]], labs: Path, lab_id: str | None) -> tuple[list[Job], list[Report]]:
    """What can be graded, and a rejected report for each file that cannot.

    The lab is the one that a notebook names itself; with `lab_id` it must be that one, or name none. Raises LabError.
    """
    jobs: list[Job] = []
    rejected: list[Report] = []
    known: dict[str, Lab] = {}
    for file, submission in found:
        try:
            jobs.append(_read_job(file, submission, labs, lab_id, known))
        except UsageError as error:
            rejected.append(Report(
                submission=submission, submission_digest="", learner=_learner(submission), lab=lab_id or "",
                status=Status.REJECTED, reason=str(error),
            ))  # fmt: skip
    return jobs, rejected


def _read_job(file: Path, submission: str, labs: Path, lab_id: str | None, known: dict[str, Lab]) -> Job:
    if file.is_symlink():
        # It may lead to another learner's work, and the report would show it.
        raise RejectedError("it is a link to another file; hand in the notebook itself")
    notebook = read_notebook(file)
    said = read_lab_id(parse(notebook))
    wanted = lab_id or said
    if wanted is None:
        raise RejectedError("the notebook does not say which lab it is of; say it: --lab PATH/LAB")
    if said not in {None, wanted}:
        raise RejectedError(f"the notebook is of lab {said!r:.100}, not {wanted}; hand in the right one")
    if wanted not in known:
        known[wanted] = load_lab(labs, wanted)
    job = Submission(id=submission, learner=_learner(submission), lab_id=wanted, notebook=notebook)
    return known[wanted], job


def _learner(submission: str) -> str:
    """The first folder of the submission's id, or its whole name: cohorts keep a folder or a file a learner."""
    return submission.split("/", maxsplit=1)[0]


def _report_of(future: Future[Report], lab: Lab, submission: Submission, *, image: str) -> Report:
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 - a fault of ours in one must not cost the other 299
        _log.exception("grading %s failed", submission.id)
        reason = f"a fault of Pivotlab, please report it: {type(error).__name__}: {error}"
        return Report(
            submission=submission.id, submission_digest=submission.digest, learner=submission.learner,
            lab=lab.id, lab_title=lab.title, lab_version=lab.version, image=image,
            status=Status.UNGRADED, reason=reason,
        )  # fmt: skip


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
