"""Reads what a learner's process says its cells showed: hostile bytes, of which a report keeps a bounded part."""

import json
import re
from typing import Any

from pydantic import TypeAdapter, ValidationError

CELLS = 32
"""How many cells may show as much as one may; what later ones show is dropped."""
SIGNS = 80_000
"""Brackets and commas outside texts in all that is kept: `{},{},` takes some 200 times its bytes until it is stored."""
_DEPTH = 20
_OUTPUTS = TypeAdapter(list[dict[str, Any]])
# No way back (++, *+): the engine would keep a note for each step.
_TEXT = re.compile(rb'"(?:[^"\\]++|\\[\s\S])*+"')

Outputs = tuple[dict[str, Any], ...]


class OutputReader:
    """Outputs of one submission's cells, while there is room for them."""

    def __init__(self, cell_bytes: int) -> None:
        self._cell_bytes = cell_bytes
        self._bytes_left = CELLS * cell_bytes
        self._signs_left = SIGNS

    def read(self, body: bytearray) -> Outputs:
        """The nbformat outputs in one answer; none where it holds anything else, or there is no more room."""
        self._bytes_left -= len(body)
        if self._bytes_left < 0:
            return ()
        # Honest ones have no more than that even where all their texts are commas; counting is cheap, parting is not.
        if _count_signs(body) > self._cell_bytes + SIGNS:
            return ()
        self._signs_left -= _count_signs(_TEXT.sub(b"", body))
        if self._signs_left < 0:
            return ()
        try:
            return tuple(_OUTPUTS.validate_python(_plain(json.loads(body.decode(errors="replace")))))
        except (ValueError, RecursionError, ValidationError):
            return ()


def _count_signs(body: bytes | bytearray) -> int:
    return sum(map(body.count, (b"{", b"[", b",")))


def _plain(value: Any, depth: int = _DEPTH) -> Any:
    """JSON that every encoder after this one takes: not deep, its text without halves of characters."""
    if depth == 0:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, list):
        return [_plain(one, depth - 1) for one in value]
    if isinstance(value, dict):
        return {_plain(name, depth - 1): _plain(one, depth - 1) for name, one in value.items()}
    return value
