"""Figure 1: one submission, by the clock and by the processors, against what a user would pick instead.

Run: python -m benchmarks.latency [ROUNDS]
"""

import statistics
import sys

from benchmarks.figures import FOLDER, Timed, alternate, draw_bars, keep, show
from benchmarks.material import LABS, Material, load
from benchmarks.ours import Warm, grade_folder
from benchmarks.rivals import Nbconvert, Nbgrader, Otter, Script, install

SCRIPT, COLD, WARM = "python script.py", "pivotlab grade, cold", "pivotlab, warm pool"


def main(rounds: str = "5") -> None:
    """Measure, print, draw."""
    install()
    found, bars, rows = {}, {}, []
    for kind in LABS:
        timed = measure(load(kind), int(rounds))
        warm, own = measure_warm(load(kind), int(rounds))
        timed[WARM] = warm
        beyond = warm.seconds - own
        found[kind] = {
            "ways": timed, "cells and questions": own, "warm beyond cells and questions": beyond,
            "as a share of the script": beyond / timed[SCRIPT].seconds,
        }  # fmt: skip
        bars[kind] = {name: one.seconds for name, one in timed.items()}
        rows += [(kind, name, f"{one.seconds:.2f}", f"{one.cpu_seconds:.2f}") for name, one in timed.items()]
        rows.append((kind, "the last beyond its cells and questions", f"{beyond:.2f}", ""))
    keep("latency", found)
    show("One submission", rows, ("lab", "way", "wall s", "CPU s"))
    draw_bars("latency", "One submission, seconds by the clock", bars)


def measure(material: Material, rounds: int) -> dict[str, Timed]:
    """Every way that begins with nothing, in turn."""
    folder = FOLDER / "latency"
    inbox = folder / "inbox" / material.lab.id
    if not inbox.is_dir():
        material.hand_in(inbox, 1)
    ways = {
        SCRIPT: Script(material, folder / "script").grade,
        "jupyter nbconvert --execute": Nbconvert(material, folder / "nbconvert").grade,
        "nbgrader autograde": Nbgrader(material, folder / "nbgrader").grade,
        "otter run": Otter(material, folder / "otter").grade,
        COLD: lambda: grade_folder(inbox),
    }
    return alternate(ways, rounds)


def measure_warm(material: Material, rounds: int) -> tuple[Timed, float]:
    """The warm way, the next sandbox made ready outside the measure; and what its cells and questions took."""
    warm = Warm(material)
    taken = []
    for _ in range(rounds + 1):
        warm.prepare()
        taken.append(alternate({WARM: warm.grade}, 1, warm_up=False)[WARM])
    warm.close()
    counted = taken[1:]
    own = [
        sum(cell.seconds for cell in report.cells) + sum(result.seconds for result in report.results)
        for report in warm.reports[1:]
    ]
    timed = Timed(wall=[one.wall[0] for one in counted], cpu=[one.cpu[0] for one in counted])
    return timed, statistics.median(own)


if __name__ == "__main__":
    main(*sys.argv[1:])
