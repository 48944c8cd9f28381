"""Finds labs in a folder of transition paths and reads them whole; it runs nothing of theirs."""

import hashlib
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field, ValidationError

from grader.errors import LabError, UsageError
from grader.model import Exercise, Frozen, Lab, Limits, Name, Text
from grader.notebook import build_start_notebook, read_answers

START_NOTEBOOK = "start.ipynb"
Kind = TypeVar("Kind", bound=BaseModel)
_IGNORED = {"__pycache__", ".ipynb_checkpoints"}


class Written(Frozen):
    """An answer in prose, which a person grades by the rubric."""

    id: Name
    points: float = Field(gt=0, le=100)
    rubric: tuple[Text, ...] = Field(min_length=1)


class LabFile(Frozen):
    """What lab.toml says."""

    title: Text
    minutes: int = Field(gt=0, le=240)
    skills: tuple[Text, ...] = Field(min_length=1)
    environment: Name
    exercises: tuple[Exercise, ...] = Field(min_length=1, alias="exercise")
    written: tuple[Written, ...] = ()
    limits: Limits = Limits()


class PathFile(Frozen):
    """What path.toml says: the transition, and its labs in their order."""

    title: Text
    from_role: Text
    to_role: Text
    summary: Text
    labs: tuple[str, ...] = Field(min_length=1)
    drafts: tuple[str, ...] = ()
    """Labs in work: they can be named, and are not listed."""
    testout: dict[str, Text] = Field(default_factory=dict)
    """By lab, what somebody can who need not learn it there."""


def default_folder() -> Path:
    """The labs folder: `labs` here or in a folder above, else the one beside this package. Raises UsageError."""
    for folder in (Path.cwd(), *Path.cwd().parents, Path(__file__).parent.parent):
        if any((folder / "labs").glob("*/path.toml")):
            return folder / "labs"
    raise UsageError("no labs folder here or above; go to the folder that holds labs/, or say --labs FOLDER")


def read_paths(folder: Path) -> dict[str, PathFile]:
    """Every transition path by id. Raises LabError."""
    return {file.parent.name: _read_toml(file, PathFile) for file in sorted(folder.glob("*/path.toml"))}


def list_labs(folder: Path) -> list[str]:
    """Ids of all labs, paths by name and labs in their path's order. Raises LabError."""
    return [f"{path}/{lab}" for path, said in read_paths(folder).items() for lab in said.labs]


def list_drafts(folder: Path) -> list[str]:
    """Ids of labs in work, which no learner meets. Raises LabError."""
    return [f"{path}/{lab}" for path, said in read_paths(folder).items() for lab in said.drafts]


def load_lab(folder: Path, lab_id: str) -> Lab:
    """A lab with all its files. Raises UsageError when there is none, LabError when it is not whole or is stale."""
    place = lab_folder(folder, lab_id)
    start = place / START_NOTEBOOK
    fresh = start_notebook(folder, lab_id)
    if not start.is_file() or start.read_bytes() != fresh:
        raise LabError(f"{start}: missing or older than its source.py; run: pivotlab notebook {lab_id}")
    said = _read_toml(place / "lab.toml", LabFile)
    hidden, data = _read_files(place / "hidden", place / "hidden"), _read_files(place / "data", place)
    return Lab(
        id=lab_id, title=said.title, minutes=said.minutes, skills=said.skills, environment=said.environment,
        exercises=said.exercises, limits=said.limits, notebook=fresh, data=data, hidden=hidden,
        reference=read_answers((place / "source.py").read_text(encoding="utf-8")),
        version=_hash({"lab.toml": (place / "lab.toml").read_bytes(), "start": fresh} | hidden | data),
    )  # fmt: skip


def start_notebook(folder: Path, lab_id: str) -> bytes:
    """What start.ipynb must be, made from source.py. Raises UsageError, LabError."""
    place = lab_folder(folder, lab_id)
    said = _read_toml(place / "lab.toml", LabFile)
    source = place / "source.py"
    if not source.is_file():
        raise LabError(f"{source}: not there; a lab begins with its source.py")
    points = {exercise.id: exercise.points for exercise in said.exercises}
    return build_start_notebook(source.read_text(encoding="utf-8"), lab_id, points, origin=str(source))


def read_written(folder: Path, lab_id: str) -> tuple[Written, ...]:
    """The answers in prose that a lab asks for, and their rubrics. Raises UsageError, LabError."""
    return _read_toml(lab_folder(folder, lab_id) / "lab.toml", LabFile).written


def lab_folder(folder: Path, lab_id: str) -> Path:
    """Where a lab lies. Raises UsageError that names the labs there are."""
    # Compared with the list, not joined to the folder: the id may come from a stranger's notebook.
    known = list_labs(folder)
    if lab_id not in known + list_drafts(folder):
        raise UsageError(f"there is no lab {lab_id!r:.100}; there are: {', '.join(known)}")
    return folder / lab_id


def _read_toml(file: Path, kind: type[Kind]) -> Kind:
    try:
        return kind.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise LabError(f"{file}: not there; every lab has one, see docs/writing-a-lab.md") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LabError(f"{file}: not TOML: {error}; mend that line") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise LabError(f"{file}: {place}: {first['msg']}; see docs/writing-a-lab.md") from error


def _read_files(folder: Path, root: Path) -> dict[str, bytes]:
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not _IGNORED & set(file.parts))
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def _hash(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]
