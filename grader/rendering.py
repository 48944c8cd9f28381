"""Turns what hostile cells showed into HTML that loads, runs and hides nothing; it knows no report and no page."""

import base64
import binascii
import re
import struct
from collections.abc import Callable
from typing import Any

from bleach import clean
from markupsafe import Markup

TEXT_CHARACTERS = 20_000
MARKUP_CHARACTERS = 300_000
MARKUP_SIGNS = 4_000
"""Tags and entities in one output: 60 rows of 20 columns have 2,900, and the worst that fits takes bleach 0.1 s."""
PICTURE_CHARACTERS = 8_000_000
PICTURE_PIXELS = 25_000_000
"""A browser takes 4 bytes for each, or more: 73 kB of page with a picture of 20,000 by 20,000 took it 2 GB."""
SPANS = 1_500
"""Rows and columns that one output's cells span beyond their own: 900 cells of 999 by 999 took a browser 5 GB."""
DEPTH = 60
"""Tags open at once: bleach's parser takes a second for 5,000 that nest, and time grows with the square."""

# bleach is what nbconvert's SanitizeHTML calls, and is called here without it: nbconvert takes another 0.15 to 0.8 s
# to import, its stripping of ANSI codes included, and a lab is graded in 2 s.
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)")
# Categories Cc and Cs, line separators, and what reorders or hides text (CVE-2021-42574, "Trojan Source"); with the
# last two that is all that XML 1.0 has no way to say.
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"
    "\ufffe\uffff]"
)
# What shows nothing and makes a name look like another's: soft hyphens, fillers, marks of direction, selectors; joiners
# where they join nothing, for Persian and Hindi are written with them, and so are families of emoji.
_NOTHING = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200e\u200f\u3164\ufe00-\ufe0e\uffa0"
    "\U000e0100-\U000e01ef]"
    "|(?<![\u0590-\u200a\u2010-\U000e00ff])[\u200c\u200d\ufe0f]"
)
# Between the signs by which a line of a CI's log is taken for an order: ::error:: and ##[error] of GitHub, ##vso[ of
# Azure Pipelines, ##teamcity[.
_ORDERS = re.compile(r"(?<=:)(?=:)|(?<=#)(?=#\w*\[)")
_CONTROL_PICTURES = 0x2400
_DELETE = 0x7F

_PNG_HEAD = 24
_JPEG_HEAD = 9
_JPEG_LENGTH = 2
_JPEG_MARK = 0xFF
_JPEG_SEGMENTS = 1_000
# ITU T.81, table B.1: frames, then tables, application data and comments, which may come before one.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_KINDS = frozenset({0xC4, 0xCC, 0xDB, 0xDD, *range(0xE0, 0xF0), 0xFE})
_ESTIMATOR = 'class="sk-top-container'
"""scikit-learn's diagram of an estimator, which is no help without its style sheet; its text is."""
_VOID = frozenset({"br", "hr"})
# None that a page has around an output (a figure in details in a section): an end tag too many could close only those.
_TAGS = frozenset({
    "abbr", "b", "blockquote", "caption", "cite", "code", "dd", "del", "dfn", "div", "dl", "dt", "em", "h1", "h2",
    "h3", "h4", "h5", "h6", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
})  # fmt: skip
_SPANS = ("colspan", "rowspan")
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<name>style|script|title)\b.*?(?:</(?P=name)\s*>|\Z)|<![^<>]*>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>[^<>]*)>|<", re.IGNORECASE)
_SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?([1-9][0-9]{0,2})\b", re.IGNORECASE)
_SPANNED = re.compile(r" (?:col|row)span=(\d+)")
_EMBEDDED = re.compile(r"\bsrc\s*=\s*[\"']data:(image/png|image/jpeg);base64,([A-Za-z0-9+/=\s]+)[\"']", re.IGNORECASE)


def render_output(output: dict[str, Any]) -> Markup:
    """One nbformat 4 output as a figure that is safe in any page; what cannot be shown becomes a note, not an error."""
    kind = output.get("output_type")
    if kind == "stream":
        return _preformatted(_text(output.get("text")), "problem" if output.get("name") == "stderr" else "text")
    if kind == "error":
        return _preformatted(_error_text(output), "problem")
    if kind in ("display_data", "execute_result"):
        bundle = output.get("data")
        return _richest(bundle if isinstance(bundle, dict) else {})
    return note("An output of an unknown kind is not shown.")


def note(text: str) -> Markup:
    """A remark of ours, in the place of an output."""
    return Markup('<figure class="output"><p class="note" dir="auto">{}</p></figure>').format(make_visible(text))


def make_visible(text: str, *, keep: str = "\n\t") -> str:
    """The text with a visible sign for every character that would steer a terminal, reorder a line or hide."""
    return _CONTROLS.sub(lambda found: found[0] if found[0] in keep else _sign(ord(found[0])), text)


def cut(text: str, limit: int = TEXT_CHARACTERS) -> str:
    """The text, or its beginning and its end (where an error says what it is) with a remark between them."""
    if len(text) <= limit:
        return text
    tail = limit // 4
    left_out = len(text) - limit
    return f"{text[: limit - tail]}\n[… {left_out:,} characters left out …]\n{text[len(text) - tail :]}"


def one_line(text: str, limit: int) -> str:
    """The text on one line, cut where it is longer than about the limit, every line's end in it a visible sign."""
    return make_visible(cut(text, limit), keep="")


def tame(text: str, *, keep: str = "") -> str:
    """The text as a terminal's or a CI log's line: neither obeys any of it, and what is in it can be seen."""
    return _ORDERS.sub(" ", _NOTHING.sub("�", make_visible(text, keep=keep)))


def escape_unseen(json: str) -> str:
    """A JSON document that says the same, and is safe to show: such characters stand in its texts as escapes."""
    return _CONTROLS.sub(lambda found: found[0] if found[0] == "\n" else _escape(found[0]), json)


def _escape(letter: str) -> str:
    units = letter.encode("utf-16-be", errors="surrogatepass")
    return "".join(f"\\u{unit:04x}" for (unit,) in struct.iter_unpack(">H", units))


def _sign(code: int) -> str:
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    return "␡" if code == _DELETE else "�"


def _text(value: object) -> str:
    """Text as nbformat has it: a string or a list of strings."""
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _error_text(output: dict[str, Any]) -> str:
    traceback = output.get("traceback")
    lines = [line for line in traceback if isinstance(line, str)] if isinstance(traceback, list) else []
    return "\n".join(lines) or f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}"


def _preformatted(text: str, look: str) -> Markup:
    shown = make_visible(_without_steering(cut(text)))
    return Markup('<figure class="output"><pre class="{}" dir="auto">{}</pre></figure>').format(look, shown)


def _without_steering(text: str) -> str:
    """The text as a terminal leaves it: without colours, and of a progress bar the last state only."""
    lines = _ANSI.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in lines)


def _richest(bundle: dict[str, Any]) -> Markup:
    renderers: tuple[tuple[str, Callable[[str], Markup | None]], ...] = (
        ("image/png", lambda text: _picture("image/png", text)),
        ("image/jpeg", lambda text: _picture("image/jpeg", text)),
        ("text/html", _markup),
        ("text/plain", lambda text: _preformatted(text, "text") if text else None),
    )
    for mime, render in renderers:
        shown = render(_text(bundle.get(mime)))
        if shown is not None:
            return shown
    return note(f"This page does not show: {cut(', '.join(map(str, bundle)) or 'an empty output', 200)}")


def _picture(mime: str, text: str) -> Markup | None:
    source = _data_uri(mime, text)
    if source is None:
        return None
    return Markup('<figure class="output"><img src="{}" alt="A picture that the cell showed"></figure>').format(source)


def _data_uri(mime: str, text: str) -> str | None:
    """The picture as a data URI of our own making, or None where its bytes are not what the MIME type says."""
    if not text or len(text) > PICTURE_CHARACTERS:
        return None
    try:
        raw = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    if not 0 < _PIXELS[mime](raw) <= PICTURE_PIXELS:
        return None
    return f"data:{mime};base64,{base64.b64encode(raw).decode()}"


def _png_pixels(raw: bytes) -> int:
    """How many pixels a PNG says it has; 0 when it is none."""
    if not raw.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR") or len(raw) < _PNG_HEAD:
        return 0
    return int.from_bytes(raw[16:20]) * int.from_bytes(raw[20:24])


def _jpeg_pixels(raw: bytes) -> int:
    """How many pixels a JPEG's frame has; 0 when it is none, or there is anything odd before its frame."""
    place = 2 if raw.startswith(b"\xff\xd8") else len(raw)
    for _ in range(_JPEG_SEGMENTS):
        head = raw[place : place + _JPEG_HEAD]
        if len(head) < _JPEG_HEAD or head[0] != _JPEG_MARK:
            return 0
        kind, length = head[1], int.from_bytes(head[2:4])
        if kind in _JPEG_FRAMES:
            return int.from_bytes(head[5:7]) * int.from_bytes(head[7:9])
        if kind not in _JPEG_KINDS or length < _JPEG_LENGTH:
            return 0
        place += 2 + length
    return 0


_PIXELS: dict[str, Callable[[bytes], int]] = {"image/png": _png_pixels, "image/jpeg": _jpeg_pixels}


def _markup(text: str) -> Markup | None:
    """Sanitised HTML, or None where nothing is left, it is too long, or it means nothing without its style sheet."""
    if not text or len(text) > MARKUP_CHARACTERS or _ESTIMATOR in text:
        return None
    balanced = _balance(make_visible(text))
    if balanced.count("<") + balanced.count("&") > MARKUP_SIGNS or sum(map(int, _SPANNED.findall(balanced))) > SPANS:
        return None
    safe = _sanitise(balanced)
    # What a second reading changes would not be in the browser what it was here, say a <b> that runs on.
    if not safe.strip() or _sanitise(safe) != safe:
        return None
    return Markup('<figure class="output rich" dir="auto">{}</figure>').format(Markup(safe))  # noqa: S704 - bleach's


def _sanitise(markup: str) -> str:
    allowed = {"td": _SPANS, "th": _SPANS, "img": ("src", "alt")}
    tags = {*_TAGS, *_VOID, "img"}
    return str(clean(markup, tags=tags, attributes=allowed, protocols={"data"}, strip=True))


def _balance(markup: str) -> str:
    """The markup with known tags alone, each closed, none too deep, bare but for spans and pictures.

    The sanitiser is the second wall. Alone it takes 10 s for a tag of 20,000 attributes and shows style sheets as text.
    """
    opened: list[str] = []
    balanced = _TAG.sub(lambda found: _take_tag(found, opened), _UNSEEN.sub("", markup))
    return balanced + _close(opened, 0)


def _take_tag(found: re.Match[str], opened: list[str]) -> str:
    if found["name"] is None:
        return "&lt;"
    name = found["name"].lower()
    if found["end"]:
        return _close(opened, len(opened) - 1 - opened[::-1].index(name)) if name in opened else ""
    if name == "img":
        return _embedded(found["rest"])
    if name in _VOID:
        return f"<{name}>"
    if name not in _TAGS or len(opened) >= DEPTH:
        return ""
    opened.append(name)
    spans = dict(_SPAN.findall(found["rest"].lower()))
    return f"<{name}{''.join(f' {key}={value}' for key, value in spans.items())}>"


def _close(opened: list[str], depth: int) -> str:
    """End tags for all that are open beyond the depth, which are then no longer open."""
    closing = "".join(f"</{name}>" for name in reversed(opened[depth:]))
    del opened[depth:]
    return closing


def _embedded(attributes: str) -> str:
    found = _EMBEDDED.search(attributes)
    source = _data_uri(found[1].lower(), found[2]) if found else None
    return f'<img src="{source}" alt="A picture">' if source else ""
