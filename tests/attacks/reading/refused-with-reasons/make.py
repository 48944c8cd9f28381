"""Notebooks that are refused, each so that the reason would quote something that is not the learner's to see."""

import json
from pathlib import Path


def place(folder: Path, notebook: bytes) -> None:
    """One file for each thing that a reason may quote: the lab's own place, another lab, the grader's errors."""
    for name, lab in {
        "above": "range/../range/01-target/hidden",
        "absolute": str(folder.resolve()),
        "hidden": "range/01-target/hidden/test_target.py",
    }.items():
        document = json.loads(notebook)
        document["metadata"]["pivotlab"]["lab"] = lab
        (folder / f"{name}.ipynb").write_text(json.dumps(document))
    # Deeper than a decoder goes, and a number longer than Python reads.
    (folder / "deep.ipynb").write_text("[" * 200_000)
    (folder / "long.ipynb").write_text('{"nbformat": ' + "4" * 10_000 + "}")
    document = json.loads(notebook)
    (folder / "empty.ipynb").write_text(json.dumps(document | {"cells": []}))
