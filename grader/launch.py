"""Chooses what runs the sandboxes: containers where an engine answers, else child processes; it grades nothing."""

import importlib.util
import os
import shutil
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.containers import Engine, Run, connect, find_strays, sweep
from grader.errors import SandboxError, UsageError
from grader.images import require_image
from grader.sandbox import ProcessSandbox, Start, process_name

NOT_ISOLATED = (
    "NOT ISOLATED: there is no Docker engine here, so notebooks run as plain processes of this machine. They can read "
    "your files and the hidden tests. Grade only your own work like this; for anybody else's say --sandbox docker."
)


SOCKET = Path("/var/run/docker.sock")


class Kind(StrEnum):
    """What a caller may ask for."""

    AUTO = "auto"
    DOCKER = "docker"
    PROCESS = "process"


class Launcher:
    """Starts sandboxes for as many environments as the labs name; leaving it removes every one still open.

    Raises SandboxError where the engine that is asked for or expected does not answer, UsageError where processes are
    to run notebooks and this Python cannot.
    """

    def __init__(self, kind: Kind, runtime: str | None) -> None:
        self._runtime = runtime
        self._client = _choose_engine(kind)
        if self._client is None and importlib.util.find_spec("IPython") is None:
            raise UsageError(
                "cells run in IPython, which is not installed here; run, in the project's folder: pip install -e "
                "'.[learner]' -r environments/core.txt; or run them in containers: --sandbox docker"
            )
        self._runs: dict[str, Run] = {}
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
        """What starts a sandbox from an image of `images`."""
        if self._client is None:
            return ProcessSandbox
        if image not in self._runs:
            self._runs[image] = Run(client=self._client, image=image, runtime=self._runtime)
        return self._runs[image].start

    def left(self) -> list[str]:
        """Names of containers that this launcher started and that are still there. Raises SandboxError."""
        return [name for run in self._runs.values() for name in run.left()]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _t: TracebackType | None
    ) -> None:
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


def _is_engine_expected() -> bool:
    """Whether an engine that does not answer is a fault here, and no reason to run strangers' code unprotected."""
    marks = (os.environ.get("CI"), os.environ.get("DOCKER_HOST"), shutil.which("dockerd"), SOCKET.exists())
    return any(marks)
