"""Where in a notebook's file a line of a cell stands, for readers that know files alone; it builds nothing it skips."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from grader.errors import RejectedError
from grader.submission import NOTEBOOK_BYTES, HandedCell, identify, parse

# As `rebuild` names the cells that it did not make: a learner's own by its number, and ours as they changed it.
_EXTRA = re.compile(r"extra-(\d+)\Z")
_CHANGED = "-changed"


class _Cells(msgspec.Struct):
    cells: msgspec.Raw


def find_line(notebook: Path, digest: str, cell: str, line: int) -> int | None:
    """The line of the file, from 1 on, where a cell's line stands; None where that cannot be told.

    `digest` is the SHA-256 of the file that was graded, and `cell` as a report calls it.
    """
    try:
        if notebook.stat().st_size > NOTEBOOK_BYTES:
            return None
        content = notebook.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            return None
        cells = parse(content).cells
        number = _number(cells, cell)
        if number is None:
            return None
        start = _start_of_cell(content, number)
        return content.count(b"\n", 0, _start_of_line(content, start, cells[number], line)) + 1
    except (OSError, RejectedError, msgspec.DecodeError, RecursionError):
        return None


def _number(cells: Sequence[HandedCell], name: str) -> int | None:
    if extra := _EXTRA.match(name):
        return int(extra[1]) if int(extra[1]) < len(cells) else None
    wanted = {name, name.removesuffix(_CHANGED)}
    return next((number for number, cell in enumerate(cells) if identify(cell, wanted)), None)


def _start_of_cell(content: bytes, number: int) -> int:
    told = bytes(msgspec.json.decode(content, type=_Cells).cells)
    places = _find_each(content, content.find(told), msgspec.json.decode(told, type=list[msgspec.Raw]))
    return next(place for index, place in enumerate(places) if index == number)


def _start_of_line(content: bytes, start: int, cell: HandedCell, line: int) -> int:
    """Where a line of a cell begins; where the cell is one long string in the file, where that does."""
    told = bytes(cell.source)
    key = re.compile(rb'"source"\s*:\s*' + re.escape(told)).search(content, start)
    start = key.end() - len(told) if key else start
    if not told.startswith(b"["):
        return start
    parts = msgspec.json.decode(told, type=list[msgspec.Raw])
    places = list(_find_each(content, start, parts))
    return places[min(line, len(places)) - 1] if places else start


def _find_each(content: bytes, start: int, parts: Sequence[msgspec.Raw]) -> Iterator[int]:
    """Where each part begins: between them there is a comma and space, so what is found first is it."""
    for part in parts:
        told = bytes(part)
        start = content.find(told, start)
        yield start
        start += len(told)
