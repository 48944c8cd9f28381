"""Labs: read whole or refused with the mend."""

import shutil
from pathlib import Path

import pytest

from grader.errors import LabError, UsageError
from grader.labs import default_folder, list_drafts, list_labs, load_lab, start_notebook
from tests.conftest import TOY, TOYS


@pytest.fixture
def toys(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOYS, tmp_path / "labs"))


def test_a_lab_carries_all_its_files() -> None:
    lab = load_lab(TOYS, TOY)
    assert lab.data == {"data/two.txt": b"2\n"}
    assert list(lab.hidden) == ["test_sums.py"]
    assert [test.name for test in lab.tests()] == ["test_one", "test_two", "test_two_of_text", "test_three"]
    assert lab.points == 9


def test_an_unknown_lab_is_an_error_that_names_the_known() -> None:
    with pytest.raises(UsageError, match=TOY):
        load_lab(TOYS, "../../etc")


@pytest.mark.parametrize("file", ["hidden/test_sums.py", "data/two.txt", "lab.toml"])
def test_a_version_changes_with_all_that_decides_a_score(toys: Path, file: str) -> None:
    before = load_lab(toys, TOY).version
    with (toys / TOY / file).open("a") as text:
        text.write("\n# more\n")
    assert load_lab(toys, TOY).version != before


def test_a_stale_start_notebook_is_refused(toys: Path) -> None:
    source = toys / TOY / "source.py"
    source.write_text(source.read_text().replace("# # Sums", "# # Totals"))
    with pytest.raises(LabError, match=f"run: pivotlab notebook {TOY}"):
        load_lab(toys, TOY)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("minutes = 5", "minutes = 0", "minutes"),
        ("minutes = 5", "minutes = 5\nmood = 1", "mood"),
        ("points = 1", "points = -1", "points"),
        ('hints = ["Use what you have."]', "hints = []", "hints"),
        ('title = "Sums"', "title = Sums", "not TOML"),
    ],
)
def test_an_unsound_lab_file_is_an_error_that_says_where(toys: Path, old: str, new: str, message: str) -> None:
    file = toys / TOY / "lab.toml"
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(LabError, match=message) as caught:
        load_lab(toys, TOY)
    assert str(file) in str(caught.value)


def test_the_labs_folder_is_found_from_below(toys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(toys / TOY)
    assert default_folder() == toys
    assert list_labs(default_folder()) == [TOY]


def test_a_draft_can_be_named_and_is_not_listed(toys: Path) -> None:
    shutil.copytree(toys / TOY, toys / "counting" / "02-draft")
    file = toys / "counting" / "path.toml"
    file.write_text('drafts = ["02-draft"]\n' + file.read_text())
    (toys / "counting/02-draft/start.ipynb").write_bytes(start_notebook(toys, "counting/02-draft"))
    assert list_labs(toys) == [TOY]
    assert list_drafts(toys) == ["counting/02-draft"]
    assert load_lab(toys, "counting/02-draft").points == 9
