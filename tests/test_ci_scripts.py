"""What a CI runs, out of action.yml and the GitLab template, as a runner runs it: clean folders, real Docker."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from grader.labs import load_lab
from grader.sealing.bundle import seal_lab
from grader.sealing.keys import Use, make_keys, read_key_file
from tests.conftest import TOY, TOYS, Submit
from tests.test_cli import pivotlab

pytestmark = [pytest.mark.docker, pytest.mark.xdist_group("ci"), pytest.mark.timeout(900)]
ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
GITLAB = yaml.safe_load((ROOT / "docs" / "ci" / "gitlab-ci.yml").read_text())
GITHUB = yaml.safe_load((ROOT / "docs" / "ci" / "github-workflow.yml").read_text())
LEFT_BEHIND = shutil.ignore_patterns(".*", "__pycache__", "build", "node_modules")
# What a runner hands on of the machine: where packages and the engine are is the owner's affair.
OWNERS = re.compile(r"PIP_|DOCKER_|https?_proxy|no_proxy|SSL_|REQUESTS_", re.IGNORECASE)
WRONG = {"three": "def three(a, b, c):\n    return a"}
REAL = "analyst-to-ml/02-ramadan-encoding"
UNCHECKED = {"one": "def one(a):\n    return a"}


@pytest.fixture(scope="module")
def action(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a runner checks an action out; the first job installs it."""
    return shutil.copytree(ROOT, tmp_path_factory.mktemp("actions") / "pivotlab", ignore=LEFT_BEHIND)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[Use, Path]:
    return make_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def checkout(tmp_path: Path, keys: dict[Use, Path]) -> Path:
    """A learner's repository with the bundle in it, and with files that some tools would run or believe."""
    place = tmp_path / "checkout"
    (place / "grader").mkdir(parents=True)
    (place / "sums.bundle").write_bytes(seal_lab(load_lab(TOYS, TOY), read_key_file(Use.BUNDLE, keys[Use.BUNDLE])))
    for name in ("venv.py", "ensurepip.py", "pip.py", "grader/__init__.py", "sitecustomize.py"):
        (place / name).write_text(f"open({str(tmp_path / 'was-run')!r}, 'w').close()")
    shutil.copytree(TOYS, place / "labs")
    (place / "labs" / TOY / "hidden" / "test_sums.py").write_text(
        "".join(f"def test_{name}(notebook): pass\n" for name in ("one", "two", "two_of_text", "three"))
    )
    (place / "pivotlab-results").symlink_to(tmp_path)
    return place


def run(script: str, folder: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """A step of a runner: a script of its own, the runner's variables and no others."""
    kept = {name: value for name, value in os.environ.items() if OWNERS.match(name)}
    machine = {"PATH": f"{sys.base_prefix}/bin:/usr/local/bin:/usr/bin:/bin", "HOME": os.environ["HOME"], "CI": "true"}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder, env=kept | machine | variables, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip


def run_action(action: Path, checkout: Path, **inputs: str) -> "subprocess.CompletedProcess[str]":
    """The action's steps one after the other, until one fails, as `uses:` with these inputs runs them."""
    event = inputs.pop("event", "push")
    values = {name: one.get("default", "") for name, one in ACTION["inputs"].items()}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}
    runner = {
        "GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": str(action), "GITHUB_EVENT_NAME": event,
        "GITHUB_WORKSPACE": str(checkout), "GITHUB_STEP_SUMMARY": str(checkout.parent / "summary"),
        "GITHUB_OUTPUT": str(checkout.parent / "output"), "RUNNER_TEMP": str(checkout.parent),
    }  # fmt: skip
    for step in ACTION["runs"]["steps"]:
        assert (step["shell"], "${{" in step["run"]) == ("bash", False)
        given = {name: fill(text, values) for name, text in step["env"].items()}
        done = run(step["run"], checkout, **runner, **given)
        if done.returncode:
            break
    return done


def fill(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: values[found[1]], text)


def run_gitlab(home: Path, checkout: Path, job: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """A job's script, all its lines as one; variables of the project go before those of the file."""
    base = GITLAB[GITLAB[job]["extends"]]
    # The service of docker-in-docker is the runner's; the engine here stands for it.
    told = {name: value for name, value in base["variables"].items() if not name.startswith("DOCKER_")}
    told |= {"CI_BUILDS_DIR": str(checkout.parent), "CI_PROJECT_DIR": str(checkout), "GITLAB_CI": "true"}
    told |= {"PIVOTLAB_HOME": str(home)} | variables
    return run("\n".join(base["script"]), checkout, **told)


def cases(checkout: Path) -> dict[str, list[str]]:
    """By title, what became of each case in the JUnit file that was written."""
    root = ET.parse(checkout / "pivotlab-results" / "junit.xml").getroot()
    return {str(case.get("name")): [problem.tag for problem in case] for case in root.iter("testcase")}


def check_nothing_of_the_learners_ran(checkout: Path) -> None:
    assert not (checkout.parent / "was-run").exists()
    assert (checkout.parent / "checkout").is_dir()
    assert not (checkout / "pivotlab-results").is_symlink()
    assert not list((checkout / "pivotlab-results").glob("**/notebook.json"))


def test_the_action_passes_a_good_notebook_and_signs_it(
    action: Path, checkout: Path, keys: dict[Use, Path], submit: Submit
) -> None:
    (checkout / "notebook.ipynb").write_bytes(submit().notebook)
    done = run_action(
        action, checkout, lab=TOY, notebook="notebook.ipynb", bundle="sums.bundle",
        key=keys[Use.BUNDLE].read_text(), signing_key=keys[Use.SIGN].read_text(),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 graded, 0 rejected, 0 ungraded\npassed: nobody below 100 % of the points\n" in done.stdout
    assert "9 / 9" in (checkout.parent / "summary").read_text()
    assert (checkout.parent / "output").read_text() == "code=0\nresults=pivotlab-results\n"
    assert set(map(str, cases(checkout).values())) == {"[]"}
    receipt = checkout / "pivotlab-results" / "notebook.receipt.json"
    public = ("--public-key", keys[Use.VERIFY], "--notebook", checkout / "notebook.ipynb")
    verified = pivotlab("verify-receipt", receipt, *public)
    assert (verified.returncode, "9 of 9 points" in verified.stdout) == (0, True), verified.stderr
    check_nothing_of_the_learners_ran(checkout)


def test_the_action_fails_a_bad_notebook_and_says_what_is_wrong(
    action: Path, checkout: Path, keys: dict[Use, Path], submit: Submit
) -> None:
    (checkout / "notebook.ipynb").write_bytes(submit(**WRONG).notebook)
    inputs = {"lab": TOY, "notebook": "notebook.ipynb", "bundle": "sums.bundle", "key": keys[Use.BUNDLE].read_text()}
    done = run_action(action, checkout, min_score="60", **inputs)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "failed: 1 below 60 % of the points" in done.stdout
    assert "**three**: 0 of 4\n\n- ✗ The sum of three numbers (failed)\n- Hint: Use what you have." in done.stdout
    assert "::error title=Pivotlab::" in done.stdout
    assert (done.stderr, "Traceback" in done.stdout) == ("", False)
    assert cases(checkout)["The sum of three numbers"] == ["failure"]
    assert run_action(action, checkout, min_score="55", **inputs).returncode == 0
    check_nothing_of_the_learners_ran(checkout)


@pytest.mark.parametrize(("event", "answers"), [("pull_request", WRONG), ("pull_request", UNCHECKED), ("push", WRONG)])
def test_the_action_checks_what_a_fork_may_see(
    action: Path, checkout: Path, submit: Submit, event: str, answers: dict[str, str]
) -> None:
    code = 1 if answers == UNCHECKED else 0 if event == "pull_request" else 5
    (checkout / "notebook.ipynb").write_bytes(submit(**answers).notebook)
    done = run_action(action, checkout, event=event, lab=TOY, notebook="notebook.ipynb", bundle="sums.bundle")
    assert done.returncode == code, done.stdout + done.stderr
    assert "no key for the hidden tests here, so no score" in (checkout.parent / "summary").read_text()
    assert ("::warning title=Pivotlab::Not graded" in done.stdout) == (answers == WRONG)
    assert cases(checkout)["Visible check: Add one"] == ([] if answers == WRONG else ["failure"])
    check_nothing_of_the_learners_ran(checkout)


def test_the_action_takes_its_own_labs_and_not_those_of_the_checkout(action: Path, checkout: Path) -> None:
    lab, place = load_lab(ROOT / "labs", REAL), checkout / "labs" / REAL
    shutil.copytree(ROOT / "labs" / REAL, place)
    shutil.copy(ROOT / "labs" / REAL / ".." / "path.toml", place.parent)
    for file in (place / "hidden").glob("*.py"):
        file.unlink()
    (place / "hidden" / "test_all.py").write_text("".join(f"def {test.name}(notebook): pass\n" for test in lab.tests()))
    (checkout / "notebook.ipynb").write_bytes(lab.notebook)
    done = run_action(action, checkout, lab=REAL, notebook="notebook.ipynb", min_score="1")
    assert (done.returncode, "| 0 / 20 |" in done.stdout) == (1, True), done.stdout + done.stderr


def test_a_file_name_is_no_order(action: Path, checkout: Path, keys: dict[Use, Path], submit: Submit) -> None:
    name = "--x $(touch was-run) '; ::error::##[error]a.ipynb"
    (checkout / name).write_bytes(submit(**WRONG).notebook)
    done = run_action(action, checkout, lab=TOY, notebook=name, bundle="sums.bundle", key=keys[Use.BUNDLE].read_text())
    assert done.returncode == 1, done.stdout + done.stderr
    assert not (checkout / "was-run").exists()
    assert re.findall(r"^\s*::(?!error title=Pivotlab::Exit)|##\w*\[", done.stdout + done.stderr, re.MULTILINE) == []


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a repository that can be cloned."""
    place = shutil.copytree(ROOT, tmp_path_factory.mktemp("source") / "pivotlab", ignore=LEFT_BEHIND)
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "All of it"]):
        who = ["-c", "user.name=Owner", "-c", "user.email=owner@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=place, check=True)
    return place


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where GitLab jobs keep the clone; the first makes it."""
    return tmp_path_factory.mktemp("builds") / "pivotlab"


@pytest.mark.parametrize("job", ["pivotlab", ".pivotlab-on-a-shell-runner"])
def test_the_gitlab_job_passes_a_good_notebook_and_fails_a_bad_one(  # noqa: PLR0913, PLR0917 - each is a fixture
    source: Path, home: Path, checkout: Path, keys: dict[Use, Path], submit: Submit, job: str
) -> None:
    variables = {
        "PIVOTLAB_SOURCE": f"file://{source}", "PIVOTLAB_LAB": TOY, "PIVOTLAB_NOTEBOOK": "notebook.ipynb",
        "PIVOTLAB_BUNDLE": "sums.bundle", "PIVOTLAB_KEY": keys[Use.BUNDLE].read_text(),
    }  # fmt: skip
    (checkout / "notebook.ipynb").write_bytes(submit().notebook)
    good = run_gitlab(home, checkout, job, **variables)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "passed: nobody below 80 % of the points" in good.stdout
    assert "::" not in good.stdout

    (checkout / "notebook.ipynb").write_bytes(submit(**WRONG).notebook)
    bad = run_gitlab(home, checkout, job, **variables)
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert "failed: 1 below 80 % of the points" in bad.stdout
    assert "- ✗ The sum of three numbers (failed)" in bad.stdout
    assert cases(checkout)["The sum of three numbers"] == ["failure"]

    fork = run_gitlab(home, checkout, job, **variables | {"PIVOTLAB_KEY": ""})
    assert fork.returncode == GITLAB[".pivotlab"]["allow_failure"]["exit_codes"] == 5, fork.stdout + fork.stderr
    assert "of the visible checks 5 of 5 pass" in fork.stdout
    check_nothing_of_the_learners_ran(checkout)


def test_the_templates_name_what_there_is() -> None:
    (step,) = [step for step in GITHUB["jobs"]["grade"]["steps"] if "pivotlab@" in step.get("uses", "")]
    assert step["with"].keys() <= ACTION["inputs"].keys()
    assert {name for name, one in ACTION["inputs"].items() if one.get("required")} <= step["with"].keys()
    # PyYAML reads the key `on` as true, which it is in YAML 1.1.
    assert "pull_request_target" not in GITHUB[True]
    artifacts = GITLAB[".pivotlab"]["artifacts"]
    assert artifacts["paths"] == ["pivotlab-results/"]
    assert artifacts["reports"]["junit"] == "pivotlab-results/junit.xml"
    scripts = "".join(file.read_text() for file in ROOT.glob("ci/*.sh"))
    assert {name for name in GITLAB[".pivotlab"]["variables"] if name not in scripts} == {
        "PIVOTLAB_SOURCE", "PIVOTLAB_REF", "PIVOTLAB_HOME",
    }  # fmt: skip
