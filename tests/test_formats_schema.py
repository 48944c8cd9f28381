"""The published schema is today's, and every report that is written is as it says."""

import json
from pathlib import Path

import jsonschema
import pytest

from grader.formats.schema import FORMAT, IDENTITY, render_schema, report_schema
from grader.model import Report
from grader.report import write_report
from tests.test_report import rejected, report, ungraded

PUBLISHED = Path(__file__).parent.parent / "docs" / "report.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(report_schema())


def test_the_published_schema_is_not_stale() -> None:
    assert PUBLISHED.read_text() == render_schema(), "run: make schema"


def test_the_schema_is_one_and_names_the_formats_version() -> None:
    jsonschema.Draft202012Validator.check_schema(report_schema())
    assert report_schema()["$id"] == IDENTITY == f"urn:pivotlab:report:{FORMAT}"
    assert report_schema()["properties"]["format"]["const"] == FORMAT


@pytest.mark.parametrize("one", [report(), rejected(), ungraded(), report(status="checked"), report().for_learner()])
def test_a_written_report_is_as_the_schema_says(tmp_path: Path, one: Report) -> None:
    written, _ = write_report(one, tmp_path)
    document = json.loads(written.read_text())
    assert document["format"] == FORMAT
    VALIDATOR.validate(document)


@pytest.mark.parametrize("wrong", [{"score": "9"}, {"format": 2}, {"more": 1}, {"status": "perfect"}])
def test_what_is_no_report_is_not_as_the_schema_says(tmp_path: Path, wrong: dict[str, object]) -> None:
    written, _ = write_report(report(), tmp_path)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(json.loads(written.read_text()) | wrong)
