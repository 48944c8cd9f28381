"""pandas over the wire: every dtype and index, and what a hostile table may not claim."""

import datetime as dt
import zoneinfo
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import pandas as hpd

from grader.inside.values import Bounds, decode, encode
from grader.inside.wire import WireError
from tests.bodies import forge, same

NAMES = st.none() | st.text(max_size=3) | st.integers() | st.tuples(st.integers(), st.text(max_size=3)) | st.dates()
CELLS = (
    st.none() | st.integers() | st.text(max_size=5) | st.just(np.nan) | st.dates() | st.lists(st.integers(), max_size=2)
)
NUMPY_DTYPES = ("bool", "i1", "i8", "u2", "u8", "f4", "f8", "c16", "M8[ns]", "m8[ns]", "M8[s]")
NULLABLE = ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64", "Float32", "Float64", "boolean")
DAYS = pd.date_range("2024-01-01", periods=3)
COLUMNS: dict[str, Any] = {
    **{dtype: np.array([0, 1, 1]).astype(dtype) for dtype in NUMPY_DTYPES},
    **{dtype: pd.array([0, None, 1], dtype=dtype) for dtype in NULLABLE},
    "objects": np.array(["a", None, 1.5], dtype=object),
    "text": np.array(["a", None, "b"], dtype=object),
    "nested": pd.Series([[1], {"a": 1}, (1, 2)]),
    "category": pd.Categorical(["b", None, "a"], categories=["b", "a", "c"]),
    "ordered": pd.Categorical([2.5, 1.5, None], ordered=True),
    "category of days": pd.Categorical(DAYS),
    "category of intervals": pd.Categorical(pd.interval_range(0, 3)),
    "pytz": DAYS.tz_localize("Europe/Paris"),
    "zoneinfo": DAYS.tz_localize(zoneinfo.ZoneInfo("Asia/Tokyo")),
    "utc": DAYS.tz_localize("UTC").as_unit("ms"),
    "fixed": DAYS.tz_localize(dt.timezone(dt.timedelta(hours=-3, minutes=-30))),
    "string": pd.array(["a", None, "\ud800"], dtype="string"),
    "str": pd.array(["a", None, "c"], dtype=pd.StringDtype("python", na_value=np.nan)),
    "interval": pd.interval_range(0, 3, closed="neither"),
    "interval of days": pd.IntervalIndex.from_breaks(pd.date_range("2024", periods=4, tz="UTC")),
    "interval with gaps": pd.arrays.IntervalArray.from_tuples([(0.5, 1.5), None, (2.0, 2.5)]),
    "months": pd.period_range("2024-01", periods=3, freq="M"),
    "quarters": pd.PeriodIndex(["2024Q1", "NaT", "2024Q3"], freq="Q-MAR"),
    "hours": pd.period_range("2024-01-01", periods=3, freq="2h"),
}
FREQUENCIES = ("D", "h", "90min", "B", "2W-MON", "ME", "QE-MAR", "YS", "-1D")


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS.keys())
def test_a_column_comes_back_with_its_dtype_wherever_it_stands(column: Any) -> None:
    series = pd.Series(column, name="c")

    for value in (series, series.iloc[:0], series.to_frame(), pd.DataFrame({"a": [1, 2, 3], "c": series})):
        assert same(decode(encode(value)), value)


@pytest.mark.parametrize(
    "column", [column for name, column in COLUMNS.items() if name != "nested"], ids=lambda column: str(column.dtype)
)
def test_an_index_comes_back_with_its_dtype(column: Any) -> None:
    index = pd.Index(column, name=("a", 1))

    assert same(decode(encode(index)), index)
    assert same(decode(encode(pd.Series([1, 2, 3], index=index))), pd.Series([1, 2, 3], index=index))


@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_an_index_of_moments_keeps_its_frequency(frequency: str) -> None:
    index = pd.date_range("2024-01-01", periods=5, freq=frequency)

    assert decode(encode(index)).freq == index.freq
    assert decode(encode(index[[0, 1, 4]])).freq is None


def test_a_frequency_whose_name_does_not_say_all_of_it_is_left_out() -> None:
    index = pd.date_range("2024-01-01", periods=3, freq=pd.offsets.CustomBusinessDay(holidays=["2024-01-02"]))

    assert decode(encode(index)).tolist() == index.tolist()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    hpd.data_frames(
        [
            hpd.column("o", elements=CELLS, dtype=object, fill=st.nothing()),
            hpd.column("f", dtype=float),
            hpd.column("i", dtype="i2"),
            hpd.column("b", dtype=bool),
        ],
        index=hpd.range_indexes(max_size=30),
    )
)
def test_a_table_comes_back(frame: Any) -> None:
    assert same(decode(encode(frame)), frame)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(NAMES, max_size=4), st.lists(NAMES, max_size=4), NAMES)
def test_any_names_come_back_and_may_be_there_twice(columns: list[Any], rows: list[Any], name: Any) -> None:
    labels = pd.Index([*columns, *columns[:1]], dtype=object, name=name, tupleize_cols=False)
    index = pd.Index([*rows, *rows[:1]], dtype=object, tupleize_cols=False)
    frame = pd.DataFrame(np.ones((len(index), len(labels))), index=index, columns=labels)

    assert same(decode(encode(frame)), frame)


@pytest.mark.parametrize(
    "index",
    [
        pd.RangeIndex(0),
        pd.RangeIndex(9, -9, -4, name="r"),
        pd.MultiIndex.from_product([["a", "b"], DAYS, [1.5]], names=["x", None, ("y", 1)]),
        pd.MultiIndex.from_arrays([["a", None], pd.Categorical([1, 2])]),
        pd.MultiIndex.from_arrays([[], []]),
        pd.timedelta_range("1h", periods=3, freq="30min"),
    ],
    ids=str,
)
def test_other_indexes_come_back_as_rows_and_as_columns(index: Any) -> None:
    frame = pd.DataFrame(np.ones((len(index), 2)), index=index)

    for value in (index, frame, frame.T):
        assert same(decode(encode(value)), value)


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame(index=[1, 2]), pd.DataFrame(columns=["a", 1])])
def test_an_empty_table_comes_back(frame: Any) -> None:
    assert same(decode(encode(frame)), frame)


SCALARS = [
    *(
        pd.NaT,
        pd.NA,
        pd.Timedelta("1D2h"),
        pd.Timedelta("1D").as_unit("s"),
        pd.Timestamp("2024-01-01 01:02:03.000000004"),
    ),
    *(pd.Timestamp("2024-10-27 02:30").tz_localize("Europe/Paris", ambiguous=first) for first in (True, False)),
    *(pd.Timestamp("2024-01-01", tz=dt.UTC).as_unit("ms"), pd.Timestamp("2024", tz=zoneinfo.ZoneInfo("Asia/Tokyo"))),
    *(
        pd.Interval(0, 1.5, closed="both"),
        pd.Interval(DAYS[0], DAYS[1]),
        pd.Period("2024-01", freq="3M"),
        pd.Period("2024", freq="Y-JUN"),
    ),
]


@pytest.mark.parametrize("scalar", SCALARS, ids=repr)
def test_a_scalar_comes_back(scalar: Any) -> None:
    assert same(decode(encode({"a": [scalar]})), {"a": [scalar]})
    assert getattr(decode(encode(scalar)), "unit", None) == getattr(scalar, "unit", None)


class LoudFrame(pd.DataFrame):  # type: ignore[misc]
    @property
    def _constructor(self) -> Any:
        raise OSError

    @property
    def iloc(self) -> Any:
        raise OSError


def test_a_subclass_of_a_table_comes_back_as_a_table() -> None:
    assert same(decode(encode(LoudFrame({"a": [1, 2]}))), pd.DataFrame({"a": [1, 2]}))


@pytest.mark.parametrize("wrap", [pd.Series, pd.Index, lambda column: pd.DataFrame({"a": [1], "b": column})])
def test_a_table_with_a_column_that_is_no_data_is_a_reference(wrap: Any) -> None:
    sparse = wrap(pd.arrays.SparseArray([1.0]))

    assert decode(encode(sparse, refer=lambda _: {"id": "1"}), resolve=dict) == {"id": "1"}


def test_a_million_rows_of_text_and_numbers_come_back() -> None:
    frame = pd.DataFrame({"text": [f"row {row}" for row in range(1_000_000)], "number": np.arange(1_000_000.0)})

    assert same(decode(bytearray(encode(frame))), frame)


def test_a_decoded_table_is_one_block_a_dtype_and_takes_new_columns() -> None:
    frame = decode(encode(pd.DataFrame(np.ones((2, 150)))))

    frame["new"] = 1  # pandas warns of a table in many blocks, and here warnings are errors.

    assert frame.shape == (2, 151)


def array(dtype: str, values: Any, buffer: int) -> tuple[dict[str, Any], bytes]:
    made = np.array(values, dtype)
    return {"t": "array", "dtype": dtype, "shape": list(made.shape), "b": buffer}, made.tobytes()


INTS, INTS_RAW = array("<i8", [1, 2], 0)
CODES, CODES_RAW = array("|i1", [0, 1], 0)
MASK, MASK_RAW = array("|b1", [False, True], 1)
RANGE = {"t": "range", "v": [0, 2, 1], "name": None}
ONE = {"t": "range", "v": [0, 1, 1], "name": None}
LABELS = {"t": "index", "v": {"t": "objects", "shape": [2], "v": ["a", "b"]}, "name": None, "freq": None}
STAMPS = {**INTS, "dtype": "<M8[ns]"}


def labels(*members: Any) -> dict[str, Any]:
    return {**LABELS, "v": {"t": "objects", "shape": [len(members)], "v": list(members)}}


HOSTILE: dict[str, tuple[Any, list[bytes]]] = {
    "range: too long": ({"t": "range", "v": [0, 2**40, 1], "name": None}, []),
    "range: longer than len": ({"t": "range", "v": [-(2**63), 2**63 - 1, 1], "name": None}, []),
    "range: no step": ({"t": "range", "v": [0, 2, 0], "name": None}, []),
    "range: floats": ({"t": "range", "v": [0, 2.0, 1], "name": None}, []),
    "range: a list as name": ({"t": "range", "v": [0, 2, 1], "name": []}, []),
    "series: longer than its index": ({"t": "series", "v": INTS, "index": ONE, "name": None}, [INTS_RAW]),
    "series: index is a column": (
        {"t": "series", "v": {"t": "objects", "shape": [0], "v": []}, "index": INTS, "name": None},
        [INTS_RAW],
    ),
    "series: a list": ({"t": "series", "v": [1, 2], "index": RANGE, "name": None}, []),
    "series: a dict as name": (
        {"t": "series", "v": INTS, "index": RANGE, "name": {"t": "dict", "k": [], "v": []}},
        [INTS_RAW],
    ),
    "series: fixed text": ({"t": "series", "v": {**CODES, "dtype": "|S1"}, "index": RANGE, "name": None}, [CODES_RAW]),
    "series: two dimensions": (
        {"t": "series", "v": {**INTS, "shape": [2, 1]}, "index": RANGE, "name": None},
        [INTS_RAW],
    ),
    "frame: uneven columns": ({"t": "frame", "v": [INTS], "index": ONE, "columns": ONE}, [INTS_RAW]),
    "frame: too many names": ({"t": "frame", "v": [INTS], "index": RANGE, "columns": RANGE}, [INTS_RAW]),
    "frame: a short column": (
        {"t": "frame", "v": [{**INTS, "shape": [1]}], "index": RANGE, "columns": ONE},
        [bytes(8)],
    ),
    "frame: a short text column": (
        {
            "t": "frame",
            "v": [{"t": "strings", "v": ["a"], "storage": "python", "nan": False}],
            "index": RANGE,
            "columns": ONE,
        },
        [],
    ),
    "frame: fewer names": ({"t": "frame", "v": [], "index": RANGE, "columns": ONE}, []),
    "frame: no index": ({"t": "frame", "v": [INTS], "index": None, "columns": ONE}, [INTS_RAW]),
    "frame: empty and huge": (
        {"t": "frame", "v": [], "index": {"t": "range", "v": [0, 10**9, 1], "name": None}, "columns": labels()},
        [],
    ),
    "frame: columns are a dict": ({"t": "frame", "v": {}, "index": RANGE, "columns": labels()}, []),
    "index: frequency not its own": ({"t": "index", "v": STAMPS, "name": None, "freq": "D"}, [INTS_RAW]),
    "index: frequency that is code": (
        {"t": "index", "v": STAMPS, "name": None, "freq": "__import__('os')"},
        [INTS_RAW],
    ),
    "index: frequency of numbers": ({"t": "index", "v": INTS, "name": None, "freq": "D"}, [INTS_RAW]),
    "index: years": ({"t": "index", "v": {**STAMPS, "dtype": "<M8[Y]"}, "name": None, "freq": 1}, [INTS_RAW]),
    "multi: code beyond its level": (
        {"t": "multi", "levels": [labels("a")], "codes": [CODES], "names": [None]},
        [CODES_RAW],
    ),
    "multi: level twice": (
        {"t": "multi", "levels": [labels("a", "a")], "codes": [CODES], "names": [None]},
        [CODES_RAW],
    ),
    "multi: fewer codes": (
        {"t": "multi", "levels": [labels("a"), labels("b")], "codes": [CODES], "names": [None]},
        [CODES_RAW],
    ),
    "multi: more names": ({"t": "multi", "levels": [LABELS], "codes": [CODES], "names": [None, None]}, [CODES_RAW]),
    "category: code beyond": (
        {"t": "categorical", "codes": CODES, "categories": labels("a"), "ordered": False},
        [CODES_RAW],
    ),
    "category: code below": ({"t": "categorical", "codes": CODES, "categories": LABELS, "ordered": False}, [b"\0\xfe"]),
    "category: twice": (
        {"t": "categorical", "codes": CODES, "categories": labels("a", "a"), "ordered": False},
        [CODES_RAW],
    ),
    "category: missing": (
        {"t": "categorical", "codes": CODES, "categories": labels("a", None), "ordered": False},
        [CODES_RAW],
    ),
    "category: a list": (
        {"t": "categorical", "codes": CODES, "categories": labels("a", []), "ordered": False},
        [CODES_RAW],
    ),
    "category: ordered by one": ({"t": "categorical", "codes": CODES, "categories": LABELS, "ordered": 1}, [CODES_RAW]),
    "masked: short mask": ({"t": "masked", "v": INTS, "mask": {**MASK, "shape": [1]}}, [INTS_RAW, b"\0"]),
    "masked: mask of ints": ({"t": "masked", "v": INTS, "mask": {**MASK, "dtype": "|i1"}}, [INTS_RAW, MASK_RAW]),
    "masked: moments": ({"t": "masked", "v": STAMPS, "mask": MASK}, [INTS_RAW, MASK_RAW]),
    "zoned: no zone": ({"t": "zoned", "v": STAMPS, "zone": None}, [INTS_RAW]),
    "zoned: path": ({"t": "zoned", "v": STAMPS, "zone": {"zone": "../UTC"}}, [INTS_RAW]),
    "zoned: local files": ({"t": "zoned", "v": STAMPS, "zone": {"zone": "dateutil//etc/passwd"}}, [INTS_RAW]),
    "zoned: years": ({"t": "zoned", "v": {**STAMPS, "dtype": "<M8[Y]"}, "zone": {"zone": "UTC"}}, [INTS_RAW]),
    "zoned: too late": (
        {"t": "zoned", "v": {**STAMPS, "dtype": "<M8[s]"}, "zone": {"zone": "Asia/Tokyo"}},
        [(1).to_bytes(8, "little") + (2**62).to_bytes(8, "little")],
    ),
    "zoned: ints": ({"t": "zoned", "v": INTS, "zone": {"zone": "UTC"}}, [INTS_RAW]),
    "strings: a number": ({"t": "strings", "v": ["a", 1], "storage": "python", "nan": False}, []),
    "strings: storage": ({"t": "strings", "v": ["a"], "storage": "disk", "nan": False}, []),
    "intervals: closed": ({"t": "intervals", "left": RANGE, "right": RANGE, "closed": "ajar"}, []),
    "intervals: backwards": (
        {"t": "intervals", "left": {**RANGE, "v": [5, 7, 1]}, "right": RANGE, "closed": "left"},
        [],
    ),
    "intervals: uneven": ({"t": "intervals", "left": RANGE, "right": ONE, "closed": "left"}, []),
    "intervals: text": ({"t": "intervals", "left": LABELS, "right": LABELS, "closed": "left"}, []),
    "periods: frequency": ({"t": "periods", "v": INTS, "freq": "C"}, [INTS_RAW]),
    "periods: a long step": ({"t": "periods", "v": INTS, "freq": "99999D"}, [INTS_RAW]),
    "periods: month": ({"t": "periods", "v": INTS, "freq": "Q-ABC"}, [INTS_RAW]),
    "periods: moments": ({"t": "periods", "v": STAMPS, "freq": "M"}, [INTS_RAW]),
    "period: too large": ({"t": "pd.period", "v": 2**63, "freq": "D"}, []),
    "timestamp: unit": ({"t": "pd.timestamp", "v": 0, "unit": "Y", "zone": None}, []),
    "timestamp: too late": ({"t": "pd.timestamp", "v": 2**62, "unit": "s", "zone": {"zone": "Asia/Tokyo"}}, []),
    "timestamp: too late for any zone": ({"t": "pd.timestamp", "v": 2**62, "unit": "s", "zone": None}, []),
    "timestamp: a float": ({"t": "pd.timestamp", "v": 0.5, "unit": "s", "zone": None}, []),
    "timedelta: unit": ({"t": "pd.timedelta", "v": 0, "unit": "M"}, []),
    "interval: backwards": ({"t": "pd.interval", "left": 2, "right": 1, "closed": "left"}, []),
    "interval: text": ({"t": "pd.interval", "left": "a", "right": "b", "closed": "left"}, []),
}


@pytest.mark.parametrize(("tree", "buffers"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_table_that_encode_would_not_write_is_refused(tree: Any, buffers: list[bytes]) -> None:
    with pytest.raises(WireError):
        decode(forge(tree, *buffers))


def test_a_range_that_is_too_long_is_refused_where_it_is_made() -> None:
    with pytest.raises(WireError, match="more than 10 rows"):
        encode(pd.RangeIndex(11), bounds=Bounds(rows=10))


def test_proving_a_frequency_never_takes_long() -> None:
    index = pd.date_range("1700-01-01", periods=150_000, freq="D")
    tree = {"t": "index", "v": array("<M8[ns]", index.to_numpy(), 0)[0], "name": None, "freq": "B"}

    assert decode(encode(index)).freq is None
    with pytest.raises(WireError, match="not a frequency"):
        decode(forge(tree, index.to_numpy().tobytes()))
