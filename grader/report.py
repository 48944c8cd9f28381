"""Reports for people and machines: JSON, a learner's page, a terminal's table; it knows neither labs nor sandboxes."""

import hashlib
import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from markupsafe import Markup
from rich import box
from rich.table import Table
from rich.text import Text

from grader.files import write_whole
from grader.mending import mend_json
from grader.model import CellRun, Outcome, Report, Status
from grader.pages import open_templates
from grader.rendering import cut, escape_unseen, make_visible, note, render_output, tame

PAGE_CHARACTERS = 10_000_000
"""What sources and outputs may take of one page: a browser still opens it, and a hostile notebook makes no more."""
OUTPUT_CHARACTERS = 50_000
"""What an output counts at least, so no page has more than 200: sanitising may cost more than what is left says."""
OUTPUT_DEPTH = 50
NAME_BYTES = 100
DIGEST_CHARACTERS = 20
"""Of 12, who wants to take a given name's place finds a fitting one in 2^48 trials: a night of one graphics card."""
ROW_CHARACTERS = 110
NAME_CHARACTERS = 50
HEADER_CHARACTERS = 8

_COUNTED = ("score", "points", "remark")
_KEPT_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_ENDS_LIKE_OURS = re.compile(rf"-[0-9a-f]{{{DIGEST_CHARACTERS}}}\Z")
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
_UNSTORABLE = {"output_type": "stream", "name": "stderr", "text": "[an output that cannot be stored was left out]\n"}


class _StoredRun(msgspec.Struct):
    """A cell's run as `Report.for_summary` keeps it."""

    id: str
    exercise: str | None
    state: str
    reason: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How a learner reads an outcome: in a symbol, in a word, and in a sentence where the word is not enough."""

    symbol: str
    word: str
    meaning: str = ""


MARKS = {
    Outcome.PASSED: Mark(symbol="✓", word="passed"),
    Outcome.FAILED: Mark(symbol="✗", word="failed"),
    Outcome.TIMEOUT: Mark(symbol="…", word="late"),
    Outcome.CRASHED: Mark(symbol="!", word="crashed"),
    Outcome.MISSING: Mark(symbol="○", word="not run"),
    Outcome.ERROR: Mark(
        symbol="?", word="test error", meaning="The test itself broke. This is not your fault; tell your instructor."
    ),
}
STATES = {
    "ran": "ran", "raised": "ended with an error", "timeout": "took too long", "crashed": "ended the process",
    "skipped": "did not run",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ShownCell:
    """A cell as the page shows it."""

    run: CellRun
    state: str
    source: Markup
    outputs: tuple[Markup, ...]

    @property
    def characters(self) -> int:
        """What it takes of the page."""
        return len(self.source) + sum(map(_size, self.outputs))


@dataclass(frozen=True, kw_only=True)
class GivenByHand:
    """What a person gave for one cell, or said of it; `earned` is None where they have not graded it yet."""

    name: str
    earned: float | None = None
    points: float | None = None
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """What a person gave in all, and the total with it, late penalty taken off."""

    given: tuple[GivenByHand, ...]
    score: float
    points: float
    late_penalty: float = 0


def write_report(report: Report, folder: Path) -> tuple[Path, Path]:
    """The instructor's JSON and the learner's page, in the folder; each is written whole or stays as it was.

    Neither takes its place before both are on the disk. Raises UsageError when they cannot be written.
    """
    name = report_name(report.submission)
    as_json, as_html = folder / f"{name}.json", folder / f"{name}.html"
    # The JSON comes last, for it says that this submission is done.
    contents = {as_html: render_html(report).encode(errors="replace"), as_json: _encode(report)}
    write_whole(contents, mend="make room, or see to the folder's permissions; the same command goes on")
    return as_json, as_html


def report_name(submission: str) -> str:
    """A submission's file name without suffix: its id where every system takes that, else what can be kept and a hash.

    A stranger may have chosen the id. Two ids never share a name, not even where case or normal form do not count.
    """
    if _KEPT_NAME.fullmatch(submission) and not (_ENDS_LIKE_OURS.search(submission) or _RESERVED.fullmatch(submission)):
        return submission
    digest = hashlib.sha256(submission.encode(errors="surrogatepass")).hexdigest()[:DIGEST_CHARACTERS]
    spelled = "".join(letter if _is_of_words(letter) else "-" for letter in unicodedata.normalize("NFKC", submission))
    kept = re.sub("-+", "-", spelled).encode(errors="ignore")[:NAME_BYTES].decode(errors="ignore").strip("-_")
    return f"{kept or 'submission'}-{digest}"


def read_report(path: Path) -> Report | None:
    """The report that `write_report` wrote there; None when there is none, or none that this version understands."""
    try:
        document = json.loads(path.read_bytes())
        if not isinstance(document, dict):
            return None
        return Report.model_validate({key: value for key, value in document.items() if key not in _COUNTED})
    except (OSError, ValueError, RecursionError):
        return None


def read_summary(path: Path) -> Report | None:
    """What `read_report` returns as `Report.for_summary` has it; what cells showed is passed over, never built."""
    try:
        with path.open("rb") as stream:
            content = bytearray(path.stat().st_size)
            stream.readinto(content)
        # An id or a detail may hold half a character; in a summary it need not come back as it was.
        mend_json(content)
        told = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
        runs = [run for run in msgspec.json.decode(told.pop("cells"), type=list[_StoredRun]) if run.exercise]
        stored = {key: msgspec.json.decode(value) for key, value in told.items() if key not in _COUNTED}
        return Report.model_validate(stored | {"cells": [msgspec.structs.asdict(run) | {"source": ""} for run in runs]})
    except (OSError, ValueError, KeyError, RecursionError):
        return None


def render_html(report: Report, *, by_hand: ByHand | None = None) -> str:
    """The learner's feedback as one page that loads nothing; safe to hand out, whatever was handed in.

    Why a submission stayed ungraded is not on it: that text may quote a hidden test.
    """
    environment = open_templates()
    environment.filters["number"] = _number
    page = environment.get_template("report.html")
    return page.render(
        report=report.for_learner(), cells=_show_cells(report.cells), marks=MARKS, Status=Status, by_hand=by_hand
    )


def results_table(reports: Sequence[Report], names: Mapping[str, str] | None = None) -> Table:
    """A row for each report in the order given; a column for each exercise when all graded ones are of one lab.

    A learner whose name is known, by submission, is called so, with their id behind it.
    """
    graded = [report for report in reports if report.status is Status.GRADED]
    exercises = graded[0].exercises() if graded and len({report.lab for report in graded}) == 1 else ()
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("Learner", min_width=6, max_width=16, overflow="fold")
    if not exercises:
        table.add_column("Lab", max_width=32, overflow="fold")
    for exercise in exercises:
        widest = max(HEADER_CHARACTERS, *(len(_share(report, exercise)) for report in graded))
        table.add_column(_header(exercise), justify="right", no_wrap=True, min_width=widest, max_width=widest)
    table.add_column("Total", justify="right", no_wrap=True, min_width=max(map(len, map(_total, reports)), default=0))
    table.add_column("Status", min_width=9, max_width=20, overflow="fold")
    table.add_column("Seconds", justify="right", no_wrap=True, min_width=7)
    learners = Counter(report.learner for report in reports)
    for report in reports:
        # Two of one learner are told apart by where they lay.
        who = report.learner if learners[report.learner] == 1 else report.submission
        name = (names or {}).get(report.submission)
        table.add_row(*_row(f"{_shorten(name, NAME_CHARACTERS)} ({who})" if name else who, report, exercises))
    return table


def summary(reports: Sequence[Report]) -> str:
    """One line: how many reports have which status; `checked` only where there are any, which is in a CI alone."""
    counts = Counter(report.status for report in reports)
    told = [status for status in Status if counts[status] or status is not Status.CHECKED]
    return ", ".join(f"{counts[status]} {status}" for status in told)


def _encode(report: Report) -> bytes:
    cells = tuple(
        run.model_copy(update={"outputs": tuple(o if _is_storable(o) else _UNSTORABLE for o in run.outputs)})
        for run in report.cells
    )
    document = report.model_copy(update={"cells": cells}).model_dump() | {key: getattr(report, key) for key in _COUNTED}
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    # Somebody looks at it with cat; and a lone surrogate, as a file name that is no UTF-8 has, is no UTF-8 here either.
    return f"{escape_unseen(text)}\n".encode()


def _is_storable(value: Any, depth: int = OUTPUT_DEPTH) -> bool:
    """Whether every reader of JSON takes it: Python's own writes NaN, and recurses until it fails."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(_is_storable(part, depth - 1) for part in parts)
    return not isinstance(value, float) or math.isfinite(value)


def _is_of_words(letter: str) -> bool:
    # Marks too: without its vowel signs a Hindi name is no name.
    return letter.isalnum() or letter == "_" or unicodedata.category(letter).startswith("M")


def _number(value: float) -> str:
    return f"{round(value, 2):g}"


def _show_cells(runs: Sequence[CellRun]) -> list[ShownCell]:
    room = PAGE_CHARACTERS
    shown = []
    for run in runs:
        cell = _show_cell(run, max(room, 0))
        room -= cell.characters
        shown.append(cell)
    return shown


def _show_cell(run: CellRun, room: int) -> ShownCell:
    source = Markup.escape(make_visible(cut(run.source) if room else "[the page is full]"))
    outputs: list[Markup] = []
    room -= len(source)
    for output in run.outputs:
        if room <= 0:
            outputs.append(note("The page is full; what follows is not shown."))
            break
        outputs.append(render_output(output))
        room -= _size(outputs[-1])
    return ShownCell(run=run, state=STATES[run.state], source=source, outputs=tuple(outputs))


def _size(output: Markup) -> int:
    return max(len(output), OUTPUT_CHARACTERS)


def _header(exercise: str) -> Text:
    return Text(exercise.replace("-", "-\n") if len(exercise) > HEADER_CHARACTERS else exercise)


def _row(who: str, report: Report, exercises: Sequence[str]) -> list[Text]:
    parts = [_share(report, exercise) for exercise in exercises] if exercises else [report.lab or "-"]
    row = [who, *parts, _total(report), _status(report), f"{report.seconds:.1f}"]
    return [Text(tame(_shorten(text))) for text in row]


def _share(report: Report, exercise: str) -> str:
    if report.status is not Status.GRADED:
        return "-"
    earned, possible = report.earned(exercise)
    return f"{_number(earned)}/{_number(possible)}"


def _total(report: Report) -> str:
    return "-" if report.score is None else f"{_number(report.score)} / {_number(report.points)}"


def _status(report: Report) -> str:
    if report.status is not Status.GRADED:
        return f"{report.status}: {report.reason}"
    return f"{report.status}, {report.remark}" if report.remark else str(report.status)


def _shorten(text: str, characters: int = ROW_CHARACTERS) -> str:
    return text if len(text) <= characters else f"{text[:characters]}…"
