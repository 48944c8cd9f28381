"""What makes a lab unsound, once its answers and mutants were tried; it runs nothing."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.model import Lab, Report
from grader.soundness.answers import Answer, Kind
from grader.soundness.layout import EQUIVALENT, Finding
from grader.soundness.mutation import Mutant
from grader.soundness.proof import Mutants
from grader.soundness.trials import Measured, lost_tests

WRONG_ANSWERS = 3
"""How many each exercise needs at least."""
RIGHT_ANSWERS = 1
SURVIVORS = 0.15
"""The share of mutants that may survive unexplained."""
_SHOWN = 12


def judge_reference(report: Report, measured: Measured) -> Iterator[Finding]:
    """The reference has full marks, with half of the limits too, and no test reports that has no price."""
    if lost := lost_tests(report):
        first = next(result for result in report.results if result.test in lost)
        what = f"the reference loses {_names(lost)}: {first.reason or first.detail[-300:]}"
        yield Finding(what=what, mend="mend the test or the solution")
    elif measured.lost or measured.halted:
        reasons = "; ".join((*measured.halted, *measured.reasons))
        what = f"with half of every limit the reference loses {_names(measured.lost) or 'a cell'}: {reasons}"
        yield Finding(what=what, mend="make it cheaper, or raise that limit in lab.toml")
    if measured.unpromised:
        what = f"collected and not promised: {_names(measured.unpromised)}"
        yield Finding(what=what, mend="give it points in lab.toml, or remove it")


def judge_start(report: Report) -> Iterator[Finding]:
    """The start notebook earns nothing."""
    if report.score:
        passed = {result.test for result in report.results} - lost_tests(report)
        what = f"the start notebook passes {_names(passed)}"
        yield Finding(what=what, mend="let the test ask for something that only an answer has")


def judge_answers(answers: list[Answer], lost: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """What is right passes, what is wrong fails exactly what it says; `lost` are the tests by answer."""
    for answer in answers:
        if answer.kind is Kind.RIGHT and lost[answer.name]:
            what = f"{answer.name}: an accepted answer loses {_names(lost[answer.name])}"
            yield Finding(what=what, mend="test what the docstring promises, not one way to do it")
        elif answer.kind is Kind.WRONG and lost[answer.name] != answer.fails:
            what = f"{answer.name}: fails {_names(lost[answer.name]) or 'nothing'}, and says {_names(answer.fails)}"
            yield Finding(what=what, mend="mend the tests, or what it says")


def judge_samples(answers: list[Answer], reports: Mapping[str, Report]) -> Iterator[Finding]:
    """Each sample has the score that it says."""
    for answer in answers:
        if answer.kind is Kind.SAMPLE and reports[answer.name].score != answer.score:
            what = f"{answer.name}: its score is {reports[answer.name].score:g}, not {answer.score:g}"
            yield Finding(what=what, mend="mend the sample or its score")


def judge_counts(lab: Lab, answers: list[Answer]) -> Iterator[Finding]:
    """There are answers enough of both kinds, and every hidden test is failed by one."""
    wrong = [answer for answer in answers if answer.kind is Kind.WRONG]
    right = [answer for answer in answers if answer.kind is Kind.RIGHT]
    for exercise in lab.exercises:
        for kind, shipped, least in (("wrong", wrong, WRONG_ANSWERS), ("right", right, RIGHT_ANSWERS)):
            count = sum(exercise.id in answer.cells for answer in shipped)
            if count < least:
                what = f"{exercise.id} has {count} {kind} answers, and {least} are the least"
                yield Finding(what=what, mend=f"write {least - count} more into {kind}/")
    failed = frozenset[str]().union(*(answer.fails for answer in wrong))
    if spared := {test.name for test in lab.tests()} - failed:
        yield Finding(what=f"no wrong answer fails {_names(spared)}", mend="write one that does, or remove the test")


def judge_mutants(found: Mutants, unexplained: list[Mutant]) -> Iterator[Finding]:
    """Few mutants survive that nobody explains."""
    if len(unexplained) > SURVIVORS * (found.tried - found.equivalent):
        listed = "".join(f"\n    {mutant.exercise}: {mutant.change}" for mutant in unexplained[:_SHOWN])
        more = f"\n    and {len(unexplained) - _SHOWN} more" if len(unexplained) > _SHOWN else ""
        what = f"{len(unexplained)} of {found.tried} mutants survive, more than {SURVIVORS:.0%}:{listed}{more}\n   "
        mend = f"test what they change, write the solution without it, or say in {EQUIVALENT} why it is no mistake"
        yield Finding(what=what, mend=mend)


def judge_explanations(
    explained: dict[tuple[str, str], str], survivors: list[Mutant], mutants: list[Mutant], place: Path
) -> Iterator[Finding]:
    """What mutants.toml explains survives indeed."""
    surviving = {(mutant.exercise, mutant.change) for mutant in survivors}
    for exercise, change in explained.keys() - surviving:
        was_tried = any((mutant.exercise, mutant.change) == (exercise, change) for mutant in mutants)
        what = f"{place / EQUIVALENT}: {exercise}: {change!r} {'is killed' if was_tried else 'is no mutant any more'}"
        yield Finding(what=what, mend="remove the entry")


def _names(tests: frozenset[str] | set[str]) -> str:
    return ", ".join(sorted(tests))
