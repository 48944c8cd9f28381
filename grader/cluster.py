"""Grades on the workers of a Dask cluster: what is graded travels with its task, so nothing is shared but the network.

A worker needs this package, Docker and the labs' images. The work of one that dies, or cannot grade, goes to others.
"""

import atexit
import logging
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from distributed import Client, KilledWorker, Worker, get_worker

from grader import __version__
from grader.batch import Job, grade_all
from grader.errors import SandboxError
from grader.images import image_names
from grader.launch import Kind, Launcher, StartKind
from grader.model import Lab, Report, Status, Submission

CONNECT_SECONDS = 20
NOBODY_SECONDS = 60
"""How long there may be no worker that can grade."""
LEAST_IN_FLIGHT = 64
"""Submissions that wait at the scheduler, so that a cluster which grows with its work sees some."""
_LOOK_SECONDS = 2
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class How:
    """How workers start their sandboxes."""

    runtime: str | None
    start: StartKind


class UnfitError(Exception):
    """This worker cannot grade; another may."""

    def __init__(self, worker: str, reason: str) -> None:
        super().__init__(worker, reason)
        self.worker = worker
        self.reason = reason


class Cluster:
    """The workers behind one scheduler, as a place to grade; leaving it lets them go."""

    isolates = True

    def __init__(self, address: str, runtime: str | None, start: StartKind = StartKind.AUTO) -> None:
        self._how = How(runtime=runtime, start=start)
        self._unfit: dict[str, str] = {}
        self._address = address
        try:
            self._client = Client(f"tcp://{address}", timeout=CONNECT_SECONDS, set_as_default=False)
        except OSError as error:
            mend = "start one (dask scheduler), or mend the address"
            raise SandboxError(f"no Dask scheduler answers at {address}; {mend}") from error

    def images(self, environments: Iterable[str]) -> dict[str, str]:
        """The image of each environment, by what most workers have; those that have others are passed over.

        Raises SandboxError when no worker can grade, with the reason of one.
        """
        wanted = {environment: image_names(environment) for environment in environments}
        if not self._fit():
            raise SandboxError(f"the scheduler at {self._address} has no worker; start some")
        told = self._client.run(find_images_there, wanted, __version__, self._how, on_error="return")
        fit = {worker: has for worker, has in told.items() if isinstance(has, dict)}
        for worker in told.keys() - fit.keys():
            self._pass_over(worker, str(told[worker]))
        if not fit:
            first = next(iter(self._unfit.values()))
            raise SandboxError(f"none of the {len(told)} workers can grade; one said: {first}")
        most: dict[str, str] = max(fit.values(), key=list(fit.values()).count)
        for worker in (worker for worker, has in fit.items() if has != most):
            self._pass_over(worker, f"its images are others than most have: {fit[worker]}")
        return most

    def grade_all(self, jobs: Sequence[Job], folder: Path) -> Iterator[Report]:
        """Reports as they come; see batch.grade_all."""
        images = self.images({job.lab.environment for job in jobs})
        in_flight = max(LEAST_IN_FLIGHT, 2 * sum(self._client.nthreads().values()))

        def grade(lab: Lab, submission: Submission) -> Report:
            return self._grade_somewhere(lab, submission, images[lab.environment])

        # A thread for each does nothing but wait for its submission, wherever that has to go.
        executor = ThreadPoolExecutor(max_workers=in_flight, thread_name_prefix="flight")
        try:
            yield from grade_all(jobs, grade, executor, folder=folder, images=images, window=in_flight)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _t: TracebackType | None
    ) -> None:
        self._client.run(rest_there, on_error="ignore")
        self._client.close()

    def _grade_somewhere(self, lab: Lab, submission: Submission, image: str) -> Report:
        while True:
            # Only where some are unfit are the others named: else those that join later would get nothing.
            fit = self._fit() if self._unfit else None
            if fit is not None and not fit:
                raise SandboxError(f"no worker is left that can grade; one said: {list(self._unfit.values())[-1]}")
            executor = self._client.get_executor(pure=False, workers=fit)
            future = executor.submit(grade_there, lab, submission, image, self._how)
            try:
                if (report := self._wait(future, fit)) is not None:
                    return report
            except UnfitError as unfit:
                self._pass_over(unfit.worker, unfit.reason)
            except KilledWorker as error:
                raise SandboxError(f"the workers that tried it died, the last: {error.last_worker.address}") from error
            except CancelledError as error:
                raise SandboxError("the Dask scheduler went away; start it, and grade again") from error

    def _pass_over(self, worker: str, reason: str) -> None:
        if worker not in self._unfit:
            _log.warning("the worker %s is passed over: %s", worker, reason)
        self._unfit[worker] = reason

    def _wait(self, future: "Future[Report]", fit: list[str] | None) -> Report | None:
        """The report; None when all who could have made it are gone."""
        while True:
            try:
                return future.result(_LOOK_SECONDS)
            except TimeoutError:
                if fit is not None and self._client.nthreads().keys().isdisjoint(fit):
                    future.cancel()
                    return None

    def _fit(self) -> list[str]:
        """The workers that are not known to be unfit; none only when none came for a while."""
        deadline = time.monotonic() + NOBODY_SECONDS
        while not (fit := sorted(self._client.nthreads().keys() - self._unfit)) and time.monotonic() < deadline:
            time.sleep(_LOOK_SECONDS)
        return fit


class _Here:
    """What a worker's process keeps from one submission to the next."""

    lock = threading.Lock()
    launchers: dict[How, Launcher] = {}  # noqa: RUF012 - the process's own, as a module's names would be


def find_images_there(wanted: dict[str, list[str]], version: str, how: How, dask_worker: Worker) -> dict[str, str]:
    """On a worker, which Dask names: the image it has of each environment. Raises SandboxError."""
    if version != __version__:
        raise SandboxError(f"it has Pivotlab {__version__}, not {version}; install the same everywhere")
    found = _launcher(how, dask_worker).images(wanted)
    for environment, name in found.items():
        if name not in wanted[environment]:
            raise SandboxError(f"its image of {environment} is of other pins; install the same Pivotlab everywhere")
    return found


def grade_there(lab: Lab, submission: Submission, image: str, how: How) -> Report:
    """On a worker: the report of one submission. Raises UnfitError where the fault is this worker's."""
    worker = get_worker()
    try:
        launcher = _launcher(how, worker)
        _require(launcher, lab.environment, image)
        report = launcher.sandboxes(image).grade(lab, submission)
        if report.status is Status.UNGRADED:
            _require(launcher, lab.environment, image)
    except SandboxError as error:
        raise UnfitError(worker.address, str(error)) from None
    return report


def rest_there() -> None:
    """On a worker: close the sandboxes that are kept."""
    for launcher in _Here.launchers.values():
        launcher.rest()


def _launcher(how: How, worker: Worker) -> Launcher:
    with _Here.lock:
        if how not in _Here.launchers:
            launcher = Launcher(Kind.DOCKER, how.runtime, start=how.start, workers=worker.state.nthreads)
            atexit.register(launcher.__exit__, None, None, None)
            _Here.launchers[how] = launcher
        return _Here.launchers[how]


def _require(launcher: Launcher, environment: str, image: str) -> None:
    if (found := launcher.images([environment])[environment]) != image:
        raise SandboxError(f"it has {found}, not {image}")
