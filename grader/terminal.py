"""What all commands share: where they write, how they show progress and grade, the options that mean the same."""

import importlib.util
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from grader.batch import Job, Place
from grader.errors import UsageError
from grader.launch import Kind, Launcher, StartKind
from grader.model import Report, Status

if TYPE_CHECKING:
    from grader.cluster import Cluster

_QUIET_SECONDS = 30

out = Console(soft_wrap=False)
err = Console(stderr=True, highlight=False)

LabsOption = Annotated[Path | None, typer.Option("--labs", help="Folder of the labs.", envvar="PIVOTLAB_LABS")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
RuntimeOption = Annotated[
    str | None, typer.Option("--runtime", help="Docker runtime, such as runsc.", envvar="PIVOTLAB_RUNTIME")
]
StartOption = Annotated[
    StartKind,
    typer.Option(
        "--start", help="Have sandboxes ready in a pool, or fork them warm; auto: warm on a grading host.",
        envvar="PIVOTLAB_START",
    ),
]  # fmt: skip
ExecutorOption = Annotated[
    str | None,
    typer.Option("--executor", help="threads:N or dask://HOST:PORT; as many threads as fit here when left out."),
]


def how_to_install(extra: str) -> str:
    """The mend where a library is missing that only some commands need; the project is in no registry."""
    return f"run, in the project's folder: pip install -e '.[{extra}]'"


def count_progress() -> Progress:
    """A bar that counts what is done; nothing where standard error is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=err, disable=not err.is_terminal)


def parse_executor(said: str) -> tuple[str, str]:
    """`threads:N` or `dask://HOST:PORT` as its kind and the rest. Raises UsageError."""
    if found := re.fullmatch(r"(threads):([1-9]\d{0,2})|(dask)://([^/\s]+:\d+)", said):
        threads, count, _, address = found.groups()
        return ("threads", count) if threads else ("dask", address)
    raise UsageError(
        f"--executor {said}: say threads:N, as in threads:4, or dask://HOST:PORT, as in dask://10.0.0.5:8786"
    )


def open_place(
    executor: str | None, sandbox: Kind, runtime: str | None, start: StartKind = StartKind.AUTO
) -> "Launcher | Cluster":
    """Where submissions are graded: on this machine, or on a cluster. Raises UsageError, SandboxError."""
    kind, rest = parse_executor(executor) if executor else ("threads", "0")
    if kind == "threads":
        return Launcher(sandbox, runtime, start=start, workers=int(rest) or None)
    if sandbox is Kind.PROCESS:
        raise UsageError("--sandbox process: workers of a cluster grade in containers only; leave it out")
    if importlib.util.find_spec("distributed") is None:
        raise UsageError(f"Dask is not installed; {how_to_install('cluster')}")
    from grader.cluster import Cluster  # noqa: PLC0415 - Dask is an extra

    return Cluster(rest, runtime, start)


def grade_jobs(jobs: Sequence[Job], place: Place, folder: Path, *, quiet: bool = False) -> list[Report]:
    """Grade all, telling how far it is unless quiet is wanted; what is done in the folder is taken from there."""
    tally = Tally(len(jobs))
    reports = []
    with _grading_progress(quiet=quiet) as progress:
        task = progress.add_task("Grading", total=len(jobs), told="")
        # Those of one lab come together, for its judges are kept.
        for report in place.grade_all(sorted(jobs, key=lambda job: (job.lab.id, job.submission)), folder):
            reports.append(report)
            tally.count(report)
            progress.update(task, advance=1, told=tally.say())
            if not (quiet or err.is_terminal) and tally.is_time_to_say():
                err.print(f"Grading {tally.done} of {tally.total}{tally.say()}", highlight=False)
    return reports


class Tally:
    """How far a batch is, at what rate, and how long it will take."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = self._ungraded = 0
        self._began = self._said = time.monotonic()

    def count(self, report: Report) -> None:
        """One more is done."""
        self.done += 1
        self._ungraded += report.status is Status.UNGRADED

    def is_time_to_say(self) -> bool:
        """Whether nothing was said for a while: a log wants few lines."""
        now = time.monotonic()
        if now - self._said < _QUIET_SECONDS:
            return False
        self._said = now
        return True

    def say(self) -> str:
        """What the count alone does not tell."""
        minutes = (time.monotonic() - self._began) / 60
        rate = self.done / max(minutes, 1e-6)
        left = (self.total - self.done) / rate if rate else 0
        ungraded = f", {self._ungraded} ungraded" if self._ungraded else ""
        return f"{ungraded}, {rate:.0f} a minute, {left:.0f} min left"


def _grading_progress(*, quiet: bool) -> Progress:
    columns = (*count_progress().columns[:3], TextColumn("{task.fields[told]}"), TimeElapsedColumn())
    return Progress(*columns, console=err, disable=quiet or not err.is_terminal)
