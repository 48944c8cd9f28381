"""Dates, times and time zones of the standard library as trees; it knows no other type of value.

The fields are read with the base types' own methods, since a subclass may answer anything.
"""

import re
import zoneinfo
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any

from grader.inside.document import Opener, Tree, Writer, items, load, refuse, text, whole, whole_number

_DAY_SECONDS = 86_400
_MICROSECONDS = 1_000_000
# zoneinfo and pytz open a file of this name: no dots, so no way out of their folder.
_ZONE_NAME = re.compile(r"[A-Za-z0-9_+-]{1,32}(/[A-Za-z0-9_+-]{1,32}){0,3}")


def encode_datetime(_: Writer, value: datetime) -> Tree:
    """The tree of a datetime: its day, its time, and its zone; the zone is not applied."""
    clock = datetime.time(value)
    zone = datetime.tzinfo.__get__(value)
    day = date.toordinal(value)
    return {"t": "datetime", "day": day, "clock": _clock_fields(clock), "zone": encode_zone(zone, value)}


def encode_date(_: Writer, value: date) -> Tree:
    """The tree of a date."""
    return {"t": "date", "day": date.toordinal(value)}


def encode_time(_: Writer, value: time) -> Tree:
    """The tree of a time of day."""
    return {"t": "time", "clock": _clock_fields(value), "zone": encode_zone(time.tzinfo.__get__(value), None)}


def encode_timedelta(_: Writer, value: timedelta) -> Tree:
    """The tree of a duration."""
    days, seconds = timedelta.days.__get__(value), timedelta.seconds.__get__(value)
    return {"t": "timedelta", "v": [days, seconds, timedelta.microseconds.__get__(value)]}


def encode_zone(zone: tzinfo | None, when: datetime | None) -> Tree:
    """The tree of a time zone: None, a name, or what it is ahead of UTC at ``when`` in microseconds.

    pytz, which pandas 2 uses, is told from zoneinfo because their zones are not equal.
    """
    if zone is None:
        return None
    if isinstance(zone, zoneinfo.ZoneInfo) and isinstance(zone.key, str):
        return {"zone": zone.key}
    name = getattr(zone, "zone", None)
    if type(zone).__module__.startswith("pytz") and isinstance(name, str):
        return {"pytz": name}
    ahead = zone.utcoffset(when)
    if ahead is None:
        refuse("a time zone without a name or an offset")
    return {"ahead": ahead // timedelta(microseconds=1)}


def decode_zone(tree: Tree) -> Any:
    """The time zone of a tree that `encode_zone` made: a tzinfo or None."""
    if tree is None:
        return None
    if not isinstance(tree, dict):
        refuse("not a time zone")
    if "ahead" in tree:
        limit = _DAY_SECONDS * _MICROSECONDS - 1
        ahead = timedelta(microseconds=whole(tree, "ahead", -limit, limit))
        return timezone(ahead) if ahead else UTC
    if "pytz" in tree:
        return load("pytz").timezone(_zone_name(text(tree, "pytz")))
    return zoneinfo.ZoneInfo(_zone_name(text(tree, "zone")))


def _zone_name(name: str) -> str:
    return name if _ZONE_NAME.fullmatch(name) else refuse("not the name of a time zone")


def _clock_fields(clock: time) -> list[int]:
    getters: tuple[Any, ...] = (time.hour, time.minute, time.second, time.microsecond, time.fold)
    return [getter.__get__(clock) for getter in getters]


def _decode_clock(tree: dict[str, Tree], zone: tzinfo | None) -> time:
    hour, minute, second, microsecond, fold = (whole_number(part, 0, _MICROSECONDS) for part in items(tree, "clock"))
    return time(hour, minute, second, microsecond, tzinfo=zone, fold=fold)


def _decode_day(tree: dict[str, Tree]) -> date:
    return date.fromordinal(whole(tree, "day", 1, date.max.toordinal()))


def _decode_datetime(_: Opener, tree: dict[str, Tree]) -> datetime:
    return datetime.combine(_decode_day(tree), _decode_clock(tree, decode_zone(tree.get("zone"))))


def _decode_date(_: Opener, tree: dict[str, Tree]) -> date:
    return _decode_day(tree)


def _decode_time(_: Opener, tree: dict[str, Tree]) -> time:
    return _decode_clock(tree, decode_zone(tree.get("zone")))


def _decode_timedelta(_: Opener, tree: dict[str, Tree]) -> timedelta:
    limit = timedelta.max.days
    days, seconds, microseconds = (whole_number(part, -limit, limit) for part in items(tree, "v"))
    return timedelta(days, seconds, microseconds)


DECODERS: dict[str, Callable[[Opener, Any], Any]] = {
    "datetime": _decode_datetime,
    "date": _decode_date,
    "time": _decode_time,
    "timedelta": _decode_timedelta,
}
