"""All labs with their proofs: the table that is published, and which of them are proven again today."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.errors import UsageError
from grader.files import write_whole
from grader.images import image_names
from grader.labs import lab_folder, list_labs, load_lab
from grader.soundness.proof import Proof, is_current, read_proof

BEGIN, END = "<!-- labs: written by `make verify` -->", "<!-- end of labs -->"
_HEAD = "| lab | minutes | exercises | hidden tests | wrong answers | mutants killed | reference, seconds |"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One lab as the table shows it."""

    lab: str
    title: str
    minutes: int
    proof: Proof | None


def read_catalogue(labs: Path) -> list[Entry]:
    """Every lab, in the order of the paths. Raises LabError."""
    loaded = [load_lab(labs, name) for name in list_labs(labs)]
    return [
        Entry(lab=lab.id, title=lab.title, minutes=lab.minutes, proof=read_proof(lab_folder(labs, lab.id)))
        for lab in loaded
    ]


def choose_turn(labs: Path, *, others: int) -> list[str]:
    """Labs whose proof is not of their files and pins as they are, and `others` more, so that all get their turn."""
    names = list_labs(labs)
    stale = [name for name in names if not _is_proven(labs, name)]
    current = [name for name in names if name not in stale]
    first = datetime.now(UTC).date().toordinal() * others
    return stale + [current[(first + number) % len(current)] for number in range(min(others, len(current)))]


def render_table(entries: list[Entry]) -> str:
    """The table in Markdown."""
    return "\n".join([_HEAD, "|---|---|---|---|---|---|---|", *map(_row, entries)])


def write_table(entries: list[Entry], file: Path) -> None:
    """Put the table between its two marks in a Markdown file. Raises UsageError when they are not there."""
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise UsageError(f"{file}: no place for the table; write these two lines into it: {BEGIN} and {END}")
    whole = f"{before}{BEGIN}\n\n{render_table(entries)}\n\n{END}{after}"
    write_whole({file: whole.encode()}, mend="make room, and run it again")


def _is_proven(labs: Path, name: str) -> bool:
    place = lab_folder(labs, name)
    return is_current(read_proof(place), place, image_names(load_lab(labs, name).environment))


def _row(entry: Entry) -> str:
    name = f"[{entry.lab}](../labs/{entry.lab}/start.ipynb): {entry.title}"
    if entry.proof is None:
        return f"| {name} | {entry.minutes} | not proven | | | | |"
    proof, mutants = entry.proof, entry.proof.mutants
    killed = f"{mutants.score:.0%} of {mutants.tried - mutants.equivalent}"
    return (
        f"| {name} | {entry.minutes} | {proof.exercises} | {proof.hidden_tests} | {proof.wrong_answers} | {killed} "
        f"| {proof.reference_seconds:g} |"
    )
