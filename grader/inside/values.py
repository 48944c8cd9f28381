"""Python values as the bodies of frames, and back; the decoder trusts no byte and the encoder no object.

Data crosses: numbers, text, containers, dates, arrays, tables. Anything else crosses as a reference, a small dict that
the caller makes and understands. Nothing here runs code from the wire, and no library is imported
unless a value needs it.
"""

import math
import re
import warnings
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import NoneType
from typing import Any, Literal

from grader.inside import arrays, tables, times
from grader.inside.document import BOUNDS, Bounds, Opener, Tree, Writer, items, open_body, refuse, text
from grader.inside.wire import WireError

__all__ = ["BOUNDS", "Bounds", "WireError", "decode", "encode"]

Refer = Callable[[object], dict[str, Any]]
Resolve = Callable[[dict[str, Any]], object]

_INT64 = range(-(1 << 63), 1 << 63)
_INLINE_CHARACTERS = 256
_PACKED_MEMBERS = 16
_NONE_LENGTH, _NAN_LENGTH = -1, -2
_COLLISIONS = 1_000
_FLOAT_NAMES = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}
_INT_TEXT = re.compile(r"-?0x[0-9a-f]+")
# Six digits: int(Decimal("1E999999999")) would be a gigabyte.
_DECIMAL_TEXT = re.compile(r"-?([0-9]{1,10000}(\.[0-9]{1,10000})?(E[+-]?[0-9]{1,6})?|Infinity|s?NaN[0-9]{0,28})")


def encode(value: object, *, refer: Refer | None = None, bounds: Bounds = BOUNDS) -> bytes:
    """The body that stands for a value.

    What is not data becomes ``refer(it)``, a small JSON dict, at any depth; without ``refer`` it raises WireError and
    names the type. WireError is all that is raised, whatever the learner's objects do, but for MemoryError.
    """
    writer = Writer(bounds, lambda writer, member: _encode_one(writer, member, refer))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return writer.seal(writer.value(value))
    except (WireError, MemoryError):
        raise
    # The learner's subclasses and lazy objects run here and may raise anything.
    except Exception as error:
        raise WireError(f"this value cannot cross: reading it raised {type(error).__name__}") from error


def decode(body: bytes | bytearray | memoryview, *, resolve: Resolve | None = None, bounds: Bounds = BOUNDS) -> Any:
    """The value that a body stands for.

    NumPy arrays and tensors share the memory of a ``bytearray`` body, and are writable; other bodies are copied once.
    A reference becomes ``resolve(its dict)``. Raises WireError, and nothing else, for anything that `encode` would not
    have written.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decode(body if isinstance(body, bytearray) else bytearray(body), resolve, bounds)
    except WireError:
        raise
    # pandas and its kin raise errors of many kinds for hostile parts, and a learner's bytes must not choose among ours.
    except Exception as error:
        raise WireError(f"this value cannot cross: {type(error).__name__} while it was built") from error


def _decode(body: bytearray, resolve: Resolve | None, bounds: Bounds) -> Any:
    tree, buffers = open_body(body, bounds)
    opener = Opener(bounds, buffers, _DECODERS | {"ref": lambda _, tree: _decode_reference(tree, resolve)})
    value = opener.value(tree)
    opener.finish()
    return value


def _encode_one(writer: Writer, value: object, refer: Refer | None) -> Tree:
    encoder = _ENCODERS.get(type(value)) or arrays.find_encoder(value) or tables.find_encoder(value) or _base(value)
    if encoder is not None:
        return encoder(writer, value)
    if refer is None:
        refuse(f"{type(value).__module__}.{type(value).__qualname__} is not data")
    return {"t": "ref", "v": refer(value)}


def _base(value: object) -> Callable[[Writer, Any], Tree] | None:
    # type(value) and not isinstance: a mock answers `__class__` with whatever it imitates.
    kinds = (kind for kind in _ENCODERS if issubclass(type(value), kind))
    return next((_ENCODERS[kind] for kind in kinds), None)


def _decode_reference(tree: dict[str, Tree], resolve: Resolve | None) -> object:
    fields = tree.get("v")
    if resolve is None or not isinstance(fields, dict):
        refuse("a reference where none can be")
    return resolve(fields)


def _encode_plain(_: Writer, value: object) -> Tree:
    return value


def _encode_int(writer: Writer, value: int) -> Tree:
    number = int.__int__(value)
    if number in _INT64:
        return number
    digits = hex(number)
    if len(digits) > writer.bounds.int_digits:
        refuse(f"an int of more than {writer.bounds.int_digits} hexadecimal digits")
    return {"t": "int", "v": digits}


def _decode_int(opener: Opener, tree: dict[str, Tree]) -> int:
    digits = text(tree, "v")
    if len(digits) > opener.bounds.int_digits or not _INT_TEXT.fullmatch(digits):
        refuse("not an int")
    return int(digits, 16)


def _encode_float(_: Writer, value: float) -> Tree:
    number = float.__float__(value)
    if number - number == 0:
        return number
    return {"t": "float", "v": repr(number)}


def _decode_float(_: Opener, tree: dict[str, Tree]) -> float:
    number = _FLOAT_NAMES.get(text(tree, "v"))
    return refuse("not a float") if number is None else number


def _encode_complex(writer: Writer, value: complex) -> Tree:
    number = complex.__complex__(value)
    return {"t": "complex", "v": [_encode_float(writer, number.real), _encode_float(writer, number.imag)]}


def _decode_complex(opener: Opener, tree: dict[str, Tree]) -> complex:
    real, imaginary = map(opener.value, items(tree, "v"))
    if type(real) is not float or type(imaginary) is not float:
        refuse("not a complex number")
    return complex(real, imaginary)


def _encode_str(writer: Writer, value: str) -> Tree:
    letters = str.__str__(value)
    # Lone surrogates are no UTF-8, and as JSON escapes two of them would come back as one character.
    if len(letters) <= _INLINE_CHARACTERS and (letters.isascii() or not re.search("[\ud800-\udfff]", letters)):
        return letters
    raw = letters.encode("utf-8", "surrogatepass")
    return {"t": "str", "b": writer.buffer(raw, len(raw))}


def _decode_str(opener: Opener, tree: dict[str, Tree]) -> str:
    return str(opener.buffer(tree, "b"), "utf-8", "surrogatepass")


def _encode_bytes(writer: Writer, value: bytes | bytearray) -> Tree:
    raw = memoryview(value).tobytes()
    return {"t": "bytes", "b": writer.buffer(raw, len(raw))}


def _decode_bytes(opener: Opener, tree: dict[str, Tree]) -> bytes:
    return bytes(opener.buffer(tree, "b"))


def _encode_decimal(_: Writer, value: Decimal) -> Tree:
    digits = Decimal.__str__(value)
    return {"t": "decimal", "v": digits} if _DECIMAL_TEXT.fullmatch(digits) else refuse("too long a Decimal")


def _decode_decimal(_: Opener, tree: dict[str, Tree]) -> Decimal:
    digits = text(tree, "v")
    return Decimal(digits) if _DECIMAL_TEXT.fullmatch(digits) else refuse("not a Decimal")


def _encode_list(writer: Writer, value: list[object]) -> Tree:
    return _encode_members(writer, list.__getitem__(value, slice(None)))


def _encode_tuple(writer: Writer, value: tuple[object, ...]) -> Tree:
    return {"t": "tuple", "v": _encode_members(writer, list(tuple.__iter__(value)))}


def _encode_set(writer: Writer, value: set[object]) -> Tree:
    return {"t": "set", "v": _encode_members(writer, list(set.__iter__(value)))}


def _encode_frozenset(writer: Writer, value: frozenset[object]) -> Tree:
    return {"t": "frozenset", "v": _encode_members(writer, list(frozenset.__iter__(value)))}


def _encode_dict(writer: Writer, value: dict[object, object]) -> Tree:
    # dict.items does not know the order of an OrderedDict after move_to_end.
    pairs = list(OrderedDict.items(value) if isinstance(value, OrderedDict) else dict.items(value))
    keys, values = [key for key, _ in pairs], [member for _, member in pairs]
    return {"t": "dict", "k": _encode_members(writer, keys), "v": _encode_members(writer, values)}


def _decode_members(opener: Opener, tree: dict[str, Tree], name: str) -> list[Any]:
    members = opener.value(tree.get(name))
    return members if type(members) is list else refuse("not a list of members")


def _decode_tuple(opener: Opener, tree: dict[str, Tree]) -> tuple[Any, ...]:
    return tuple(_decode_members(opener, tree, "v"))


def _decode_set(opener: Opener, tree: dict[str, Tree]) -> set[Any]:
    return set(_check_keys(_decode_members(opener, tree, "v")))


def _decode_frozenset(opener: Opener, tree: dict[str, Tree]) -> frozenset[Any]:
    return frozenset(_check_keys(_decode_members(opener, tree, "v")))


def _decode_dict(opener: Opener, tree: dict[str, Tree]) -> dict[Any, Any]:
    keys, values = _decode_members(opener, tree, "k"), _decode_members(opener, tree, "v")
    return dict(zip(_check_keys(keys), values, strict=True))


def _check_keys(keys: list[Any]) -> list[Any]:
    # A table of keys that share one hash takes quadratic time: 100,000 of them stop the judge for minutes.
    if len(keys) - len(set(map(hash, keys))) > _COLLISIONS:
        refuse("too many keys share a hash")
    return keys


def _encode_members(writer: Writer, members: list[object]) -> Tree:
    """The tree of a list: one buffer where all members are of a kind that packs, else member by member."""
    if len(members) > _PACKED_MEMBERS:
        tree = _pack_members(writer, members)
        if tree is not None:
            return tree
    with writer.level():
        return [writer.value(member) for member in members]


def _pack_members(writer: Writer, members: list[Any]) -> Tree | None:
    kinds = set(map(type, members))
    if kinds == {float}:
        return {"t": "floats", "b": _put_array(writer, "d", members)}
    if kinds == {int} and min(members) in _INT64 and max(members) in _INT64:
        return {"t": "ints", "b": _put_array(writer, "q", members)}
    if str in kinds and kinds <= {str, float, NoneType} and _floats_are_nan(members):
        return _pack_texts(writer, members)
    return arrays.pack_scalars(writer, members) if len(kinds) == 1 else None


def _floats_are_nan(members: list[Any]) -> bool:
    return all(math.isnan(member) for member in members if type(member) is float)


def _put_array(writer: Writer, code: str, numbers: Iterable[Any]) -> int:
    packed = array(code, numbers)
    if len(packed) > writer.bounds.packed:
        refuse(f"more than {writer.bounds.packed} packed values")
    return writer.buffer(packed.tobytes(), len(packed) * packed.itemsize)


def _pack_texts(writer: Writer, members: list[Any]) -> Tree:
    raws = [member.encode("utf-8", "surrogatepass") if type(member) is str else member for member in members]
    lengths = [len(raw) if type(raw) is bytes else _NONE_LENGTH if raw is None else _NAN_LENGTH for raw in raws]
    joined = b"".join(raw for raw in raws if type(raw) is bytes)
    return {"t": "texts", "lengths": _put_array(writer, "i", lengths), "b": writer.buffer(joined, len(joined))}


def _unpack_texts(opener: Opener, tree: dict[str, Tree]) -> list[str | float | None]:
    lengths = opener.buffer(tree, "lengths").cast("i")
    joined = bytes(opener.buffer(tree, "b"))
    opener.charge(len(lengths))
    if sum(length for length in lengths if length > 0) != len(joined):
        refuse("texts are longer or shorter than their lengths")
    return _cut_texts(joined, lengths)


def _cut_texts(joined: bytes, lengths: Iterable[int]) -> list[str | float | None]:
    # One decode and cheap slices; but one wide character would make the whole of a long text four times its bytes.
    source: Any = joined.decode() if joined.isascii() else joined
    texts: list[str | float | None] = []
    start = 0
    for length in lengths:
        if length < 0:
            texts.append(_decode_missing(length))
            continue
        piece = source[start : start + length]
        texts.append(piece if type(piece) is str else piece.decode("utf-8", "surrogatepass"))
        start += length
    return texts


def _decode_missing(length: int) -> float | None:
    if length not in (_NONE_LENGTH, _NAN_LENGTH):
        refuse("a text of negative length")
    return None if length == _NONE_LENGTH else float("nan")


def _unpack_array(opener: Opener, tree: dict[str, Tree], code: Literal["d", "q"]) -> list[Any]:
    numbers: memoryview[Any] = opener.buffer(tree, "b").cast(code)
    opener.charge(len(numbers))
    return numbers.tolist()


_ENCODERS: dict[type, Callable[[Writer, Any], Tree]] = {
    str: _encode_str,
    float: _encode_float,
    NoneType: _encode_plain,
    bool: _encode_plain,
    int: _encode_int,
    list: _encode_list,
    dict: _encode_dict,
    tuple: _encode_tuple,
    set: _encode_set,
    frozenset: _encode_frozenset,
    bytes: _encode_bytes,
    bytearray: _encode_bytes,
    complex: _encode_complex,
    Decimal: _encode_decimal,
    datetime: times.encode_datetime,
    date: times.encode_date,
    time: times.encode_time,
    timedelta: times.encode_timedelta,
}
"""In an order in which a type stands before its bases, for `_base`."""

_DECODERS: dict[str, Callable[[Opener, Any], Any]] = {
    "int": _decode_int,
    "float": _decode_float,
    "complex": _decode_complex,
    "str": _decode_str,
    "bytes": _decode_bytes,
    "decimal": _decode_decimal,
    "tuple": _decode_tuple,
    "set": _decode_set,
    "frozenset": _decode_frozenset,
    "dict": _decode_dict,
    "texts": _unpack_texts,
    "floats": lambda opener, tree: _unpack_array(opener, tree, "d"),
    "ints": lambda opener, tree: _unpack_array(opener, tree, "q"),
    **times.DECODERS,
    **arrays.DECODERS,
    **tables.DECODERS,
}
