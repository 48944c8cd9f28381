"""What every sandbox must do, whoever makes it; the same claims of a process and of a container."""

import ctypes
from collections.abc import Iterator

import psutil
import pytest

from grader.channel import Channel, Closed
from grader.inside.values import decode, encode
from grader.model import Limits
from grader.sandbox import ProcessSandbox, Role, Start

LIMITS = Limits(memory_mb=256, disk_mb=16)


@pytest.fixture
def channel(start: Start) -> "Channel":
    return Channel(start(Role.LEARNER, LIMITS))


def setup(channel: Channel) -> None:
    header = {"id": "s", "kind": "setup", "generation": 1, "output_bytes": 1_000, "answer_bytes": 1_000_000}
    channel.send(header, encode({"data/a.txt": b"hello"}), seconds=30)
    assert channel.receive(seconds=60, limit=1_000)[0]["state"] == "ready"


def run_cell(channel: Channel, source: str) -> str:
    channel.send({"id": "c", "kind": "cell", "cell": "x", "seconds": 5}, source.encode(), seconds=5)
    return str(channel.receive(seconds=10, limit=100_000)[1].decode())


def ask(channel: Channel, **request: object) -> object:
    channel.send({"id": "q", "kind": "ask", "seconds": 5}, encode(request), seconds=5)
    return decode(channel.receive(seconds=10, limit=1_000_000)[1])


def test_a_sandbox_runs_cells_and_answers(channel: Channel) -> None:
    setup(channel)
    assert "hello" in run_cell(channel, "print(open('data/a.txt').read())\nx = 41")
    assert ask(channel, do="run", code="x + y", values={"y": 1}) == 42
    assert ask(channel, do="get", name="y")[0] == "NameError", "a question's names are gone with it"  # type: ignore[index]
    assert ask(channel, do="read", path="data/a.txt") == b"hello"
    channel.close()


def test_magics_displays_and_children_show_in_a_cells_outputs(channel: Channel) -> None:
    setup(channel)
    shown = run_cell(
        channel, "%time 1\n!echo child\nimport subprocess\nsubprocess.run(['echo', 'raw'])\ndisplay('rich')\n7"
    )
    for expected in ("Wall time", "child", "raw", "rich", '"text/plain": "7"'):
        assert expected in shown
    channel.close()


def test_an_exit_code_is_told(channel: Channel) -> None:
    setup(channel)
    channel.send({"id": "c", "kind": "cell", "cell": "x", "seconds": 5}, b"import os; os._exit(9)", seconds=5)
    with pytest.raises(Closed):
        channel.receive(seconds=10, limit=1_000)
    assert channel.ending().code == 9
    channel.close()


def test_closing_twice_is_closing_once(channel: Channel) -> None:
    channel.close()
    channel.close()


def test_a_server_that_was_started_answers(channel: Channel) -> None:
    setup(channel)
    command = ["python", "-m", "http.server", "--bind", "127.0.0.1", "8123"]
    assert ask(channel, do="start", command=command, port=8123) == 8123
    answer = ask(channel, do="request", port=8123, method="GET", path="/data/a.txt", body=None, headers={})
    assert isinstance(answer, tuple)
    assert (answer[0], answer[2]) == (200, b"hello")
    channel.close()


def test_a_server_that_ends_at_once_is_told(channel: Channel) -> None:
    setup(channel)
    answer = ask(channel, do="start", command=["python", "-c", "raise SystemExit(3)"], port=8124)
    assert isinstance(answer, tuple)
    assert answer[:2] == ("RuntimeError", "python ended with exit code 3")
    channel.close()


PR_SET_CHILD_SUBREAPER = 36
LEAVE_THE_FAMILY = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)
os.wait()
print("left the family")
"""


@pytest.fixture
def adopting() -> Iterator[None]:
    """What loses its parent comes to this process, which never looks, as some machines' first process does not."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    yield
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 0)


@pytest.mark.usefixtures("adopting")
def test_a_process_sandbox_leaves_not_even_the_dead() -> None:
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    channel = Channel(ProcessSandbox(Role.LEARNER, LIMITS))
    setup(channel)
    assert "left the family" in run_cell(channel, LEAVE_THE_FAMILY)
    channel.close()
    assert {process.pid for process in psutil.Process().children(recursive=True)} - before == set()
