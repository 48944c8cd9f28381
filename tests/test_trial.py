"""What the suite of attacks looks for in a learner's report."""

import base64
from pathlib import Path
from typing import Any

import pytest

from grader.attacks.attack import Attack, AttackFile
from grader.attacks.trial import Ground, Verdict, disguises, try_attack
from grader.model import CellRun, Lab, Report, Status, Submission

SECRET = 'KEY = open("hidden/data") & LANTERN-KEY-90-66-31'


def shown_in(output: str) -> bool:
    return any(form in output for form in disguises(SECRET))


def test_a_secret_is_found_as_it_is_backwards_and_in_hex() -> None:
    raw = SECRET.encode()
    for text in (SECRET, SECRET[::-1], raw.hex(), raw.hex().upper(), raw.hex(" ")):
        assert shown_in(f"before {text} after")


@pytest.mark.parametrize("before", range(7))
@pytest.mark.parametrize("after", range(4))
def test_a_secret_is_found_anywhere_in_what_base64_holds(before: int, after: int) -> None:
    whole = b"\xff" * before + SECRET.encode() + b"\xff" * after
    assert shown_in(base64.b64encode(whole).decode())
    assert shown_in(base64.urlsafe_b64encode(whole).decode())


def test_other_texts_are_no_secrets() -> None:
    assert not shown_in(base64.b64encode(b"a lantern and a key, sixty-six of them" * 20).decode())
    assert not shown_in("KEY = LANTERN")


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "stream", "name": "stdout", "text": f"a line {SECRET}"},
        {"output_type": "display_data", "data": {"text/html": f"<p>{SECRET}</p>"}, "metadata": {}},
        {"output_type": "display_data", "data": {SECRET: ""}, "metadata": {}},
        {"output_type": "error", "ename": SECRET.encode().hex(), "evalue": "", "traceback": []},
    ],
)
def test_a_report_that_shows_a_line_with_quotation_marks_is_a_success_of_the_attack(
    lab: Lab, tmp_path: Path, output: dict[str, Any]
) -> None:
    assert verdict_on(lab, tmp_path, output) is Verdict.SUCCEEDED


def test_a_report_that_shows_nothing_hidden_is_held(lab: Lab, tmp_path: Path) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": "sixty-six lanterns"}
    assert verdict_on(lab, tmp_path, output) is Verdict.HELD


def verdict_on(lab: Lab, folder: Path, output: dict[str, Any]) -> Verdict:
    """The verdict on an attack in whose report one cell shows the output; nothing is graded."""

    def report(_: Lab, submission: Submission) -> Report:
        run = CellRun(id="impute", exercise=None, source="", state="ran", outputs=(output,))
        return Report(
            submission=submission.id, submission_digest=submission.digest, learner="somebody", lab=lab.id,
            status=Status.GRADED, cells=(run,),
        )  # fmt: skip

    (folder / "attack.py").write_text("# %%\nprint('tried')\n")
    file = AttackFile.model_validate(
        {"story": ["It shows a line.", "It is a test."], "expected": {"attack": {"score": 0}}}
    )
    attack = Attack(name="reading/shown", folder=folder, file=file)
    labs = Path(__file__).parent / "toy"
    ground = Ground(lab=lab, labs=labs, image="none", grade=report, secrets=frozenset({SECRET}), worth=0)
    return try_attack(attack, ground).verdict
