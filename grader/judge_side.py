"""The judge's side of a conversation: collects the hidden tests and runs them, relaying what they ask of the learner.

It counts no points. What a judge's process does wrong is ours.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.channel import Channel, Closed, Garbled, Late
from grader.errors import LabError, SandboxError
from grader.inside.values import Bounds, decode, encode
from grader.inside.wire import Header, WireError
from grader.late import LoadedLate
from grader.learner_side import Gone, LearnerSide
from grader.model import Lab, Outcome
from grader.sandbox import START_SECONDS, Role, Start

_STUCK = "the test could not work with that answer; see that it has the type and size that the exercise asks for"
_DECIDED = "what it would say no longer matters"
_GIVEN_UP = "earlier answers brought the tests down too often for this one to be run"
_MEBIBYTE = 1024 * 1024
_JUDGE_BYTES = 1 << 30
_TURN_SECONDS = 5
"""What a judge that has judged may take to be ready again, and one that is ready to say so."""


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What the judge said of one test, overruled where the host saw the learner's process end in it."""

    outcome: Outcome
    reason: str = ""
    detail: str = ""
    seconds: float = 0
    measured: Mapping[str, float] = field(default_factory=dict)
    """By name, the metrics that the test compared with a floor."""


IsDecided = Callable[[str, Mapping[str, Reported]], bool]
"""Whether nothing that a test could still say matters, by its name and what was reported so far."""


def is_never_decided(_test: str, _reported: Mapping[str, Reported]) -> bool:
    """False: in a grading every test counts."""
    return False


class _Stuck(Exception):  # noqa: N818 - perhaps the learner's doing, so a value in the report
    """The judge ended by itself, fell silent or spoke nonsense."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome


class JudgeSide:
    """The judge's sandbox: collects the hidden tests, then runs them, asking on the way."""

    def __init__(self, start: Start, lab: Lab) -> None:
        self._lab = lab
        self._channel = Channel(start(Role.JUDGE, lab.limits))
        self._found: frozenset[str] = frozenset()
        self._answers = 0
        self._has_said_done = False

    def serves(self, lab: Lab) -> bool:
        """Whether it has collected this lab's hidden tests, under this lab's limits."""
        mine = self._lab
        return (mine.hidden, mine.data, mine.limits) == (lab.hidden, lab.data, lab.limits)

    def collect(self, late: Sequence[LoadedLate] = ()) -> None:
        """Send the hidden tests, and what is worth loading ahead of their forks; learn which were found.

        Raises LabError when a test file cannot be read or two tests share a name; SandboxError when the judge ends.
        """
        files = {f"hidden/{name}": content for name, content in self._lab.hidden.items()} | self._lab.data
        setup = {
            "kind": "setup", "answer_bytes": self._lab.limits.answer_mb * _MEBIBYTE,
            "late": [(one.packages, one.modules) for one in late],
        }  # fmt: skip
        try:
            self._send(setup, encode(files))
            told = self._value(self._receive("collected", START_SECONDS)[1])
        except _Stuck as stuck:
            raise SandboxError(f"the judge of {self._lab.id} {stuck}") from stuck
        if told["errors"]:
            raise LabError(f"{self._lab.id}: a hidden test file cannot be read: {told['errors'][0]}")
        self._found = frozenset(told["tests"])
        if len(self._found) < len(told["tests"]):
            raise LabError(f"{self._lab.id}: two hidden tests share a name; give each its own")

    def judge(self, lab: Lab, learner: LearnerSide, reported: dict[str, Reported], is_decided: IsDecided) -> bool:
        """Run the tests that were found and not reported, relaying their questions; add what is reported of each.

        A test that is decided gets no answers, so that it ends at its first question. `lab` is one that it serves.

        False when an answer brought this judge down: a new one can go on with the rest. Raises SandboxError when it
        went down without one.
        """
        told = {
            run.exercise: {"source": run.source, "outputs": list(run.outputs)} for run in learner.runs() if run.exercise
        }
        test: str | None = None
        self._answers, self._has_said_done = 0, False
        try:
            self._send({"kind": "begin", "skip": sorted(reported), "seed": lab.seed}, encode(told))
            while not self._found <= reported.keys() and (test := self._next_test()) is not None:
                spared = Gone(Outcome.FAILED, _DECIDED) if is_decided(test, reported) else None
                reported[test] = self._one_test(test, learner, spared)
        except _Stuck as stuck:
            if not self._answers:
                raise SandboxError(f"the judge of {self._lab.id} {stuck}") from stuck
            learner.was_idle |= stuck.outcome is Outcome.TIMEOUT
            if test is not None:
                reported.setdefault(test, Reported(outcome=stuck.outcome, reason=_STUCK, detail=f"the judge {stuck}"))
            return False
        return True

    def give_up(self, reported: dict[str, Reported]) -> None:
        """Report the tests that no judge will run any more."""
        for test in self._found - reported.keys():
            reported[test] = Reported(outcome=Outcome.CRASHED, reason=_GIVEN_UP)

    def is_ready_again(self) -> bool:
        """Whether it is as it was before it judged, and can judge another submission."""
        try:
            if not self._has_said_done:
                self._receive("done", _TURN_SECONDS)
            self._receive("ready", _TURN_SECONDS)
        except (_Stuck, SandboxError):
            return False
        return True

    def is_still_there(self) -> bool:
        """Whether one that is ready still answers."""
        try:
            self._send({"kind": "still"}, b"")
            self._receive("still", _TURN_SECONDS)
        except (_Stuck, SandboxError):
            return False
        return True

    def close(self) -> None:
        """Remove the sandbox."""
        self._channel.close()

    def _next_test(self) -> str | None:
        header, _ = self._receive("test", self._lab.limits.seconds, or_kind="done")
        if header["kind"] == "done":
            self._has_said_done = True
            return None
        if header["test"] not in self._found:
            raise SandboxError(f"the judge of {self._lab.id} ran {header['test']}, which it had not found before")
        return str(header["test"])

    def _one_test(self, test: str, learner: LearnerSide, gone: Gone | None) -> Reported:
        while True:
            header, body = self._receive("ask", self._lab.limits.seconds, or_kind="result")
            if header["kind"] == "result":
                self._check(test, header)
                return _reported(header, self._value(body), gone)
            try:
                if gone is not None:
                    raise gone
                answer, answer_body = learner.ask(body)
                self._answers += 1
                self._send({"kind": "answer", "state": answer["state"]}, answer_body)
            except Gone as end:
                gone = end
                self._send({"kind": "answer", "state": "gone", "reason": end.reason}, encode(None))

    def _check(self, test: str, header: Header) -> None:
        if header["test"] != test:
            raise SandboxError(f"the judge of {self._lab.id} reported {header['test']} in the middle of {test}")

    def _send(self, header: Header, body: bytes | bytearray) -> None:
        try:
            self._channel.send(header, body, seconds=START_SECONDS)
        except (Late, Closed) as error:
            raise self._fault(error) from error

    def _receive(self, kind: str, seconds: float, or_kind: str = "") -> tuple[Header, bytearray]:
        try:
            header, body = self._channel.receive(seconds=seconds, limit=_JUDGE_BYTES)
        except (Late, Closed, Garbled) as error:
            raise self._fault(error) from error
        if header.get("kind") not in {kind, or_kind}:
            raise SandboxError(f"the judge said {header.get('kind')} where it should say {kind}")
        return header, body

    def _value(self, body: bytearray) -> Any:
        try:
            return decode(body, bounds=Bounds(body_bytes=_JUDGE_BYTES))
        except WireError as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> _Stuck:
        if isinstance(error, Closed):
            ending = self._channel.ending()
            memory = ", out of memory" if ending.out_of_memory else ""
            return _Stuck(Outcome.CRASHED, f"ended (code {ending.code}{memory}). {ending.stderr}".strip())
        if isinstance(error, Late):
            return _Stuck(Outcome.TIMEOUT, "was silent for too long")
        return _Stuck(Outcome.CRASHED, f"cannot be understood: {error}")


def _reported(header: Header, detail: object, gone: Gone | None) -> Reported:
    if gone is not None:
        detail = f"{gone.detail}\n{detail}".strip()
        return Reported(outcome=gone.outcome, reason=gone.reason, detail=detail, seconds=header["seconds"])
    return Reported(
        outcome=Outcome(header["outcome"]), detail=str(detail), seconds=header["seconds"], measured=header["measured"]
    )
