"""From a learner to the gradebook by way of nbgrader's own exchange: its release and collect, our submit and grade."""

import getpass
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cli import app
from grader.errors import UsageError
from grader.learning.exchange import submit_to_exchange
from grader.model import Lab
from tests.conftest import TOYS, Submit
from tests.test_course import NAME, nbgrader, scores

Pivotlab = Callable[..., int]


@pytest.fixture(autouse=True)
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a learner hands in from, with nbgrader's settings in it and Jupyter's folders in the test's."""
    for name in ("exchange", "learner", "data"):
        (tmp_path / name).mkdir()
    (tmp_path / "exchange").chmod(0o777)
    (tmp_path / "learner" / "nbgrader_config.py").write_text(exchange_in(tmp_path))
    for name in ("CONFIG", "DATA", "RUNTIME"):
        monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PIVOTLAB_LABS", str(TOYS))
    monkeypatch.setenv("PIVOTLAB_WORK", str(tmp_path / "learner"))
    monkeypatch.chdir(tmp_path / "learner")
    return tmp_path / "learner"


def exchange_in(folder: Path) -> str:
    return f"\nc = get_config()\nc.Exchange.root = {str(folder / 'exchange')!r}\n"


@pytest.fixture
def pivotlab() -> Pivotlab:
    """The command line in this process: nbgrader takes seconds to import."""

    def run(*arguments: str | Path) -> int:
        code: int = app(list(map(str, arguments)), standalone_mode=False)
        return code

    return run


@pytest.fixture
def hand_in(pivotlab: Pivotlab, learner: Path) -> Callable[..., int]:
    def run(notebook: bytes, *more: str) -> int:
        (learner / f"{NAME}.ipynb").write_bytes(notebook)
        return pivotlab("submit", learner / f"{NAME}.ipynb", "--to", "exchange", *more)

    return run


def make_course(folder: Path, pivotlab: Pivotlab, more: str = "") -> Path:
    """A course whose assignment is in the exchange."""
    course = folder / "course"
    assert pivotlab("course", "init", course, "--path", "counting") == 0
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + exchange_in(folder) + more)
    assert pivotlab("course", "release", "--course", course) == 0
    run_stock(course, "release_assignment", NAME)
    return course


def run_stock(course: Path, *arguments: str) -> None:
    done = nbgrader(course, *arguments)
    assert done.returncode == 0, done.stderr


def test_a_notebook_goes_through_the_exchange_into_the_gradebook_and_the_last_one_counts(
    tmp_path: Path, pivotlab: Pivotlab, hand_in: Callable[..., int], submit: Submit, capfd: pytest.CaptureFixture[str]
) -> None:
    course = make_course(tmp_path, pivotlab)
    capfd.readouterr()
    assert hand_in(submit(three="1").notebook) == 0
    told = capfd.readouterr()
    assert f"handed in: {NAME} of course counting, in nbgrader's exchange" in told.out
    assert told.err == ""
    run_stock(course, "collect", NAME)
    assert pivotlab("course", "grade", "--course", course, "--sandbox", "process") == 0
    me = getpass.getuser()
    assert scores(course, me)["three-check"] == (0, None, False)

    mine = submit(why="They add up.").notebook
    assert hand_in(mine) == 0
    run_stock(course, "collect", "--update", NAME)
    assert (course / "submitted" / me / NAME / f"{NAME}.ipynb").read_bytes() == mine
    assert pivotlab("course", "grade", "--course", course, "--sandbox", "process") == 0
    assert scores(course, me)["three-check"] == (4, None, False)
    assert scores(course, me)["why"] == (None, None, True)
    assert len(list((tmp_path / "exchange" / "counting" / "inbound").iterdir())) == 2


def test_course_and_name_are_those_the_learner_says(
    tmp_path: Path, learner: Path, pivotlab: Pivotlab, lab: Lab, submit: Submit
) -> None:
    spring = "c.CourseDirectory.course_id = 'spring'\n"
    course = make_course(tmp_path, pivotlab, spring)
    with (learner / "nbgrader_config.py").open("a") as stream:
        stream.write(f"{spring}c.Exchange.path_includes_course = True\n")
    done = submit_to_exchange(lab, submit().notebook, "amal.said")
    assert (done.course, done.assignment, done.remarks) == ("spring", NAME, ())
    run_stock(course, "collect", NAME)
    assert [one.name for one in (course / "submitted").iterdir()] == ["amal.said"]


def test_what_nbgrader_remarks_is_handed_on(tmp_path: Path, lab: Lab, submit: Submit) -> None:
    outbound = tmp_path / "exchange" / "counting" / "outbound" / NAME
    outbound.mkdir(parents=True)
    (outbound / "another.ipynb").write_bytes(submit().notebook)
    (tmp_path / "exchange" / "counting" / "inbound").mkdir()
    (remark,) = submit_to_exchange(lab, submit().notebook, None).remarks
    assert "another.ipynb: MISSING" in remark


def test_what_the_exchange_refuses_is_told_with_its_reason_and_is_no_deed(
    learner: Path, hand_in: Callable[..., int], submit: Submit
) -> None:
    with pytest.raises(UsageError, match=r"nbgrader's exchange: Inbound directory doesn't exist: .*; see to it"):
        hand_in(submit().notebook)
    assert not (learner / ".pivotlab").exists()


def test_without_nbgrader_nothing_is_run_and_the_extra_to_install_is_named(
    hand_in: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install -e '\.\[instructor\]'"):
        hand_in(b"")


def test_a_notebook_that_nbgrader_would_leave_out_is_refused(learner: Path, lab: Lab, submit: Submit) -> None:
    with (learner / "nbgrader_config.py").open("a") as stream:
        stream.write("c.CourseDirectory.max_file_size = 1\n")
    with pytest.raises(UsageError, match="the notebook has more than 1 kB; clear its outputs"):
        submit_to_exchange(lab, submit().notebook, None)


@pytest.mark.parametrize("name", ["../../x", "a+b", "*", "", "a b"])
def test_a_name_that_the_exchange_cannot_hold_is_refused(lab: Lab, name: str) -> None:
    with pytest.raises(UsageError, match="the exchange takes letters, digits"):
        submit_to_exchange(lab, b"{}", name)


def test_settings_that_cannot_be_read_are_named(learner: Path, lab: Lab) -> None:
    (learner / "nbgrader_config.py").write_text("c = get_config()\n1 / 0\n")
    with pytest.raises(UsageError, match=r"nbgrader_config\.py: ZeroDivisionError"):
        submit_to_exchange(lab, b"{}", None)
