"""The learner's work folder: which lab lies where, and a lab copied into it; nothing there is ever written over."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.errors import UsageError
from grader.files import write_whole
from grader.model import Lab


@dataclass(frozen=True, kw_only=True)
class Copied:
    """A lab in the work folder: its notebook, and what of it was there before."""

    notebook: Path
    kept: tuple[Path, ...]

    @property
    def is_new(self) -> bool:
        """Whether the notebook is a fresh one."""
        return self.notebook not in self.kept


def default_work() -> Path:
    """`pivotlab` in the home folder."""
    return Path.home() / "pivotlab"


def notebook_in(work: Path, lab_id: str) -> Path:
    """Where a lab's notebook lies: PATH/LAB/LAB.ipynb."""
    return work / lab_id / f"{Path(lab_id).name}.ipynb"


def copy_lab(lab: Lab, work: Path) -> Copied:
    """Put a lab's notebook and data into the work folder; what is there stays as it is. Raises UsageError."""
    notebook = notebook_in(work, lab.id)
    files = {notebook: lab.notebook} | {notebook.parent / name: content for name, content in lab.data.items()}
    for file in files:
        if file.exists() and not file.is_file():
            raise UsageError(f"{file}: there is something that is no file; move it away, then start again")
    kept = tuple(file for file in files if file.exists())
    wanted = {file: content for file, content in files.items() if file not in kept}
    write_whole(wanted, mend="see to room and permissions, or name another folder with --work")
    return Copied(notebook=notebook, kept=kept)


def changed_at(file: Path) -> datetime:
    """When a file was last changed."""
    return datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)
