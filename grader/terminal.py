"""What all commands share: where they write, how they show progress and grade, the options that mean the same."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from grader.batch import Job, grade_all
from grader.grade import grade
from grader.launch import Launcher
from grader.model import Lab, Report, Submission

GradeOne = Callable[..., Report]
"""What grades one: takes a lab, a submission and what starts sandboxes, and by name the image; as `grade` does."""

out = Console(soft_wrap=False)
err = Console(stderr=True, highlight=False)

LabsOption = Annotated[Path | None, typer.Option("--labs", help="Folder of the labs.", envvar="PIVOTLAB_LABS")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
RuntimeOption = Annotated[
    str | None, typer.Option("--runtime", help="Docker runtime, such as runsc.", envvar="PIVOTLAB_RUNTIME")
]


def count_progress(*, quiet: bool = False) -> Progress:
    """A bar that counts what is done; nothing where standard error is no terminal, or quiet is wanted."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=err, disable=quiet or not err.is_terminal)


def grade_jobs(
    jobs: Sequence[Job], launcher: Launcher, folder: Path, *, grade_one: GradeOne = grade, quiet: bool = False
) -> list[Report]:
    """Grade as many at once as there are processors, with a bar; what is done in the folder is taken from there."""
    images = launcher.images({job.lab.environment for job in jobs})

    def grade_job(lab: Lab, submission: Submission) -> Report:
        image = images[lab.environment]
        return grade_one(lab, submission, launcher.starter(image), image=image)

    reports = []
    workers = os.cpu_count() or 1
    executor = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="grade")
    with count_progress(quiet=quiet) as progress:
        task = progress.add_task("Grading", total=len(jobs))
        try:
            for report in grade_all(jobs, grade_job, executor, folder=folder, images=images, window=2 * workers):
                reports.append(report)
                progress.advance(task)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)
    return reports
