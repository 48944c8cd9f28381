"""What is done with a bundle whose key is not here: the visible checks, told as a report without a score."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from grader.batch import Job, grade_all
from grader.errors import RejectedError, SandboxError
from grader.launch import Launcher
from grader.learning.checking import Checked, check_notebook
from grader.model import Lab, Outcome, Report, Result, Status, Submission
from grader.sandbox import Start

_WHOLE = "notebook"
"""What stands in an exercise's place where the whole notebook is meant."""


@dataclass(frozen=True, kw_only=True)
class VisibleChecks:
    """Stands before a launcher as a place to grade, and runs the visible checks alone."""

    launcher: Launcher

    def grade_all(self, jobs: Sequence[Job], folder: Path) -> Iterator[Report]:
        """Reports of the status `checked` as they come; see batch.grade_all."""
        images = self.launcher.images({job.lab.environment for job in jobs})

        def check_here(lab: Lab, submission: Submission) -> Report:
            image = images[lab.environment]
            return check_visibly(lab, submission, self.launcher.starter(image), image=image)

        workers = self.launcher.workers
        executor = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="check")
        try:
            yield from grade_all(jobs, check_here, executor, folder=folder, images=images, window=2 * workers)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def check_visibly(lab: Lab, submission: Submission, start: Start, *, image: str) -> Report:
    """A report of the status `checked`, with results worth nothing: visible checks, a clean run, a look for leaks."""
    began = time.monotonic()
    blank = Report(
        submission=submission.id, submission_digest=submission.digest, learner=submission.learner, lab=lab.id,
        lab_title=lab.title, lab_version=lab.version, image=image, status=Status.UNGRADED,
    )  # fmt: skip
    try:
        checked = check_notebook(lab, submission, start)
    except RejectedError as error:
        return blank.model_copy(update={"status": Status.REJECTED, "reason": str(error)})
    except SandboxError as error:
        return blank.model_copy(update={"reason": str(error)})
    results = _results(checked)
    passed = sum(result.outcome is Outcome.PASSED for result in results)
    reason = f"no key for the hidden tests here, so no score; of the visible checks {passed} of {len(results)} pass"
    return blank.model_copy(update={
        "status": Status.CHECKED, "reason": reason, "results": results, "notes": checked.notes,
        "seconds": round(time.monotonic() - began, 3),
    })  # fmt: skip


def _results(checked: Checked) -> tuple[Result, ...]:
    troubles = "; ".join(f"{one.cell}: {one.text}" for one in checked.troubles)
    leaks = "; ".join(f"{where}, line {leak.line}: {leak.text}" for where, leak in checked.leaks)
    return (
        *(_result(one.exercise, f"Visible check: {one.title}", one.said) for one in checked.exercises),
        _result(_WHOLE, "It runs from top to bottom", troubles),
        _result(_WHOLE, "Nothing is learned from what must not be known (no leak)", leaks),
    )


def _result(exercise: str, title: str, said: str) -> Result:
    outcome = Outcome.FAILED if said else Outcome.PASSED
    return Result(test="", exercise=exercise, title=title, points=0, earned=0, outcome=outcome, reason=said)
