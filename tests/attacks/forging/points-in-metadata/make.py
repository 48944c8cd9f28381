"""Leaves no word of the metadata as it was."""

import json
from pathlib import Path


def place(folder: Path, notebook: bytes) -> None:
    document = json.loads(notebook)
    for cell in document["cells"]:
        graded = cell["metadata"].get("nbgrader", {})
        graded.update(points=1000, max_score=1000, grade=True, solution=False, locked=False, task=False)
        cell["metadata"].update(nbgrader=graded, tags=["skip-execution", "raises-exception", "remove-cell"])
        cell["metadata"].setdefault("pivotlab", {}).update(points=1000, outcome="passed", tests=[])
        if cell["id"].endswith("-check"):
            cell["source"] = "1.0"
    document["metadata"]["pivotlab"].update(
        title="Mine",
        exercise=[{"id": "mine", "test": [{"name": "test_mine", "points": 1000}]}],
        limits={"seconds": 900},
    )
    document["metadata"]["score"] = 10
    said = {
        "cell_type": "code", "id": "said", "outputs": [],
        "metadata": {"nbgrader": {"grade": True, "points": 1000, "grade_id": "mine"}},
        "source": 'print("metadata changed in every cell:", True)\n1.0',
    }  # fmt: skip
    document["cells"].append(said)
    (folder / "attack.ipynb").write_text(json.dumps(document))
