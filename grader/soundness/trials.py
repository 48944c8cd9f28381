"""Tries answers on a lab in the two sandboxes: as a grading does, or only until it is clear whether mutants die."""

from collections.abc import Mapping
from dataclasses import dataclass

from grader.conversation import Conversation, converse
from grader.errors import SandboxError
from grader.grade import score
from grader.judge_side import IsDecided, Reported, is_never_decided
from grader.launch import Sandboxes
from grader.model import Lab, Limits, Outcome, Report, Submission
from grader.notebook import fill
from grader.soundness.mutation import Mutant
from grader.submission import rebuild

HALVED = (
    "seconds",
    "question_seconds",
    "answers_seconds",
    "memory_mb",
    "processes",
    "disk_mb",
    "answer_mb",
    "output_kb",
)
_RETRIES = 2


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What the reference came to when its limits were halved."""

    lost: frozenset[str]
    unpromised: frozenset[str]
    """Tests that reported and have no price."""
    halted: tuple[str, ...]
    """Cells that did not come to their end, and why."""
    reasons: tuple[str, ...]
    cell_seconds: float
    test_seconds: float
    longest_seconds: float
    """Of all tests, the one that took longest."""


def grade_answers(lab: Lab, answers: Mapping[str, str], sandboxes: Sandboxes) -> Report:
    """The report of a notebook with these exercise cells, as a learner's would be graded. Raises SandboxError."""
    report = sandboxes.grade(lab, _submission(lab, answers))
    if report.score is None:
        raise SandboxError(f"{lab.id}: {report.reason}")
    return report


def lost_tests(report: Report) -> frozenset[str]:
    """The promised tests that did not pass."""
    return frozenset(result.test for result in report.results if result.outcome is not Outcome.PASSED)


def try_with_half(lab: Lab, sandboxes: Sandboxes) -> Measured:
    """The reference under half of every limit. Raises SandboxError, LabError."""
    halved = lab.model_copy(update={"limits": halve(lab.limits)})
    said = _talk(halved, lab.reference, sandboxes)
    results = score(halved, said.reported, said.runs)
    lost = [result for result in results if result.outcome is not Outcome.PASSED]
    seconds = [one.seconds for one in said.reported.values()]
    return Measured(
        lost=frozenset(result.test for result in lost),
        unpromised=frozenset(said.reported) - {result.test for result in results},
        halted=tuple(f"cell {run.id}: {run.reason or run.state}" for run in said.runs if run.state != "ran"),
        reasons=tuple(dict.fromkeys(result.reason or result.detail[-200:] for result in lost)),
        cell_seconds=sum(run.seconds for run in said.runs),
        test_seconds=sum(seconds),
        longest_seconds=max(seconds, default=0),
    )


def halve(limits: Limits) -> Limits:
    """Half of each limit that a reference could come near to."""
    changed = {name: _half(getattr(limits, name)) for name in HALVED}
    # Unchecked, for half may be less than a lab may ask for.
    return limits.model_copy(update=changed)


def find_killed(lab: Lab, mutants: Mapping[str, Mutant], sandboxes: Sandboxes) -> dict[str, bool]:
    """Whether each mutant, one at most for each exercise, loses a test of its own exercise. Raises SandboxError."""
    exercise_of = {test.name: exercise.id for exercise in lab.exercises for test in exercise.tests}

    def is_decided(test: str, reported: Mapping[str, Reported]) -> bool:
        mine = exercise_of.get(test)
        if mine not in mutants:
            return True
        return any(
            exercise_of.get(name) == mine and one.outcome is not Outcome.PASSED for name, one in reported.items()
        )

    answers = lab.reference | {exercise: mutant.source for exercise, mutant in mutants.items()}
    said = _talk(lab, answers, sandboxes, is_decided)
    lost = {result.exercise for result in score(lab, said.reported, said.runs) if result.outcome is not Outcome.PASSED}
    return {exercise: exercise in lost for exercise in mutants}


def measure(lab: Lab, sandboxes: Sandboxes) -> Mapping[str, Mapping[str, float]]:
    """By test, the metrics of the reference that have a floor, on data of the lab's seed. Raises SandboxError."""
    return {test: one.measured for test, one in _talk(lab, lab.reference, sandboxes).reported.items()}


def _half(limit: float) -> float:
    return max(1, limit // 2) if isinstance(limit, int) else limit / 2


def _talk(
    lab: Lab, answers: Mapping[str, str], sandboxes: Sandboxes, is_decided: IsDecided = is_never_decided
) -> Conversation:
    start, judges = sandboxes.pool.start, sandboxes.judges
    cells = rebuild(lab, _submission(lab, answers)).cells
    for _ in range(_RETRIES):
        try:
            return converse(lab, cells, start, judges=judges, told={}, is_decided=is_decided)
        except SandboxError:
            continue
    return converse(lab, cells, start, judges=judges, told={}, last_try=True, is_decided=is_decided)


def _submission(lab: Lab, answers: Mapping[str, str]) -> Submission:
    return Submission(id="proof", learner="proof", lab_id=lab.id, notebook=fill(lab.notebook, dict(answers)))
