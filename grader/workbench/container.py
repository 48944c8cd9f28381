"""JupyterLab in a lab's image, for a machine with nothing but Docker and for the learner's own work.

The work folder is mounted, so the engine must be this machine's. Only this machine reaches the port.
"""

import os
import secrets
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docker.errors import DockerException
from docker.models.containers import Container

from grader.containers import ENGINE_ERRORS, Engine
from grader.errors import SandboxError

_PORT = "8888/tcp"
_WORK = "/home/learner"
_START_SECONDS = 60
_STOP_SECONDS = 5


@contextmanager
def jupyterlab(client: Engine, image: str, work: Path, notebook: Path) -> Iterator[tuple[Container, str]]:
    """A running JupyterLab and its address, opened on a notebook of the work folder; it is removed at the end.

    Raises SandboxError when it cannot be started or does not answer within a minute.
    """
    token = secrets.token_urlsafe()
    try:
        container = client.containers.run(
            image, detach=True, init=True, read_only=True, cap_drop=["ALL"], security_opt=["no-new-privileges"],
            user=f"{os.geteuid()}:{os.getegid()}", tmpfs={"/tmp": "exec"}, working_dir=_WORK,  # noqa: S108
            volumes={str(work.resolve()): {"bind": _WORK, "mode": "rw"}}, ports={_PORT: ("127.0.0.1", None)},
            environment={"HOME": "/tmp", "JUPYTER_TOKEN": token, "OMP_NUM_THREADS": "1"},  # noqa: S108
            command=["jupyter", "lab", "--ip=0.0.0.0", "--port=8888", "--no-browser", "--allow-root"],
        )  # fmt: skip
    except ENGINE_ERRORS as error:
        raise SandboxError(f"JupyterLab's container could not be started: {error}; see `pivotlab doctor`") from error
    try:
        place = notebook.resolve().relative_to(work.resolve()).as_posix()
        yield container, f"{_wait(container)}/lab/tree/{place}?token={token}"
    finally:
        _remove(container)


def _wait(container: Container) -> str:
    """The address without a path, once it answers. Raises SandboxError with the container's last words."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        container.reload()
        if container.status not in {"created", "running"}:
            break
        published = container.ports.get(_PORT)
        address = f"http://127.0.0.1:{published[0]['HostPort']}" if published else ""
        if address and _answers(f"{address}/api"):
            return address
        time.sleep(0.5)
    words = container.logs(tail=10).decode(errors="replace").strip()
    raise SandboxError(f"JupyterLab in {container.name} does not answer; it said last:\n{words}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 - an address of ours
            return bool(response.status == 200)  # noqa: PLR2004
    except OSError:
        return False


def _remove(container: Container) -> None:
    try:
        container.stop(timeout=_STOP_SECONDS)
        container.remove(force=True)
    except DockerException as error:
        mend = f"run: docker rm -f {container.name}"
        raise SandboxError(f"{container.name} could not be removed: {error}; {mend}") from error
