"""What befalls a course: two copies in one second, a full disk, a locked gradebook. Nothing is lost, and all goes on.

A disk is full here by the limit that the system sets on the size of a file: a write beyond it fails in the midst, as on
a full disk, and the test needs no rights to mount one.
"""

import csv
import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from grader.cli import app
from grader.errors import GradebookError, UsageError
from grader.learning import handing_in
from grader.learning.handing_in import hand_in
from grader.model import Lab
from tests.conftest import TOYS, Submit
from tests.test_course import NAME, scores

Pivotlab = Callable[..., int]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new course: making a gradebook takes seconds."""
    folder = tmp_path_factory.mktemp("fresh") / "spring"
    assert app(["course", "init", str(folder), "--path", "counting", "--labs", str(TOYS)], standalone_mode=False) == 0
    return folder


@pytest.fixture
def pivotlab(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh: Path) -> Pivotlab:
    """The commands on the course of this test, in this process: nbgrader takes seconds to import."""
    monkeypatch.setenv("PIVOTLAB_LABS", str(TOYS))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    shutil.copytree(fresh, "spring")

    def run(*arguments: str) -> int:
        process = ("--sandbox", "process") if arguments[0] == "grade" else ()
        folder = () if arguments[0] == "init" else ("--course", "spring")
        code: int = app(["course", *arguments, *folder, *process], standalone_mode=False)
        return code

    return run


@contextmanager
def room(size: int) -> Iterator[None]:
    """For the block no file takes more bytes, here and in every process started."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


def files(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def one_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes by in millionths, from now on, and never reaches the next second."""
    began = datetime.now().astimezone().replace(microsecond=0) - timedelta(minutes=1)

    class Clock(datetime):
        calls = 0

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            cls.calls += 1
            return cls.fromtimestamp(began.timestamp(), tz) + timedelta(microseconds=cls.calls)

    monkeypatch.setattr(handing_in, "datetime", Clock)


@pytest.mark.usefixtures("one_second")
@pytest.mark.parametrize("collected_between", [False, True])
def test_of_two_copies_in_one_second_the_later_counts_and_both_stay(
    pivotlab: Pivotlab, lab: Lab, submit: Submit, *, collected_between: bool
) -> None:
    wrong, right = submit(three="1").notebook, submit().notebook
    for number, notebook in enumerate([wrong] * 11 + [right]):
        hand_in(lab, notebook, "amal", Path("in"))
        if collected_between and number % 5 == 0:
            assert pivotlab("collect", "in") == 0
    assert pivotlab("collect", "in") == 0
    assert (Path("spring/submitted/amal") / NAME / f"{NAME}.ipynb").read_bytes() == right
    kept = [file.read_bytes() for file in Path("spring/attempts").rglob("*.ipynb")]
    assert (kept.count(wrong), kept.count(right)) == (11, 1)
    assert pivotlab("grade") == 0
    assert scores(Path("spring"), "amal")["three-check"] == (4, None, False)


def test_a_full_disk_loses_nothing_and_every_command_goes_on(pivotlab: Pivotlab, lab: Lab, submit: Submit) -> None:
    course = Path("spring")
    for name in ("amal", "bob"):
        hand_in(lab, submit(why="They add up.").notebook, name, Path("in"))
    with room(1000), pytest.raises(UsageError, match="cannot be written: File too large; make room"):
        pivotlab("collect", "in")
    assert list(course.rglob(f"submitted/*/{NAME}/*")) == []
    assert pivotlab("collect", "in") == 0

    with room(1000), pytest.raises(UsageError, match=r"reports.*File too large; make room.*the same command goes on"):
        pivotlab("grade")
    with room(20_000), pytest.raises(GradebookError, match=r"gradebook.db: .*has room.*; nothing is lost"):
        pivotlab("grade")
    graded = files(course / "reports")
    assert len(graded) == 4
    assert pivotlab("grade") == 0
    assert files(course / "reports") == graded, "what was graded already is not graded again"
    assert scores(course, "bob")["three-check"] == (4, None, False)
    assert scores(course, "bob")["why"] == (None, None, True)

    with room(1000), pytest.raises(UsageError, match="File too large; make room, and the same command goes on"):
        pivotlab("feedback")
    assert files(course / "feedback") == {}
    assert pivotlab("feedback") == 0
    assert len(files(course / "feedback")) == 2

    Path("scores.csv").write_text("those of before")
    with room(50), pytest.raises(UsageError, match=r"scores.csv: cannot be written: File too large; make room"):
        pivotlab("export", "--to", "scores.csv")
    assert Path("scores.csv").read_text() == "those of before"
    assert pivotlab("export", "--to", "scores.csv") == 0
    assert [row["score"] for row in csv.DictReader(Path("scores.csv").read_text().splitlines())] == ["9", "9"]
    left = [file for file in course.rglob(".*") if file.name.endswith(".part")]
    assert left == []


@pytest.fixture
def graded(pivotlab: Pivotlab, lab: Lab, submit: Submit) -> Path:
    hand_in(lab, submit(why="They add up.").notebook, "amal", Path("in"))
    assert pivotlab("collect", "in") == 0
    assert pivotlab("grade") == 0
    return Path("spring")


@pytest.mark.parametrize(
    "command", [["init", "spring", "--path", "counting"], ["grade"], ["feedback"], ["export", "--to", "scores.csv"]]
)
def test_a_locked_gradebook_is_told_and_the_same_command_goes_on(
    pivotlab: Pivotlab, graded: Path, command: list[str]
) -> None:
    before = files(graded)
    other = sqlite3.connect(graded / "gradebook.db")
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(GradebookError, match=r"locked; see that it .* is not held by another.*; nothing is lost"):
            pivotlab(*command)
    finally:
        other.rollback()
        other.close()
    assert files(graded) == before
    assert not Path("scores.csv").exists()
    assert pivotlab(*command) == 0


def test_a_lock_in_the_midst_keeps_what_was_written_and_the_next_run_writes_the_rest(
    pivotlab: Pivotlab, lab: Lab, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another connection locks the gradebook when the first of three notebooks is written."""
    course = Path("spring")
    for name in ("amal", "bob", "zaid"):
        hand_in(lab, submit(why="They add up.").notebook, name, Path("in"))
    assert pivotlab("collect", "in") == 0
    other = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    replace = Path.replace

    def lock_after(draft: Path, target: Path) -> Path:
        done = replace(draft, target)
        if "autograded" in target.parts and not other.in_transaction:
            other.execute("BEGIN EXCLUSIVE")
        return done

    monkeypatch.setattr(Path, "replace", lock_after)
    with pytest.raises(GradebookError, match="locked"):
        pivotlab("grade")
    monkeypatch.setattr(Path, "replace", replace)
    other.rollback()
    other.close()
    assert sorted(one.name for one in (course / "autograded").iterdir()) == ["amal"]
    assert scores(course, "amal")["three-check"] == (4, None, False)
    shutil.rmtree("in")
    assert pivotlab("grade") == 0
    assert {name: scores(course, name)["three-check"][0] for name in ("amal", "bob", "zaid")} == dict.fromkeys(
        ("amal", "bob", "zaid"), 4
    )
