"""Markdown: read by a reader of GitHub's kind, it has the tokens that it is made of and no others."""

from collections.abc import Iterator, Sequence

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from grader.formats.markdown import NAME_CHARACTERS, REASON_CHARACTERS, SUMMARY_BYTES, render_markdown
from grader.model import Report
from grader.rendering import one_line
from tests.hostile import FIELDS, reports_with, twins
from tests.test_report import rejected, report, result, ungraded

# HTML is read too, so that it is met as HTML where it is some.
READER = MarkdownIt("gfm-like", {"html": True, "linkify": True})


def tokens(reports: Sequence[Report]) -> Iterator[Token]:
    for token in READER.parse(render_markdown(reports)):
        yield token
        yield from token.children or ()


def outline(reports: Sequence[Report]) -> list[tuple[str, str, int, str]]:
    """Every token, with what it says unless it is a code span; in those stands what a learner wrote."""
    quoting = {"code_inline", "inline"}
    return [
        (token.type, token.tag, token.nesting, "" if token.type in quoting else token.content)
        for token in tokens(reports)
    ]


def quoted(reports: Sequence[Report]) -> list[str]:
    return [token.content for token in tokens(reports) if token.type == "code_inline"]


def rows(reports: Sequence[Report]) -> list[list[str]]:
    found: list[list[str]] = []
    for token in tokens(reports):
        if token.type == "tr_open":
            found.append([])
        elif token.type in {"th_open", "td_open"}:
            found[-1].append("")
        elif found and token.type in {"text", "code_inline"} and found[-1] and token.level == 0:
            found[-1][-1] += token.content
        elif token.type == "table_close":
            break
    return found


def test_a_summary_has_counts_a_row_for_each_and_what_was_lost() -> None:
    written = render_markdown([report(), rejected(submission="b"), ungraded(submission="c")])

    assert written.startswith("1 graded, 1 rejected, 1 ungraded\n")
    assert rows([report(), rejected(submission="b"), ungraded(submission="c")])[1:] == [
        ["amina/hw", "amina", "path/lab", "graded", "14 / 20", ""],
        ["b", "amina", "path/lab", "rejected", "", "the file has no cells"],
        ["c", "amina", "path/lab", "ungraded", "", "not graded yet: something went wrong on our side"],
    ]
    assert "**model**: 6 of 12\n\n- ✗ Title of model failed (failed)\n- Hint: Look at the split.\n" in written


def test_a_reason_stands_beside_its_title_and_a_remark_beside_its_score() -> None:
    late = report(results=(result("model", "timeout", 6, reason="it took longer than 2 s"),))

    written = render_markdown([late])

    assert "- … Title of model timeout (late): ` it took longer than 2 s `" in written
    assert rows([late])[1][4:] == ["0 / 6", "nothing could be run: it took longer than 2 s"]


def test_who_has_full_marks_has_a_row_and_no_more() -> None:
    written = render_markdown([report(results=(result("clean", "passed"),))])

    assert "2 / 2" in written
    assert "###" not in written


def test_a_learner_reads_no_name_detail_or_time_of_a_test_and_no_error_of_ours() -> None:
    slow = report(results=(result("clean", "failed", seconds=41.25), result("model", "error", seconds=41.25)))

    written = render_markdown([report(), slow, ungraded()])

    for secret in ("SECRET", "test_of_", "41"):
        assert secret not in written


def test_an_authors_signs_are_read_as_they_were_written() -> None:
    title = "Uses `groupby`, <b> & **no** [loop](x) | a_b_c $x$ \\ &amp; !"
    lost = report(results=(result("model", "failed", title=title),), hints={"model": f"{title}\nin two\nlines"})

    shown = ["".join(child.content for child in token.children or ()) for token in tokens([lost]) if token.children]
    assert f"✗ {title} (failed)" in shown
    assert f"Hint: {title} in two lines" in shown


@pytest.mark.parametrize("attack", [name for name, text in FIELDS.items() if text])
def test_hostile_text_is_quoted_and_makes_no_token_of_its_own(attack: str) -> None:
    hostile = reports_with(FIELDS[attack])

    assert outline(hostile) == outline(twins())
    names, reasons = (one_line(FIELDS[attack], limit) for limit in (NAME_CHARACTERS, REASON_CHARACTERS))
    assert quoted(hostile)[:3] == [names] * 3
    assert reasons in quoted(hostile)
    assert len(render_markdown(hostile).splitlines()) == len(render_markdown(twins()).splitlines())


def test_a_name_of_nothing_leaves_its_cell_empty() -> None:
    assert rows(reports_with(""))[1][:4] == ["", "", "", "graded"]


@pytest.mark.parametrize("text", ["💥" * 100_000, "`" * 100_000, "|" * 100_000])
def test_a_summary_of_thousands_fits_and_says_what_it_left_out(text: str) -> None:
    many = [reports_with(text)[0]] * 2_000

    written = render_markdown(many)

    assert SUMMARY_BYTES - 10_000 < len(written.encode()) <= SUMMARY_BYTES
    assert written.startswith("2000 graded")
    assert written.endswith("no room for the rest, which is in the reports.\n")
    assert not any(token.type == "code_block" for token in tokens(many[:3]))
