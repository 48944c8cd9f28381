"""The two ways to grade by a bundle: with its key, told as learners may read it; without, by the visible checks."""

import time

from grader.errors import RejectedError, SandboxError
from grader.grade import grade
from grader.learning.checking import Checked, check_notebook
from grader.model import Lab, Outcome, Report, Result, Status, Submission
from grader.sandbox import Start

_WHOLE = "notebook"
"""What stands in an exercise's place where the whole notebook is meant."""


def grade_for_learner(lab: Lab, submission: Submission, start: Start, *, image: str) -> Report:
    """As `grade`, without what could tell of the hidden tests: such a report may lie on a runner's disk."""
    return grade(lab, submission, start, image=image).for_learner()


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
