"""The grader's own memory: whatever was handed in, and however many, it stays small.

A process of its own is measured each time, by the peak of its own pages: what `getrusage` tells of a child begins with
the peak of the process that started it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.submission import CODE_BYTES, NOTEBOOK_BYTES
from tests.conftest import TOY

ALONE_MB = 180
"""65 for the programs, 50 for the file, 30 for the worst code that it may hold, 10 for a
report, 25 to spare."""
BATCH_MB = 150
ROOM = NOTEBOOK_BYTES - 2_000

GRADE_FOLDER = """
import json, re, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from grader.batch import find_notebooks, grade_all, read_jobs
from grader.model import CellRun, Lab, Report, Status, Submission
from grader.submission import rebuild
from tests.conftest import TOYS

def grade(lab: Lab, submission: Submission) -> Report:
    rebuilt = rebuild(lab, submission)
    shown = {"output_type": "stream", "name": "stdout", "text": "x" * 4_000_000}
    return Report(
        submission=submission.id, submission_digest=submission.digest, learner=submission.learner, lab=lab.id,
        lab_version=lab.version, image="none", status=Status.GRADED, notes=rebuilt.notes,
        cells=(CellRun(id="one", exercise="one", source=rebuilt.cells[1].source, state="ran", outputs=(shown,)),),
    )

jobs, reports = read_jobs(find_notebooks([Path("handed-in")]), TOYS, None)
with ThreadPoolExecutor(max_workers=2) as executor:
    for _ in range(2):
        found = grade_all(jobs, grade, executor, folder=Path("out"), images={"core": "none"}, window=4)
        reports += list(found)
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
print(json.dumps({"mb": peak / 1024, "said": [report.reason or str(report.status) for report in reports]}))
"""


def grade_folder(tmp_path: Path) -> tuple[float, list[str]]:
    """Grade what lies in `handed-in` twice, the second time resumed; the peak in MB, and what came of each file."""
    done = subprocess.run(
        [sys.executable, "-c", GRADE_FOLDER], capture_output=True, text=True, check=True, timeout=250, cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
    )  # fmt: skip
    told = json.loads(done.stdout)
    return told["mb"], told["said"]


def notebook(cells: bytes, more: bytes = b"") -> bytes:
    return b'{"nbformat": 4, "metadata": {"pivotlab": {"lab": "%s"%s}}, "cells": [%s]}' % (TOY.encode(), more, cells)


def cell(source: bytes = b'"x"', outputs: bytes = b"[]", kind: bytes = b"code", name: bytes = b"one") -> bytes:
    return b'{"cell_type": "%s", "id": "%s", "source": %s, "outputs": %s}' % (kind, name, source, outputs)


def many(piece: bytes, size: int = ROOM) -> bytes:
    return (piece * (size // len(piece)))[:-1]


def listed(piece: bytes, size: int = ROOM) -> bytes:
    return b"[%s]" % many(piece, size)


WORST: dict[str, tuple[Callable[[], bytes], str]] = {
    "outputs of nothing": (lambda: notebook(cell(outputs=listed(b"{},"))), "graded"),
    "outputs of little": (lambda: notebook(cell(outputs=listed(b'{"a":[]},'))), "graded"),
    "cells of nothing": (lambda: notebook(many(b"{},")), "cell 1 is no notebook cell"),
    "the least of cells": (lambda: notebook(many(b'{"cell_type":"raw"},')), "20000 cells or more"),
    "the least of cells, disguised": (lambda: notebook(many(rb'{"cell\u005ftype":"raw"},')), "20000 cells or more"),
    "prose of wide characters": (
        lambda: notebook(cell() + b"," + cell('"😀%s"'.encode() % (b"a" * ROOM), kind=b"markdown", name=b"why")),
        "graded",
    ),
    "code without end": (lambda: notebook(cell(b'"%s"' % (b"a" * ROOM))), "more than 2 MB of code"),
    "code by the letter": (
        lambda: notebook(
            cell(listed(b'"a",', CODE_BYTES - 100), outputs=listed(b"{},", ROOM - CODE_BYTES), name=b"one")
        ),
        "graded",
    ),
    "an id without end": (lambda: notebook(cell() + b"," + cell(name="😀".encode() + b"a" * ROOM)), "graded"),
    "a lab without end": (
        lambda: notebook(cell(), b', "lab": "%s"' % ("😀".encode() + b"a" * ROOM)),
        "does not say which lab",
    ),
    "metadata of many names": (
        lambda: notebook(cell(), b"," + b",".join(b'"%07x":[]' % number for number in range(ROOM // 13))),
        "graded",
    ),
    "half an emoji after whole ones": (
        lambda: notebook(cell(outputs=rb'["%s\ud83d"]' % (rb"\ud83d\ude00" * (ROOM // 12)))),
        "graded",
    ),
    "halves without end": (lambda: notebook(cell(outputs=b'["%s"]' % (rb"\ud83d" * (ROOM // 6)))), "not JSON"),
    "no numbers without end": (lambda: notebook(cell(outputs=listed(b"NaN,"))), "not JSON"),
}


@pytest.mark.parametrize("worst", WORST)
def test_the_worst_notebook_takes_little_more_than_its_file(tmp_path: Path, worst: str) -> None:
    make, expected = WORST[worst]
    (tmp_path / "handed-in").mkdir()
    (tmp_path / "handed-in" / "worst.ipynb").write_bytes(make())
    peak, said = grade_folder(tmp_path)
    assert expected in said[0]
    assert peak < ALONE_MB


def test_forty_large_notebooks_take_no_more_than_a_few(tmp_path: Path) -> None:
    (tmp_path / "handed-in").mkdir()
    first = tmp_path / "handed-in" / "s0.ipynb"
    first.write_bytes(notebook(cell(outputs=b'["%s"]' % (b"x" * 20_000_000))))
    for number in range(1, 40):
        first.with_name(f"s{number}.ipynb").hardlink_to(first)
    peak, said = grade_folder(tmp_path)
    assert said == ["graded"] * 80
    assert peak < BATCH_MB
