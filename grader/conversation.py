"""The host's part between the two sandboxes: asks, relays, keeps every deadline; it counts no points.

A learner's process that ends costs the test in which it ended: it is started anew, and the notebook run again, for
the next one. What a judge's process does wrong is ours.
"""

import json
import secrets
import time
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from grader.channel import Channel, Closed, Garbled, Late
from grader.errors import LabError, SandboxError
from grader.inside.values import Bounds, decode, encode
from grader.inside.wire import Header, WireError
from grader.model import CellRun, Lab, Outcome
from grader.notebook import Cell
from grader.sandbox import SIGNALLED, Ending, Role, Start

RESTARTS = 6
"""More than one for each exercise of a lab would cost an instructor's night for one broken notebook."""
START_SECONDS = 60
GRACE_SECONDS = 2
"""What a process gets beyond its own alarm before it is ended from outside."""
JUDGE_SECONDS = 120
"""How long a judge may be silent while it is its turn."""
_KIBIBYTE = 1024
_MEBIBYTE = 1024 * 1024
_JUDGE_BYTES = 1 << 30
_OUTPUT_DEPTH = 20

_OUTPUTS = TypeAdapter(list[dict[str, Any]])


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What the judge said of one test, overruled where the host saw the learner's process end in it."""

    outcome: Outcome
    reason: str = ""
    detail: str = ""
    seconds: float = 0


class Gone(Exception):  # noqa: N818 - the learner's doing, so a value in the report and no error of ours
    """The learner's process ended or was late, and has been removed."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason


class LearnerSide:
    """The learner's sandbox: started when first needed, started anew after each end, a bounded number of times."""

    def __init__(self, start: Start, lab: Lab, cells: tuple[Cell, ...]) -> None:
        self._start = start
        self._lab = lab
        self._cells = cells
        self._runs: dict[str, CellRun] = {}
        self._fatal: set[str] = set()
        self._starts = 0
        self._channel: Channel | None = None
        self._has_run = False

    def start(self) -> None:
        """Start a sandbox, no cell run yet. Raises Gone when there were too many, SandboxError."""
        if self._starts > RESTARTS:
            raise Gone(Outcome.CRASHED, f"the notebook's process was started {self._starts} times and ended each time")
        self._starts += 1
        self._channel = Channel(self._start(Role.LEARNER, self._lab.limits))

    def run_notebook(self) -> None:
        """Run every cell but those that ended an earlier sandbox, in a new one where there is none.

        Starts again until all have run. Raises Gone when that takes more starts than are allowed.
        """
        while not self._has_run:
            try:
                if self._channel is None:
                    self.start()
                self._set_up()
                self._run_cells()
                self._has_run = True
            except Gone:
                if self._starts > RESTARTS:
                    raise

    def ask(self, request: bytearray) -> tuple[Header, bytearray]:
        """The answer to one question of a hidden test. Raises Gone."""
        self.run_notebook()
        limits = self._lab.limits
        header, body = self._question(
            {"kind": "ask"}, request, seconds=limits.question_seconds, limit=limits.answer_mb * _MEBIBYTE
        )
        if header["state"] == "timeout":
            # Where it was late is not told: the learner's process wrote that text when it knew the question's data.
            raise self._end(Outcome.TIMEOUT, _late(limits.question_seconds, ""))
        return header, body

    def runs(self) -> tuple[CellRun, ...]:
        """What became of each cell the first time it ran."""
        return tuple(self._runs.get(cell.id, _never_ran(cell)) for cell in self._cells)

    def close(self) -> None:
        """Remove the sandbox."""
        self._has_run = False
        if self._channel is not None:
            self._channel.close()
            self._channel = None

    def _set_up(self) -> None:
        limits = self._lab.limits
        setup = {
            "kind": "setup",
            "generation": self._starts,
            "output_bytes": limits.output_kb * _KIBIBYTE,
            "answer_bytes": limits.answer_mb * _MEBIBYTE,
        }
        try:
            self._question(setup, encode(self._lab.data), seconds=START_SECONDS, limit=_MEBIBYTE)
        except Gone as gone:
            # No cell has run yet, so this is not the learner's doing.
            raise SandboxError(f"the learner's sandbox did not start: {gone.reason}") from gone

    def _run_cells(self) -> None:
        left = self._lab.limits.seconds
        for cell in self._cells:
            if cell.id in self._fatal:
                continue
            began = time.monotonic()
            try:
                run = self._run_cell(cell, left)
            except Gone as gone:
                self._fatal.add(cell.id)
                state = "timeout" if gone.outcome is Outcome.TIMEOUT else "crashed"
                self._runs[cell.id] = _never_ran(cell).model_copy(update={"state": state, "reason": gone.reason})
                raise
            taken = time.monotonic() - began
            self._runs.setdefault(cell.id, run.model_copy(update={"seconds": round(taken, 3)}))
            left -= taken

    def _run_cell(self, cell: Cell, seconds: float) -> CellRun:
        limits = self._lab.limits
        header, body = self._question(
            {"kind": "cell", "cell": cell.id, "seconds": max(seconds, 0.01)},
            cell.source.encode(errors="replace"),
            seconds=max(seconds, 0),
            limit=limits.output_kb * _KIBIBYTE * 8 + _MEBIBYTE,
        )
        state = header["state"]
        if state == "timeout":
            raise self._end(Outcome.TIMEOUT, _late(limits.seconds, header["reason"]))
        return CellRun(
            id=cell.id, exercise=cell.exercise, source=cell.source, reason=header["reason"],
            state="raised" if state == "raised" else "ran", outputs=_read_outputs(body),
        )  # fmt: skip

    def _question(
        self, header: Header, body: bytes | bytearray, *, seconds: float, limit: int
    ) -> tuple[Header, bytearray]:
        """Ask under a fresh random id; the answer's header has a known state and a short reason. Raises Gone."""
        channel = self._channel
        if channel is None:
            raise SandboxError("a question was asked of a sandbox that is closed; this is a fault of Pivotlab")
        question = secrets.token_hex(16)
        patience = seconds + GRACE_SECONDS
        try:
            channel.send({"seconds": seconds} | header | {"id": question}, body, seconds=patience)
            answer, answer_body = channel.receive_answer(question, seconds=patience, limit=limit)
        except Late:
            raise self._end(Outcome.TIMEOUT, _late(seconds, "")) from None
        except Garbled as garbled:
            raise self._end(Outcome.CRASHED, f"what it wrote cannot be an answer: {garbled}") from None
        except Closed:
            raise self._end(*self._cause_of_death(channel.ending())) from None
        return {**answer, "state": str(answer.get("state")), "reason": str(answer.get("reason", ""))[:300]}, answer_body

    def _cause_of_death(self, ending: Ending) -> tuple[Outcome, str]:
        if ending.out_of_memory:
            return Outcome.CRASHED, f"it needed more memory than the {self._lab.limits.memory_mb} MB it may use"
        if ending.code is None:
            return Outcome.CRASHED, "it closed its connection to the grader"
        if ending.code > SIGNALLED:
            return Outcome.CRASHED, f"it was ended by signal {ending.code - SIGNALLED}"
        return Outcome.CRASHED, f"it ended itself with exit code {ending.code}"

    def _end(self, outcome: Outcome, reason: str) -> Gone:
        self.close()
        return Gone(outcome, reason)


class JudgeSide:
    """The judge's sandbox: collects the hidden tests, then runs them, asking on the way."""

    def __init__(self, start: Start, lab: Lab) -> None:
        self._lab = lab
        self._channel = Channel(start(Role.JUDGE, lab.limits))
        self._found: frozenset[str] = frozenset()

    def collect(self) -> None:
        """Send the hidden tests and learn which were found.

        Raises LabError when a test file cannot be read or two tests share a name; SandboxError when the judge ends.
        """
        files = {f"hidden/{name}": content for name, content in self._lab.hidden.items()} | self._lab.data
        setup = {"kind": "setup", "answer_bytes": self._lab.limits.answer_mb * _MEBIBYTE}
        self._send(setup, encode(files))
        told = self._value(self._receive("collected", START_SECONDS)[1])
        if told["errors"]:
            raise LabError(f"{self._lab.id}: a hidden test file cannot be read: {told['errors'][0]}")
        self._found = frozenset(told["tests"])
        if len(self._found) < len(told["tests"]):
            raise LabError(f"{self._lab.id}: two hidden tests share a name; give each its own")

    def judge(self, learner: LearnerSide) -> dict[str, Reported]:
        """Run all tests that were found, relaying their questions; what was reported of each. Raises SandboxError."""
        told = {
            run.exercise: {"source": run.source, "outputs": list(run.outputs)} for run in learner.runs() if run.exercise
        }
        self._send({"kind": "begin"}, encode(told))
        reported: dict[str, Reported] = {}
        while reported.keys() != self._found and (test := self._next_test()) is not None:
            reported[test] = self._one_test(test, learner)
        return reported

    def close(self) -> None:
        """Remove the sandbox."""
        self._channel.close()

    def _next_test(self) -> str | None:
        header, _ = self._receive("test", JUDGE_SECONDS, or_kind="done")
        if header["kind"] == "done":
            return None
        if header["test"] not in self._found:
            raise SandboxError(f"the judge of {self._lab.id} ran {header['test']}, which it had not found before")
        return str(header["test"])

    def _one_test(self, test: str, learner: LearnerSide) -> Reported:
        gone: Gone | None = None
        while True:
            header, body = self._receive("ask", JUDGE_SECONDS, or_kind="result")
            if header["kind"] == "result":
                self._check(test, header)
                return _reported(header, self._value(body), gone)
            try:
                if gone is not None:
                    raise gone
                answer, answer_body = learner.ask(body)
                self._send({"kind": "answer", "state": answer["state"]}, answer_body)
            except Gone as end:
                gone = end
                self._send({"kind": "answer", "state": "gone", "reason": end.reason}, encode(None))

    def _check(self, test: str, header: Header) -> None:
        if header["test"] != test:
            raise SandboxError(f"the judge of {self._lab.id} reported {header['test']} in the middle of {test}")

    def _send(self, header: Header, body: bytes | bytearray) -> None:
        try:
            self._channel.send(header, body, seconds=JUDGE_SECONDS)
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

    def _fault(self, error: Exception) -> SandboxError:
        if isinstance(error, Closed):
            ending = self._channel.ending()
            memory = ", out of memory" if ending.out_of_memory else ""
            return SandboxError(
                f"the judge of {self._lab.id} ended (code {ending.code}{memory}). {ending.stderr}".strip()
            )
        if isinstance(error, Late):
            return SandboxError(f"the judge of {self._lab.id} was silent for {JUDGE_SECONDS} s")
        return SandboxError(f"the judge of {self._lab.id} cannot be understood: {error}")


def _reported(header: Header, detail: object, gone: Gone | None) -> Reported:
    if gone is not None:
        return Reported(outcome=gone.outcome, reason=gone.reason, detail=str(detail), seconds=header["seconds"])
    return Reported(outcome=Outcome(header["outcome"]), detail=str(detail), seconds=header["seconds"])


def _late(seconds: float, where: str) -> str:
    return f"it took longer than {seconds:g} s{where}"


def _never_ran(cell: Cell) -> CellRun:
    return CellRun(id=cell.id, exercise=cell.exercise, source=cell.source, state="skipped")


def _read_outputs(body: bytearray) -> tuple[dict[str, Any], ...]:
    """Outputs as the learner's process tells them: any JSON may come, only a list of plain objects is taken."""
    try:
        return tuple(_OUTPUTS.validate_python(_plain(json.loads(body.decode(errors="replace")))))
    except (ValueError, RecursionError, ValidationError):
        return ()


def _plain(value: Any, depth: int = _OUTPUT_DEPTH) -> Any:
    """JSON that every encoder after this one takes: not deep, its text without halves of characters."""
    if depth == 0:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, list):
        return [_plain(one, depth - 1) for one in value]
    if isinstance(value, dict):
        return {_plain(name, depth - 1): _plain(one, depth - 1) for name, one in value.items()}
    return value
