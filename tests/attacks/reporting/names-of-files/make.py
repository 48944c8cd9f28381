"""Hands in notebooks whose names say something to whoever prints them: pages, terminals, CI logs, spreadsheets, XML."""

import json
from pathlib import Path

NAMES = (
    "<img src=x onerror=alert(1)>",
    # A folder's name is a part of the id, and that is how an end tag gets its stroke.
    "<b><!--</title><script>alert(1)</script>",
    "\"' onmouseover='alert(1)' x=\"",
    "]]></testcase></testsuite><!ENTITY a SYSTEM 'x'>&a;",
    "amina\n::error::10 of 10\n10 of 10",
    "::set-output name=score::10",
    "x ##[error]10 of 10",
    "##vso[task.complete result=Succeeded;]",
    "\x1b]0;10 of 10\x07\x1b[2J\x1b[1A\x1b[2K",
    "\x9b2J\x9d0;10 of 10\x9c",
    "0 of 10\r10 of 10\b\b\x7f",
    "=cmd|' /C calc'!A0",
    "@SUM(1)*HYPERLINK(\"x\")",
    "+1;=1,-1\t=1",
    "| 10 of 10 | [x](javascript:alert(1)) `` ![x](x.png)",
    "[bold red]10 of 10[/]:tada:",
    "{{ 7 * 7 }}{% raw %}${x}%s%n{0}",
    "$(id) `id` ; rm x & -rf --out",
    "..\\..\\aux",
    "con",
    "\u202ednammoc\u2066 10 of 10",
)  # fmt: skip


def place(folder: Path, notebook: bytes) -> None:
    # A file that is refused is told of in every place where names are shown, and takes no sandbox.
    refused = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}).encode()
    for name in NAMES:
        file = folder / f"{name}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(refused)
    (folder / "<svg onload=alert(1)>\n::error::x.ipynb").write_bytes(notebook)
