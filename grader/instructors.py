"""The commands for instructors: a course of nbgrader made, released, collected, graded, handed back, exported."""

import importlib.util
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand

from grader.batch import Job
from grader.errors import UsageError
from grader.files import write_whole
from grader.labs import default_folder, load_lab
from grader.launch import NOT_ISOLATED, Kind, StartKind
from grader.model import Report, Status
from grader.pages import FIELD_CHARACTERS
from grader.rendering import cut, escape_unseen, tame
from grader.report import results_table, summary
from grader.terminal import (
    ExecutorOption,
    JsonOption,
    LabsOption,
    RuntimeOption,
    StartOption,
    err,
    grade_jobs,
    how_to_install,
    open_place,
    out,
)

if TYPE_CHECKING:
    from grader.teaching.course import Assignment
    from grader.teaching.grading import Move
    from grader.teaching.marking import Marking


class _OnNbgrader(TyperCommand):
    """A command that needs nbgrader to run, and shows its help without."""

    def invoke(self, ctx: Any) -> Any:
        """Run it. Raises UsageError where nbgrader is not installed."""
        if importlib.util.find_spec("nbgrader") is None:
            raise UsageError(f"nbgrader is not installed here; {how_to_install('instructor')}")
        return super().invoke(ctx)


app = typer.Typer(no_args_is_help=True, help="Keep a course of a path's labs on nbgrader, for instructors.")

CourseOption = Annotated[Path, typer.Option("--course", help="Folder of the course.")]
LabArgument = Annotated[str | None, typer.Argument(help="An assignment, or PATH/LAB; all of them when left out.")]
HERE = Path()


@app.command(cls=_OnNbgrader, epilog="Example: `pivotlab course init ml-spring --path analyst-to-ml`")
def init(
    folder: Annotated[Path, typer.Argument(help="Folder of the course; made when it is not there.", metavar="DIR")],
    *,
    path: Annotated[str, typer.Option(help="Whose labs become the assignments.")],
    labs: LabsOption = None,
) -> int:
    """Make an nbgrader course of a path's labs; what is there is never written over."""
    from grader.teaching.assignment import build_assignment  # noqa: PLC0415 - nbgrader is an extra
    from grader.teaching.course import init_course, list_assignments, open_course  # noqa: PLC0415
    from grader.teaching.gradebook import keep_in_step, open_gradebook  # noqa: PLC0415

    place = labs or default_folder()
    fresh, kept = init_course(folder, path, place)
    course = open_course(folder)
    assignments = list_assignments(course)
    with open_gradebook(course) as gradebook:
        known = {one.name for one in gradebook.assignments}
        for one in assignments:
            if one.name not in known:
                keep_in_step(gradebook, one, build_assignment(load_lab(place, one.lab_id)))
    for one in assignments:
        _say(f"{one.name}: {one.source}")
    _say(f"{len(fresh)} files written, {len(kept)} were there and stay as they were")
    _say(f"Next: pivotlab course release --course {folder}")
    return 0


@app.command(cls=_OnNbgrader, epilog="Example: `pivotlab course release 02-ramadan-encoding --course ml-spring`")
def release(lab: LabArgument = None, *, course: CourseOption = HERE, labs: LabsOption = None) -> int:
    """Make what learners get, in the course's folder `release`: to hand out, or for nbgrader's exchange."""
    from grader.teaching.course import is_current, list_assignments, open_course  # noqa: PLC0415 - nbgrader is an extra
    from grader.teaching.release import release as release_one  # noqa: PLC0415

    opened, place = open_course(course), labs or default_folder()
    for one in list_assignments(opened, lab):
        if not is_current(one, place):
            said = "it is not what the lab is today; if you did not change it, move it away and run init again"
            err.print(tame(f"{one.source}: {said}"), markup=False, highlight=False, soft_wrap=True)
        _say(f"{one.name}: {release_one(opened, one)}")
    _say("Hand these folders out, or put one into nbgrader's exchange: nbgrader release_assignment NAME")
    return 0


@app.command(cls=_OnNbgrader, epilog="Example: `pivotlab course collect /srv/handed-in --course ml-spring`")
def collect(
    folder: Annotated[Path, typer.Argument(help="Folder to which learners hand in.", metavar="FOLDER")],
    *,
    course: CourseOption = HERE,
) -> int:
    """Take the last sealed copy of each learner into the course, and keep the earlier ones.

    Exit code: 0 all was taken, 2 a copy is not what its seal says and was not.
    """
    from grader.teaching.collecting import collect as collect_one  # noqa: PLC0415 - nbgrader is an extra
    from grader.teaching.course import list_assignments, open_course  # noqa: PLC0415

    opened = open_course(course)
    refused = 0
    for one in list_assignments(opened):
        found = collect_one(opened, one, folder)
        _say(f"{one.name}: {len(found.fresh)} new, {found.unchanged} as before, {len(found.refused)} not taken")
        for place, reason in found.refused:
            said = f"not taken: {place}: {reason}"
            err.print(tame(cut(said, FIELD_CHARACTERS)), markup=False, highlight=False, soft_wrap=True)
        refused += len(found.refused)
    return 2 if refused else 0


@app.command(
    cls=_OnNbgrader, epilog="Example: `pivotlab course grade 02-ramadan-encoding --course ml-spring --dry-run`"
)
def grade(  # noqa: PLR0913 - each is an option
    lab: LabArgument = None,
    *,
    student: Annotated[str | None, typer.Option(help="Only this student, by the id.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; say who would move.")] = False,
    sandbox: Annotated[Kind, typer.Option(help="What submissions run in.")] = Kind.AUTO,
    runtime: RuntimeOption = None,
    start: StartOption = StartKind.AUTO,
    executor: ExecutorOption = None,
    course: CourseOption = HERE,
    labs: LabsOption = None,
    as_json: JsonOption = False,
) -> int:
    """Grade what is submitted, and write the points into the gradebook; what a person gave or said stays.

    A notebook that is no lab of ours is graded by its own test cells. Exit code: 0 all is graded, 2 a submission was
    rejected, 3 a lab is unsound, 4 something stayed ungraded. Run it again and it goes on where it stopped.
    """
    from grader.teaching.choosing import find_marking  # noqa: PLC0415 - nbgrader is an extra
    from grader.teaching.course import list_assignments, open_course  # noqa: PLC0415
    from grader.teaching.gradebook import open_gradebook  # noqa: PLC0415
    from grader.teaching.grading import find_moves, grade_assignment, seed_reports, write_down  # noqa: PLC0415
    from grader.teaching.students import names_by_id  # noqa: PLC0415

    opened = open_course(course)
    every: list[Report] = []
    withheld = False
    rows: list[dict[str, object]] = []
    with open_place(executor, sandbox, runtime, start) as place, TemporaryDirectory() as trial:
        if not place.isolates:
            err.print(NOT_ISOLATED, style="bold yellow", soft_wrap=True)

        def grade_some(jobs: Sequence[Job], to: Path) -> list[Report]:
            return grade_jobs(jobs, place, to)

        for one in list_assignments(opened, lab, with_stock=True):
            folder = Path(trial, one.reports_name) if dry_run else opened.reports(one)
            if dry_run and opened.reports(one).is_dir():
                seed_reports(opened, one, folder)
            marking = find_marking(opened, one, labs, grade_some, folder)
            reports = grade_assignment(opened, one, marking.lab, grade_some, student=student, folder=folder)
            with open_gradebook(opened) as gradebook:
                moves = find_moves(gradebook, one, marking, reports)
                gone = [] if dry_run else write_down(opened, gradebook, one, marking, reports)
                names = names_by_id(gradebook)
            rows += [_row(one, report, moves, names, list(marking.withheld)) for report in reports]
            every += reports
            withheld |= bool(marking.withheld)
            if not as_json:
                _show(one.reports_name, reports, moves, gone, names, dry_run=dry_run)
            _show_border(one, marking)
    if as_json:
        print(escape_unseen(json.dumps(rows, indent=2, ensure_ascii=False)))  # noqa: T201 - without colour or wrapping
    return 4 if withheld else _exit_code(every)


@app.command(cls=_OnNbgrader, epilog="Example: `pivotlab course feedback 02-ramadan-encoding --course ml-spring`")
def feedback(lab: LabArgument = None, *, course: CourseOption = HERE) -> int:
    """Write each learner's page: what the grading found, and what you gave and said by hand.

    Exit code: 0 all are written, 4 one has no report of a grading.
    """
    from grader.teaching.course import list_assignments, open_course  # noqa: PLC0415 - nbgrader is an extra
    from grader.teaching.feedback import write_feedback  # noqa: PLC0415
    from grader.teaching.gradebook import open_gradebook  # noqa: PLC0415

    opened = open_course(course)
    lacking = 0
    with open_gradebook(opened) as gradebook:
        for one in list_assignments(opened, lab):
            pages, missing = write_feedback(opened, gradebook, one)
            _say(f"{one.name}: {len(pages)} pages in {opened.place('feedback', 'STUDENT', one.name)}")
            for student in missing:
                said = f"{one.name}: {student} has no report of a grading; run: pivotlab course grade {one.name}"
                err.print(tame(said), markup=False, highlight=False, soft_wrap=True)
            lacking += len(missing)
    return 4 if lacking else 0


@app.command(
    cls=_OnNbgrader, epilog="Example: `pivotlab course export --to scores.csv --format canvas --course ml-spring`"
)
def export(
    *,
    to: Annotated[Path, typer.Option(help="The file.")],
    layout: Annotated[str, typer.Option("--format", help="Whose columns: csv, canvas or moodle.")] = "csv",
    course: CourseOption = HERE,
) -> int:
    """Write the scores of all students, late penalties taken off, for a spreadsheet, Canvas or Moodle."""
    from grader.teaching.course import open_course  # noqa: PLC0415 - nbgrader is an extra
    from grader.teaching.export import Layout, render_export, waiting_for_a_person  # noqa: PLC0415
    from grader.teaching.gradebook import open_gradebook  # noqa: PLC0415

    if layout not in list(Layout):
        raise UsageError(f"there is no format {layout!r:.50}; there are: {', '.join(Layout)}")
    with open_gradebook(open_course(course)) as gradebook:
        text, waiting = render_export(gradebook, Layout(layout)), waiting_for_a_person(gradebook)
    write_whole({to: text.encode(errors="replace")}, mend="make room, or name another file")
    if waiting:
        said = f"{waiting} submissions wait for points that a person gives; these count 0 until then"
        err.print(said, markup=False, highlight=False, soft_wrap=True)
    _say(str(to))
    return 0


@app.command(cls=_OnNbgrader, epilog="Example: `pivotlab course stats 02-ramadan-encoding --course ml-spring`")
def stats(
    lab: Annotated[str, typer.Argument(help="An assignment, or PATH/LAB.")],
    *,
    course: CourseOption = HERE,
    labs: LabsOption = None,
    as_json: JsonOption = False,
) -> int:
    """See what each hidden test of a lab tells apart, and which nobody or everybody passes; a page with a plot too."""
    from grader.teaching.course import list_assignments, open_course  # noqa: PLC0415 - nbgrader is an extra
    from grader.teaching.stats import measure, read_graded, render_stats  # noqa: PLC0415

    opened = open_course(course)
    (one,) = list_assignments(opened, lab)
    loaded = load_lab(labs or default_folder(), one.lab_id)
    figures = measure(loaded, read_graded(opened.reports(one), loaded))
    if not figures:
        raise UsageError(
            f"{one.name}: nothing is graded by the lab as it is now; run: pivotlab course grade {one.name}"
        )
    page = opened.reports(one).with_name(f"{one.name}-tests.html")
    write_whole({page: render_stats(loaded, figures).encode()}, mend="make room, and run it again")
    if as_json:
        rows = [asdict(figure) | {"rate": figure.rate, "remark": figure.remark} for figure in figures]
        print(json.dumps(rows, indent=2))  # noqa: T201 - as above
        return 0
    table = Table("Hidden test", "Pass", "Best less weakest", "Else mostly", "Look at it")
    for figure in figures:
        told = "too few" if figure.discrimination is None else f"{figure.discrimination:+.2f}"
        passed = f"{figure.passed} of {figure.submissions}"
        reason = f"{figure.alike}: {figure.commonest}" if figure.alike else ""
        table.add_row(figure.test, passed, told, Text(tame(reason)), figure.remark)
    out.print(table)
    _say(str(page))
    return 0


def _show(  # noqa: PLR0913 - what was graded, and all that came of it
    assignment: str,
    reports: list[Report],
    moves: "list[Move]",
    gone: list[str],
    names: dict[str, str],
    *,
    dry_run: bool,
) -> None:
    _say(f"{assignment}: {len(reports)} submissions" + (", nothing is written" if dry_run else ""))
    if dry_run:
        table = Table("Student", "Name", "Points before", "Points after", "Moves by")
        for move in moves:
            before = "-" if move.before is None else f"{move.before:g}"
            by = "new" if move.before is None else f"{move.after - move.before:+g}"
            who = (Text(tame(one)) for one in (move.student, names.get(move.student, "")))
            table.add_row(*who, before, f"{move.after:g}", by)
        out.print(table if moves else "Nobody would move.")
    elif reports:
        out.print(Padding(results_table(reports, names), (0, 0, 0, 1)))
    out.print(summary(reports))
    for cell in gone:
        _say(f"{assignment}: {cell} is no exercise of the lab any more, and is worth nothing now")
    for report in reports:
        if report.status is not Status.GRADED:
            said = f"{report.status}: {report.submission}: {report.reason}; no points were written"
            err.print(tame(cut(said, FIELD_CHARACTERS)), markup=False, highlight=False, soft_wrap=True)


def _show_border(assignment: "Assignment", marking: "Marking") -> None:
    for cell in marking.weaker:
        said = f"{assignment.lab_id}: cell {cell} runs in the learner's own process, which can forge its points"
        err.print(tame(said), markup=False, highlight=False, soft_wrap=True)
    for cell, why in marking.withheld.items():
        said = (
            f"ungraded: {assignment.lab_id}: cell {cell}: {why}; its points were not written: give them by hand, or let"
            f" it run in the learner's process, which can forge them: c.Pivotlab.allow_in_learner = [{cell!r}] in"
            " nbgrader_config.py"
        )
        err.print(tame(said), markup=False, highlight=False, soft_wrap=True)


def _row(
    assignment: "Assignment", report: Report, moves: "list[Move]", names: dict[str, str], withheld: list[str]
) -> dict[str, object]:
    move = next((one for one in moves if one.student == report.submission), None)
    return {
        "assignment": assignment.name, "notebook": assignment.notebook, "student": report.submission,
        "name": names.get(report.submission, ""), "status": report.status, "score": report.score,
        "points": report.points, "before": move.before if move else report.score, "reason": report.reason,
        "withheld": withheld,
    }  # fmt: skip


def _exit_code(reports: list[Report]) -> int:
    statuses = {report.status for report in reports}
    return 4 if Status.UNGRADED in statuses else 2 if Status.REJECTED in statuses else 0


def _say(text: str) -> None:
    out.print(tame(text), markup=False, highlight=False, soft_wrap=True)
