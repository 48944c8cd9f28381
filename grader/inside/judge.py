"""Runs the lab's hidden tests with pytest and reports each result as it comes; the learner's code is elsewhere."""

import contextlib
import importlib
import os
import re
import sys
import time
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest

from grader.inside.floors import GRADING_SEED, Floor, make_floor
from grader.inside.proxy import LearnerError, LearnerGone, Machine, Notebook, Reference
from grader.inside.turns import take_turns
from grader.inside.uplink import Uplink, take_over_standard_streams, write_files
from grader.inside.values import Bounds, decode, encode
from grader.inside.wire import Header, WireError

# pytest leaves the frames of this module out of what it shows of a failed test.
__tracebackhide__ = True

# Where an object lies differs from run to run, and would make two reports of one submission differ.
_ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
_DETAIL_CHARACTERS = 8_000
_ERRORS = 20
_OUTPUT_BYTES = 1 << 30


def main() -> None:
    """Receive the tests, and run them for one submission after the other."""
    uplink = take_over_standard_streams()
    header, files = _next(uplink)
    write_files(files)
    judge = Judge(uplink, Bounds(body_bytes=header["answer_bytes"]), late=header["late"])
    code = pytest.main(
        ["hidden", "--continue-on-collection-errors", "--import-mode=importlib", "--rootdir=hidden", "--capture=no",
         "-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:faulthandler", "-p", "no:junitxml",
         # They collect garbage twice at the end, which costs as much as many a lab's tests.
         "-p", "no:unraisableexception", "-p", "no:threadexception"],
        plugins=[judge],
    )  # fmt: skip
    if code in {pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.INTERRUPTED, pytest.ExitCode.USAGE_ERROR}:
        # Its tests were not run, and that must not be told as if they had been.
        sys.exit(int(code))
    judge.end_turn()


class Judge:
    """The pytest plugin: gives tests their fixtures, and turns what they did into results."""

    def __init__(self, uplink: Uplink, bounds: Bounds, *, late: list[tuple[list[str], list[str]]]) -> None:
        self._uplink = uplink
        self._bounds = bounds
        self._late = late
        self._cells: dict[str, dict[str, Any]] = {}
        self._collection_errors: list[str] = []
        self._answers = 0
        self._seed = GRADING_SEED
        self._measured: dict[str, float] = {}
        self._verdict = ("missing", "")

    @pytest.fixture(scope="session")
    def notebook(self) -> Notebook:
        """The learner's notebook, to be asked."""
        return Notebook(self.ask, self._cells)

    @pytest.fixture(scope="session")
    def sandbox(self) -> Machine:
        """The learner's sandbox: servers and files."""
        return Machine(self.ask)

    @pytest.fixture(scope="session")
    def seed(self) -> int:
        """What a test draws its data from where a metric has a floor."""
        return self._seed

    @pytest.fixture
    def floor(self, request: pytest.FixtureRequest) -> Floor:
        """Asserts that a metric is not below what was calibrated for this test."""
        return make_floor(request.node.name, self._measured, seed=self._seed)

    def ask(self, request: dict[str, Any]) -> Any:
        """The learner's answer to one request, decoded. Raises LearnerError or LearnerGone."""
        self._uplink.send({"kind": "ask"}, encode(request, refer=_reference_of, bounds=self._bounds))
        header, body = _next(self._uplink)
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
        """Tell the host which tests there are, and wait until a notebook has run: from here on, for each in a fork."""
        told = {"tests": [item.name for item in session.items], "errors": self._collection_errors[:_ERRORS]}
        self._uplink.send({"kind": "collected"}, encode(told))
        load_late(self._late)
        self._uplink = take_turns(self._uplink)
        header, body = _next(self._uplink)
        self._seed = header["seed"]
        # As much as all cells may show, which has nothing to do with what one answer may have.
        self._cells.update(decode(body, bounds=Bounds(body_bytes=_OUTPUT_BYTES)))
        # Those that an earlier judge has run.
        session.items[:] = [item for item in session.items if item.name not in header["skip"]]

    def end_turn(self) -> NoReturn:
        """Say that all tests were run, and end at once: what ends with the process that forked must not end here."""
        self._uplink.send({"kind": "done"})
        os._exit(0)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Announce a test, let pytest run it, tell what came of it."""
        self._uplink.send({"kind": "test", "test": item.name})
        self._answers, self._verdict = 0, ("missing", "")
        self._measured.clear()
        began = time.perf_counter()
        result = yield
        outcome, detail = self._verdict
        told = {"kind": "result", "test": item.name, "outcome": outcome, "seconds": time.perf_counter() - began}
        self._uplink.send(told | {"measured": self._measured}, encode(detail[-_DETAIL_CHARACTERS:]))
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


def load_late(told: list[tuple[list[str], list[str]]]) -> None:
    """Load what libraries that are here load when they are first used: once, and not in each fork."""
    there = {name.partition(".")[0] for name in sys.modules}
    for packages, modules in told:
        for name in modules if there.issuperset(packages) else ():
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def _reference_of(value: object) -> dict[str, Any]:
    if isinstance(value, Reference):
        return dict(value._reference)  # noqa: SLF001 - a test must not reach it, the judge must
    raise WireError(f"a {type(value).__name__} cannot be sent to the learner's sandbox: send data, or use notebook.run")


def _learner_error(value: object) -> LearnerError:
    """What a learner's process says it raised; hostile, so only text of the right shape is taken."""
    if isinstance(value, tuple) and len(value) == 3 and all(isinstance(part, str) for part in value):  # noqa: PLR2004
        return LearnerError(*value)
    return LearnerError("AnswerError", "the answer is not an exception's description", "")


def _next(uplink: Uplink) -> tuple[Header, bytearray]:
    frame = uplink.receive()
    if frame is None:
        raise SystemExit("the host hung up")
    return frame
