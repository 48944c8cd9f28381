"""The data that flows through grading, frozen; it knows neither Docker nor files."""

import hashlib
from collections import Counter
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
PythonName = Annotated[str, StringConstraints(pattern=r"^test_[A-Za-z0-9_]{1,120}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]


class Frozen(BaseModel):
    """What every class here is: immutable, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class HiddenTest(Frozen):
    """One promised test: what it is worth and what a learner reads when it fails."""

    name: PythonName
    points: float = Field(gt=0, le=100)
    title: Text


class Exercise(Frozen):
    """One cell that the learner fills in, with its hints (gentlest first) and its hidden tests."""

    id: Name
    title: Text
    hints: tuple[Text, ...] = Field(min_length=1, max_length=5)
    tests: tuple[HiddenTest, ...] = Field(min_length=1, alias="test")

    @property
    def points(self) -> float:
        """What the exercise is worth in all."""
        return sum(test.points for test in self.tests)


class Limits(Frozen):
    """What one sandbox may use; the judge's has the same."""

    seconds: float = Field(default=60, gt=0, le=3600)
    """Wall time for one run of all cells."""
    question_seconds: float = Field(default=20, gt=0, le=600)
    """Wall time for one question of a hidden test."""
    answers_seconds: float = Field(default=300, gt=0, le=7200)
    """Wall time for all questions together: else answers just under the deadline would hold a grader for hours."""
    memory_mb: int = Field(default=2048, ge=256, le=65_536)
    cpus: float = Field(default=1, gt=0, le=64)
    processes: int = Field(default=128, ge=16, le=4096)
    disk_mb: int = Field(default=256, ge=16, le=16_384)
    """Size of each of the two writable folders, the work folder and /tmp; both lie in memory."""
    answer_mb: int = Field(default=64, ge=1, le=1024)
    """Bytes that the learner's process may write in answer to one question."""
    output_kb: int = Field(default=256, ge=1, le=10_240)
    """Output kept of one cell; the rest is dropped, and the report says so."""


class Lab(Frozen):
    """A lab as the grader needs it, files included: a worker elsewhere needs no shared disk."""

    id: str
    title: Text
    minutes: int = Field(gt=0, le=240)
    skills: tuple[Text, ...]
    environment: Name
    exercises: tuple[Exercise, ...]
    limits: Limits
    notebook: bytes
    """The start notebook, nbformat 4.5."""
    data: dict[str, bytes]
    """Files that the learner sees, by path relative to the work folder."""
    hidden: dict[str, bytes]
    """Files of the judge's sandbox only, by path relative to `hidden/`."""
    reference: dict[str, str]
    """The author's own answers by exercise: known to be good, so that a sick machine can be told from a bad answer."""
    version: str
    """Hash of all that decides a score."""
    seed: int = 0
    """What hidden tests with a floor draw their data from; another than 0 measures and asserts nothing."""

    @property
    def points(self) -> float:
        """What the lab is worth in all."""
        return sum(exercise.points for exercise in self.exercises)

    def tests(self) -> tuple[HiddenTest, ...]:
        """Every promised test, in the order of the exercises."""
        return tuple(test for exercise in self.exercises for test in exercise.tests)


class Submission(Frozen):
    """A notebook as it was handed in; it carries its bytes, so it can travel."""

    id: str
    """Where it was found, relative to the folder that was graded, without the suffix."""
    learner: str
    lab_id: str
    notebook: bytes
    """The file, or what of it matters to a grading."""
    file_digest: str | None = None
    """SHA-256 of the file, where the notebook is less than that."""

    @property
    def digest(self) -> str:
        """SHA-256 of the file that was handed in."""
        return self.file_digest or hashlib.sha256(self.notebook).hexdigest()


class Outcome(StrEnum):
    """What became of one hidden test."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    """The test itself broke or skipped: the author's fault."""
    MISSING = "missing"
    """Promised, never reported."""
    TIMEOUT = "timeout"
    """The learner's code did not answer in time."""
    CRASHED = "crashed"
    """The learner's process ended in the middle of the test."""


ABNORMAL = frozenset({Outcome.TIMEOUT, Outcome.CRASHED, Outcome.MISSING})
"""Outcomes that say nothing of an answer: the test came to no verdict of its own."""


class Status(StrEnum):
    """What became of a submission."""

    GRADED = "graded"
    REJECTED = "rejected"
    """Not a notebook of this lab."""
    UNGRADED = "ungraded"
    """Our failure or the lab's: no score, and worth another try."""
    CHECKED = "checked"
    """Its hidden tests are sealed where it was handed in: only the visible checks ran, and there is no score."""


class Result(Frozen):
    """One hidden test's outcome; `detail` is for the instructor alone, for it may quote the test's data."""

    test: str
    exercise: str
    title: str
    points: float
    earned: float
    outcome: Outcome
    reason: str = ""
    """What a learner may read beside the title: a deadline, a limit, an exit."""
    detail: str = ""
    seconds: float = 0


class CellRun(Frozen):
    """What became of one code cell of the submission."""

    id: str
    exercise: str | None
    source: str
    state: Literal["ran", "raised", "timeout", "crashed", "skipped"]
    reason: str = ""
    outputs: tuple[dict[str, Any], ...] = ()
    """nbformat 4 outputs, cut at the lab's limit; hostile bytes, to be escaped or sanitised before they are shown."""
    seconds: float = 0


NOT_GRADED = "not graded yet: something went wrong on our side"
"""What a learner is told of an ungraded submission: the reason itself may quote a hidden test."""


class Report(Frozen):
    """What one grading found. For a learner's eyes take `for_learner`."""

    format: Literal[1] = 1
    submission: str
    submission_digest: str
    learner: str
    lab: str
    lab_title: str = ""
    lab_version: str = ""
    image: str = ""
    """The image both sandboxes ran from, or "process" where nothing isolated them."""
    status: Status
    reason: str = ""
    notes: tuple[str, ...] = ()
    """Oddities of the file that were met and how they were taken."""
    results: tuple[Result, ...] = ()
    cells: tuple[CellRun, ...] = ()
    hints: dict[str, str] = Field(default_factory=dict)
    """By exercise that lost points: its next hint."""
    seconds: float = 0

    @property
    def score(self) -> float | None:
        """Points earned; None exactly when the status is not graded."""
        if self.status is not Status.GRADED:
            return None
        return round(sum(result.earned for result in self.results), 6)

    @property
    def points(self) -> float:
        """Points that could be earned."""
        return sum(result.points for result in self.results)

    @property
    def remark(self) -> str:
        """What the score does not say: how many tests ended abnormally and why, or that they broke; else empty.

        It is for learners too, and like every reason in part a learner's own words.
        """
        if self.status is not Status.GRADED:
            return ""
        abnormal = [result.reason for result in self.results if result.outcome in ABNORMAL]
        broken = sum(result.outcome is Outcome.ERROR for result in self.results)
        said = [_say_abnormal(abnormal, len(self.results))] if abnormal else []
        if broken:
            said.append(f"{broken} test error{'s' * (broken > 1)}")
        return "; ".join(said)

    def earned(self, exercise: str) -> tuple[float, float]:
        """Points earned and points possible in one exercise."""
        mine = [result for result in self.results if result.exercise == exercise]
        return sum(result.earned for result in mine), sum(result.points for result in mine)

    def exercises(self) -> tuple[str, ...]:
        """Ids of the exercises, in the lab's order."""
        return tuple(dict.fromkeys(result.exercise for result in self.results))

    def for_summary(self) -> "Report":
        """The same without what was typed and shown: what a batch of hundreds can keep of each."""
        runs = tuple(run.model_copy(update={"source": "", "outputs": ()}) for run in self.cells if run.exercise)
        return self.model_copy(update={"cells": runs})

    def for_learner(self) -> "Report":
        """The same without what could carry a hidden test's data out: details, test names, our own errors' text.

        Times of the tests too: code that knows a test's data can be slow by as much as it wants to say.
        """
        told = tuple(result.model_copy(update={"detail": "", "test": "", "seconds": 0}) for result in self.results)
        reason = NOT_GRADED if self.status is Status.UNGRADED else self.reason
        return self.model_copy(update={"results": told, "reason": reason, "seconds": 0})


def _say_abnormal(reasons: list[str], tests: int) -> str:
    ended = "nothing could be run" if len(reasons) == tests else f"{len(reasons)} of {tests} tests ended abnormally"
    # The commonest, and of equals the first.
    reason, _ = Counter(reasons).most_common(1)[0]
    return f"{ended}: {reason}" if reason else ended
