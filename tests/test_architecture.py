"""The shape of the house: floors, no circles, one seam to Docker, and programs inside that know nothing outside."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "grader"

FLOORS = [
    {"model", "errors", "files"},
    {
        "labs",
        "notebook",
        "submission",
        "mending",
        "outputs",
        "sandbox",
        "report",
        "rendering",
        "pages",
        "channel",
        "formats.spreadsheet",
        "formats.junit",
        "formats.sarif",
        "formats.markdown",
        "formats.places",
        "formats.site",
        "formats.schema",
        "verdict",
        "sealing.keys",
        "sealing.bundle",
        "sealing.receipt",
    },
    {"learner_side", "judge_side", "containers", "images", "late"},
    {"judges", "pool", "zygotes"},
    {"conversation"},
    {"canary"},
    {"grade"},
    {"batch"},
    {"launch", "doctor"},
    {"cluster"},
    {
        "attacks.attack",
        "attacks.trial",
        "attacks.siege",
        "attacks.table",
        "soundness.answers",
        "soundness.mutation",
        "soundness.layout",
        "soundness.trials",
        "soundness.together",
        "soundness.proof",
        "soundness.judgement",
        "soundness.verification",
        "soundness.calibration",
        "soundness.catalogue",
    },
    {
        "learning.provenance",
        "learning.leakage",
        "learning.hidden_state",
        "learning.checking",
        "learning.records",
        "learning.work",
        "learning.pins",
        "learning.handing_in",
        "learning.exchange",
        "learning.testing_out",
        "learning.standing",
        "learning.progress",
        "sealing.grading",
        "sealing.way",
    },
    {"workbench.container"},
    {
        "teaching.reading",
        "teaching.similarity",
        "teaching.similarity_page",
        "teaching.assignment",
        "teaching.course",
        "teaching.students",
        "teaching.gradebook",
        "teaching.autograded",
        "teaching.grading",
        "teaching.collecting",
        "teaching.release",
        "teaching.stats",
        "teaching.refusal",
        "teaching.feedback",
        "teaching.export",
        "teaching.marking",
        "teaching.names",
        "teaching.stock",
        "teaching.crossing",
        "teaching.choosing",
    },
    {"terminal"},
    {"authors", "learners", "instructors", "cohorts", "ci"},
    {"cli", "workbench.handlers"},
    {"__main__", "workbench.__main__"},
]

# What a lower floor may not take from inside: the host speaks frames and plain values, and runs nothing of the rest.
HOST_MAY_IMPORT = {"grader.inside.wire", "grader.inside.values"}


def modules() -> dict[str, Path]:
    return {
        ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts): file
        for file in PACKAGE.rglob("*.py")
        if file.name != "__init__.py"
    }


def imports(file: Path, *, top_level_only: bool = False) -> set[str]:
    tree = ast.parse(file.read_text())
    found: set[str] = set()
    for node in tree.body if top_level_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


HOST = sorted(name for name in modules() if not name.startswith("grader.inside."))
INSIDE = sorted(name for name in modules() if name.startswith("grader.inside."))


def test_every_module_of_the_host_has_a_floor() -> None:
    assert {name.removeprefix("grader.") for name in HOST} == set().union(*FLOORS)


@pytest.mark.parametrize("name", HOST)
def test_imports_point_down_or_stay_on_their_floor(name: str) -> None:
    floor = {f"grader.{module}": number for number, modules in enumerate(FLOORS) for module in modules}
    for imported in imports(modules()[name]) & floor.keys():
        assert floor[imported] <= floor[name], f"{name} imports {imported}, which is above it"


def test_no_module_imports_itself_by_way_of_others() -> None:
    known = modules()
    arrows = {name: imports(file) & known.keys() for name, file in known.items()}
    for start, first in arrows.items():
        reached: set[str] = set()
        waiting = set(first)
        while waiting:
            reached |= waiting
            waiting = set().union(*(arrows[name] for name in waiting)) - reached
        assert start not in reached, f"{start} imports itself by way of others"


def test_only_the_modules_for_it_talk_to_docker() -> None:
    users = {name for name, file in modules().items() if "docker" in {one.split(".")[0] for one in imports(file)}}
    assert users == {"grader.containers", "grader.images", "grader.workbench.container"}


@pytest.mark.parametrize("name", HOST)
def test_the_host_takes_only_the_wire_from_inside(name: str) -> None:
    taken = {one for one in imports(modules()[name]) if one in INSIDE}
    assert taken <= HOST_MAY_IMPORT


@pytest.mark.parametrize("name", INSIDE)
def test_programs_inside_know_nothing_outside(name: str) -> None:
    file = modules()[name]
    ours = {one for one in imports(file) if one.startswith("grader")}
    assert all(one.startswith("grader.inside") for one in ours)
    given = {"IPython", "traitlets"} if name.endswith(("shell", "outputs", "learner")) else set()
    given |= {"pytest"} if name.endswith("judge") else set()
    # Only hidden tests import it, and their environment has them.
    given |= {"numpy", "pandas"} if name.endswith("probes") else set()
    top = {one.split(".")[0] for one in imports(file, top_level_only=True)}
    assert top - given - {"grader"} <= set(sys.stdlib_module_names)


def test_modules_stop_near_four_hundred_lines() -> None:
    long = {name: len(file.read_text().splitlines()) for name, file in modules().items()}
    assert {name: lines for name, lines in long.items() if lines > 420} == {}
