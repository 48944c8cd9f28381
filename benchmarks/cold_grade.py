"""Cold grading of one submission against `docker run` of the same cells as a plain script; alternating, medians.

Run: python benchmarks/cold_grade.py [PATH/LAB] [ROUNDS]. It prints a table and writes build/bench/cold_grade.json.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from grader.containers import Run, connect
from grader.grade import grade
from grader.images import require_image
from grader.labs import default_folder, lab_folder, load_lab
from grader.model import Lab, Limits, Submission
from grader.notebook import fill, read_answers
from grader.sandbox import Role, Sandbox
from grader.submission import rebuild

RESULTS = Path("build/bench/cold_grade.json")


class Stopwatch:
    """A Start that notes when each sandbox was asked for, was ready, and was gone."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self.spent: dict[str, float] = {}

    def start(self, role: Role, limits: Limits, imports: tuple[str, ...] = ()) -> Sandbox:
        """Start a sandbox, timed."""
        began = time.perf_counter()
        sandbox = self._run.start(role, limits, imports)
        self.spent[f"create and start the {role}'s container"] = time.perf_counter() - began
        close = sandbox.close

        def timed_close() -> None:
            began = time.perf_counter()
            close()
            self.spent[f"remove the {role}'s container"] = time.perf_counter() - began

        sandbox.close = timed_close  # type: ignore[method-assign]
        return sandbox


def main(lab_id: str = "analyst-to-ml/02-ramadan-encoding", rounds: str = "7") -> None:
    """Measure and print."""
    labs = default_folder()
    lab = load_lab(labs, lab_id)
    source = (lab_folder(labs, lab_id) / "source.py").read_text(encoding="utf-8")
    submission = Submission(
        id="reference", learner="reference", lab_id=lab_id, notebook=fill(lab.notebook, read_answers(source))
    )
    client = connect()
    run = Run(client=client, image=require_image(client, lab.environment))
    script = plain_script(lab, submission)
    watches: list[Stopwatch] = []

    def cold() -> None:
        watches.append(Stopwatch(run))
        report = grade(lab, submission, watches[-1].start, image=run.image)
        if report.score != lab.points:
            sys.exit(f"the reference got {report.score} of {lab.points}: {report.reason}")
        watches[-1].spent["run the notebook's cells, imports first"] = sum(cell.seconds for cell in report.cells)
        watches[-1].spent["run the hidden tests, their questions included"] = sum(one.seconds for one in report.results)

    def bare() -> None:
        subprocess.run(
            ["docker", "run", "--rm", "--interactive", "--network", "none", run.image, "python", "-"],
            input=script, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    bare_seconds, cold_seconds = alternate(bare, cold, int(rounds))
    parts = {name: statistics.median(watch.spent[name] for watch in watches) for name in watches[0].spent}
    show(bare_seconds, cold_seconds, parts)


def plain_script(lab: Lab, submission: Submission) -> bytes:
    """The cells that a grading runs, one after the other, the lab's files put in place first."""
    cells = "\n\n".join(cell.source for cell in rebuild(lab, submission).cells)
    return (
        "import os, pathlib, tempfile\nos.environ['MPLBACKEND'] = 'agg'\nos.chdir(tempfile.mkdtemp())\n"
        f"for name, content in {lab.data!r}.items():\n"
        "    pathlib.Path(name).parent.mkdir(exist_ok=True)\n    pathlib.Path(name).write_bytes(content)\n\n"
        f"{cells}\n"
    ).encode()


def alternate(one: Callable[[], None], other: Callable[[], None], rounds: int) -> tuple[list[float], list[float]]:
    """Wall seconds of both, measured in turn after one round that is not counted."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        for action, taken in zip((one, other), seconds, strict=True):
            began = time.perf_counter()
            action()
            taken.append(time.perf_counter() - began)
    return seconds[0][1:], seconds[1][1:]


def show(bare: list[float], cold: list[float], parts: dict[str, float]) -> None:
    """Print the table and write the JSON."""
    ratio = statistics.median(cold) / statistics.median(bare)
    table = Table("", "median s", "min s", "max s")
    for name, seconds in (("docker run, plain script", bare), ("cold grading, two sandboxes", cold)):
        table.add_row(name, *(f"{value:.2f}" for value in (statistics.median(seconds), min(seconds), max(seconds))))
    for name, value in parts.items():
        table.add_row(f"  {name}", f"{value:.2f}", "", "")
    Console().print(table)
    Console().print(f"ratio of medians: {ratio:.2f}")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps({"bare": bare, "cold": cold, "ratio": ratio, "parts": parts}, indent=2))


if __name__ == "__main__":
    main(*sys.argv[1:])
