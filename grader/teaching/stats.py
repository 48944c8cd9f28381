"""What a lab's hidden tests tell apart: how many pass each, who does, and what becomes of the rest."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.model import Lab, Outcome, Report, Result, Status
from grader.pages import open_templates
from grader.rendering import one_line
from grader.report import MARKS, read_summary

GROUP = 0.27
"""The share of the best, and of the weakest, that are compared: Kelley 1939, for the least error of the difference."""
ENOUGH = 10
"""With fewer submissions a difference of two such groups is one of two or three people."""
REASON_CHARACTERS = 200

_MESSAGES = re.compile(r"(?:\A|\n)(?!E ).*\nE +(.+)")
_OF_THE_LEARNER = "grader.inside.proxy.LearnerError: "
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


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
    """What most often became of it where it was not passed, and why; empty where all passed.

    It may quote the test's data and a learner's words: it is for instructors, and to be escaped.
    """
    alike: int
    """How many that was, but for numbers in it."""

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
    results = [_find_result(report, test) for report in ranked]
    passed = [result is not None and result.outcome is Outcome.PASSED for result in results]
    reasons = [_say(result) for result, has_passed in zip(results, passed, strict=True) if not has_passed]
    commonest, alike = _find_commonest(reasons)
    return Figures(
        test=test, exercise=exercise, title=title, submissions=len(ranked), passed=sum(passed),
        discrimination=_discriminate(passed), commonest=commonest, alike=alike,
    )  # fmt: skip


def _discriminate(passed: Sequence[bool]) -> float | None:
    """How much more often the best pass than the weakest; the order is from the weakest to the best."""
    if len(passed) < ENOUGH:
        return None
    size = round(GROUP * len(passed))
    return (sum(passed[-size:]) - sum(passed[:size])) / size


def _find_result(report: Report, test: str) -> Result | None:
    return next((result for result in report.results if result.test == test), None)


def _say(result: Result | None) -> str:
    """What became of a test in a word, and in a line why: what the grader says of it, else pytest."""
    if result is None:
        return MARKS[Outcome.MISSING].word
    # Of an exception and its causes pytest tells the causes first, and of each the message before what explains it.
    told = _MESSAGES.findall(result.detail)
    reason = result.reason or (told[-1].removeprefix(_OF_THE_LEARNER) if told else "")
    return one_line(f"{MARKS[result.outcome].word}: {reason}".strip(": "), REASON_CHARACTERS)


def _find_commonest(reasons: Sequence[str]) -> tuple[str, int]:
    """The first of the most that are alike, and how many are; one mistake gives other numbers in each notebook."""
    alike = [_NUMBER.sub("0", reason) for reason in reasons]
    if not alike:
        return "", 0
    group, count = Counter(alike).most_common(1)[0]
    return reasons[alike.index(group)], count
