"""A machine that fails what is known to be good is at fault, and nothing is held against the learner."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import docker
import psutil
import pytest
from docker.errors import APIError

from grader.canary import send_canary
from grader.containers import Run
from grader.errors import LabError
from grader.grade import grade
from grader.images import require_image
from grader.model import Lab, Limits, Status
from grader.sandbox import ProcessSandbox, Role, Sandbox, Start
from tests.conftest import Submit

WAITS = "import time\ntime.sleep(2)\ndef one(a): return a + 1"
DIES = "import os\ndef two(a, b): os._exit(1)"


@contextmanager
def killer(engine: docker.DockerClient, run: Run, *, times: int) -> Iterator[None]:
    """Kills so many of the run's learner containers, a moment after each has begun."""
    done = threading.Event()
    wanted = {"label": [f"pivotlab.run={run.id}", "pivotlab.role=learner"], "status": "running"}

    def kill() -> None:
        killed: set[str] = set()
        while not done.wait(0.05) and len(killed) < times:
            for container in engine.containers.list(filters=wanted):
                if container.id not in killed and not done.wait(0.5):
                    killed.add(container.id)
                    with suppress(APIError):
                        container.kill()

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.mark.docker
def test_a_container_killed_from_outside_costs_the_learner_nothing(
    engine: docker.DockerClient, lab: Lab, submit: Submit
) -> None:
    run = Run(client=engine, image=require_image(engine, "core"))
    with killer(engine, run, times=1):
        report = grade(lab, submit(one=WAITS), run.start, image="test")
    assert (report.status, report.score) == (Status.GRADED, 9)
    assert run.left() == []


@pytest.mark.docker
def test_a_machine_that_kills_every_container_leaves_a_submission_ungraded(
    engine: docker.DockerClient, lab: Lab, submit: Submit
) -> None:
    run = Run(client=engine, image=require_image(engine, "core"))
    patient = lab.model_copy(update={"reference": lab.reference | {"one": WAITS}})
    with killer(engine, run, times=1_000):
        report = grade(patient, submit(one=WAITS), run.start, image="test")
    assert (report.status, report.score) == (Status.UNGRADED, None)
    assert "sandbox" in report.reason
    assert run.left() == []


def test_the_lab_s_own_answers_come_through(lab: Lab, start: Start) -> None:
    send_canary(lab, start)


def test_a_crash_on_a_healthy_machine_is_held_against_the_submission(lab: Lab, submit: Submit, start: Start) -> None:
    report = grade(lab, submit(two=DIES), start, image="test")
    assert (report.status, report.score) == (Status.GRADED, 5)


def test_a_machine_too_slow_for_the_lab_s_own_answers_leaves_a_late_submission_ungraded(
    lab: Lab, submit: Submit, start: Start
) -> None:
    slow = "import time\ntime.sleep(30)\ndef two(a, b): return a + b"
    hurried = lab.limits.model_copy(update={"seconds": 2})
    sick = lab.model_copy(update={"reference": lab.reference | {"two": slow}, "limits": hurried})
    report = grade(sick, submit(two=slow), start, image="test")
    assert (report.status, report.score) == (Status.UNGRADED, None)
    assert "nothing is held against the submission" in report.reason
    assert "longer than 2 s (in cell two, line 2)" in report.reason


def test_a_lab_whose_own_answers_fail_is_at_fault_itself(lab: Lab, submit: Submit, start: Start) -> None:
    unsound = lab.model_copy(update={"reference": lab.reference | {"three": "def three(a, b, c): return 0"}})
    with pytest.raises(LabError, match="its own answers do not pass test_three"):
        send_canary(unsound, start)
    report = grade(unsound, submit(two=DIES), start, image="test")
    assert report.status is Status.UNGRADED


def test_a_right_answer_survives_a_crash_in_a_scratch_cell_without_a_canary(lab: Lab, submit: Submit) -> None:
    starts: list[Role] = []

    def start(role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> Sandbox:
        starts.append(role)
        return ProcessSandbox(role, limits, imports)

    right = submit(three=f"{lab.reference['three']}\nimport os\nos._exit(3)", one="def one(a): return a + 1")
    assert grade(lab, right, start, image="test").status is Status.GRADED
    assert starts.count(Role.JUDGE) == 2
    starts.clear()
    assert grade(lab, submit(), start, image="test").score == 9
    assert starts.count(Role.JUDGE) == 1


def test_a_submission_that_was_held_up_once_is_heard_again(lab: Lab, submit: Submit) -> None:
    """The first sandbox of the submission gets no processor for a while: as on a machine with too much to do."""
    stopped: list[int] = []

    def suspend(parent: psutil.Process) -> None:
        for child in parent.children():
            child.suspend()
            stopped.append(child.pid)

    def start(role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> Sandbox:
        sandbox = ProcessSandbox(role, limits, imports)
        if role is Role.LEARNER and not stopped:
            threading.Timer(1.5, suspend, [psutil.Process(sandbox._process.pid)]).start()
        return sandbox

    report = grade(lab, submit(one=WAITS), start, image="test")
    assert stopped
    assert (report.status, report.score) == (Status.GRADED, 9)


def test_one_that_waits_too_long_is_heard_again_with_more_patience_but_not_for_ever(lab: Lab, submit: Submit) -> None:
    def score_of(seconds: float) -> float | None:
        slow = submit(two=f"import time\ndef two(a, b):\n    time.sleep({seconds})\n    return a + b")
        return grade(lab, slow, ProcessSandbox, image="test").score

    assert score_of(2.3) == 9
    assert score_of(30) == 5
