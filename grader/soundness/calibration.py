"""Measures the reference's metrics over seeds and writes their floors, so that no threshold is chosen by hand."""

import json
import math
import statistics
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, as_completed
from pathlib import Path

from grader.errors import LabError
from grader.files import write_whole
from grader.launch import Sandboxes
from grader.model import Lab
from grader.soundness.trials import measure

SEEDS = range(1, 21)
FALSE_FAIL_RATE = 0.0005
"""How often one more run of the reference on fresh data may fall below its floor, were its metric normal."""
_T_QUANTILE = 3.8834
"""Of Student's t with len(SEEDS) - 1 = 19 degrees of freedom, at 1 - FALSE_FAIL_RATE."""
_LEAST_SPREAD = 1e-6
_DIGITS = 4

Rows = list[tuple[str, ...]]


def calibrate_lab(lab: Lab, place: Path, sandboxes: Sandboxes, executor: Executor, *, tell: Callable[[], None]) -> Rows:
    """Write hidden/floors.json of the lab in the folder `place`; its rows, for people. Raises LabError, SandboxError.

    A floor is the lower end of the prediction interval for one more run: mean - t * sd * sqrt(1 + 1/n).
    """
    futures = [executor.submit(measure, lab.model_copy(update={"seed": seed}), sandboxes) for seed in SEEDS]
    for _ in as_completed(futures):
        tell()
    measured = [future.result() for future in futures]
    if not any(measured[0].values()):
        raise LabError(f"{lab.id}: no hidden test has a floor; use the fixture `floor`, see docs/writing-a-lab.md")
    floors = {
        test: {name: _floor(_values(measured, test, name, lab.id)) for name in sorted(metrics)}
        for test, metrics in sorted(measured[0].items())
        if metrics
    }
    text = json.dumps(floors, indent=2) + "\n"
    write_whole({place / "hidden" / "floors.json": text.encode()}, mend="make room, and run it again")
    return [
        (test, name, f"{row['mean']:.4f}", f"{row['sd']:.4f}", f"{row['lowest']:.4f}", f"{row['floor']:.4f}",
         f"{row['false_fail_rate']:.2%}")
        for test, metrics in floors.items()
        for name, row in metrics.items()
    ]  # fmt: skip


def _values(measured: list[Mapping[str, Mapping[str, float]]], test: str, name: str, lab_id: str) -> list[float]:
    values = [one.get(test, {}).get(name) for one in measured]
    if None in values:
        seed = SEEDS[values.index(None)]
        raise LabError(f"{lab_id}: {test} does not measure {name} with seed {seed}; let it fail for no other reason")
    return [value for value in values if value is not None]


def _floor(values: list[float]) -> dict[str, float]:
    mean, spread = statistics.fmean(values), max(statistics.stdev(values), _LEAST_SPREAD)
    least = mean - _T_QUANTILE * spread * math.sqrt(1 + 1 / len(values))
    return {
        "mean": round(mean, 6), "sd": round(spread, 6), "lowest": round(min(values), 6), "seeds": len(values),
        "floor": math.floor(least * 10**_DIGITS) / 10**_DIGITS, "false_fail_rate": FALSE_FAIL_RATE,
    }  # fmt: skip
