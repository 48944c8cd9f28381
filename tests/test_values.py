"""Python's own values over the wire, and a million broken bodies."""

import collections
import enum
import subprocess
import sys
import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any, NamedTuple
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.inside.values import Bounds, decode, encode
from grader.inside.wire import WireError
from tests.bodies import decode_all, forge, same, samples

ZONES = (
    st.none() | st.just(UTC) | st.timezones() | st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(timezone)
)
LETTERS = st.text() | st.text(st.characters(categories=["Cs", "Ll"]))
MOMENTS = st.datetimes(timezones=ZONES) | st.dates() | st.times(timezones=ZONES) | st.timedeltas()
NUMBERS = st.integers() | st.integers(-(2**400), 2**400) | st.floats() | st.complex_numbers() | st.decimals()
LEAVES = st.none() | st.booleans() | NUMBERS | LETTERS | st.binary() | MOMENTS
KEYS = LEAVES.filter(lambda leaf: not (isinstance(leaf, Decimal) and leaf.is_nan()) and leaf == leaf)  # noqa: PLR0124
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=30)
        | st.lists(inner, max_size=5).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=5)
        | st.sets(KEYS, max_size=5)
        | st.frozensets(KEYS, max_size=5)
    ),
    max_leaves=20,
)


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(VALUES)
def test_a_value_comes_back_as_it_was(value: Any) -> None:
    assert same(decode(encode(value)), value)


@pytest.mark.parametrize(
    "member", [st.text(), st.floats(), st.integers(-(2**63), 2**63 - 1), st.integers(), st.none() | LETTERS]
)
def test_a_long_list_comes_back_as_it_was(member: st.SearchStrategy[Any]) -> None:
    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(st.lists(member, min_size=17, max_size=60))
    def come_back(members: list[Any]) -> None:
        assert same(decode(encode(members)), members)

    come_back()


@pytest.mark.parametrize("place", range(len(samples())))
def test_every_sample_comes_back_from_bytes_and_from_a_bytearray(place: int) -> None:
    value = samples()[place]

    for body in (encode(value), bytearray(encode(value)), memoryview(encode(value))):
        assert same(decode(body), value)


def test_two_lone_surrogates_stay_two_characters() -> None:
    assert decode(encode("\ud83d" + "\ude00")) == "\ud83d" + "\ude00"


def test_a_text_column_of_a_million_rows_is_packed() -> None:
    column = ["short", None] * 500_000

    assert decode(encode(column)) == column


def test_an_int_has_as_many_digits_as_its_bound() -> None:
    bounds = Bounds(int_digits=100)

    assert decode(encode(-(16**90), bounds=bounds), bounds=bounds) == -(16**90)
    for side in (lambda: encode(16**100, bounds=bounds), lambda: decode(encode(16**100), bounds=bounds)):
        with pytest.raises(WireError):
            side()


class Point(NamedTuple):
    x: int
    y: int


class Colour(enum.IntEnum):
    RED = 1


class Word(enum.StrEnum):
    RED = "red"


class Liar(dict[str, int]):
    """Answers with a lie wherever it is asked by a method of its own."""

    def items(self) -> Any:
        raise OSError

    __iter__ = keys = values = __len__ = __getitem__ = items  # type: ignore[assignment]


class LoudList(list[int]):
    def __iter__(self) -> Any:
        raise OSError

    __len__ = __getitem__ = __iter__  # type: ignore[assignment]


class LoudStr(str):
    __slots__ = ()

    def __str__(self) -> str:
        raise OSError

    encode = __len__ = __str__  # type: ignore[assignment]


class LoudInt(int):
    def __int__(self) -> int:
        raise OSError

    __index__ = __repr__ = __str__ = __int__  # type: ignore[assignment]


class LoudFloat(float):
    def __float__(self) -> float:
        raise OSError

    __repr__ = __sub__ = __float__  # type: ignore[assignment]


ORDERED = collections.OrderedDict(a=1, b=2)
ORDERED.move_to_end("a")
SUBCLASSES: list[tuple[Any, Any]] = [
    (Point(1, 2), (1, 2)),
    (Colour.RED, 1),
    (Word.RED, "red"),
    (collections.Counter("aab"), {"a": 2, "b": 1}),
    (collections.defaultdict(list, {"a": [1]}), {"a": [1]}),
    (ORDERED, {"b": 2, "a": 1}),
    (Liar(a=1), {"a": 1}),
    (LoudList([1]), [1]),
    (LoudStr("a"), "a"),
    (LoudInt(3), 3),
    (LoudFloat(3.5), 3.5),
    (bytearray(b"a"), b"a"),
    (type("Day", (date,), {})(2024, 1, 1), date(2024, 1, 1)),
    (type("Clock", (time,), {})(1, 2), time(1, 2)),
    (type("Moment", (datetime,), {})(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)),
    (type("Set", (set,), {})([1]), {1}),
    (type("Money", (Decimal,), {})("1.50"), Decimal("1.50")),
]


@pytest.mark.parametrize(("value", "plain"), SUBCLASSES, ids=[type(value).__name__ for value, _ in SUBCLASSES])
def test_a_subclass_is_taken_down_to_its_data(value: Any, plain: Any) -> None:
    assert same(decode(encode(value)), plain)
    assert same(decode(encode([value] * 20)), [plain] * 20)


def test_what_is_not_data_crosses_as_a_reference_at_any_depth() -> None:
    asked: list[object] = []

    def refer(thing: object) -> dict[str, Any]:
        asked.append(thing)
        return {"id": str(len(asked))}

    body = encode({"a": [len, (Mock, ...)]}, refer=refer)

    assert asked == [len, Mock, ...]
    assert decode(body, resolve=lambda fields: f"<{fields['id']}>") == {"a": ["<1>", ("<2>", "<3>")]}


@pytest.mark.parametrize("thing", [len, Mock, object(), iter([1]), Mock(spec=dict), Mock(spec=list), range(3), type])
def test_what_is_not_data_is_refused_by_name_where_no_reference_can_be(thing: Any) -> None:
    with pytest.raises(WireError, match=f"{type(thing).__module__}.{type(thing).__qualname__} is not data"):
        encode([thing])


@pytest.mark.parametrize("fields", [None, [], "1", 1])
def test_a_reference_that_is_no_dict_is_refused(fields: Any) -> None:
    with pytest.raises(WireError):
        decode(forge({"t": "ref", "v": fields}), resolve=lambda fields: fields)


def test_a_reference_is_refused_where_none_was_asked_for() -> None:
    with pytest.raises(WireError):
        decode(forge({"t": "ref", "v": {"id": "1"}}))


def test_a_value_inside_itself_is_refused() -> None:
    ring: list[Any] = []
    ring.append({"again": (ring, ring)})

    with pytest.raises(WireError, match="nested deeper than 64 levels, or inside itself"):
        encode(ring)


def test_a_small_value_that_unfolds_into_billions_is_refused() -> None:
    folded: list[Any] = []
    for _ in range(60):
        folded = [folded, folded]

    with pytest.raises(WireError, match="more than 1000 values"):
        encode(folded, bounds=Bounds(values=1000))


def test_whatever_an_object_raises_while_it_is_read_comes_out_as_wire_error() -> None:
    class Meta(type):
        def __hash__(cls) -> int:
            raise LookupError

    class Odd(metaclass=Meta):
        pass

    with pytest.raises(WireError, match="LookupError"):
        encode([Odd()])


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, MemoryError])
def test_what_must_stop_the_process_is_not_hidden(error: type[BaseException]) -> None:
    def refer(_: object) -> dict[str, Any]:
        raise error

    with pytest.raises(error):
        encode(len, refer=refer)


def test_a_warning_on_the_way_is_no_error() -> None:
    def resolve(fields: dict[str, Any]) -> str:
        warnings.warn("on the way", stacklevel=1)
        return str(fields["id"])

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert decode(forge({"t": "ref", "v": {"id": "1"}}), resolve=resolve) == "1"


CLOCK = [1, 2, 3, 4, 0]
HOSTILE_TREES: dict[str, Any] = {
    "int: decimal": {"t": "int", "v": "123"},
    "int: underscores": {"t": "int", "v": "0x1_0"},
    "int: spaces": {"t": "int", "v": " 0x10"},
    "int: a number": {"t": "int", "v": 1},
    "int: too long": {"t": "int", "v": "0x" + "f" * 200_000},
    "float: other text": {"t": "float", "v": "1.5"},
    "float: a list": {"t": "float", "v": []},
    "complex: text": {"t": "complex", "v": ["a", 1.0]},
    "complex: three": {"t": "complex", "v": [1.0, 1.0, 1.0]},
    "decimal: words": {"t": "decimal", "v": "one"},
    "decimal: long": {"t": "decimal", "v": "1" * 10_001},
    "decimal: huge exponent": {"t": "decimal", "v": "1E+9999999"},
    "decimal: underscores": {"t": "decimal", "v": "1_0"},
    "decimal: wide digits": {"t": "decimal", "v": "\u0661"},
    "tuple: text": {"t": "tuple", "v": "abc"},
    "tuple: a tuple": {"t": "tuple", "v": {"t": "tuple", "v": []}},
    "set: lists": {"t": "set", "v": [[]]},
    "dict: lists as keys": {"t": "dict", "k": [[]], "v": [1]},
    "dict: more keys": {"t": "dict", "k": [1, 2], "v": [1]},
    "dict: more values": {"t": "dict", "k": [1], "v": [1, 2]},
    "date: day zero": {"t": "date", "day": 0},
    "date: too late": {"t": "date", "day": 10**9},
    "date: true": {"t": "date", "day": True},
    "time: hour 24": {"t": "time", "clock": [24, 0, 0, 0, 0], "zone": None},
    "time: fold 2": {"t": "time", "clock": [1, 0, 0, 0, 2], "zone": None},
    "time: four": {"t": "time", "clock": [1, 0, 0, 0], "zone": None},
    "zone: a path": {"t": "time", "clock": CLOCK, "zone": {"zone": "../../../etc/passwd"}},
    "zone: absolute": {"t": "time", "clock": CLOCK, "zone": {"zone": "/etc/localtime"}},
    "zone: dots": {"t": "time", "clock": CLOCK, "zone": {"zone": "Europe/.."}},
    "zone: a folder": {"t": "time", "clock": CLOCK, "zone": {"zone": "Europe"}},
    "zone: nothing there": {"t": "time", "clock": CLOCK, "zone": {"zone": "Europe/Nowhere"}},
    "zone: a line end": {"t": "time", "clock": CLOCK, "zone": {"zone": "UTC\n"}},
    "zone: pytz path": {"t": "time", "clock": CLOCK, "zone": {"pytz": "../UTC"}},
    "zone: a day ahead": {"t": "time", "clock": CLOCK, "zone": {"ahead": 86_400_000_000}},
    "zone: text": {"t": "time", "clock": CLOCK, "zone": "UTC"},
    "timedelta: too long": {"t": "timedelta", "v": [999_999_999, 999_999_999, 0]},
    "timedelta: floats": {"t": "timedelta", "v": [1.5, 0, 0]},
}


@pytest.mark.parametrize("tree", HOSTILE_TREES.values(), ids=HOSTILE_TREES.keys())
def test_a_tree_that_encode_would_not_write_is_refused(tree: Any) -> None:
    with pytest.raises(WireError):
        decode(forge(tree))


def test_a_number_of_five_thousand_digits_is_refused() -> None:
    raw = b'{"buffers":[],"value":' + b"9" * 5000 + b"}"
    body = len(raw).to_bytes(4, "big") + raw

    with pytest.raises(WireError):
        decode(body + bytes(-len(body) % 16))


HOSTILE_BUFFERS: dict[str, tuple[dict[str, Any], list[bytes]]] = {
    "str: not UTF-8": ({"t": "str", "b": 0}, [b"\xff"]),
    "floats: half a number": ({"t": "floats", "b": 0}, [bytes(12)]),
    "texts: too long": ({"t": "texts", "lengths": 0, "b": 1}, [b"\x03\0\0\0", b"ab"]),
    "texts: too short": ({"t": "texts", "lengths": 0, "b": 1}, [b"\x01\0\0\0", b"ab"]),
    "texts: negative": ({"t": "texts", "lengths": 0, "b": 1}, [b"\xfd\xff\xff\xff", b""]),
    "texts: cut letter": ({"t": "texts", "lengths": 0, "b": 1}, [b"\x01\0\0\0\x01\0\0\0", "é".encode()]),
    "texts: half a length": ({"t": "texts", "lengths": 0, "b": 1}, [b"\x01\0", b"a"]),
    "texts: one buffer twice": ({"t": "texts", "lengths": 0, "b": 0}, [bytes(4)]),
}


@pytest.mark.parametrize(("tree", "buffers"), HOSTILE_BUFFERS.values(), ids=HOSTILE_BUFFERS.keys())
def test_a_buffer_that_encode_would_not_write_is_refused(tree: Any, buffers: list[bytes]) -> None:
    with pytest.raises(WireError):
        decode(forge(tree, *buffers))


@pytest.mark.parametrize(
    "wrap", [lambda keys: {"t": "set", "v": keys}, lambda keys: {"t": "dict", "k": keys, "v": keys}]
)
def test_keys_that_share_a_hash_are_refused_before_they_take_quadratic_time(wrap: Callable[[Any], Any]) -> None:
    step = sys.hash_info.modulus
    keys = [{"t": "int", "v": hex(step * number)} for number in range(1, 50_000)]

    with pytest.raises(WireError, match="too many keys share a hash"):
        decode(forge(wrap(keys)))


@pytest.mark.parametrize("seed", range(20))
def test_fifty_thousand_broken_bodies_raise_wire_error_or_decode(seed: int) -> None:
    refused, decoded = decode_all(seed, 50_000)

    assert refused > decoded > 0


def test_broken_bodies_do_not_make_the_process_grow() -> None:
    script = """
import resource
from tests.bodies import decode_all
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
decode_all(100, 2_000)
before = peak()
decode_all(101, 40_000)
print(peak() - before)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=250)

    assert int(ran.stdout) < 64_000


def test_nothing_but_the_standard_library_is_imported_for_plain_values() -> None:
    script = """
import sys
from grader.inside.values import decode, encode
decode(encode([1, "a", {"b": 2.5}]))
print([name for name in ("numpy", "pandas", "scipy", "torch", "pytz") if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)

    assert ran.stdout == "[]\n"
