"""The learner's commands as learners run them: on the toy lab, in a work folder of their own."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.learning.handing_in import SEAL, Seal, hand_in
from grader.learning.records import Deed, Record, add_record, read_records
from grader.model import Lab
from tests.conftest import TOY, Submit
from tests.test_cli import pivotlab

Completed = subprocess.CompletedProcess


def learner(work: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    return pivotlab(*arguments, environment={"PIVOTLAB_WORK": str(work)})


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "my work"


@pytest.fixture
def notebook(work: Path, submit: Submit) -> Path:
    file = work / TOY / "01-sums.ipynb"
    file.parent.mkdir(parents=True)
    file.write_bytes(submit().notebook)
    return file


def record(deed: Deed, earned: float = 0, possible: float = 0, *, day: int = 1, lab: str = TOY) -> Record:
    at = datetime(2026, 3, day, tzinfo=UTC)
    return Record(deed=deed, lab=lab, lab_version="v", at=at, earned=earned, possible=possible)


def test_paths_show_labs_minutes_skills_and_where_one_stands(work: Path) -> None:
    shown = learner(work, "paths")
    assert shown.returncode == 0, shown.stderr
    assert "From counting to summing" in shown.stdout
    row = next(line for line in shown.stdout.splitlines() if "01-sums" in line)
    assert row.split() == ["01-sums", "Sums", "5", "adding", "-"]
    assert "Begin with the first lab" in shown.stdout
    add_record(work, record(Deed.TESTED, 4, 9, day=2))
    add_record(work, record(Deed.TESTED, 3, 9, day=3))
    shown = learner(work, "paths")
    assert "4 / 9 on 2026-03-02" in shown.stdout
    assert f"Next: pivotlab start {TOY}" in shown.stdout


def test_paths_as_json(work: Path) -> None:
    add_record(work, record(Deed.TESTED, 9, 9))
    (row,) = json.loads(learner(work, "paths", "--json").stdout)
    assert (row["lab"], row["points"], row["stage"], row["best"]) == (TOY, 9, "done", 9)


def test_check_exits_0_when_nothing_is_left_to_mend(work: Path, notebook: Path) -> None:
    done = learner(work, "check", notebook)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 of 3 exercises pass" in done.stdout
    (kept,) = read_records(work)
    assert (kept.deed, kept.lab, kept.earned, kept.possible) == (Deed.CHECKED, TOY, 3, 3)


def test_check_exits_1_and_says_what_is_left(work: Path, notebook: Path, submit: Submit) -> None:
    notebook.write_bytes(submit(one="def one(a):\n    return a").notebook)
    done = learner(work, "check", notebook)
    assert done.returncode == 1
    assert "After 1 comes 2." in done.stdout
    as_json = json.loads(learner(work, "check", notebook, "--json").stdout)
    assert [one["said"] for one in as_json["exercises"]] == ["After 1 comes 2.", "", ""]


def test_check_of_a_notebook_elsewhere_is_no_deed_of_the_learner(work: Path, tmp_path: Path, submit: Submit) -> None:
    (tmp_path / "theirs.ipynb").write_bytes(submit().notebook)
    assert learner(work, "check", tmp_path / "theirs.ipynb").returncode == 0
    assert read_records(work) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        (b"no notebook", "not JSON"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code"}]}', "begin with `pivotlab start"),
    ],
)
def test_what_is_no_notebook_of_a_lab_exits_2_with_its_mend(
    work: Path, tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "x.ipynb").write_bytes(content)
    done = learner(work, "check", tmp_path / "x.ipynb")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


TELLS = "import json, os, sys; print(json.dumps([sys.argv[1:], os.environ['OMP_NUM_THREADS']]))"


def start(work: Path, tmp_path: Path, lab: str = TOY, *, jupyterlab: str = TELLS) -> "Completed[str]":
    """`pivotlab start`, with a package `jupyterlab` that says how it was called: the real one has its own test."""
    fake = tmp_path / "fake" / "jupyterlab"
    fake.mkdir(parents=True, exist_ok=True)
    (fake / "__init__.py").touch()
    (fake / "__main__.py").write_text(jupyterlab)
    return pivotlab(
        "start", lab, "--no-browser",
        environment={"PIVOTLAB_WORK": str(work), "PYTHONPATH": f"{tmp_path / 'fake'}:{Path.cwd()}"},
    )  # fmt: skip


def test_start_copies_the_lab_and_opens_jupyterlab_on_it_with_one_thread(work: Path, tmp_path: Path, lab: Lab) -> None:
    done = start(work, tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"You add in your sleep. Then test out of it: pivotlab testout {TOY}" in done.stdout
    notebook = work / TOY / "01-sums.ipynb"
    assert notebook.read_bytes() == lab.notebook
    assert (work / TOY / "data" / "two.txt").is_file()
    called, threads = json.loads(done.stdout.splitlines()[-1])
    assert called[:2] == [f"--notebook-dir={work}", "--no-browser"]
    assert f"--LabApp.default_url=/lab/tree/{TOY}/01-sums.ipynb" in called
    assert threads == "1"
    assert [one.deed for one in read_records(work)] == [Deed.STARTED]


@pytest.mark.parametrize("code", [0, 3])
def test_jupyterlab_ends_when_its_server_does_though_a_thread_of_it_waits(
    work: Path, tmp_path: Path, code: int
) -> None:
    waits = f"import sys, threading; threading.Thread(target=threading.Event().wait).start(); sys.exit({code})"
    assert start(work, tmp_path, jupyterlab=waits).returncode == code


def test_start_never_writes_over_work_and_says_what_is_there(work: Path, tmp_path: Path, notebook: Path) -> None:
    mine = notebook.read_bytes()
    (notebook.parent / "data").mkdir()
    (notebook.parent / "data" / "two.txt").write_text("22")
    done = start(work, tmp_path)
    assert "yours of 20" in done.stdout
    assert notebook.read_bytes() == mine
    assert (notebook.parent / "data" / "two.txt").read_text() == "22"


def test_start_says_what_differs_from_the_pins(work: Path, tmp_path: Path) -> None:
    done = start(work, tmp_path)
    assert "duckdb: is not installed, the lab is graded with" in done.stderr
    assert "pip install -r environments/core.txt" in done.stderr
    assert "pandas:" not in done.stderr


def test_start_of_an_unknown_lab_names_those_there_are(work: Path, tmp_path: Path) -> None:
    done = start(work, tmp_path, "counting/02-nothing")
    assert (done.returncode, TOY in done.stderr) == (2, True)
    assert not work.exists()


def test_submit_seals_a_copy_and_grade_finds_it(work: Path, notebook: Path, tmp_path: Path) -> None:
    to = tmp_path / "handed in"
    to.mkdir()
    done = learner(work, "submit", notebook, "--to", to, "--as", "amal")
    assert done.returncode == 0, done.stderr
    (copy,) = to.rglob("*.ipynb")
    assert copy.read_bytes() == notebook.read_bytes()
    assert copy.relative_to(to).parts[:3] == ("amal", *TOY.split("/"))
    assert f"handed in: {copy}" in done.stdout
    graded = pivotlab("grade", to, "--out", tmp_path / "reports", "--sandbox", "process", "--json")
    (row,) = json.loads(graded.stdout)
    assert (row["learner"], row["score"]) == ("amal", 9)
    assert [one.deed for one in read_records(work)] == [Deed.SUBMITTED]


def test_submit_takes_an_answer_that_fails_and_says_so(
    work: Path, notebook: Path, tmp_path: Path, submit: Submit
) -> None:
    notebook.write_bytes(submit(one="1 / 0").notebook)
    done = learner(work, "submit", notebook, "--to", tmp_path)
    assert done.returncode == 0
    assert "2 of 3 exercises pass" in done.stdout
    assert "It is handed in as it is" in done.stdout


def test_submit_to_no_folder_is_refused(work: Path, notebook: Path, tmp_path: Path) -> None:
    done = learner(work, "submit", notebook, "--to", tmp_path / "nowhere")
    assert (done.returncode, "ask where your instructor collects" in done.stderr) == (2, True)


NAMES = ["amal", "Amal Said", "../../etc", "a\"b'c", "أمل", "x" * 200, "a\nb", ".", "CON"]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_any_name_hands_in_below_the_folder_and_stands_in_the_seal(tmp_path: Path, lab: Lab, name: str) -> None:
    copy = hand_in(lab, b"{}", name, tmp_path)
    assert copy.resolve().is_relative_to(tmp_path.resolve())
    seal = Seal.model_validate_json((copy.parent / SEAL).read_bytes())
    assert (seal.learner, seal.lab, seal.lab_version) == (name, lab.id, lab.version)
    assert seal.sha256 == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_two_in_one_second_both_stay(tmp_path: Path, lab: Lab) -> None:
    copies = {hand_in(lab, content, "amal", tmp_path) for content in (b"1", b"2", b"3")}
    assert sorted(copy.read_bytes() for copy in copies) == [b"1", b"2", b"3"]


def test_a_place_that_cannot_be_made_is_named_and_nothing_is_left(tmp_path: Path, lab: Lab) -> None:
    (tmp_path / "amal").write_text("a file where a folder should be")
    with pytest.raises(UsageError, match=r"cannot be made: .*; ask for the right to write there"):
        hand_in(lab, b"{}", "amal", tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["amal"]


def test_testout_makes_a_notebook_without_lessons_and_then_grades_it(work: Path, lab: Lab, submit: Submit) -> None:
    first = learner(work, "testout", TOY, "--sandbox", "process")
    assert first.returncode == 0, first.stderr
    file = work / TOY / "01-sums-testout.ipynb"
    document = json.loads(file.read_bytes())
    ids = [cell["id"] for cell in document["cells"]]
    assert ids == ["testout", "setup", "one-title", "one", "two-title", "two", "three-title", "three"]
    again = learner(work, "testout", TOY, "--sandbox", "process")
    assert again.returncode == 1
    assert "0 of 9 points: not enough" in again.stdout
    answers = {cell["id"]: cell["source"] for cell in json.loads(submit().notebook)["cells"]}
    for cell in document["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    file.write_text(json.dumps(document))
    passed = learner(work, "testout", TOY, "--sandbox", "process")
    assert passed.returncode == 0, passed.stdout
    assert "9 of 9 points: you can skip this lab" in passed.stdout
    assert "<html" in file.with_suffix(".html").read_text()
    assert "9 / 9 on" in learner(work, "paths").stdout


def test_progress_writes_a_page_with_the_map_the_skills_and_what_is_next(work: Path) -> None:
    before = learner(work, "progress")
    assert before.returncode == 0, before.stderr
    page = (work / "progress.html").read_text()
    assert "pivotlab start counting/01-sums" in page
    assert "Skills gained" not in page
    add_record(work, record(Deed.SUBMITTED, 1, 3))
    blank = learner(work, "progress")
    assert "1 of 1 labs done or handed in, 0 skills gained" in blank.stdout
    add_record(work, record(Deed.TESTED, 9, 9))
    done = learner(work, "progress")
    assert "1 of 1 labs done or handed in, 1 skills gained" in done.stdout
    page = (work / "progress.html").read_text()
    assert "Every lab is handed in or done." in page
    assert ">adding</span>" in page
    assert 'class="stage-done"' in page
    assert "done · 9 / 9 on 2026-03-01 · 5 min" in page


def test_records_outlive_a_torn_line(tmp_path: Path) -> None:
    add_record(tmp_path, record(Deed.STARTED))
    with (tmp_path / ".pivotlab/records.jsonl").open("ab") as stream:
        stream.write(b'{"deed": "tes\n')
    add_record(tmp_path, record(Deed.TESTED, 1, 2))
    assert [one.deed for one in read_records(tmp_path)] == [Deed.STARTED, Deed.TESTED]
