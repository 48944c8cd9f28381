"""`pivotlab grade` as a CI runs it: marks that are enough, pages to publish, bundles with and without their key."""

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sealing.keys import make_keys
from tests.conftest import TOY, TOYS, Submit
from tests.test_cli import pivotlab

HALF = {"three": "def three(a, b, c):\n    return a"}
PROCESS = ("--sandbox", "process")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with keys and a bundle of the toy lab."""
    folder = tmp_path_factory.mktemp("sealed")
    make_keys(folder)
    done = pivotlab("pack", TOY, "--key", folder / "bundle.key", "--out", folder / "sums.bundle")
    assert (done.returncode, "sealed with key" in done.stdout) == (0, True), done.stderr
    return folder


def secrets_of(place: Path) -> dict[str, str]:
    # No folder of labs: all that is graded comes out of the bundle.
    return {
        "PIVOTLAB_KEY": (place / "bundle.key").read_text(),
        "PIVOTLAB_SIGNING_KEY": (place / "signing.key").read_text(),
        "PIVOTLAB_LABS": str(place / "none"),
    }


def without_secrets(place: Path) -> dict[str, str]:
    return dict.fromkeys(secrets_of(place), "")


@pytest.mark.parametrize(("wanted", "code"), [("0", 0), ("55", 0), ("55.5555", 0), ("56", 1), ("100", 1)])
def test_the_code_is_1_only_below_so_many_percent(tmp_path: Path, submit: Submit, wanted: str, code: int) -> None:
    (tmp_path / "amal.ipynb").write_bytes(submit(**HALF).notebook)
    done = pivotlab("grade", tmp_path / "amal.ipynb", "--out", tmp_path / "out", *PROCESS, "--min-score", wanted)
    assert done.returncode == code, done.stderr
    verdict = f"failed: 1 below {wanted} % of the points" if code else f"passed: nobody below {wanted} % of the points"
    assert done.stdout.splitlines()[-1] == verdict


def test_everybody_must_reach_the_mark(tmp_path: Path, submit: Submit) -> None:
    (tmp_path / "amal.ipynb").write_bytes(submit().notebook)
    (tmp_path / "basma.ipynb").write_bytes(submit(**HALF).notebook)
    done = pivotlab("grade", tmp_path, "--out", tmp_path / "out", *PROCESS, "--min-score", "80")
    assert (done.returncode, "failed: 1 below 80 %" in done.stdout) == (1, True)


def test_quiet_says_what_came_of_it_and_errors_and_no_more(tmp_path: Path, submit: Submit) -> None:
    (tmp_path / "amal.ipynb").write_bytes(submit().notebook)
    (tmp_path / "broken.ipynb").write_bytes(b"no json")
    done = pivotlab("grade", tmp_path, "--out", tmp_path / "out", *PROCESS, "--quiet")
    assert done.stdout.splitlines() == ["1 graded, 1 rejected, 0 ungraded", "failed: a file was rejected"]
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["NOT ISOLATED", "rejected"]


@pytest.mark.parametrize("quiet", [True, False])
def test_a_terminal_shows_a_bar_unless_quiet_is_wanted(tmp_path: Path, submit: Submit, quiet: bool) -> None:
    (tmp_path / "amal.ipynb").write_bytes(submit().notebook)
    reader, terminal = pty.openpty()
    arguments = ["grade", str(tmp_path), "--out", str(tmp_path / "out"), *PROCESS, *(["--quiet"] if quiet else [])]
    subprocess.run(
        [sys.executable, "-c", "from grader.cli import main; main()", *arguments], check=True, stdout=subprocess.PIPE,
        stderr=terminal, env=os.environ | {"PIVOTLAB_LABS": str(TOYS), "TERM": "xterm"},
    )  # fmt: skip
    os.close(terminal)
    shown = b""
    # A terminal that nobody writes to any more ends in an error.
    with contextlib.suppress(OSError):
        while chunk := os.read(reader, 65_536):
            shown += chunk
    os.close(reader)
    assert b"NOT ISOLATED" in shown
    assert (b"Grading" in shown) is not quiet


def test_the_site_has_every_page_under_an_index_and_no_json(tmp_path: Path, submit: Submit) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "index.ipynb").write_bytes(submit().notebook)
    (work / "a <b>&#.ipynb").write_bytes(submit(**HALF).notebook)
    (work / "broken.ipynb").write_bytes(b"no json")
    arguments = ("grade", work, "--out", tmp_path / "out", *PROCESS, "--html", tmp_path / "site")
    assert pivotlab(*arguments).returncode == 2
    index = (tmp_path / "site" / "index.html").read_text()
    links = re.findall(r'href="([^"]+)"', index)
    assert sorted(links) == sorted(f"pages/{file.name}" for file in (tmp_path / "site" / "pages").iterdir())
    assert len(links) == 3
    assert "a &lt;b&gt;&amp;#" in index
    assert {file.suffix for file in (tmp_path / "site").rglob("*.*")} == {".html"}
    # A second run goes on from the JSON reports, and makes the pages that are gone again.
    before = {link: (tmp_path / "site" / link).read_bytes() for link in links}
    for file in (tmp_path / "out").glob("*.html"):
        file.unlink()
    assert pivotlab(*arguments).returncode == 2
    assert {link: (tmp_path / "site" / link).read_bytes() for link in links} == before


@pytest.mark.parametrize("site", ["out", ".", "out/../out"])
def test_json_reports_are_never_published_with_the_pages(tmp_path: Path, submit: Submit, site: str) -> None:
    (tmp_path / "amal.ipynb").write_bytes(submit().notebook)
    out = tmp_path / "out"
    done = pivotlab("grade", tmp_path / "amal.ipynb", "--out", out, *PROCESS, "--html", tmp_path / site)
    assert (done.returncode, "would be published" in done.stderr) == (2, True)
    assert not out.exists()


def test_sarif_leads_to_the_line_in_the_checkout(
    tmp_path: Path, submit: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "amal.ipynb").write_bytes(submit(three="x = 1\n1 / 0").notebook)
    monkeypatch.chdir(tmp_path)
    assert pivotlab("grade", "work/amal.ipynb", *PROCESS, "--sarif", "all.sarif").returncode == 1
    (found,) = json.loads((tmp_path / "all.sarif").read_text())["runs"][0]["results"]
    place = found["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "work/amal.ipynb"
    line = place["physicalLocation"]["region"]["startLine"]
    assert "1 / 0" in (tmp_path / "work" / "amal.ipynb").read_text().splitlines()[line - 1]
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "cell three, line 2"


def test_nothing_secret_is_opened_where_nothing_isolates(tmp_path: Path, place: Path, submit: Submit) -> None:
    (tmp_path / "amal.ipynb").write_bytes(submit().notebook)
    for options in (("--bundle", place / "sums.bundle"), ("--sign", "env", "--labs", TOYS)):
        arguments = ("grade", tmp_path / "amal.ipynb", "--out", tmp_path / "out", *PROCESS, *options)
        done = pivotlab(*arguments, environment=secrets_of(place))
        assert (done.returncode, "only where containers isolate" in done.stderr) == (2, True)
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, (5, "they pass")),
        ({"one": "def one(a):\n    return a"}, (1, "failed, and not graded: visible checks fail")),
    ],
)
def test_without_the_key_the_visible_checks_run_and_it_says_so(
    tmp_path: Path, place: Path, submit: Submit, answers: dict[str, str], expected: tuple[int, str]
) -> None:
    (tmp_path / "amal.ipynb").write_bytes(submit(**answers).notebook)
    written = {name: tmp_path / name for name in ("junit", "markdown", "sarif")}
    done = pivotlab(
        "grade", tmp_path / "amal.ipynb", "--out", tmp_path / "out", *PROCESS, "--bundle", place / "sums.bundle",
        "--quiet", "--html", tmp_path / "site", *(part for name in written for part in (f"--{name}", written[name])),
        environment=without_secrets(place),
    )  # fmt: skip
    assert done.returncode == expected[0], done.stderr
    assert done.stdout.splitlines()[-1].endswith(expected[1])
    assert f"no score; of the visible checks {5 - len(answers)} of 5 pass" in done.stderr
    report = json.loads((tmp_path / "out" / "amal.json").read_text())
    assert (report["status"], report["score"], report["points"]) == ("checked", None, 0)
    assert "Visible check: Add one" in written["junit"].read_text()
    assert "no key for the hidden tests" in written["markdown"].read_text()
    assert "Checked, not graded" in (tmp_path / "site" / "pages" / "amal.html").read_text()
    for file in written.values():
        assert ("After 1 comes 2." in file.read_text()) == bool(answers)


def test_a_bundle_of_another_lab_than_is_asked_for_is_refused(tmp_path: Path, place: Path, submit: Submit) -> None:
    (tmp_path / "amal.ipynb").write_bytes(submit().notebook)
    arguments = ("grade", tmp_path / "amal.ipynb", "--bundle", place / "sums.bundle", "--lab", "counting/other")
    done = pivotlab(*arguments, environment=without_secrets(place))
    assert (done.returncode, "packed of lab counting/01-sums, not counting/other" in done.stderr) == (2, True)


@pytest.mark.docker
def test_with_the_key_all_is_graded_signed_and_no_hidden_test_is_on_the_disk(
    tmp_path: Path, place: Path, submit: Submit
) -> None:
    (tmp_path / "amal.ipynb").write_bytes(submit(**HALF).notebook)
    out = tmp_path / "out"
    arguments = ("grade", tmp_path / "amal.ipynb", "--bundle", place / "sums.bundle", "--sign", "env", "--out", out)
    first = pivotlab(*arguments, environment=secrets_of(place))
    assert first.returncode == 1, first.stderr
    report = json.loads((out / "amal.json").read_text())
    assert (report["score"], report["points"]) == (5, 9)
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or not re.search(rb"test_(one|two|three)|== 42", file.read_bytes()), file
    assert re.search(r"test_(one|two|three)|== 42", first.stdout + first.stderr) is None

    # A report that lies in the learner's checkout says 9 points of this very notebook, lab and image.
    for result in report["results"]:
        result |= {"earned": result["points"], "outcome": "passed"}
    (out / "amal.json").write_text(json.dumps(report | {"score": 9}))
    again = pivotlab(*arguments, environment=secrets_of(place))
    assert (again.returncode, "5 / 9" in again.stdout) == (1, True)

    receipt = ("verify-receipt", out / "amal.receipt.json", "--public-key", place / "signing.pub", "--notebook")
    holds = pivotlab(*receipt, tmp_path / "amal.ipynb")
    assert (holds.returncode, "5 of 9 points" in holds.stdout) == (0, True), holds.stderr
    (tmp_path / "basma.ipynb").write_bytes(submit().notebook)
    other = pivotlab(*receipt, tmp_path / "basma.ipynb")
    assert (other.returncode, "of another notebook" in other.stderr, other.stdout) == (1, True, "")
    assert json.loads(pivotlab(*receipt[:-1], "--json").stdout)["score"] == 5


def test_who_seals_nothing_loads_no_cryptography() -> None:
    program = "import sys, grader.cli; sys.exit('cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.docker
def test_an_environment_is_found_by_its_lab_or_bundle(place: Path) -> None:
    # The image is there, so nothing is built; an unknown environment would exit 2.
    for wanted in ("core", TOY, place / "sums.bundle"):
        done = pivotlab("images", "build", wanted)
        assert (done.returncode, done.stdout.startswith("pivotlab/core:")) == (0, True), done.stderr
