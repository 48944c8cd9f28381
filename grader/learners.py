"""The commands for learners: see the paths, start a lab, check, hand in, test out, see the progress."""

import contextlib
import getpass
import importlib.util
import json
import os
import sys
import webbrowser
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich import box
from rich.markup import escape
from rich.table import Column, Table

from grader.errors import RejectedError, UsageError
from grader.files import write_whole
from grader.labs import PathFile, default_folder, list_labs, load_lab, read_paths
from grader.launch import Kind, Launcher
from grader.learning.checking import Checked, check_notebook
from grader.learning.handing_in import hand_in
from grader.learning.pins import compare_pins
from grader.learning.progress import render_progress
from grader.learning.records import Deed, Record, add_record, read_records
from grader.learning.standing import Stage, Standing, next_lab, read_standing, skills_gained
from grader.learning.testing_out import make_testout
from grader.learning.work import changed_at, copy_lab, default_work, notebook_in
from grader.model import Lab, Report, Status, Submission
from grader.rendering import escape_unseen, tame
from grader.report import render_html
from grader.submission import read_notebook
from grader.terminal import JsonOption, LabsOption, err, how_to_install, out

PANEL = "For learners"
app = typer.Typer()

WorkOption = Annotated[
    Path | None, typer.Option("--work", help="Your work folder; ~/pivotlab when left out.", envvar="PIVOTLAB_WORK")
]
LabArgument = Annotated[str, typer.Argument(help="PATH/LAB, as `pivotlab paths` names it.")]
NotebookArgument = Annotated[Path, typer.Argument(help="The notebook that you worked in.", metavar="NOTEBOOK")]

EXCHANGE = "exchange"
"""What `--to` says for nbgrader's exchange; a folder of that name is `./exchange`."""

# One thread, as a grading has it: several on a small machine are slower, and their sums differ in the last digits.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")


@app.command(rich_help_panel=PANEL, epilog="Example: `pivotlab paths`")
def paths(*, work: WorkOption = None, labs: LabsOption = None, as_json: JsonOption = False) -> int:
    """Show the transition paths, their labs, and where you stand."""
    folder = labs or default_folder()
    said, standings = read_paths(folder), _standings(folder, work or default_work())
    if as_json:
        rows = [_row(one) for path in standings.values() for one in path]
        print(json.dumps(rows, indent=2))  # noqa: T201 - JSON goes out without colour or wrapping
        return 0
    for path, mine in standings.items():
        out.print(_path_table(path, said[path], mine))
    _say_next(standings)
    return 0


@app.command(rich_help_panel=PANEL, epilog="Example: `pivotlab start analyst-to-ml/02-ramadan-encoding`")
def start(
    lab: LabArgument,
    *,
    work: WorkOption = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser too.")] = True,
    docker: Annotated[
        bool, typer.Option("--docker", help="Open it in the lab's image, with nothing installed.")
    ] = False,
    labs: LabsOption = None,
) -> int:
    """Copy a lab into your work folder, and open it in JupyterLab; your work there is never written over."""
    loaded, place = load_lab(labs or default_folder(), lab), work or default_work()
    if not docker and importlib.util.find_spec("jupyterlab") is None:
        raise UsageError(f"JupyterLab is not installed here; {how_to_install('learner')}; or say --docker")
    copied = copy_lab(loaded, place)
    if copied.is_new:
        out.print(f"{copied.notebook}: ready", markup=False, highlight=False, soft_wrap=True)
    else:
        when = f"{changed_at(copied.notebook):%Y-%m-%d %H:%M} UTC"
        out.print(f"{copied.notebook}: yours of {when}, as it was", markup=False, highlight=False, soft_wrap=True)
    _say_testout_hint(labs or default_folder(), loaded)
    _record(place, Deed.STARTED, loaded)
    if not docker:
        _say_pins(loaded)
        _open_here(place, copied.notebook, browser=browser)
    _open_in_image(loaded, place, copied.notebook, browser=browser)
    return 0


@app.command(
    rich_help_panel=PANEL,
    epilog="Example: `pivotlab check ~/pivotlab/analyst-to-ml/02-ramadan-encoding/02-ramadan-encoding.ipynb`",
)
def check(
    notebook: NotebookArgument,
    *,
    sandbox: Annotated[Kind, typer.Option(help="What it runs in.")] = Kind.PROCESS,
    work: WorkOption = None,
    labs: LabsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Run your notebook from top to bottom as a grading would, and look for leaks; no hidden test is needed.

    Exit code: 0 nothing is left to mend, 1 something is, 2 it is no notebook of a lab.
    """
    lab, submission = _read(notebook, labs or default_folder())
    checked = _check(lab, submission, sandbox)
    _record_if_own(work or default_work(), notebook, Deed.CHECKED, checked)
    if as_json:
        print(escape_unseen(json.dumps(_as_json(checked), indent=2, ensure_ascii=False)))  # noqa: T201 - as above
    else:
        _show(checked)
    return 0 if checked.is_clean else 1


@app.command(rich_help_panel=PANEL, epilog="Example: `pivotlab submit 02-ramadan-encoding.ipynb --to /srv/handed-in`")
def submit(  # noqa: PLR0913 - each is an option
    notebook: NotebookArgument,
    *,
    to: Annotated[
        str,
        typer.Option(
            help="Folder from which your instructor collects, or `exchange` for nbgrader's.",
            envvar="PIVOTLAB_TO",
            metavar="FOLDER",
        ),
    ],
    learner: Annotated[str | None, typer.Option("--as", help="Your name there; your login when left out.")] = None,
    sandbox: Annotated[Kind, typer.Option(help="What the check runs in.")] = Kind.PROCESS,
    work: WorkOption = None,
    labs: LabsOption = None,
) -> int:
    """Check your notebook, then put a sealed copy where your instructor collects. Hand in as often as you like."""
    if to == EXCHANGE and importlib.util.find_spec("nbgrader") is None:
        raise UsageError(f"nbgrader is not installed here, whose exchange it is; {how_to_install('instructor')}")
    lab, submission = _read(notebook, labs or default_folder())
    checked = _check(lab, submission, sandbox)
    _show(checked)
    if to == EXCHANGE:
        place = _exchange(lab, submission, learner)
    else:
        place = str(hand_in(lab, submission.notebook, learner or getpass.getuser(), Path(to)))
    _record_if_own(work or default_work(), notebook, Deed.SUBMITTED, checked)
    out.print(f"handed in: {place}", markup=False, highlight=False, soft_wrap=True)
    if not checked.is_clean:
        out.print("It is handed in as it is; mend it and hand in again if you like.")
    return 0


@app.command(
    rich_help_panel=PANEL, name="testout", epilog="Example: `pivotlab testout analyst-to-ml/02-ramadan-encoding`"
)
def skip_lab(
    lab: LabArgument,
    *,
    sandbox: Annotated[Kind, typer.Option(help="What it runs in.")] = Kind.AUTO,
    work: WorkOption = None,
    labs: LabsOption = None,
) -> int:
    """Skip a lab that you can do already: the first call makes a notebook of its exercises, the next one grades it.

    Exit code: 0 passed, 1 not yet, 4 it could not be graded.
    """
    loaded, place = load_lab(labs or default_folder(), lab), work or default_work()
    file = notebook_in(place, lab)
    file = file.with_name(f"{file.stem}-testout.ipynb")
    if not file.exists():
        copy_lab(loaded, place)
        write_whole({file: make_testout(loaded)}, mend="see to room and permissions, or name another --work")
        out.print(f"{file}: answer its exercises, then run this again", markup=False, highlight=False, soft_wrap=True)
        return 0
    _, submission = _read(file, labs or default_folder())
    report = _grade(loaded, submission, sandbox)
    page = file.with_suffix(".html")
    write_whole({page: render_html(report).encode(errors="replace")}, mend="see to room and permissions")
    return _say_testout(report, place, loaded, page)


@app.command(rich_help_panel=PANEL, epilog="Example: `pivotlab progress`")
def progress(*, work: WorkOption = None, labs: LabsOption = None) -> int:
    """Write the page of your progress: the paths as maps, the skills you have gained, what is next."""
    folder, place = labs or default_folder(), work or default_work()
    standings = _standings(folder, place)
    page = place / "progress.html"
    said = render_progress(read_paths(folder), standings, datetime.now(UTC))
    write_whole({page: said.encode(errors="replace")}, mend="see to room and permissions, or name another --work")
    everything = [one for path in standings.values() for one in path]
    done = sum(one.stage in {Stage.DONE, Stage.SUBMITTED} for one in everything)
    out.print(f"{done} of {len(everything)} labs done or handed in, {len(skills_gained(everything))} skills gained")
    _say_next(standings)
    out.print(page.absolute().as_uri(), markup=False, highlight=False, soft_wrap=True)
    return 0


def _exchange(lab: Lab, submission: Submission, learner: str | None) -> str:
    from grader.learning.exchange import submit_to_exchange  # noqa: PLC0415 - nbgrader is an extra

    done = submit_to_exchange(lab, submission.notebook, learner)
    for remark in done.remarks:
        err.print(tame(remark, keep="\n\t"), markup=False, highlight=False, soft_wrap=True)
    return f"{done.assignment} of course {done.course}, in nbgrader's exchange"


def _say_testout_hint(folder: Path, lab: Lab) -> None:
    path, _, name = lab.id.partition("/")
    prior = read_paths(folder)[path].testout.get(name)
    if prior is not None:
        said = f"{prior} Then test out of it: pivotlab testout {lab.id}"
        out.print(said, markup=False, highlight=False, soft_wrap=True)


def _open_here(work: Path, notebook: Path, *, browser: bool) -> NoReturn:
    """JupyterLab takes this process's place, so that Ctrl-C and the terminal are its own."""
    command = [
        sys.executable,
        "-m",
        "grader.workbench",
        f"--notebook-dir={work}",
        *([] if browser else ["--no-browser"]),
    ]
    # Not as the file to open: that is for the browser alone, and the addresses that JupyterLab prints lack it.
    command += [f"--LabApp.default_url=/lab/tree/{notebook.relative_to(work).as_posix()}"]
    # Who is root in a container of their own has no other user to be.
    command += ["--allow-root"] if os.geteuid() == 0 else []
    sys.stdout.flush()
    os.execve(sys.executable, command, os.environ | ONE_THREAD)  # noqa: S606


def _open_in_image(lab: Lab, work: Path, notebook: Path, *, browser: bool) -> None:
    from grader.containers import connect  # noqa: PLC0415 - the only command of a learner that needs an engine
    from grader.images import require_image  # noqa: PLC0415
    from grader.workbench.container import jupyterlab  # noqa: PLC0415

    client = connect()
    image = require_image(client, lab.environment)
    with jupyterlab(client, image, work, notebook) as (container, address):
        out.print(address, markup=False, highlight=False, soft_wrap=True)
        out.print("Ctrl-C ends it; your work stays.")
        if browser:
            webbrowser.open(address)
        with contextlib.suppress(KeyboardInterrupt):
            container.wait()


def _standings(folder: Path, work: Path) -> dict[str, list[Standing]]:
    records = read_records(work)
    mine: dict[str, list[Standing]] = {path: [] for path in read_paths(folder)}
    for name in list_labs(folder):
        mine[name.partition("/")[0]].append(read_standing(load_lab(folder, name), records))
    return mine


def _path_table(path: str, said: PathFile, standings: Sequence[Standing]) -> Table:
    table = Table(
        Column("Lab", no_wrap=True), "Title", Column("Minutes", justify="right"), "Skills", "You",
        title=f"{said.title} ({path})", title_justify="left", box=box.SIMPLE_HEAD, show_edge=False,
    )  # fmt: skip
    for one in standings:
        skills = ", ".join(one.lab.skills)
        table.add_row(one.lab.id.partition("/")[2], one.lab.title, str(one.lab.minutes), skills, one.said)
    return table


def _row(standing: Standing) -> dict[str, object]:
    lab, best = standing.lab, standing.best
    return {
        "lab": lab.id, "title": lab.title, "minutes": lab.minutes, "points": lab.points,
        "exercises": len(lab.exercises), "environment": lab.environment, "skills": list(lab.skills),
        "stage": standing.stage, "best": best.earned if best else None,
        "best_on": best.at.isoformat() if best else None,
    }  # fmt: skip


def _say_next(standings: dict[str, list[Standing]]) -> None:
    following = next_lab(standings)
    if all(one.last is None for path in standings.values() for one in path):
        said = "Begin with the first lab of the path that starts from your trade: pivotlab start PATH/LAB"
        out.print(said, soft_wrap=True)
    elif following is not None:
        out.print(f"Next: pivotlab start {following.lab.id}", highlight=False)


def _say_pins(lab: Lab) -> None:
    differences = compare_pins(lab.environment)
    for one in differences:
        found = f"{one.found} is installed" if one.found else "is not installed"
        err.print(f"{one.package}: {found}, the lab is graded with {one.pinned}", markup=False)
    if differences:
        mend = f"pip install -r environments/{lab.environment}.txt"
        err.print(f"Most of it will work all the same; to have what it is graded with: {mend}", markup=False)


def _read(notebook: Path, folder: Path) -> tuple[Lab, Submission]:
    document, _ = read_notebook(notebook)
    if document.lab_id is None:
        raise RejectedError(f"{notebook}: it does not say which lab it is of; begin with `pivotlab start PATH/LAB`")
    lab = load_lab(folder, document.lab_id)
    content = notebook.read_bytes()
    return lab, Submission(id=notebook.stem, learner=getpass.getuser(), lab_id=lab.id, notebook=content)


def _check(lab: Lab, submission: Submission, sandbox: Kind) -> Checked:
    with Launcher(sandbox, None) as launcher, err.status(f"running {lab.id} from top to bottom"):
        image = launcher.images([lab.environment])[lab.environment]
        return check_notebook(lab, submission, launcher.starter(image))


def _grade(lab: Lab, submission: Submission, sandbox: Kind) -> Report:
    with Launcher(sandbox, None) as launcher, err.status(f"grading {lab.id}"):
        image = launcher.images([lab.environment])[lab.environment]
        return launcher.sandboxes(image).grade(lab, submission)


def _show(checked: Checked) -> None:
    for one in checked.exercises:
        mark = "[green]passes [/]" if one.passed else "[red]not yet[/]"
        out.print(f"{mark}  {escape(one.exercise)}: {escape(one.title)}", highlight=False, soft_wrap=True)
        if one.said:
            _say(f"         {one.said}")
    for trouble in checked.troubles:
        _say(f"in {trouble.cell}: {trouble.text}")
    for where, leak in checked.leaks:
        _say(f"leak in {where}, line {leak.line}: {leak.text}")
    for note in checked.notes:
        _say(f"note: {note}")
    out.print(f"{checked.passed} of {len(checked.exercises)} exercises pass their visible checks")


def _say(text: str) -> None:
    out.print(tame(text, keep="\n\t").replace("\n", "\n         "), markup=False, highlight=False, soft_wrap=True)


def _as_json(checked: Checked) -> dict[str, object]:
    return {
        "lab": checked.lab.id, "clean": checked.is_clean,
        "exercises": [
            {"exercise": one.exercise, "title": one.title, "passed": one.passed, "said": one.said}
            for one in checked.exercises
        ],
        "troubles": [{"cell": one.cell, "said": one.text} for one in checked.troubles],
        "leaks": [{"cell": where, "line": leak.line, "said": leak.text} for where, leak in checked.leaks],
        "notes": list(checked.notes),
    }  # fmt: skip


def _say_testout(report: Report, work: Path, lab: Lab, page: Path) -> int:
    if report.score is None:
        err.print(f"{report.status}: {report.reason}", markup=False, style="red", soft_wrap=True)
        return 2 if report.status is Status.REJECTED else 4
    _record(work, Deed.TESTED, lab, report.score, report.points)
    standing = read_standing(lab, read_records(work))
    for one in lab.exercises:
        earned, possible = report.earned(one.id)
        out.print(f"{earned:g} of {possible:g}  {one.id}: {one.title}", markup=False, highlight=False)
    passed = standing.stage is Stage.DONE
    said = "you can skip this lab" if passed else "not enough to skip the lab"
    out.print(f"{report.score:g} of {report.points:g} points: {said}", highlight=False)
    out.print(page.absolute().as_uri(), markup=False, highlight=False, soft_wrap=True)
    return 0 if passed else 1


def _record_if_own(work: Path, notebook: Path, deed: Deed, checked: Checked) -> None:
    """Record what was done with a notebook of the work folder; somebody else's is not the learner's deed."""
    if notebook.resolve().is_relative_to(work.resolve()):
        _record(work, deed, checked.lab, checked.passed, len(checked.exercises))


def _record(work: Path, deed: Deed, lab: Lab, earned: float = 0, possible: float = 0) -> None:
    add_record(work, Record(
        deed=deed, lab=lab.id, lab_version=lab.version, at=datetime.now(UTC), earned=earned, possible=possible,
    ))  # fmt: skip
