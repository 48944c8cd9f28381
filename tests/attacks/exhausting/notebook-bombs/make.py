"""Files that are small to hand in and large to read. None is above 45 MB but the last, which takes no room on disk.

They are written piece by piece: what is measured is the grader's memory, and this runs in the same process.
"""

import json
from pathlib import Path

MILLION = 1_000_000
HEAD = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {"pivotlab": {"lab": "range/01-target"}}, "cells": ['
MARK = "HERE"


def place(folder: Path, notebook: bytes) -> None:
    """Write them all: a beginning, something many times over, an end."""
    bombs = {
        # Each of these becomes an object of 64 bytes and a place of 8 in a list: a gigabyte.
        "braces": (HEAD, b"{},", 14 * MILLION, b"{}]}"),
        "brackets": (HEAD, b"[],", 14 * MILLION, b"[]]}"),
        "numbers": (HEAD, b"1.5,", 10 * MILLION, b"0]}"),
        "cells": (HEAD, b'{"cell_type":"code","source":""},', MILLION, b'{"cell_type":"code","source":""}]}'),
        "deep": (b"", b"[", 40 * MILLION, b""),
        "deep-metadata": (HEAD[: HEAD.index(b'"cells"')] + b'"more":', b'{"a":', 8 * MILLION, b""),
        "digits": (b'{"nbformat": ', b"4", 5 * MILLION, b', "cells": []}'),
        "line": _around(notebook, b'words = \\"', b"x", 40 * MILLION, b'\\"'),
        # One character beyond Latin makes each of the others four bytes wide.
        "wide-line": _around(notebook, b'words = \\"', b"x", 40 * MILLION, '\U0001f600\\"'.encode()),
        "lines": _around(notebook, b"", b"\\n", 20 * MILLION, b""),
    }
    for name, (begin, one, times, end) in bombs.items():
        with (folder / f"{name}.ipynb").open("wb") as file:
            file.write(begin)
            for _ in range(100):
                file.write(one * (times // 100))
            file.write(end)
    with (folder / "two-hundred-megabytes.ipynb").open("wb") as file:
        file.truncate(200 * MILLION)
    (folder / "zz-honest.ipynb").write_bytes(notebook)


def _around(notebook: bytes, begin: bytes, one: bytes, times: int, end: bytes) -> tuple[bytes, bytes, int, bytes]:
    """The parts of a notebook with one more cell at its end, whose source is as given in JSON."""
    document = json.loads(notebook)
    document["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": MARK})
    before, after = json.dumps(document).encode().split(MARK.encode())
    return before + begin, one, times, end + after
