"""A gradebook in a real PostgreSQL: what comes out is what SQLite's would be."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest

from grader.cli import app
from grader.errors import GradebookError
from tests.conftest import TOYS, Submit
from tests.test_course import NAME, give, nbgrader, open_book, scores

PATIENCE = 60
MEND = "PostgreSQL's server is not here; run `make postgres` as root, or install PostgreSQL, then run this again"
SQLITE = 'f"sqlite:///{ROOT}/gradebook.db"'


def program(name: str) -> str:
    beside = [str(one) for one in sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    found = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *beside]))
    assert found is not None, MEND
    return found


@contextmanager
def server(place: Path, user: str) -> Iterator[str]:
    """The host of a server that answers on a socket in its own folder alone, and ends with the block."""
    data = str(place / "data")
    subprocess.run(
        [program("initdb"), "-D", data, "-U", user, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"],
        user=user, cwd=place, check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    log = (place / "log").open("w")
    process = subprocess.Popen(
        [program("postgres"), "-D", data, "-k", str(place), "-c", "listen_addresses=", "-c", "fsync=off"],
        user=user, cwd=place, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    with log:
        try:
            wait_for(place, user, process)
            yield str(place)
        finally:
            # To PostgreSQL an interrupt says: end now, whoever is still connected.
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


def wait_for(place: Path, user: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(PATIENCE):
        assert process.poll() is None, (place / "log").read_text()
        try:
            psycopg2.connect(host=str(place), user=user, dbname="postgres").close()
        except psycopg2.OperationalError:
            time.sleep(1)
        else:
            return
    pytest.fail((place / "log").read_text())


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The address of an empty database. PostgreSQL refuses to run as root, and a socket's path must be short."""
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    with tempfile.TemporaryDirectory(prefix="pivotlab-") as name:
        if os.geteuid() == 0:
            shutil.chown(name, user)
        with server(Path(name), user) as host:
            yield f"postgresql+psycopg2://{user}@/postgres?host={host}"


@pytest.fixture
def pivotlab(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.setenv("PIVOTLAB_LABS", str(TOYS))

    def run(*arguments: str | Path) -> int:
        code: int = app(["course", *map(str, arguments)], standalone_mode=False)
        return code

    return run


def keep_gradebook_in(course: Path, address: str) -> None:
    config = course / "nbgrader_config.py"
    assert SQLITE in config.read_text()
    config.write_text(config.read_text().replace(SQLITE, repr(address)))


def run_course(course: Path, pivotlab: Callable[..., int], submit: Submit) -> str:
    """Grade, give points by hand, regrade what is new, export; the export."""

    def hand_over(student: str, **answers: str) -> None:
        place = course / "submitted" / student / NAME
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{NAME}.ipynb").write_bytes(submit(**answers).notebook)
        (place / "timestamp.txt").write_text("2026-03-01 12:00:00.000000 UTC")

    hand_over("amal", why="They add up.", three="def three(a, b, c):\n    return 0")
    hand_over("Bob", why="They do not. ÷ مجموع")
    hand_over("zaid", one="1 / 0")
    assert pivotlab("grade", "--course", course, "--sandbox", "process") == 0
    # Databases differ in where they put who has no name.
    with open_book(course) as gradebook:
        gradebook.update_or_create_student("zaid", last_name="Zaid")
    give(course, "amal", "why", 1.37, "Which sum? أيّ")
    give(course, "amal", "three-check", 2)
    hand_over("amal", why="They add up.")
    hand_over("zaid")
    assert pivotlab("grade", "--course", course, "--sandbox", "process") == 0
    assert pivotlab("feedback", "--course", course) == 0
    assert pivotlab("export", "--to", course / "out.csv", "--course", course) == 0
    return (course / "out.csv").read_text()


def test_a_gradebook_in_postgresql_gives_the_export_that_sqlite_gives(
    tmp_path: Path, pivotlab: Callable[..., int], submit: Submit, postgresql: str
) -> None:
    for name in ("sqlite", "postgresql"):
        assert pivotlab("init", tmp_path / name, "--path", "counting") == 0
    course = tmp_path / "postgresql"
    keep_gradebook_in(course, postgresql)
    (course / "gradebook.db").unlink()
    assert pivotlab("init", course, "--path", "counting") == 0
    exported = run_course(course, pivotlab, submit)
    assert exported == run_course(tmp_path / "sqlite", pivotlab, submit)
    assert ",amal,,,,8.37,0,8.37,11,yes" in exported
    assert scores(course, "amal")["three-check"] == (4, 2, True)
    assert "Which sum? أيّ" in (course / "feedback" / "amal" / NAME / f"{NAME}.html").read_text()
    assert not (course / "gradebook.db").exists()
    assert f"{NAME} (due: None)" in nbgrader(course, "db", "assignment", "list").stdout


def test_a_postgresql_that_is_away_is_told_without_its_password_and_what_was_graded_is_kept(
    tmp_path: Path, pivotlab: Callable[..., int], submit: Submit
) -> None:
    course = tmp_path / "course"
    assert pivotlab("init", course, "--path", "counting") == 0
    there = (course / "nbgrader_config.py").read_text()
    keep_gradebook_in(course, "postgresql+psycopg2://me:secret@127.0.0.1:1/grades")
    place = course / "submitted" / "amal" / NAME
    place.mkdir(parents=True)
    (place / f"{NAME}.ipynb").write_bytes(submit().notebook)
    with pytest.raises(GradebookError, match=r"me:\*\*\*@127.0.0.1:1/grades: .*refused") as told:
        pivotlab("grade", "--course", course, "--sandbox", "process")
    assert "secret" not in str(told.value)
    assert (course / "reports" / NAME / "amal.json").is_file()
    (course / "nbgrader_config.py").write_text(there)
    assert pivotlab("grade", "--course", course, "--sandbox", "process") == 0
    assert scores(course, "amal")["two-check"] == (4, None, False)
