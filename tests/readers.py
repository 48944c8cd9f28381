"""What the attacks on readers hand in, graded once by the real command line: its words, and the files it wrote."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from grader.attacks.attack import Attack, default_attacks, hand_in, list_attacks
from grader.labs import load_lab
from grader.model import Report
from grader.report import read_report, report_name

TOYS = Path(__file__).parent / "toy"
ATTACKS = list_attacks(default_attacks(), "reporting/")
FORMATS = ("csv", "junit", "sarif", "markdown")
NOT_UTF8 = b"\xff\x9b2J\n::error::x"
"""A file name that no JSON of an attack can hold; it is handed in beside the others."""


@dataclass(frozen=True, kw_only=True)
class Readings:
    """One run of `pivotlab grade` over all of them."""

    folder: Path
    stdout: bytes
    stderr: bytes
    code: int

    def reports(self, attack: Attack) -> list[tuple[Report, Path]]:
        """Each report of an attack with its page."""
        found = []
        for submission in attack.file.expected:
            name = report_name(_id(attack, submission))
            report = read_report(self.folder / f"{name}.json")
            assert report is not None, ascii(submission)
            found.append((report, self.folder / f"{name}.html"))
        return found


def grade_attacks(place: Path, *options: str) -> Readings:
    """Hand in every attack of the family to the toy lab, which is the fastest one, in processes; again, it resumes."""
    inbox = place / "inbox"
    if not inbox.exists():
        _hand_in_all(inbox)
    formats = [part for name in FORMATS for part in (f"--{name}", str(place / name))]
    done = subprocess.run(
        [sys.executable, "-c", "from grader.cli import main; main()", "grade", str(inbox), "--out", str(place / "out"),
         "--labs", str(TOYS), "--sandbox", "process", *formats, *options],
        capture_output=True, check=False, timeout=240,
    )  # fmt: skip
    return Readings(folder=place / "out", stdout=done.stdout, stderr=done.stderr, code=done.returncode)


def _hand_in_all(inbox: Path) -> None:
    lab = load_lab(TOYS, "counting/01-sums")
    for attack in ATTACKS:
        folder = inbox if _chooses_names(attack) else inbox / attack.folder.name
        folder.mkdir(parents=True, exist_ok=True)
        hand_in(attack, lab, folder)
    (Path(inbox) / (NOT_UTF8.decode(errors="surrogateescape") + ".ipynb")).write_text("{}")


def _chooses_names(attack: Attack) -> bool:
    """Whether its names are the attack: they must begin where a learner's name begins."""
    return (attack.folder / "make.py").is_file()


def _id(attack: Attack, submission: str) -> str:
    return submission if _chooses_names(attack) else f"{attack.folder.name}/{submission}"
