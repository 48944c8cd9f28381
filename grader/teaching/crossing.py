"""Which test cells of an ordinary assignment can be run apart: the instructor's own solution must pass them there."""

import hashlib
import re
from collections.abc import Collection
from pathlib import Path

from grader.batch import Job
from grader.errors import SandboxError
from grader.model import Outcome, Status
from grader.teaching.grading import GradeJobs
from grader.teaching.marking import Marking
from grader.teaching.stock import KEEPS, Stock

_REASON_CHARACTERS = 300
_ERROR = re.compile(r"^E +(.*)", re.MULTILINE)


def mark_stock(stock: Stock, allowed: Collection[str], grade_jobs: GradeJobs, folder: Path) -> Marking:
    """How the assignment is graded and written down, found by grading the source itself as often as a test cell fails.

    A cell that cannot work across the border is withheld, unless it is `allowed` to run in the learner's own process.
    Raises SandboxError when the source cannot be graded.
    """
    there = tuple(cell for cell in stock.points if cell in allowed)
    withheld = {cell: why for cell, why in stock.plan.cannot_cross.items() if cell not in there}
    # Cells may need what those before them define, so what is left is tried again.
    while stock.points and (failed := _grade_source(stock, withheld, there, grade_jobs, folder)):
        withheld |= failed
    unseen = [cell for cell in stock.notebook["cells"] if not cell["id"].startswith(KEEPS)]
    return Marking(
        lab=stock.lab(without=withheld, there=there), notebook=stock.notebook | {"cells": unseen},
        cell_of={test: cell for test, cell in stock.cells_of_tests().items() if cell not in withheld},
        by_hand=stock.by_hand, withheld=withheld, weaker=there,
    )  # fmt: skip


def _grade_source(
    stock: Stock, withheld: Collection[str], there: Collection[str], grade_jobs: GradeJobs, folder: Path
) -> dict[str, str]:
    """The test cells that the source does not pass, and why."""
    lab = stock.lab(without=withheld, there=there)
    file = stock.assignment.source
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (report,) = grade_jobs([Job(file=file, submission="source", lab=lab, digest=digest)], folder)
    if report.status is not Status.GRADED:
        raise SandboxError(f"{file}: your own solution cannot be graded: {report.reason}; run it again")
    names = stock.cells_of_tests()
    return {
        names[result.test]: f"it does not pass with your own solution: {_reason(result.detail or result.reason)}"
        for result in report.results
        if result.outcome is not Outcome.PASSED
    }


def _reason(detail: str) -> str:
    found = _ERROR.findall(detail) or detail.strip().splitlines() or ["no reason given"]
    return str(found[-1])[:_REASON_CHARACTERS]
