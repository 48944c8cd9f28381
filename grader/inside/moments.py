"""Keeps what names held when the notebook came to a cell: later cells may use the same names for other things."""

import copy
from collections.abc import Iterable
from typing import Any

_KEPT = "_pivotlab_moments"


def keep(names: dict[str, Any], cell: str, wanted: Iterable[str]) -> None:
    """Keep the wanted names as they are now, data copied; a name that is not there is left out."""
    kept = names.setdefault(_KEPT, {})
    kept[cell] = {name: _copy(names[name]) for name in wanted if name in names}


def moment(names: dict[str, Any], cell: str, name: str) -> object:
    """What a name held then. Raises NameError when it held nothing."""
    kept = names.get(_KEPT, {}).get(cell, {})
    if name not in kept:
        raise NameError(f"name {name!r} is not defined")
    return kept[name]


def _copy(value: Any) -> Any:
    # A copy of a module, a function or a class is none; what refuses to be copied stays what it is.
    try:
        return copy.deepcopy(value)
    except Exception:  # noqa: BLE001 - the learner's objects may raise anything
        return value
