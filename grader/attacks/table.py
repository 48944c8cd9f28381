"""What the suite came to, as a table that an instructor can show to an auditor, and as JSON."""

from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from grader.attacks.siege import Siege
from grader.attacks.trial import Trial, Verdict
from grader.rendering import make_visible

_STYLES = {Verdict.HELD: "green", Verdict.SUCCEEDED: "bold red", Verdict.HUNG: "bold red", Verdict.DIFFERS: "yellow"}


def siege_table(siege: Siege, *, isolates: bool) -> Table:
    """A row for each attack: what it tries, what became of it, and where nothing isolates, why it was not held."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for title in ("Attack", "What it tries", "Verdict", "Found"):
        table.add_column(title, overflow="fold", no_wrap=title == "Verdict")
    table.add_column("Seconds", justify="right", no_wrap=True)
    for trial in siege.trials:
        row = (trial.attack.name, trial.attack.file.story[0], trial.verdict, _found(trial, isolates=isolates))
        cells = [Text(make_visible(text, keep="")) for text in row]
        cells[2].stylize(_STYLES[trial.verdict])
        table.add_row(*cells, f"{trial.seconds:.1f}")
    return table


def verdict_line(siege: Siege) -> str:
    """One line: how many were held, what was left, what it cost in memory."""
    counts = ", ".join(f"{siege.count(verdict)} {verdict}" for verdict in Verdict)
    left = "; ".join(siege.left) or "nothing"
    return f"{len(siege.trials)} attacks: {counts}; left behind: {left}; memory of the grader: {siege.memory_mb:g} MB"


def as_rows(siege: Siege) -> dict[str, Any]:
    """The same as plain data."""
    rows = [
        {
            "attack": trial.attack.name, "family": trial.attack.family, "story": list(trial.attack.file.story),
            "verdict": trial.verdict, "found": trial.found, "weak": trial.attack.file.weak, "seconds": trial.seconds,
        }
        for trial in siege.trials
    ]  # fmt: skip
    return {"held": siege.held, "attacks": rows, "left": list(siege.left), "memory_mb": siege.memory_mb}


def _found(trial: Trial, *, isolates: bool) -> str:
    why = trial.attack.file.weak.get("process")
    return f"{trial.found}. {why}" if why and not isolates and trial.verdict is not Verdict.HELD else trial.found
