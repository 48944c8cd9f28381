"""One notebook with several opinions about whose it is."""

import json
from pathlib import Path


def place(folder: Path, notebook: bytes) -> None:
    document = json.loads(notebook)
    lab = document["metadata"]["pivotlab"]["lab"]
    said = {"cell_type": "code", "id": "said", "metadata": {}, "outputs": [], "source": 'print("said two labs:", True)'}
    document["cells"].append(said)

    def write(name: str, metadata: dict[str, object]) -> None:
        (folder / f"{name}.ipynb").write_text(json.dumps(document | {"metadata": metadata}))

    write("elsewhere", {"pivotlab": {"lab": lab, "lab_id": "easy/01-easy", "Lab": "easy"}, "lab": "easy/01-easy"})
    write("path", {"pivotlab": {"lab": f"../{lab}"}})
    write("list", {"pivotlab": {"lab": [lab, "easy/01-easy"]}})
    write("other", {"pivotlab": {"lab": "easy/01-easy"}, "lab": lab})
    write("twice", {"pivotlab": {"lab": lab}})
    # JSON may say a name twice, and readers differ in which they take.
    text = (folder / "twice.ipynb").read_text()
    (folder / "twice.ipynb").write_text(
        text.replace('"pivotlab": {', '"pivotlab": {"lab": "easy/01-easy"}, "pivotlab": {', 1)
    )
