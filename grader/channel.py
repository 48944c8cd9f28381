"""Frames to and from one sandbox, every wait and every byte counted; it knows what a frame is, not what it means."""

import time

from grader.inside.wire import Header, Reader, WireError, split
from grader.sandbox import Ending, Sandbox


class Closed(Exception):  # noqa: N818 - an event, told apart from errors
    """The stream ended: the sandbox's process did."""


class Late(Exception):  # noqa: N818
    """Nothing came in time."""


class Garbled(Exception):  # noqa: N818
    """What came is no frame, or is too much; the stream is of no more use."""


class Channel:
    """A frame at a time over a sandbox's stream."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._deadline = 0.0
        self._bytes_left = 0
        self._ended = False
        self._reader = Reader(self._receive, body_bytes=0)

    def send(self, header: Header, body: bytes | bytearray = b"", *, seconds: float) -> None:
        """Send a frame. Raises Late when the other side does not take it, Closed when it is gone."""
        deadline = time.monotonic() + seconds
        try:
            for part in split(header, body):
                self._sandbox.send(part, max(0, deadline - time.monotonic()))
        except TimeoutError as error:
            raise Late from error
        except EOFError as error:
            raise Closed from error

    def receive(self, *, seconds: float, limit: int) -> tuple[Header, bytearray]:
        """The next frame. Raises Late, Closed or Garbled."""
        return self.receive_answer(None, seconds=seconds, limit=limit)

    def receive_answer(self, question: str | None, *, seconds: float, limit: int) -> tuple[Header, bytearray]:
        """The frame that carries the question's id; frames without it are nothing, and count against the limit."""
        self._deadline = time.monotonic() + seconds
        self._bytes_left = limit
        while True:
            try:
                frame = self._reader.read(body_bytes=limit)
            except WireError as error:
                raise (Closed if self._ended else Garbled)(str(error)) from error
            if frame is None:
                raise Closed
            if question is None or frame[0].get("id") == question:
                return frame

    def ending(self) -> Ending:
        """How the sandbox's process ended."""
        return self._sandbox.ending()

    def close(self) -> None:
        """Close the sandbox."""
        self._sandbox.close()

    def _receive(self, size: int) -> bytes:
        seconds = self._deadline - time.monotonic()
        if seconds <= 0:
            raise Late
        try:
            data = self._sandbox.receive(size, seconds)
        except TimeoutError as error:
            raise Late from error
        self._ended = not data
        self._bytes_left -= len(data)
        if self._bytes_left < 0:
            raise Garbled("more bytes than an answer may have")
        return data
