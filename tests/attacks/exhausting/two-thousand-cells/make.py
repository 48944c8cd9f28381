"""As many cells as a notebook may have, first each quick and then each asleep for a moment."""

import json
from pathlib import Path

CELLS = 2_000


def place(folder: Path, notebook: bytes) -> None:
    """Write one that fits into its time, and one that does not: after three late runs what lies beyond is left out."""
    (folder / "1-quick.ipynb").write_bytes(_crowd(notebook, "print('a cell of many')"))
    (folder / "2-asleep.ipynb").write_bytes(_crowd(notebook, "import time\ntime.sleep(0.02)"))


def _crowd(notebook: bytes, source: str) -> bytes:
    """The notebook with cells put behind its own until there are as many as there may be."""
    document = json.loads(notebook)
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
    document["cells"] += [cell] * (CELLS - len(document["cells"]))
    return json.dumps(document).encode()
