"""Results as GitHub Flavored Markdown, for the page of a CI job; what a learner wrote is plain text on it.

A learner's words stand in code spans: there nothing is markup, a link, a picture or a formula, and GitHub makes no
mention, issue or address of them either. That it does after it has undone every backslash and entity.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from grader.model import Outcome, Report, Result, Status
from grader.rendering import one_line
from grader.report import MARKS, summary

SUMMARY_BYTES = 900_000
"""GitHub drops a step's summary beyond 1 MiB, and the step may say something itself."""
NAME_CHARACTERS = 120
REASON_CHARACTERS = 300
TEXT_CHARACTERS = 2_000
"""What a title or a hint has at most."""
_HEAD = "| Submission | Learner | Lab | Status | Score | Remark |\n|---|---|---|---|--:|---|\n"
_LEFT_OUT = "\nThere was no room for the rest, which is in the reports.\n"
_SIGNS = re.compile(r"([\\`*_\[\]<>&!~|$@])")


def render_markdown(reports: Sequence[Report]) -> str:
    """Counts, a row for each report, then what each that lost points may know of it; at most SUMMARY_BYTES."""
    told = [report.for_learner() for report in reports]
    return _as_much_as_fits(_parts(told), f"{summary(reports)}\n")


def _parts(reports: Sequence[Report]) -> Iterator[str]:
    yield f"\n{_HEAD}"
    for report in reports:
        yield _row(report)
    for report in reports:
        if report.status in {Status.GRADED, Status.CHECKED} and _lost(report):
            yield _section(report)


def _as_much_as_fits(parts: Iterator[str], text: str) -> str:
    kept = [text]
    room = SUMMARY_BYTES - len(text.encode()) - len(_LEFT_OUT.encode())
    for part in parts:
        room -= len(part.encode())
        if room < 0:
            kept.append(_LEFT_OUT)
            break
        kept.append(part)
    return "".join(kept)


def _row(report: Report) -> str:
    score = "" if report.score is None else f"{report.score:g} / {report.points:g}"
    # In a table a line between cells is one even in a code span, unless a backslash stands before it.
    names = [_verbatim(text).replace("|", "\\|") for text in (report.submission, report.learner, report.lab)]
    remark = _verbatim(report.reason or report.remark, REASON_CHARACTERS).replace("|", "\\|")
    return f"| {' | '.join([*names, report.status, score, remark])} |\n"


def _section(report: Report) -> str:
    lines = [f"\n### {_verbatim(report.submission)}\n"]
    for exercise, results in groupby(_lost(report), key=lambda result: result.exercise):
        earned, possible = report.earned(exercise)
        share = f": {earned:g} of {possible:g}" if report.status is Status.GRADED else ""
        lines.append(f"\n**{_literal(exercise)}**{share}\n\n")
        lines += map(_item, results)
        if hint := report.hints.get(exercise):
            lines.append(f"- Hint: {_literal(hint)}\n")
    return "".join(lines)


def _lost(report: Report) -> list[Result]:
    return [result for result in report.results if result.outcome is not Outcome.PASSED]


def _item(result: Result) -> str:
    mark = MARKS[result.outcome]
    reason = f": {_verbatim(result.reason, REASON_CHARACTERS)}" if result.reason else ""
    return f"- {mark.symbol} {_literal(result.title)} ({mark.word}){reason}\n"


def _verbatim(text: str, limit: int = NAME_CHARACTERS) -> str:
    """A stranger's text as a code span; its fence is longer than any run of backticks within (CommonMark 0.31, 6.1)."""
    shown = one_line(text, limit)
    if not shown:
        return ""
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    # A space at either end, which the reader drops, keeps a backtick of the text off the fence, and a dollar sign too:
    # a dollar sign beside a backtick begins a formula on GitHub.
    return f"{fence} {shown} {fence}" if shown.strip(" ") else f"{fence}{shown}{fence}"


def _literal(text: str) -> str:
    """An author's text that is no markup either: each sign that could be some has a backslash before it."""
    return _SIGNS.sub(r"\\\1", one_line(" ".join(text.split()), TEXT_CHARACTERS))
