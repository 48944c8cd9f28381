"""pandas tables, series, indexes, columns and scalars as trees, column by column; the one place that knows pandas.

A column is a one-dimensional NumPy array or one of pandas' own arrays, and it crosses under its own tag wherever it
stands. A table with a column of any other dtype (sparse, Arrow) is not data, and crosses as a reference.
"""

import re
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from grader.inside import arrays
from grader.inside.document import Opener, Tree, Writer, items, load, refuse, text, truth, whole, whole_number
from grader.inside.times import decode_zone, encode_zone

Encoder = Callable[[Writer, Any], Tree]

_INT64 = 1 << 63
_UNITS = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
# From the second day of year 1 to the last of 9999. Beyond them pandas loses the error of its own zone conversion: it
# is printed as "ignored", the moment is wrong, and in the judge pytest makes a warning of it.
_FIRST_SECOND, _LAST_SECOND = -62_135_510_400, 253_402_214_400
_COLUMN_KINDS = "biufcmMO"
_CLOSED = ("left", "right", "both", "neither")
_STORAGES = ("python", "pyarrow")
_PERIOD_FREQUENCY = re.compile(r"([1-9][0-9]{0,3})?([YQ]-[A-Z]{3}|W-[A-Z]{3}|[MBDh]|min|s|ms|us|ns)")
_FREQUENCY = re.compile(r"-?([1-9][0-9]{0,8})?[A-Za-z]{1,4}(-[A-Z]{3})?")
# pandas proves a frequency by making every date again, in Python: a learner's long index would stop the judge.
_FREQUENCY_ROWS = 100_000


def find_encoder(value: object) -> Encoder | None:
    """The encoder for what pandas calls data, if pandas is loaded; else None."""
    pandas: Any = sys.modules.get("pandas")
    if pandas is None:
        return None
    if value is pandas.NaT or value is pandas.NA:
        return _encode_missing
    kinds = _container_encoders(pandas) | _scalar_encoders(pandas)
    found = (encoder for kind, encoder in kinds.items() if issubclass(type(value), kind))
    encoder = next(found, None)
    return encoder if encoder is not None and _is_data(pandas, value) else None


def _container_encoders(pandas: Any) -> dict[type, Encoder]:
    return {
        pandas.DataFrame: _encode_frame,
        pandas.Series: _encode_series,
        pandas.RangeIndex: _encode_range,
        pandas.MultiIndex: _encode_multi,
        pandas.Index: _encode_index,
        pandas.api.extensions.ExtensionArray: _encode_column,
    }


def _scalar_encoders(pandas: Any) -> dict[type, Encoder]:
    return {
        pandas.Timestamp: _encode_timestamp,
        pandas.Timedelta: _encode_timedelta,
        pandas.Interval: _encode_interval,
        pandas.Period: _encode_period,
    }


def _is_data(pandas: Any, value: Any) -> bool:
    if issubclass(type(value), pandas.DataFrame):
        return _is_data(pandas, value.index) and all(_is_column_dtype(pandas, dtype) for dtype in value.dtypes)
    if issubclass(type(value), pandas.Series):
        return _is_data(pandas, value.index) and _is_column_dtype(pandas, value.dtype)
    if issubclass(type(value), pandas.MultiIndex):
        return all(_is_data(pandas, level) for level in value.levels)
    if issubclass(type(value), pandas.Index | pandas.api.extensions.ExtensionArray):
        return _is_column_dtype(pandas, _dtype(pandas, value))
    return True


def _dtype(pandas: Any, column: Any) -> Any:
    # pandas wraps NumPy's arrays in an array of its own, with a dtype of its own.
    return column.dtype.numpy_dtype if type(column) is pandas.arrays.NumpyExtensionArray else column.dtype


def _is_column_dtype(pandas: Any, dtype: Any) -> bool:
    if issubclass(type(dtype), load("numpy").dtype):
        return dtype.kind == "O" or (dtype.kind in _COLUMN_KINDS and arrays.is_plain_dtype(dtype))
    return any(issubclass(type(dtype), kind) for kind in _column_encoders(pandas))


def _column_encoders(pandas: Any) -> dict[type, Encoder]:
    masked = ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64", "Float32", "Float64", "Boolean")
    return {getattr(pandas, f"{name}Dtype"): _encode_masked for name in masked} | {
        pandas.CategoricalDtype: _encode_categorical,
        pandas.DatetimeTZDtype: _encode_zoned,
        pandas.StringDtype: _encode_strings,
        pandas.IntervalDtype: _encode_intervals,
        pandas.PeriodDtype: _encode_periods,
    }


def _encode_frame(writer: Writer, value: Any) -> Tree:
    pandas = load("pandas")
    # A subclass answers with its own methods; the plain table over the same memory does not.
    frame = value if type(value) is pandas.DataFrame else pandas.DataFrame(value)
    with writer.level():
        columns = [_encode_column(writer, frame.iloc[:, place].array) for place in range(len(frame.columns))]
        return {"t": "frame", "v": columns, "index": writer.value(frame.index), "columns": writer.value(frame.columns)}


def _decode_frame(opener: Opener, tree: dict[str, Tree]) -> Any:
    pandas = load("pandas")
    index, columns = _take_index(opener, tree, "index"), _take_index(opener, tree, "columns")
    series = [_make_series(index, _take_column(opener, column)) for column in items(tree, "v")]
    frame = pandas.DataFrame(dict(enumerate(series)), index=index)
    frame.columns = columns
    return frame


def _encode_series(writer: Writer, value: Any) -> Tree:
    pandas = load("pandas")
    series = value if type(value) is pandas.Series else pandas.Series(value)
    with writer.level():
        fields = {"index": writer.value(series.index), "name": writer.value(series.name)}
        return {"t": "series", "v": _encode_column(writer, series.array)} | fields


def _decode_series(opener: Opener, tree: dict[str, Tree]) -> Any:
    series = _make_series(_take_index(opener, tree, "index"), _take_column(opener, tree.get("v")))
    series.name = opener.value(tree.get("name"))
    return series


def _make_series(index: Any, column: Any) -> Any:
    # pandas refuses a column that is longer or shorter than its index; version 3 guesses where no dtype is given.
    return load("pandas").Series(column, index=index, dtype=column.dtype, copy=False)


def _encode_range(writer: Writer, value: Any) -> Tree:
    if len(value) > writer.bounds.rows:
        refuse(f"more than {writer.bounds.rows} rows")
    return {"t": "range", "v": [value.start, value.stop, value.step], "name": writer.value(value.name)}


def _decode_range(opener: Opener, tree: dict[str, Tree]) -> Any:
    steps = range(*(whole_number(part, -_INT64, _INT64 - 1) for part in items(tree, "v")))
    # len() of a long range raises OverflowError, which is WireError too by the time it is out.
    if len(steps) > opener.bounds.rows:
        refuse(f"more than {opener.bounds.rows} rows")
    return load("pandas").RangeIndex(steps, name=opener.value(tree.get("name")))


def _encode_multi(writer: Writer, value: Any) -> Tree:
    with writer.level():
        return {
            "t": "multi",
            "levels": [writer.value(level) for level in value.levels],
            "codes": [arrays.encode_array(writer, codes) for codes in value.codes],
            "names": [writer.value(name) for name in value.names],
        }


def _decode_multi(opener: Opener, tree: dict[str, Tree]) -> Any:
    levels = [_check_index(opener.value(level)) for level in items(tree, "levels")]
    codes = [arrays.take_array(opener, part, kinds="i") for part in items(tree, "codes")]
    names = [opener.value(name) for name in items(tree, "names")]
    # This is what proves that codes lie within their levels and that levels are unique.
    return load("pandas").MultiIndex(levels, codes, names=names, verify_integrity=True)


def _encode_index(writer: Writer, value: Any) -> Tree:
    frequency = _frequency_text(value) if value.dtype.kind in "mM" else None
    fields = {"name": writer.value(value.name), "freq": frequency}
    with writer.level():
        return {"t": "index", "v": _encode_column(writer, value.array)} | fields


def _frequency_text(index: Any) -> str | None:
    """The name of an index's frequency, where the name says all of it and it can be proved cheaply."""
    name = index.freq.freqstr if index.freq is not None and len(index) <= _FREQUENCY_ROWS else ""
    is_whole = _FREQUENCY.fullmatch(name) and load("pandas.tseries.frequencies").to_offset(name) == index.freq
    return name if is_whole else None


def _decode_index(opener: Opener, tree: dict[str, Tree]) -> Any:
    column = _take_column(opener, tree.get("v"))
    index = load("pandas").Index(column, dtype=column.dtype, copy=False, name=opener.value(tree.get("name")))
    if tree.get("freq") is not None:
        _set_frequency(index, text(tree, "freq"))
    return index


def _set_frequency(index: Any, name: str) -> None:
    # Any index takes the attribute; only one of moments proves it.
    if index.dtype.kind not in "mM" or len(index) > _FREQUENCY_ROWS or not _FREQUENCY.fullmatch(name):
        refuse("not a frequency")
    index.freq = load("pandas.tseries.frequencies").to_offset(name)


def _take_index(opener: Opener, tree: dict[str, Tree], name: str) -> Any:
    return _check_index(opener.value(tree.get(name)))


def _check_index(index: Any) -> Any:
    return index if isinstance(index, load("pandas").Index) else refuse("not an index")


def _encode_column(writer: Writer, column: Any) -> Tree:
    pandas = load("pandas")
    if issubclass(type(_dtype(pandas, column)), load("numpy").dtype):
        return arrays.encode_array(writer, column.to_numpy())
    found = (encoder for kind, encoder in _column_encoders(pandas).items() if issubclass(type(column.dtype), kind))
    with writer.level():
        return next(found)(writer, column)


def _take_column(opener: Opener, tree: Tree) -> Any:
    column = opener.value(tree)
    if isinstance(column, load("pandas").api.extensions.ExtensionArray):
        return column
    # Of fixed-width text pandas would make objects, twenty times its bytes.
    if type(column) is not load("numpy").ndarray or column.ndim != 1 or column.dtype.kind not in _COLUMN_KINDS:
        refuse("not a column")
    return column


def _encode_masked(writer: Writer, column: Any) -> Tree:
    values = column.to_numpy(dtype=column.dtype.numpy_dtype, na_value=0)
    fields = {"mask": arrays.encode_array(writer, column.isna())}
    return {"t": "masked", "v": arrays.encode_array(writer, values)} | fields


def _decode_masked(opener: Opener, tree: dict[str, Tree]) -> Any:
    pandas = load("pandas")
    values = arrays.take_array(opener, tree.get("v"), kinds="biuf")
    mask = arrays.take_array(opener, tree.get("mask"), kinds="b")
    names = {"b": "BooleanArray", "f": "FloatingArray"}
    return getattr(pandas.arrays, names.get(values.dtype.kind, "IntegerArray"))(values, mask)


def _encode_categorical(writer: Writer, column: Any) -> Tree:
    fields = {"categories": writer.value(column.categories), "ordered": bool(column.ordered)}
    return {"t": "categorical", "codes": arrays.encode_array(writer, column.codes)} | fields


def _decode_categorical(opener: Opener, tree: dict[str, Tree]) -> Any:
    pandas = load("pandas")
    codes = arrays.take_array(opener, tree.get("codes"), kinds="i")
    dtype = pandas.CategoricalDtype(_take_index(opener, tree, "categories"), truth(tree, "ordered"))
    # This is what proves that codes lie within the categories; the dtype has proved that those are unique.
    return pandas.Categorical.from_codes(codes, dtype=dtype, validate=True)


def _encode_zoned(writer: Writer, column: Any) -> Tree:
    utc = arrays.encode_array(writer, column.tz_convert(None).to_numpy())
    return {"t": "zoned", "v": utc, "zone": encode_zone(column.dtype.tz, None)}


def _decode_zoned(opener: Opener, tree: dict[str, Tree]) -> Any:
    utc = arrays.take_array(opener, tree.get("v"), kinds="M")
    _check_moments(utc)
    index = load("pandas").DatetimeIndex(utc, copy=False).tz_localize("UTC")
    return index.tz_convert(decode_zone(tree.get("zone")) or refuse("no time zone")).array


def _check_moments(utc: Any) -> None:
    np = load("numpy")
    unit, step = np.datetime_data(utc.dtype)
    if unit not in _UNITS or step != 1 or not utc.dtype.isnative:
        refuse("moments in an unknown unit")
    ticks = utc[~np.isnat(utc)].view(np.int64)
    if ticks.size:
        _check_years(int(ticks.min()), unit)
        _check_years(int(ticks.max()), unit)


def _check_years(ticks: int, unit: str) -> None:
    if not _FIRST_SECOND <= ticks // _UNITS[unit] <= _LAST_SECOND:
        refuse("a moment before year 1 or after year 9999")


def _encode_strings(writer: Writer, column: Any) -> Tree:
    is_nan = column.dtype.na_value is not load("pandas").NA
    texts = column.to_numpy(dtype=object, na_value=None).tolist()
    return {"t": "strings", "v": writer.value(texts), "storage": column.dtype.storage, "nan": is_nan}


def _decode_strings(opener: Opener, tree: dict[str, Tree]) -> Any:
    pandas = load("pandas")
    missing = float("nan") if truth(tree, "nan") else pandas.NA
    storage = text(tree, "storage")
    texts = opener.value(tree.get("v"))
    if type(texts) is not list or not all(member is None or type(member) is str for member in texts):
        refuse("a column of text with other values in it")
    if storage not in _STORAGES:
        refuse("text that is stored in an unknown way")
    return pandas.array(texts, dtype=pandas.StringDtype(storage, na_value=missing))


def _encode_intervals(writer: Writer, column: Any) -> Tree:
    sides = {"left": writer.value(column.left), "right": writer.value(column.right)}
    return {"t": "intervals", "closed": column.closed} | sides


def _decode_intervals(opener: Opener, tree: dict[str, Tree]) -> Any:
    left, right = _take_index(opener, tree, "left"), _take_index(opener, tree, "right")
    return load("pandas").arrays.IntervalArray.from_arrays(left, right, closed=_closed(tree))


def _closed(tree: dict[str, Tree]) -> str:
    closed = text(tree, "closed")
    return closed if closed in _CLOSED else refuse("an interval that is closed in an unknown way")


def _encode_periods(writer: Writer, column: Any) -> Tree:
    return {"t": "periods", "v": arrays.encode_array(writer, column.asi8), "freq": column.freqstr}


def _decode_periods(opener: Opener, tree: dict[str, Tree]) -> Any:
    pandas = load("pandas")
    ordinals = arrays.take_array(opener, tree.get("v"), kinds="i")
    return pandas.arrays.PeriodArray(ordinals, dtype=pandas.PeriodDtype(_period_frequency(tree)))


def _period_frequency(tree: dict[str, Tree]) -> str:
    name = text(tree, "freq")
    return name if _PERIOD_FREQUENCY.fullmatch(name) else refuse("not the frequency of a period")


def _encode_missing(_: Writer, value: Any) -> Tree:
    return {"t": "pd.NaT"} if value is load("pandas").NaT else {"t": "pd.NA"}


def _encode_timestamp(_: Writer, value: Any) -> Tree:
    ticks = value.asm8.view("i8").item()
    return {"t": "pd.timestamp", "v": ticks, "unit": value.unit, "zone": encode_zone(value.tz, value)}


def _decode_timestamp(_: Opener, tree: dict[str, Tree]) -> Any:
    ticks = _ticks("datetime64", tree)
    _check_years(int(ticks.view("i8")), text(tree, "unit"))
    moment = load("pandas").Timestamp(ticks)
    zone = decode_zone(tree.get("zone"))
    return moment if zone is None else moment.tz_localize("UTC").tz_convert(zone)


def _encode_timedelta(_: Writer, value: Any) -> Tree:
    return {"t": "pd.timedelta", "v": value.asm8.view("i8").item(), "unit": value.unit}


def _decode_timedelta(_: Opener, tree: dict[str, Tree]) -> Any:
    return load("pandas").Timedelta(_ticks("timedelta64", tree))


def _ticks(kind: str, tree: dict[str, Tree]) -> Any:
    unit = text(tree, "unit")
    if unit not in _UNITS:
        refuse("a moment in an unknown unit")
    return getattr(load("numpy"), kind)(whole(tree, "v", 1 - _INT64, _INT64 - 1), unit)


def _encode_interval(writer: Writer, value: Any) -> Tree:
    sides = {"left": writer.value(value.left), "right": writer.value(value.right)}
    return {"t": "pd.interval", "closed": value.closed} | sides


def _decode_interval(opener: Opener, tree: dict[str, Tree]) -> Any:
    left, right = (opener.value(tree.get(side)) for side in ("left", "right"))
    return load("pandas").Interval(left, right, closed=_closed(tree))


def _encode_period(_: Writer, value: Any) -> Tree:
    return {"t": "pd.period", "v": value.ordinal, "freq": value.freqstr}


def _decode_period(_: Opener, tree: dict[str, Tree]) -> Any:
    ordinal = whole(tree, "v", 1 - _INT64, _INT64 - 1)
    return load("pandas").Period(ordinal=ordinal, freq=_period_frequency(tree))


def _decode_missing(name: str, _: Opener, __: dict[str, Tree]) -> Any:
    return getattr(load("pandas"), name)


DECODERS: dict[str, Callable[[Opener, Any], Any]] = {
    "frame": _decode_frame,
    "series": _decode_series,
    "range": _decode_range,
    "multi": _decode_multi,
    "index": _decode_index,
    "masked": _decode_masked,
    "categorical": _decode_categorical,
    "zoned": _decode_zoned,
    "strings": _decode_strings,
    "intervals": _decode_intervals,
    "periods": _decode_periods,
    "pd.timestamp": _decode_timestamp,
    "pd.timedelta": _decode_timedelta,
    "pd.interval": _decode_interval,
    "pd.period": _decode_period,
    "pd.NaT": partial(_decode_missing, "NaT"),
    "pd.NA": partial(_decode_missing, "NA"),
}
