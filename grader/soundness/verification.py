"""Proves one lab sound: what must pass passes, what must fail fails as it says, and mutants made by machine die."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from grader.labs import lab_folder, load_lab
from grader.launch import Sandboxes
from grader.model import Exercise, Lab, Report
from grader.soundness.answers import Answer, Kind, read_shipped_answers
from grader.soundness.judgement import (
    judge_answers,
    judge_counts,
    judge_explanations,
    judge_mutants,
    judge_reference,
    judge_samples,
    judge_start,
)  # fmt: skip
from grader.soundness.layout import Finding, inspect_files, read_equivalents
from grader.soundness.mutation import Mutant, make_mutants
from grader.soundness.proof import Mutants, Proof, digest_lab
from grader.soundness.together import Pairs, find_dependent, group
from grader.soundness.trials import find_killed, grade_answers, lost_tests, try_with_half

MUTANTS = 30
"""How many are tried of each exercise, spread evenly over all that can be made."""

Result = TypeVar("Result")
Tell = Callable[[int, int], None]
"""Hears how many trials are done, of how many."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What came of a lab: findings, or a proof when there are none."""

    lab: str
    findings: tuple[Finding, ...]
    proof: Proof | None
    """What was measured; None when the reference fails, for then nothing else says anything."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where a lab lies, and what it is tried on."""

    labs: Path
    sandboxes: Sandboxes
    executor: Executor


def verify_lab(ground: Ground, lab_id: str, tell: Tell) -> Verdict:
    """The verdict on one lab. Raises LabError, UsageError, SandboxError."""
    place, lab = lab_folder(ground.labs, lab_id), load_lab(ground.labs, lab_id)
    answers = read_shipped_answers(place)
    trial = _Trial(lab, ground, tell)
    graded = {name: trial.grade(cells) for name, cells in _whole_notebooks(lab, answers).items()}
    halved = trial.run(lambda: try_with_half(lab, ground.sandboxes))
    reports = {name: future.result() for name, future in graded.items()}
    measured = halved.result()
    if lost_tests(reports["reference"]):
        findings = (*inspect_files(lab, place), *judge_reference(reports["reference"], measured))
        return Verdict(lab=lab_id, findings=findings, proof=None)
    dependent = find_dependent(lab, {one.id: reports[_blank(one)] for one in lab.exercises})
    lost = _find_lost(lab, answers, dependent, trial)
    mutants, survivors = _find_survivors(lab, dependent, trial)
    explained = read_equivalents(place)
    unexplained = [mutant for mutant in survivors if (mutant.exercise, mutant.change) not in explained]
    found = Mutants(
        tried=len(mutants), killed=len(mutants) - len(survivors), equivalent=len(survivors) - len(unexplained)
    )
    findings = (
        *inspect_files(lab, place), *judge_reference(reports["reference"], measured), *judge_start(reports["start"]),
        *judge_answers(answers, lost), *judge_samples(answers, reports), *judge_counts(lab, answers),
        *judge_mutants(found, unexplained), *judge_explanations(explained, survivors, mutants, place),
    )  # fmt: skip
    proof = Proof(
        lab=lab.id, digest=digest_lab(place), image=ground.sandboxes.image, proven=datetime.now(UTC).date(),
        exercises=len(lab.exercises), hidden_tests=len(lab.tests()),
        wrong_answers=sum(answer.kind is Kind.WRONG for answer in answers),
        right_answers=sum(answer.kind is Kind.RIGHT for answer in answers), mutants=found,
        reference_seconds=round(measured.cell_seconds + measured.test_seconds, 1),
    )  # fmt: skip
    return Verdict(lab=lab_id, findings=findings, proof=proof)


class _Trial:
    """Runs trials by the executor and counts them."""

    def __init__(self, lab: Lab, ground: Ground, tell: Tell) -> None:
        self._lab, self._ground, self._tell = lab, ground, tell
        self._asked = self._done = 0

    def grade(self, cells: dict[str, str]) -> Future[Report]:
        return self.run(lambda: grade_answers(self._lab, cells, self._ground.sandboxes))

    def kill(self, group: dict[str, Mutant]) -> Future[dict[str, bool]]:
        return self.run(lambda: find_killed(self._lab, group, self._ground.sandboxes))

    def run(self, trial: Callable[[], Result]) -> Future[Result]:
        self._asked += 1
        self._ground.sandboxes.pool.expect(self._lab)
        future = self._ground.executor.submit(trial)
        future.add_done_callback(self._count)
        return future

    def _count(self, _future: object) -> None:
        self._done += 1
        self._tell(self._done, self._asked)


def _whole_notebooks(lab: Lab, answers: list[Answer]) -> dict[str, dict[str, str]]:
    """The cells of every notebook that is graded for itself, by name."""
    blanks = {
        _blank(exercise): {name: text for name, text in lab.reference.items() if name != exercise.id}
        for exercise in lab.exercises
    }
    samples = {answer.name: lab.reference | answer.cells for answer in answers if answer.kind is Kind.SAMPLE}
    return {"reference": lab.reference, "start": {}} | blanks | samples


def _blank(exercise: Exercise) -> str:
    return f"blank/{exercise.id}"


def _find_lost(lab: Lab, answers: list[Answer], dependent: Pairs, trial: _Trial) -> dict[str, frozenset[str]]:
    """By answer, the tests that it loses.

    Answers that touch one exercise each are tried together; where the sum is not what they say, each is tried alone.
    """
    own = {exercise.id: {test.name for test in exercise.tests} for exercise in lab.exercises}
    tried = [answer for answer in answers if answer.kind is not Kind.SAMPLE]
    narrow = {name: [one for one in tried if set(one.cells) == {name} and one.fails <= own[name]] for name in own}
    groups = [list(together.values()) for together in group(narrow, dependent)]
    alone = [answer for answer in tried if not any(answer in found for found in narrow.values())]
    futures = [trial.grade(_cells(lab, members)) for members in groups]
    for members, future in zip(groups, futures, strict=True):
        if lost_tests(future.result()) != frozenset[str]().union(*(answer.fails for answer in members)):
            alone += members
    singly = {answer.name: trial.grade(_cells(lab, [answer])) for answer in alone}
    told = {answer.name: answer.fails for answer in tried}
    return told | {name: lost_tests(future.result()) for name, future in singly.items()}


def _cells(lab: Lab, answers: list[Answer]) -> dict[str, str]:
    return lab.reference | {exercise: text for answer in answers for exercise, text in answer.cells.items()}


def _find_survivors(lab: Lab, dependent: Pairs, trial: _Trial) -> tuple[list[Mutant], list[Mutant]]:
    """The mutants that were tried, and those that lost no test of their exercise."""
    made = {name: make_mutants(name, source, most=MUTANTS) for name, source in lab.reference.items()}
    groups = list(group(made, dependent))
    futures = [trial.kill(together) for together in groups]
    survivors = [
        together[exercise]
        for together, future in zip(groups, futures, strict=True)
        for exercise, is_killed in future.result().items()
        if not is_killed
    ]
    return [mutant for mutants in made.values() for mutant in mutants], survivors
