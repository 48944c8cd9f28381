"""How a figure is measured and kept: alternating rounds, medians, the machine beside them, as JSON and as a plot."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from rich.console import Console
from rich.table import Table

FOLDER = Path("build/bench")
Sizes = Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Timed:
    """What one way took in each round that counts: seconds by the clock, and of all processors of the machine."""

    wall: list[float]
    cpu: list[float]

    @property
    def seconds(self) -> float:
        """The median by the clock."""
        return statistics.median(self.wall)

    @property
    def cpu_seconds(self) -> float:
        """The median of what all processors worked."""
        return statistics.median(self.cpu)


def alternate(ways: Mapping[str, Callable[[], object]], rounds: int, *, warm_up: bool = True) -> dict[str, Timed]:
    """Each way once a round, in turn; with `warm_up`, after a round that does not count.

    Processors' seconds are the whole machine's, containers included: measure on an idle one.
    """
    taken: dict[str, Timed] = {name: Timed(wall=[], cpu=[]) for name in ways}
    for number in range(rounds + warm_up):
        for name, way in ways.items():
            wall, cpu = time.perf_counter(), _busy_seconds()
            way()
            if number or not warm_up:
                taken[name].wall.append(time.perf_counter() - wall)
                taken[name].cpu.append(_busy_seconds() - cpu)
    return taken


def keep(name: str, found: Mapping[str, object]) -> None:
    """Write a figure's numbers, and the machine that they are of."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"machine": _machine(), **found}, indent=2, default=asdict)
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


def show(title: str, rows: Sequence[tuple[str, ...]], columns: tuple[str, ...]) -> None:
    """Print a figure's table."""
    table = Table(*columns, title=title)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def draw_bars(name: str, title: str, bars: Mapping[str, Sizes]) -> None:
    """A group of bars in seconds for each of `bars`, by what they share."""
    kinds = list(dict.fromkeys(kind for sizes in bars.values() for kind in sizes))
    figure, axes = _blank(title, inches=1 + 0.3 * len(bars) * len(kinds))
    height = 0.8 / len(kinds)
    for place, kind in enumerate(kinds):
        rows = [row + place * height for row in range(len(bars))]
        drawn = axes.barh(rows, [sizes.get(kind, 0) for sizes in bars.values()], height * 0.9, label=kind)
        axes.bar_label(drawn, fmt="%.2f", padding=3, fontsize=8)
    axes.set_yticks([row + 0.4 - height / 2 for row in range(len(bars))], list(bars))
    if len(kinds) > 1:
        axes.legend(frameon=False, fontsize=8)
    figure.savefig(FOLDER / f"{name}.png", dpi=150)


def draw_parts(name: str, title: str, bars: Mapping[str, Sizes]) -> None:
    """A bar in seconds for each of `bars`, its parts one after the other."""
    figure, axes = _blank(title, inches=1.6 + 0.5 * len(bars))
    left = dict.fromkeys(bars, 0.0)
    for kind in dict.fromkeys(kind for sizes in bars.values() for kind in sizes):
        values = [sizes.get(kind, 0) for sizes in bars.values()]
        axes.barh(list(bars), values, left=list(left.values()), label=kind)
        left = {bar: left[bar] + value for bar, value in zip(bars, values, strict=True)}
    axes.legend(frameon=False, fontsize=8, ncols=2, loc="upper center", bbox_to_anchor=(0.45, -0.2))
    figure.savefig(FOLDER / f"{name}.png", dpi=150)


def _blank(title: str, *, inches: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(9, inches), layout="constrained")
    axes = figure.subplots()
    axes.invert_yaxis()
    axes.set_xlabel("seconds")
    axes.set_title(title, loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _machine() -> dict[str, object]:
    model = next(line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name"))
    return {"processor": model.partition(":")[2].strip(), "cores": os.cpu_count(), "kernel": platform.release()}


def _busy_seconds() -> float:
    user, nice, system, _, _, irq, soft = map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:8])
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")
