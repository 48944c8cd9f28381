"""Containers: what a sandbox may do, and that none is left behind, however its run ends."""

import contextlib
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docker
import pytest

from grader.containers import Run, find_strays, sweep
from grader.errors import SandboxError
from grader.grade import grade
from grader.model import Lab, Limits, Report, Status
from grader.notebook import fill
from grader.sandbox import Role
from tests.conftest import TOYS, Submit, containers_of

pytestmark = pytest.mark.docker

LOOK_AROUND = """
import os, socket
status = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
def attempt(action):
    try:
        return str(action())
    except OSError as error:
        return type(error).__name__
found = {
    "user": os.getresuid() + os.getresgid(), "groups": os.getgroups(),
    "capabilities": {status[name].strip() for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")},
    "new_privileges": status["NoNewPrivs"].strip(), "seccomp": status["Seccomp"].strip(),
    "interfaces": [name for _, name in socket.if_nameindex()],
    "write_root": attempt(lambda: open("/opt/mark", "w")), "write_home": attempt(lambda: open("/mark", "w")),
    "open_files": sorted(os.listdir("/proc/self/fd")), "environment": dict(os.environ),
    "work": os.statvfs("/work").f_blocks * os.statvfs("/work").f_frsize, "mounts": open("/proc/mounts").read(),
    "processes": sorted(int(name) for name in os.listdir("/proc") if name.isdigit()),
    "modules": [name for name in os.listdir("/opt/venv/lib/python3.11/site-packages") if "grader" in name],
}
def two(a, b): return found
"""


@pytest.fixture(scope="module")
def found(run: Run, lab: Lab, submit: Submit) -> dict[str, Any]:
    """What code in the learner's sandbox finds when it looks around."""
    seen: dict[str, Any] = {}
    hidden = (
        b"import json\ndef test_one(notebook):\n    raise AssertionError('FOUND' + repr(notebook['found']) + 'END')\n"
    )
    changed = lab.model_copy(update={"hidden": {"test_look.py": hidden}})
    report = grade(changed, submit(two=LOOK_AROUND), run.start, image=run.image)
    text = report.results[0].detail
    seen.update(eval(text[text.rindex("FOUND{") + 5 : text.rindex("}END") + 1]))
    return seen


def test_a_sandbox_has_no_privileges(found: dict[str, Any]) -> None:
    assert found["user"] == (65534,) * 6
    assert found["groups"] in ([], [65534])
    assert found["capabilities"] == {"0" * 16}
    assert (found["new_privileges"], found["seccomp"]) == ("1", "2")


def test_a_sandbox_has_no_network(found: dict[str, Any]) -> None:
    assert found["interfaces"] == ["lo"]


def test_a_sandbox_writes_to_its_work_folder_alone(found: dict[str, Any]) -> None:
    assert (found["write_root"], found["write_home"]) == ("OSError", "OSError")
    assert found["work"] == 16 << 20


def test_a_sandbox_holds_nothing_of_the_grader(found: dict[str, Any]) -> None:
    assert found["modules"] == []
    assert "hidden" not in str(found["environment"])
    assert len(found["processes"]) == 2, "our first process and the learner's"


def test_a_missing_image_is_an_error_with_its_mend(engine: docker.DockerClient) -> None:
    run = Run(client=engine, image="pivotlab/nowhere:000000000000")
    with pytest.raises(SandboxError, match="pivotlab images build"):
        run.start(Role.LEARNER, Limits())
    assert _containers(engine, run.id) == []


def test_a_sandbox_is_removed_when_its_start_fails(engine: docker.DockerClient, run: Run) -> None:
    broken = Run(client=engine, image=run.image, runtime="no-such-runtime")
    with pytest.raises(SandboxError, match="could not be started"):
        broken.start(Role.LEARNER, Limits())
    assert _containers(engine, broken.id) == []


def test_closing_a_run_removes_what_is_open_and_starts_no_more(engine: docker.DockerClient, run: Run) -> None:
    closing = Run(client=engine, image=run.image)
    sandbox = closing.start(Role.LEARNER, Limits())
    assert len(_containers(engine, closing.id)) == 1
    closing.close()
    assert _containers(engine, closing.id) == []
    with pytest.raises(SandboxError, match="stopped"):
        closing.start(Role.JUDGE, Limits())
    sandbox.close()


def test_another_runtime_grades_where_it_is_registered(
    engine: docker.DockerClient, run: Run, lab: Lab, submit: Submit
) -> None:
    if "runsc" not in engine.info()["Runtimes"]:
        pytest.skip("this engine has no runtime runsc; README says how to register it")
    other = Run(client=engine, image=run.image, runtime="runsc")
    patient = lab.model_copy(update={"limits": lab.limits.model_copy(update={"memory_mb": 512})})
    dies = submit(two="import os\ndef two(a, b): os._exit(7)")
    report = grade(patient, dies, other.start, image=run.image)
    assert (report.score, report.results[1].detail.partition("\n")[0]) == (5, "exit code 7")


class Proxy:
    """Stands between a client and the engine, and can be cut, as if the engine had gone."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "engine.sock"
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(self.path))
        self._server.listen(64)
        self._pairs: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        self.path.unlink(missing_ok=True)
        self._server.close()
        for one in self._pairs:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _serve(self) -> None:
        while True:
            try:
                near = self._server.accept()[0]
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect("/var/run/docker.sock")
            self._pairs += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._copy, args=(one, other), daemon=True).start()

    @staticmethod
    def _copy(one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65536):
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            return


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    proxy = Proxy(tmp_path)
    yield proxy
    proxy.cut()
    gc.collect()


# The SDK leaves a socket open when it cannot connect; the fixture collects it where that is expected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_engine_that_goes_in_mid_run_leaves_the_submission_ungraded(
    proxy: Proxy, engine: docker.DockerClient, run: Run, lab: Lab, submit: Submit
) -> None:
    client = docker.DockerClient(base_url=f"unix://{proxy.path}", timeout=10)
    away = Run(client=client, image=run.image)
    reports: list[Report] = []
    slow = submit(two="def two(a, b):\n    import time\n    time.sleep(60)")
    patient = lab.model_copy(update={"limits": lab.limits.model_copy(update={"question_seconds": 60})})
    thread = threading.Thread(target=lambda: reports.append(grade(patient, slow, away.start, image=run.image)))
    thread.start()
    _wait_until(lambda: len(_containers(engine, away.id)) == 2)
    time.sleep(1)
    proxy.cut()
    thread.join(timeout=60)
    client.close()
    try:
        assert reports[0].status is Status.UNGRADED
        assert "Docker engine" in reports[0].reason
        assert reports[0].score is None
    finally:
        for name in _containers(engine, away.id):
            engine.api.remove_container(name, force=True)


def test_containers_of_a_killed_grader_are_found_and_swept(
    engine: docker.DockerClient, run: Run, lab: Lab, tmp_path: Path
) -> None:
    handed_in = tmp_path / "sleepy.ipynb"
    handed_in.write_bytes(fill(lab.notebook, {"one": "import time\ntime.sleep(60)"}))
    process = _start_grading(handed_in, tmp_path)
    _wait_until(lambda: len(containers_of(engine, process.pid)) == 2)
    names = containers_of(engine, process.pid)
    assert not set(names) & set(find_strays(engine)), "a living run has no strays"
    process.kill()
    process.communicate()
    strays = [stray for stray in find_strays(engine) if stray in names]
    assert len(strays) == 2
    sweep(engine, strays)
    assert containers_of(engine, process.pid) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_grader_leaves_no_container(
    engine: docker.DockerClient, run: Run, lab: Lab, tmp_path: Path, number: signal.Signals
) -> None:
    handed_in = tmp_path / "sleepy.ipynb"
    handed_in.write_bytes(fill(lab.notebook, {"one": "import time\ntime.sleep(60)"}))
    process = _start_grading(handed_in, tmp_path)
    _wait_until(lambda: len(containers_of(engine, process.pid)) == 2)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said.decode()
    assert b"goes on from there" in said
    assert containers_of(engine, process.pid) == []
    assert not (tmp_path / "reports" / "sleepy.json").exists()


# What is started in a shell's background begins with Ctrl-C ignored, and so would what it starts.
START_GRADING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from grader.cli import main
main()
"""


def _start_grading(notebook: Path, folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", START_GRADING, "grade", str(notebook), "--labs", str(TOYS),
         "--out", str(folder / "reports"), "--sandbox", "docker"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ),
    )  # fmt: skip


def _containers(engine: docker.DockerClient, run_id: str) -> list[str]:
    return [
        one["Names"][0].lstrip("/")
        for one in engine.api.containers(all=True, filters={"label": f"pivotlab.run={run_id}"})
    ]


def _wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(300):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to that within 30 s")
