"""Runs the cells of a notebook, then answers the judge's questions about what they left; it knows no test.

It shares its process with the learner's code, so nothing that it says is believed: every answer is only an answer.
"""

import contextlib
import importlib
import json
import signal
import sys
import time
from collections.abc import Iterator
from types import FrameType
from typing import NamedTuple

from grader.inside.outputs import Outputs, RawOutput, Stream
from grader.inside.questions import Questions
from grader.inside.shell import Shell, line_in_cell
from grader.inside.uplink import Body, take_over_standard_streams, write_files
from grader.inside.values import Bounds
from grader.inside.wire import Header

_REASON_CHARACTERS = 300


class DeadlineError(BaseException):
    """Time is up; not an Exception, so that an honest `except Exception` does not swallow it."""


class Answer(NamedTuple):
    """What goes back to the host: `state` is one of ran, raised, value, timeout."""

    state: str
    reason: str
    body: bytes


def main(imports: list[str]) -> None:
    """Import what the lab does, then do what the host asks until it hangs up."""
    uplink = take_over_standard_streams()
    worker = Worker()
    import_all(imports)
    while (frame := uplink.receive()) is not None:
        header, body = frame
        began = time.process_time()
        answer = worker.do(header, body)
        told = {
            "id": header["id"], "state": answer.state, "reason": answer.reason[:_REASON_CHARACTERS],
            "cpu_seconds": time.process_time() - began,
        }  # fmt: skip
        uplink.send(told, answer.body)


class Worker:
    """One shell with the learner's names in it."""

    def __init__(self) -> None:
        self._outputs = Outputs()
        self._raw = RawOutput()
        sys.stdout, sys.stderr = Stream(self._outputs, "stdout"), Stream(self._outputs, "stderr")
        # The singleton is what get_ipython() finds, and matplotlib shows figures through it.
        self._shell = Shell.instance(self._outputs)
        signal.signal(signal.SIGALRM, _raise_deadline)

    def do(self, header: Header, body: Body) -> Answer:
        """What one frame asks for."""
        do = {"setup": self.set_up, "cell": self.run, "ask": self.ask}[header["kind"]]
        return do(header, body)

    def set_up(self, header: Header, files: Body) -> Answer:
        """Put the lab's files in place and take its limits."""
        write_files(files)
        self._raw.take(0)
        self._output_bytes = header["output_bytes"]
        self._questions = Questions(
            self._shell.user_ns, generation=header["generation"], bounds=Bounds(body_bytes=header["answer_bytes"])
        )
        return Answer("ready", "", b"")

    def run(self, header: Header, source: Body) -> Answer:
        """Run one cell; the answer's body is its nbformat outputs as JSON."""
        self._shell.compile.cell = header["cell"]
        self._outputs.start(self._output_bytes)
        try:
            with _deadline(header["seconds"]):
                result = self._shell.run_cell(source.decode(), store_history=True)
            state, reason = _verdict(result.error_before_exec or result.error_in_exec)
        except DeadlineError as late:
            state, reason = _verdict(late)
        self._outputs.stream("stdout", self._raw.take(self._output_bytes))
        return Answer(state, reason, json.dumps(self._outputs.take(), default=str).encode())

    def ask(self, header: Header, request: Body) -> Answer:
        """Do what a hidden test asks; what is shown meanwhile is dropped, for it may be a test's data."""
        try:
            with _deadline(header["seconds"]):
                return Answer(*self._questions.answer(request))
        except DeadlineError as late:
            return Answer("timeout", line_in_cell(late), b"")
        finally:
            self._raw.take(0)


def import_all(names: list[str]) -> None:
    """Import what can be; a cell that wants what cannot will say why."""
    for name in names:
        import_one(name)


def import_one(name: str) -> None:
    """Import a module, or what a module has by that name: some load it when it is first asked for."""
    module, _, attribute = name.rpartition(".")
    with contextlib.suppress(Exception):
        importlib.import_module(name)
        return
    with contextlib.suppress(Exception):
        getattr(importlib.import_module(module), attribute)


def _verdict(error: BaseException | None) -> tuple[str, str]:
    if isinstance(error, DeadlineError):
        return "timeout", line_in_cell(error)
    # exit() at the end of a notebook is a habit, not a fault.
    if error is None or isinstance(error, SystemExit):
        return "ran", ""
    return "raised", f"{type(error).__name__}{line_in_cell(error)}"


@contextlib.contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Raise DeadlineError in the main thread after some time; the host keeps a harder one that nothing escapes."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _raise_deadline(_number: int, _frame: FrameType | None) -> None:
    raise DeadlineError
