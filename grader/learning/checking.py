"""Checks a learner's notebook without any hidden test: a clean run, the visible checks, a look for leaks."""

import json
import re
from dataclasses import dataclass

from grader.learner_side import Gone, LearnerSide
from grader.learning.hidden_state import describe, explain_missing
from grader.learning.leakage import Leak, find_leaks
from grader.model import CellRun, Lab, Submission
from grader.sandbox import Start
from grader.submission import Cell, Rebuilt, rebuild

_MISSING_NAME = re.compile(r"name '(\w+)' is not defined")
_MISSING_MODULE = re.compile(r"No module named '([\w.]+)'")
_NOT_ANSWERED = "not answered yet"
_PLACE = re.compile(r" in cell (\S+), line (\d+)$")


@dataclass(frozen=True, kw_only=True)
class ExerciseCheck:
    """What became of an exercise; `said` is empty where its visible check passes."""

    exercise: str
    title: str
    said: str

    @property
    def passed(self) -> bool:
        """Whether its visible check passes; where it has none, whether its cell runs."""
        return not self.said


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A cell that the learner added or changed and that does not come to its end in a clean run, and why."""

    cell: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Checked:
    """All that a check found."""

    lab: Lab
    exercises: tuple[ExerciseCheck, ...]
    troubles: tuple[Trouble, ...]
    leaks: tuple[tuple[str, Leak], ...]
    """Each with its cell in words."""
    notes: tuple[str, ...]

    @property
    def passed(self) -> int:
        """How many exercises pass their visible checks."""
        return sum(exercise.passed for exercise in self.exercises)

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left to mend."""
        return self.passed == len(self.exercises) and not self.troubles and not self.leaks


def check_notebook(lab: Lab, submission: Submission, start: Start) -> Checked:
    """Run a notebook from top to bottom as a grading would, the visible checks too.

    Raises RejectedError when it is no notebook of the lab, SandboxError when it could not be run.
    """
    rebuilt = rebuild(lab, submission, with_checks=True)
    runs = _run(lab, rebuilt, start)
    answered = _answered(lab, rebuilt)
    words = {cell.id: describe(cell) for cell in rebuilt.cells}
    exercises = tuple(
        ExerciseCheck(exercise=one.id, title=one.title, said=_say_exercise(one.id, runs, rebuilt))
        if answered.get(one.id)
        else ExerciseCheck(exercise=one.id, title=one.title, said=_NOT_ANSWERED)
        for one in lab.exercises
    )
    extras = [cell for cell in rebuilt.cells if cell.id.startswith("extra-") or cell.id.endswith("-changed")]
    troubles = tuple(
        Trouble(cell=words[cell.id], text=_explain(cell, runs, rebuilt))
        for cell in extras
        if runs[cell.id].state != "ran"
    )
    own = [cell for cell in rebuilt.cells if cell in extras or answered.get(cell.exercise or "")]
    leaks = tuple((words[leak.cell], leak) for leak in find_leaks(own))
    return Checked(lab=lab, exercises=exercises, troubles=troubles, leaks=leaks, notes=rebuilt.notes)


def _run(lab: Lab, rebuilt: Rebuilt, start: Start) -> dict[str, CellRun]:
    learner = LearnerSide(start, lab, rebuilt.cells, told={})
    try:
        learner.run_notebook()
    except Gone:
        # What ended it each time stands in the runs.
        pass
    finally:
        learner.close()
    return {run.id: run for run in learner.runs()}


def _answered(lab: Lab, rebuilt: Rebuilt) -> dict[str, bool]:
    """By exercise, whether its cell holds anything else than at the start."""
    blank = {cell["id"]: "".join(cell["source"]).strip() for cell in json.loads(lab.notebook)["cells"]}
    return {cell.exercise: cell.source.strip() not in {"", blank[cell.id]} for cell in rebuilt.cells if cell.exercise}


def _say_exercise(exercise: str, runs: dict[str, CellRun], rebuilt: Rebuilt) -> str:
    """What is wrong with an answer as far as its cell and its visible check show; empty where nothing is."""
    for cell in rebuilt.cells:
        if cell.exercise == exercise and runs[cell.id].state != "ran":
            return _explain(cell, runs, rebuilt)
    return next((_say_check(cell, runs, rebuilt) for cell in rebuilt.cells if cell.check == exercise), "")


def _say_check(cell: Cell, runs: dict[str, CellRun], rebuilt: Rebuilt) -> str:
    run = runs[cell.id]
    if run.state == "ran":
        return ""
    name, message = _error(run)
    if name != "AssertionError":
        return _explain(cell, runs, rebuilt)
    if message:
        return message
    _, line = _place(run)
    return f"this does not hold: `{cell.source.splitlines()[line - 1].strip()}`" if line else "an assertion failed"


def _explain(cell: Cell, runs: dict[str, CellRun], rebuilt: Rebuilt) -> str:
    """Why a cell did not come to its end, in words that end in what to do where that is known."""
    run = runs[cell.id]
    if run.state != "raised":
        return run.reason or "it did not run, because a cell before it ended the process"
    name, message = _error(run)
    where, line = _place(run)
    if name == "NotImplementedError" and where != cell.id:
        return _NOT_ANSWERED if where == cell.check else f"it needs exercise {where}, which is not answered yet"
    place = _say_place(where, line, cell, rebuilt)
    if name == "NameError" and (found := _MISSING_NAME.search(message)):
        return f"{place}{explain_missing(found[1], cell.id, rebuilt.cells, runs)}"
    if name == "ModuleNotFoundError" and (found := _MISSING_MODULE.search(message)):
        return f"{place}{found[1]} is not installed here, and perhaps not where it is graded either: do without it"
    return f"{place}{name}: {message}" if message else f"{place}{name}"


def _say_place(where: str, line: int, cell: Cell, rebuilt: Rebuilt) -> str:
    if not where:
        return ""
    if where == cell.id:
        return f"line {line} of the check: " if cell.check else f"line {line}: "
    return f"in {next(describe(one) for one in rebuilt.cells if one.id == where)}, line {line}: "


def _error(run: CellRun) -> tuple[str, str]:
    """The name and the message of what a cell raised."""
    for output in reversed(run.outputs):
        if output.get("output_type") == "error":
            return str(output.get("ename", "")), str(output.get("evalue", "")).strip()
    return run.reason.partition(" ")[0], ""


def _place(run: CellRun) -> tuple[str, int]:
    """The cell and the line in it where an error came up; ("", 0) when that was in no cell."""
    found = _PLACE.search(run.reason)
    return (found[1], int(found[2])) if found else ("", 0)
