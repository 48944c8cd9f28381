"""Warm starts, seen from the host: when a zygote is replaced, and what is done where the engine allows none."""

import subprocess
import sys
import threading

import docker
import pytest

from grader import containers
from grader import zygotes as zygotes_module
from grader.containers import Run, sweep
from grader.errors import SandboxError
from grader.grade import grade
from grader.launch import Kind, Launcher, StartKind
from grader.model import Lab, Limits
from grader.notebook import imports_of
from grader.sandbox import Role
from grader.zygotes import Zygotes
from tests.cells import open_channel, run_cell, run_in
from tests.conftest import Submit, kill

pytestmark = pytest.mark.docker


def test_a_zygote_that_dies_is_replaced_and_its_work_done_again(own_run: Run) -> None:
    zygotes = Zygotes(own_run, keep=1)
    assert run_in(zygotes.start, "print(1)", ()) == "1\n"
    (first,) = zygotes._kept.values()
    assert first._channel is not None
    kill(first._channel._sandbox)
    assert run_in(zygotes.start, "print(2)", ()) == "2\n"
    (second,) = zygotes._kept.values()
    assert second is not first
    zygotes.close()
    assert not [one for one in own_run.left() if "-zygote-" in one]


def test_a_sandbox_lives_on_when_its_zygote_dies(own_run: Run) -> None:
    zygotes = Zygotes(own_run, keep=1)
    channel = open_channel(zygotes.start(Role.LEARNER, Limits(), ()))
    zygotes.close()
    assert run_cell(channel, "print('here')") == "here\n"
    channel.close()


KILLED = """
import sys, time
from grader.containers import Run, connect
from grader.model import Limits
from grader.sandbox import Role
from grader.zygotes import Zygotes
run = Run(client=connect(), image=sys.argv[1])
Zygotes(run, keep=1).start(Role.LEARNER, Limits())
print(*run.left(), flush=True)
time.sleep(60)
"""


def test_a_zygote_ends_by_itself_when_its_grader_is_killed(engine: docker.DockerClient, run: Run) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, run.image], stdout=subprocess.PIPE, text=True) as grader:
        assert grader.stdout is not None
        left = [engine.containers.get(name) for name in grader.stdout.readline().split()]
        assert sum("-zygote-" in one.name for one in left) == 1
        grader.kill()
    try:
        for one in left:
            assert one.wait(timeout=30)["StatusCode"] is not None
    finally:
        sweep(engine, [one.name for one in left])


def test_a_zygote_is_replaced_after_so_many_forks(own_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zygotes_module, "FORKS", 2)
    zygotes = Zygotes(own_run, keep=1)
    seen = []
    for _ in range(3):
        zygotes.start(Role.LEARNER, Limits(), ()).close()
        seen.append(next(iter(zygotes._kept.values())))
    assert seen[0] is seen[1] is not seen[2]
    assert len([one for one in own_run.left() if "-zygote-" in one]) == 1
    zygotes.close()


def test_only_so_many_zygotes_are_kept(own_run: Run) -> None:
    zygotes = Zygotes(own_run, keep=2)
    for imports in (("json",), ("csv",), ("json",), ("wave",)):
        zygotes.start(Role.LEARNER, Limits(), imports).close()
    assert list(zygotes._kept) == [("json",), ("wave",)]
    assert len([one for one in own_run.left() if "-zygote-" in one]) == 2
    zygotes.close()


def test_many_may_ask_at_once(own_run: Run) -> None:
    zygotes = Zygotes(own_run, keep=1)
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda: said.append(run_in(zygotes.start, "print('mine')", ()))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert said == ["mine\n"] * 6
    zygotes.close()


# The kernel refuses what the first do not allow, and the engine the second before any container is there.
@pytest.fixture(params=[["SETUID", "SETGID", "SETPCAP"], ["NO_SUCH_RIGHT"]], ids=["kernel", "engine"])
def no_rights(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zygote that is given no right over the machine."""
    monkeypatch.setattr(containers, "_ZYGOTE_RIGHTS", request.param)


@pytest.mark.usefixtures("no_rights")
def test_where_the_engine_does_not_allow_it_warm_says_why_at_once(own_run: Run, lab: Lab, submit: Submit) -> None:
    zygotes = Zygotes(own_run, keep=1)
    report = grade(lab, submit(), zygotes.start, image="test")
    assert report.score is None
    assert "a sandbox cannot be started warm here" in report.reason
    assert "--start pool" in report.reason
    containers_before = len(own_run.left())
    with pytest.raises(SandboxError, match="--start pool"):
        zygotes.start(Role.LEARNER, Limits())
    assert len(own_run.left()) == containers_before
    zygotes.close()


def test_an_engine_that_fails_for_a_moment_is_asked_again(own_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_run: Run, _limits: Limits) -> None:
        raise SandboxError("no Docker engine answers")

    zygotes = Zygotes(own_run, keep=1)
    with monkeypatch.context() as moment:
        moment.setattr(Run, "start_waiting", fail)
        with pytest.raises(SandboxError, match="no Docker engine answers"):
            zygotes.start(Role.LEARNER, Limits())
    assert run_in(zygotes.start, "print(1)", ()) == "1\n"
    zygotes.close()


@pytest.mark.usefixtures("no_rights")
def test_where_the_engine_does_not_allow_it_auto_takes_the_pool(
    own_run: Run, lab: Lab, submit: Submit, caplog: pytest.LogCaptureFixture
) -> None:
    zygotes = Zygotes(own_run, keep=1, otherwise=own_run.start)
    assert [grade(lab, submit(), zygotes.start, image="test").score for _ in range(2)] == [9, 9]
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == ["sandboxes are not started warm"]
    zygotes.close()


MARKED, UNMARKED = ["other=1", containers.GRADING_HOST], ["other=1"]


@pytest.mark.parametrize(
    ("labels", "asked", "is_warm"),
    [
        (UNMARKED, StartKind.AUTO, False),
        (MARKED, StartKind.AUTO, True),
        (MARKED, StartKind.POOL, False),
        (UNMARKED, StartKind.WARM, True),
    ],
)
def test_it_is_off_unless_it_is_asked_for_or_the_engine_is_marked(  # noqa: PLR0913, PLR0917 - three are parameters
    monkeypatch: pytest.MonkeyPatch, lab: Lab, submit: Submit, labels: list[str], asked: StartKind, is_warm: bool
) -> None:
    info = docker.APIClient.info
    monkeypatch.setattr(docker.APIClient, "info", lambda self: info(self) | {"Labels": labels})
    with Launcher(Kind.DOCKER, None, start=asked, workers=1) as launcher:
        sandboxes = launcher.sandboxes(launcher.images(["core"])["core"])
        assert sandboxes.grade(lab, submit()).score == 9
        assert any("-zygote-" in name for name in launcher.left()) == is_warm
    assert launcher.left() == []


def test_what_asks_for_a_cold_start_gets_one_all_the_same() -> None:
    # As the check of a bundle does whose key is not here: what it imports, a stranger may have written.
    with Launcher(Kind.DOCKER, None, start=StartKind.WARM, workers=1) as launcher:
        sandbox = launcher.starter(launcher.images(["core"])["core"])(Role.LEARNER, Limits())
        left = launcher.left()
        sandbox.close()
    assert [name.split("-")[2] for name in left] == ["learner"]


def test_imports_of_a_lab_reach_its_zygote(own_run: Run, lab: Lab, submit: Submit) -> None:
    zygotes = Zygotes(own_run, keep=1)
    grade(lab, submit(), zygotes.start, image="test")
    assert list(zygotes._kept) == [imports_of(lab)]
    zygotes.close()
