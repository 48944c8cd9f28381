"""Hands in a notebook with orders in every field beside the text of its cells."""

import json
from pathlib import Path

DEED = "<script>window.pwned=1;alert(1)</script><img src=x onerror=alert(1)>"
LINE = "\n::error::10 of 10\x1b[2J\x9b2J]]>=1+1\u202e\ud800"


def place(folder: Path, notebook: bytes) -> None:
    document = json.loads(notebook)
    words = DEED + LINE
    ours = [cell["id"] for cell in document["cells"]]
    document["metadata"] |= {
        "kernelspec": {"name": words, "display_name": words, "language": words, "argv": [words], "env": {words: words}},
        "language_info": {"name": words, "codemirror_mode": {"name": words}, "pygments_lexer": words, "file_extension": words},
        "title": words, "authors": [{"name": words}], "widgets": {words: {"state": {words: words}}}, words: words, "celltoolbar": words,
        "jupytext": {"text_representation": {"extension": words}}, "toc": {"title_cell": words}, "nbgrader": {"score": 10, words: words},
    }  # fmt: skip
    outputs = [
        {
            "output_type": "display_data",
            "metadata": {words: words},
            "data": {"text/html": words, "image/svg+xml": words},
        },
        {"output_type": words, "text": words, "name": words},
        {"output_type": "error", "ename": words, "evalue": words, "traceback": [words]},
    ]
    for number, cell in enumerate(document["cells"]):
        cell["metadata"] |= {
            "tags": [words, "hide-input"],
            "name": words,
            "slideshow": {"slide_type": words},
            words: [words],
        }
        cell["attachments"] = {words: {"image/svg+xml": words}}
        cell[words] = words
        if cell["cell_type"] == "code":
            cell |= {"outputs": outputs, "execution_count": words}
    # Cells that say they are ours in ways of their own, and are taken or left; the notes that come of it quote ours alone.
    for name in (words, ours[-1] + words, "", " " + ours[0], ours[0] + "\0", ours[0].upper()):
        document["cells"].append({
            "cell_type": "code", "id": name, "source": "1", "outputs": outputs,
            "metadata": {"nbgrader": {"grade_id": words, "points": 10}, "pivotlab": {"exercise": words, "check": words}},
        })  # fmt: skip
        document["cells"].append(
            {"cell_type": "markdown", "id": name, "source": words, "metadata": {}, "attachments": {}}
        )
        document["cells"].append(
            {"cell_type": "raw", "id": name, "source": [words, words], "metadata": {"format": words}}
        )
    document["cells"] += [cell for cell in document["cells"] if cell["cell_type"] == "code"][:3]
    document["cells"].append({"cell_type": "code", "id": "end", "metadata": {}, "source": 'print("this", "one ran")'})
    document[words] = words
    (folder / "attack.ipynb").write_text(json.dumps(document))
