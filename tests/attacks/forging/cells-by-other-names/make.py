"""For each exercise a wrong answer first, then the right one under as many names as can be thought of."""

import json
from pathlib import Path
from typing import Any


def place(folder: Path, notebook: bytes) -> None:
    document = json.loads(notebook)
    exercises = [cell for cell in document["cells"] if "exercise" in cell["metadata"].get("pivotlab", {})]
    names = [cell["id"] for cell in exercises]
    cells = [cell for cell in document["cells"] if cell not in exercises]
    cells += [make_cell(name, name, "raw", "wrong_answer = True") for name in names]
    for number, cell in enumerate(exercises):
        other = names[number - 1]
        cells += [
            make_cell(cell["id"], other, "code", cell["source"]),
            make_cell(cell["id"], cell["id"], "markdown", cell["source"]),
            make_cell(f"{cell['id']}-again", cell["id"], "code", cell["source"]),
        ]
    cells.append(make_cell("end", "end", "code", 'print("copies ran:", True)'))
    (folder / "attack.ipynb").write_text(json.dumps(document | {"cells": cells}))


def make_cell(name: str, grade_id: str, kind: str, source: str) -> dict[str, Any]:
    """A cell that its id and its grade id may give to different exercises."""
    metadata = {"nbgrader": {"grade_id": grade_id, "solution": True, "grade": True, "points": 10, "schema_version": 3}}
    outputs = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "metadata": metadata, "source": source} | outputs
