"""Figure 5: what one more learner's sandbox holds in memory with a lab's imports done, cold and forked warm.

Run: python -m benchmarks.memory [SANDBOXES]
"""

import statistics
import sys
import time

from benchmarks.figures import keep, show
from benchmarks.material import LABS, load
from benchmarks.ours import READY_SECONDS
from grader.containers import ContainerSandbox, Run, connect
from grader.images import require_image
from grader.notebook import imports_of
from grader.sandbox import Role, Start
from grader.zygotes import Zygotes

_MEGABYTE = 1e6


def main(sandboxes: str = "4") -> None:
    """Measure and print."""
    client, found = connect(), {}
    for kind in LABS:
        lab = load(kind).lab
        run = Run(client=client, image=require_image(client, lab.environment))
        zygotes = Zygotes(run, keep=1)

        def measure(start: Start) -> float:
            started = [start(Role.LEARNER, lab.limits, imports_of(lab)) for _ in range(int(sandboxes))]  # noqa: B023
            time.sleep(READY_SECONDS)
            held = [measure_memory(run, sandbox) for sandbox in started if isinstance(sandbox, ContainerSandbox)]  # noqa: B023
            for sandbox in started:
                sandbox.close()
            return statistics.median(held)

        found[kind] = {"cold": measure(run.start), "warm": measure(zygotes.start)}
        zygotes.close()
        run.close()
    keep("memory", {"MB": found})
    rows = [(kind, f"{held['cold']:.0f}", f"{held['warm']:.0f}") for kind, held in found.items()]
    show("Memory of one more sandbox, imports done", rows, ("lab", "cold MB", "warm MB"))


def measure_memory(run: Run, sandbox: ContainerSandbox) -> float:
    """What the engine says that a container holds, in MB."""
    return float(run.client.api.stats(sandbox.name, stream=False)["memory_stats"]["usage"]) / _MEGABYTE


if __name__ == "__main__":
    main(*sys.argv[1:])
