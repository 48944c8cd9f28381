"""Floors: the least that a metric may be, measured with the reference over many seeds and never chosen by hand."""

import json
import math
from collections.abc import Callable
from pathlib import Path

FILE = Path("hidden", "floors.json")
GRADING_SEED = 0
"""What the fixture `seed` is in a grading. With any other a test only measures: `pivotlab calibrate` does it."""

Floor = Callable[[str, float], None]


def make_floor(test: str, measured: dict[str, float], *, seed: int) -> Floor:
    """The fixture `floor` of one test: notes each value in `measured` and, in a grading, asserts that it is enough."""
    floors = _read().get(test, {}) if seed == GRADING_SEED else None

    def floor(name: str, value: float) -> None:
        """The metric `name`, higher is better, is a finite number and not below its floor."""
        assert math.isfinite(value), f"{name} is {value}"
        measured[name] = float(value)
        if floors is not None:
            if name not in floors:
                raise LookupError(f"{test} has no floor for {name}; run: pivotlab calibrate")
            least = floors[name]["floor"]
            assert measured[name] >= least, f"{name} is {value:.4f}, below its floor {least}"

    return floor


def _read() -> dict[str, dict[str, dict[str, float]]]:
    return dict(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.is_file() else {}
