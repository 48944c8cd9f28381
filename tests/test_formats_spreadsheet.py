"""CSV: every cell comes back as it was meant, numbers are numbers, and a spreadsheet works nothing out."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Sequence

import pandas as pd
import pytest

from grader.formats.spreadsheet import FIELD_CHARACTERS, render_csv
from grader.model import Report
from grader.rendering import one_line
from tests.hostile import FIELDS, reports_with, twins
from tests.test_report import rejected, report, result, ungraded

OUR_COLUMNS = ("status", "score", "points", "clean", "model")


def rows_of(reports: Sequence[Report]) -> list[dict[str, str]]:
    text = render_csv(reports).encode().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet could work it out, which first takes wide signs for narrow ones and skips what is blank."""
    seen = "".join(letter for letter in unicodedata.normalize("NFKC", cell) if unicodedata.category(letter)[0] != "C")
    return seen.lstrip(' "\ufffd' + "".join(map(chr, range(0x2400, 0x2427)))).startswith(tuple("=+-@\u2212"))


def test_a_row_has_the_score_of_each_exercise_and_a_remark() -> None:
    crashed = report(submission="b", results=(result("clean", "crashed", 8, reason="it ended itself"),), cells=())

    first, second = rows_of([report(), crashed])

    assert first == {
        "submission": "amina/hw", "learner": "amina", "lab": "path/lab", "status": "graded", "score": "14",
        "points": "20", "clean": "8", "model": "6", "remark": "", "reason": "",
    }  # fmt: skip
    assert (second["score"], second["clean"], second["model"]) == ("0", "0", "0")
    assert second["remark"] == "nothing could be run: it ended itself"


def test_what_has_no_score_has_no_number_in_its_row_and_its_whole_reason() -> None:
    broken, turned_away = rows_of([ungraded(), rejected()])

    assert [broken[key] for key in ("status", "score", "points", "reason")] == [
        "ungraded",
        "",
        "",
        "the judge ended: assert 41 == 42",
    ]
    assert [turned_away[key] for key in ("status", "score", "points")] == ["rejected", "", ""]
    mixed = rows_of([report(), ungraded()])[1]
    assert [mixed[key] for key in ("score", "points", "clean", "model")] == [""] * 4


def test_reports_of_several_labs_have_no_columns_of_exercises() -> None:
    assert "clean" not in rows_of([report(), report(lab="path/other")])[0]


def test_an_exercise_with_the_name_of_a_column_of_ours_takes_no_place() -> None:
    (row,) = rows_of([report(results=(result("score", "passed", 5), result("reason", "failed", 5)))])

    assert (row["score"], row["exercise score"], row["reason"], row["exercise reason"]) == ("5", "5", "", "0")


def test_shares_of_points_are_numbers_as_people_write_them() -> None:
    thirds = tuple(result("clean", "passed", 0.1, title=f"{number}") for number in range(3))

    (row,) = rows_of([report(results=thirds)])

    assert (row["score"], row["clean"]) == ("0.3", "0.3")


def test_a_spreadsheet_is_told_that_it_is_unicode() -> None:
    assert render_csv([]).encode().startswith(codecs.BOM_UTF8)


def test_details_of_tests_are_in_no_cell() -> None:
    assert "SECRET" not in render_csv([report()])


@pytest.mark.parametrize("attack", FIELDS)
def test_hostile_text_leaves_every_cell_in_its_place_and_readable(attack: str) -> None:
    hostile, plain = rows_of(reports_with(FIELDS[attack])), rows_of(twins())

    assert [row.keys() for row in hostile] == [row.keys() for row in plain]
    assert [[row[key] for key in OUR_COLUMNS] for row in hostile] == [
        [row[key] for key in OUR_COLUMNS] for row in plain
    ]
    meant = one_line(FIELDS[attack], FIELD_CHARACTERS)
    for row in hostile:
        for key in ("submission", "learner", "lab"):
            assert row[key].replace("'", "") == meant.replace("'", "")
        assert one_line("".join(row.values()), 10**9) == "".join(row.values())
    assert hostile[1]["reason"].replace("'", "") == meant.replace("'", "")


@pytest.mark.parametrize("attack", FIELDS)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_no_spreadsheet_takes_hostile_text_for_a_formula_whatever_it_parts_cells_by(
    attack: str, delimiter: str
) -> None:
    text = render_csv(reports_with(FIELDS[attack])).removeprefix("\ufeff")

    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))

    assert [cell for row in rows for cell in row if is_formula(cell)] == []
    assert len(rows) == 4


@pytest.mark.parametrize(
    "text", ["Amina Khan", "أمينة", "O'Brien", "a-b+c@d=e", "the file is a; b - c", "1 test error"]
)
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert rows_of([report(learner=text)])[0]["learner"] == text


def test_pandas_reads_numbers_as_numbers_and_the_first_column_by_its_name() -> None:
    table = pd.read_csv(io.BytesIO(render_csv([report(), ungraded(), report(submission="=1")]).encode()))

    assert table.columns[0] == "submission"
    assert [str(table[key].dtype) for key in ("score", "points", "clean", "model")] == ["float64"] * 4
    assert table["score"].fillna(-1).tolist() == [14, -1, 14]
