"""The notebook that nbgrader shows to who grades by hand: ours, with a learner's texts and what their cells showed.

nbgrader's page shows HTML and Markdown as they are, links and scripts too, on the instructor's own Jupyter. So what a
learner wrote is here only as text, and what their cells showed only as our pages have it.
"""

import json
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from grader.model import CellRun, Report, Result
from grader.rendering import cut, make_visible, note, render_output
from grader.report import MARKS, PAGE_CHARACTERS
from grader.teaching.assignment import GRADED_UNSEEN
from grader.teaching.marking import Marking

LINE_CHARACTERS = 100
ID_CHARACTERS = 64
# A line of a code block does not wrap by itself.
_WRAPPER = textwrap.TextWrapper(
    LINE_CHARACTERS, expand_tabs=False, replace_whitespace=False, drop_whitespace=False, break_on_hyphens=False
)
_BACKTICKS = re.compile("`+")


def build_autograded(
    marking: Marking, report: Report, written: Mapping[str, str], remarks: Mapping[str, Sequence[str]]
) -> bytes:
    """An assignment's notebook as one submission has it.

    `written` are its answers in prose by cell, `remarks` other prose by the cell before it. It says of hidden tests
    only what a learner may read, for nbgrader makes its own feedback of it.
    """
    notebook = marking.notebook
    unseen = {cell["id"] for cell in json.loads(marking.lab.notebook)["cells"]} - {
        cell["id"] for cell in notebook["cells"]
    }
    runs = {run.id: run for run in report.cells if run.id not in unseen}
    extras = _extras(runs.values(), {cell["id"] for cell in notebook["cells"]})
    page = _Page()
    cells = [page.code(run.id, run) for run in extras.get("", [])] + _prose("", remarks)
    checks = marking.results(report)
    for cell in notebook["cells"]:
        name = cell["id"]
        if name in runs:
            cells.append(cell | page.code(name, runs[name]) | {"metadata": cell["metadata"]})
        elif name in checks:
            cells.append(cell | {"outputs": [_shown(_verdict(checks[name]))]})
        elif name in marking.withheld:
            cells.append(
                cell | {"outputs": [_shown(note("Not graded: this test cannot be run apart from the notebook."))]}
            )
        elif name in written:
            cells.append(cell | {"source": quote(written[name])})
        else:
            cells.append(cell)
        cells += [page.code(run.id, run) for run in extras.get(name, [])] + _prose(name, remarks)
    return (json.dumps(notebook | {"cells": cells}, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode(
        errors="replace"
    )


def quote(text: str) -> str:
    """A learner's prose as Markdown that shows it letter for letter: a block of code, which MathJax leaves alone."""
    visible = make_visible(cut(text.replace("\r\n", "\n")))
    body = "\n".join("\n".join(_WRAPPER.wrap(line)) for line in visible.split("\n"))
    fence = "`" * max(3, 1 + max(map(len, _BACKTICKS.findall(body)), default=0))
    return f"{fence}\n{body}\n{fence}"


class _Page:
    """The cells of one notebook, which together may show so much and no more."""

    def __init__(self) -> None:
        self._room = PAGE_CHARACTERS

    def code(self, name: str, run: CellRun) -> dict[str, Any]:
        source = make_visible(cut(run.source))
        outputs = [note(f"It did not come to its end: {run.reason}")] if run.state != "ran" and run.reason else []
        for output in run.outputs:
            if self._room <= 0:
                outputs.append(note("The notebook is full; what follows is not shown."))
                break
            outputs.append(render_output(output))
            self._room -= len(outputs[-1])
        return {
            "cell_type": "code", "id": name[:ID_CHARACTERS], "metadata": {}, "source": source, "execution_count": None,
            "outputs": list(map(_shown, outputs)),
        }  # fmt: skip


def _extras(runs: Iterable[CellRun], ours: set[str]) -> dict[str, list[CellRun]]:
    """The learner's own cells, by the cell of ours that they come after."""
    extras: dict[str, list[CellRun]] = {}
    last = ""
    for run in runs:
        if run.id in ours:
            last = run.id
        elif run.source.strip() != GRADED_UNSEEN:
            extras.setdefault(last, []).append(run)
    return extras


def _prose(cell: str, remarks: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    return [
        {
            "cell_type": "markdown",
            "id": f"remark-{number}-{cell}"[:ID_CHARACTERS],
            "metadata": {},
            "source": quote(text),
        }
        for number, text in enumerate(remarks.get(cell, ()))
    ]


def _verdict(results: Sequence[Result]) -> Markup:
    earned, possible = sum(one.earned for one in results), sum(one.points for one in results)
    lines = Markup("").join(
        Markup("<li>{}: {}, {:g} of {:g}</li>").format(
            make_visible(cut(result.title)), MARKS[result.outcome].word, result.earned, result.points
        )
        for result in results
    )
    return Markup("<figure><p>{:g} of {:g} points</p><ul>{}</ul></figure>").format(earned, possible, lines)


def _shown(figure: Markup) -> dict[str, Any]:
    # MathJax would make links of a formula that it finds in a table.
    html = Markup('<div class="tex2jax_ignore mathjax_ignore">{}</div>').format(figure)
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": str(html)}}
