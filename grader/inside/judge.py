"""Runs the lab's hidden tests with pytest and reports each result as it comes; the learner's code is elsewhere."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.inside.proxy import LearnerError, LearnerGone, Machine, Notebook, Reference
from grader.inside.values import Bounds, decode, encode
from grader.inside.wire import Header, Reader, WireError, pack

# pytest leaves the frames of this module out of what it shows of a failed test.
__tracebackhide__ = True

Body = bytes | bytearray
_SETUP_BYTES = 1 << 30
# Where an object lies differs from run to run, and would make two reports of one submission differ.
_ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
_DETAIL_CHARACTERS = 8_000
_ERRORS = 20


def main() -> None:
    """Take the channel, receive the tests, run them."""
    channel = Channel(os.dup(0), os.dup(1))
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - its descriptor is what is wanted
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    header, files = channel.receive()
    _write_files(files)
    judge = Judge(channel, Bounds(body_bytes=header["answer_bytes"]))
    pytest.main(
        ["hidden", "--continue-on-collection-errors", "--import-mode=importlib", "--rootdir=hidden", "--capture=no",
         "-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:faulthandler", "-p", "no:junitxml"],
        plugins=[judge],
    )  # fmt: skip
    channel.send({"kind": "done"})


class Channel:
    """Frames to and from the host."""

    def __init__(self, receive: int, send: int) -> None:
        self._send = send
        self._reader = Reader(lambda size: os.read(receive, size), body_bytes=_SETUP_BYTES)

    def receive(self) -> tuple[Header, Body]:
        """The next frame. Raises SystemExit when the host hung up."""
        frame = self._reader.read()
        if frame is None:
            raise SystemExit
        return frame

    def send(self, header: Header, body: Body = b"") -> None:
        """Send one frame, whole."""
        view = memoryview(pack(header, body))
        while view:
            view = view[os.write(self._send, view) :]


class Judge:
    """The pytest plugin: gives tests their fixtures, and turns what they did into results."""

    def __init__(self, channel: Channel, bounds: Bounds) -> None:
        self._channel = channel
        self._bounds = bounds
        self._cells: dict[str, dict[str, Any]] = {}
        self._collection_errors: list[str] = []
        self._answers = 0
        self._verdict = ("missing", "")

    @pytest.fixture(scope="session")
    def notebook(self) -> Notebook:
        """The learner's notebook, to be asked."""
        return Notebook(self.ask, self._cells)

    @pytest.fixture(scope="session")
    def sandbox(self) -> Machine:
        """The learner's sandbox: servers and files."""
        return Machine(self.ask)

    def ask(self, request: dict[str, Any]) -> Any:
        """The learner's answer to one request, decoded. Raises LearnerError or LearnerGone."""
        self._channel.send({"kind": "ask"}, encode(request, refer=_reference_of, bounds=self._bounds))
        header, body = self._channel.receive()
        self._answers += 1
        if header["state"] == "gone":
            raise LearnerGone(header["reason"])
        try:
            value = decode(body, resolve=lambda told: Reference(self.ask, told), bounds=self._bounds)
        except WireError as error:
            raise LearnerError("AnswerError", f"the answer is not data: {error}", "") from None
        if header["state"] == "raised":
            raise _learner_error(value)
        return value

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why a test file could not be read."""
        if report.failed:
            self._collection_errors.append(f"hidden/{report.nodeid}: {report.longrepr}"[-_DETAIL_CHARACTERS:])

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Tell the host which tests there are, and wait until the notebook has run."""
        told = {"tests": [item.name for item in session.items], "errors": self._collection_errors[:_ERRORS]}
        self._channel.send({"kind": "collected"}, encode(told))
        _, body = self._channel.receive()
        self._cells.update(decode(body, bounds=self._bounds))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Announce a test, let pytest run it, tell what came of it."""
        self._channel.send({"kind": "test", "test": item.name})
        self._answers, self._verdict = 0, ("missing", "")
        began = time.perf_counter()
        result = yield
        outcome, detail = self._verdict
        told = {"kind": "result", "test": item.name, "outcome": outcome, "seconds": time.perf_counter() - began}
        self._channel.send(told, encode(detail[-_DETAIL_CHARACTERS:]))
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Keep the first thing that went wrong in a test's setup, call or teardown."""
        report = yield
        if call.excinfo is None:
            if call.when == "call":
                self._verdict = ("passed", "")
        elif self._verdict[0] in {"missing", "passed"}:
            detail = _ADDRESS.sub("0x0", str(getattr(report, "longrepr", "")))
            self._verdict = (self._blame(call.excinfo.value, call.when), detail)
        return report

    def _blame(self, error: BaseException, when: str) -> str:
        """Whose fault an exception is.

        Before the learner's first answer only the author's code has run, so it is the author's; after it the answer
        is what broke the test, for with the reference solution the same test passes (`pivotlab verify` proves it).
        """
        if isinstance(error, pytest.skip.Exception) or when == "teardown":
            return "error"
        # A fixture that met a LearnerGone raises it again in every test that wants it.
        if isinstance(error, AssertionError | LearnerError | LearnerGone | pytest.fail.Exception):
            return "failed"
        return "failed" if self._answers else "error"


def _reference_of(value: object) -> dict[str, Any]:
    if isinstance(value, Reference):
        return dict(value._reference)  # noqa: SLF001 - a test must not reach it, the judge must
    raise TypeError(f"a {type(value).__name__} cannot be sent to the learner's sandbox: send data, or use notebook.run")


def _learner_error(value: object) -> LearnerError:
    """What a learner's process says it raised; hostile, so only text of the right shape is taken."""
    if isinstance(value, tuple) and len(value) == 3 and all(isinstance(part, str) for part in value):  # noqa: PLR2004
        return LearnerError(*value)
    return LearnerError("AnswerError", "the answer is not an exception's description", "")


def _write_files(body: Body) -> None:
    for name, content in decode(body, bounds=Bounds(body_bytes=_SETUP_BYTES)).items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
