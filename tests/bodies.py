"""What the tests of the wire share: one value of every kind, forged and mutated bodies, and what "the same" means."""

import copy
import importlib
import io
import json
import random
import struct
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import scipy.sparse

from grader.inside.values import decode, encode
from grader.inside.wire import WireError

# mypy would follow torch's sources for a minute.
torch: Any = importlib.import_module("torch")

EVIL_LEAVES: tuple[Any, ...] = (
    -1,
    0,
    1,
    7,
    2**31,
    2**63 - 1,
    -(2**63),
    2**64,
    10**30,
    1.5,
    1e308,
    None,
    True,
    "",
    "a",
    "<U4",
    "|O",
    "<f8",
    "M8[ns]",
    "ref",
    "frame",
    "\ud800",
    "../../etc/passwd",
    "9" * 40,
    [],
    [0],
    [[]],
    {},
    {"t": "tuple", "v": []},
    {"t": "pd.NA"},
)


def forge(tree: Any, *buffers: bytes) -> bytes:
    """A body with a sound layout around whatever tree and buffers a test wants to smuggle in."""
    document = {"buffers": [len(buffer) for buffer in buffers], "value": tree}
    raw = json.dumps(document).encode()
    parts = [struct.pack(">I", len(raw)) + raw, *buffers]
    return b"".join(part + bytes(-len(part) % 16) for part in parts)


def split(body: bytes) -> tuple[Any, list[bytes]]:
    """The tree and the buffers of a sound body, so that `forge` can put them together differently."""
    (length,) = struct.unpack_from(">I", body)
    document, start = json.loads(body[4 : 4 + length]), 4 + length + -(4 + length) % 16
    source = io.BytesIO(body[start:])
    return document["value"], [source.read(size + -size % 16)[:size] for size in document["buffers"]]


def samples() -> list[Any]:
    """About sixty small values, at least one of every kind that crosses."""
    return [*_plain_samples(), *_array_samples(), *_index_samples(), *_table_samples()]


def _plain_samples() -> list[Any]:
    return [
        [None, True, 1, -(2**70), 1.5, -0.0, float("nan"), float("inf"), 1 - 2j, "é", b"\0\xff"],
        {"a": (1, [2]), (1, "k"): {3, 4}, None: frozenset({"x"})},
        ["long" * 100, "\ud83d", "\ud83d" + "\ude00"],
        [float(number) for number in range(20)],
        list(range(-10, 10)),
        ["text", "", "\U0001f600", None, float("nan")] * 5,
        [
            datetime(2024, 2, 29, 1, 2, 3, 4, tzinfo=UTC),
            datetime(2024, 10, 27, 2, tzinfo=ZoneInfo("Europe/Paris"), fold=1),
        ],
        [
            datetime(1, 1, 1),  # noqa: DTZ001 - a naive datetime is a value too
            date(9999, 12, 31),
            time(23, 59, tzinfo=timezone(timedelta(hours=-3))),
            timedelta(-1, 2, 3),
        ],
        [Decimal("-1.50"), Decimal("1E+5"), Decimal("NaN"), Decimal("-Infinity")],
    ]


def _array_samples() -> list[Any]:
    objects = np.empty((2, 2), dtype=object)
    objects[:] = [["a", 1], [[1, 2], None]]
    return [
        np.arange(6, dtype="<i4").reshape(2, 3),
        np.array(1.5),
        np.zeros((0, 3)),
        np.array([1, 2], dtype=">u2"),
        np.array([True, False]),
        np.array(["a", "\U0001f600"]),
        np.array([b"ab", b"c"]),
        np.array(["2024-01-01", "NaT"], dtype="M8[D]"),
        np.array([1, 2], dtype="m8[25s]"),
        np.array([1j, 2], dtype="c8"),
        objects,
        np.array(["x", None, "y"] * 9, dtype=object),
        [np.float32(1.5), np.int8(-1), np.True_, np.str_("s"), np.bytes_(b"b"), np.datetime64("2024-01-01", "s")],
        [np.float64(number) for number in range(20)],
        scipy.sparse.csr_matrix(np.eye(3)),
        scipy.sparse.csc_array(np.eye(3, 2)),
        scipy.sparse.coo_array(np.eye(2, dtype="i4")),
        torch.arange(4.0).reshape(2, 2),
        torch.tensor([True, False]),
    ]


def _index_samples() -> list[Any]:
    days = pd.date_range("2024-01-01", periods=3, freq="D")
    return [
        pd.RangeIndex(1, 9, 2, name="r"),
        pd.Index([1, 2, 2], name=("a", 1)),
        pd.Index(["a", None, 3], dtype=object),
        days,
        days.tz_localize("Europe/Paris"),
        pd.timedelta_range("1D", periods=3),
        pd.period_range("2024-01", periods=2, freq="Q"),
        pd.interval_range(0, 3, closed="both"),
        pd.CategoricalIndex(["a", "b", None], ordered=True),
        pd.MultiIndex.from_product([[1, 2], ["a", "b"]], names=["n", None]),
    ]


def _table_samples() -> list[Any]:
    days = pd.date_range("2024-01-01", periods=3, tz="UTC")
    mixed = pd.DataFrame({"n": [1.5, np.nan, 2.0], "o": ["a", None, 3], "t": days})
    return [
        mixed,
        pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"], index=["x", "x"]),
        pd.DataFrame(index=[1, 2]),
        pd.DataFrame({"c": pd.Categorical([2, 1, None], ordered=True), "i": pd.array([1, None, 3], "Int16")}),
        pd.DataFrame({"s": pd.array(["a", None], "string"), "b": pd.array([True, None])}),
        pd.DataFrame({"f": pd.array([1.5, None], "Float32"), "p": pd.period_range("2024", periods=2, freq="W-SUN")}),
        pd.Series(pd.arrays.IntervalArray.from_breaks([0.0, 1.0, 2.0]), name="v"),
        pd.Series([1, 2], index=pd.Index(["a", "b"], name="k"), dtype="u1"),
        pd.array(["a", None], dtype=pd.StringDtype("python", na_value=np.nan)),
        [pd.Timestamp("2024-01-01", tz="Europe/Paris"), pd.Timestamp("2024-01-01").as_unit("s"), pd.Timedelta("1D")],
        [pd.NaT, pd.NA, pd.Interval(0, 1, closed="left"), pd.Period("2024-01", freq="2M")],
    ]


def same(left: Any, right: Any) -> bool:
    """Whether two values are of the same type and dtype and equal, nan to nan and -0.0 to -0.0 only."""
    if type(left) is not type(right):
        return False
    if isinstance(left, pd.DataFrame | pd.Series | pd.Index | pd.api.extensions.ExtensionArray):
        return _same_pandas(left, right)
    if isinstance(left, np.ndarray | torch.Tensor) or scipy.sparse.issparse(left):
        return bool(left.dtype == right.dtype) and left.shape == right.shape and _same_members(left, right)
    return _same_plain(left, right)


def _same_members(left: Any, right: Any) -> bool:
    if isinstance(left, torch.Tensor):
        return same(left.detach().numpy(), right.numpy())
    if scipy.sparse.issparse(left):
        return bool((left != right).nnz == 0)
    if left.dtype.kind == "O":
        return same(left.ravel().tolist(), right.ravel().tolist())
    return bool(left.tobytes() == right.tobytes())


def _same_plain(left: Any, right: Any) -> bool:
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return same(list(left), list(right)) and same(list(left.values()), list(right.values()))
    if isinstance(left, complex):
        return same([left.real, left.imag], [right.real, right.imag])
    if isinstance(left, float | Decimal | np.generic) or left is pd.NA or left is pd.NaT:
        return repr(left) == repr(right)
    if isinstance(left, datetime | time):
        return bool(left == right) and left.fold == right.fold and str(left.tzinfo) == str(right.tzinfo)
    return bool(left == right)


def _same_pandas(left: Any, right: Any) -> bool:
    kinds = {pd.DataFrame: "frame", pd.Series: "series", pd.Index: "index"}
    name = next((name for kind, name in kinds.items() if isinstance(left, kind)), "extension_array")
    options: dict[str, Any] = (
        {} if name == "extension_array" else {"exact": True} if name == "index" else {"check_index_type": True}
    )
    try:
        getattr(pd.testing, f"assert_{name}_equal")(left, right, **options)
    except AssertionError:
        return False
    return bool(getattr(left, "freq", None) == getattr(right, "freq", None))


def mutations(seed: int, count: int) -> Iterator[bytearray]:
    """Sound bodies, each broken in one of six ways; the same ones for the same seed."""
    dice = random.Random(seed)
    bodies = [encode(value) for value in samples()]
    parts = [split(body) for body in bodies]
    leaves = [leaf for tree, _ in parts for leaf in _nodes(tree)]
    for _ in range(count):
        if dice.random() < 0.5:
            tree, buffers = dice.choice(parts)
            yield bytearray(_mutate_tree(dice, tree, buffers, leaves))
        else:
            yield _mutate_bytes(dice, dice.choice(bodies), dice.choice(bodies))


def _nodes(tree: Any) -> Iterator[Any]:
    yield tree
    members = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    for member in members:
        yield from _nodes(member)


def _mutate_tree(dice: random.Random, tree: Any, buffers: list[bytes], leaves: list[Any]) -> bytes:
    """A body whose layout is sound and one node of whose tree, or one of whose buffers, is not what it was."""
    action = dice.random()
    if buffers and action < 0.2:
        place = dice.randrange(len(buffers))
        longer = bytes(_mutate_bytes(dice, buffers[place] or b"\0", dice.choice(buffers)))
        return forge(tree, *buffers[:place], longer, *buffers[place + 1 :])
    holder = {"root": copy.deepcopy(tree)}
    targets = [node for node in _nodes(holder) if isinstance(node, dict | list) and node]
    target = dice.choice(targets)
    key = dice.choice(list(target)) if isinstance(target, dict) else dice.randrange(len(target))
    target[key] = dice.choice(EVIL_LEAVES) if action < 0.7 else dice.choice(leaves)
    return forge(holder["root"], *buffers)


def _mutate_bytes(dice: random.Random, body: bytes, other: bytes) -> bytearray:
    broken = bytearray(body)
    start = dice.randrange(len(broken))
    length = min(len(broken) - start, 1 << dice.randrange(6))
    action = dice.randrange(4)
    if action == 0:
        broken[start] ^= 1 << dice.randrange(8)
    elif action == 1:
        del broken[start : start + length]
    elif action == 2:
        broken[start : start + length] = dice.randbytes(length)
    else:
        broken[start : start + length] = other[start : start + length]
    return broken


def decode_all(seed: int, count: int) -> tuple[int, int]:
    """How many of so many mutations were refused and how many decoded; anything but WireError comes out."""
    refused = 0
    for body in mutations(seed, count):
        try:
            decode(body, resolve=lambda fields: fields)
        except WireError:
            refused += 1
    return refused, count - refused
