"""A batch that was killed is finished by a second run: nothing graded is graded again, nothing lost, nothing left."""

import os
import subprocess
import sys
import time
from pathlib import Path

import docker
import pytest

from grader.containers import PROCESS_LABEL
from grader.report import read_report
from tests.conftest import TOYS, Submit

LEARNERS = [f"learner-{number}" for number in range(6)]
SLOW = "import time\ntime.sleep(1)\ndef one(a): return a + 1"


@pytest.mark.docker
def test_a_batch_whose_grader_was_killed_is_finished_by_a_second_run(
    engine: docker.DockerClient, tmp_path: Path, submit: Submit
) -> None:
    inbox, reports = tmp_path / "handed-in", tmp_path / "reports"
    inbox.mkdir()
    for learner in LEARNERS:
        (inbox / f"{learner}.ipynb").write_bytes(submit(one=SLOW).notebook)

    first = start_grading(inbox, reports)
    wait_for(2, reports)
    first.kill()
    first.communicate()
    done = {file.name: file.stat().st_mtime_ns for file in reports.glob("*.json")}
    assert 2 <= len(done) < len(LEARNERS)
    assert not list(reports.glob("*.part"))
    assert containers_of(engine, first.pid)

    second = start_grading(inbox, reports)
    second.communicate(timeout=120)
    assert second.returncode == 0
    found = {learner: read_report(reports / f"{learner}.json") for learner in LEARNERS}
    assert {learner: report.score for learner, report in found.items() if report} == dict.fromkeys(LEARNERS, 9)
    again = {file.name: file.stat().st_mtime_ns for file in reports.glob("*.json")}
    assert {name: again[name] for name in done} == done
    assert containers_of(engine, first.pid) + containers_of(engine, second.pid) == []


def containers_of(engine: docker.DockerClient, pid: int) -> list[str]:
    found = engine.api.containers(all=True, filters={"label": PROCESS_LABEL})
    return [one["Id"] for one in found if one["Labels"][PROCESS_LABEL].startswith(f"{pid}-")]


def start_grading(inbox: Path, reports: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", "from grader.cli import main; main()", "grade", str(inbox), "--labs", str(TOYS)]
    return subprocess.Popen(
        [*command, "--out", str(reports), "--sandbox", "docker"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ),
    )  # fmt: skip


def wait_for(count: int, reports: Path) -> None:
    for _ in range(600):
        if len(list(reports.glob("*.json"))) >= count:
            return
        time.sleep(0.1)
    raise AssertionError(f"there were no {count} reports within a minute")
