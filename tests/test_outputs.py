"""What the learner's process says it showed: taken only where it can be outputs, and only so much of it."""

import json
import tracemalloc

import pytest

from grader.model import CellRun, Report, Status
from grader.outputs import CELLS, OutputReader
from grader.report import render_html

CELL_BYTES = 262_144
TEXT = {"output_type": "stream", "name": "stdout", "text": "shown"}


@pytest.mark.parametrize("piece", [b"{},", b"[],", b'{"a":[]},', b"0,"])
def test_outputs_that_are_all_structure_are_dropped_unparsed(piece: bytes) -> None:
    body = bytearray(b"[" + piece * (3_000_000 // len(piece)) + b"{}]")
    reader = OutputReader(CELL_BYTES)
    tracemalloc.start()
    assert reader.read(body) == ()
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


@pytest.mark.parametrize("letters", ["{", "[", ",", '"', "\\", 'a",{['])
def test_signs_inside_a_text_cost_nothing(letters: str) -> None:
    text = {**TEXT, "text": letters * (CELL_BYTES // len(letters))}
    reader = OutputReader(2 * CELL_BYTES)
    for _ in range(10):
        assert reader.read(bytearray(json.dumps([text]).encode())) == (text,)


def test_many_cells_of_structure_together_stay_small_in_the_report() -> None:
    reader = OutputReader(CELL_BYTES)
    deep = b'{"a":[[[[[[[[[[]]]]]]]]]]},'
    body = bytearray(b"[" + deep * (CELL_BYTES // len(deep) // 8) + b"{}]")
    tracemalloc.start()
    runs = [CellRun(id=f"c{n}", exercise=None, source="", state="ran", outputs=reader.read(body)) for n in range(CELLS)]
    report = Report(submission="s", submission_digest="", learner="s", lab="l", status=Status.GRADED, cells=tuple(runs))
    assert render_html(report)
    assert report.model_dump_json(indent=2)
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()
    assert 2 < sum(bool(run.outputs) for run in runs) < CELLS


@pytest.mark.parametrize("body", [b"", b"[1]", b"{}", b"[", b"\xff", b"[NaN]", b"[" * 10_000, b'[{"a":' * 30])
def test_what_is_no_list_of_objects_is_no_output(body: bytes) -> None:
    assert OutputReader(CELL_BYTES).read(bytearray(body)) == ()
