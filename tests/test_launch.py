"""What runs the sandboxes, where there is an engine, where there is none, and where it is down."""

from pathlib import Path

import pytest

from grader import launch
from grader.errors import SandboxError, UsageError
from grader.launch import Kind, Launcher
from grader.sandbox import ProcessSandbox


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A machine without a trace of Docker."""

    def refuse() -> None:
        raise SandboxError("no Docker engine answers")

    monkeypatch.setattr(launch, "connect", refuse)
    monkeypatch.setattr(launch, "SOCKET", tmp_path / "docker.sock")
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("CI", "DOCKER_HOST"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_without_any_engine_auto_falls_back_and_says_that_nothing_isolates(no_engine: pytest.MonkeyPatch) -> None:
    with Launcher(Kind.AUTO, None) as launcher:
        assert not launcher.isolates
        images = launcher.images({"core"})
        assert images["core"].startswith("process")
        assert launcher.starter(images["core"]) is ProcessSandbox


def test_processes_without_what_runs_a_cell_are_refused_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"IPython.*pip install -e '\.\[learner\]'.*--sandbox docker"):
        Launcher(Kind.PROCESS, None)


def test_docker_refuses_to_fall_back(no_engine: pytest.MonkeyPatch) -> None:
    with pytest.raises(SandboxError):
        Launcher(Kind.DOCKER, None)


@pytest.mark.parametrize("mark", ["CI", "DOCKER_HOST", "socket", "dockerd"])
def test_where_an_engine_is_expected_its_absence_is_an_error(
    no_engine: pytest.MonkeyPatch, tmp_path: Path, mark: str
) -> None:
    if mark in {"CI", "DOCKER_HOST"}:
        no_engine.setenv(mark, "true")
    elif mark == "socket":
        (tmp_path / "docker.sock").touch()
    else:
        (tmp_path / "dockerd").touch(mode=0o755)
    with pytest.raises(SandboxError):
        Launcher(Kind.AUTO, None)


@pytest.mark.docker
def test_with_an_engine_auto_takes_it() -> None:
    with Launcher(Kind.AUTO, None) as launcher:
        assert launcher.isolates
