"""The learner's side of a conversation: runs the notebook, asks, keeps every deadline; it knows no test and no points.

A learner's process that ends costs the test in which it ended: it is started anew, and the notebook run again, for
the next one.
"""

import secrets
import time

from grader.channel import Channel, Closed, Garbled, Late
from grader.errors import EndedOutsideError, SandboxError
from grader.inside.values import encode
from grader.inside.wire import Header
from grader.model import CellRun, Lab, Outcome
from grader.notebook import imports_of
from grader.outputs import OutputReader
from grader.sandbox import SIGNALLED, START_SECONDS, Role, Start
from grader.submission import Cell

RESTARTS = 6
"""More than one for each exercise of a lab would cost an instructor's night for one broken notebook."""
LATE_RUNS = 3
"""After how many runs of the notebook that were late the cells beyond are left out: else every run would drop one."""
GRACE_SECONDS = 2
"""What a process gets beyond its own alarm before it is ended from outside."""
_KIBIBYTE = 1024
_MEBIBYTE = 1024 * 1024

# What a learner can do about it.
_NO_TIME_LEFT = "the cells before it used up the notebook's time; do the same with less work"
_BE_FASTER = "look for a loop without an end, or do the same with less work"
_FIND_THE_END = "look for what ends or kills it, or for a library that crashes"


class Gone(Exception):  # noqa: N818 - the learner's doing, so a value in the report and no error of ours
    """The learner's process ended or was late, and has been removed.

    `reason` is one of a few sentences. `detail` holds what the process could choose, such as its exit code, and with it
    could tell a learner what a hidden test asked for. Only before the first question is it harmless.
    """

    def __init__(self, outcome: Outcome, reason: str, *, detail: str = "", mend: str = "") -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.detail = detail
        self._reason = reason
        self._mend = f"; {mend}" if mend else ""

    @property
    def reason(self) -> str:
        """What happened and what to do about it, in words that the process had no hand in."""
        return f"{self._reason}{self._mend}"

    def explain(self) -> str:
        """The reason with the detail in it."""
        return f"{self._reason}{f' ({self.detail})' if self.detail else ''}{self._mend}"


class LearnerSide:
    """The learner's sandbox: started when first needed, started anew after each end, a bounded number of times."""

    def __init__(  # noqa: PLR0913 - as converse
        self,
        start: Start,
        lab: Lab,
        cells: tuple[Cell, ...],
        *,
        told: dict[str, CellRun],
        last_try: bool = False,
        patience: float = 1,
    ) -> None:
        self._start = start
        self._lab = lab
        self._cells = cells
        self._last_try = last_try
        self._patience = patience
        self._runs = told
        self._fatal: set[str] = set()
        self._late_runs = 0
        self._starts = 0
        self._channel: Channel | None = None
        self._has_run = False
        self._outputs = OutputReader(lab.limits.output_kb * _KIBIBYTE)
        self._answers_left = lab.limits.answers_seconds * patience
        self.was_idle = False
        """Whether it was late without having computed all the time: it waited for something, or had no processor."""

    def run_notebook(self) -> None:
        """Run every cell but those that ended an earlier sandbox, in a new one where there is none.

        Starts again until all have run. Raises Gone when that takes more starts than are allowed.
        """
        while not self._has_run:
            try:
                if self._channel is None:
                    self._open()
                self._set_up()
                self._run_cells()
                self._has_run = True
            except Gone:
                if self._starts > RESTARTS:
                    raise

    def ask(self, request: bytearray) -> tuple[Header, bytearray]:
        """The answer to one question of a hidden test. Raises Gone."""
        limits = self._lab.limits
        if self._answers_left <= 0:
            reason = f"all answers together took longer than {limits.answers_seconds:g} s"
            raise Gone(Outcome.TIMEOUT, reason, mend=_BE_FASTER)
        self.run_notebook()
        began = time.monotonic()
        # Not what is left of all answers' time: that number would be in the reason, and the process could choose it.
        seconds = limits.question_seconds * self._patience
        try:
            header, body = self._question(
                {"kind": "ask"},
                request,
                seconds=seconds,
                told=limits.question_seconds,
                limit=limits.answer_mb * _MEBIBYTE,
            )
        finally:
            self._answers_left -= time.monotonic() - began
        if header["state"] == "timeout":
            raise self._late(header, limits.question_seconds, seconds)
        if header["state"] not in {"value", "raised"}:
            raise self._end(_garbled(f"state {header['state']}"))
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

    def _open(self) -> None:
        """Start a sandbox, no cell run yet. Raises Gone when there were too many, SandboxError."""
        if self._starts > RESTARTS:
            raise Gone(Outcome.CRASHED, f"its process was started {self._starts} times and ended each time")
        self._starts += 1
        self._channel = Channel(self._start(Role.LEARNER, self._lab.limits, imports_of(self._lab)))

    def _set_up(self) -> None:
        limits = self._lab.limits
        setup = {
            "kind": "setup",
            "generation": self._starts,
            "output_bytes": limits.output_kb * _KIBIBYTE,
            "answer_bytes": limits.answer_mb * _MEBIBYTE,
        }
        try:
            self._question(setup, encode(self._lab.data), seconds=START_SECONDS, told=START_SECONDS, limit=_MEBIBYTE)
        except Gone as gone:
            # No cell has run yet, so this is not the learner's doing.
            raise SandboxError(f"the learner's sandbox did not start: {gone.explain()}") from gone

    def _run_cells(self) -> None:
        left = self._lab.limits.seconds * self._patience
        slowest = (0.0, "")
        for cell in self._cells:
            if cell.id in self._fatal:
                continue
            began = time.monotonic()
            try:
                run = self._run_cell(cell, left)
            except Gone as gone:
                self._fatal.add(cell.id)
                # Of a cell that ran before, the first time is told: by now the process may know a test's input.
                self._runs.setdefault(cell.id, _ended(cell, gone, slowest, self._lab.limits.seconds))
                if gone.outcome is Outcome.TIMEOUT:
                    self._leave_out_after(cell)
                raise
            taken = time.monotonic() - began
            slowest = max(slowest, (taken, cell.id))
            self._tell(cell, run.model_copy(update={"seconds": round(taken, 3)}))
            left -= taken

    def _leave_out_after(self, cell: Cell) -> None:
        """Once enough runs were late, give up all cells beyond this one, so that those before it count."""
        self._late_runs += 1
        if self._late_runs < LATE_RUNS:
            return
        for later in self._cells[self._cells.index(cell) + 1 :]:
            if later.id not in self._fatal:
                self._fatal.add(later.id)
                told = _never_ran(later).model_copy(update={"state": "timeout", "reason": _NO_TIME_LEFT})
                self._runs.setdefault(later.id, told)

    def _tell(self, cell: Cell, run: CellRun) -> None:
        """Keep the first time that a cell ran; of a better second time only that it was better.

        By then the process may have been asked, and what it shows may be what a test asked for.
        """
        before = self._runs.setdefault(cell.id, run)
        if before.state in {"timeout", "crashed"}:
            self._runs[cell.id] = _never_ran(cell).model_copy(update={"state": "ran"})

    def _run_cell(self, cell: Cell, seconds: float) -> CellRun:
        limits = self._lab.limits
        header, body = self._question(
            {"kind": "cell", "cell": cell.id, "seconds": max(seconds, 0.01)},
            cell.source.encode(errors="replace"),
            seconds=max(seconds, 0),
            told=limits.seconds,
            limit=limits.output_kb * _KIBIBYTE * 8 + _MEBIBYTE,
        )
        state = header["state"]
        if state == "timeout":
            raise self._late(header, limits.seconds, seconds)
        return CellRun(
            id=cell.id, exercise=cell.exercise, source=cell.source, reason=header["reason"],
            state="raised" if state == "raised" else "ran", outputs=self._outputs.read(body),
        )  # fmt: skip

    def _question(
        self, header: Header, body: bytes | bytearray, *, seconds: float, told: float, limit: int
    ) -> tuple[Header, bytearray]:
        """Ask under a fresh random id; the answer's header has a known state and a short reason.

        Raises Gone; when it is late, by the seconds that are told.
        """
        channel = self._channel
        if channel is None:
            raise SandboxError("a question was asked of a sandbox that is closed; this is a fault of Pivotlab")
        question = secrets.token_hex(16)
        patience = seconds + GRACE_SECONDS
        try:
            channel.send({"seconds": seconds} | header | {"id": question}, body, seconds=patience)
            answer, answer_body = channel.receive_answer(question, seconds=patience, limit=limit)
        except Late:
            self.was_idle = True
            raise self._end(_late(told)) from None
        except Garbled as garbled:
            raise self._end(_garbled(str(garbled))) from None
        except Closed:
            raise self._end(self._cause_of_death(channel)) from None
        return {**answer, "state": str(answer.get("state")), "reason": str(answer.get("reason", ""))[:300]}, answer_body

    def _cause_of_death(self, channel: Channel) -> Gone:
        try:
            ending = channel.ending()
        except EndedOutsideError as error:
            # Under some runtimes a process can end its own sandbox. Once may be chance; each time, while a canary
            # lives, is not.
            if not self._last_try:
                raise
            return Gone(Outcome.CRASHED, "its sandbox was ended", detail=str(error), mend=_FIND_THE_END)
        if ending.out_of_memory:
            reason = f"it needed more memory than the {self._lab.limits.memory_mb} MB it may use"
            return Gone(Outcome.CRASHED, reason, mend="hold less at a time")
        if ending.code is None:
            return Gone(Outcome.CRASHED, "it closed its connection to the grader", mend=_FIND_THE_END)
        if ending.code > SIGNALLED:
            signal = f"signal {ending.code - SIGNALLED}"
            return Gone(Outcome.CRASHED, "its process was ended by a signal", detail=signal, mend=_FIND_THE_END)
        code = f"exit code {ending.code}"
        return Gone(Outcome.CRASHED, "its process ended itself", detail=code, mend=_FIND_THE_END)

    def _late(self, header: Header, limit: float, had: float) -> Gone:
        busy = header.get("cpu_seconds")
        # It may lie: then it is graded a second time.
        self.was_idle |= not (isinstance(busy, int | float) and busy > had / 2)
        return self._end(_late(limit, header["reason"]))

    def _end(self, gone: Gone) -> Gone:
        self.close()
        return gone


def _garbled(detail: str) -> Gone:
    mend = "let nothing write to the process's own channels"
    return Gone(Outcome.CRASHED, "what it wrote cannot be an answer", detail=detail, mend=mend)


def _late(seconds: float, where: str = "") -> Gone:
    return Gone(Outcome.TIMEOUT, f"it took longer than {seconds:g} s", detail=where.strip(), mend=_BE_FASTER)


def _ended(cell: Cell, gone: Gone, slowest: tuple[float, str], limit: float) -> CellRun:
    """The run of a cell that ended its process, by its own doing or because another had used up the time."""
    state = "timeout" if gone.outcome is Outcome.TIMEOUT else "crashed"
    seconds, slow = slowest
    used = f"; cell {slow} before it took {seconds:.1f} s of them" if state == "timeout" and seconds > limit / 2 else ""
    return _never_ran(cell).model_copy(update={"state": state, "reason": gone.explain() + used})


def _never_ran(cell: Cell) -> CellRun:
    return CellRun(id=cell.id, exercise=cell.exercise, source=cell.source, state="skipped")
