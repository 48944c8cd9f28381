"""The notebook of those who know it already: a lab's exercises without its lessons, hints and checks."""

import json

from grader.model import Lab
from grader.notebook import METADATA_KEY

_INTRODUCTION = """# {title}: test out

This lab without its lessons, hints and checks, for who can do it already. Answer the {count} exercises; each docstring
is the contract. Then run `pivotlab testout {lab}` again: the hidden tests decide."""


def make_testout(lab: Lab) -> bytes:
    """The lab's exercises and what they are set up with, as a notebook that is graded like the lab's own."""
    notebook = json.loads(lab.notebook)
    introduction = _INTRODUCTION.format(title=lab.title, count=len(lab.exercises), lab=lab.id)
    titles = {exercise.id: exercise.title for exercise in lab.exercises}
    cells = [_markdown("testout", introduction)]
    for cell in notebook["cells"]:
        mark = cell["metadata"].get(METADATA_KEY, {})
        if cell["cell_type"] != "code" or "check" in mark or cell["id"].startswith("example"):
            continue
        if exercise := mark.get("exercise"):
            cells.append(_markdown(f"{exercise}-title", f"## {titles[exercise]}"))
        cells.append(cell)
    return (json.dumps(notebook | {"cells": cells}, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _markdown(name: str, text: str) -> dict[str, object]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}
