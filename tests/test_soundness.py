"""The proof of a lab: a sound one passes, and every way to be unsound is found and named with its mend."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.errors import LabError, UsageError
from grader.images import image_names
from grader.labs import load_lab, start_notebook
from grader.launch import Kind, Launcher, Sandboxes
from grader.soundness import catalogue
from grader.soundness.answers import read_shipped_answers
from grader.soundness.calibration import calibrate_lab
from grader.soundness.layout import inspect_files
from grader.soundness.mutation import make_mutants
from grader.soundness.proof import digest_lab, is_current, read_proof, write_proof
from grader.soundness.trials import halve
from grader.soundness.verification import Ground, Verdict, verify_lab
from tests.conftest import TOY, TOYS

TESTS = {"one": "test_one", "two": "test_two, test_two_of_text", "three": "test_three"}
SIGNATURES = {"one": "one(a)", "two": "two(a, b)", "three": "three(a, b, c)"}
RIGHT = {
    "one": "return 1 + a",
    "two": "return b + a if isinstance(a, int) else a + b",
    "three": "return sum((a, b, c))",
}
WRONG = ["return a", "return None", "return a * 3"]
HINTS = """
# Think of the number that follows. There is an operator for that. Use what you have.
"""

Verify = Callable[[], Verdict]
Spoil = Callable[[Path], None]


def answer(exercise: str, body: str, *header: str) -> str:
    return "\n".join([*header, "", f'# %% exercise="{exercise}"', f"def {SIGNATURES[exercise]}:", f"    {body}", ""])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The toy lab with all that a sound lab ships."""
    place = Path(shutil.copytree(TOYS, tmp_path / "labs")) / TOY
    for exercise, tests in TESTS.items():
        write(place, "right", f"{exercise}.py", answer(exercise, RIGHT[exercise]))
        for number, body in enumerate(WRONG):
            text = answer(exercise, body, f"# fails: {tests}", "# why: A slip.")
            write(place, "wrong", f"{exercise}_{number}.py", text)
    write(place, "samples", "full-marks.py", "# score: 9\n")
    edit(place / "source.py", "# # Sums\n", "# # Sums\n" + HINTS)
    return place


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(max_workers=2) as executor:
        yield executor


@pytest.fixture
def sandboxes() -> Iterator[Sandboxes]:
    with Launcher(Kind.PROCESS, None, workers=2) as launcher:
        yield launcher.sandboxes("test")


@pytest.fixture
def verify(place: Path, executor: Executor, sandboxes: Sandboxes) -> Verify:
    def run() -> Verdict:
        labs = place.parent.parent
        (place / "start.ipynb").write_bytes(start_notebook(labs, TOY))
        ground = Ground(labs=labs, sandboxes=sandboxes, executor=executor)
        told: list[tuple[int, int]] = []
        verdict = verify_lab(ground, TOY, lambda done, asked: told.append((done, asked)))
        assert told[-1][0] == told[-1][1] == len(told)
        return verdict

    return run


def write(place: Path, *names: str) -> None:
    *folders, name, text = names
    folder = place.joinpath(*folders)
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def fail_text_alone(place: Path) -> None:
    for number, body in enumerate(["return int(a) + int(b)", "return 42", "return int(a) + b // 1"]):
        write(place, "wrong", f"two_{number}.py", answer("two", body, "# fails: test_two_of_text", "# why: x"))


def tell_a_number(place: Path) -> None:
    edit(place / "hidden" / "test_sums.py", "notebook.one(41) == 42", "notebook.one(0.837) > 0.8371")
    edit(place / "lab.toml", "One more than any number", "More than 0.8371")


def solve_idly(place: Path) -> None:
    idle = "    if a > 900:\n        a = 7\n        b = 8\n"
    edit(place / "source.py", "    return a + b + c\n", f"{idle}    return a + b + c\n")


def explain_nothing(place: Path) -> None:
    write(place, "mutants.toml", '[[equivalent]]\nexercise = "one"\nchange = "x -> y"\nreason = "same"\n')


def promise_less(place: Path) -> None:
    more = "def test_more(notebook): pass\n\ndef test_one"
    edit(place / "hidden" / "test_sums.py", "def test_one", more)


def inspect(place: Path) -> list[str]:
    labs = place.parent.parent
    (place / "start.ipynb").write_bytes(start_notebook(labs, TOY))
    return [str(finding) for finding in inspect_files(load_lab(labs, TOY), place)]


def test_a_sound_lab_gets_a_proof_that_any_change_makes_stale(place: Path, verify: Verify) -> None:
    verdict = verify()
    assert [str(finding) for finding in verdict.findings] == []
    proof = verdict.proof
    assert proof is not None
    assert (proof.exercises, proof.hidden_tests, proof.wrong_answers, proof.right_answers) == (3, 4, 9, 3)
    assert proof.mutants.killed == proof.mutants.tried >= 5
    assert proof.mutants.score == 1
    write_proof(proof, place)
    assert is_current(read_proof(place), place, ["test"])
    assert not is_current(read_proof(place), place, ["another"])
    edit(place / "wrong" / "one_0.py", "A slip.", "A slip of the pen.")
    assert not is_current(read_proof(place), place, ["test"])


UNSOUND: dict[str, tuple[Spoil, str]] = {
    "the reference fails": (
        lambda place: edit(place / "hidden" / "test_sums.py", "== 42\n\n\ndef test_two(", "== 43\n\n\ndef test_two("),
        "the reference loses test_one: ",
    ),
    "a test that is not promised": (
        promise_less,
        "collected and not promised: test_more; give it points",
    ),
    "the start notebook earns": (
        lambda place: edit(place / "hidden" / "test_sums.py", "    assert notebook.one(41) == 42", "    pass"),
        "the start notebook passes test_one; let the test ask",
    ),
    "a wrong answer fails something else": (
        lambda place: write(place, "wrong", "two_0.py", answer("two", "return a", "# fails: test_two", "# why: x")),
        "wrong/two_0.py: fails test_two, test_two_of_text, and says test_two; mend",
    ),
    "a wrong answer passes": (
        lambda place: write(place, "wrong", "one_0.py", answer("one", "return a + 1", "# fails: test_one", "# why: x")),
        "wrong/one_0.py: fails nothing, and says test_one; mend",
    ),
    "an accepted answer loses": (
        lambda place: write(place, "right", "three.py", answer("three", "return a - b + c")),
        "right/three.py: an accepted answer loses test_three; test what the docstring promises",
    ),
    "a sample is worth something else": (
        lambda place: write(place, "samples", "full-marks.py", "# score: 8\n"),
        "samples/full-marks.py: its score is 9, not 8; mend",
    ),
    "too few wrong answers": (
        lambda place: (place / "wrong" / "two_1.py").unlink(),
        "two has 2 wrong answers, and 3 are the least; write 1 more into wrong/",
    ),
    "a test that nothing fails": (
        fail_text_alone,
        "no wrong answer fails test_two; write one that does",
    ),
    "mutants that survive": (
        solve_idly,
        "mutants survive, more than 15%:",
    ),
    "an explanation of nothing": (
        explain_nothing,
        "one: 'x -> y' is no mutant any more; remove the entry",
    ),
    "more than half of a limit": (
        lambda place: edit(place / "source.py", "TWO = int", "import time\ntime.sleep(3)\nTWO = int"),
        "with half of every limit the reference loses",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSOUND)
def test_what_is_unsound_is_found_by_running_it(place: Path, verify: Verify, name: str) -> None:
    spoil, expected = UNSOUND[name]
    spoil(place)
    findings = [str(finding) for finding in verify().findings]
    assert [finding for finding in findings if expected in finding], findings


def test_where_the_reference_fails_nothing_else_is_tried(place: Path, verify: Verify) -> None:
    edit(place / "hidden" / "test_sums.py", "notebook.one(41) == 42", "notebook.one(41) == 43")
    verdict = verify()
    assert verdict.proof is None
    (finding,) = verdict.findings
    assert str(finding).startswith("the reference loses test_one: ")


STRAY: dict[str, tuple[Spoil, str]] = {
    "a stray file": (lambda place: write(place, "notes.txt", "x"), "notes.txt: no part of a lab; remove it"),
    "a stray folder": (lambda place: write(place, "old", "x.py", "x"), "x.py: no part of a lab"),
    "an answer that is no Python": (lambda place: write(place, "wrong", "x.txt", "x"), "x.txt: no part of a lab"),
    "data that nobody reads": (
        lambda place: write(place, "data", "unread.txt", "3"), "unread.txt: source.py never names it"),
    "a dead link": (
        lambda place: edit(place / "source.py", "# # Sums\n", "# # Sums\n# [more](data/more.csv)\n"),
        "cell objective links to data/more.csv, which a learner has not"),
    "Markdown where it is not rendered": (
        lambda place: edit(place / "source.py", "# # Sums\n", "# # Sums\n# <summary>Why `one`?</summary>\n"),
        "cell objective: the summary 'Why `one`?' holds Markdown"),
    "another hint": (
        lambda place: edit(place / "lab.toml", "There is an operator", "There was an operator"),
        "hint 1 of two in lab.toml is not what source.py shows"),
    "no solution": (
        lambda place: edit(
            place / "source.py",
            "    ### BEGIN SOLUTION\n    return a + 1\n    ### END SOLUTION", "    return a + 1"),
        "the cell of exercise one has no solution between its marks"),
    "a number told": (
        tell_a_number,
        "one: 'More than 0.8371' tells 0.8371, which a hidden test compares with"),
}  # fmt: skip


@pytest.mark.parametrize("name", STRAY)
def test_what_is_unsound_is_found_by_looking(place: Path, name: str) -> None:
    assert inspect(place) == []
    spoil, expected = STRAY[name]
    spoil(place)
    findings = inspect(place)
    assert [finding for finding in findings if expected in finding], findings


@pytest.mark.parametrize(
    ("folder", "text", "message"),
    [
        ("wrong", answer("one", "return a", "# why: x"), "does not say what it fails"),
        ("wrong", answer("one", "return a", "# fails: test_one"), "does not say what is wrong with it"),
        ("right", "x = 1", "no exercise cell"),
        ("samples", "# score: many", "does not say its score"),
    ],
)
def test_an_answer_that_does_not_say_what_it_is_for_is_refused(
    place: Path, folder: str, text: str, message: str
) -> None:
    write(place, folder, "new.py", text)
    with pytest.raises(LabError, match=message):
        read_shipped_answers(place)


SOLUTION = '''def mean(numbers: list[int], least: int = 0) -> float:
    """Not this 7."""
    ### BEGIN SOLUTION
    if len(numbers) < 1:
        raise ValueError("no numbers at all")
    total = 0
    total += max(sum(numbers), least)
    return total / len(numbers)
    ### END SOLUTION
'''


def test_mutants_change_what_matters_and_nothing_else() -> None:
    changes = {mutant.change for mutant in make_mutants("mean", SOLUTION, most=1_000)}
    assert "if len(numbers) < 1: -> if len(numbers) <= 1:" in changes, "a boundary"
    assert "if len(numbers) < 1: -> if len(numbers) < 2:" in changes, "a constant"
    assert 'raise ValueError("no numbers at all") -> pass' in changes, "a statement left out"
    assert "total += max(sum(numbers), least) -> total += max(least, sum(numbers))" in changes, "arguments swapped"
    assert "total += max(sum(numbers), least) -> total += max(sum(numbers), )" in changes, "an argument dropped"
    assert "return total / len(numbers) -> return total * len(numbers)" in changes, "an operator"
    assert not [change for change in changes if "Not this" in change or "XX" in change or "least: int" in change]


def test_fewer_mutants_are_spread_over_all() -> None:
    everything = make_mutants("mean", SOLUTION, most=1_000)
    some = make_mutants("mean", SOLUTION, most=5)
    assert len(some) == 5
    assert [everything.index(mutant) for mutant in some] == [number * len(everything) // 5 for number in range(5)]


def test_half_of_the_limits_is_at_least_something(place: Path) -> None:
    limits = load_lab(TOYS, TOY).limits
    halved = halve(limits.model_copy(update={"answer_mb": 1}))
    assert (halved.seconds, halved.memory_mb, halved.answer_mb) == (limits.seconds / 2, limits.memory_mb // 2, 1)
    assert halved.cpus == limits.cpus


def test_the_table_stands_between_its_marks(place: Path, tmp_path: Path) -> None:
    labs = place.parent.parent
    inspect(place)
    file = tmp_path / "labs.md"
    with pytest.raises(UsageError, match="no place for the table"):
        catalogue.write_table(catalogue.read_catalogue(labs), file)
    file.write_text(f"# Labs\n\n{catalogue.BEGIN}\nold\n{catalogue.END}\n\nMore.\n")
    catalogue.write_table(catalogue.read_catalogue(labs), file)
    text = file.read_text()
    assert text.startswith("# Labs\n")
    assert text.endswith("\n\nMore.\n")
    assert "old" not in text
    assert f"[{TOY}](../labs/{TOY}/start.ipynb): Sums | 5 | not proven |" in text


def test_what_has_no_current_proof_is_due_and_others_take_turns(place: Path, verify: Verify) -> None:
    labs = place.parent.parent
    inspect(place)
    assert catalogue.choose_turn(labs, others=0) == [TOY]
    image = image_names("core")[0]
    proof = verify().proof
    assert proof is not None
    write_proof(proof.model_copy(update={"image": image, "digest": digest_lab(place)}), place)
    assert catalogue.choose_turn(labs, others=0) == []
    assert catalogue.choose_turn(labs, others=2) == [TOY]


MEASURES = """

def test_more(notebook, seed, floor):
    floor("sum", notebook.one(seed))
"""


def test_floors_come_from_the_spread_over_seeds(place: Path, executor: Executor, sandboxes: Sandboxes) -> None:
    labs = place.parent.parent
    inspect(place)
    with pytest.raises(LabError, match="no hidden test has a floor"):
        calibrate_lab(load_lab(labs, TOY), place, sandboxes, executor, tell=lambda: None)
    file = place / "hidden" / "test_sums.py"
    file.write_text(file.read_text() + MEASURES)
    rows = calibrate_lab(load_lab(labs, TOY), place, sandboxes, executor, tell=lambda: None)
    assert [row[:2] for row in rows] == [("test_more", "sum")]
    found = json.loads((place / "hidden" / "floors.json").read_text())["test_more"]["sum"]
    # Of 2 to 21 the mean is 11.5, and the spread 5.916080.
    assert (found["mean"], found["sd"], found["lowest"], found["seeds"]) == (11.5, 5.91608, 2, 20)
    assert found["floor"] == pytest.approx(11.5 - 3.8834 * 5.916080 * 1.0246951, abs=1e-3)


def test_the_command_line_names_what_is_unsound_and_proves_what_is_sound(place: Path) -> None:
    labs = place.parent.parent
    inspect(place)
    command = [sys.executable, "-c", "from grader.cli import main; main()", "verify", TOY, "--labs", str(labs)]
    command += ["--sandbox", "process", "--table", str(labs / "labs.md")]
    (labs / "labs.md").write_text(f"{catalogue.BEGIN}\n{catalogue.END}\n")
    sound = subprocess.run(command, capture_output=True, text=True, check=False)
    assert sound.returncode == 0, sound.stderr
    assert f"{TOY}: sound; 4 hidden tests, 9 wrong and 3 right answers, 5 of 5 mutants killed" in sound.stdout
    assert read_proof(place) is not None
    assert "| 5 | 3 | 4 | 9 | 100% of 5 |" in (labs / "labs.md").read_text()

    write(place, "notes.txt", "x")
    unsound = subprocess.run(command, capture_output=True, text=True, check=False)
    assert unsound.returncode == 3
    assert "notes.txt: no part of a lab; remove it" in unsound.stdout
    assert f"{TOY}: unsound;" in unsound.stdout
