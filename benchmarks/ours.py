"""Pivotlab itself, as its users run it: the command line, or one process that has its sandboxes ready."""

import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.material import Material
from grader.batch import find_notebooks, read_jobs_of
from grader.containers import RUN_LABEL, connect
from grader.launch import Kind, Launcher, Sandboxes, StartKind
from grader.model import Report

READY_SECONDS = 6
"""After which a sandbox that is made ahead has its imports done."""
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What one run of the command came to."""

    seconds: float
    memory_mb: float
    """The most that the grader's own process held."""
    containers: int
    """The most that were there at a time."""


def open_sandboxes(material: Material, launcher: Launcher) -> Sandboxes:
    """Those that a launcher has for a lab."""
    environment = material.lab.environment
    return launcher.sandboxes(launcher.images([environment])[environment])


class Kept:
    """One process with a judge kept; from the pool, with a learner's sandbox ready, else with a zygote kept."""

    def __init__(self, material: Material, start: StartKind) -> None:
        self._material = material
        self._start = start
        self._launcher = Launcher(Kind.DOCKER, None, start=start, workers=1)
        self._sandboxes = open_sandboxes(material, self._launcher)
        self.reports: list[Report] = []

    def prepare(self) -> None:
        """Have the next sandbox ready, where it is one of the pool."""
        if self._start is StartKind.POOL:
            self._sandboxes.pool.expect(self._material.lab)
            time.sleep(READY_SECONDS)

    def grade(self) -> None:
        """Grade the submission."""
        self.reports.append(require_full_marks(self._sandboxes.grade(self._material.lab, self._material.submission)))

    def close(self) -> None:
        """Leave nothing."""
        self._launcher.__exit__(None, None, None)


def grade_folder(inbox: Path, *options: str) -> Batch:
    """`pivotlab grade` of a folder anew; ends unless every submission has full marks."""
    reports = inbox.with_name("reports")
    shutil.rmtree(reports, ignore_errors=True)
    command = [sys.executable, "-m", "grader", "grade", str(inbox), "--out", str(reports), *options]
    client, memory, containers = connect(), 0.0, 0
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        seen = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                memory = max(memory, seen.memory_info().rss / 2**20)
            except psutil.NoSuchProcess:
                break
            containers = max(containers, len(client.api.containers(filters={"label": RUN_LABEL})))
            time.sleep(_LOOK_SECONDS)
        _, said = process.communicate()
        seconds = time.perf_counter() - began
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with code {process.returncode}: {said[-2000:]}")
    return Batch(seconds=seconds, memory_mb=round(memory), containers=containers)


def grade_checks(material: Material, inbox: Path) -> None:
    """A folder, warm, by the lab's visible checks alone; in this process, so without a command's start."""
    reports = inbox.with_name("reports of checks")
    shutil.rmtree(reports, ignore_errors=True)
    jobs, _ = read_jobs_of(material.lab_of_checks, find_notebooks([inbox]))
    with Launcher(Kind.DOCKER, None, start=StartKind.WARM, workers=2) as launcher:
        for report in launcher.grade_all(jobs, reports):
            require_full_marks(report)


def require_full_marks(report: Report) -> Report:
    """The report, if it is worth timing."""
    if report.score != report.points:
        sys.exit(f"the lab's own answers got {report.score} of {report.points}: {report.reason}")
    return report
