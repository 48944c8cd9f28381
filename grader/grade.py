"""Grades one submission; the only place where points are counted. It knows sandboxes by their protocol alone."""

import logging
import time
from collections.abc import Mapping
from dataclasses import replace

from grader.canary import send_canary
from grader.conversation import Conversation, converse
from grader.errors import LabError, RejectedError, SandboxError
from grader.judge_side import Reported
from grader.judges import Judges
from grader.model import CellRun, HiddenTest, Lab, Outcome, Report, Result, Status, Submission
from grader.sandbox import Start
from grader.submission import Rebuilt, rebuild

RETRIES = 2
PATIENCE = 2
"""How many times as long as its limits one may take that had no processor, or waited, the first time."""
_log = logging.getLogger(__name__)


def grade(lab: Lab, submission: Submission, start: Start, *, image: str, judges: Judges | None = None) -> Report:
    """The report of one submission, whatever it holds; `image` is what `start` runs sandboxes from.

    Without `judges`, a judge is made for it alone.

    A notebook that cannot be of this lab is rejected; what fails on our side, or the lab's, leaves it ungraded.
    """
    began = time.monotonic()
    blank = _blank(lab, submission, image)
    try:
        rebuilt = rebuild(lab, submission)
        said = _converse_patiently(lab, rebuilt, start, judges or Judges(start))
    except RejectedError as error:
        return _without_score(blank, Status.REJECTED, str(error))
    except (SandboxError, LabError) as error:
        return _without_score(blank, Status.UNGRADED, str(error))
    results = score(lab, said.reported, said.runs)
    return blank.model_copy(update={
        "status": Status.GRADED, "results": results, "cells": said.runs, "notes": rebuilt.notes,
        "hints": next_hints(lab, results), "seconds": round(time.monotonic() - began, 3),
    })  # fmt: skip


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


def _converse_patiently(lab: Lab, rebuilt: Rebuilt, start: Start, judges: Judges) -> Conversation:
    """A fair conversation; a sandbox of ours that failed is given up for a new one, twice."""
    told: dict[str, CellRun] = {}
    for tries_left in range(RETRIES, 0, -1):
        try:
            return _converse_fairly(lab, rebuilt, start, judges, told)
        except SandboxError as error:
            _log.info("a sandbox failed, %d more tries: %s", tries_left, error)
    return _converse_fairly(lab, rebuilt, start, judges, told, last_try=True)


def _converse_fairly(  # noqa: PLR0913 - as converse
    lab: Lab, rebuilt: Rebuilt, start: Start, judges: Judges, told: dict[str, CellRun], *, last_try: bool = False
) -> Conversation:
    """A conversation whose abnormal ends are the submission's doing: a canary came through where it fell.

    A canary may come too late to meet what held the submission up, or be too quick to be held up by it. So one that was
    late without having computed is heard again, with more patience, and the second time counts.
    """
    said = converse(lab, rebuilt.cells, start, judges=judges, told=told, last_try=last_try)
    if not said.is_abnormal or _earned(score(lab, said.reported, said.runs)) == lab.points:
        return said
    send_canary(lab, start, judges)
    if not said.was_idle:
        return said
    return converse(lab, rebuilt.cells, start, judges=judges, told=told, last_try=last_try, patience=PATIENCE)


def _earned(results: tuple[Result, ...]) -> float:
    return sum(result.earned for result in results)


def _blank(lab: Lab, submission: Submission, image: str) -> Report:
    return Report(
        submission=submission.id, submission_digest=submission.digest, learner=submission.learner,
        lab=lab.id, lab_title=lab.title, lab_version=lab.version, image=image, status=Status.UNGRADED,
    )  # fmt: skip


def _without_score(blank: Report, status: Status, reason: str) -> Report:
    return blank.model_copy(update={"status": status, "reason": reason})
