"""Grades many submissions in a row, every third hostile, and shows what the grader's process came to: `make soak`.

Ends with code 1 when an honest submission has another score than it is worth, or something was left behind.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from grader.attacks.attack import TARGET, Attack, default_attacks, hand_in, list_attacks
from grader.containers import PROCESS_LABEL, connect
from grader.labs import load_lab
from grader.model import Lab, Status
from grader.notebook import fill

SECONDS_BETWEEN = 1
HALF = {"triple": "def triple(number): return 0", "train": "def train(features, target): return None"}


@dataclass(frozen=True, kw_only=True)
class Sample:
    """The grader's process at one moment."""

    seconds: float
    done: int
    memory_mb: float
    descriptors: int
    threads: int


def main() -> int:
    """Make the submissions, grade them, look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=300)
    parser.add_argument("--start", default="pool", help="how sandboxes are started: pool or warm")
    parser.add_argument("--keep", type=Path, help="copy the reports here")
    said = parser.parse_args()
    suite = default_attacks()
    lab = load_lab(suite / "target", TARGET)
    with tempfile.TemporaryDirectory(prefix="pivotlab-soak-") as place:
        inbox, reports = Path(place, "handed-in"), Path(place, "reports")
        inbox.mkdir()
        worth = write_submissions(lab, list_attacks(suite), inbox, said.submissions)
        temporary = set(Path(tempfile.gettempdir()).iterdir())
        samples, code = run_grader(inbox, reports, suite / "target", said.start)
        if said.keep:
            shutil.copytree(reports, said.keep, dirs_exist_ok=True)
        faults = [*check_scores(reports, worth), *check_left(temporary)]
    show(samples, code, faults)
    return int(bool(faults))


def write_submissions(lab: Lab, attacks: list[Attack], inbox: Path, count: int) -> dict[str, float | None]:
    """Notebooks in the folder, every third hostile; what each is worth, None where it must be refused."""
    honest = [(lab.reference, 10.0), (lab.reference | HALF, 6.0), (dict.fromkeys(lab.reference, ""), 0.0)]
    hostile = [attack for attack in attacks if list(attack.file.expected) == ["attack"]]
    worth: dict[str, float | None] = {}
    for number in range(count):
        if number % 3 == 2:
            attack = hostile[number // 3 % len(hostile)]
            name = f"{number:03}-{attack.name.replace('/', '-')}"
            with tempfile.TemporaryDirectory() as made:
                hand_in(attack, lab, Path(made))
                Path(made, "attack.ipynb").replace(inbox / f"{name}.ipynb")
            worth[name] = attack.file.expected["attack"].score
        else:
            answers, points = honest[(number - number // 3) % len(honest)]
            name = f"{number:03}-honest"
            (inbox / f"{name}.ipynb").write_bytes(fill(lab.notebook, answers))
            worth[name] = points
    return worth


def run_grader(inbox: Path, reports: Path, labs: Path, start: str) -> tuple[list[Sample], int]:
    """Grade the folder by the command line, looking at its process every second."""
    pivotlab = Path(sys.executable).with_name("pivotlab")
    command: list[str | Path] = [pivotlab, "grade", inbox, "--out", reports, "--labs", labs, "--sandbox", "docker"]
    command += ["--start", start]
    began = time.monotonic()
    samples: list[Sample] = []
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        grader = psutil.Process(process.pid)
        while process.poll() is None:
            time.sleep(SECONDS_BETWEEN)
            try:
                samples.append(look_at(grader, time.monotonic() - began, reports))
            except psutil.Error:
                break
    return samples, process.returncode


def look_at(grader: psutil.Process, seconds: float, reports: Path) -> Sample:
    """The grader's process now."""
    return Sample(
        seconds=seconds,
        done=len(list(reports.glob("*.json"))),
        memory_mb=grader.memory_info().rss / 1e6,
        descriptors=grader.num_fds(),
        threads=grader.num_threads(),
    )


def check_scores(reports: Path, worth: dict[str, float | None]) -> list[str]:
    """What was not graded as it is worth."""
    faults = []
    found = {
        said["submission"]: said for said in map(json.loads, (file.read_text() for file in reports.glob("*.json")))
    }
    for name, points in worth.items():
        said = found.get(name, {"status": "no report", "score": None, "reason": ""})
        refused = said["status"] == Status.REJECTED and points is None
        if said["score"] != points or not (refused or said["status"] == Status.GRADED):
            faults.append(f"{name}: {said['status']} {said['score']}, worth {points}. {said['reason'][:200]}")
    return faults


def check_left(before: set[Path]) -> list[str]:
    """Containers of this machine's graders and files in the temporary folder that were not there."""
    client = connect()
    found = client.containers.list(all=True, filters={"label": PROCESS_LABEL})
    left = [f"container {container.name}" for container in found if not _is_of_another(container.labels[PROCESS_LABEL])]
    client.close()
    new = sorted(set(Path(tempfile.gettempdir()).glob("pivotlab-*")) - before)
    return left + [f"file {file}" for file in new if not _is_of_another(file.name.removeprefix("pivotlab-"))]


def _is_of_another(mark: str) -> bool:
    """Whether a mark begins with the number of a process that still runs: other graders may work here too."""
    number = mark.partition("-")[0]
    return number.isdecimal() and bool(psutil.pid_exists(int(number)))


def show(samples: list[Sample], code: int, faults: list[str]) -> None:
    """Ten lines of how it went, then what was wrong."""
    print("seconds  reports  memory MB  descriptors  threads")
    for sample in samples[:: max(1, len(samples) // 10)]:
        counts = f"{sample.memory_mb:9.0f}  {sample.descriptors:11}  {sample.threads:7}"
        print(f"{sample.seconds:7.0f}  {sample.done:7}  {counts}")
    print(f"peak {max(sample.memory_mb for sample in samples):.0f} MB, exit code {code}, {len(faults)} faults")
    for fault in faults:
        print(fault)


if __name__ == "__main__":
    sys.exit(main())
