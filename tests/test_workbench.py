"""A learner's whole way in a real JupyterLab in a real browser: open a lab, answer, check, hand in."""

import itertools
import json
import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docker
import pytest
from playwright.sync_api import Page, expect

from grader.learning.handing_in import SEAL, Seal
from tests.conftest import TOY, TOYS, Submit
from tests.jupyter import PATIENCE, TOKEN, jupyter, tab
from tests.test_course_exchange import exchange_in, make_course, run_stock

ANSWERS = {
    "one": "def one(a):\n    return a + 1",
    "two": "def two(a, b):\n    return a + b",
    "three": "def three(a, b, c):\n    return a + b + c",
}


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that `pivotlab start` opened."""

    address: str
    work: Path

    def ask(self, name: str, body: dict[str, str] | None = None, *, token: str = TOKEN) -> tuple[int, object]:
        request = urllib.request.Request(
            f"{self.address}/pivotlab/{name}", data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": f"token {token}"},
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    home = tmp_path_factory.mktemp("learner")
    settings = {"PIVOTLAB_WORK": str(home / "work"), "PIVOTLAB_LABS": str(TOYS)}
    with jupyter(["grader", "start", TOY, "--no-browser"], home, folder=Path.cwd(), **settings) as address:
        yield Lab(address, home / "work")


@pytest.fixture
def page() -> Iterator[Page]:
    with tab() as page:
        yield page


def answer(page: Page, exercise: str, text: str) -> None:
    """Type an answer over what is in the exercise's cell."""
    cell = page.locator(".jp-CodeCell", has_text=f"def {exercise}(").first
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def run_all(page: Page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def test_a_learner_opens_answers_checks_and_hands_in(jupyterlab: Lab, page: Page, tmp_path: Path) -> None:
    page.goto(f"{jupyterlab.address}/lab/tree/{TOY}/01-sums.ipynb?token={TOKEN}")
    answer(page, "one", "def one(a):\n    return a")
    run_all(page)
    expect(page.locator(".jp-OutputArea-output", has_text="AssertionError: After 1 comes 2.")).to_be_visible()
    for exercise, text in ANSWERS.items():
        answer(page, exercise, text)
    run_all(page)
    expect(page.get_by_text("AssertionError")).to_have_count(0)

    page.get_by_role("button", name="Check", exact=True).click()
    panel = page.locator(".pivotlab-Panel")
    expect(panel.get_by_role("heading")).to_have_text("3 of 3 exercises pass their visible checks")
    expect(panel.locator("li.passes")).to_have_count(3)
    page.screenshot(path=tmp_path / "check.png")

    (tmp_path / "handed-in").mkdir()
    page.get_by_role("button", name="Submit", exact=True).click()
    page.get_by_role("dialog").get_by_role("textbox").fill(str(tmp_path / "handed-in"))
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    expect(panel.get_by_role("heading")).to_have_text("Handed in")
    page.screenshot(path=tmp_path / "submit.png")
    (copy,) = (tmp_path / "handed-in").rglob("*.ipynb")
    assert "return a + b + c" in copy.read_text()
    assert Seal.model_validate_json((copy.parent / SEAL).read_bytes()).lab == TOY


def test_submit_goes_to_nbgraders_exchange_where_that_is_set(page: Page, tmp_path: Path) -> None:
    (tmp_path / "exchange").mkdir(mode=0o777)
    (tmp_path / "exchange").chmod(0o777)
    settings = {"PIVOTLAB_WORK": str(tmp_path / "work"), "PIVOTLAB_LABS": str(TOYS), "PIVOTLAB_TO": "exchange"}
    home = tmp_path / "learner"
    with jupyter(["grader", "start", TOY, "--no-browser"], home, folder=Path.cwd(), **settings) as address:
        (home / "config" / "nbgrader_config.py").write_text(exchange_in(tmp_path))
        page.goto(f"{address}/lab/tree/{TOY}/01-sums.ipynb?token={TOKEN}")
        answer(page, "three", ANSWERS["three"])
        page.get_by_role("button", name="Submit", exact=True).click()
        refused = page.get_by_role("dialog")
        expect(refused).to_contain_text("nbgrader's exchange: Inbound directory doesn't exist")
        refused.get_by_role("button").first.click()

        course = make_course(tmp_path, run_pivotlab)
        page.get_by_role("button", name="Submit", exact=True).click()
        panel = page.locator(".pivotlab-Panel")
        expect(panel.get_by_role("heading")).to_have_text("Handed in")
        expect(panel).to_contain_text("handed in: 01-sums of course counting, in nbgrader's exchange")
        page.screenshot(path=tmp_path / "exchange.png")
    run_stock(course, "collect", "01-sums")
    (copy,) = course.glob("submitted/*/01-sums/01-sums.ipynb")
    assert "return a + b + c" in copy.read_text()


def run_pivotlab(*arguments: str | Path) -> int:
    command = [sys.executable, "-m", "grader", *arguments]
    return subprocess.run(command, env=os.environ | {"PIVOTLAB_LABS": str(TOYS)}, check=False).returncode


def test_the_launcher_has_the_labs_and_opens_one(jupyterlab: Lab, page: Page, tmp_path: Path) -> None:
    page.goto(f"{jupyterlab.address}/lab?token={TOKEN}&reset")
    page.locator(".jp-LauncherCard", has_text="Pivotlab labs").click()
    panel = page.locator(".pivotlab-Panel")
    expect(panel.get_by_text(f"{TOY} · 5 minutes")).to_be_visible()
    page.screenshot(path=tmp_path / "labs.png")
    panel.get_by_role("button", name="Sums").click()
    expect(page.get_by_role("tab", name="01-sums.ipynb")).to_be_visible()


def test_nbgraders_validate_stays_usable_beside_check(jupyterlab: Lab, page: Page, submit: Submit) -> None:
    wrong, right = {"one": "def one(a):\n    return a"}, {"why": "They add up."}
    for name, answers, said in [
        ("wrong", wrong, "AssertionError: After 1 comes 2."), ("right", right, "Success! Your notebook passes all"),
    ]:  # fmt: skip
        (jupyterlab.work / TOY / f"{name}.ipynb").write_bytes(submit(**answers).notebook)
        page.goto(f"{jupyterlab.address}/lab/tree/{TOY}/{name}.ipynb?token={TOKEN}&reset")
        expect(page.get_by_role("button", name="Check", exact=True)).to_be_visible()
        page.get_by_role("button", name="Validate", exact=True).click()
        dialog = page.get_by_role("dialog").filter(has_text="Validation Results")
        expect(dialog).to_contain_text(said)
        dialog.get_by_role("button").first.click()


def test_hostile_text_of_a_notebook_is_only_text_in_the_panel(jupyterlab: Lab, page: Page) -> None:
    file = jupyterlab.work / TOY / "hostile.ipynb"
    document = json.loads((jupyterlab.work / TOY / "01-sums.ipynb").read_bytes())
    for cell in document["cells"]:
        if cell["id"] == "one":
            cell["source"] = "raise ValueError('<img src=x onerror=\"window.pwned = 1\">')"
    file.write_text(json.dumps(document))
    page.goto(f"{jupyterlab.address}/lab/tree/{TOY}/hostile.ipynb?token={TOKEN}&reset")
    page.get_by_role("button", name="Check", exact=True).click()
    panel = page.locator(".pivotlab-Panel")
    expect(panel.get_by_text('ValueError: <img src=x onerror="window.pwned = 1">')).to_be_visible()
    assert panel.locator("img").count() == 0
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("check", {"path": "../../../etc/passwd"}, "that is no notebook of this server"),
        ("check", {"path": f"{TOY}/data/two.txt"}, "that is no notebook of this server"),
        ("check", {}, "the request has no path"),
        ("open", {"lab": "counting/none"}, "there is no lab 'counting/none'"),
        ("submit", {"path": f"{TOY}/01-sums.ipynb", "to": "/nowhere/at/all"}, "ask where your instructor collects"),
    ],
)
def test_a_request_that_cannot_be_met_says_why(jupyterlab: Lab, name: str, body: dict[str, str], said: str) -> None:
    code, told = jupyterlab.ask(name, body)
    assert code == 400
    assert isinstance(told, dict)
    assert said in told["message"]


@pytest.mark.parametrize("name", ["labs", "submit"])
def test_strangers_get_nothing(jupyterlab: Lab, name: str) -> None:
    assert jupyterlab.ask(name, token="wrong")[0] == 403


def test_jupyterlab_in_an_image_needs_no_jupyter_here() -> None:
    code = "import sys; sys.modules |= dict.fromkeys(('tornado', 'jupyter_server')); import grader.workbench.container"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.docker
def test_a_lab_opens_in_its_image_and_leaves_no_container(tmp_path: Path, engine: docker.DockerClient) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "start", TOY, "--docker", "--no-browser"],
        env=os.environ | {"PIVOTLAB_WORK": str(tmp_path), "PIVOTLAB_LABS": str(TOYS)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        lines = list(itertools.takewhile(lambda line: "Ctrl-C" not in line, process.stdout))
        address = urllib.parse.urlsplit(lines[-1].strip())
        place = f"{address.scheme}://{address.netloc}/api/contents/{TOY}/01-sums.ipynb?{address.query}"
        with urllib.request.urlopen(place, timeout=PATIENCE) as response:
            assert json.load(response)["name"] == "01-sums.ipynb"
        assert address.hostname == "127.0.0.1"
        published = [one.ports for one in engine.containers.list() if str(address.port) in str(one.ports)]
        assert len(published) == 1
        process.terminate()
        assert process.wait(PATIENCE) == 0, "".join(lines)
    assert not [one for one in engine.containers.list(all=True) if str(address.port) in str(one.attrs["HostConfig"])]
