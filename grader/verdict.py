"""What a run of gradings comes to: its exit code, and the line that says it."""

from collections.abc import Sequence

from grader.model import Outcome, Report, Status

BELOW, REJECTED, UNGRADED, NOT_OPENED = 1, 2, 4, 5
FULL_MARKS = 100.0
_ROUNDING = 1e-6
"""A sum of tenths of points may miss its percentage by the last binary digit."""


def exit_code(reports: Sequence[Report], min_score: float | None) -> int:
    """0 where each has so many percent of its points, all of them when left out; else the code of the worst."""
    statuses = {report.status for report in reports}
    if Status.UNGRADED in statuses:
        return UNGRADED
    if Status.REJECTED in statuses:
        return REJECTED
    if any(_is_below(report, min_score) for report in reports):
        return BELOW
    return NOT_OPENED if Status.CHECKED in statuses else 0


def say_verdict(reports: Sequence[Report], min_score: float | None) -> str:
    """The code in words."""
    wanted = f"{min_score:g} % of the points" if min_score is not None else "full marks"
    below = sum(_is_below(report, min_score) for report in reports)
    sealed = any(report.status is Status.CHECKED for report in reports)
    said = {
        0: f"passed: nobody below {wanted}",
        BELOW: "failed, and not graded: visible checks fail" if sealed else f"failed: {below} below {wanted}",
        REJECTED: "failed: a file was rejected",
        UNGRADED: "not graded: something went wrong on our side; run it again",
        NOT_OPENED: "not graded: PIVOTLAB_KEY is not set here, so only the visible checks ran; they pass",
    }
    return said[exit_code(reports, min_score)]


def _is_below(report: Report, min_score: float | None) -> bool:
    """Whether a score is too low; in its place, where hidden tests are sealed, whether a visible check fails."""
    if report.status is Status.CHECKED:
        return any(result.outcome is not Outcome.PASSED for result in report.results)
    wanted = FULL_MARKS if min_score is None else min_score
    # Turned round, so that a mark that is no number is reached by nobody.
    return report.score is not None and not report.score * FULL_MARKS >= wanted * report.points - _ROUNDING
