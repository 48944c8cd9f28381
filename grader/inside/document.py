"""The body of a frame: one JSON tree and the raw buffers that it points to; it knows no type of value.

Layout: ``>I`` length of the tree, the tree ``{"buffers": [lengths], "value": ...}`` as UTF-8, then the buffers, the
tree and every buffer padded with zeros to 16 bytes. A buffer is named by its place in the list. Numbers in buffers are
little-endian unless a dtype says otherwise, which is what amd64 and arm64 have natively.
"""

import importlib
import json
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

from grader.inside.wire import WireError

Tree = Any
"""What JSON can say: None, bool, int, float, str, a list, or a dict whose "t" is a tag."""

_TREE_LENGTH = struct.Struct(">I")
_ALIGNMENT = 16
_MEBIBYTE = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What one value may cost, on both sides; above any of them it does not cross."""

    body_bytes: int = 64 * _MEBIBYTE
    tree_bytes: int = 16 * _MEBIBYTE
    values: int = 1_000_000
    """Values in the tree, counted generously before it is parsed."""
    packed: int = 4_000_000
    """Members of packed lists and text columns in all: each becomes a Python object ten times its bytes."""
    rows: int = 16_000_000
    """What an index or a dimension may claim where no bytes back it."""
    depth: int = 64
    int_digits: int = 100_000
    """Hexadecimal digits of one int."""


BOUNDS = Bounds()


class Writer:
    """Collects the tree and buffers of one value; ``encode_one`` says how any value inside becomes a tree."""

    def __init__(self, bounds: Bounds, encode_one: Callable[["Writer", object], Tree]) -> None:
        self.bounds = bounds
        self._encode_one = encode_one
        self._buffers: list[Any] = []
        self._lengths: list[int] = []
        self._bytes = 0
        self._depth = 0
        self._values = 0

    def value(self, value: object) -> Tree:
        """The tree of a value. Raises WireError when there are too many of them."""
        self._values += 1
        if self._values > self.bounds.values:
            refuse(f"more than {self.bounds.values} values")
        return self._encode_one(self, value)

    @contextmanager
    def level(self) -> Iterator[None]:
        """One level deeper. A value inside itself ends here too, since it never stops getting deeper."""
        self._depth += 1
        if self._depth > self.bounds.depth:
            refuse(f"nested deeper than {self.bounds.depth} levels, or inside itself")
        yield
        self._depth -= 1

    def buffer(self, data: Any, length: int) -> int:
        """The number that names a buffer from now on; ``data`` is anything with that many contiguous bytes."""
        self._bytes += length + -length % _ALIGNMENT
        if self._bytes > self.bounds.body_bytes:
            refuse_size(self.bounds.body_bytes)
        self._buffers.append(data)
        self._lengths.append(length)
        return len(self._buffers) - 1

    def seal(self, tree: Tree) -> bytes:
        """The whole body, once ``tree`` is complete."""
        document = {"buffers": self._lengths, "value": tree}
        raw = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        _check_tree(raw, self.bounds)
        parts: list[Any] = [_TREE_LENGTH.pack(len(raw)), raw, bytes(-(_TREE_LENGTH.size + len(raw)) % _ALIGNMENT)]
        for data, length in zip(self._buffers, self._lengths, strict=True):
            parts += (data, bytes(-length % _ALIGNMENT))
        if sum(map(len, parts[:3])) + self._bytes > self.bounds.body_bytes:
            refuse_size(self.bounds.body_bytes)
        return b"".join(parts)


class Opener:
    """The buffers of one body that came over the wire, and the decoders that its tags choose from."""

    def __init__(
        self, bounds: Bounds, buffers: list[memoryview], decoders: Mapping[str, Callable[["Opener", Tree], Any]]
    ) -> None:
        self.bounds = bounds
        self._buffers: list[memoryview | None] = list(buffers)
        self._decoders = decoders
        # A container is a tag and a list, two levels of the tree; what stands innermost may be a few tags more.
        self._depth_limit = 2 * bounds.depth + 8
        self._depth = 0
        self._packed = 0

    def value(self, tree: Tree) -> Any:
        """The value that a tree stands for."""
        if not isinstance(tree, list | dict):
            return tree
        self._depth += 1
        if self._depth > self._depth_limit:
            refuse(f"nested deeper than {self.bounds.depth} levels")
        value = [self.value(member) for member in tree] if isinstance(tree, list) else self._tagged(tree)
        self._depth -= 1
        return value

    def _tagged(self, tree: dict[str, Tree]) -> Any:
        decoder = self._decoders.get(text(tree, "t"))
        if decoder is None:
            refuse("an unknown tag")
        return decoder(self, tree)

    def buffer(self, tree: dict[str, Tree], name: str) -> memoryview:
        """The bytes that a field names. Each is given out once, so that a small body cannot become a large value."""
        number = whole(tree, name, 0, len(self._buffers) - 1)
        taken = self._buffers[number]
        if taken is None:
            refuse("a buffer is used twice")
        self._buffers[number] = None
        return taken

    def charge(self, members: int) -> None:
        """Counts members that are about to become Python objects. Raises WireError when they are too many."""
        self._packed += members
        if self._packed > self.bounds.packed:
            refuse(f"more than {self.bounds.packed} packed values")

    def finish(self) -> None:
        """Refuses a body with bytes that stand for nothing."""
        if any(taken is not None for taken in self._buffers):
            refuse("a buffer is not used")


def open_body(body: bytearray, bounds: Bounds) -> tuple[Tree, list[memoryview]]:
    """The tree of a body and its buffers, which share the body's memory and are writable.

    Nothing is parsed before its size and the number of values in it are known to be within bounds.
    """
    if len(body) > bounds.body_bytes:
        refuse_size(bounds.body_bytes)
    if len(body) < _TREE_LENGTH.size:
        refuse("cut short")
    tree_end = _TREE_LENGTH.size + _TREE_LENGTH.unpack_from(body)[0]
    if tree_end > len(body):
        refuse("cut short")
    raw = bytes(memoryview(body)[_TREE_LENGTH.size : tree_end])
    _check_tree(raw, bounds)
    document = json.loads(raw.decode(), parse_constant=_refuse_constant)
    if not isinstance(document, dict) or document.keys() != {"buffers", "value"}:
        refuse("the tree is not a document")
    return document["value"], _cut_buffers(memoryview(body), tree_end, items(document, "buffers"))


def load(name: str) -> Any:
    """A library, imported only when a value asks for it: what runs inside needs the standard library alone."""
    return importlib.import_module(name)


def text(tree: dict[str, Tree], name: str) -> str:
    """A field that is text."""
    field = tree.get(name)
    return field if type(field) is str else refuse(f"{name} is not text")


def whole(tree: dict[str, Tree], name: str, low: int, high: int) -> int:
    """A field that is a whole number from low to high."""
    return whole_number(tree.get(name), low, high)


def whole_number(field: Tree, low: int, high: int) -> int:
    """The same for a number that stands in a list."""
    if type(field) is not int or not low <= field <= high:
        refuse(f"a number is not from {low} to {high}")
    return field


def truth(tree: dict[str, Tree], name: str) -> bool:
    """A field that is true or false."""
    field = tree.get(name)
    return field if type(field) is bool else refuse(f"{name} is not true or false")


def items(tree: dict[str, Tree], name: str) -> list[Tree]:
    """A field that is a list of trees."""
    field = tree.get(name)
    return field if type(field) is list else refuse(f"{name} is not a list")


def refuse(reason: str) -> NoReturn:
    """Raises WireError with a reason that names the value, for both directions."""
    raise WireError(f"this value cannot cross: {reason}")


def refuse_size(limit: int) -> NoReturn:
    """Raises WireError for a body beyond its limit."""
    refuse(f"larger than {limit / _MEBIBYTE:g} MB")


def _check_tree(raw: bytes, bounds: Bounds) -> None:
    if len(raw) > bounds.tree_bytes:
        refuse_size(bounds.tree_bytes)
    # Every value in JSON but the first follows one of these bytes. They stand in texts too, hence "generously".
    if sum(raw.count(mark) for mark in (b"{", b"[", b",", b":")) > bounds.values:
        refuse(f"more than {bounds.values} values")


def _cut_buffers(body: memoryview, tree_end: int, lengths: list[Tree]) -> list[memoryview]:
    buffers, start = [], tree_end + -tree_end % _ALIGNMENT
    for field in lengths:
        length = whole_number(field, 0, len(body))
        buffers.append(body[start : start + length])
        start += length + -length % _ALIGNMENT
    if start != len(body):
        refuse("cut short, or bytes are left over")
    return buffers


def _refuse_constant(name: str) -> NoReturn:
    refuse(f"a number says {name[:9]}")
