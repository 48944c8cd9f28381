"""Figure 1: one submission, by the clock and by the processors, against what a user would pick instead.

Run: python -m benchmarks.latency [ROUNDS]
"""

import statistics
import sys

from benchmarks.figures import FOLDER, Timed, alternate, draw_bars, keep, show
from benchmarks.material import LABS, Material, load
from benchmarks.ours import Kept, grade_folder
from benchmarks.rivals import Nbconvert, Nbgrader, Otter, Script, install
from grader.launch import StartKind

SCRIPT, COLD = "python script.py", "pivotlab grade, cold"
KEPT = {"pivotlab, pool": StartKind.POOL, "pivotlab, warm": StartKind.WARM}


def main(rounds: str = "5") -> None:
    """Measure, print, draw."""
    install()
    found: dict[str, dict[str, object]] = {}
    bars, rows = {}, []
    for kind in LABS:
        timed = measure(load(kind), int(rounds))
        found[kind] = {"ways": timed}
        for way, start in KEPT.items():
            timed[way], own = measure_kept(load(kind), int(rounds), start)
            beyond = timed[way].seconds - own
            found[kind][way] = {"cells and questions": own, "beyond": beyond}
            rows.append((kind, f"{way}, beyond its cells and questions", f"{beyond:.2f}", ""))
        bars[kind] = {name: one.seconds for name, one in timed.items()}
        rows += [(kind, name, f"{one.seconds:.2f}", f"{one.cpu_seconds:.2f}") for name, one in timed.items()]
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


def measure_kept(material: Material, rounds: int, start: StartKind) -> tuple[Timed, float]:
    """One more submission to a process that grades, a pool's next sandbox made ready outside the measure.

    And what the submission's cells and questions took.
    """
    kept = Kept(material, start)
    taken = []
    for _ in range(rounds + 1):
        kept.prepare()
        taken.append(alternate({"": kept.grade}, 1, warm_up=False)[""])
    kept.close()
    counted = taken[1:]
    own = [
        sum(cell.seconds for cell in report.cells) + sum(result.seconds for result in report.results)
        for report in kept.reports[1:]
    ]
    timed = Timed(wall=[one.wall[0] for one in counted], cpu=[one.cpu[0] for one in counted])
    return timed, statistics.median(own)


if __name__ == "__main__":
    main(*sys.argv[1:])
