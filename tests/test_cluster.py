"""Grading on a Dask cluster of real worker processes: whoever dies or cannot grade, every report is there and right."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import docker
import pytest

from grader.containers import sweep
from grader.errors import UsageError
from grader.terminal import parse_executor
from tests.conftest import TOYS, Submit, containers_of

ROOT = Path(__file__).parent.parent
STARTED_SECONDS = 60

pytestmark = [pytest.mark.docker, pytest.mark.timeout(600)]

StartWorker = Callable[..., "subprocess.Popen[bytes]"]


class Forwarder:
    """Stands between a worker and the engine's socket, until it is cut."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self._listening.getsockname()[1]}"
        self._open: list[socket.socket] = [self._listening]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near = self._listening.accept()[0]
                far = socket.socket(socket.AF_UNIX)
                far.connect("/var/run/docker.sock")
                self._open += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    place = tmp_path / "scheduler.json"
    command = [
        sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
        "--no-dashboard", "--scheduler-file", str(place),
    ]  # fmt: skip
    with running(command, tmp_path / "scheduler.log"):
        wait_for(place.is_file)
        yield json.loads(place.read_text())["address"].removeprefix("tcp://")


@pytest.fixture
def start_worker(scheduler: str, tmp_path: Path) -> Iterator[StartWorker]:
    with contextlib.ExitStack() as stack:

        def start(name: str, *, home: Path = ROOT, **environment: str) -> "subprocess.Popen[bytes]":
            command = [
                sys.executable, "-m", "distributed.cli.dask_worker", f"tcp://{scheduler}", "--host", "127.0.0.1",
                "--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", name,
                "--local-directory", str(tmp_path / name),
            ]  # fmt: skip
            log = tmp_path / f"{name}.log"
            environment = os.environ | {"PYTHONPATH": str(home)} | environment
            worker = stack.enter_context(running(command, log, environment, home))
            wait_for(lambda: "Registered to" in log.read_text())
            return worker

        yield start


@contextlib.contextmanager
def running(
    command: list[str], log: Path, environment: dict[str, str] | None = None, home: Path = ROOT
) -> Iterator["subprocess.Popen[bytes]"]:
    with (
        log.open("wb") as sink,
        subprocess.Popen(command, stdout=sink, stderr=sink, env=environment, cwd=home) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + STARTED_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def hand_in(submit: Submit, inbox: Path, count: int) -> dict[str, float]:
    """So many submissions, every other one wrong in one exercise; what each is worth."""
    inbox.mkdir()
    worth = {}
    for number in range(count):
        name, is_right = f"s{number:02}", number % 2 == 0
        answers = {} if is_right else {"two": "def two(a, b): return 42"}
        (inbox / f"{name}.ipynb").write_bytes(submit(**answers).notebook)
        worth[name] = 9.0 if is_right else 7.0
    return worth


def grade(tmp_path: Path, scheduler: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", "handed-in", "--labs", str(TOYS), "--out", "reports", "--json",
         "--executor", f"dask://{scheduler}"],
        cwd=tmp_path, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def scores(told: str) -> dict[str, float]:
    return {row["submission"]: row["score"] for row in json.loads(told)}


def test_one_worker_dies_and_one_lacks_the_image_and_every_report_is_there(
    engine: docker.DockerClient, scheduler: str, start_worker: StartWorker, submit: Submit, tmp_path: Path
) -> None:
    worth = hand_in(submit, tmp_path / "handed-in", 12)
    other = tmp_path / "other"
    for name in ("grader", "environments", "docker"):
        shutil.copytree(ROOT / name, other / name)
    pins = other / "environments" / "core.txt"
    pins.write_text(f"{pins.read_text()}# of another time\n")
    start_worker("lacks-the-image", home=other)
    start_worker("lives")
    dies = start_worker("dies")
    grading = grade(tmp_path, scheduler)
    wait_for(lambda: len(list((tmp_path / "reports").glob("*.json"))) >= 3)
    dies.send_signal(signal.SIGKILL)
    out, said = grading.communicate(timeout=300)
    assert scores(out) == worth, said
    assert said.count("is passed over: the image of the environment 'core' is not built") == 1
    assert grading.returncode == 1
    assert len(list((tmp_path / "reports").glob("*.json"))) == len(worth)
    # What a killed grader leaves, the next one on its machine removes; here none may come by.
    sweep(engine, containers_of(engine, dies.pid))
    assert containers_of(engine, dies.pid) == []


def test_the_work_of_a_worker_that_loses_its_engine_goes_elsewhere(
    scheduler: str, start_worker: StartWorker, submit: Submit, tmp_path: Path
) -> None:
    worth = hand_in(submit, tmp_path / "handed-in", 24)
    forwarder = Forwarder()
    start_worker("loses-docker", DOCKER_HOST=forwarder.address)
    start_worker("lives")
    grading = grade(tmp_path, scheduler)
    wait_for(lambda: len(list((tmp_path / "reports").glob("*.json"))) >= 3)
    forwarder.cut()
    out, said = grading.communicate(timeout=300)
    assert scores(out) == worth, said
    assert "is passed over" in said


def test_a_cluster_on_which_nobody_can_grade_is_an_error_that_says_why(
    scheduler: str, start_worker: StartWorker, submit: Submit, tmp_path: Path
) -> None:
    hand_in(submit, tmp_path / "handed-in", 1)
    start_worker("has-no-docker", DOCKER_HOST="tcp://127.0.0.1:9")
    grading = grade(tmp_path, scheduler)
    _, said = grading.communicate(timeout=120)
    assert grading.returncode == 4
    assert "none of the 1 workers can grade; one said: no Docker engine answers" in " ".join(said.split())


def test_no_scheduler_is_an_error_that_says_so(submit: Submit, tmp_path: Path) -> None:
    hand_in(submit, tmp_path / "handed-in", 1)
    grading = grade(tmp_path, "127.0.0.1:9")
    _, said = grading.communicate(timeout=120)
    assert grading.returncode == 4
    assert "no Dask scheduler answers at 127.0.0.1:9; start one" in " ".join(said.split())


@pytest.mark.parametrize("said", ["threads", "threads:0", "threads:-1", "dask://", "dask://host", "tcp://a:1", "2"])
def test_an_executor_that_is_none_is_refused_with_an_example(said: str) -> None:
    with pytest.raises(UsageError, match="threads:4, or dask://HOST:PORT"):
        parse_executor(said)


def test_both_kinds_of_executor_are_read() -> None:
    assert parse_executor("threads:16") == ("threads", "16")
    assert parse_executor("dask://10.0.0.5:8786") == ("dask", "10.0.0.5:8786")
