"""Hands in files whose names are paths, options, devices, controls or twins; their content is no notebook but for two."""

import hashlib
from pathlib import Path

TWIN = f"ali-{hashlib.sha256(b'Ali').hexdigest()[:12]}"
"""What a report of `Ali` might be called, as a name that somebody else chose."""
NAMES = (
    # ways up and out: as they are, as another system spells them, as a normal form or a decoder makes them
    ".", "..", "....", "..\\..\\up", "C:\\up", "\\\\host\\share\\up", "%2e%2e%2fup", "..%00up", "．．／．．／up", "․․∕up", "up..", "up ", " up",
    # what a shell or a command would take for something else
    "-rf", "--out=up", "~root", "$(id)", "`id`", "*", "a;id", "a|id", "'\"", "{}", "!!",
    # controls: lines, terminals, directions, nothing at all
    "two\nlines", "return\rup", "tab\tup", "\x1b[2Jup", "bell\x07", "\x7f", "\x9b31mup", "\u202etxt.up", "\u200b", "\ufeffup", "\u2028", "\U000e0041",
    # what other systems keep for themselves
    "con", "NUL", "aux.txt", "com1", "LPT9", "prn", ".git", "desktop.ini",
    # twins where case or normal form does not count, and where a name is made from another one
    "Ali", "ali", "ALI", TWIN, "r\u00e9sum\u00e9", "re\u0301sume\u0301", "\ufb01le", "file", "stra\u00dfe", "strasse", "\u0130d", "id",
    # as long as a name may be, in bytes of one and of four
    "a" * 249, "\U0001f600" * 62,
    # folders count as part of the name
    "x.ipynb/up", "con/nul", "a/b", "a-b", "-/-", "con./up", "two\nlines/up",
)  # fmt: skip
HONEST = ("..", "a/b")
"""The second is what becomes of `a-b` where a slash is written as a dash: one of the two reports would be lost."""


def place(folder: Path, notebook: bytes) -> None:
    for name in NAMES:
        file = folder / f"{name}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(notebook if name in HONEST else b"neither JSON nor a notebook")
