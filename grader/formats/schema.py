"""The JSON Schema of a report: `python -m grader.formats.schema FILE` writes it, as `make schema` does."""

import json
import sys
from pathlib import Path
from typing import Any

from grader.files import write_whole
from grader.model import Report

FORMAT = Report.model_fields["format"].default
IDENTITY = f"urn:pivotlab:report:{FORMAT}"
_COUNTED: dict[str, dict[str, Any]] = {
    "score": {"description": "Points earned; null exactly when the status is not graded.", "type": ["number", "null"]},
    "points": {"description": "Points that could be earned.", "type": "number"},
    "remark": {"description": "What the score does not say, such as tests that ended abnormally.", "type": "string"},
}


def report_schema() -> dict[str, Any]:
    """What a report's JSON holds, by JSON Schema 2020-12: every key is there, and no other.

    A new optional meaning keeps the format's number; whatever a reader of the old one would misread raises it.
    """
    schema = Report.model_json_schema(mode="serialization")
    schema["properties"] |= _COUNTED
    schema["required"] = sorted(schema["properties"])
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": IDENTITY,
        "title": f"A report of Pivotlab, format {FORMAT}",
    }  # fmt: skip
    return head | {key: value for key, value in schema.items() if key not in head}


def render_schema() -> str:
    """The schema as its file has it."""
    return f"{json.dumps(report_schema(), indent=2, ensure_ascii=False)}\n"


if __name__ == "__main__":
    write_whole({Path(sys.argv[1]): render_schema().encode()}, mend="name another file")
