"""The learner's side of a conversation: runs the notebook, asks, keeps every deadline; it knows no test and no points.

A learner's process that ends costs the test in which it ended: it is started anew, and the notebook run again, for
the next one.
"""

import json
import secrets
import time
from typing import Any

from pydantic import TypeAdapter, ValidationError

from grader.channel import Channel, Closed, Garbled, Late
from grader.errors import SandboxError
from grader.inside.values import encode
from grader.inside.wire import Header
from grader.model import CellRun, Lab, Outcome
from grader.notebook import Cell
from grader.sandbox import SIGNALLED, START_SECONDS, Ending, Role, Start

RESTARTS = 6
"""More than one for each exercise of a lab would cost an instructor's night for one broken notebook."""
OUTPUT_CELLS = 32
"""How many cells may show as much as one may; what later ones show is dropped."""
GRACE_SECONDS = 2
"""What a process gets beyond its own alarm before it is ended from outside."""
_KIBIBYTE = 1024
_MEBIBYTE = 1024 * 1024
_OUTPUT_DEPTH = 20

_OUTPUTS = TypeAdapter(list[dict[str, Any]])


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
        self._output_room = OUTPUT_CELLS * lab.limits.output_kb * _KIBIBYTE

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
            raise self._end(Outcome.TIMEOUT, _late(limits.question_seconds))
        if header["state"] not in {"value", "raised"}:
            raise self._end(Outcome.CRASHED, "what it wrote cannot be an answer")
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
            state="raised" if state == "raised" else "ran", outputs=self._keep_outputs(body),
        )  # fmt: skip

    def _keep_outputs(self, body: bytearray) -> tuple[dict[str, Any], ...]:
        """The outputs of a cell while there is room: two thousand cells of them would fill the grader's memory."""
        self._output_room -= len(body)
        return _read_outputs(body) if self._output_room >= 0 else ()

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
            raise self._end(Outcome.TIMEOUT, _late(seconds)) from None
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


def _late(seconds: float, where: str = "") -> str:
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
