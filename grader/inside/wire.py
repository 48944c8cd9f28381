"""Frames over a byte stream: a small JSON header that the host reads, and a body that it only relays.

A frame is ``>II`` (header length, body length), the header as UTF-8 JSON, and the body. The stream may come from a
learner's process, so every byte is hostile: whatever is not a frame raises WireError and nothing else.
"""

import json
import math
import struct
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

Header = dict[str, Any]
Buffer = bytes | bytearray | memoryview

_LENGTHS = struct.Struct(">II")
_CHUNK_BYTES = 262_144
_JOINED_BYTES = 65_536
_NUMBER_CHARACTERS = 32


class WireError(Exception):
    """Bytes that are no frame or no value, or a value that cannot cross; the only error of the wire."""


def pack(header: Mapping[str, object], body: Buffer = b"") -> bytes:
    """One frame, ready to be sent. Raises WireError; see `split`."""
    return b"".join(split(header, body))


def split(header: Mapping[str, object], body: Buffer = b"") -> tuple[Buffer, ...]:
    """One frame as what is to be sent one after the other: a small frame in one piece, a large body as it is, uncopied.

    Raises WireError when the header is not JSON (nan and inf are not) or either part is longer than 4 GiB.
    """
    try:
        text = json.dumps(dict(header), allow_nan=False, separators=(",", ":")).encode()
        size = memoryview(body).nbytes
        head = _LENGTHS.pack(len(text), size) + text
    except (TypeError, ValueError, RecursionError, struct.error) as error:
        raise WireError(f"this frame cannot be sent: {error}") from error
    # Two small writes would be two packets and, over TCP, a wait between them.
    return (b"".join((head, body)),) if size <= _JOINED_BYTES else (head, body)


class Reader:
    """The frames of one stream, read one at a time.

    ``receive`` returns at most the asked number of bytes, and b"" at the end of the stream; what it raises passes
    through. Memory grows with the bytes that have come, never with the length that was claimed.
    """

    def __init__(self, receive: Callable[[int], bytes], *, body_bytes: int, header_bytes: int = 65_536) -> None:
        self._receive = receive
        self._body_bytes = body_bytes
        self._header_bytes = header_bytes

    def read(self, body_bytes: int | None = None) -> tuple[Header, bytearray] | None:
        """The next frame's header and body, or None when the stream ends between two frames.

        ``body_bytes`` replaces the reader's own limit for this frame. Raises WireError when the frame is cut short,
        too long, or its header is not a plain JSON object; the stream is then of no more use.
        """
        lengths = self._take(_LENGTHS.size, end_allowed=True)
        if not lengths:
            return None
        header_length, body_length = _LENGTHS.unpack(lengths)
        _check_length("header", header_length, self._header_bytes)
        _check_length("body", body_length, self._body_bytes if body_bytes is None else body_bytes)
        return _parse_header(self._take(header_length)), self._take(body_length)

    def _take(self, length: int, *, end_allowed: bool = False) -> bytearray:
        taken = bytearray()
        while len(taken) < length:
            # recv(n) allocates n bytes before any has come, so a claimed length is never asked for at once.
            chunk = self._receive(min(length - len(taken), _CHUNK_BYTES))
            if not chunk and end_allowed and not taken:
                break
            if not chunk:
                raise WireError(f"the stream ended after {len(taken)} of {length} bytes")
            taken += chunk
        return taken


def _check_length(part: str, length: int, limit: int) -> None:
    if length > limit:
        raise WireError(f"a frame's {part} of {length} bytes is longer than {limit}")


def _parse_header(raw: bytearray) -> Header:
    try:
        header = json.loads(
            raw.decode(),
            object_pairs_hook=_unique_names,
            parse_int=_short_int,
            parse_float=_finite_float,
            parse_constant=_refuse_constant,
        )
        # A lone surrogate (\ud800) passes JSON and then breaks whoever prints or logs the header.
        json.dumps(header, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise WireError(f"a frame's header is not JSON: {type(error).__name__}") from error
    if not isinstance(header, dict):
        raise WireError("a frame's header is not a JSON object")
    return header


def _unique_names(pairs: list[tuple[str, Any]]) -> Header:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise WireError("a frame's header says a name twice")
    return names


def _short_int(text: str) -> int:
    if len(text) > _NUMBER_CHARACTERS:
        raise WireError("a frame's header has too long a number")
    return int(text)


def _finite_float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise WireError("a frame's header has a number without end")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise WireError(f"a frame's header says {name[:9]}")
