"""Grades many submissions over any concurrent.futures executor; what is already graded stays graded.

However many there are, few are in memory: each file is looked at, and read again when its turn comes.
"""

import functools
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from grader.errors import GraderError, RejectedError, UsageError
from grader.labs import load_lab
from grader.model import Lab, Report, Status, Submission
from grader.report import read_summary, report_name, write_report
from grader.submission import keep_what_runs, read_notebook

Grade = Callable[[Lab, Submission], Report]
_IGNORED = ".ipynb_checkpoints"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Job:
    """A notebook that can be graded: where it lies and what it was when it was looked at. Its bytes stay there."""

    file: Path
    submission: str
    lab: Lab
    digest: str
    is_sealed: bool = False
    """Whether its hidden tests may not reach the disk: its report is kept as learners may read it."""


class Place(Protocol):
    """Where many are graded: a launcher, a cluster, or what stands before one of them."""

    def grade_all(self, jobs: Sequence[Job], folder: Path) -> Iterator[Report]:
        """Reports as they come; see `grade_all`."""


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


def read_jobs(found: Sequence[tuple[Path, str]], labs: Path, lab_id: str | None) -> tuple[list[Job], list[Report]]:
    """What can be graded, and a rejected report for each file that cannot; of no file more than its digest is kept.

    The lab is the one that a notebook names itself; with `lab_id` it must be that one, or name none. Raises LabError.
    """
    return _look_at_all(found, lab_id, functools.cache(lambda wanted: load_lab(labs, wanted)))


def read_jobs_of(lab: Lab, found: Sequence[tuple[Path, str]]) -> tuple[list[Job], list[Report]]:
    """As `read_jobs`, all of one lab, which need not lie in a folder of labs."""
    return _look_at_all(found, lab.id, lambda _: lab)


def grade_all(  # noqa: PLR0913 - what, how, where, and how many at once
    jobs: Iterable[Job],
    grade: Grade,
    executor: Executor,
    *,
    folder: Path,
    images: Mapping[str, str],
    window: int,
    expect: Callable[[Lab], None] = lambda _lab: None,
) -> Iterator[Report]:
    """Reports as they come, as `Report.for_summary` has them; each is whole in the folder before it is handed on.

    `images` are by environment. A report there of the same notebook, lab version and image is handed on as it is. No
    more than `window` submissions are in memory, those that wait for the executor included. `expect` hears of each
    before it is graded, so that sandboxes can be made ahead.
    """
    waiting: dict[Future[Report], Job] = {}
    for job in jobs:
        image = images[job.lab.environment]
        if done := _find_done(job, folder, image):
            yield done
            continue
        if len(waiting) >= window:
            yield _take_finished(waiting, folder, images)
        submission = _read_again(job)
        if isinstance(submission, Submission):
            expect(job.lab)
            waiting[executor.submit(grade, job.lab, submission)] = job
        else:
            yield _write(_ungraded(job, submission, image), job, folder)
    while waiting:
        yield _take_finished(waiting, folder, images)


def _look_at_all(
    found: Sequence[tuple[Path, str]], lab_id: str | None, find_lab: Callable[[str], Lab]
) -> tuple[list[Job], list[Report]]:
    jobs: list[Job] = []
    rejected: list[Report] = []
    for file, submission in found:
        try:
            jobs.append(_look_at(file, submission, lab_id, find_lab))
        except UsageError as error:
            rejected.append(Report(
                submission=submission, submission_digest="", learner=_learner(submission), lab=lab_id or "",
                status=Status.REJECTED, reason=str(error),
            ))  # fmt: skip
    return jobs, rejected


def _look_at(file: Path, submission: str, lab_id: str | None, find_lab: Callable[[str], Lab]) -> Job:
    if file.is_symlink():
        # It may lead to another learner's work, and the report would show it.
        raise RejectedError("it is a link to another file; hand in the notebook itself")
    document, digest = read_notebook(file)
    wanted = lab_id or document.lab_id
    if wanted is None:
        raise RejectedError("the notebook does not say which lab it is of; say it: --lab PATH/LAB")
    if document.lab_id not in {None, wanted}:
        raise RejectedError(f"the notebook is of lab {document.lab_id!r:.100}, not {wanted}; hand in the right one")
    lab = find_lab(wanted)
    keep_what_runs(lab, document)
    return Job(file=file, submission=submission, lab=lab, digest=digest)


def _read_again(job: Job) -> Submission | str:
    """The submission, or why there is none any more."""
    try:
        document, digest = read_notebook(job.file)
        if digest == job.digest:
            notebook = keep_what_runs(job.lab, document)
            return Submission(
                id=job.submission, learner=_learner(job.submission), lab_id=job.lab.id,
                notebook=notebook, file_digest=digest,
            )  # fmt: skip
    except UsageError as error:
        if not job.file.is_file():
            return "its file has vanished since this run began; hand it in again, then run the same command again"
        _log.info("%s has changed: %s", job.file, error)
    return "its file has changed since this run began; run the same command again"


def _take_finished(waiting: dict[Future[Report], Job], folder: Path, images: Mapping[str, str]) -> Report:
    """The next that is done, written and no longer waited for."""
    future = wait(waiting, return_when=FIRST_COMPLETED).done.pop()
    job = waiting.pop(future)
    return _write(_report_of(future, job, images[job.lab.environment]), job, folder)


def _write(report: Report, job: Job, folder: Path) -> Report:
    report = report.for_learner() if job.is_sealed else report
    write_report(report, folder)
    return report.for_summary()


def _learner(submission: str) -> str:
    """The first folder of the submission's id, or its whole name: cohorts keep a folder or a file a learner."""
    return submission.split("/", maxsplit=1)[0]


def _report_of(future: Future[Report], job: Job, image: str) -> Report:
    try:
        return future.result()
    except GraderError as error:
        return _ungraded(job, str(error), image)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one must not cost the other 299
        _log.exception("grading %s failed", job.submission)
        return _ungraded(job, f"a fault of Pivotlab, please report it: {type(error).__name__}: {error}", image)


def _ungraded(job: Job, reason: str, image: str) -> Report:
    return Report(
        submission=job.submission, submission_digest=job.digest, learner=_learner(job.submission),
        lab=job.lab.id, lab_title=job.lab.title, lab_version=job.lab.version, image=image,
        status=Status.UNGRADED, reason=reason,
    )  # fmt: skip


def _find_done(job: Job, folder: Path, image: str) -> Report | None:
    report = read_summary(folder / f"{report_name(job.submission)}.json")
    if report is None or report.status is not Status.GRADED:
        return None
    same = (report.submission_digest, report.lab_version, report.image)
    if same != (job.digest, job.lab.version, image):
        return None
    return report.model_copy(update={"submission": job.submission, "learner": _learner(job.submission)})


def _with_unique_ids(found: list[tuple[Path, str]]) -> list[tuple[Path, str]]:
    ids = Counter(submission for _, submission in found)
    for file, submission in found:
        if ids[submission] > 1:
            raise UsageError(f"{file}: another notebook has the name {submission} too; grade their folders one by one")
    return found
