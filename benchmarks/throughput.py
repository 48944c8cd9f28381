"""Figure 2: 32 submissions of one lab, from the pool and warm, against nbgrader and two processes of Otter.

Run: python -m benchmarks.throughput [ROUNDS] [SUBMISSIONS]
"""

import sys

from benchmarks.figures import FOLDER, alternate, draw_bars, keep, show
from benchmarks.material import LAB_OF_BATCHES, load
from benchmarks.ours import grade_checks, grade_folder
from benchmarks.rivals import Nbgrader, Otter, install

OURS = "pivotlab grade, warm, two workers"


def main(rounds: str = "3", submissions: str = "32") -> None:
    """Measure, print, draw."""
    install()
    count, folder, material = int(submissions), FOLDER / "throughput", load(LAB_OF_BATCHES)
    nbgrader = Nbgrader(material, folder / "nbgrader", count)
    otter = Otter(material, folder / "otter", count, processes=2)
    inbox = folder / f"inbox{count}"
    if not inbox.is_dir():
        material.hand_in(inbox, count)
    ways = {
        "nbgrader autograde": nbgrader.grade,
        "otter run, two processes": otter.grade,
        "pivotlab grade, pool, one worker": lambda: grade_folder(inbox, "--executor", "threads:1"),
        "pivotlab grade, pool, two workers": lambda: grade_folder(inbox, "--executor", "threads:2"),
        OURS: lambda: grade_folder(inbox, "--executor", "threads:2", "--start", "warm"),
        "the same, by the visible checks alone": lambda: grade_checks(material, inbox),
    }
    timed = alternate(ways, int(rounds), warm_up=False)
    each = {name: one.seconds / count for name, one in timed.items()}
    keep("throughput", {"submissions": count, "ways": timed, "seconds each": each})
    rows = [
        (name, f"{timed[name].seconds:.1f}", f"{seconds:.2f}", f"{3600 / seconds:.0f}", f"{seconds / each[OURS]:.2f}")
        for name, seconds in each.items()
    ]
    show(f"{count} submissions", rows, ("way", "wall s", "s each", "an hour", "times as long"))
    draw_bars("throughput", f"{count} submissions, seconds for each", {name: {"s": one} for name, one in each.items()})


if __name__ == "__main__":
    main(*sys.argv[1:])
