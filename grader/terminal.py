"""What all commands share: where they write, how they show progress, the options that mean the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

out = Console(soft_wrap=False)
err = Console(stderr=True, highlight=False)

LabsOption = Annotated[Path | None, typer.Option("--labs", help="Folder of the labs.", envvar="PIVOTLAB_LABS")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
RuntimeOption = Annotated[
    str | None, typer.Option("--runtime", help="Docker runtime, such as runsc.", envvar="PIVOTLAB_RUNTIME")
]


def count_progress() -> Progress:
    """A bar that counts what is done; nothing where standard error is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=err, disable=not err.is_terminal)
