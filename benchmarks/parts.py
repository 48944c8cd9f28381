"""Figure 4: where the time of one submission goes: cold; with a judge kept, and a sandbox ready or forked warm.

Run: python -m benchmarks.parts [ROUNDS]
"""

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable

from benchmarks.figures import draw_parts, keep, show
from benchmarks.material import LABS, Material, load
from benchmarks.ours import READY_SECONDS, require_full_marks
from grader.containers import Run, connect
from grader.grade import grade
from grader.images import require_image
from grader.judges import Judges
from grader.model import Limits
from grader.pool import Pool
from grader.sandbox import Role, Sandbox, Start
from grader.zygotes import Zygotes

CREATE, REMOVE = "create, start and enter the container", "remove the container"
IMPORTS, CELLS, QUESTIONS = (
    "wait for its Python and its imports",
    "run the cells",
    "run the hidden tests",
)
REST = "wait for the judge, and the rest"


class Stopwatch:
    """A Start that notes what the learner's sandbox cost whoever waited for it."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self.spent: dict[str, float] = defaultdict(float)

    def start(self, role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> Sandbox:
        """Start a sandbox; a learner's is timed."""
        began = time.perf_counter()
        sandbox = self._start(role, limits, imports)
        if role is Role.LEARNER:
            self.spent[CREATE] += time.perf_counter() - began
            sandbox.close = self._timed(REMOVE, sandbox.close)  # type: ignore[method-assign]
            self._time_first_answer(sandbox)
        return sandbox

    def _time_first_answer(self, sandbox: Sandbox) -> None:
        receive = sandbox.receive

        def first(size: int, seconds: float) -> bytes:
            sandbox.receive = receive  # type: ignore[method-assign]
            began = time.perf_counter()
            data = receive(size, seconds)
            self.spent[IMPORTS] += time.perf_counter() - began
            return data

        sandbox.receive = first  # type: ignore[method-assign]

    def _timed(self, part: str, action: Callable[[], None]) -> Callable[[], None]:
        def timed() -> None:
            began = time.perf_counter()
            action()
            self.spent[part] += time.perf_counter() - began

        return timed


def main(rounds: str = "5") -> None:
    """Measure, print, draw."""
    bars: dict[str, dict[str, float]] = {}
    for kind in LABS:
        material = load(kind)
        for way in ("cold", "pool", "warm"):
            measured = measure(material, int(rounds), way)
            bars[f"{kind}, {way}"] = {part: statistics.median(one[part] for one in measured) for part in measured[0]}
    keep("parts", {"seconds": bars})
    rows = [(bar, part, f"{seconds:.2f}") for bar, parts in bars.items() for part, seconds in parts.items()]
    show("Where the time of one submission goes", rows, ("lab", "part", "s"))
    draw_parts("parts", "Where the time of one submission goes", bars)


def measure(material: Material, rounds: int, way: str) -> list[dict[str, float]]:
    """By part, the seconds of each round after the first."""
    client = connect()
    run = Run(client=client, image=require_image(client, material.lab.environment))
    zygotes = Zygotes(run, keep=1)
    pool = Pool(zygotes.start if way == "warm" else run.start, size=1)
    judges = Judges(run.start, keep=int(way != "cold"))
    measured = []
    for _ in range(rounds + 1):
        if way == "pool":
            pool.expect(material.lab)
            time.sleep(READY_SECONDS)
        watch = Stopwatch(pool.start)
        began = time.perf_counter()
        report = require_full_marks(
            grade(material.lab, material.submission, watch.start, image=run.image, judges=judges)
        )
        whole = time.perf_counter() - began
        parts = {part: watch.spent[part] for part in (CREATE, IMPORTS)}
        parts[CELLS] = sum((cell.seconds for cell in report.cells), 0.0)
        parts[QUESTIONS] = sum((result.seconds for result in report.results), 0.0)
        parts[REMOVE] = watch.spent[REMOVE]
        measured.append(parts | {REST: max(0.0, whole - sum(parts.values()))})
    pool.close()
    judges.close()
    zygotes.close()
    run.close()
    return measured[1:]


if __name__ == "__main__":
    main(*sys.argv[1:])
