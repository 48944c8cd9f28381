"""Grades one submission; the only place where points are counted. It knows sandboxes by their protocol alone."""

import logging
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from grader.errors import LabError, RejectedError, SandboxError
from grader.judge_side import JudgeSide, Reported
from grader.learner_side import Gone, LearnerSide
from grader.model import CellRun, HiddenTest, Lab, Outcome, Report, Result, Status, Submission
from grader.notebook import Rebuilt, rebuild
from grader.sandbox import Start

RETRIES = 2
_log = logging.getLogger(__name__)


def grade(lab: Lab, submission: Submission, start: Start, *, image: str) -> Report:
    """The report of one submission, whatever it holds; `image` is what `start` runs sandboxes from.

    A notebook that cannot be of this lab is rejected; what fails on our side, or the lab's, leaves it ungraded.
    """
    began = time.monotonic()
    blank = _blank(lab, submission, image)
    try:
        rebuilt = rebuild(lab, submission)
        reported, runs = _converse_patiently(lab, rebuilt, start)
    except RejectedError as error:
        return _without_score(blank, Status.REJECTED, str(error))
    except (SandboxError, LabError) as error:
        return _without_score(blank, Status.UNGRADED, str(error))
    results = score(lab, reported, runs)
    return blank.model_copy(update={
        "status": Status.GRADED, "results": results, "cells": runs, "notes": rebuilt.notes,
        "hints": next_hints(lab, results), "seconds": round(time.monotonic() - began, 3),
    })  # fmt: skip


def converse(lab: Lab, rebuilt: Rebuilt, start: Start) -> tuple[dict[str, Reported], tuple[CellRun, ...]]:
    """What the judge reported of each test, and what became of each cell. Raises SandboxError, LabError."""
    learner = LearnerSide(start, lab, rebuilt.cells)
    # The learner's imports are what takes longest, so its container is made alone and first.
    learner.start()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="learner") as beside:
        notebook = beside.submit(_run_notebook, learner)
        judge: JudgeSide | None = None
        try:
            judge = JudgeSide(start, lab)
            judge.collect()
            notebook.result()
            reported = judge.judge(learner)
        finally:
            # A sandbox takes a tenth of a second to remove, so both go at once.
            notebook.exception()
            removal = beside.submit(learner.close)
            if judge is not None:
                judge.close()
            removal.result()
    return reported, learner.runs()


def score(lab: Lab, reported: Mapping[str, Reported], runs: tuple[CellRun, ...]) -> tuple[Result, ...]:
    """One result for each test that the lab promises, by the lab's own price list.

    A test that was not reported earns nothing, and so does a name that was not promised. A test that failed for want
    of a cell that never came to its end has that cell's outcome and reason.
    """
    cells = {run.exercise: run for run in runs}
    return tuple(
        _result(exercise.id, test, _with_cause(reported.get(test.name), cells.get(exercise.id)))
        for exercise in lab.exercises
        for test in exercise.tests
    )


def next_hints(lab: Lab, results: tuple[Result, ...]) -> dict[str, str]:
    """The gentlest hint of each exercise that lost points."""
    lost = {result.exercise for result in results if result.earned < result.points}
    return {exercise.id: exercise.hints[0] for exercise in lab.exercises if exercise.id in lost}


def _result(exercise: str, test: HiddenTest, reported: Reported | None) -> Result:
    if reported is None:
        reported = Reported(outcome=Outcome.MISSING, reason="the test was promised and did not report")
    return Result(
        test=test.name, exercise=exercise, title=test.title, points=test.points,
        earned=test.points if reported.outcome is Outcome.PASSED else 0,
        outcome=reported.outcome, reason=reported.reason, detail=reported.detail, seconds=round(reported.seconds, 3),
    )  # fmt: skip


def _with_cause(reported: Reported | None, cell: CellRun | None) -> Reported | None:
    if reported is None or cell is None or reported.outcome is not Outcome.FAILED:
        return reported
    outcome = {"timeout": Outcome.TIMEOUT, "crashed": Outcome.CRASHED}.get(cell.state)
    return replace(reported, outcome=outcome, reason=f"the cell did not end: {cell.reason}") if outcome else reported


def _converse_patiently(lab: Lab, rebuilt: Rebuilt, start: Start) -> tuple[dict[str, Reported], tuple[CellRun, ...]]:
    """What `converse` returns; a sandbox of ours that failed is given up for a new one, twice."""
    for _ in range(RETRIES):
        try:
            return converse(lab, rebuilt, start)
        except SandboxError as error:
            _log.info("a sandbox failed, trying again: %s", error)
    return converse(lab, rebuilt, start)


def _run_notebook(learner: LearnerSide) -> None:
    try:
        learner.run_notebook()
    except Gone:
        # The tests will hear of it: each question starts with an attempt to run the notebook.
        return


def _blank(lab: Lab, submission: Submission, image: str) -> Report:
    return Report(
        submission=submission.id, submission_digest=submission.digest, learner=submission.learner,
        lab=lab.id, lab_title=lab.title, lab_version=lab.version, image=image, status=Status.UNGRADED,
    )  # fmt: skip


def _without_score(blank: Report, status: Status, reason: str) -> Report:
    return blank.model_copy(update={"status": status, "reason": reason})
