"""The one way to fill a template of ours: escaping, strict about names, and strangers' text shown as text."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.rendering import cut, make_visible

FIELD_CHARACTERS = 2_000
"""What a stranger's text may take in one place."""
_TEMPLATES = Path(__file__).parent / "templates"


def open_templates() -> Environment:
    """The templates; each makes a page that loads nothing."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, finalize=_finalize, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def _finalize(value: object) -> object:
    """Every value on its way into the page: what is no markup of ours is cut, and shows its control characters."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return make_visible(cut(value, FIELD_CHARACTERS))
