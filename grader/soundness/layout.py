"""What can be seen of a lab without running it: files that nobody reads, words that give something away, dead links."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.labs import START_NOTEBOOK
from grader.model import Lab
from grader.soundness.answers import Kind

PROOF = "proof.json"
EQUIVALENT = "mutants.toml"
_FILES = {"lab.toml", "source.py", START_NOTEBOOK, "make_data.py", PROOF, EQUIVALENT}
_FOLDERS = {"data", "hidden", *Kind}
_IGNORED = {"__pycache__", ".ipynb_checkpoints"}
_LINK = re.compile(r"\]\(([^)\s]+)\)|<(?:a|img)\s[^>]*(?:href|src)=\"([^\"]+)\"")
_SUMMARY = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\d)")
_FENCE_OR_SPACE = re.compile(r"\s+")
_SMALL = 100
_YEARS = range(1300, 2101)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What makes a lab unsound, and what its author does about it."""

    what: str
    mend: str

    def __str__(self) -> str:
        """One line that ends in the mend."""
        return f"{self.what}; {self.mend}"


def inspect_files(lab: Lab, place: Path) -> list[Finding]:
    """All that is wrong with the files of the lab in the folder `place`."""
    return [
        *_stray_files(place), *_unmentioned_data(lab, place), *_solutions_and_outputs(lab),
        *_hints_that_differ(lab), *_markdown_in_summaries(lab), *_dead_links(lab, place), *_hidden_numbers_told(lab),
    ]  # fmt: skip


def read_equivalents(place: Path) -> dict[tuple[str, str], str]:
    """Why a mutant is no mistake, by exercise and change, from mutants.toml; empty where there is none."""
    file = place / EQUIVALENT
    said = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {(one["exercise"], one["change"]): one["reason"].strip() for one in said.get("equivalent", [])}


def _stray_files(place: Path) -> Iterator[Finding]:
    for file in sorted(place.rglob("*")):
        if file.is_dir() or _IGNORED & set(file.parts):
            continue
        top, *below = file.relative_to(place).parts
        is_answer = top in set(Kind) and (len(below) != 1 or file.suffix != ".py")
        if (not below and top not in _FILES) or (below and top not in _FOLDERS) or is_answer:
            yield Finding(
                what=f"{file}: no part of a lab", mend="remove it, or see docs/writing-a-lab.md for its place"
            )


def _unmentioned_data(lab: Lab, place: Path) -> Iterator[Finding]:
    text = (place / "source.py").read_text(encoding="utf-8")
    for name in lab.data:
        file = Path(name)
        if not any(part in text for part in (file.name, file.stem, *file.parent.parts[1:])):
            yield Finding(what=f"{place / name}: source.py never names it", mend="remove it, or use it")


def _solutions_and_outputs(lab: Lab) -> Iterator[Finding]:
    cells = json.loads(lab.notebook)["cells"]
    for cell in cells:
        if cell.get("outputs") or cell.get("execution_count"):
            yield Finding(what=f"the start notebook's cell {cell['id']} has outputs", mend="run: pivotlab notebook")
    shown = "".join("".join(cell["source"]) for cell in cells)
    for exercise, answer in lab.reference.items():
        if "### BEGIN SOLUTION" not in answer:
            what = f"the cell of exercise {exercise} has no solution between its marks"
            yield Finding(what=what, mend="write it between ### BEGIN SOLUTION and ### END SOLUTION")
        elif "SOLUTION" in shown:
            yield Finding(what="the start notebook holds a mark of a solution", mend="mend the marks in source.py")


def _hints_that_differ(lab: Lab) -> Iterator[Finding]:
    shown = _plain("\n".join("".join(cell["source"]) for cell in json.loads(lab.notebook)["cells"]))
    for exercise in lab.exercises:
        for number, hint in enumerate(exercise.hints, start=1):
            if _plain(hint) not in shown:
                what = f"hint {number} of {exercise.id} in lab.toml is not what source.py shows"
                yield Finding(what=what, mend="write the same words in both")


def _markdown_in_summaries(lab: Lab) -> Iterator[Finding]:
    """JupyterLab shows the signs themselves there: what stands in an HTML line is HTML."""
    for cell in json.loads(lab.notebook)["cells"]:
        for summary in _SUMMARY.findall("".join(cell["source"])):
            if "`" in summary or "**" in summary:
                what = f"cell {cell['id']}: the summary {summary[:60]!r} holds Markdown, which is not rendered there"
                yield Finding(what=what, mend="write <code> and <b> in it")


def _plain(text: str) -> str:
    return _FENCE_OR_SPACE.sub("", text)


def _dead_links(lab: Lab, place: Path) -> Iterator[Finding]:
    for cell in json.loads(lab.notebook)["cells"]:
        if cell["cell_type"] != "markdown":
            continue
        for groups in _LINK.findall("".join(cell["source"])):
            link = "".join(groups).partition("#")[0]
            if link and not link.startswith(("https://", "http://", "mailto:")) and link not in lab.data:
                what = f"{place / 'source.py'}: cell {cell['id']} links to {link}, which a learner has not"
                yield Finding(what=what, mend="mend the link, or put the file into data/")


def _hidden_numbers_told(lab: Lab) -> Iterator[Finding]:
    """Numbers that a hidden test compares with, in the titles and hints of the lab; the contract may name them."""
    secrets = {number for content in _hidden_sources(lab) for number in _compared_numbers(content)}
    secrets -= _contract_numbers(lab)
    for exercise in lab.exercises:
        for words in (*exercise.hints, *(test.title for test in exercise.tests)):
            if told := secrets & {float(found) for found in _NUMBER.findall(words)}:
                what = f"{exercise.id}: {words[:60]!r} tells {min(told):g}, which a hidden test compares with"
                yield Finding(what=what, mend="say what is right without the number, or test with another")


def _contract_numbers(lab: Lab) -> set[float]:
    """What the exercises' own cells say to the learner: signatures and docstrings."""
    cells = json.loads(lab.notebook)["cells"]
    shown = "".join("".join(cell["source"]) for cell in cells if cell["id"] in lab.reference)
    return {float(found) for found in _NUMBER.findall(shown)}


def _hidden_sources(lab: Lab) -> list[str]:
    return [content.decode() for name, content in lab.hidden.items() if name.endswith(".py")]


def _compared_numbers(source: str) -> Iterator[float]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Compare):
            continue
        for part in (node.left, *node.comparators):
            if isinstance(part, ast.Constant) and isinstance(part.value, int | float) and _is_telling(part.value):
                yield float(part.value)


def _is_telling(number: float) -> bool:
    """Whether it is no mere count, year or round share, which a text may hold by chance."""
    return number not in _YEARS and (number >= _SMALL or number != round(number, 1))
