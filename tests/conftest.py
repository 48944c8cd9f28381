"""Fixtures that the tests share: the toy lab, submissions to it, and both ways to start a sandbox."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import docker
import psutil
import pytest

from grader.containers import ContainerSandbox, Run, connect
from grader.grade import grade
from grader.images import require_image
from grader.labs import load_lab
from grader.model import Lab, Report, Submission
from grader.notebook import fill, read_answers
from grader.sandbox import ProcessSandbox, Sandbox, Start
from grader.zygotes import Zygotes
from tests.readers import Readings, grade_attacks

TOYS = Path(__file__).parent / "toy"
TOY = "counting/01-sums"

Submit = Callable[..., Submission]
Grade = Callable[..., Report]


def kill(sandbox: Sandbox) -> None:
    """End a sandbox as a mishap would, behind the back of whoever has it."""
    if isinstance(sandbox, ProcessSandbox):
        for process in (*psutil.Process(sandbox._process.pid).children(recursive=True), sandbox._process):
            process.kill()
    elif isinstance(sandbox, ContainerSandbox):
        subprocess.run(["docker", "rm", "--force", sandbox.name], check=True, capture_output=True)


def containers_of(engine: docker.DockerClient, pid: int) -> list[str]:
    """Names of the containers that a grader's process has made and that are there."""
    found = engine.api.containers(all=True, filters={"label": "pivotlab.process"})
    return [one["Names"][0].lstrip("/") for one in found if one["Labels"]["pivotlab.process"].startswith(f"{pid}-")]


@pytest.fixture(scope="session")
def lab() -> Lab:
    return load_lab(TOYS, TOY)


@pytest.fixture(scope="session")
def submit(lab: Lab) -> Submit:
    """A submission with the reference's answers, but for the cells that are given."""
    reference = read_answers((TOYS / TOY / "source.py").read_text())

    def make(**answers: str) -> Submission:
        notebook = fill(lab.notebook, reference | answers)
        return Submission(id="somebody", learner="somebody", lab_id=lab.id, notebook=notebook)

    return make


@pytest.fixture(scope="session")
def engine() -> Iterator[docker.DockerClient]:
    client = connect()
    yield client
    client.close()


@pytest.fixture(scope="session")
def run(engine: docker.DockerClient) -> Iterator[Run]:
    run = Run(client=engine, image=require_image(engine, "core"))
    yield run
    run.close()
    left = engine.containers.list(all=True, filters={"label": f"pivotlab.run={run.id}"})
    assert left == []


@pytest.fixture
def own_run(engine: docker.DockerClient, run: Run) -> Iterator[Run]:
    """One whose containers are this test's alone."""
    own = Run(client=engine, image=run.image)
    yield own
    own.close()
    assert own.left() == []


@pytest.fixture(scope="session")
def runs(engine: docker.DockerClient) -> Iterator[Callable[[str], Run]]:
    """What starts containers of an environment, for labs of any."""
    made: dict[str, Run] = {}

    def run_of(environment: str) -> Run:
        if environment not in made:
            made[environment] = Run(client=engine, image=require_image(engine, environment))
        return made[environment]

    yield run_of
    for run in made.values():
        run.close()


@pytest.fixture(scope="session")
def zygotes(run: Run) -> Iterator[Zygotes]:
    zygotes = Zygotes(run, keep=2)
    yield zygotes
    zygotes.close()


@pytest.fixture(params=["process", *(pytest.param(name, marks=pytest.mark.docker) for name in ("container", "warm"))])
def start(request: pytest.FixtureRequest) -> Start:
    if request.param == "process":
        return ProcessSandbox
    if request.param == "warm":
        zygotes: Zygotes = request.getfixturevalue("zygotes")
        return zygotes.start
    run: Run = request.getfixturevalue("run")
    return run.start


@pytest.fixture
def grade_toy(lab: Lab, submit: Submit, start: Start) -> Grade:
    """Grade the toy lab, with some cells or some hidden files replaced."""

    def make(*, hidden: dict[str, bytes] | None = None, **answers: str) -> Report:
        changed = lab if hidden is None else lab.model_copy(update={"hidden": hidden})
        return grade(changed, submit(**answers), start, image="test")

    return make


@pytest.fixture(scope="session")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Readings:
    """All attacks on readers, graded by the real command line."""
    return grade_attacks(tmp_path_factory.mktemp("readers"))
