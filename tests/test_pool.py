"""The pool: sandboxes that are there before they are asked for, each handed out once, none left behind."""

import threading

import pytest

from grader.errors import SandboxError
from grader.grade import grade
from grader.launch import Kind, Launcher
from grader.model import Lab, Limits
from grader.notebook import imports_of
from grader.pool import Pool
from grader.sandbox import ProcessSandbox, Role, Sandbox, find_left
from tests.conftest import Submit, kill


class Source:
    """A Start that says what was asked of it, and when the first `expected` of that were done."""

    def __init__(self, expected: int = 0) -> None:
        self.started: list[Sandbox] = []
        self.closed = 0
        self._left = expected
        self._done = threading.Event()

    def start(self, role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> Sandbox:
        sandbox = ProcessSandbox(role, limits, imports)
        self.started.append(sandbox)
        if len(self.started) == self._left:
            self._done.set()
        return sandbox

    def wait(self) -> None:
        assert self._done.wait(20)


def test_what_is_expected_is_started_before_it_is_asked_for_and_handed_out_once(lab: Lab) -> None:
    source = Source(expected=2)
    pool = Pool(source.start, size=2)
    for _ in range(2):
        pool.expect(lab)
    source.wait()
    taken = [pool.start(Role.LEARNER, lab.limits, imports_of(lab)) for _ in range(3)]
    assert {id(one) for one in taken[:2]} == {id(one) for one in source.started[:2]}
    assert len({id(one) for one in taken}) == len(source.started) == 3
    pool.close()
    for one in taken:
        one.close()


def test_no_more_are_started_ahead_than_there_is_room_for(lab: Lab) -> None:
    source = Source(expected=2)
    pool = Pool(source.start, size=2)
    for _ in range(5):
        pool.expect(lab)
    source.wait()
    pool.close()
    assert len(source.started) == 2
    assert find_left() == []


def test_another_lab_and_a_judge_get_sandboxes_of_their_own(lab: Lab) -> None:
    source = Source(expected=1)
    pool = Pool(source.start, size=1)
    pool.expect(lab)
    source.wait()
    roomier = lab.limits.model_copy(update={"memory_mb": 1024})
    others = [pool.start(Role.LEARNER, roomier, ()), pool.start(Role.JUDGE, lab.limits)]
    assert source.started[0] not in others
    pool.close()
    for one in others:
        one.close()
    assert find_left() == []


def test_a_start_that_failed_ahead_fails_where_it_is_asked_for(lab: Lab) -> None:
    def fail(role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> Sandbox:
        raise SandboxError("no engine")

    pool = Pool(fail, size=1)
    pool.expect(lab)
    with pytest.raises(SandboxError, match="no engine"):
        pool.start(Role.LEARNER, lab.limits, imports_of(lab))
    pool.expect(lab)
    pool.close()


def test_a_sandbox_that_died_before_it_was_needed_costs_nobody_anything(lab: Lab, submit: Submit) -> None:
    source = Source(expected=1)
    pool = Pool(source.start, size=1)
    pool.expect(lab)
    source.wait()
    kill(source.started[0])
    assert grade(lab, submit(), pool.start, image="test").score == 9
    pool.close()


@pytest.mark.docker
def test_a_launcher_leaves_no_container_of_its_pool_or_its_judges(lab: Lab, submit: Submit) -> None:
    with Launcher(Kind.DOCKER, None, workers=2) as launcher:
        image = launcher.images([lab.environment])[lab.environment]
        sandboxes = launcher.sandboxes(image)
        for _ in range(4):
            sandboxes.pool.expect(lab)
        reports = [sandboxes.grade(lab, submit()) for _ in range(2)]
        assert [report.score for report in reports] == [9, 9]
        assert launcher.left() != []
    assert launcher.left() == []


def test_a_lab_imports_what_its_notebook_and_its_answers_import(lab: Lab) -> None:
    hidden_away = "def one(a):\n    import json.decoder\n    from os import path, PathLike\n"
    changed = lab.model_copy(update={"reference": {"one": hidden_away, "two": "not python ("}})
    assert set(imports_of(changed)) >= {"json.decoder", "os", "os.path", "os.PathLike"}
