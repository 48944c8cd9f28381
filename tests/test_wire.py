"""What a stream of hostile frames can and cannot do."""

import io
import json
import random
import struct
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.inside.wire import Reader, WireError, pack

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


def read_all(stream: bytes, **limits: int) -> list[Any]:
    reader = Reader(io.BytesIO(stream).read, **{"body_bytes": 1_000_000} | limits)
    frames = []
    while (frame := reader.read()) is not None:
        frames.append(frame)
    return frames


def frame_with(header: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">II", len(header), len(body)) + header + body


def in_pieces(stream: bytes, most: int) -> Callable[[int], bytes]:
    source = io.BytesIO(stream)
    return lambda wanted: source.read(min(wanted, most))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.dictionaries(st.text(), PLAIN, max_size=4), st.binary(max_size=99)), max_size=4))
def test_frames_come_back_in_order_and_whole(frames: list[tuple[dict[str, Any], bytes]]) -> None:
    stream = b"".join(pack(header, body) for header, body in frames)

    assert read_all(stream) == frames


def test_a_stream_that_comes_byte_by_byte_is_the_same_stream() -> None:
    reader = Reader(in_pieces(pack({"id": "1"}, b"body") + pack({}, b""), 1), body_bytes=10)

    assert reader.read() == ({"id": "1"}, bytearray(b"body"))
    assert reader.read() == ({}, bytearray())
    assert reader.read() is None


@pytest.mark.parametrize("body", [bytearray(b"ab"), memoryview(b"ab")])
def test_a_body_may_be_any_bytes(body: bytearray | memoryview) -> None:
    assert read_all(pack({}, body)) == [({}, bytearray(b"ab"))]


def test_an_empty_stream_holds_no_frame() -> None:
    assert read_all(b"") == []


def test_a_frame_cut_at_any_byte_is_refused() -> None:
    frame = pack({"kind": "answer", "id": "1"}, b"0123456789")

    for end in range(1, len(frame)):
        with pytest.raises(WireError, match="the stream ended"):
            read_all(frame[:end])


def test_a_frame_that_claims_four_gigabytes_allocates_nothing() -> None:
    claim = struct.pack(">II", 2, 2**32 - 1) + b"{}" + b"x" * 1000
    tracemalloc.start()

    with pytest.raises(WireError, match="ended after 1000 of 4294967295"):
        read_all(claim, body_bytes=2**32)

    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


def test_the_stream_is_never_asked_for_more_than_a_chunk_or_the_frame() -> None:
    asked: list[int] = []
    source = io.BytesIO(pack({}, bytes(1_000_000)) + b"the next program's bytes")

    def receive(wanted: int) -> bytes:
        asked.append(wanted)
        return source.read(wanted)

    Reader(receive, body_bytes=1_000_000).read()

    assert max(asked) <= 262_144
    assert source.read() == b"the next program's bytes"


def test_a_body_beyond_the_limit_is_refused_before_it_is_read() -> None:
    source = io.BytesIO(pack({}, bytes(11)))

    with pytest.raises(WireError, match="body of 11 bytes is longer than 10"):
        Reader(source.read, body_bytes=10).read()

    assert source.tell() == 8


def test_one_frame_may_have_its_own_limit() -> None:
    reader = Reader(io.BytesIO(pack({}, bytes(11)) * 2).read, body_bytes=10)

    assert reader.read(body_bytes=11) == ({}, bytearray(11))
    with pytest.raises(WireError):
        reader.read()


def test_a_header_beyond_the_limit_is_refused() -> None:
    with pytest.raises(WireError, match="header of 65537 bytes"):
        read_all(struct.pack(">II", 65_537, 0) + b" " * 65_537)


HOSTILE_HEADERS = {
    "empty": b"",
    "a list": b"[]",
    "null": b"null",
    "no JSON": b"{'a': 1}",
    "two documents": b"{}{}",
    "not UTF-8": b'{"a": "\xff"}',
    "a surrogate in UTF-8": b'{"a": "\xed\xa0\x80"}',
    "a lone surrogate": b'{"a": "\\ud800"}',
    "a lone surrogate as a name": b'{"\\ud800": 1}',
    "deep lists": b"[" * 60_000,
    "deep lists that end": b'{"a":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
    "deep objects": b'{"a":' * 12_000 + b"1" + b"}" * 12_000,
    "a name twice": b'{"id": 1, "id": 2}',
    "a name twice inside": b'{"a": {"id": 1, "id": 2}}',
    "a huge int": b'{"a": ' + b"9" * 60_000 + b"}",
    "a long int": b'{"a": ' + b"9" * 33 + b"}",
    "nan": b'{"a": NaN}',
    "infinity": b'{"a": -Infinity}',
    "an infinite float": b'{"a": 1e999}',
    "a mark of byte order": b"\xef\xbb\xbf{}",
    "a control character": b'{"a": "\x00"}',
}


@pytest.mark.parametrize("header", HOSTILE_HEADERS.values(), ids=HOSTILE_HEADERS.keys())
def test_a_header_that_is_no_plain_object_is_refused(header: bytes) -> None:
    with pytest.raises(WireError):
        read_all(frame_with(header))


def test_what_the_stream_itself_raises_passes_through() -> None:
    def receive(_: int) -> bytes:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        Reader(receive, body_bytes=1).read()


@pytest.mark.parametrize("header", [{"a": float("nan")}, {"a": b""}, {"a": object()}, {1j: 1}])
def test_a_header_that_is_not_json_is_not_sent(header: dict[Any, Any]) -> None:
    with pytest.raises(WireError, match="cannot be sent"):
        pack(header)


def test_a_header_inside_itself_is_not_sent() -> None:
    header: dict[str, Any] = {}
    header["a"] = header

    with pytest.raises(WireError, match="cannot be sent"):
        pack(header)


@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_thousand_broken_frames_raise_wire_error_or_are_read(seed: int) -> None:
    dice = random.Random(seed)
    stream = b"".join(pack({"kind": "answer", "id": str(n), "n": [n, None, {"a": 1.5}]}, bytes(n)) for n in range(4))
    for _ in range(25_000):
        broken = bytearray(stream)
        for _ in range(dice.randint(1, 3)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            frames = read_all(bytes(broken[: dice.randint(1, len(broken))]))
        except WireError:
            continue
        assert all(type(header) is dict and json.dumps(header) for header, _ in frames)
