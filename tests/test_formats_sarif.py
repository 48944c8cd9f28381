"""SARIF: held against the rules of the standard that matter; places, notifications, and no text that does anything."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
import pytest

from grader.formats.sarif import FIELD_CHARACTERS, render_sarif
from grader.grade import grade
from grader.model import CellRun, Lab, Report
from grader.rendering import one_line
from grader.sandbox import ProcessSandbox
from tests.conftest import Submit
from tests.hostile import FIELDS, reports_with, twins
from tests.test_report import rejected, report, result, ungraded

# Of each kind of object: which properties it must have and which others it may, and what is in them. The numbers are
# the sections of SARIF 2.1.0.
KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "sarifLog 3.13": ({"version": "2.1.0", "runs": ["run 3.14"]}, {"$schema": str}),
    "run 3.14": (
        {"tool": "tool 3.18"},
        {"originalUriBaseIds": dict, "columnKind": {"utf16CodeUnits", "unicodeCodePoints"},
         "invocations": ["invocation 3.20"], "results": ["result 3.27"]},
    ),
    "tool 3.18": ({"driver": "toolComponent 3.19"}, {}),
    "toolComponent 3.19": (
        {"name": str},
        {"version": str, "rules": ["reportingDescriptor 3.49"], "notifications": ["reportingDescriptor 3.49"]},
    ),
    "reportingDescriptor 3.49": ({"id": str}, {"shortDescription": "message 3.11"}),
    "message 3.11": ({"text": str}, {}),
    "invocation 3.20": (
        {"executionSuccessful": bool}, {"toolExecutionNotifications": ["notification 3.58"]},
    ),
    "notification 3.58": (
        {"message": "message 3.11"},
        {"descriptor": "reference 3.52", "level": {"none", "note", "warning", "error"},
         "locations": ["location 3.28"]},
    ),
    "reference 3.52": ({"id": str}, {}),
    "result 3.27": (
        {"message": "message 3.11"},
        {"ruleId": str, "ruleIndex": int, "level": {"none", "note", "warning", "error"},
         "locations": ["location 3.28"]},
    ),
    "location 3.28": ({}, {"physicalLocation": "physicalLocation 3.29", "logicalLocations": ["logicalLocation 3.33"]}),
    "physicalLocation 3.29": ({"artifactLocation": "artifactLocation 3.4"}, {"region": "region 3.30"}),
    "artifactLocation 3.4": ({"uri": str}, {"uriBaseId": str}),
    "region 3.30": ({"startLine": int}, {}),
    "logicalLocation 3.33": ({"name": str}, {"kind": str, "fullyQualifiedName": str}),
}  # fmt: skip
# RFC 3986: a path alone, so no scheme, host, query or fragment.
RELATIVE = re.compile(r"(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})+(?:/(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})+)*")
# A plain message as 3.11.5 and 3.11.6 have it: whatever could be a placeholder or a link is escaped.
PLAIN = re.compile(r"(?:[^\\{}\[\]]|\\[\\\[\]]|\{\{|\}\})+")


def check(value: Any, kind: Any) -> None:
    if isinstance(kind, list):
        assert isinstance(value, list)
        for one in value:
            check(one, kind[0])
    elif isinstance(kind, str) and kind in KINDS:
        needed, allowed = KINDS[kind]
        assert needed.keys() <= value.keys() <= needed.keys() | allowed.keys(), kind
        for key, one in value.items():
            check(one, (needed | allowed)[key])
        assert kind != "message 3.11" or PLAIN.fullmatch(value["text"])
    elif isinstance(kind, type):
        assert type(value) is kind
    else:
        assert value in (kind if isinstance(kind, set) else {kind})


def read(reports: Sequence[Report], notebooks: Mapping[str, Path] | None = None) -> Any:
    """The one run of what was written, after a check against the standard."""
    document = json.loads(render_sarif(reports, notebooks).encode(), parse_constant=pytest.fail)
    check(document, "sarifLog 3.13")
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    rules = [rule["id"] for rule in driver["rules"]]
    assert len(set(rules)) == len(rules)
    for found in run["results"]:
        assert rules[found["ruleIndex"]] == found["ruleId"]
    noted = {note["descriptor"]["id"] for note in run["invocations"][0]["toolExecutionNotifications"]}
    assert noted <= {one["id"] for one in driver["notifications"]}
    for place in places(run):
        assert RELATIVE.fullmatch(place["artifactLocation"]["uri"])
        assert not {".", ".."} & set(re.split(r"[/\\]", unquote(place["artifactLocation"]["uri"])))
        assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
        assert place.get("region", {}).get("startLine", 1) >= 1
    return run


def places(run: Any) -> list[Any]:
    told = [*run["results"], *run["invocations"][0]["toolExecutionNotifications"]]
    return [place["physicalLocation"] for one in told for place in one["locations"]]


def outline(value: Any) -> Any:
    """The document without its texts, and without the line that a text may name."""
    if isinstance(value, dict):
        return {key: outline(one) for key, one in value.items() if key not in {"region", "fullyQualifiedName"}}
    if isinstance(value, list):
        return [outline(one) for one in value]
    return None if isinstance(value, str) else value


def texts(value: Any) -> list[str]:
    if isinstance(value, dict | list):
        return [text for one in (value.values() if isinstance(value, dict) else value) for text in texts(one)]
    return [value] if isinstance(value, str) else []


def test_rules_are_titles_and_results_are_the_tests_that_were_not_passed() -> None:
    run = read([report(), report(submission="b")])

    assert [(rule["id"], rule["shortDescription"]["text"]) for rule in run["tool"]["driver"]["rules"]] == [
        ("path/lab/clean/1", "Title of clean passed"), ("path/lab/clean/2", "Title of clean passed"),
        ("path/lab/model/1", "Title of model failed"), ("path/lab/model/2", "Title of model passed"),
    ]  # fmt: skip
    assert [(found["ruleId"], found["message"]["text"]) for found in run["results"]] == [
        ("path/lab/model/1", "Title of model failed (failed) Hint: Look at the split.")
    ] * 2
    assert [place["artifactLocation"]["uri"] for place in places(run)] == ["amina/hw.ipynb", "b.ipynb"]
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_rules_of_several_labs_stay_apart() -> None:
    run = read([report(), report(lab="path/other")])

    assert len(run["tool"]["driver"]["rules"]) == 8
    assert [found["ruleId"] for found in run["results"]] == ["path/lab/model/1", "path/other/model/1"]


@pytest.mark.parametrize(
    ("outcome", "level"),
    [("failed", "error"), ("timeout", "error"), ("crashed", "error"), ("error", "warning"), ("missing", "warning")],
)
def test_a_fault_that_is_not_the_learners_is_a_warning(outcome: str, level: str) -> None:
    (found,) = read([report(results=(result("model", outcome, reason="so"),))])["results"]

    assert found["level"] == level
    assert ": so)" in found["message"]["text"]


def test_a_result_says_cell_and_line_where_the_report_does() -> None:
    cells = (
        CellRun(
            id="clean", exercise="clean", source="", state="raised", reason="KeyError in cell setup-changed, line 12"
        ),
        CellRun(id="model", exercise="model", source="", state="ran"),
    )
    failed = (result("clean", "failed"), result("model", "failed"), result("plot", "failed"))

    places = [found["locations"][0] for found in read([report(results=failed, cells=cells)])["results"]]

    assert [place.get("logicalLocations") for place in places] == [
        [{"name": "setup-changed", "kind": "cell", "fullyQualifiedName": "cell setup-changed, line 12"}],
        [{"name": "model", "kind": "cell"}], None,
    ]  # fmt: skip
    assert not any("region" in place["physicalLocation"] for place in places)


@pytest.mark.parametrize("source", ["x = 1\n1 / 0", "x = 1\nwhile True:\n    pass"])
def test_a_place_is_read_from_what_the_grader_itself_writes(
    source: str, lab: Lab, submit: Submit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = lab.model_copy(update={"limits": lab.limits.model_copy(update={"seconds": 2})})
    submission = submit(one=source)
    # As JupyterLab saves it: a cell is a list of its lines.
    document = nbformat.reads(submission.notebook.decode(), as_version=4)
    notebook = tmp_path / "work" / "somebody.ipynb"
    notebook.parent.mkdir()
    nbformat.write(document, notebook)
    monkeypatch.chdir(tmp_path)

    graded = grade(
        quick, submission.model_copy(update={"notebook": notebook.read_bytes()}), ProcessSandbox, image="process"
    )

    place = read([graded], {"somebody": notebook})["results"][0]["locations"][0]
    assert place["logicalLocations"][0]["name"] == "one"
    physical = place["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "work/somebody.ipynb"
    line = notebook.read_text().splitlines()[physical["region"]["startLine"] - 1].strip()
    assert line.strip('",') in {"1 / 0", "while True:\\n", "    pass"}


@pytest.mark.parametrize(
    "reason",
    ["KeyError", "E in cell <b>, line 3", "E in cell a b, line 3", "E in cell clean, line 0",
     "E in cell clean, line -1", "E in cell clean, line ٣",
     "E in cell clean, line 99999999999999999999", "E in cell clean, line 3 "],
)  # fmt: skip
def test_a_reason_that_ends_in_no_place_leaves_the_exercises_own_cell(reason: str) -> None:
    cell = CellRun(id="clean", exercise="clean", source="", state="raised", reason=reason)

    (found,) = read([report(results=(result("clean", "failed"),), cells=(cell,))])["results"]

    assert found["locations"][0]["logicalLocations"] == [{"name": "clean", "kind": "cell"}]
    assert "region" not in found["locations"][0]["physicalLocation"]


def test_what_has_no_score_makes_the_run_an_unsuccessful_one_and_has_no_result() -> None:
    run = read([rejected(submission="a"), ungraded(submission="b", results=(result("clean", "failed"),))])

    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [(one["descriptor"]["id"], one["message"]["text"]) for one in invocation["toolExecutionNotifications"]] == [
        ("rejected", "the file has no cells"), ("ungraded", "not graded yet: something went wrong on our side"),
    ]  # fmt: skip
    assert [place["artifactLocation"]["uri"] for place in places(run)] == ["a.ipynb", "b.ipynb"]
    assert run["results"] == []


def test_a_learner_reads_no_name_detail_or_time_of_a_test_and_no_error_of_ours() -> None:
    slow = report(results=(result("clean", "failed", seconds=41.25), result("model", "error", seconds=41.25)))

    written = render_sarif([report(), slow, ungraded()])

    for secret in ("SECRET", "test_of_", "41"):
        assert secret not in written


def test_a_name_of_many_languages_leads_to_its_file() -> None:
    (place,) = places(read([report(submission="أمينة/hw 1 #2?", results=(result("model", "failed"),))]))

    assert unquote(place["artifactLocation"]["uri"]) == "أمينة/hw 1 #2?.ipynb"


@pytest.mark.parametrize("attack", FIELDS)
def test_hostile_text_changes_nothing_but_text(attack: str) -> None:
    hostile = read(reports_with(FIELDS[attack]))

    assert outline(hostile) == outline(read(twins()))
    assert all(one_line(text, 10**9) == text for text in texts(hostile))
    assert all(len(text) <= 3 * FIELD_CHARACTERS for text in texts(hostile) if "%" not in text)
