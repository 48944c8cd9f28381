"""What a lab's hidden tests tell apart: how many pass each, who does, and what becomes of the rest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.model import Lab, Outcome, Report, Status
from grader.pages import open_templates
from grader.report import MARKS, read_summary

GROUP = 0.27
"""The share of the best, and of the weakest, that are compared: Kelley 1939, for the least error of the difference."""
ENOUGH = 10
"""With fewer submissions a difference of two such groups is one of two or three people."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One hidden test over all submissions."""

    test: str
    exercise: str
    title: str
    submissions: int
    passed: int
    discrimination: float | None
    """The share that passes of the best 27 %, less that of the weakest; None where there are too few to say."""
    commonest: str
    """What most often became of it where it was not passed, in a word; empty where all passed."""

    @property
    def rate(self) -> float:
        """The share that passes, from 0 to 1."""
        return self.passed / self.submissions

    @property
    def remark(self) -> str:
        """What an author should look at; else empty."""
        if self.passed in {0, self.submissions}:
            return "everybody passes" if self.passed else "nobody passes"
        if self.discrimination is not None and self.discrimination < 0:
            return "the weakest pass more often"
        return ""


def read_graded(folder: Path, lab: Lab) -> list[Report]:
    """The reports in a folder that are graded by the lab as it is today."""
    reports = filter(None, map(read_summary, sorted(folder.glob("*.json"))))
    return [one for one in reports if one.status is Status.GRADED and one.lab_version == lab.version]


def measure(lab: Lab, reports: Sequence[Report]) -> list[Figures]:
    """The figures of every hidden test, in the lab's order; none where there is no report."""
    ranked = sorted(reports, key=lambda report: (report.score or 0, report.submission))
    return [
        _measure_one(exercise.id, test.name, test.title, ranked)
        for exercise in lab.exercises
        for test in exercise.tests
        if ranked
    ]


def render_stats(lab: Lab, figures: Sequence[Figures]) -> str:
    """The figures as a page with a plot, which loads nothing. It names hidden tests: it is for instructors alone."""
    return open_templates().get_template("stats.html").render(lab=lab, figures=figures)


def _measure_one(exercise: str, test: str, title: str, ranked: Sequence[Report]) -> Figures:
    outcomes = [_outcome(report, test) for report in ranked]
    passed = [outcome is Outcome.PASSED for outcome in outcomes]
    failed = Counter(MARKS[outcome].word for outcome in outcomes if outcome is not Outcome.PASSED)
    return Figures(
        test=test, exercise=exercise, title=title, submissions=len(ranked), passed=sum(passed),
        discrimination=_discriminate(passed), commonest=failed.most_common(1)[0][0] if failed else "",
    )  # fmt: skip


def _discriminate(passed: Sequence[bool]) -> float | None:
    """How much more often the best pass than the weakest; the order is from the weakest to the best."""
    if len(passed) < ENOUGH:
        return None
    size = round(GROUP * len(passed))
    return (sum(passed[-size:]) - sum(passed[:size])) / size


def _outcome(report: Report, test: str) -> Outcome:
    return next((result.outcome for result in report.results if result.test == test), Outcome.MISSING)
