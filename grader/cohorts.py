"""The command that compares a cohort's submissions, for instructors."""

import importlib.util
import json
from pathlib import Path
from typing import Annotated

import typer

from grader.errors import UsageError
from grader.files import write_whole
from grader.labs import default_folder
from grader.pages import FIELD_CHARACTERS
from grader.rendering import cut, escape_unseen, tame
from grader.terminal import JsonOption, LabsOption, err, how_to_install, out

THRESHOLD = 0.8
"""What share of the structure two submissions have in common before somebody should look."""
app = typer.Typer()


@app.command(rich_help_panel="For instructors", epilog="Example: `pivotlab similarity /srv/handed-in --out alike`")
def similarity(
    notebooks: Annotated[
        list[Path], typer.Argument(help="Folders of notebooks, one folder a learner.", metavar="FOLDER...")
    ],
    *,
    out_folder: Annotated[Path, typer.Option("--out", help="Folder for the pages.")] = Path("similarity"),
    labs: LabsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Find submissions too alike to be two people's work; a page for each lab shows the pairs side by side.

    The released text is taken out first, and so is what many have. Exit code: 0, whatever is found.
    """
    if importlib.util.find_spec("copydetect") is None:
        raise UsageError(f"copydetect is not installed here; {how_to_install('instructor')}")
    from grader.teaching.reading import read_cohort  # noqa: PLC0415 - copydetect is an extra
    from grader.teaching.similarity import find_pairs, own_work, released_work  # noqa: PLC0415
    from grader.teaching.similarity_page import render_pairs  # noqa: PLC0415

    cohort = read_cohort(notebooks, labs or default_folder())
    for file, reason in cohort.refused.items():
        err.print(tame(cut(f"left out: {file}: {reason}", FIELD_CHARACTERS)), markup=False, soft_wrap=True)
    rows = []
    for lab_id, submissions in cohort.submissions.items():
        lab = cohort.labs[lab_id]
        works = [own_work(lab, submission) for submission in submissions]
        with err.status(f"comparing {len(works)} submissions of {lab_id}"):
            pairs = find_pairs(works, released_work(lab), threshold=THRESHOLD)
        page = out_folder / f"{lab_id.replace('/', '-')}.html"
        said = render_pairs(lab, pairs, len(works)).encode(errors="replace")
        write_whole({page: said}, mend="make room, or name another folder with --out")
        rows += [
            {
                "lab": lab_id, "left": pair.left.work.submission, "right": pair.right.work.submission,
                "share": round(pair.share, 3), "rare_lines": len(pair.rare_lines), "page": str(page),
            }
            for pair in pairs
        ]  # fmt: skip
        if not as_json:
            told = f"{lab_id}: {len(pairs)} pairs among {len(works)} submissions; {page}"
            out.print(told, markup=False, highlight=False, soft_wrap=True)
    if as_json:
        print(escape_unseen(json.dumps(rows, indent=2, ensure_ascii=False)))  # noqa: T201 - without colour or wrapping
    return 0
