"""The command line: parses, calls, prints, returns a code."""

import functools
import json
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.padding import Padding
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from grader import __version__
from grader.authors import app as authors_app
from grader.batch import find_notebooks, read_jobs, read_jobs_of
from grader.ci import app as ci_app
from grader.ci import find_environment
from grader.cohorts import app as cohorts_app
from grader.errors import GraderError
from grader.files import require_writable, write_whole
from grader.formats.junit import render_junit
from grader.formats.markdown import render_markdown
from grader.formats.sarif import render_sarif
from grader.formats.site import require_apart, write_site
from grader.formats.spreadsheet import render_csv
from grader.instructors import app as instructors_app
from grader.labs import default_folder, load_lab
from grader.launch import NOT_ISOLATED, Kind, Launcher, StartKind
from grader.learners import app as learners_app
from grader.model import Report
from grader.pages import FIELD_CHARACTERS
from grader.rendering import cut, escape_unseen, tame
from grader.report import report_name, results_table, summary, write_report
from grader.sealing.way import choose_way
from grader.terminal import (
    ExecutorOption,
    JsonOption,
    LabsOption,
    RuntimeOption,
    StartOption,
    count_progress,
    err,
    grade_jobs,
    open_place,
    out,
)
from grader.verdict import exit_code, say_verdict

INTERRUPTED = 130

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="markdown",
    help="Practice labs that take an IT professional into an AI/ML role, and the grader that scores them.",
)  # fmt: skip
images_app = typer.Typer(no_args_is_help=True, help="Build and list the images that sandboxes run from.")
app.add_typer(images_app, name="images")

app.add_typer(learners_app)
app.add_typer(cohorts_app)
app.add_typer(ci_app)
app.add_typer(authors_app)
app.add_typer(instructors_app, name="course", rich_help_panel="For instructors")

CsvOption = Annotated[Path | None, typer.Option(help="Also write all scores to this file, for a spreadsheet.")]
JunitOption = Annotated[Path | None, typer.Option(help="Also write JUnit XML to this file, for CI.")]
SarifOption = Annotated[Path | None, typer.Option(help="Also write SARIF 2.1.0 to this file, for code scanning.")]
MarkdownOption = Annotated[Path | None, typer.Option(help="Also write a summary to this file, for a CI job's page.")]
HtmlOption = Annotated[
    Path | None, typer.Option(help="Also put the learners' pages and an index into this folder.", metavar="DIR")
]
MinScoreOption = Annotated[
    float | None,
    typer.Option(min=0, max=100, help="Percent of the points that each must have for exit code 0.", metavar="PERCENT"),
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Print nothing but errors and what came of it in all.")]
BundleOption = Annotated[
    Path | None, typer.Option(help="Lab packed by `pivotlab pack`; PIVOTLAB_KEY opens its hidden tests, in memory.")
]
SignOption = Annotated[
    str | None,
    typer.Option(help="Write signed receipts: file of the key, or `env` for PIVOTLAB_SIGNING_KEY.", metavar="FILE|env"),
]


class _Telling(logging.Formatter):
    """Records may quote a stranger's words too, and tracebacks do."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as it is safe to show."""
        return _tell(super().format(record))


def main() -> None:
    """Run the command line; every error of ours becomes its message and its exit code."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Telling("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        code = app(standalone_mode=False)
    except GraderError as error:
        err.print(_tell(f"pivotlab: {error}"), markup=False, style="red", soft_wrap=True)
        sys.exit(error.exit_code)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:
        if hasattr(error, "exit_code") and hasattr(error, "format_message"):
            # Who names no command is shown the help, and there is nothing more to say.
            if said := error.format_message():
                err.print(f"pivotlab: {said}; see: pivotlab --help", markup=False, style="red")
            sys.exit(error.exit_code)
        raise
    if code == INTERRUPTED:
        err.print("pivotlab: stopped; what was graded is kept, and the same command goes on from there", soft_wrap=True)
    sys.exit(code or 0)


@app.callback(invoke_without_command=True)
def version(
    *, show: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False
) -> None:
    """Say the version."""
    if show:
        out.print(f"pivotlab {__version__}")
        raise typer.Exit


@app.command(epilog="Example: `pivotlab grade handed-in/ --out reports`")
def grade(  # noqa: PLR0913 - each is an option
    notebooks: Annotated[
        list[Path], typer.Argument(help="Notebooks, or folders of them.", metavar="NOTEBOOK|FOLDER...")
    ],
    *,
    lab: Annotated[str | None, typer.Option(help="PATH/LAB, where a notebook does not say it.")] = None,
    out_folder: Annotated[Path, typer.Option("--out", help="Folder for the reports.")] = Path("reports"),
    sandbox: Annotated[Kind, typer.Option(help="What submissions run in.")] = Kind.AUTO,
    runtime: RuntimeOption = None,
    start: StartOption = StartKind.AUTO,
    executor: ExecutorOption = None,
    labs: LabsOption = None,
    csv: CsvOption = None,
    junit: JunitOption = None,
    sarif: SarifOption = None,
    markdown: MarkdownOption = None,
    html: HtmlOption = None,
    min_score: MinScoreOption = None,
    bundle: BundleOption = None,
    sign: SignOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> int:
    """Grade notebooks against their lab's hidden tests; a JSON and an HTML report for each.

    Exit code: 0 all have full marks, or `--min-score`, 1 some have less, 2 a file was rejected, 3 a lab is unsound, 4
    something stayed ungraded, 5 a bundle's key is not here and the visible checks pass. Run it again and it goes on
    where it stopped; with `--bundle` or `--sign` it grades anew, for anybody could have put those reports there.
    """
    way, found = choose_way(bundle, lab, sign), find_notebooks(notebooks)
    render_places = functools.partial(render_sarif, notebooks={submission: file for file, submission in found})
    asked = ((csv, render_csv), (junit, render_junit), (sarif, render_places), (markdown, render_markdown))
    formats = [(file, render) for file, render in asked if file is not None]
    if way.lab is None:
        jobs, reports = read_jobs(found, labs or default_folder(), lab)
    else:
        jobs, reports = read_jobs_of(way.lab, found)
    require_writable([file for file, _ in formats])
    if html is not None:
        require_apart(html, out_folder)
    for report in reports:
        write_report(report, out_folder)
    with open_place(executor, sandbox, runtime, start) as place:
        way.require_fit(place)
        if not place.isolates:
            err.print(NOT_ISOLATED, style="bold yellow", soft_wrap=True)
        way.forget(jobs, out_folder)
        reports += grade_jobs(way.seal(jobs), way.choose_place(place), out_folder, quiet=quiet)
    reports.sort(key=lambda report: report.submission)
    contents = {file: render(reports).encode() for file, render in formats}
    write_whole(contents, mend="make room, and the same command goes on from the reports that are there")
    if html is not None:
        write_site(reports, html, out_folder)
    way.write_receipts(reports, out_folder)
    _show(reports, out_folder, as_json=as_json, quiet=quiet)
    if not as_json and (quiet or min_score is not None):
        out.print(say_verdict(reports, min_score), highlight=False, soft_wrap=True)
    return exit_code(reports, min_score)


@app.command(epilog="Example: `pivotlab attack --only forging`")
def attack(  # noqa: PLR0913 - each is an option
    lab: Annotated[str | None, typer.Argument(help="PATH/LAB to attack; a lab made for it when left out.")] = None,
    *,
    only: Annotated[str, typer.Option(help="Only attacks whose name has this in it, such as a family.")] = "",
    sandbox: Annotated[Kind, typer.Option(help="What submissions run in.")] = Kind.AUTO,
    runtime: RuntimeOption = None,
    start: StartOption = StartKind.AUTO,
    labs: LabsOption = None,
    attacks: Annotated[Path | None, typer.Option(help="Folder of the attacks.")] = None,
    as_json: JsonOption = False,
) -> int:
    """Hand in every known attack and show what became of each: the proof that this installation holds.

    Exit code: 0 all were held and nothing was left behind, 1 one was not. Under `--sandbox process` some cannot be
    held, for nothing isolates there; the table says which and why.
    """
    from grader.attacks.attack import TARGET, default_attacks, list_attacks  # noqa: PLC0415 - no other command needs it
    from grader.attacks.siege import besiege, prepare  # noqa: PLC0415
    from grader.attacks.table import as_rows, siege_table, verdict_line  # noqa: PLC0415

    suite = attacks or default_attacks()
    chosen = list_attacks(suite, only)
    folder = (labs or default_folder()) if lab else suite / "target"
    with Launcher(sandbox, runtime, start=start) as launcher, count_progress() as progress:
        task = progress.add_task("Attacking", total=len(chosen))
        ground = prepare(load_lab(folder, lab or TARGET), folder, launcher)
        workers = os.cpu_count() or 1
        siege = besiege(chosen, ground, launcher, workers=workers, tell=lambda _: progress.advance(task))
    if as_json:
        print(escape_unseen(json.dumps(as_rows(siege), indent=2, ensure_ascii=False)))  # noqa: T201 - as above
    else:
        out.print(siege_table(siege, isolates=launcher.isolates))
        out.print(verdict_line(siege))
    return 0 if siege.held else 1


@app.command(epilog="Example: `pivotlab doctor`")
def doctor(*, runtime: RuntimeOption = None) -> int:
    """See whether this machine can grade, and remove containers that dead runs left."""
    from grader.doctor import examine  # noqa: PLC0415 - the only command that needs it

    table = Table("What", "Found", "Mend")
    findings = examine(runtime)
    for finding in findings:
        table.add_row(finding.what, finding.found, finding.mend, style="" if finding.well else "red")
    out.print(table)
    return 0 if all(finding.well for finding in findings) else 4


@images_app.command("build", epilog="Example: `pivotlab images build core`")
def images_build(
    wanted: Annotated[
        str, typer.Argument(help="An environment; or PATH/LAB or a bundle, for its environment.")
    ] = "core",
    *,
    labs: LabsOption = None,
) -> int:
    """Build the image of an environment; nothing is done when it is there."""
    from grader.containers import connect  # noqa: PLC0415 - grading with processes needs no SDK
    from grader.images import build_image  # noqa: PLC0415

    environment = find_environment(wanted, labs)
    with _buildcount_progress() as progress:
        task = progress.add_task(f"image {environment}", total=1)
        said = ""

        def tell(text: str, share: float | None) -> None:
            nonlocal said
            progress.update(task, description=text, completed=share or 0)
            # Where nothing can be redrawn, a line for each new step shows that it goes on.
            if text != said and not err.is_terminal:
                err.print(text, markup=False, soft_wrap=True)
            said = text

        name = build_image(connect(), environment, progress=tell)
    out.print(name)
    return 0


@images_app.command("list", epilog="Example: `pivotlab images list --json`")
def images_list(*, as_json: JsonOption = False) -> int:
    """List the images that were built, and which of them match today's pins."""
    from dataclasses import asdict  # noqa: PLC0415

    from grader.containers import connect  # noqa: PLC0415
    from grader.images import list_images  # noqa: PLC0415

    found = list_images(connect())
    if as_json:
        print(json.dumps([asdict(image) for image in found], indent=2, default=str))  # noqa: T201
        return 0
    table = Table("Environment", Column("Image", no_wrap=True), "MB", "Made", "Current")
    for image in found:
        cells = (
            image.environment,
            image.name,
            f"{image.size_mb:.0f}",
            str(image.created),
            "yes" if image.current else "no",
        )
        table.add_row(*cells)
    out.print(table)
    return 0


def _buildcount_progress() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=err, disable=not err.is_terminal)


def _show(reports: Sequence[Report], folder: Path, *, as_json: bool, quiet: bool) -> None:
    for report in reports:
        if report.score is None:
            # Our word first: a CI log, or its reader, takes the beginning of a line for ours.
            said = f"{report.status}: {report.submission}: {report.reason}"
            err.print(tame(cut(said, FIELD_CHARACTERS)), markup=False, highlight=False, soft_wrap=True)
    if as_json:
        rows = [_row(report, folder) for report in reports]
        print(escape_unseen(json.dumps(rows, indent=2, ensure_ascii=False)))  # noqa: T201 - as above
        return
    if quiet:
        out.print(summary(reports))
        return
    out.print(Padding(results_table(reports), (0, 0, 0, 1)))
    out.print(summary(reports))
    for report in reports:
        name = report_name(report.submission)
        out.print(f"{folder / name}.json  {folder / name}.html", markup=False, highlight=False, soft_wrap=True)


def _tell(text: str) -> str:
    """Words of ours that may quote a stranger's: lines after the first are set in, for they may begin with those."""
    return tame(text, keep="\n\t").replace("\n", "\n  ")


def _row(report: Report, folder: Path) -> dict[str, object]:
    return {
        "submission": report.submission, "learner": report.learner, "lab": report.lab, "status": report.status,
        "score": report.score, "points": report.points, "remark": report.remark, "reason": report.reason,
        "seconds": report.seconds,
        "exercises": {name: report.earned(name)[0] for name in report.exercises()},
        "report": str(folder / f"{report_name(report.submission)}.json"),
    }  # fmt: skip


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
