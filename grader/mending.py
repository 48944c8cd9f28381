r"""Mends bytes of JSON that honest programs write and strict decoders refuse; it knows nothing of what they say.

Two faults are mended: half a character as an escape (`\ud800`, what is left of an emoji that an editor cut in two),
and NaN and Infinity, which Python writes for a number that is none, as in the data of a chart. Each is replaced in its
place by as many bytes: 50 MB of them take no second 50 MB.
"""

import re

MENDS = 1_000_000
"""How many are mended; what has more stays broken, for each takes a microsecond."""

# Backslashes stand in strings alone, so this one need not know where a string begins. No way back (++, *+): the
# engine would keep a note for each step.
_WHOLE = re.compile(
    rb"(?:[^\\]++|\\(?!u[dD][89a-fA-F])[\s\S]|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})*+"
)
_HALF = re.compile(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_HALF_MENDED = rb"\ufffd"
_BEFORE_NUMBER = re.compile(rb'(?:[^"NI]++|"(?:[^"\\]++|\\[\s\S])*+")*+')
_NO_NUMBER = re.compile(rb"NaN|Infinity")


def mend_json(broken: bytearray) -> None:
    """Replace, in place, escapes of half a character by U+FFFD, and NaN and Infinity outside strings by 0."""
    _replace(broken, _WHOLE, _HALF, _HALF_MENDED)
    _replace(broken, _BEFORE_NUMBER, _NO_NUMBER, b"0")


def _replace(broken: bytearray, sound: re.Pattern[bytes], fault: re.Pattern[bytes], mended: bytes) -> None:
    place = 0
    for _ in range(MENDS):
        found = fault.match(broken, sound.match(broken, place).end())  # type: ignore[union-attr]  # it matches nothing too
        if found is None:
            return
        place = found.end()
        broken[found.start() : place] = mended.ljust(place - found.start())
