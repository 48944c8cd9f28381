"""The layout of a body: what its lengths may claim, and what a small body may become."""

import json
import random
import struct
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from grader.inside.values import Bounds, decode, encode
from grader.inside.wire import WireError
from tests.bodies import forge, samples


@pytest.mark.parametrize("place", range(len(samples())))
def test_a_body_cut_at_any_byte_is_refused(place: int) -> None:
    body = encode(samples()[place])

    for end in range(len(body)):
        with pytest.raises(WireError):
            decode(body[:end])


@pytest.mark.parametrize(("length", "reason"), [(0, None), (1, None), (2**31, "cut short$"), (2**32 - 1, "cut short$")])
def test_a_tree_of_a_false_length_is_refused(length: int, reason: str | None) -> None:
    with pytest.raises(WireError, match=reason):
        decode(struct.pack(">I", length) + encode([1, 2, 3])[4:])


@pytest.mark.parametrize(
    "lengths", [[2**62], [-16], [True], [16.0], ["16"], [None], [17], [0], [16, 16], [8, 24], {}, 16, None]
)
def test_buffers_that_do_not_cover_the_body_exactly_are_refused(lengths: Any) -> None:
    raw = json.dumps({"buffers": lengths, "value": {"t": "bytes", "b": 0}}).encode()
    body = struct.pack(">I", len(raw)) + raw

    with pytest.raises(WireError):
        decode(body + bytes(-len(body) % 16) + bytes(16))


def test_a_buffer_that_is_used_twice_is_refused() -> None:
    shared = {"t": "bytes", "b": 0}

    with pytest.raises(WireError, match="a buffer is used twice"):
        decode(forge([shared, shared], bytes(100)))


def test_a_buffer_that_nothing_uses_is_refused() -> None:
    with pytest.raises(WireError, match="a buffer is not used"):
        decode(forge([], bytes(100)))


@pytest.mark.parametrize("number", [-1, 1, 2**70, 0.0, True, None, "0", []])
def test_a_buffer_that_is_not_there_is_refused(number: Any) -> None:
    with pytest.raises(WireError):
        decode(forge({"t": "bytes", "b": number}, b"abc"))


@pytest.mark.parametrize("tree", [{}, {"t": "nothing"}, {"t": None}, {"t": []}, {"t": {}}, {"t": 1}, {"v": []}])
def test_a_tag_that_is_not_known_is_refused(tree: Any) -> None:
    with pytest.raises(WireError):
        decode(forge(tree))


@pytest.mark.parametrize(
    "raw",
    [b"", b"{}", b"[]", b"1", b'{"buffers":[]}', b'{"buffers":[],"value":1,"more":1}', b'{"buffers":[],"value":NaN}'],
)
def test_a_tree_that_is_no_document_is_refused(raw: bytes) -> None:
    body = struct.pack(">I", len(raw)) + raw

    with pytest.raises(WireError):
        decode(body + bytes(-len(body) % 16))


def test_a_million_brackets_are_refused_before_they_are_parsed() -> None:
    raw = b'{"buffers":[],"value":' + b"[" * 1_000_000
    tracemalloc.start()

    with pytest.raises(WireError, match="more than 1000000 values"):
        decode(struct.pack(">I", len(raw)) + raw)

    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


def test_deep_nesting_below_the_bound_of_values_is_refused() -> None:
    raw = b'{"buffers":[],"value":' + b"[" * 400_000 + b"]" * 400_000 + b"}"
    body = struct.pack(">I", len(raw)) + raw

    with pytest.raises(WireError):
        decode(body + bytes(-len(body) % 16))


WRAPPERS: dict[str, Callable[[Any], Any]] = {
    "list": lambda inner: [inner],
    "tuple": lambda inner: (inner,),
    "dict": lambda inner: {"k": inner},
    "frozenset": lambda inner: frozenset([inner]),
}


@pytest.mark.parametrize("wrap", WRAPPERS.values(), ids=WRAPPERS.keys())
def test_sixty_four_levels_cross_and_sixty_five_do_not(wrap: Callable[[Any], Any]) -> None:
    value: Any = complex("inf")
    for _ in range(64):
        value = wrap(value)

    assert decode(encode(value)) == value
    with pytest.raises(WireError, match="nested deeper than 64 levels"):
        encode(wrap(value))


@pytest.mark.parametrize(
    ("left", "right"), [("[", "]"), ('{"t":"np.str","v":', "}"), ('{"t":"dict","k":[1],"v":[', "]}")]
)
def test_a_tree_that_is_nested_too_deep_is_refused(left: str, right: str) -> None:
    raw = f'{{"buffers":[],"value":{left * 150}{"1" if right == "}" else ""}{right * 150}}}'.encode()
    body = struct.pack(">I", len(raw)) + raw

    with pytest.raises(WireError, match="nested deeper than 64 levels"):
        decode(body + bytes(-len(body) % 16))


@pytest.mark.parametrize(
    ("bounds", "reason"),
    [
        (Bounds(body_bytes=1 << 20), "larger than 1 MB"),
        (Bounds(tree_bytes=1 << 10), "larger than"),
        (Bounds(values=100), "more than 100 values"),
        (Bounds(packed=100), "more than 100 packed values"),
    ],
)
def test_both_sides_keep_the_same_bounds(bounds: Bounds, reason: str) -> None:
    value = [bytes(1 << 20), [[n] for n in range(1000)], [float(n) for n in range(1000)]]

    with pytest.raises(WireError, match=reason):
        encode(value, bounds=bounds)
    with pytest.raises(WireError, match=reason):
        decode(encode(value), bounds=bounds)


def test_packed_lists_are_counted_together() -> None:
    lists = [[float(number) for number in range(60)]] * 2

    with pytest.raises(WireError, match="more than 100 packed values"):
        decode(encode(lists), bounds=Bounds(packed=100))


def test_random_bytes_are_refused() -> None:
    dice = random.Random(5)

    for _ in range(20_000):
        with pytest.raises(WireError):
            decode(dice.randbytes(dice.randrange(64)))
