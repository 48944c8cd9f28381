"""What the doctor says of this machine, warm starts included."""

import docker
import pytest

from grader import containers
from grader.doctor import Finding, examine

pytestmark = pytest.mark.docker


def warm_start() -> Finding:
    return next(finding for finding in examine(None) if finding.what == "Warm start")


def test_it_starts_a_sandbox_warm_and_says_that_this_is_off() -> None:
    found = warm_start()
    assert found.well
    assert found.found == "possible; off unless asked for"


def test_it_says_where_the_engine_is_marked_as_a_grading_host(monkeypatch: pytest.MonkeyPatch) -> None:
    info = docker.APIClient.info
    monkeypatch.setattr(docker.APIClient, "info", lambda self: info(self) | {"Labels": [containers.GRADING_HOST]})
    assert "on, for the engine is marked" in warm_start().found


def test_it_says_why_no_sandbox_can_be_started_warm_and_all_is_well_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "_ZYGOTE_RIGHTS", [])
    found = warm_start()
    assert found.well
    assert "a sandbox cannot be started warm here" in found.found


def test_a_runtime_that_is_not_registered_is_told_with_those_that_are() -> None:
    engine = next(finding for finding in examine("no-such-runtime") if finding.what == "Docker engine")
    assert not engine.well
    assert "runc" in engine.mend
