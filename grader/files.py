"""Files that are written whole or not at all; it knows nothing of what is in them."""

import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.errors import UsageError


def require_writable(files: Sequence[Path]) -> None:
    """Make the files' folders and see that each can be written, before anything is done that takes long.

    Raises UsageError for one that cannot, for one that is named twice, and for a notebook.
    """
    if len({file.resolve() for file in files}) < len(files):
        raise UsageError(f"{', '.join(map(str, files))}: one file is named twice; give each format its own")
    for file in files:
        if file.suffix == ".ipynb":
            # An option without its file takes the learner's work that follows it.
            raise UsageError(f"{file}: a notebook is never written over; name another file")
        try:
            _try_to_write(file)
        except OSError as error:
            reason = error.strerror or error
            raise UsageError(f"{file}: cannot be written: {reason}; name a file in another folder") from error


def write_whole(contents: Mapping[Path, bytes], *, mend: str) -> None:
    """Write the files, their folders made; each is written whole or stays as it was.

    None takes its place before all are on the disk. Raises UsageError with the mend.
    """
    try:
        for file in contents:
            file.parent.mkdir(parents=True, exist_ok=True)
        _write_all(contents)
    except OSError as error:
        names = ", ".join(map(str, contents))
        raise UsageError(f"{names}: cannot be written: {error.strerror or error}; {mend}") from error


def _write_all(contents: Mapping[Path, bytes]) -> None:
    drafts = {file: _draft_beside(file) for file in contents}
    try:
        for file, draft in drafts.items():
            _write_through(draft, contents[file])
        for file, draft in drafts.items():
            draft.replace(file)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def _try_to_write(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and not file.is_file():
        # A draft that takes the place of /dev/null would be the machine's new /dev/null.
        raise OSError(None, "it is a folder or a device")
    draft = _draft_beside(file)
    try:
        _write_through(draft, b"")
    finally:
        draft.unlink(missing_ok=True)


def _draft_beside(file: Path) -> Path:
    return file.with_name(f".{secrets.token_hex(8)}.part")


def _write_through(file: Path, content: bytes) -> None:
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
