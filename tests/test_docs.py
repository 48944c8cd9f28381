"""The documents say what the code does: every command and setting is there, and every link leads somewhere."""

import re
from pathlib import Path

import pytest
import typer
from nbgrader.apps import NbGraderApp

from grader.ci import app as ci_app
from grader.cli import app
from grader.cohorts import app as cohorts_app
from grader.instructors import app as instructors_app
from grader.learners import app as learners_app

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def commands() -> list[str]:
    group = typer.main.get_group(app)
    found = []
    for name, command in group.commands.items():
        below = getattr(command, "commands", {})
        found += [f"{name} {one}" for one in below] if below else [name]
    return sorted(found)


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`pivotlab {command}" in (ROOT / "README.md").read_text()


def commands_of(door: typer.Typer, prefix: str = "") -> list[str]:
    # A door of one command is no group of its own.
    return [f"pivotlab {prefix}{one.name or one.callback.__name__}" for one in door.registered_commands if one.callback]


# What each door's page must have.
DOORS = {
    "learner.md": commands_of(learners_app),
    "instructor.md": [*commands_of(instructors_app, "course "), *commands_of(cohorts_app)],
    "ci.md": [
        *commands_of(ci_app),
        "pivotlab keys new",
        "pivotlab images build",
        "pivotlab grade",
        "--junit",
        "--sarif",
        "--markdown",
        "--html",
        "--csv",
        "--json",
        "--min-score",
        "--quiet",
        "--bundle",
        "--sign",
    ],
}


@pytest.mark.parametrize("page", DOORS)
def test_every_command_of_a_door_is_on_its_page(page: str) -> None:
    told = (ROOT / "docs" / page).read_text()
    assert DOORS[page]
    assert [command for command in DOORS[page] if command not in told] == []


def test_every_command_of_nbgrader_that_is_named_is_one() -> None:
    told = "\n".join(file.read_text() for file in DOCUMENTS)
    named = set(re.findall(r"(?:^|`)nbgrader ([a-z]\w+)", told, re.MULTILINE))
    assert "collect" in named
    assert named - NbGraderApp().subcommands.keys() == set()


def test_the_readme_leads_to_every_door() -> None:
    told = (ROOT / "README.md").read_text()
    assert [page for page in DOORS if f"(docs/{page})" not in told] == []


def test_every_setting_is_in_the_readme() -> None:
    files = [*ROOT.glob("grader/**/*.py"), *ROOT.glob("docker/*"), *ROOT.glob("ci/*"), ROOT / "Makefile"]
    settings = {name for file in files for name in re.findall(r"PIVOTLAB_[A-Z_]+", file.read_text())}
    told = (ROOT / "README.md").read_text()
    assert settings
    assert {name for name in settings if name not in told} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_every_link_inside_the_project_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text())
    missing = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert missing == []


def test_every_module_of_the_house_is_on_its_map() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text()
    modules = [file.stem for file in ROOT.glob("grader/**/*.py") if file.name != "__init__.py"]
    assert [name for name in modules if not re.search(rf"\b{name}\b", told)] == []
