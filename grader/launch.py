"""Chooses what runs the sandboxes, how they are started, and how many at once.

They are containers where an engine answers, else child processes.
"""

import importlib.util
import os
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.batch import Job, grade_all
from grader.containers import Engine, Run, connect, find_strays, is_grading_host, measure_engine, sweep
from grader.errors import SandboxError, UsageError
from grader.grade import grade
from grader.images import require_image
from grader.judges import Judges
from grader.model import Lab, Limits, Report, Submission
from grader.pool import Pool
from grader.sandbox import ProcessSandbox, Start, process_name
from grader.zygotes import Zygotes

NOT_ISOLATED = (
    "NOT ISOLATED: there is no Docker engine here, so notebooks run as plain processes of this machine. They can read "
    "your files and the hidden tests. Grade only your own work like this; for anybody else's say --sandbox docker."
)


SOCKET = Path("/var/run/docker.sock")
_WAITING = 2
"""How many submissions for each worker are in memory, the one that it grades included."""
_SANDBOXES = 3
"""Of one worker: a learner's, a judge, and the next learner's, made ahead."""


class Kind(StrEnum):
    """What a caller may ask for."""

    AUTO = "auto"
    DOCKER = "docker"
    PROCESS = "process"


class StartKind(StrEnum):
    """What is done for a learner's sandbox before it is asked for."""

    AUTO = "auto"
    """Warm on a grading host that can do it, else pool."""
    POOL = "pool"
    """It is started, and does its imports."""
    WARM = "warm"
    """It is started, and its process is a fork that has them done; inside/zygote.py says at what price."""


@dataclass(frozen=True, kw_only=True)
class Sandboxes:
    """What a grading takes its sandboxes from, all of one image: learners' made ahead, judges kept."""

    image: str
    pool: Pool
    judges: Judges
    zygotes: Zygotes | None = None

    def grade(self, lab: Lab, submission: Submission) -> Report:
        """The report of one submission; see grade."""
        return grade(lab, submission, self.pool.start, image=self.image, judges=self.judges)

    def close(self) -> None:
        """Close those that are not in use."""
        self.pool.close()
        self.judges.close()
        if self.zygotes is not None:
            self.zygotes.close()


class Launcher:
    """Starts sandboxes for as many environments as the labs name; leaving it removes every one still open.

    Up to `workers` may be asked for at a time. Raises SandboxError where the engine that is asked for or expected does
    not answer, UsageError where processes are to run notebooks and this Python cannot, or are to be started warm.
    """

    def __init__(
        self, kind: Kind, runtime: str | None, *, start: StartKind = StartKind.AUTO, workers: int | None = None
    ) -> None:
        self._runtime = runtime
        self._client = _choose_engine(kind)
        self._start = _choose_start(start, self._client)
        if self._client is None and importlib.util.find_spec("IPython") is None:
            raise UsageError(
                "cells run in IPython, which is not installed here; run, in the project's folder: pip install -e "
                "'.[learner]' -r environments/core.txt; or run them in containers: --sandbox docker"
            )
        self._runs: dict[str, Run] = {}
        self._sandboxes: dict[str, Sandboxes] = {}
        self._lock = threading.Lock()
        self.workers = workers or self._count_workers()
        if self._client is not None:
            sweep(self._client, find_strays(self._client))

    @property
    def isolates(self) -> bool:
        """False where submissions run as plain processes."""
        return self._client is not None

    def images(self, environments: Iterable[str]) -> dict[str, str]:
        """The image of each environment. Raises SandboxError that names the command to build what is missing."""
        if self._client is None:
            return dict.fromkeys(environments, process_name())
        return {environment: require_image(self._client, environment) for environment in environments}

    def starter(self, image: str) -> Start:
        """What starts a sandbox from an image of `images`, when it is asked for and from nothing."""
        if self._client is None:
            return ProcessSandbox
        if image not in self._runs:
            self._runs[image] = Run(client=self._client, image=image, runtime=self._runtime)
        return self._runs[image].start

    def grade_all(self, jobs: Sequence[Job], folder: Path) -> Iterator[Report]:
        """Reports as they come, as many at once as there are workers; see batch.grade_all."""
        images = self.images({job.lab.environment for job in jobs})

        def grade_here(lab: Lab, submission: Submission) -> Report:
            return self.sandboxes(images[lab.environment]).grade(lab, submission)

        def expect(lab: Lab) -> None:
            self.sandboxes(images[lab.environment]).pool.expect(lab)

        executor = ThreadPoolExecutor(max_workers=self.workers, thread_name_prefix="grade")
        window = _WAITING * self.workers
        try:
            yield from grade_all(jobs, grade_here, executor, folder=folder, images=images, window=window, expect=expect)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)

    def sandboxes(self, image: str) -> Sandboxes:
        """The sandboxes of an image of `images`, kept until this launcher rests or is left."""
        with self._lock:
            if image not in self._sandboxes:
                cold, zygotes = self.starter(image), self._open_zygotes(image)
                self._sandboxes[image] = Sandboxes(
                    image=image, pool=Pool(zygotes.start if zygotes else cold, size=self.workers),
                    judges=Judges(cold, keep=self.workers), zygotes=zygotes,
                )  # fmt: skip
            return self._sandboxes[image]

    def _open_zygotes(self, image: str) -> Zygotes | None:
        if self._start is StartKind.POOL:
            return None
        otherwise = None if self._start is StartKind.WARM else self.starter(image)
        return Zygotes(self._runs[image], keep=self.workers, otherwise=otherwise)

    def rest(self) -> None:
        """Close every sandbox that is kept and not in use."""
        with self._lock:
            kept, self._sandboxes = self._sandboxes, {}
        for sandboxes in kept.values():
            sandboxes.close()

    def _count_workers(self) -> int:
        """As many as there are processors, and no more than find room in memory with their sandboxes."""
        if self._client is None:
            return os.cpu_count() or 1
        processors, memory = measure_engine(self._client)
        return max(1, min(processors, memory // (_SANDBOXES * Limits().memory_mb)))

    def left(self) -> list[str]:
        """Names of containers that this launcher started and that are still there. Raises SandboxError."""
        return [name for run in self._runs.values() for name in run.left()]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _t: TracebackType | None
    ) -> None:
        self.rest()
        for run in self._runs.values():
            run.close()


def _choose_engine(kind: Kind) -> Engine | None:
    if kind is Kind.PROCESS:
        return None
    try:
        return connect()
    except SandboxError:
        if kind is Kind.DOCKER or _is_engine_expected():
            raise
        return None


def _choose_start(start: StartKind, client: Engine | None) -> StartKind:
    if client is None and start is StartKind.WARM:
        raise UsageError("--start warm: plain processes cannot be started warm; leave it out, or say --sandbox docker")
    if start is StartKind.AUTO and (client is None or not is_grading_host(client)):
        return StartKind.POOL
    return start


def _is_engine_expected() -> bool:
    """Whether an engine that does not answer is a fault here, and no reason to run strangers' code unprotected."""
    marks = (os.environ.get("CI"), os.environ.get("DOCKER_HOST"), shutil.which("dockerd"), SOCKET.exists())
    return any(marks)
