"""What a sandbox must do, whoever makes it; and ProcessSandbox, for authors and machines without Docker."""

import contextlib
import importlib.resources
import json
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import psutil

from grader.errors import SandboxError
from grader.inside.wire import Buffer
from grader.model import Limits

START_SECONDS = 60
"""How long a sandbox may take until its program answers."""
STDERR_BYTES = 4_096
SIGNALLED = 192
"""What an exit code is above when a signal ended the learner's or the judge's own process; see inside/boot.py."""
OWN_CODES = 128
"""What every exit code of the process's own is below; what lies between the two says that its sandbox was ended."""
_NOT_SENT = {"boot.py", "__init__.py"}
_SWEEPS = 20
_PEEKS = 50
_PEEK_SECONDS = 0.02

# One BLAS thread: bits of a fit differ with the number of threads. The rest keeps two runs the same and quiet.
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    # A process with a thread that it did not ask for cannot be forked safely; Arrow's allocator has one.
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


class Role(StrEnum):
    """Which of the two sandboxes."""

    LEARNER = "learner"
    JUDGE = "judge"


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a sandbox's process ended; `code` is SIGNALLED + signal when a signal did it, None when it still runs."""

    code: int | None
    out_of_memory: bool = False
    stderr: str = ""


class Sandbox(Protocol):
    """One started process behind one byte stream; above this protocol nobody can tell what keeps it."""

    def send(self, data: Buffer, seconds: float) -> None:
        """Write all of the data, uncopied. Raises TimeoutError when it is not taken in time, EOFError when it ended."""

    def receive(self, size: int, seconds: float) -> bytes:
        """At most `size` bytes, b"" at the end of the stream. Raises TimeoutError when none come in time."""

    def ending(self) -> Ending:
        """How the process ended. Raises SandboxError when it was the machinery that failed."""

    def close(self) -> None:
        """End the process and leave nothing behind; a second call does nothing."""


class Start(Protocol):
    """Starts a sandbox, its programs already sent."""

    def __call__(self, role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> Sandbox:
        """Start one; a learner's imports these modules before it does anything. Raises SandboxError."""


class Child(StrEnum):
    """How the process that a sandbox is for comes to be; see inside/boot.py."""

    CONFINED = "confined"
    """A fork of process 1 that gives up its rights: a learner's or a judge's."""
    TRUSTED = "trusted"
    """A fork that keeps them: the zygote."""
    PUT_IN = "put in"
    """The zygote's fork, which process 1 waits for."""


def programs(role: Role, imports: tuple[str, ...]) -> bytes:
    """What goes down the stream first: every program that runs inside, and which one is to run."""
    return pack_programs(role, [list(imports)] if role is Role.LEARNER else [], Child.CONFINED)


def pack_programs(main: str, arguments: list[list[str]], child: Child) -> bytes:
    """The same for any program and child; one that is put in brings its programs itself."""
    folder = importlib.resources.files("grader.inside")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".py"))
    sent = ["confinement.py"] if child is Child.PUT_IN else [one for one in names if one not in _NOT_SENT]
    modules = {
        f"grader.inside.{name.removesuffix('.py')}": (folder / name).read_text(encoding="utf-8") for name in sent
    }
    told = {
        "modules": {"grader": "", "grader.inside": ""} | modules, "main": f"grader.inside.{main}",
        "arguments": arguments, "child": child,
    }  # fmt: skip
    document = json.dumps(told).encode()
    return struct.pack(">I", len(document)) + document


def boot_program() -> str:
    """The text for `python -c`."""
    return importlib.resources.files("grader.inside").joinpath("boot.py").read_text(encoding="utf-8")


class ProcessSandbox:
    """A child process in a folder of its own. It bounds memory and time, and isolates nothing."""

    def __init__(self, role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> None:
        self._folder = tempfile.mkdtemp(prefix=_folder_prefix())
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        environment = ENVIRONMENT | {"PATH": os.environ.get("PATH", os.defpath), "HOME": self._folder}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", boot_program()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr,
            cwd=self._folder, env=environment, bufsize=0, start_new_session=True,
        )  # fmt: skip
        _limit_memory(self._process.pid, limits.memory_mb)
        self._in, self._out = _pipes(self._process)
        self.send(programs(role, imports), limits.seconds)

    def send(self, data: Buffer, seconds: float) -> None:
        """Write all of the data; see Sandbox."""
        view = memoryview(data)
        deadline = time.monotonic() + seconds
        while view:
            if not select.select([], [self._in], [], max(0, deadline - time.monotonic()))[1]:
                raise TimeoutError
            try:
                view = view[os.write(self._in, view[: select.PIPE_BUF]) :]
            except BrokenPipeError as error:
                raise EOFError from error

    def receive(self, size: int, seconds: float) -> bytes:
        """Read what there is; see Sandbox."""
        if not select.select([self._out], [], [], seconds)[0]:
            raise TimeoutError
        return os.read(self._out, size)

    def ending(self) -> Ending:
        """How the process ended; see Sandbox."""
        code = _peek_exit_code(self._process.pid)
        self._stderr.seek(0)
        return Ending(code=code, stderr=self._stderr.read(STDERR_BYTES).decode(errors="replace"))

    def close(self) -> None:
        """End the process group and remove the folder; see Sandbox."""
        if self._process.stdin is None or self._process.stdin.closed:
            return
        _kill_all_below(psutil.Process(self._process.pid))
        # It reaps what was killed and ends; elsewhere the dead would stay until the machine's first process looks.
        _peek_exit_code(self._process.pid)
        # The group's number is ours until its leader is reaped, which nothing does before `communicate`.
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()
        self._stderr.close()
        # Python's own removal gives up where folders nest by the thousand.
        subprocess.run(["rm", "-rf", "--", self._folder], check=False)  # noqa: S607


def _kill_all_below(parent: psutil.Process) -> None:
    """End all that a sandbox's first process started and adopted; it is stopped, so that it adopts until the last."""
    with contextlib.suppress(psutil.NoSuchProcess):
        parent.suspend()
        for _ in range(_SWEEPS):
            left = [process for process in parent.children(recursive=True) if _is_alive(process)]
            if not left:
                break
            for process in left:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
        parent.resume()


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def find_left() -> list[str]:
    """Folders and processes of process sandboxes of this grader that are still there."""
    prefix = str(Path(tempfile.gettempdir()) / _folder_prefix())
    folders = [f"folder {folder}" for folder in sorted(Path(tempfile.gettempdir()).glob(f"{_folder_prefix()}*"))]
    left = [process.pid for process in psutil.process_iter() if _home(process).startswith(prefix)]
    return folders + [f"process {pid}" for pid in left]


def _folder_prefix() -> str:
    return f"pivotlab-{os.getpid()}-"


def _home(process: psutil.Process) -> str:
    try:
        return str(process.environ().get("HOME", ""))
    except psutil.Error:
        return ""


def _pipes(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    if process.stdin is None or process.stdout is None:
        raise SandboxError("a process was started without its pipes; this is a fault of Pivotlab, please report it")
    return process.stdin.fileno(), process.stdout.fileno()


def _peek_exit_code(pid: int) -> int | None:
    """The exit code of a child that ended or is just ending, left unreaped; None when it goes on."""
    for _ in range(_PEEKS):
        if ended := os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return ended.si_status if ended.si_code == os.CLD_EXITED else SIGNALLED + ended.si_status
        time.sleep(_PEEK_SECONDS)
    return None


def _limit_memory(pid: int, memory_mb: int) -> None:
    limit = memory_mb * 1024 * 1024
    resource.prlimit(pid, resource.RLIMIT_DATA, (limit, limit))


def process_name() -> str:
    """What a report says in place of an image."""
    return f"process, python {'.'.join(map(str, sys.version_info[:3]))}, {Path(sys.executable).name}"
