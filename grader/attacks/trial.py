"""Tries one attack: hands it in, has it graded as any submission, and holds what came of it against what must come."""

import ast
import base64
import html
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from grader.attacks.attack import MARKER, TARGET, Attack, Expected, hand_in
from grader.batch import find_notebooks, grade_all, read_jobs
from grader.errors import GraderError
from grader.model import Lab, Report, Submission
from grader.report import read_report, report_name, write_report

Grade = Callable[[Lab, Submission], Report]
_SECRET_CHARACTERS = 12
_LINE_CHARACTERS = 24
_BASE64_BYTES = 3
"""How many bytes base64 takes at a time: a text inside a longer one is written in as many ways."""


class Verdict(StrEnum):
    """What became of an attack."""

    HELD = "held"
    SUCCEEDED = "succeeded"
    HUNG = "hung"
    DIFFERS = "differs"
    """It gained nothing, but what came of it is not what should: a fault told wrongly, an innocent point lost."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What one attack came to."""

    attack: Attack
    verdict: Verdict
    found: str
    """The score it got, or what was wrong."""
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where attacks are tried: one lab on one kind of sandbox, and what it must not give away."""

    lab: Lab
    labs: Path
    image: str
    grade: Grade
    secrets: frozenset[str]
    worth: float
    """What an answer of nothing earns on this lab."""


def find_secrets(lab: Lab) -> frozenset[str]:
    """What of the hidden files a learner must never see: their lines and texts that are nowhere in what is public."""
    public = "\n".join(
        file.decode(errors="replace")
        for file in (lab.notebook, lab.model_dump_json(include={"exercises"}).encode(), *lab.data.values())
    )
    texts = {text for name, content in lab.hidden.items() for text in _texts(name, content.decode(errors="replace"))}
    return frozenset(text for text in texts if text not in public)


def try_attack(attack: Attack, ground: Ground) -> Trial:
    """The attack's verdict; whatever it hands in, this returns."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pivotlab-attack-", ignore_cleanup_errors=True) as place:
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="attack")
        try:
            faults, found = executor.submit(_grade_and_judge, attack, ground, Path(place)).result(attack.file.seconds)
        except LateError:
            faults, found = [(Verdict.HUNG, f"no report after {attack.file.seconds:g} s")], ""
        except GraderError as error:
            faults, found = [(Verdict.DIFFERS, f"it stopped the whole batch: {error}")], ""
        finally:
            executor.shutdown(wait=False, cancel_futures=True)
    # The worst first: a success is never hidden behind a difference.
    worst = min(faults, key=lambda fault: list(Verdict)[1:].index(fault[0]), default=(Verdict.HELD, found))
    return Trial(attack=attack, verdict=worst[0], found=worst[1], seconds=round(time.monotonic() - began, 1))


Fault = tuple[Verdict, str]


def _grade_and_judge(attack: Attack, ground: Ground, place: Path) -> tuple[list[Fault], str]:
    inbox, reports = place / "handed-in", place / "reports"
    inbox.mkdir()
    hand_in(attack, ground.lab, inbox)
    _grade_folder(ground, inbox, reports)
    faults: list[Fault] = []
    for submission, expected in sorted(attack.file.expected.items()):
        name = report_name(submission)
        report = read_report(reports / f"{name}.json")
        if report is None:
            faults.append((Verdict.DIFFERS, f"{submission}: no report that can be read"))
            continue
        page = (reports / f"{name}.html").read_text(encoding="utf-8")
        faults += _judge(report, page, expected, ground)
        found = "-" if report.score is None else f"{report.score:g} of {report.points:g}"
    faults += [(Verdict.SUCCEEDED, f"wrote {stray}") for stray in _strays(place, inbox, attack)]
    return faults, f"{report.status}, {found}" if report else ""


def _grade_folder(ground: Ground, inbox: Path, reports: Path) -> None:
    """Grade what was handed in, one after the other, as `pivotlab grade` does."""
    jobs, refused = read_jobs(find_notebooks([inbox]), ground.labs, None)
    for report in refused:
        write_report(report, reports)
    with ThreadPoolExecutor(max_workers=1) as executor:
        images = {ground.lab.environment: ground.image}
        for _ in grade_all(jobs, ground.grade, executor, folder=reports, images=images, window=1):
            pass


def _judge(report: Report, page: str, expected: Expected, ground: Ground) -> Iterator[Fault]:
    said = _say_all(report.for_learner())
    yield from _find_shown(said, page, expected, ground)
    yield from _judge_score(report, expected, ground)
    if report.status is not expected.status:
        yield Verdict.DIFFERS, f"{report.status}, not {expected.status}: {report.reason[:120]}"
    if ground.lab.id == TARGET:
        for result in report.results:
            wanted = expected.outcomes.get(result.test, result.outcome)
            if result.outcome is not wanted:
                yield Verdict.DIFFERS, f"{result.test}: {result.outcome}, not {wanted} ({result.reason[:80]})"
    for text in expected.shows:
        if text not in said:
            yield Verdict.DIFFERS, f"it does not say {text!r}: the attack did not come as far as it means to"


def _find_shown(said: str, page: str, expected: Expected, ground: Ground) -> Iterator[Fault]:
    """What a learner sees and must not: the attack's own word, the hidden tests' words, what the attack names."""
    if MARKER in said:
        yield Verdict.SUCCEEDED, said[said.index(MARKER) :].partition("\n")[0][:120]
    told = f"{said}\n{html.unescape(page)}"
    hidden = [secret for secret in sorted(ground.secrets) if any(form in told for form in disguises(secret))]
    # What an attack names is looked for as it names it: the page may well show a tag as text.
    for text in (*hidden, *(text for text in expected.hides if text in page)):
        yield Verdict.SUCCEEDED, f"the learner's report shows {text[:60]!r}"


def disguises(secret: str) -> frozenset[str]:
    """The forms in which a text is looked for: as it is, backwards, and in hex or base64, also inside a longer text.

    What is spread out, drawn or counted is for an attack's own `hides`.
    """
    raw = secret.encode(errors="replace")
    coded = {secret, secret[::-1], raw.hex(), raw.hex().upper(), raw.hex(" "), raw[::-1].hex()}
    for before in range(_BASE64_BYTES):
        whole = bytes(before) + raw
        # What its neighbours share a letter with is not the same everywhere, so both ends are left out.
        first, last = 4 * (before > 0), len(whole) // _BASE64_BYTES * 4
        coded |= {encode(whole)[first:last].decode() for encode in (base64.b64encode, base64.urlsafe_b64encode)}
    return frozenset(coded)


def _say_all(told: Report) -> str:
    """All that a learner's report says beside their own sources."""
    shown = [text for cell in told.cells for output in cell.outputs for text in _strings(output)]
    reasons = [told.reason, *told.notes, *(result.reason for result in told.results)]
    return "\n".join([*shown, *reasons, *(cell.reason for cell in told.cells)])


def _strings(value: Any) -> Iterator[str]:
    """Every text in plain data, unescaped: a quotation mark in JSON would hide a line of a program."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in (*value, *value.values()) if isinstance(value, dict) else value:
            yield from _strings(part)


def _judge_score(report: Report, expected: Expected, ground: Ground) -> Iterator[Fault]:
    deserved = expected.score if ground.lab.id == TARGET else _deserved_elsewhere(expected, ground)
    if report.score is None or deserved is None:
        return
    if report.score > deserved:
        yield Verdict.SUCCEEDED, f"a score of {report.score:g} where {deserved:g} is deserved"
    elif report.score < deserved and ground.lab.id == TARGET:
        yield Verdict.DIFFERS, f"a score of {report.score:g} where {deserved:g} is deserved"


def _deserved_elsewhere(expected: Expected, ground: Ground) -> float | None:
    """The most that is deserved on another lab than the target: what nothing earns, or all where answers are right."""
    if expected.score is None:
        return None
    return ground.lab.points if expected.score else ground.worth


def _strays(place: Path, inbox: Path, attack: Attack) -> list[str]:
    """Files that were written beside where reports belong."""
    allowed = {inbox.name, "reports"}
    names = {report_name(submission) for submission in attack.file.expected}
    reports = place / "reports"
    strays = [file.name for file in place.iterdir() if file.name not in allowed]
    return strays + [
        file.name for file in reports.iterdir() if file.suffix not in {".json", ".html"} or file.stem not in names
    ]


def _texts(name: str, content: str) -> Iterator[str]:
    """The lines of a file that are long enough to be nobody else's, and of a program its literal texts too."""
    yield from (line.strip() for line in content.splitlines() if len(line.strip()) >= _LINE_CHARACTERS)
    if not name.endswith(".py"):
        yield from (line.strip() for line in content.splitlines() if len(line.strip()) >= _SECRET_CHARACTERS)
        return
    for node in ast.walk(ast.parse(content)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) >= _SECRET_CHARACTERS:
            yield node.value
