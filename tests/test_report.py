"""Reports: what a learner sees and never sees, and that files are whole, safe and their own."""

import errno
import io
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

from grader.errors import UsageError
from grader.model import CellRun, Outcome, Report, Result, Status
from grader.rendering import make_visible
from grader.report import read_report, render_html, report_name, results_table, summary, write_report
from tests.test_rendering import HOSTILE, PNG, SHOWN_TAGS, WRONG, elements, outputs_with

PAGE_TAGS = SHOWN_TAGS | {"html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer"}


def result(exercise: str, outcome: str, points: float = 2, **more: Any) -> Result:
    earned = points if outcome == "passed" else 0
    known = {"test": f"test_of_{exercise}", "title": f"Title of {exercise} {outcome}", "detail": "SECRET 41"}
    return Result.model_validate(
        known | {"exercise": exercise, "points": points, "earned": earned, "outcome": outcome} | more
    )


def report(**more: Any) -> Report:
    """A report with something in every field."""
    known = {
        "submission": "amina/hw", "submission_digest": "ab" * 32, "learner": "amina", "lab": "path/lab",
        "lab_title": "A lab", "lab_version": "5f3c9a1be07d44aa", "image": "pivotlab/core:3fa1", "status": "graded",
        "results": (result("clean", "passed", 5), result("clean", "passed", 3), result("model", "failed", 6),
                    result("model", "passed", 6)),
        "cells": (CellRun(id="clean", exercise="clean", source="x = 1", state="ran", seconds=1.5),),
        "hints": {"model": "Look at the split."}, "notes": ("cell clean is there twice; the first was taken",),
        "seconds": 2.34,
    }  # fmt: skip
    return Report.model_validate(known | more)


def rejected(**more: Any) -> Report:
    return report(status="rejected", reason="the file has no cells", results=(), cells=(), hints={}, **more)


def ungraded(**more: Any) -> Report:
    known = {"reason": "the judge ended: assert 41 == 42", "results": (), "cells": (), "hints": {}}
    return report(status="ungraded", **known | more)


def text_of(page: str) -> str:
    body = next(element for element in elements(page) if element.tag == "body")
    return re.sub(r"\s+", " ", "".join(body.itertext()))


def check_page(page: str) -> None:
    """Nothing on the page runs or loads, by any road a browser has."""
    styles = 0
    for element in elements(page):
        assert element.tag in PAGE_TAGS
        for name, value in element.attrib.items():
            assert name in {"lang", "dir", "class", "charset", "name", "content", "http-equiv", "src", "alt", "style",
                            "colspan", "rowspan", "aria-hidden", "aria-label"}  # fmt: skip
            assert name != "src" or re.match(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/]+=*\Z", value)
            assert name != "style" or re.fullmatch(r"width: \d+\.\d%", value)
            assert name != "http-equiv" or value == "Content-Security-Policy"
        styles += element.tag == "style"
        assert element.tag != "style" or not re.search(r"url\(|@import|expression", element.text)
    assert styles == 1
    assert make_visible(page) == page


def outline(page: str) -> list[str]:
    main = next(element for element in elements(page) if element.tag == "main")
    return [f"{child.tag}.{child.get('class')}" for child in main]


def lines_of(reports: Sequence[Report], width: int = 200) -> list[str]:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(results_table(reports))
    written = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO of above
    return [line.rstrip() for line in written.splitlines()]


def test_a_page_shows_score_tests_hint_notes_and_cells() -> None:
    text = text_of(render_html(report()))

    for expected in ("A lab", "amina", "14 of 20 points", "3 of 4 tests passed", "8 of 8", "6 of 12", "Look at the",
                     "✗ Title of model failed failed 0 of 6", "cell clean is there twice", "x = 1", "1.5 s",
                     "version 5f3c9a1be07d", "pivotlab/core:3fa1"):  # fmt: skip
        assert expected in text


def test_a_page_allows_itself_nothing_but_its_own_style_and_pictures() -> None:
    page = render_html(report())

    assert "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'" in page
    check_page(page)


@pytest.mark.parametrize("finished", [report(), report().for_learner()], ids=["instructor's", "learner's"])
def test_a_page_never_tells_details_or_names_of_hidden_tests(finished: Report) -> None:
    page = render_html(finished)

    assert "SECRET" not in page
    assert "test_of_" not in page
    assert page == render_html(report())


def test_a_page_never_tells_why_a_judge_failed() -> None:
    page = render_html(ungraded())

    assert "41" not in text_of(page)
    assert "not your fault" in page


@pytest.mark.parametrize("unscored", [rejected(), ungraded(), ungraded(results=(result("clean", "failed"),))])
def test_what_has_no_score_never_looks_like_a_zero(unscored: Report) -> None:
    page = render_html(unscored)

    assert not re.search(r"\b0 of|of \d+ points|tests passed|class=\"bar\"", page)
    assert "no score" in text_of(page)
    assert not any(re.search(r"\b0\s*/", line) for line in lines_of([report(), unscored])[1:])


def test_a_rejected_file_is_told_its_reason() -> None:
    assert "the file has no cells" in text_of(render_html(rejected(lab="", lab_title="")))


@pytest.mark.parametrize(
    ("outcome", "said"),
    [("passed", "✓"), ("failed", "✗"), ("timeout", "late"), ("crashed", "crashed"), ("missing", "not run"),
     ("error", "This is not your fault; tell your instructor")],
)  # fmt: skip
def test_every_outcome_is_told_in_words(outcome: str, said: str) -> None:
    text = text_of(render_html(report(results=(result("clean", outcome, reason="it took longer than 2 s"),))))

    assert said in text
    assert "it took longer than 2 s" in text


def test_a_hint_is_shown_only_where_points_were_lost() -> None:
    page = render_html(report(hints={"clean": "kept back", "model": "given"}))

    assert "given" in page
    assert "kept back" not in page


def hostile_reports(text: str) -> list[Report]:
    cells = (
        CellRun(id=text, exercise=text, source=text, state="raised", reason=text, outputs=tuple(outputs_with(text))),
        CellRun(id="after", exercise=None, source="x", state="ran"),
    )
    learners = {"submission": text, "learner": text, "lab": text, "notes": (text,), "cells": cells}
    told = (result("clean", "passed"), result("model", "failed", reason=text))
    return [
        report(**learners, results=told, hints={"model": "h"}, lab_title=text, image=text, lab_version=text),
        report(**learners | {"results": (), "cells": ()}, status="rejected", reason=text),
        report(**learners | {"results": (), "cells": ()}, status="ungraded", reason=text),
    ]


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_text_stays_harmless_in_every_field(attack: str) -> None:
    for hostile, plain in zip(hostile_reports(HOSTILE[attack]), hostile_reports("plain"), strict=True):
        page = render_html(hostile)
        check_page(page)
        assert outline(page) == outline(render_html(plain))
        assert "49" not in text_of(page) or attack != "template syntax"


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_text_survives_the_round_trip_and_every_reader_takes_it(attack: str, tmp_path: Path) -> None:
    for hostile in hostile_reports(HOSTILE[attack]):
        file, _ = write_report(hostile, tmp_path)
        assert read_report(file) == hostile
        json.loads(file.read_bytes().decode(), parse_constant=pytest.fail)


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_text_cannot_steer_a_terminal(attack: str) -> None:
    written = "\n".join(lines_of(hostile_reports(HOSTILE[attack])))

    assert make_visible(written) == written


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_outputs_of_a_wrong_type_are_written_and_shown(wrong: Any, tmp_path: Path) -> None:
    cell = CellRun(id="a", exercise=None, source="", state="ran", outputs=tuple(outputs_with(wrong)))

    file, _ = write_report(report(cells=(cell,)), tmp_path)

    assert read_report(file) is not None
    json.loads(file.read_bytes().decode(), parse_constant=pytest.fail)


def test_an_output_too_deep_for_json_is_left_out_and_the_report_is_written(tmp_path: Path) -> None:
    deep: dict[str, Any] = {}
    for _ in range(900):
        deep = {"output_type": "display_data", "data": deep}
    cell = CellRun(id="a", exercise=None, source="", state="ran", outputs=(deep,))

    file, _ = write_report(report(cells=(cell,)), tmp_path)

    assert "cannot be stored" in file.read_text(encoding="utf-8")


def test_a_page_of_a_thousand_pictures_stays_small() -> None:
    huge = PNG + "A" * 4 * 100_000
    picture = {"output_type": "display_data", "data": {"image/png": huge}}
    cells = tuple(
        CellRun(id=f"c{n}", exercise=None, source="x" * 99_999, state="ran", outputs=(picture,) * 50) for n in range(40)
    )

    page = render_html(report(cells=cells))

    assert len(page) < 12_000_000
    assert "The page is full" in page
    assert ">c39<" in page


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    for finished in (report(learner="أمينة"), rejected(submission="b"), ungraded(submission="c")):
        file, page = write_report(finished, tmp_path / "new" / "folder")
        assert read_report(file) == finished
        assert page.read_text(encoding="utf-8") == render_html(finished)


def test_the_json_is_for_the_instructor_and_has_the_score(tmp_path: Path) -> None:
    file, _ = write_report(report(learner="أمينة"), tmp_path)

    text = file.read_text(encoding="utf-8")
    assert (json.loads(text)["score"], json.loads(text)["points"]) == (14, 20)
    assert "SECRET 41" in text
    assert "أمينة" in text
    assert json.loads(write_report(ungraded(), tmp_path)[0].read_bytes())["score"] is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"null",
        b"1",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": 2}',
        b'{"nbformat": 4, "cells": []}',
    ],
)
def test_a_file_that_is_no_report_is_nothing_to_go_on(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(content)

    assert read_report(file) is None
    assert read_report(tmp_path / "missing.json") is None
    assert read_report(tmp_path) is None


def test_a_report_cut_anywhere_is_nothing_to_go_on(tmp_path: Path) -> None:
    file, _ = write_report(report(), tmp_path)
    whole = file.read_bytes().rstrip()

    for end in range(0, len(whole), 7):
        file.write_bytes(whole[:end])
        assert read_report(file) is None


@pytest.mark.parametrize("format_", [2, "1", None])
def test_a_report_of_another_format_is_nothing_to_go_on(format_: object, tmp_path: Path) -> None:
    file, _ = write_report(report(), tmp_path)
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"format": format_}))

    assert read_report(file) is None


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_failing_write_leaves_nothing(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, fail)

    with pytest.raises(UsageError, match=r"No space left on device; make room.*the same command goes on"):
        write_report(report(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_failing_write_leaves_the_earlier_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = write_report(report(), tmp_path)
    before = [file.read_bytes() for file in files]
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))

    with pytest.raises(UsageError):
        write_report(report(learner="other"), tmp_path)

    assert [file.read_bytes() for file in files] == before
    assert sorted(tmp_path.iterdir()) == sorted(files)


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)

    with pytest.raises(KeyboardInterrupt):
        write_report(report(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_the_callers_mistake(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(UsageError, match="the same command goes on"):
        write_report(report(), tmp_path / "file")


NASTY = [
    "Amina Khan", "amina khan", "amina-khan", "amina_khan", "amina  khan", "AMINA", "Amina", "amina",
    "أمينة/واجب", "é", "e\u0301", "..", ".", "", "/", "../../etc/passwd", "/etc/passwd", "..\\..\\x",
    "C:\\x", "a/b", "a-b", "a\\b", "a:b", ".hidden", "-rf", "--out", "con", "CON", "nul", "com1", "lpt9",
    "com¹", "con.txt", "aux/x", "a\x00b", "a\nb", "\x1b[31m", "x" * 300, "x" * 301, "ك" * 300, "𐀀" * 300,
    "a.json", "a.", "a ", " a", '"', "'", "<b>", "$(id)", "%2e%2e", "a\u202eb", "\udcff", "a\udcff", "💥",
    "*", "?", "~", "हिन्दी", "con-", "_", "-",
]  # fmt: skip


def test_every_nasty_id_has_a_file_name_of_its_own_inside_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for submission in NASTY:
        for file in write_report(report(submission=submission), folder):
            assert file.parent == folder
            assert len(file.name.encode()) < 200
            assert read_report(folder / f"{report_name(submission)}.json") == report(submission=submission)

    assert list(tmp_path.iterdir()) == [folder]
    assert len(list(folder.iterdir())) == 2 * len(NASTY)
    assert len({report_name(submission).casefold() for submission in NASTY}) == len(NASTY)


def test_a_plain_id_keeps_its_name_and_another_stays_readable() -> None:
    assert report_name("amina-2_b") == "amina-2_b"
    assert re.fullmatch(r"Amina-Khan-hw-1-[0-9a-f]{20}", report_name("Amina Khan/hw 1"))
    assert report_name("أمينة/واجب").startswith("أمينة-واجب-")


def test_a_name_that_looks_like_one_of_ours_cannot_take_its_place() -> None:
    assert report_name(report_name("a/b")) != report_name("a/b")


@pytest.mark.parametrize("name", ["con", "nul", "aux", "com1", "com¹", "CON.txt", "prn/x"])
def test_no_name_is_one_that_windows_keeps_for_itself(name: str) -> None:
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", report_name(name))


def test_the_table_has_a_row_for_each_report_as_given() -> None:
    lines = lines_of([report(), rejected(learner="yusuf"), ungraded(learner="zoe"), report(learner="adam")])

    assert lines[0].split() == ["Learner", "clean", "model", "Total", "Status", "Seconds"]
    assert lines[2].split() == ["amina", "8/8", "6/12", "14", "/", "20", "graded", "2.3"]
    assert [line.split()[0] for line in lines if line.startswith(("yusuf", "zoe", "adam"))] == ["yusuf", "zoe", "adam"]
    assert any("rejected: the file" in line for line in lines)
    assert any("ungraded: the judge" in line for line in lines)


def test_the_table_of_several_labs_names_the_labs() -> None:
    lines = lines_of([report(), report(lab="path/other")])

    assert lines[0].split() == ["Learner", "Lab", "Total", "Status", "Seconds"]
    assert "path/other" in lines[3]


def test_the_table_says_when_a_test_itself_broke() -> None:
    assert "graded, 1 test error" in "\n".join(lines_of([report(results=(result("clean", Outcome.ERROR),))]))


MEMORY = "it needed more memory than the 256 MB it may use"


@pytest.mark.parametrize(
    ("results", "remark"),
    [
        (("passed", "failed"), ""),
        (("failed", "failed"), ""),
        (("crashed", "crashed"), f"nothing could be run: {MEMORY}"),
        (("timeout", "crashed", "missing"), f"nothing could be run: {MEMORY}"),
        (("passed", "timeout", "failed", "crashed"), f"2 of 4 tests ended abnormally: {MEMORY}"),
        (("passed", "error"), "1 test error"),
        (("error", "error"), "2 test errors"),
        (("crashed", "error"), f"1 of 2 tests ended abnormally: {MEMORY}; 1 test error"),
    ],
)
def test_a_remark_says_what_the_score_does_not(results: tuple[str, ...], remark: str) -> None:
    graded = report(results=tuple(result("clean", outcome, reason=MEMORY) for outcome in results))

    assert graded.remark == remark
    assert graded.for_learner().remark == remark


def test_a_remark_gives_the_commonest_reason_and_of_equals_the_first() -> None:
    reasons = ["late", "full", "full", "gone", ""]

    def remark(*chosen: str) -> str:
        return report(results=tuple(result("clean", "crashed", reason=reason) for reason in chosen)).remark

    assert remark(*reasons) == "nothing could be run: full"
    assert remark("late", "full") == "nothing could be run: late"
    assert remark("") == "nothing could be run"


@pytest.mark.parametrize("unscored", [rejected(), ungraded(results=(result("clean", "crashed"),))])
def test_what_has_no_score_needs_no_remark(unscored: Report) -> None:
    assert unscored.remark == ""


def test_a_zero_that_was_not_earned_says_so_wherever_it_is_shown(tmp_path: Path) -> None:
    crashed = report(results=(result("clean", "crashed", reason=MEMORY),))

    page, table = text_of(render_html(crashed)), lines_of([crashed])
    file, _ = write_report(crashed, tmp_path)

    assert f"0 of 1 tests passed nothing could be run: {MEMORY}" in page
    assert "graded, nothing" in "\n".join(table)
    assert "256 MB" in "\n".join(table)
    assert json.loads(file.read_bytes())["remark"] == f"nothing could be run: {MEMORY}"
    assert read_report(file) == crashed


def test_what_is_for_a_learner_has_no_detail_name_or_time_of_a_hidden_test() -> None:
    told = report().for_learner()
    assert {(one.detail, one.test, one.seconds) for one in told.results} == {("", "", 0)}
    assert "SECRET" not in told.model_dump_json()


def test_a_learner_is_told_of_an_ungraded_submission_whose_fault_it_is_not_and_no_more() -> None:
    assert ungraded().for_learner().reason == "not graded yet: something went wrong on our side"


def test_the_table_takes_no_markup_from_a_learner() -> None:
    table = results_table([report(learner="[bold red]x[/]:boom:", results=(result("clean", "passed"),))])

    assert list(table.columns[0].cells) == [Text("[bold red]x[/]:boom:")]


@pytest.mark.parametrize(
    ("width", "points", "share"), [(79, 10, "10/10"), (100, 12.5, "12.5/12.5"), (200, 12.5, "12.5/12.5")]
)
def test_a_table_of_four_exercises_fits_a_terminal(width: int, points: float, share: str) -> None:
    names = ("clean", "days-of-ramadan", "shift-feature", "forecasting")
    graded = report(
        learner="A Very Long Name Of A Learner" * 3, results=[result(name, "passed", points) for name in names]
    )

    lines = lines_of([graded, rejected(), ungraded(reason="why " * 99)], width)

    assert max(map(len, lines)) <= min(width, 100)
    assert any(
        line.count(share) == 4 and f"{4 * points:g} / {4 * points:g}" in line and "2.3" in line for line in lines
    )


def test_a_table_of_nothing_is_empty() -> None:
    assert results_table([]).row_count == 0


def test_the_summary_counts_each_status() -> None:
    assert summary([report(), report(), ungraded()]) == "2 graded, 0 rejected, 1 ungraded"
    assert summary([]) == "0 graded, 0 rejected, 0 ungraded"
    assert summary([report(status="checked")]) == "0 graded, 0 rejected, 0 ungraded, 1 checked"
    assert list(Status) == [Status.GRADED, Status.REJECTED, Status.UNGRADED, Status.CHECKED]


def test_two_submissions_of_one_learner_are_told_apart_in_the_table() -> None:
    reports = [report(submission=f"amina/{name}", learner="amina") for name in ("first", "second")]
    console = Console(file=io.StringIO(), width=100)
    console.print(results_table(reports))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "amina/first" in shown
    assert "amina/second" in shown
