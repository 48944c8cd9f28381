"""The command line as its users run it: output, exit codes, and words for what went wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.model import Lab
from tests.conftest import TOY, TOYS, Submit


def pivotlab(*arguments: str | Path, environment: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", "from grader.cli import main; main()", *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=120,
        env=os.environ | {"PIVOTLAB_LABS": str(TOYS), "COLUMNS": "120"} | (environment or {}),
    )  # fmt: skip


def test_full_marks_exit_0_with_both_reports_and_their_paths(tmp_path: Path, submit: Submit) -> None:
    (tmp_path / "amal.ipynb").write_bytes(submit().notebook)
    done = pivotlab("grade", tmp_path / "amal.ipynb", "--out", tmp_path / "out", "--sandbox", "process")
    assert done.returncode == 0, done.stderr
    assert "NOT ISOLATED" in done.stderr
    assert str(tmp_path / "out" / "amal.json") in done.stdout
    assert json.loads((tmp_path / "out" / "amal.json").read_text())["score"] == 9
    assert "<html" in (tmp_path / "out" / "amal.html").read_text()


def test_lost_marks_exit_1_and_json_has_the_scores(tmp_path: Path, submit: Submit) -> None:
    (tmp_path / "amal.ipynb").write_bytes(submit(three="1").notebook)
    done = pivotlab("grade", tmp_path, "--out", tmp_path / "out", "--sandbox", "process", "--json")
    assert done.returncode == 1, done.stderr
    (row,) = json.loads(done.stdout)
    assert (row["learner"], row["status"], row["score"], row["points"]) == ("amal", "graded", 5, 9)
    assert row["exercises"] == {"one": 1, "two": 4, "three": 0}


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"not json", "not JSON"), (b'{"nbformat": 3}', "nbconvert"), (b'{"nbformat": 4, "cells": []}', "no cells")],
)
def test_a_broken_file_exits_2_with_a_clear_message_and_no_score(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "broken.ipynb").write_bytes(content)
    done = pivotlab("grade", tmp_path / "broken.ipynb", "--out", tmp_path / "out", "--sandbox", "process")
    assert done.returncode == 2
    assert said in done.stderr
    assert "0 / " not in done.stdout
    assert json.loads((tmp_path / "out" / "broken.json").read_text())["status"] == "rejected"
    assert not [file for file in (tmp_path / "out").iterdir() if file.suffix not in {".json", ".html"}]


def formats(folder: Path) -> tuple[str | Path, ...]:
    return ("--csv", folder / "all.csv", "--junit", folder / "all.xml", "--sarif", folder / "all.sarif",
            "--markdown", folder / "all.md")  # fmt: skip


def test_each_format_has_every_submission_the_resumed_and_the_rejected_too(tmp_path: Path, submit: Submit) -> None:
    work = tmp_path / "work"
    work.mkdir()
    arguments = ("grade", work, "--out", tmp_path / "out", "--sandbox", "process")
    (work / "amal.ipynb").write_bytes(submit(three="1").notebook)
    assert pivotlab(*arguments).returncode == 1
    (work / "basma.ipynb").write_bytes(submit().notebook)
    (work / "broken.ipynb").write_bytes(b"not json")
    done = pivotlab(*arguments, *formats(tmp_path / "new" / "folder"))
    assert done.returncode == 2, done.stderr
    written = {file.name: file.read_bytes().decode("utf-8-sig") for file in (tmp_path / "new" / "folder").iterdir()}
    assert sorted(written) == ["all.csv", "all.md", "all.sarif", "all.xml"]
    everybody = ["amal", "basma", "broken"]
    assert {name: [learner for learner in everybody if learner in text] for name, text in written.items()} == {
        "all.csv": everybody, "all.md": everybody, "all.sarif": ["amal", "broken"], "all.xml": everybody,
    }  # fmt: skip


@pytest.mark.parametrize("wrong", ["file/all.csv", "folder", "work/amal.ipynb"])
def test_a_file_that_cannot_be_written_is_told_before_anything_is_graded(
    tmp_path: Path, submit: Submit, wrong: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "work").mkdir()
    notebook = tmp_path / "work" / "amal.ipynb"
    notebook.write_bytes(submit().notebook)
    done = pivotlab("grade", notebook, "--out", tmp_path / "out", "--sandbox", "process", "--csv", tmp_path / wrong)
    assert (done.returncode, str(tmp_path / wrong) in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()
    assert notebook.read_bytes() == submit().notebook


def test_a_missing_file_exits_2_and_writes_nothing(tmp_path: Path) -> None:
    done = pivotlab("grade", tmp_path / "none.ipynb", "--out", tmp_path / "out")
    assert (done.returncode, "no such file" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


def test_an_unsound_lab_exits_3(tmp_path: Path, lab: Lab) -> None:
    place = tmp_path / "labs" / TOY
    place.mkdir(parents=True)
    (place.parent / "path.toml").write_bytes((TOYS / TOY).parent.joinpath("path.toml").read_bytes())
    (place / "lab.toml").write_text("title = 1")
    (tmp_path / "amal.ipynb").write_bytes(lab.notebook)
    done = pivotlab("grade", tmp_path / "amal.ipynb", "--labs", tmp_path / "labs", "--sandbox", "process")
    assert (done.returncode, "lab.toml" in done.stderr) == (3, True)


@pytest.mark.parametrize("kind", ["auto", "docker"])
def test_an_engine_that_is_down_is_no_reason_to_run_unprotected(tmp_path: Path, submit: Submit, kind: str) -> None:
    (tmp_path / "amal.ipynb").write_bytes(submit().notebook)
    arguments = ("grade", tmp_path / "amal.ipynb", "--out", tmp_path / "out", "--sandbox", kind)
    done = pivotlab(*arguments, environment={"DOCKER_HOST": "unix:///nowhere/docker.sock"})
    assert done.returncode == 4
    assert "no Docker engine answers" in done.stderr
    assert "docker/engine.sh" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_stale_notebook_is_told_and_then_mended(tmp_path: Path) -> None:
    subprocess.run(["cp", "-r", TOYS, tmp_path / "labs"], check=True)
    source = tmp_path / "labs" / TOY / "source.py"
    source.write_text(source.read_text().replace("# # Sums", "# # Totals"))
    stale = pivotlab("notebook", TOY, "--check", "--labs", tmp_path / "labs")
    assert (stale.returncode, "run: pivotlab notebook" in stale.stderr) == (3, True)
    assert pivotlab("notebook", TOY, "--labs", tmp_path / "labs").returncode == 0
    assert pivotlab("notebook", TOY, "--check", "--labs", tmp_path / "labs").returncode == 0


COMMANDS = ("paths", "start", "check", "submit", "testout", "progress", "grade", "attack", "doctor", "images build",
            "images list", "keys new", "pack", "verify-receipt", "notebook", "verify", "calibrate",
            "similarity")  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_help_with_an_example(command: str) -> None:
    done = pivotlab(*command.split(), "--help")
    assert done.returncode == 0
    assert "Example: pivotlab" in " ".join(done.stdout.split())


def test_a_wrong_option_exits_2_and_points_to_help() -> None:
    done = pivotlab("grade", "--sandbox", "magic", "a.ipynb")
    assert (done.returncode, "--help" in done.stderr) == (2, True)


def test_the_version_is_told() -> None:
    assert pivotlab("--version").stdout.startswith("pivotlab 0.")


@pytest.mark.parametrize("group", [(), ("course",), ("images",)])
def test_a_group_without_a_command_shows_its_help_and_no_complaint(group: tuple[str, ...]) -> None:
    done = pivotlab(*group)
    assert "Usage:" in done.stdout
    assert done.stderr == ""


def test_no_command_pays_for_a_grammar_that_no_notebook_needs() -> None:
    """Where JupyterLab is installed, jsonschema would build one at every start."""
    code = "import sys, grader.cli; sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
