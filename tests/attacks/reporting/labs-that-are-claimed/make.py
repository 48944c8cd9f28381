"""Hands in notebooks that are of no lab, each under a lab's name or a format that its refusal would quote."""

import json
from pathlib import Path

CLAIMS = {
    "markup": "<script>window.pwned=1;alert(1)</script><img src=x onerror=alert(1)>",
    "order": "\n::error::10 of 10\n##[error]x",
    "terminal": "\x1b[2J\x1b]0;x\x07\x9b2J\r10 of 10",
    "direction": "\u202e01 fo 01\u2066",
    "half": "\udfff\ud800",
    "way-up": "../../../../etc",
    "hidden": "range/01-target/hidden",
    "root": "/",
    "null": "a\0b",
    "long": "x" * 900,
    "endless": "x" * 1_000_000,
    "formula": "=cmd|' /C calc'!A0",
    "xml": "]]></testcase><!ENTITY a SYSTEM 'x'>&a;",
    "template": "{{ 7 * 7 }}{0}%s",
}
FORMATS = {
    "format-text": "<script>alert(1)</script>\n::error::x", "format-list": [["<img src=x onerror=alert(1)>"]],
    "format-map": {"\x1b[2J": "\n::error::x"}, "format-huge": 10**400, "format-none": None,
}  # fmt: skip


def place(folder: Path, notebook: bytes) -> None:
    document = json.loads(notebook)
    for name, lab in CLAIMS.items():
        document["metadata"]["pivotlab"] = {"lab": lab}
        (folder / f"{name}.ipynb").write_text(json.dumps(document))
    for name, format_ in FORMATS.items():
        (folder / f"{name}.ipynb").write_text(json.dumps(document | {"nbformat": format_}))
    (folder / "honest.ipynb").write_bytes(notebook)
