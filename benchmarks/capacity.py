"""How many submissions of each kind of lab a core grades in an hour: the table of docs/scale.md.

Run: python -m benchmarks.capacity [SUBMISSIONS]
"""

import os
import sys

from benchmarks.figures import FOLDER, keep, show
from benchmarks.material import LABS, load
from benchmarks.ours import grade_folder


def main(submissions: str = "16") -> None:
    """Measure and print."""
    cores, count = os.cpu_count() or 1, int(submissions)
    hourly: dict[str, dict[str, float]] = {}
    for kind in LABS:
        inbox = FOLDER / "capacity" / f"{kind} {count}"
        if not inbox.is_dir():
            load(kind).hand_in(inbox, count)
        seconds = {
            start: grade_folder(inbox, "--executor", f"threads:{cores}", "--start", start).seconds
            for start in ("pool", "warm")
        }
        hourly[kind] = {start: 3600 * count / taken / cores for start, taken in seconds.items()}
    keep("capacity", {"submissions": count, "an hour on each core": hourly})
    rows = [(kind, LABS[kind], f"{found['pool']:.0f}", f"{found['warm']:.0f}") for kind, found in hourly.items()]
    show("Submissions an hour on each core", rows, ("kind", "lab", "pool", "warm"))


if __name__ == "__main__":
    main(*sys.argv[1:])
