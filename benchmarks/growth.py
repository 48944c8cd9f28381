"""Figure 3: how the cost grows with the batch, and with the workers of a Dask cluster.

Run: python -m benchmarks.growth [SUBMISSIONS,SUBMISSIONS...] [WORKERS,WORKERS...]
"""

import contextlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import FOLDER, draw_bars, keep, show
from benchmarks.material import LAB_OF_BATCHES, Material, load
from benchmarks.ours import Batch, grade_folder

ON_THE_CLUSTER = 32
_WAIT_SECONDS = 60
_JOINED_SECONDS = 8


def main(sizes: str = "8,32,128,512", workers: str = "1,2,4") -> None:
    """Measure, print, draw."""
    material = load(LAB_OF_BATCHES)
    batches: dict[str, Batch] = {}
    counts: dict[str, int] = {}
    for count in map(int, sizes.split(",")):
        name = f"{count} submissions, two workers"
        batches[name], counts[name] = grade_folder(hand_in(material, count), "--executor", "threads:2"), count
    for number in map(int, workers.split(",")):
        name = f"{ON_THE_CLUSTER} submissions, Dask, worker processes: {number}"
        inbox, counts[name] = hand_in(material, ON_THE_CLUSTER), ON_THE_CLUSTER
        with cluster(number) as address:
            batches[name] = grade_folder(inbox, "--executor", f"dask://{address}")
    each = {name: batch.seconds / counts[name] for name, batch in batches.items()}
    keep("growth", {"batches": batches, "seconds each": each})
    rows = [
        (name, f"{batch.seconds:.1f}", f"{each[name]:.2f}", f"{batch.memory_mb:.0f}", str(batch.containers))
        for name, batch in batches.items()
    ]
    show("How the cost grows", rows, ("batch", "wall s", "s each", "grader MB", "containers"))
    draw_bars("growth", "Seconds for each submission", {name: {"s": seconds} for name, seconds in each.items()})


def hand_in(material: Material, count: int) -> Path:
    """A folder of so many submissions."""
    inbox = FOLDER / "growth" / "inbox"
    shutil.rmtree(inbox, ignore_errors=True)
    material.hand_in(inbox, count)
    return inbox


@contextlib.contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A scheduler and so many worker processes of one thread each on this machine; the scheduler's address."""
    folder = (FOLDER / "growth").absolute()
    place = folder / "scheduler.json"
    place.unlink(missing_ok=True)
    with contextlib.ExitStack() as stack:

        def start(module: str, *options: str) -> None:
            command = [sys.executable, "-m", f"distributed.cli.{module}", "--host", "127.0.0.1", "--no-dashboard"]
            process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            stack.callback(process.wait)
            stack.callback(process.terminate)

        start("dask_scheduler", "--port", "0", "--scheduler-file", str(place))
        deadline = time.monotonic() + _WAIT_SECONDS
        while not place.is_file() and time.monotonic() < deadline:
            time.sleep(0.1)
        for number in range(workers):
            local = ("--local-directory", str(folder / f"worker{number}"))
            start("dask_worker", "--scheduler-file", str(place), "--nthreads", "1", "--no-nanny", *local)
        time.sleep(_JOINED_SECONDS)
        address: str = json.loads(place.read_text())["address"]
        yield address.removeprefix("tcp://")


if __name__ == "__main__":
    main(*sys.argv[1:])
