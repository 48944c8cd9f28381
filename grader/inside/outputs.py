"""What a cell shows, collected in order as nbformat 4 outputs and cut at a size; it runs no cell."""

import base64
import io
import os
import re
import tempfile
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher

Output = dict[str, Any]
_ADDRESS = re.compile(r" at 0x[0-9a-f]+>")


class Outputs:
    """The outputs of one cell at a time."""

    def __init__(self) -> None:
        self._room = 0
        self._collected: list[Output] = []

    def start(self, limit: int) -> None:
        """Begin a new cell, of whose outputs at most `limit` bytes are kept."""
        self._collected = []
        self._room = limit

    def take(self) -> list[Output]:
        """What was shown since `start`; what is shown from now to the next one is dropped."""
        taken, self._collected, self._room = self._collected, [], 0
        return taken

    def stream(self, name: str, text: str) -> None:
        """Add text to standard output or standard error; what is over the limit is dropped."""
        kept = text[: self._room]
        self._room -= len(kept)
        last = self._collected[-1] if self._collected else {}
        if last.get("name") == name:
            last["text"] += kept
        elif kept:
            self._collected.append({"output_type": "stream", "name": name, "text": kept})

    def rich(self, output: Output) -> None:
        """Add a display, a result or an error, whole or not at all."""
        size = len(repr(output))
        if size <= self._room:
            self._room -= size
            self._collected.append(output)
        else:
            self.stream("stderr", f"\n[an output of {size} bytes was left out]\n")


class Stream(io.TextIOBase):
    """Stands where sys.stdout or sys.stderr was."""

    encoding = "utf-8"

    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs = outputs
        self._name = name

    def writable(self) -> bool:
        """True: it is there to be written to."""
        return True

    def write(self, text: str) -> int:
        """Collect the text."""
        self._outputs.stream(self._name, str(text))
        return len(text)


class Publisher(DisplayPublisher):  # type: ignore[misc]  # IPython has no types
    """Collects what `display` shows."""

    collected: Outputs

    def publish(self, data: dict[str, Any], metadata: dict[str, Any] | None = None, **_: object) -> None:
        """Collect one display."""
        self.collected.rich({"output_type": "display_data", "data": _textual(data), "metadata": metadata or {}})


class Hook(DisplayHook):  # type: ignore[misc]
    """Collects the value of a cell's last expression."""

    collected: Outputs

    def write_output_prompt(self) -> None:
        """No prompt: a notebook has none."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        """Collect one result."""
        result = {"output_type": "execute_result", "data": _textual(format_dict), "metadata": md_dict or {}}
        self.collected.rich(result | {"execution_count": self.prompt_count})

    def finish_displayhook(self) -> None:
        """Nothing was printed, so nothing needs a line end."""


class RawOutput:
    """Catches what is written to file descriptors 1 and 2 below Python: by C code and by child processes."""

    def __init__(self) -> None:
        # A file, not a pipe: a pipe that nobody reads in time would block the writer for ever.
        self._file = tempfile.TemporaryFile("a+b", buffering=0)  # noqa: SIM115 - it lives as long as the process
        os.dup2(self._file.fileno(), 1)
        os.dup2(self._file.fileno(), 2)

    def take(self, limit: int) -> str:
        """At most `limit` bytes of what was written since the last time; the file is emptied."""
        self._file.seek(0)
        text = self._file.read(limit)
        self._file.seek(0)
        self._file.truncate()
        return (text or b"").decode(errors="replace")


def _textual(bundle: dict[str, Any]) -> dict[str, Any]:
    """A MIME bundle as a notebook keeps it: binary images as base64 text."""
    return {mime: _stable(data) for mime, data in bundle.items()}


def _stable(data: Any) -> Any:
    if isinstance(data, bytes):
        return base64.b64encode(data).decode()
    # Where an object lies differs from run to run, and would make two reports of one submission differ.
    return _ADDRESS.sub(" at 0x0>", data) if isinstance(data, str) else data
