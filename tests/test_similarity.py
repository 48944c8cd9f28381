"""Alike submissions: copies are found whatever their names are, honest ones are left in peace, and pages are safe."""

import itertools
import json
from pathlib import Path

import pytest

from grader.model import Lab, Submission
from grader.notebook import fill
from grader.teaching.similarity import Pair, Work, find_pairs, own_work, released_work
from grader.teaching.similarity_page import render_pairs
from tests.conftest import Submit
from tests.test_cli import pivotlab

RELEASED = Work(submission="", learner="", text="# one\ndef one(a):\n    raise NotImplementedError\n")
LONG = """# one
def one(a):
    total = 0
    for step in range(10):
        if step % 3 == 2:
            total += step * a
        else:
            total -= a // (step + 1)
    return total  # my own way
"""
RENAMED = LONG.replace("total", "result").replace("step", "i").replace("  # my own way", "")
OTHER = """# one
def one(a):
    values = [a ** k for k in (1, 2, 3)]
    while values and values[0] > 4:
        values.pop()
    return max(values, default=a)
"""
THIRD = """# one
from functools import reduce

def one(a):
    return reduce(lambda left, right: left * 2 + right, str(a).split("1"), "")
"""


def work(name: str, text: str) -> Work:
    return Work(submission=f"{name}/lab", learner=name, text=text)


def names(pairs: list[Pair]) -> list[set[str]]:
    return [{pair.left.work.learner, pair.right.work.learner} for pair in pairs]


def test_a_copy_with_other_names_is_found_and_marked() -> None:
    works = [work("amal", LONG), work("badr", OTHER), work("dana", RENAMED), work("huda", THIRD)]
    (pair,) = find_pairs(works, RELEASED, threshold=0.8)
    assert {pair.left.work.learner, pair.right.work.learner} == {"amal", "dana"}
    assert pair.share > 0.9
    assert pair.rare_lines == ()
    begin, end = pair.left.stretches[0]
    assert "for step in range(10)" in LONG[begin:end]


def test_a_letter_by_letter_copy_is_found_by_its_rare_lines() -> None:
    works = [work("amal", LONG), work("badr", OTHER), work("dana", OTHER + "    # " + "x" * 30)]
    (pair,) = find_pairs(works, RELEASED, threshold=0.99)
    assert names([pair]) == [{"badr", "dana"}]
    assert "while values and values[0] > 4:" in pair.rare_lines


def test_two_of_one_learner_are_no_pair() -> None:
    works = [work("amal", LONG), Work(submission="amal/again", learner="amal", text=LONG)]
    assert find_pairs(works, RELEASED, threshold=0.5) == []


def test_what_is_released_is_taken_out() -> None:
    works = [work("amal", LONG), work("badr", LONG)]
    assert find_pairs(works, work("released", LONG), threshold=0.5) == []


def test_what_much_of_the_cohort_has_is_nobodys_copy() -> None:
    same = [work(f"s{number}", LONG) for number in range(4)]
    rest = [work("badr", OTHER), work("huda", THIRD), work("dana", "# one\nx = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n")]
    assert find_pairs([*same, *rest], RELEASED, threshold=0.5) == []
    assert names(find_pairs(same[:2] + rest, RELEASED, threshold=0.5)) == [{"s0", "s1"}]


def test_the_likest_come_first() -> None:
    works = [work("a", LONG), work("b", RENAMED), work("c", OTHER), work("d", OTHER)]
    assert names(find_pairs(works, RELEASED, threshold=0.5)) == [{"c", "d"}, {"a", "b"}]


def test_own_work_is_the_exercises_and_cells_of_ones_own(lab: Lab, submit: Submit) -> None:
    text = own_work(lab, submit(one="def one(a):\n    return 1 + a")).text
    assert "# one\ndef one(a):\n    return 1 + a" in text
    assert "TWO" not in text


def test_the_start_notebooks_of_a_cohort_are_not_alike(lab: Lab) -> None:
    cohort = [Submission(id=name, learner=name, lab_id=lab.id, notebook=lab.notebook) for name in "abc"]
    blank = [own_work(lab, submission) for submission in cohort]
    assert find_pairs(blank, released_work(lab), threshold=0.5) == []


@pytest.mark.parametrize("text", ["", "no python (", "\x00\x1b[31m", "أمل = 1\n" * 5, "x" * 100_000])
def test_any_text_is_compared(text: str) -> None:
    works = [work("a", text), work("b", text), work("c", LONG)]
    assert find_pairs(works, RELEASED, threshold=0.5) is not None


def test_the_page_marks_what_is_shared_and_shows_hostile_text_as_text(lab: Lab) -> None:
    hostile = "# one\n</pre><script>alert(1)</script>  # \u202e a line of my own\n" + LONG
    works = [work("<b>amal</b>", hostile), work("badr", hostile), work("dana", OTHER)]
    page = render_pairs(lab, find_pairs(works, RELEASED, threshold=0.5), len(works))
    assert "<script>" not in page
    assert "<b>amal" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page
    assert "<mark>" in page
    assert "1 pair among 3 submissions" in page


def test_marks_lose_no_letter(lab: Lab) -> None:
    texts = [LONG, RENAMED, OTHER, THIRD]
    for one, other in itertools.combinations(texts, 2):
        for pair in find_pairs([work("a", one), work("b", other)], RELEASED, threshold=0.1):
            page = render_pairs(lab, [pair], 2)
            shown = page.split("<code>")[-2].split("</code>")[0].replace("<mark>", "").replace("</mark>", "")
            assert shown.replace("&gt;", ">").replace("&#34;", '"').strip() == pair.left.work.text.strip()


def test_the_reference_filled_in_is_own_work(lab: Lab) -> None:
    notebook = fill(lab.notebook, lab.reference)
    assert "return a + b + c" in own_work(lab, Submission(id="a", learner="a", lab_id=lab.id, notebook=notebook)).text


def test_the_command_compares_the_last_of_each_learner_and_names_what_is_none(tmp_path: Path, submit: Submit) -> None:
    copied = LONG.replace("# one\n", "")
    for name, text in (("amal/1", OTHER), ("amal/2", copied), ("badr/1", copied), ("dana/1", THIRD)):
        file = tmp_path / "in" / name / "01-sums.ipynb"
        file.parent.mkdir(parents=True)
        file.write_bytes(submit(one=text.replace("# one\n", "")).notebook)
    (tmp_path / "in" / "huda.ipynb").write_text("no notebook")
    (tmp_path / "in" / "zaid.ipynb").symlink_to(tmp_path / "in/amal/1/01-sums.ipynb")
    done = pivotlab("similarity", tmp_path / "in", "--out", tmp_path / "alike", "--json")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)
    assert (row["left"], row["right"]) == ("amal/2/01-sums", "badr/1/01-sums")
    assert "huda.ipynb: the file is not JSON" in done.stderr
    assert "zaid.ipynb: it is a link" in done.stderr
    assert "<mark>" in (tmp_path / "alike" / "counting-01-sums.html").read_text()
