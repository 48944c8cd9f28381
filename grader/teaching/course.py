"""An nbgrader course in a folder: made from a path's labs, found again, its places; it grades nothing."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from traitlets.config import PyFileConfigLoader

from grader.errors import UsageError
from grader.files import write_whole
from grader.labs import load_lab, read_paths, read_written
from grader.submission import read_notebook
from grader.teaching.assignment import CODE_STUB, WRITTEN_STUB, build_source

CONFIG = "nbgrader_config.py"
TIMESTAMP = "timestamp.txt"
TIMESTAMP_FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"
_TEMPLATE = '''"""An nbgrader course of Pivotlab's path {path}. It is yours to change."""

from pathlib import Path

ROOT = Path(__file__).absolute().parent

c = get_config()  # noqa: F821 - nbgrader reads this file
c.CourseDirectory.course_id = {path!r}
c.CourseDirectory.root = str(ROOT)
# The gradebook may be PostgreSQL: postgresql+psycopg2://USER@HOST/DATABASE
c.CourseDirectory.db_url = f"sqlite:///{{ROOT}}/gradebook.db"
# What a release has where the source has a solution: with these it is the lab's own start notebook.
c.ClearSolutions.code_stub = {{"python": {code!r}}}
c.ClearSolutions.text_stub = {text!r}
# nbgrader's autograder would run learners' code on this machine, and ask that code for its marks.
c.Autograde.sanitize_preprocessors = ["grader.teaching.refusal.RefuseToRun"]
'''


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """A notebook of a course that is graded: a lab of ours, or one with test cells of its own."""

    name: str
    notebook: str
    """nbgrader's name for it: the file's, without suffix."""
    lab_id: str
    """Of a notebook that is no lab of ours, ASSIGNMENT/NOTEBOOK."""
    source: Path
    is_stock: bool = False
    """Whether it is no lab of ours."""

    @property
    def reports_name(self) -> str:
        """Where its reports lie: an assignment that is no lab of ours may have several notebooks."""
        return self.lab_id if self.is_stock else self.name


@dataclass(frozen=True, kw_only=True)
class Course:
    """An open course; `directory` is nbgrader's own view of it, `config` all its settings."""

    folder: Path
    directory: Any
    config: Any

    def place(self, step: str, student: str, assignment: str) -> Path:
        """Where nbgrader has one student's assignment in a step, such as `submitted`."""
        name = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(name, student, assignment))

    def reports(self, assignment: Assignment) -> Path:
        """Where our own reports of an assignment lie, for the instructor alone: they quote hidden tests."""
        return Path(self.directory.root) / "reports" / assignment.reports_name

    def attempts(self, student: str, assignment: str) -> Path:
        """Where everything that a student handed in lies."""
        return Path(self.directory.root) / "attempts" / student / assignment

    def students(self, step: str, assignment: str) -> list[str]:
        """Ids of the students who have a folder for the assignment in a step."""
        parts = self.place(step, "*", assignment).parts
        star = parts.index("*")
        above, below = Path(*parts[:star]), parts[star + 1 :]
        return sorted(one.name for one in above.iterdir() if one.joinpath(*below).is_dir()) if above.is_dir() else []


def init_course(folder: Path, path: str, labs: Path) -> tuple[list[Path], list[Path]]:
    """Make a course of a path's labs, and return what was written and what was there and stays as it is.

    Raises UsageError for an unknown path, LabError for a lab that is not whole; then nothing is written.
    """
    paths = read_paths(labs)
    if path not in paths:
        raise UsageError(f"there is no path {path!r:.100}; there are: {', '.join(paths)}")
    config = _TEMPLATE.format(path=path, code=CODE_STUB, text=WRITTEN_STUB).encode()
    files = {folder / CONFIG: config}
    for name in paths[path].labs:
        lab = load_lab(labs, f"{path}/{name}")
        source = folder / "source" / name
        files |= {source / f"{name}.ipynb": build_source(lab, read_written(labs, lab.id))}
        files |= {source / file: content for file, content in lab.data.items()}
    kept = [file for file in files if file.exists()]
    fresh = {file: content for file, content in files.items() if file not in kept}
    write_whole(fresh, mend="see to room and permissions, or name another folder")
    return list(fresh), kept


def open_course(folder: Path) -> Course:
    """The course in a folder, with the settings of its nbgrader_config.py, which is run. Raises UsageError."""
    file = folder / CONFIG
    if not file.is_file():
        raise UsageError(f"{folder}: no nbgrader course; make one: pivotlab course init {folder} --path PATH")
    # The instructor's own file may raise anything.
    try:
        config = PyFileConfigLoader(CONFIG, path=str(folder.absolute())).load_config()
    except Exception as error:
        raise UsageError(f"{file}: {type(error).__name__}: {error}; mend it") from error
    config.CourseDirectory.setdefault("root", str(folder.absolute()))
    return Course(folder=folder, directory=CourseDirectory(config=config), config=config)


def list_assignments(course: Course, lab: str | None = None, *, with_stock: bool = False) -> list[Assignment]:
    """The course's assignments that are labs of ours; with `lab`, an assignment's name or PATH/LAB, that one alone.

    `with_stock` lists also the notebooks that are not. Raises UsageError when there is none.
    """
    source = course.place("source", ".", "*")
    files = sorted(source.parent.glob("*/*.ipynb"))
    found = [
        Assignment(
            name=file.parent.name, notebook=file.stem, lab_id=lab_id or f"{file.parent.name}/{file.stem}", source=file,
            is_stock=lab_id is None,
        )
        for file in files
        if (lab_id := read_notebook(file)[0].lab_id) or with_stock
    ]  # fmt: skip
    chosen = [one for one in found if lab in {None, one.name, one.lab_id}]
    if not chosen:
        there = ", ".join(dict.fromkeys(one.name for one in found)) or "none; run: pivotlab course init"
        raise UsageError(f"{course.folder}: no assignment {lab or 'of a lab'}; there are: {there}")
    return chosen


def is_current(assignment: Assignment, labs: Path) -> bool:
    """Whether the course's source is what the lab would make it today. Raises UsageError, LabError."""
    lab = load_lab(labs, assignment.lab_id)
    return assignment.source.read_bytes() == build_source(lab, read_written(labs, lab.id))


def read_timestamp(folder: Path) -> datetime | None:
    """When a submission came in, in UTC without saying so, as nbgrader has it; None when nobody wrote it down.

    Raises UsageError for a timestamp.txt that holds no time.
    """
    file = folder / TIMESTAMP
    if not file.is_file() or not (text := file.read_text(encoding="utf-8", errors="replace").strip()):
        return None
    try:
        when: datetime = parse_utc(text)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{file}: not a time: {text!r:.50}; write one such as 2026-03-01 12:00:00 UTC") from error
    return when
