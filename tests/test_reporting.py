"""What `pivotlab grade` prints and writes about hostile submissions: nobody who reads it obeys them."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from grader.attacks.attack import Attack
from grader.model import Status
from grader.rendering import make_visible
from tests.readers import ATTACKS, FORMATS, NOT_UTF8, Readings, grade_attacks
from tests.test_cli import pivotlab

pytestmark = pytest.mark.xdist_group("readers")
# What begins a line of ours on either stream; all else is set in.
OURS = re.compile(
    r"NOT ISOLATED|rejected: |ungraded: |\d+ graded, \d+ rejected, \d+ ungraded$|/[!-~]+/out/\S+\.json  /| |$"
)
ORDERS = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)


def check_printed(said: bytes) -> None:
    text = said.decode()
    assert make_visible(text, keep="\n") == text
    assert ORDERS.findall(text) == []
    assert [line for line in text.split("\n") if not OURS.match(line)] == []


@pytest.fixture(scope="module")
def place(readings: Readings) -> Path:
    return readings.folder.parent


def test_the_table_and_the_words_obey_nobody(readings: Readings) -> None:
    assert readings.code == 2, readings.stderr
    check_printed(readings.stdout)
    check_printed(readings.stderr)


def test_every_refused_name_is_told_on_one_line_with_its_reason(readings: Readings) -> None:
    refused = [report for attack in ATTACKS for report, _ in readings.reports(attack) if report.score is None]

    lines = [line for line in readings.stderr.decode().split("\n") if line.startswith("rejected: ")]

    # One more is the name that no JSON holds.
    assert len(lines) == len(refused) + 1 > 70
    assert max(map(len, lines)) < 2_200


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_every_submission_has_a_report_of_its_own_with_its_own_words(readings: Readings, attack: Attack) -> None:
    for report, page in readings.reports(attack):
        expected = attack.file.expected[report.submission.removeprefix(f"{attack.folder.name}/")]
        assert report.status is expected.status, report.reason
        assert page.is_file()
        said = report.model_dump_json()
        assert all(text in said for text in expected.shows)


def test_no_name_makes_two_reports_one_or_leaves_the_folder(readings: Readings) -> None:
    submissions = {report.submission for attack in ATTACKS for report, _ in readings.reports(attack)}
    files = list(readings.folder.iterdir())

    assert len(files) == 2 * (len(submissions) + 1)
    assert sorted(file.name for file in readings.folder.parent.iterdir()) == sorted(["inbox", "out", *FORMATS])
    assert len({file.name.casefold() for file in files}) == len(files)


def test_a_name_that_is_no_utf8_costs_nobody_their_json(place: Path) -> None:
    again = grade_attacks(place, "--json")

    text = again.stdout.decode()
    assert make_visible(text, keep="\n") == text
    rows = json.loads(text)
    assert NOT_UTF8.decode(errors="surrogateescape") in {row["submission"] for row in rows}
    assert sum(row["status"] == "graded" for row in rows) == sum(
        expected.status is Status.GRADED for attack in ATTACKS for expected in attack.file.expected.values()
    )


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_the_json_of_a_report_steers_no_terminal_that_shows_it(readings: Readings, attack: Attack) -> None:
    for _, page in readings.reports(attack):
        text = page.with_suffix(".json").read_bytes().decode()
        assert make_visible(text, keep="\n") == text


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_holds_a_control_character_or_a_line_of_theirs(place: Path, name: str) -> None:
    text = (place / name).read_bytes().decode().removeprefix("\ufeff").replace("\r\n", "\n")

    assert make_visible(text, keep="\n") == text
    # In names and reasons these stand after a line's end. That a CSV's row begins with a name is as it should be.
    assert not re.search(r"^\s*(::error::|10 of 10|\[x\])", text, re.MULTILINE)


def test_the_xml_has_a_suite_for_each_submission_and_no_more(readings: Readings, place: Path) -> None:
    suites = ET.parse(place / "junit").getroot()

    assert len(suites) == len(list(readings.folder.glob("*.json")))
    assert "10 of 10" not in {case.get("name") for case in suites.iter("testcase")}


def test_a_missing_file_with_lines_in_its_name_begins_no_line(tmp_path: Path) -> None:
    name = "a\n::error::b\x1b[2J"

    said = pivotlab("grade", tmp_path / name, environment={"COLUMNS": "80"})

    assert said.returncode == 2
    assert [line[:11] for line in said.stderr.split("\n") if line] == ["pivotlab: /", "  : :error:"]
    assert "\x1b" not in said.stderr


def test_a_log_of_our_own_fault_begins_no_line_with_theirs() -> None:
    # As grader.batch tells of it; such a fault cannot be had for the asking.
    program = r"""
import logging
from grader import cli

def fail(**_):
    try:
        raise ValueError("a\n::error::b\x1b[2J")
    except ValueError:
        logging.getLogger("grader.batch").exception("grading %s failed", "x\n::error::y")

cli.app = fail
cli.main()
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False).stderr

    assert "ValueError: a\n  : :error: :b␛[2J" in said
    assert ORDERS.findall(said) == []
