"""Honest work with oddities: it gets its full marks, or a refusal that says what to do."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from grader.grade import grade
from grader.model import Lab, Report, Status
from grader.sandbox import Start
from tests.conftest import Grade, Submit

Document = dict[str, Any]

# Written in place of, or before, the answer to exercise two.
HABITS = {
    "warns and is noisy": "import warnings, sys\nwarnings.warn('old')\nprint('noise', file=sys.stderr)",
    "turns warnings into errors": "import warnings\nwarnings.simplefilter('error')",
    "prints five megabytes": "print('x' * 5_000_000)",
    "shows a figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
    "asks for input, caught": "try:\n    name = input('Who? ')\nexcept EOFError:\n    name = ''",
    "leaves the folder": "import os\nos.chdir('/')",
    "reuses the names of builtins": "list = [1]\ndata = sum = str = 3\ndel sum, str",
    "uses magics": "%time 1 + 1\n!ls\n%matplotlib inline",
    "awaits at the top": "import asyncio\nawait asyncio.sleep(0)\nasyncio.get_event_loop()",
    "runs a loop of its own": "import asyncio, threading\n"
    "t = threading.Thread(target=lambda: asyncio.run(asyncio.sleep(0)))\n"
    "t.start()\nt.join()",
    "leaves a thread running": "import threading, time\n"
    "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
    "draws random numbers": "import random\nrandom.random()",
    "closes standard output": "import sys\nsys.stdout.close()",
    "replaces standard output": "import io, sys\nsys.stdout = io.StringIO()",
    "logs at every level": "import logging\nlogging.basicConfig(level=0)\nlogging.debug('x')",
    "ends in an expression": "42",
    "sleeps within the limit": "import time\ntime.sleep(1)",
    "sets an alarm of its own": "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nsignal.alarm(1)",
    "defines a class in main": "import pickle\nclass A: pass\npickle.loads(pickle.dumps(A()))",
    "starts a process": "import subprocess\nsubprocess.run(['true'], check=True)",
    "writes Arabic": "print('مرحبا')\nاسم = 1",  # noqa: RUF001
    "changes the recursion limit": "import sys\nsys.setrecursionlimit(5000)",
    "installs an exception hook": "import sys\nsys.excepthook = None\n"
    "get_ipython().set_custom_exc((Exception,), lambda *a: None)",
}

ANSWER = "\n\ndef two(a, b):\n    return a + b\n"


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_costs_nothing(grade_toy: Grade, habit: str) -> None:
    report = grade_toy(two=HABITS[habit] + ANSWER)
    assert (report.status, report.score) == (Status.GRADED, 9), [cell.model_dump() for cell in report.cells]


@pytest.mark.parametrize(
    "ending", ["exit()", "quit()", "import sys\nsys.exit()", "raise SystemExit(1)", "1 / 0", "plot("]
)
def test_what_stands_after_the_last_answer_costs_nothing(grade_toy: Grade, ending: str) -> None:
    answer = "def three(a, b, c):\n    return a + b + c\n"
    report = grade_toy(three=answer) if ending == "plot(" else grade_toy(three=f"{answer}{ending}")
    assert report.score == 9


def remove_checks(document: Document) -> None:
    document["cells"] = [cell for cell in document["cells"] if not cell["id"].endswith("-check")]


def move_checks_to_the_top(document: Document) -> None:
    document["cells"].sort(key=lambda cell: not cell["id"].endswith("-check"))


def paste_a_blank_copy_above(document: Document) -> None:
    document["cells"].insert(0, {"cell_type": "code", "id": "two", "metadata": {}, "source": ""})


def paste_every_cell_twice(document: Document) -> None:
    document["cells"] = [cell for cell in document["cells"] for _ in range(2)]


def forget_ids_as_older_formats_do(document: Document) -> None:
    document["nbformat_minor"] = 2
    for cell in document["cells"]:
        del cell["id"]


def give_new_ids(document: Document) -> None:
    for number, cell in enumerate(document["cells"]):
        cell["id"] = f"new-{number}"


def add_an_import_to_the_setup_cell(document: Document) -> None:
    setup = next(cell for cell in document["cells"] if cell["id"] == "setup")
    setup["source"] += "\nimport operator"
    two = next(cell for cell in document["cells"] if cell["id"] == "two")
    two["source"] = "def two(a, b):\n    return operator.add(a, b)"


def define_a_function_in_a_scratch_cell(document: Document) -> None:
    index = next(number for number, cell in enumerate(document["cells"]) if cell["id"] == "two")
    document["cells"][index]["source"] = "def two(a, b):\n    return plus(a, b)"
    document["cells"].insert(index, {"cell_type": "code", "source": ["def plus(a, b):\n", "    return a + b"]})


def leave_thirty_megabytes_of_output(document: Document) -> None:
    two = next(cell for cell in document["cells"] if cell["id"] == "two")
    two["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 30_000_000}]


def tag_cells_to_be_skipped(document: Document) -> None:
    for cell in document["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "hide-input"]


def end_lines_as_windows_does(document: Document) -> None:
    for cell in document["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n")


def break_a_scratch_cell(document: Document) -> None:
    document["cells"].append({"cell_type": "code", "source": "plot(", "id": "scratch", "metadata": {}})


@pytest.mark.parametrize(
    "change",
    [remove_checks, move_checks_to_the_top, paste_a_blank_copy_above, paste_every_cell_twice,
     forget_ids_as_older_formats_do, give_new_ids, add_an_import_to_the_setup_cell, define_a_function_in_a_scratch_cell,
     leave_thirty_megabytes_of_output, tag_cells_to_be_skipped, end_lines_as_windows_does, break_a_scratch_cell],
)  # fmt: skip
def test_an_odd_file_costs_nothing(lab: Lab, submit: Submit, start: Start, change: Callable[[Document], None]) -> None:
    document = json.loads(submit().notebook)
    change(document)
    report = grade_document(lab, submit, start, json.dumps(document).encode())
    assert (report.status, report.score) == (Status.GRADED, 9), report.reason


def test_a_file_in_latin_1_is_refused_with_what_to_do(lab: Lab, submit: Submit, start: Start) -> None:
    notebook = submit(two="# café\ndef two(a, b): return a + b").notebook.decode().encode("latin-1")
    report = grade_document(lab, submit, start, notebook)
    assert report.status is Status.REJECTED
    assert "save it again from JupyterLab" in report.reason


def grade_document(lab: Lab, submit: Submit, start: Start, notebook: bytes) -> Report:
    return grade(lab, submit().model_copy(update={"notebook": notebook}), start, image="test")
