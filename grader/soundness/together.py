"""Puts answers to different exercises into one notebook where they cannot touch each other: trials are what costs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from grader.model import Lab, Report
from grader.soundness.trials import lost_tests

One = TypeVar("One")
Pairs = set[frozenset[str]]


def find_dependent(lab: Lab, blanks: Mapping[str, Report]) -> Pairs:
    """Pairs of exercises of which one, left blank, costs tests of the other; `blanks` are the reports by exercise."""
    exercise_of = {test.name: exercise.id for exercise in lab.exercises for test in exercise.tests}
    return {
        frozenset({exercise, exercise_of[test]})
        for exercise, report in blanks.items()
        for test in lost_tests(report)
        if exercise_of[test] != exercise
    }


def group(items: Mapping[str, Sequence[One]], dependent: Pairs) -> Iterator[dict[str, One]]:
    """The items, given by exercise, in few groups: at most one of each exercise, and no two that are dependent."""
    waiting = {exercise: list(found) for exercise, found in items.items()}
    while any(waiting.values()):
        together: dict[str, One] = {}
        for exercise in sorted(waiting, key=lambda name: -len(waiting[name])):
            if waiting[exercise] and not any(frozenset({exercise, other}) in dependent for other in together):
                together[exercise] = waiting[exercise].pop()
        yield together
