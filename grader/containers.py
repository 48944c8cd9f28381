"""The only module that makes containers: sandboxes with nothing but an attached stream, and the sweeping of strays.

It knows nothing of notebooks, tests or points.
"""

import contextlib
import platform
import secrets
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import docker
import psutil
from docker.errors import APIError, DockerException, ImageNotFound
from docker.types import LogConfig, Ulimit
from requests.exceptions import RequestException

from grader.errors import EndedOutsideError, SandboxError, WarmStartError
from grader.inside.wire import Buffer
from grader.model import Limits
from grader.sandbox import (
    ENVIRONMENT,
    OWN_CODES,
    SIGNALLED,
    STDERR_BYTES,
    Child,
    Ending,
    Role,
    boot_program,
    pack_programs,
    programs,
)

Engine: TypeAlias = docker.DockerClient
"""A connection to a Docker engine."""

RUN_LABEL = "pivotlab.run"
HOST_LABEL = "pivotlab.host"
PROCESS_LABEL = "pivotlab.process"
ROLE_LABEL = "pivotlab.role"
ZYGOTE = "zygote"
GRADING_HOST = "pivotlab.grading-host=true"
NOBODY = 65534
PYTHON = "/opt/venv/bin/python"
_ZYGOTE_RIGHTS = ["SYS_ADMIN", "SYS_PTRACE", "SYS_CHROOT", "SETPCAP", "SETUID", "SETGID"]
_CGROUPS = "/sys/fs/cgroup"
_API_SECONDS = 60
_MEBIBYTE = 1024 * 1024
_STREAM_HEADER = struct.Struct(">BxxxI")
_STDERR = 2
_GONE_OR_GOING = {404, 409}
"""What the engine says of a container that is not there, or is being removed."""
_INODES = 65_536
"""Of each writable folder: without a bound, empty files fill the kernel's memory."""
# The engine's faults: its own errors, and those of the connection to it.
ENGINE_ERRORS = (DockerException, RequestException, OSError)


def connect() -> Engine:
    """A client of the engine that the environment names. Raises SandboxError with the mend."""
    try:
        client = docker.from_env(timeout=_API_SECONDS, max_pool_size=64)
        client.ping()
    except ENGINE_ERRORS as error:
        raise SandboxError(f"no Docker engine answers ({_first_line(error)}); {_MEND}") from error
    return client


_MEND = "start one (docker/engine.sh installs and starts one on Debian and Ubuntu), or point DOCKER_HOST at yours"


def measure_engine(client: Engine) -> tuple[int, int]:
    """Processors and MB of memory of the engine's machine. Raises SandboxError."""
    with _ours("the engine does not say how large its machine is"):
        told = client.api.info()
    return int(told["NCPU"]), int(told["MemTotal"]) // _MEBIBYTE


def is_grading_host(client: Engine) -> bool:
    """Whether who runs the engine's machine marked it as one that does nothing else: by a label of the engine's."""
    with _ours("the engine does not say how it is labelled"):
        return GRADING_HOST in (client.api.info().get("Labels") or [])


@dataclass(kw_only=True)
class Run:
    """One run of the grader: starts sandboxes from one image, and removes what is left of them at its end."""

    client: Engine
    image: str
    runtime: str | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    _open: dict[str, "ContainerSandbox"] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closing: bool = False

    def start(self, role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> "ContainerSandbox":
        """A started sandbox with its programs sent. Raises SandboxError; then no container is left."""
        return self._start(role, _sandbox_settings(self, limits), programs(role, imports))

    def start_waiting(self, limits: Limits) -> "ContainerSandbox":
        """A learner's sandbox whose process 1 waits for a zygote's fork. Raises SandboxError."""
        waiting = pack_programs(Role.LEARNER, [], Child.PUT_IN)
        return self._start(Role.LEARNER, _sandbox_settings(self, limits), waiting)

    def start_zygote(self, imports: tuple[str, ...], late: tuple[str, ...]) -> "ContainerSandbox":
        """A zygote of a learner's sandboxes with these imports, which has rights over the engine's machine.

        It has `late` imported too. Raises WarmStartError where the engine gives no such rights, SandboxError.
        """
        document = pack_programs(ZYGOTE, [list(imports), list(late)], Child.TRUSTED)
        try:
            return self._start(ZYGOTE, _zygote_settings(self), document)
        except SandboxError as error:
            if isinstance(error.__cause__, APIError):
                raise WarmStartError(f"a sandbox cannot be started warm here: {error}") from error
            raise

    def _start(self, kind: str, settings: dict[str, Any], document: bytes) -> "ContainerSandbox":
        sandbox = ContainerSandbox(self, f"pivotlab-{self.id}-{kind}-{secrets.token_hex(4)}")
        with self._lock:
            if self._closing:
                raise SandboxError("this run is being stopped")
            self._open[sandbox.name] = sandbox
        try:
            sandbox.start(kind, settings, document)
        except BaseException:
            sandbox.close()
            raise
        if self._closing:
            # `close` may have come when there was no container yet to remove.
            sandbox.close()
        return sandbox

    def forget(self, name: str) -> None:
        """A sandbox is closed."""
        with self._lock:
            self._open.pop(name, None)

    def left(self) -> list[str]:
        """Names of this run's containers that are there. Raises SandboxError."""
        with _ours("the engine cannot list containers"):
            found = self.client.api.containers(all=True, filters={"label": f"{RUN_LABEL}={self.id}"})
        return [one["Names"][0].lstrip("/") for one in found]

    def close(self) -> None:
        """Remove every sandbox that is still open, and start no more."""
        with self._lock:
            self._closing = True
            left = list(self._open.values())
        for sandbox in left:
            sandbox.remove()


class ContainerSandbox:
    """One container behind the Sandbox protocol."""

    def __init__(self, run: Run, name: str) -> None:
        self.name = name
        self._run = run
        self._api = run.client.api
        self._attached: Any = None
        self._socket: socket.socket | None = None
        self._left_in_frame = 0
        self._kind = 0
        self._stderr = b""
        self._closed = False

    def start(self, kind: str, settings: dict[str, Any], document: bytes) -> None:
        """Create, attach, start, send the programs: attached first, so no byte can be missed."""
        with _ours(f"the {kind}'s sandbox could not be started"):
            labels = {RUN_LABEL: self._run.id, HOST_LABEL: _machine(), PROCESS_LABEL: _this_process(), ROLE_LABEL: kind}
            self._api.create_container(**settings, name=self.name, labels=labels)
            # The SDK hands out a file object over a Unix socket and the socket itself over TCP.
            self._attached = self._api.attach_socket(self.name, {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1})
            self._socket = getattr(self._attached, "_sock", self._attached)
            self._api.start(self.name)
        try:
            self.send(document, _API_SECONDS)
        except (TimeoutError, EOFError) as error:
            raise SandboxError(f"the {kind}'s sandbox took no programs: {self.ending()}") from error

    def first_process(self) -> tuple[str, int]:
        """The container's id and, on the engine's machine, the number of its process 1. Raises SandboxError."""
        with _ours("the engine does not say what a sandbox's process is"):
            told = self._api.inspect_container(self.name)
        return str(told["Id"]), int(told["State"]["Pid"])

    def send(self, data: Buffer, seconds: float) -> None:
        """Write all of the data; see Sandbox."""
        stream = self._stream()
        stream.settimeout(seconds)
        try:
            stream.sendall(data)
        except TimeoutError:
            raise
        except OSError as error:
            raise EOFError from error

    def receive(self, size: int, seconds: float) -> bytes:
        """Read standard output; standard error is kept aside, its end only; see Sandbox."""
        deadline = time.monotonic() + seconds
        while True:
            if self._left_in_frame == 0 and not self._next_frame(deadline):
                return b""
            data = self._read(min(size, self._left_in_frame), deadline)
            self._left_in_frame -= len(data)
            if self._kind != _STDERR or not data:
                return data
            self._stderr = (self._stderr + data)[-STDERR_BYTES:]

    def ending(self) -> Ending:
        """How the container's process ended. Raises SandboxError when the engine cannot say."""
        with _ours("the engine cannot say how a sandbox ended"):
            state = self._wait_for_end()
        if not state["Running"] and OWN_CODES <= state["ExitCode"] < SIGNALLED and not state["OOMKilled"]:
            raise EndedOutsideError(f"somebody ended the sandbox {self.name} from outside (code {state['ExitCode']})")
        return Ending(
            code=None if state["Running"] else int(state["ExitCode"]),
            out_of_memory=bool(state["OOMKilled"]),
            stderr=self._stderr.decode(errors="replace"),
        )

    def close(self) -> None:
        """Remove the container, running or not; see Sandbox."""
        if self._closed:
            return
        self._closed = True
        self.remove()
        self._run.forget(self.name)
        if self._socket is not None:
            # The SDK keeps the HTTP response, which owns the socket, beside what it hands out.
            self._attached._response.close()  # noqa: SLF001
            self._socket.close()

    def remove(self) -> None:
        """End the stream and remove the container, from any thread: the one that reads wakes up and closes the rest.

        Closing the socket here would free its number for the next connection, which that thread would then read from.
        """
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
        # An engine that is gone cannot be asked; `pivotlab doctor` sweeps what it left.
        with contextlib.suppress(*ENGINE_ERRORS):
            self._api.remove_container(self.name, force=True, v=True)

    def _wait_for_end(self) -> dict[str, Any]:
        """The container's state; the stream ends a moment before the engine has recorded how."""
        deadline = time.monotonic() + 2
        while True:
            state: dict[str, Any] = self._api.inspect_container(self.name)["State"]
            if not state["Running"] or time.monotonic() > deadline:
                return state
            time.sleep(0.02)

    def _next_frame(self, deadline: float) -> bool:
        header = b""
        while len(header) < _STREAM_HEADER.size:
            part = self._read(_STREAM_HEADER.size - len(header), deadline)
            if not part:
                return False
            header += part
        self._kind, self._left_in_frame = _STREAM_HEADER.unpack(header)
        return True

    def _read(self, size: int, deadline: float) -> bytes:
        stream = self._stream()
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        stream.settimeout(left)
        try:
            return stream.recv(size)
        except TimeoutError:
            raise
        except OSError:
            return b""

    def _stream(self) -> socket.socket:
        if self._socket is None or self._closed:
            raise EOFError
        return self._socket


def find_strays(client: Engine) -> list[str]:
    """Names of containers whose grader process on this machine is dead. Raises SandboxError."""
    with _ours("the engine cannot list containers"):
        found = client.api.containers(all=True, filters={"label": [RUN_LABEL, f"{HOST_LABEL}={_machine()}"]})
    return [one["Names"][0].lstrip("/") for one in found if not _is_alive(one["Labels"].get(PROCESS_LABEL, ""))]


def sweep(client: Engine, strays: list[str]) -> None:
    """Remove strays, but for those that another grader removes at this moment. Raises SandboxError."""
    for stray in strays:
        with _ours(f"container {stray} cannot be removed"):
            try:
                client.api.remove_container(stray, force=True, v=True)
            except APIError as error:
                if error.status_code not in _GONE_OR_GOING:
                    raise


def _sandbox_settings(run: Run, limits: Limits) -> dict[str, Any]:
    memory = limits.memory_mb * _MEBIBYTE
    return _settings(
        run, user=NOBODY, disk_mb=limits.disk_mb,
        security_opt=["no-new-privileges:true"], runtime=run.runtime, shm_size=limits.disk_mb * _MEBIBYTE,
        mem_limit=memory, memswap_limit=memory, nano_cpus=int(limits.cpus * 1e9), pids_limit=limits.processes,
    )  # fmt: skip


def _zygote_settings(run: Run) -> dict[str, Any]:
    """As a sandbox, but for the rights to put a fork into one; docs/security.md says what each is for."""
    # A filter or a profile of its own would be in the way: only who has none may read a sandbox's, and take it over.
    unconfined = ["no-new-privileges:true", "seccomp=unconfined", "apparmor=unconfined"]
    return _settings(
        run, user=0, disk_mb=Limits().disk_mb, security_opt=unconfined, cap_add=_ZYGOTE_RIGHTS,
        pid_mode="host", cgroupns="host", binds=[f"{_CGROUPS}:{_CGROUPS}:rw"],
    )  # fmt: skip


def _settings(run: Run, *, user: int, disk_mb: int, **host: Any) -> dict[str, Any]:
    # Owned by the user within: runc gives a mount the mode of the folder that it covers, whatever mode is asked for.
    tmpfs = f"rw,nosuid,nodev,size={disk_mb}m,nr_inodes={_INODES},mode=1777,uid={NOBODY},gid={NOBODY}"
    config = run.client.api.create_host_config(
        network_mode="none", read_only=True, cap_drop=["ALL"],
        tmpfs={"/work": tmpfs, "/tmp": tmpfs}, ipc_mode="private",  # noqa: S108 - the sandbox's own
        log_config=LogConfig(type="none"), init=False,
        ulimits=[Ulimit(name="core", soft=0, hard=0), Ulimit(name="nofile", soft=1024, hard=1024)], **host,
    )  # fmt: skip
    return {
        "image": run.image, "command": [PYTHON, "-P", "-c", boot_program()], "entrypoint": [],
        "user": f"{user}:{user}", "working_dir": "/work", "hostname": "sandbox", "network_disabled": True,
        "environment": ENVIRONMENT | {"HOME": "/tmp", "PATH": "/opt/venv/bin:/usr/bin:/bin"},  # noqa: S108
        "stdin_open": True, "tty": False, "host_config": config,
    }  # fmt: skip


@contextlib.contextmanager
def _ours(what: str) -> Iterator[None]:
    try:
        yield
    except ImageNotFound as error:
        raise SandboxError(f"{what}: its image is gone; run: pivotlab images build") from error
    except ENGINE_ERRORS as error:
        raise SandboxError(
            f"{what}: {_first_line(error)}; see that the Docker engine runs, then grade again"
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]


def _machine() -> str:
    """This machine since it was started: process numbers mean nothing elsewhere."""
    return f"{platform.node()}-{psutil.boot_time():.0f}"


def _this_process() -> str:
    process = psutil.Process()
    return f"{process.pid}-{process.create_time():.2f}"


def _is_alive(process: str) -> bool:
    """Whether the process still runs, by its start time too: its number may have been used again."""
    pid, _, created = process.partition("-")
    try:
        return f"{psutil.Process(int(pid)).create_time():.2f}" == created
    except (psutil.NoSuchProcess, ValueError):
        return False
