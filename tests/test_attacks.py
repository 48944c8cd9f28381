"""The whole suite, as `pivotlab attack` runs it: in containers every attack is held; processes say what they cannot."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import docker
import pytest

from grader import containers as containers_module
from grader.attacks.attack import TARGET, Attack, default_attacks, fits, hand_in, list_attacks
from grader.attacks.siege import besiege, prepare
from grader.attacks.trial import Ground, find_secrets
from grader.errors import LabError, SandboxError, UsageError
from grader.labs import load_lab
from grader.launch import Kind, Launcher, StartKind
from grader.model import CellRun, Lab, Outcome, Report, Result, Status, Submission

ATTACKS = list_attacks(default_attacks())
NAMES = [attack.name for attack in ATTACKS]
FAMILIES = {"forging", "reading", "exhausting", "escaping", "reporting"}
IN_PROCESSES = ("escaping", "reading")
NAMES_IN_PROCESSES = [name for name in NAMES if name.startswith(IN_PROCESSES)]
SUITE_SECONDS = 2_400

in_containers = [pytest.mark.docker, pytest.mark.alone, pytest.mark.timeout(SUITE_SECONDS)]
in_processes = [pytest.mark.alone, pytest.mark.timeout(SUITE_SECONDS)]


def attack(*options: str) -> dict[str, Any]:
    command = [sys.executable, "-c", "from grader.cli import main; main()", "attack", "--json", *options]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False, cwd=Path(__file__).parent.parent)
    said: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (0 if said["held"] else 1)
    return {**said, "by_name": {row["attack"]: row for row in said["attacks"]}}


@pytest.fixture(scope="session", params=["pool", "warm"])
def containers(request: pytest.FixtureRequest) -> dict[str, Any]:
    return attack("--sandbox", "docker", "--start", request.param)


@pytest.fixture(scope="session")
def processes() -> dict[str, Any]:
    # The families where processes hold least; all of them take as long again as in containers.
    families = {family: attack("--sandbox", "process", "--only", f"{family}/") for family in IN_PROCESSES}
    rows = [row for said in families.values() for row in said["attacks"]]
    return {"attacks": rows, "by_name": {row["attack"]: row for row in rows}}


@pytest.fixture(scope="session")
def target() -> Lab:
    return load_lab(default_attacks() / "target", TARGET)


@pytest.mark.parametrize("name", [pytest.param(name, marks=in_containers) for name in NAMES])
def test_an_attack_is_held_in_containers(containers: dict[str, Any], name: str) -> None:
    row = containers["by_name"][name]
    assert row["verdict"] == "held", row["found"]


@pytest.mark.parametrize("what", [pytest.param(what, marks=in_containers) for what in ("left", "memory")])
def test_the_suite_leaves_nothing_and_stays_small(containers: dict[str, Any], what: str) -> None:
    if what == "left":
        assert containers["left"] == []
    else:
        assert 20 < containers["memory_mb"] < 300


@pytest.mark.parametrize("name", [pytest.param(name, marks=in_processes) for name in NAMES_IN_PROCESSES])
def test_processes_hold_an_attack_or_the_suite_says_why_not(processes: dict[str, Any], name: str) -> None:
    row = processes["by_name"][name]
    assert row["verdict"] == "held" or row["weak"].get("process"), row["found"]


@pytest.mark.parametrize("family", [pytest.param("reading", marks=in_processes)])
def test_what_processes_cannot_stop_really_succeeds(processes: dict[str, Any], family: str) -> None:
    won = [row["attack"] for row in processes["attacks"] if row["verdict"] == "succeeded" and row["family"] == family]
    assert len(won) >= 3


def test_there_are_attacks_enough_in_every_family() -> None:
    assert {one.family for one in ATTACKS} == FAMILIES
    assert len(ATTACKS) >= 60
    assert min(sum(one.family == family for one in ATTACKS) for family in FAMILIES) >= 10


def test_every_attack_shows_that_it_came_as_far_as_it_means_to() -> None:
    silent = [
        one.name
        for one in ATTACKS
        if not any(
            said.shows or said.outcomes or said.score or said.status != "graded" for said in one.file.expected.values()
        )
    ]
    assert silent == []


@pytest.mark.parametrize("one", ATTACKS, ids=NAMES)
def test_an_attack_hands_in_what_its_expectations_name(one: Attack, target: Lab, tmp_path: Path) -> None:
    hand_in(one, target, tmp_path)
    made = {file.stem for file in tmp_path.iterdir() if file.suffix == ".ipynb"}
    if not (one.folder / "make.py").exists():
        assert made == set(one.file.expected)
    assert list(tmp_path.iterdir())


def test_the_secrets_of_a_lab_are_its_hidden_words_and_nothing_public(target: Lab) -> None:
    secrets = find_secrets(target)
    assert {"ORCHID-OPENS-AT-0417", "LANTERN-KEY-90-66-31", "SUMAC-LOT-5540"} <= secrets
    assert "from pathlib import Path" in secrets
    assert not [secret for secret in secrets if secret in target.notebook.decode()]


def test_an_attack_that_answers_the_target_s_exercises_fits_no_other_lab(lab: Lab, target: Lab) -> None:
    fitting = {one.name for one in ATTACKS if fits(one, lab)}
    assert "forging/equals-everything" in fitting
    assert "exhausting/memory-in-a-cell" not in fitting
    assert all(fits(one, target) for one in ATTACKS)


def test_a_name_that_no_attack_has_is_an_error() -> None:
    with pytest.raises(UsageError, match="no attack whose name contains 'nothing-like-it'"):
        list_attacks(default_attacks(), "nothing-like-it")


def test_expectations_that_cannot_be_read_name_the_file_and_the_field(tmp_path: Path) -> None:
    place = tmp_path / "forging" / "broken"
    place.mkdir(parents=True)
    (place / "expected.json").write_text('{"story": ["one line that is long enough"], "expected": {}}')
    with pytest.raises(LabError, match=r"expected\.json: story"):
        list_attacks(tmp_path)


@pytest.mark.parametrize(
    ("scores", "verdicts"),
    [
        ([0], ["held"]),
        ([None, 0], ["held"]),
        ([None, None], ["differs"]),
        ([10], ["succeeded"]),
        ([None, 10], ["succeeded"]),
    ],
)
def test_what_differs_is_tried_again_and_what_succeeds_is_not(
    target: Lab, scores: list[float | None], verdicts: list[str]
) -> None:
    left = list(scores)

    def grade_as_told(lab: Lab, submission: Submission) -> Report:
        score = left.pop(0)
        result = Result(
            test="test_triple", exercise="triple", title="t", points=10, earned=score or 0, outcome=Outcome.FAILED
        )
        shown = ({"output_type": "stream", "name": "stdout", "text": "one object agrees: True"},)
        return Report(
            submission=submission.id, submission_digest=submission.digest, learner="a", lab=lab.id,
            status=Status.UNGRADED if score is None else Status.GRADED, results=(result,),
            cells=(CellRun(id="extra", exercise=None, source="", state="ran", outputs=shown),),
        )  # fmt: skip

    ground = Ground(
        lab=target, labs=default_attacks() / "target", image="none", grade=grade_as_told, secrets=frozenset(), worth=0
    )
    chosen = list_attacks(default_attacks(), "forging/equals-everything")
    with Launcher(Kind.PROCESS, None) as launcher:
        siege = besiege(chosen, ground, launcher, workers=1, tell=lambda _: None)
    assert [trial.verdict.value for trial in siege.trials] == verdicts
    assert left == []


@pytest.mark.docker
def test_where_nothing_can_be_graded_nothing_is_said_to_be_held(monkeypatch: pytest.MonkeyPatch, target: Lab) -> None:
    monkeypatch.setattr(containers_module, "_ZYGOTE_RIGHTS", [])
    with (
        Launcher(Kind.DOCKER, None, start=StartKind.WARM) as launcher,
        pytest.raises(SandboxError, match="nothing can be attacked: a sandbox cannot be started warm here"),
    ):
        prepare(target, default_attacks() / "target", launcher)


# Memory is the kernel's to limit, and some runtimes are told to leave its groups alone; deadlines are ours everywhere.
ONE_OF_EACH = [
    "forging/frames-on-every-descriptor", "reading/files-of-the-tests", "exhausting/endless-when-shown",
    "escaping/kernel-calls", "reporting/forged-outputs",
]  # fmt: skip


@pytest.mark.parametrize("name", [pytest.param(name, marks=in_containers) for name in ONE_OF_EACH])
def test_one_of_each_family_is_held_under_another_runtime_where_it_is_registered(
    engine: docker.DockerClient, name: str
) -> None:
    if "runsc" not in engine.info()["Runtimes"]:
        pytest.skip("this engine has no runtime runsc; README says how to register it")
    row = attack("--sandbox", "docker", "--runtime", "runsc", "--only", name)["by_name"][name]
    assert row["verdict"] == "held", row["found"]
