"""A submission to the cells that will run.

It is hostile: only kinds, ids and code of its cells are taken, and what else it holds is passed over unbuilt, so that a
notebook of any content takes little more memory than its file has bytes.
"""

import codecs
import hashlib
import itertools
import json
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec
import nbformat

from grader.errors import RejectedError, UsageError
from grader.mending import mend_json
from grader.model import Lab, Submission
from grader.notebook import METADATA_KEY

NOTEBOOK_BYTES = 50 * 1024 * 1024
CELLS = 2_000
CODE_BYTES = 2_000_000
"""What the code of all cells may take in the file: far more than anybody types. The worst of it, lines of one letter,
takes 30 MB to read, beside the file's own 50."""
_KEYS = 10 * CELLS
"""How many cells a file may seem to have before it is parsed: a shown notebook looks like cells too."""
_NAME_BYTES = 1_000
_CHUNK_BYTES = 1 << 20
_FIRST_BYTES = 4
_BYTE_ORDER_MARK = codecs.BOM_UTF8
# A stranger may write any letter as an escape.
_CELL_TYPE_KEY = re.compile(b'"' + b"".join(rb"(?:%c|\\u00(?i:%02x))" % (one, one) for one in b"cell_type") + b'"')
_INDEX = re.compile(r"\$\[(\d+)\]")

Kind = TypeVar("Kind")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A code cell that will run; `exercise` is None for cells that earn nothing."""

    id: str
    source: str
    exercise: str | None
    check: str | None = None
    """The exercise that the cell checks before the learner's eyes, if any."""


@dataclass(frozen=True, kw_only=True)
class Rebuilt:
    """Our notebook with the learner's text in it, and what was odd about the submission."""

    cells: tuple[Cell, ...]
    notes: tuple[str, ...]


# Raw is a piece of the file that was passed over; `gc=False` because a cell can be in no circle.
_NULL = msgspec.Raw(b"null")


class HandedCell(msgspec.Struct, gc=False):
    """A cell as it was handed in, its parts unread."""

    cell_type: Literal["code", "markdown", "raw"]
    id: msgspec.Raw = _NULL
    source: msgspec.Raw = msgspec.Raw(b'""')
    metadata: msgspec.Raw = _NULL


class Document(NamedTuple):
    """A notebook as it was handed in: its cells, and the lab that it says it is of."""

    cells: list[HandedCell]
    lab_id: str | None


class _Top(msgspec.Struct):
    nbformat: msgspec.Raw
    metadata: msgspec.Raw = _NULL
    cells: msgspec.Raw = _NULL


class _NotebookMetadata(msgspec.Struct):
    pivotlab: msgspec.Raw = _NULL


class _Ours(msgspec.Struct):
    lab: msgspec.Raw = _NULL


class _CellMetadata(msgspec.Struct):
    nbgrader: msgspec.Raw = _NULL


class _Graded(msgspec.Struct):
    grade_id: msgspec.Raw = _NULL


class _Taken(NamedTuple):
    """A handed-in cell: which of ours it is, if any, and its text if that matters."""

    name: str | None
    kind: str
    text: str


class _Answer(NamedTuple):
    text: str
    is_blank: bool


def read_notebook(file: Path) -> tuple[Document, str]:
    """A notebook file's document and the SHA-256 of its bytes. Raises RejectedError, UsageError."""
    try:
        _check_size(file.stat().st_size)
        content = _read_at_most(file, NOTEBOOK_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}; see to its permissions") from error
    digest = hashlib.sha256(content).hexdigest()
    return parse(content), digest


def parse(notebook: bytes | bytearray) -> Document:
    """A notebook of version 4, its cells counted and of known kinds; a bytearray is mended in place where it has to be.

    Raises RejectedError with the mend.
    """
    _check_size(len(notebook))
    _check_encoding(notebook)
    top = _parse_top(notebook)
    _check_format(top.nbformat)
    return Document(_parse_cells(top.cells), _read_lab_id(top.metadata))


def keep_what_runs(lab: Lab, document: Document) -> bytes:
    """The notebook with only what `rebuild` takes of it: small enough to wait and to travel. Raises RejectedError."""
    kept = [
        {"cell_type": cell.kind, "id": cell.name or "", "source": cell.text}
        for cell in _take_cells(document, _our_cells(lab))
    ]
    return msgspec.json.encode({"nbformat": nbformat.current_nbformat, "cells": kept})


def rebuild(lab: Lab, submission: Submission, *, with_checks: bool = False) -> Rebuilt:
    """Our cells in our order, with the learner's text in the exercises and their extra cells in their places.

    A cell of ours that they changed runs twice: as we wrote it, then as they did.

    Checks run only when asked for: they are for the learner's eyes, and earn nothing. Raises RejectedError.
    """
    ours = _our_cells(lab)
    answers, extras, notes = _sort_cells(_take_cells(parse(submission.notebook), ours), ours)
    asked = {exercise.id for exercise in lab.exercises}
    if asked and not answers.keys() & asked:
        raise RejectedError(f"the notebook has no exercise cell of {lab.id}; start again from its start notebook")
    cells = list(extras.get("", []))
    for name, cell in ours.items():
        mark = _mark(cell)
        if cell["cell_type"] == "code" and (with_checks or "check" not in mark):
            exercise = mark.get("exercise")
            if exercise and name not in answers:
                notes.append(f"exercise {name} has no cell, so it counts as not answered")
            text = answers.get(name, "") if exercise else _our_text(cell)
            cells.append(Cell(id=name, source=text, exercise=exercise, check=mark.get("check")))
        cells += extras.get(name, [])
    return Rebuilt(cells=tuple(cells), notes=tuple(notes))


def identify(cell: HandedCell, ours: Container[str]) -> str | None:
    """Which cell of ours this is: by its id, or by nbgrader's where an editor gave it a new one."""
    metadata = _decode(cell.metadata, _CellMetadata)
    graded = _decode(metadata.nbgrader, _Graded) if metadata else None
    for told in (cell.id, graded.grade_id if graded else _NULL):
        name = _decode_short(told, str)
        if name in ours:
            return name
    return None


def read_written(lab: Lab, document: Document) -> dict[str, str]:
    """The learner's prose by cell, where it is other than what the lab began with; the first that somebody wrote.

    Raises RejectedError for a cell that is none.
    """
    ours = _our_cells(lab)
    written: dict[str, str] = {}
    for index, cell in enumerate(document.cells):
        name = identify(cell, ours)
        if name is None or name in written or "written" not in _mark(ours[name]):
            continue
        text = _read_text(cell, index)
        if text.strip() not in {"", _our_text(ours[name]).strip()}:
            written[name] = text
    return written


def read_remarks(lab: Lab, document: Document) -> dict[str, list[str]]:
    """The learner's own cells of prose, by the cell of ours that they come after. Raises RejectedError."""
    ours = _our_cells(lab)
    remarks: dict[str, list[str]] = {}
    last = ""
    for index, cell in enumerate(document.cells):
        name = identify(cell, ours)
        last = name or last
        if name is None and cell.cell_type == "markdown":
            remarks.setdefault(last, []).append(_read_text(cell, index))
    return remarks


def _read_at_most(file: Path, size: int) -> bytearray:
    """A file's bytes, no more than `size` of them however it grows meanwhile."""
    with file.open("rb") as stream:
        content = bytearray(min(file.stat().st_size + 1, size))
        del content[stream.readinto(content) :]
    return content


def _check_size(size: int) -> None:
    if size > NOTEBOOK_BYTES:
        raise RejectedError(
            f"the file has {size / 1e6:.0f} MB, more than the {NOTEBOOK_BYTES / 1e6:.0f} MB that a notebook may have; "
            "clear the outputs (Edit > Clear Outputs of All Cells) and save again"
        )


def _check_encoding(notebook: bytes | bytearray) -> None:
    """Raise RejectedError when it is not UTF-8; a piece at a time, for as one text 50 MB may take 200."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(notebook)
    if b"\0" in notebook[:_FIRST_BYTES]:
        # In UTF-16 and UTF-32 every other letter of English is a NUL, which UTF-8 has too.
        raise _not_in_utf_8()
    try:
        for start in range(0, len(view), _CHUNK_BYTES):
            decoder.decode(view[start : start + _CHUNK_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _not_in_utf_8() from error


def _not_in_utf_8() -> RejectedError:
    return RejectedError("the file is not in UTF-8, as notebooks are; save it again from JupyterLab")


def _parse_top(notebook: bytes | bytearray) -> _Top:
    told = _pass_over(notebook)
    if told is None:
        mended = notebook if isinstance(notebook, bytearray) else bytearray(notebook)
        mend_json(mended)
        told = _pass_over(mended)
    if told is None:
        raise RejectedError("the file is not JSON, so not a notebook; save it again from JupyterLab")
    top = _decode(told, _Top)
    if top is None:
        raise RejectedError("the file is JSON but not a notebook; save it again from JupyterLab")
    return top


def _pass_over(notebook: bytes | bytearray) -> msgspec.Raw | None:
    """The whole, unread; None when it is no JSON, or nested deeper than anybody reads."""
    # Editors of Windows put a mark of byte order before what they save.
    start = len(_BYTE_ORDER_MARK) if notebook.startswith(_BYTE_ORDER_MARK) else 0
    try:
        return msgspec.json.decode(memoryview(notebook)[start:], type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return None


def _check_format(told: msgspec.Raw) -> None:
    version = _decode_short(told, object)
    if version != nbformat.current_nbformat:
        raise RejectedError(
            f"the notebook has format {version!r:.20}, not {nbformat.current_nbformat}; "
            "open it in JupyterLab and save it, or run: jupyter nbconvert --to notebook --inplace FILE"
        )


def _parse_cells(told: msgspec.Raw) -> list[HandedCell]:
    if sum(1 for _ in itertools.islice(_CELL_TYPE_KEY.finditer(memoryview(told)), _KEYS)) == _KEYS:
        raise _too_many(f"{_KEYS} cells or more")
    try:
        cells = msgspec.json.decode(told, type=list[HandedCell])
    except msgspec.ValidationError as error:
        if place := _INDEX.search(str(error)):
            raise _no_cell(int(place[1])) from error
        cells = []
    if not cells:
        raise RejectedError("the notebook has no cells; hand in the one that you worked in")
    if len(cells) > CELLS:
        raise _too_many(f"{len(cells)} cells")
    for index, cell in enumerate(cells):
        if bytes(memoryview(cell.source)[:1]) not in {b'"', b"["}:
            raise _no_cell(index)
    return cells


def _too_many(cells: str) -> RejectedError:
    return RejectedError(f"the notebook has {cells}, more than {CELLS}; remove those that you don't need")


def _no_cell(index: int) -> RejectedError:
    return RejectedError(f"cell {index + 1} is no notebook cell; save the notebook again from JupyterLab")


def _read_lab_id(metadata: msgspec.Raw) -> str | None:
    """The lab that a notebook says it is of."""
    notebook = _decode(metadata, _NotebookMetadata)
    ours = _decode(notebook.pivotlab, _Ours) if notebook else None
    return _decode_short(ours.lab, str) if ours else None


def _decode(told: msgspec.Raw, kind: type[Kind]) -> Kind | None:
    """What a piece of the file says; None when it is of another kind."""
    try:
        return msgspec.json.decode(told, type=kind)
    except (msgspec.ValidationError, RecursionError):
        return None


def _decode_short(told: msgspec.Raw, kind: type[Kind]) -> Kind | None:
    return _decode(told, kind) if len(memoryview(told)) <= _NAME_BYTES else None


def _our_cells(lab: Lab) -> dict[str, Any]:
    return {cell["id"]: cell for cell in json.loads(lab.notebook)["cells"]}


def _mark(our_cell: dict[str, Any]) -> dict[str, Any]:
    mark: dict[str, Any] = our_cell["metadata"].get(METADATA_KEY, {})
    return mark


def _our_text(our_cell: dict[str, Any]) -> str:
    return "".join(our_cell["source"])


def _take_cells(document: Document, ours: dict[str, Any]) -> Iterator[_Taken]:
    """Every cell in its order, with its text where that runs or could. Raises RejectedError when there is too much."""
    room = CODE_BYTES
    names = [identify(cell, ours) for cell in document.cells]
    lacking = {_our_text(ours[name]).strip(): name for name in ours.keys() - set(names) if _is_given_code(ours[name])}
    for index, (name, cell) in enumerate(zip(names, document.cells, strict=True)):
        if not _matters(cell, ours.get(name) if name else None):
            yield _Taken(name, cell.cell_type, "")
            continue
        room -= len(memoryview(cell.source))
        if room < 0:
            raise RejectedError(
                f"the notebook has more than {CODE_BYTES / 1e6:.0f} MB of code; "
                "take data and pictures out of its cells and save again"
            )
        text = _read_text(cell, index)
        # Notebooks before 4.5 have no ids: what we gave is known by its text, or it would run twice.
        yield _Taken(name or lacking.pop(text.strip(), None), cell.cell_type, text)


def _read_text(cell: HandedCell, index: int) -> str:
    """A cell's text, which a notebook may have as one string or as a list of them. Raises RejectedError."""
    text = _decode(cell.source, str)
    parts = [text] if text is not None else _decode(cell.source, list[str])
    if parts is None:
        raise _no_cell(index)
    return "".join(parts)


def _is_given_code(our_cell: dict[str, Any]) -> bool:
    return our_cell["cell_type"] == "code" and not {"exercise", "check"} & _mark(our_cell).keys()


def _matters(cell: HandedCell, our_cell: dict[str, Any] | None) -> bool:
    if our_cell is None:
        return cell.cell_type == "code"
    mark = _mark(our_cell)
    return "exercise" in mark or (our_cell["cell_type"] == "code" and "check" not in mark)


def _sort_cells(
    cells: Iterator[_Taken], ours: dict[str, Any]
) -> tuple[dict[str, str], dict[str, list[Cell]], list[str]]:
    """The learner's text by exercise, their extra code cells by the cell of ours that they follow, and notes."""
    answers: dict[str, _Answer] = {}
    extras: dict[str, list[Cell]] = {}
    notes: list[str] = []
    last = ""
    for number, (name, kind, text) in enumerate(cells):
        if name is None:
            if kind == "code":
                extras.setdefault(last, []).append(Cell(id=f"extra-{number}", source=text, exercise=None))
            continue
        last = name
        mark = _mark(ours[name])
        blank = text.strip() == _our_text(ours[name]).strip()
        if "exercise" in mark:
            _take_answer(name, _Answer(text, blank or not text.strip()), answers, notes)
        elif ours[name]["cell_type"] == "code" and "check" not in mark and not blank:
            # People add their imports to the setup cell.
            extras.setdefault(name, []).append(Cell(id=f"{name}-changed", source=text, exercise=None))
            notes.append(f"cell {name} was changed; ours was run, and then this one")
    return {name: answer.text for name, answer in answers.items()}, extras, notes


def _take_answer(name: str, answer: _Answer, answers: dict[str, _Answer], notes: list[str]) -> None:
    """Keep the first text that somebody wrote: editors leave blank copies of a cell behind."""
    if name in answers:
        notes.append(f"cell {name} is there twice; the first that is not blank was taken")
    if name not in answers or (answers[name].is_blank and not answer.is_blank):
        answers[name] = answer
