"""Files: whole or as they were, all of them or none, and told in time when they cannot be."""

import errno
import os
import stat
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.files import require_writable, write_whole


def test_files_are_written_and_their_folders_made(tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "b" / "first", tmp_path / "second"

    write_whole({first: b"1", second: b"2"}, mend="mend it")

    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "a", tmp_path / "a" / "b", first, second]


def test_none_takes_its_place_when_one_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_bytes(b"earlier")
    synced: list[int] = []

    def fail_the_second_time(number: int) -> None:
        synced.append(number)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail_the_second_time)

    with pytest.raises(UsageError, match=r"first, .*second: cannot be written: No space left on device; mend it"):
        write_whole({first: b"1", second: b"2"}, mend="mend it")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("first", b"earlier")]


def test_nothing_to_write_is_no_error(tmp_path: Path) -> None:
    require_writable([])
    write_whole({}, mend="mend it")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_can_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"earlier")

    require_writable([tmp_path / "there", tmp_path / "new" / "folder" / "not there"])

    assert (tmp_path / "there").read_bytes() == b"earlier"
    assert list((tmp_path / "new" / "folder").iterdir()) == []


@pytest.mark.parametrize("wrong", ["file/below", "folder", "x" * 300, "pipe"])
def test_a_place_where_no_file_can_be_is_told_with_the_mend(wrong: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UsageError, match=f"{wrong}: cannot be written: .*; name a file in another folder"):
        require_writable([tmp_path / wrong])


def test_a_device_is_never_replaced_by_a_file() -> None:
    with pytest.raises(UsageError, match="a folder or a device"):
        require_writable([Path(os.devnull)])
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_notebook_is_never_written_over(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"amal.ipynb: a notebook is never written over; name another file"):
        require_writable([tmp_path / "amal.ipynb"])


def test_one_file_is_not_for_two_formats(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="named twice"):
        require_writable([tmp_path / "all", tmp_path / "below" / ".." / "all"])
