"""The suite of attacks has teeth: those that say so defeat the common design, on the same lab in the same container."""

import json
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from grader import containers
from grader.attacks.attack import MARKER as SUCCEEDED
from grader.attacks.attack import TARGET, Attack, default_attacks, hand_in, list_attacks
from grader.attacks.trial import find_secrets
from grader.containers import Run
from grader.labs import load_lab
from grader.model import Lab
from grader.notebook import fill
from grader.sandbox import Role
from tests.strawman import MARKER

pytestmark = pytest.mark.docker

SUITE = default_attacks()
DEFEATS = [attack for attack in list_attacks(SUITE) if attack.file.beats == "same-process"]
SECONDS = 90
STRAWMAN = Path(__file__).with_name("strawman.py").read_text()


@pytest.fixture(scope="module")
def target() -> Lab:
    return load_lab(SUITE / "target", TARGET)


@pytest.fixture
def sandbox_of_one_process(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Containers as ours in everything, but for the program that they begin with."""
    monkeypatch.setattr(containers, "boot_program", lambda: STRAWMAN)
    monkeypatch.setattr(containers, "programs", lambda _role, _imports: b"")
    return run


def test_the_reference_gets_full_marks_there(sandbox_of_one_process: Run, target: Lab) -> None:
    score, shown = grade_together(sandbox_of_one_process, target, fill(target.notebook, target.reference))
    assert score == target.points
    assert not secrets_in(shown, target)


def test_nothing_gets_nothing_there(sandbox_of_one_process: Run, target: Lab) -> None:
    nothing = fill(target.notebook, dict.fromkeys(target.reference, ""))
    score, shown = grade_together(sandbox_of_one_process, target, nothing)
    assert score == 0
    assert not secrets_in(shown, target)


@pytest.mark.parametrize("attack", DEFEATS, ids=lambda attack: attack.name)
def test_an_attack_that_says_so_defeats_it(
    attack: Attack, sandbox_of_one_process: Run, target: Lab, tmp_path: Path
) -> None:
    hand_in(attack, target, tmp_path)
    seen = {
        file.stem: grade_together(sandbox_of_one_process, target, file.read_bytes())
        for file in sorted(tmp_path.glob("*.ipynb"))
    }
    if attack.family == "reading":
        assert any(secrets_in(shown, target) or SUCCEEDED in shown for _, shown in seen.values())
    else:
        assert any(score > (attack.file.expected[name].score or 0) for name, (score, _) in seen.items())


def test_a_dozen_forgeries_and_a_reader_defeat_it() -> None:
    families = [attack.family for attack in DEFEATS]
    assert families.count("forging") >= 12
    assert families.count("reading") >= 1
    assert set(families) == {"forging", "reading"}


def grade_together(run: Run, lab: Lab, notebook: bytes) -> tuple[float, str]:
    """The score that the one process reports, by the lab's own price list, and all that the learner sees."""
    cells = ["".join(cell["source"]) for cell in json.loads(notebook)["cells"] if cell["cell_type"] == "code"]
    hidden = {f"hidden/{name}": content for name, content in lab.hidden.items()}
    files = {name: content.decode() for name, content in (hidden | lab.data).items()}
    said = converse(run, lab, json.dumps({"cells": cells, "files": files}).encode() + b"\n")
    shown, _, results = said.rpartition(MARKER)
    passed = find_passed(results)
    return sum(test.points for test in lab.tests() if test.name in passed), shown


def converse(run: Run, lab: Lab, line: bytes) -> str:
    """All that a container says that is told one line."""
    sandbox = run.start(Role.LEARNER, lab.limits)
    deadline = time.monotonic() + SECONDS
    said = bytearray()
    try:
        sandbox.send(line, SECONDS)
        while data := sandbox.receive(65_536, deadline - time.monotonic()):
            said += data
    finally:
        sandbox.close()
    return said.decode(errors="replace")


def find_passed(results: str) -> set[str | None]:
    """Names of the tests of a JUnit file with nothing said against them."""
    try:
        cases = list(ET.fromstring(results.strip()).iter("testcase"))
    except ET.ParseError:
        return set()
    against = {"failure", "error", "skipped"}
    return {case.get("name") for case in cases if not against & {child.tag for child in case}}


def secrets_in(shown: str, lab: Lab) -> list[str]:
    return [secret for secret in find_secrets(lab) if secret in shown]
