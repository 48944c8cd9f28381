"""What a hostile process shows, on its way into a page: nothing runs, loads, hides or breaks out."""

import base64
import json
import re
import struct
import time
from collections.abc import Iterator
from typing import Any

import hypothesis
import hypothesis.strategies as st
import pytest
from bleach._vendor import html5lib
from markupsafe import Markup

from grader.rendering import TEXT_CHARACTERS, escape_unseen, make_visible, note, render_output, tame


def png_of(width: int, height: int) -> str:
    """The head of a PNG, and what is no picture."""
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + struct.pack(">II", width, height)
    return base64.b64encode(head + bytes(range(48))).decode()


def jpeg_of(width: int, height: int, before: bytes = b"\xff\xe0\x00\x04\x00\x00") -> str:
    """The head of a JPEG, `before` its frame what is given."""
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + bytes(19)
    return base64.b64encode(b"\xff\xd8" + before + frame).decode()


PNG = png_of(3, 3)
JPEG = jpeg_of(3, 3)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "split script": "<scr<script></script>ipt>alert(1)</script>",
    "event": '<img src=x onerror="alert(1)">',
    "event after a slash": "<div/onclick=alert(1)>x</div>",
    "event with a bracket": '<div title=">" onmouseover="alert(1)">x</div>',
    "javascript link": '<a href="javascript:alert(1)">x</a>',
    "outside link": '<a href="https://evil.example/">x</a>',
    "outside image": '<img src="https://evil.example/beacon.png">',
    "relative image": "<img src=/beacon.png>",
    "image set": f'<img srcset="https://evil.example/a.png 2x" src="data:image/png;base64,{PNG}">',
    "false data image": '<img src="data:image/png;base64,PHN2Zz4=">',
    "svg data image": f'<img src="data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}">',
    "html data image": '<img src="data:text/html;base64,PHNjcmlwdD4=">',
    "svg": SVG,
    "math": '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)"></style></mglyph></table></mtext></math>',
    "style sheet": "<style>@import url(https://evil.example/a.css); body{display:none}</style>",
    "style sheet without end": "<style>body{display:none}",
    "style attribute": '<div style="position:fixed;inset:0;background:url(https://evil.example/)">x</div>',
    "class of ours": '<li class="passed" id="score">100 of 100</li>',
    "link": '<link rel="stylesheet" href="https://evil.example/a.css">',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "policy": '<meta http-equiv=Content-Security-Policy content="default-src *">',
    "base": '<base href="https://evil.example/">',
    "iframe": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "object": '<object data="https://evil.example/a.swf"></object><embed src="https://evil.example/a">',
    "form": '<form action="https://evil.example/"><input name=a autofocus onfocus=alert(1)><button>x</button></form>',
    "media": '<video src="https://evil.example/a.mp4" poster="https://evil.example/a"></video><audio src=x></audio>',
    "template": "<template><script>alert(1)</script></template>",
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "comment": "<!--><script>alert(1)</script>-->",
    "broken comment": "<!-- <b>",
    "textarea": "<textarea><script>alert(1)</script>",
    "title": "<title></title><script>alert(1)</script>",
    "plaintext": "<plaintext><xmp><listing>",
    "way out": "</pre></code></td></table></figure></details></section></main></body></html><h1>100 of 100</h1>",
    "list item": "<li>x<li>y</ul></ul>",
    "table part": "<tr><td>x<table><tr></table></table>",
    "end tag too many": "<details><li>x<details><li>y<table><li>z<i></table></li></li></details></figure>100 of 100",
    "misnested": "<p><li>a<table><li>b</li><b><i></table><li><u>c</i>",
    "open tags": "<b><i><div><details><summary><table><tr><td>",
    "open tag": "<div title='",
    "open string": '"><script>alert(1)</script>',
    "single quote": "'><img src=x onerror=alert(1)>",
    "template syntax": "{{7*7}}{% raw %}{{ report.results }}{# x #}",
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt;&#60;script&#62;",
    "ansi": "\x1b[2J\x1b[31mred\x1b[0m\x1b]0;title\x07\x1b]8;;https://evil.example\x1b\\x\x1bc",
    "bidi": "a\u202eb\u2066c\u2069\u202d",
    "controls": "".join(map(chr, (*range(32), *range(0x7F, 0xA0)))),
    "hidden text": "a\u200bb\u2060c\ufeff\U000e0041",
    "lone surrogate": "a\ud800b\udfff",
    "null in a tag": "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "huge": "x" * 200_000,
    "huge and nested": "<div>" * 5_000,
}

WRONG: list[Any] = [
    None,
    True,
    0,
    -1.5,
    float("nan"),
    "text",
    "",
    [],
    {},
    [[]],
    {"a": {"b": []}},
    [None, 3, {"x": "y"}],
    ["a", "b"],
]

PIECES = [
    *(text for text in HOSTILE.values() if len(text) < 1_000),
    *"<</>&'\"= \n\x00",
    *("&#", "<!--", "-->", "<![CDATA[", "]]>", "<?", "colspan=3", "onclick=x", "text", "ء"),
    *(f"{bracket}{tag}>" for bracket in ("<", "</") for tag in (
        "table", "tr", "td", "caption", "col", "li", "ul", "dd", "dt", "p", "b", "i", "code", "a", "h1", "div", "pre",
        "figure", "details", "summary", "section", "option", "select", "svg", "math", "style", "title", "body", "br",
    )),
]  # fmt: skip
SHOWN_TAGS = frozenset({
    "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt",
    "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark",
    "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul", "var",
})  # fmt: skip


def elements(page: str) -> Iterator[Any]:
    """The elements that a browser would make: the sanitiser's HTML5 parser, for Python's own is more forgiving."""
    yield from html5lib.parse(page, namespaceHTMLElements=False).iter()


def shown(output: dict[str, Any]) -> list[Any]:
    """The elements of an output in a page, after a check that all of it stayed in its figure."""
    page = f"<main><section><details>{render_output(output)}</details><p>after</p></section></main>"
    section = next(element for element in elements(page) if element.tag == "section")
    details, after = section
    assert [child.tag for child in details] == ["figure"]
    assert (after.tag, after.text, len(after)) == ("p", "after", 0)
    return list(details[0].iter())


def text_of(output: dict[str, Any]) -> str:
    return "".join(shown(output)[0].itertext())


def check_harmless(found: list[Any]) -> None:
    for element in found:
        assert element.tag in SHOWN_TAGS
        assert element.attrib.keys() <= {"class", "dir", "src", "alt", "colspan", "rowspan"}
        assert element.get("class", "output") in {"output", "output rich", "text", "problem", "note"}
        assert element.get("src", PNG).startswith(("data:image/png;base64,iVBOR", "data:image/jpeg;base64,/9j/", PNG))


def outputs_with(text: Any) -> Iterator[dict[str, Any]]:
    """The text in every place that an output has for it."""
    yield {"output_type": "stream", "name": "stdout", "text": text}
    yield {"output_type": "stream", "name": text, "text": [text, text]}
    yield {"output_type": "error", "ename": text, "evalue": text, "traceback": [text]}
    yield {"output_type": "error", "ename": text, "evalue": text, "traceback": text}
    yield {"output_type": text, "data": {"text/html": text}}
    for mime in ("text/html", "text/plain", "text/markdown", "text/latex", "application/javascript", "image/svg+xml",
                 "image/png", "image/jpeg", "application/vnd.jupyter.widget-view+json"):  # fmt: skip
        yield {"output_type": "display_data", "data": {mime: text}, "metadata": {"image/png": {"width": text}}}
        yield {"output_type": "execute_result", "data": {mime: [text], "text/plain": "plain"}, "execution_count": text}
    if isinstance(text, str):
        yield {"output_type": "display_data", "data": {text: text}}
        yield {"output_type": "display_data", "data": {f"image/png{text}": PNG}}


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_text_stays_harmless_wherever_an_output_holds_it(attack: str) -> None:
    for output in outputs_with(HOSTILE[attack]):
        check_harmless(shown(output))


@pytest.mark.parametrize("attack", HOSTILE)
def test_no_control_character_reaches_the_page(attack: str) -> None:
    for output in outputs_with(HOSTILE[attack]):
        rendered = str(render_output(output))
        assert make_visible(rendered) == rendered


@hypothesis.settings(deadline=None, max_examples=300)
@hypothesis.given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_mixture_of_markup_leaves_its_figure(markup: str) -> None:
    check_harmless(shown({"output_type": "display_data", "data": {"text/html": markup}}))


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_values_of_a_wrong_type_never_fail(wrong: Any) -> None:
    outputs = list(outputs_with(wrong))
    outputs += [{"output_type": kind, "data": wrong} for kind in ("display_data", "execute_result")]
    for output in [*outputs, {"output_type": wrong}, {"output_type": "stream"}, {"output_type": "error"}, {}]:
        assert isinstance(render_output(output), Markup)
        check_harmless(shown(output))


def test_the_best_of_a_bundle_is_shown() -> None:
    bundle = {"text/plain": "<Figure>", "text/html": "<p>markup</p>", "image/jpeg": JPEG, "image/png": PNG}

    for mime in ("image/png", "image/jpeg", "text/html", "text/plain"):
        rendered = str(render_output({"output_type": "display_data", "data": bundle}))
        assert {"text/html": "<p>markup</p>", "text/plain": "&lt;Figure&gt;"}.get(mime, f"data:{mime};") in rendered
        del bundle[mime]


@pytest.mark.parametrize("text", [JPEG, "", "not base64!", PNG[:-1], f"{PNG}\x00", "é" * 8, PNG + "A"])
def test_bytes_that_are_no_png_are_not_shown_as_one(text: str) -> None:
    assert text_of({"output_type": "display_data", "data": {"image/png": text, "text/plain": "a figure"}}) == "a figure"


@pytest.mark.parametrize(
    "bomb", [png_of(20_000, 20_000), png_of(2**31 - 1, 2**31 - 1), png_of(0, 9), jpeg_of(65_535, 65_535), jpeg_of(9, 0),
             jpeg_of(3, 3, b"\xff\xe0\x00\x00"), jpeg_of(3, 3, b"\xff\xd9"), jpeg_of(3, 3, b"\xff\xfe\x00\x02" * 9_000),
             jpeg_of(9_000, 9_000, b"\xff\xe1\x00\x0b\xff\xc0\x00\x11\x08\x00\x01\x00\x01")],
)  # fmt: skip
def test_a_picture_that_would_fill_a_browsers_memory_is_not_shown(bomb: str) -> None:
    mime = "image/png" if bomb.startswith("iVBOR") else "image/jpeg"

    assert text_of({"output_type": "display_data", "data": {mime: bomb, "text/plain": "a figure"}}) == "a figure"
    markup = f'<p>before <img src="data:{mime};base64,{bomb}"></p>'
    assert "<img" not in render_output({"output_type": "display_data", "data": {"text/html": markup}})


@pytest.mark.parametrize("picture", [png_of(5_000, 5_000), jpeg_of(1_000, 9_000)])
def test_a_large_picture_that_people_make_is_shown(picture: str) -> None:
    mime = "image/png" if picture.startswith("iVBOR") else "image/jpeg"

    assert picture in render_output({"output_type": "display_data", "data": {mime: picture}})


def test_a_picture_in_wrapped_lines_is_a_picture() -> None:
    wrapped = "\n".join(PNG[start : start + 20] for start in range(0, len(PNG), 20)) + "\n"

    assert f"data:image/png;base64,{PNG}" in render_output(
        {"output_type": "display_data", "data": {"image/png": wrapped}}
    )


def test_svg_is_shown_by_its_text_alone() -> None:
    assert text_of({"output_type": "display_data", "data": {"image/svg+xml": SVG, "text/plain": "<SVG>"}}) == "<SVG>"
    assert "image/svg+xml" in text_of({"output_type": "display_data", "data": {"image/svg+xml": SVG}})


@pytest.mark.parametrize("mime", ["text/markdown", "text/latex", "application/javascript"])
def test_what_needs_a_renderer_is_shown_as_plain_text(mime: str) -> None:
    assert text_of({"output_type": "display_data", "data": {mime: "$x$", "text/plain": "x < 1"}}) == "x < 1"


def test_a_table_keeps_its_cells_and_loses_its_style_sheet() -> None:
    table = (
        '<div><style scoped>.dataframe td { color: red }</style><table border="1" class="dataframe"><thead><tr>'
        '<th colspan="2" style="x">city</th></tr></thead><tbody><tr><td>قاهرة</td><td>1 &lt; 2</td></tr>'
        "</tbody></table></div>"
    )

    found = shown({"output_type": "execute_result", "data": {"text/html": table, "text/plain": "no"}})

    assert [element.text for element in found if element.tag in {"th", "td"}] == ["city", "قاهرة", "1 < 2"]
    assert [element.attrib for element in found if element.tag == "th"] == [{"colspan": "2"}]
    assert "color" not in "".join(found[0].itertext())


def test_a_table_whose_spans_would_fill_a_browsers_memory_is_shown_as_text() -> None:
    huge = "<table>" + "<tr><td colspan=999 rowspan=999>x</td></tr>" * 900 + "</table>"

    assert text_of({"output_type": "display_data", "data": {"text/html": huge, "text/plain": "a table"}}) == "a table"


def test_an_embedded_picture_of_markup_is_kept() -> None:
    markup = f'<p>before <img width="9" src="data:image/png;base64,{PNG}" onerror="alert(1)"> after</p>'

    pictures = [
        element
        for element in shown({"output_type": "display_data", "data": {"text/html": markup}})
        if element.tag == "img"
    ]

    assert [picture.attrib for picture in pictures] == [{"src": f"data:image/png;base64,{PNG}", "alt": "A picture"}]


def test_a_link_keeps_its_text_and_loses_its_address() -> None:
    rendered = render_output({"output_type": "display_data", "data": {"text/html": HOSTILE["outside link"]}})

    assert rendered == '<figure class="output rich" dir="auto">x</figure>'


@pytest.mark.parametrize(
    "markup", ["<script>draw()</script>", '<div class="sk-top-container x">diagram</div>', "<p>" * 9_000]
)
def test_markup_that_says_nothing_here_gives_way_to_plain_text(markup: str) -> None:
    output = {"output_type": "display_data", "data": {"text/html": markup, "text/plain": "plain"}}

    assert text_of(output).strip() in {"plain", ""}


def test_text_is_shown_as_a_terminal_leaves_it() -> None:
    text = (
        "10%\r50%\r100%\r\n\x1b[1;31mred\x1b[0m \x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\\n1 < 2\t& مرحبا\n"
    )

    assert text_of({"output_type": "stream", "name": "stdout", "text": text}) == "100%\nred link\n1 < 2\t& مرحبا\n"


def test_a_list_of_strings_is_one_text() -> None:
    assert text_of({"output_type": "stream", "name": "stdout", "text": ["a\n", "b\n"]}) == "a\nb\n"


def test_an_error_without_a_traceback_says_its_name_and_value() -> None:
    assert text_of({"output_type": "error", "ename": "KeyError", "evalue": "'a'", "traceback": []}) == "KeyError: 'a'"


def test_long_text_keeps_both_ends_and_says_what_is_missing() -> None:
    found = text_of({"output_type": "stream", "name": "stdout", "text": "begin" + "x" * 1_000_000 + "end"})

    assert len(found) < TEXT_CHARACTERS + 100
    assert found.startswith("begin")
    assert found.endswith("end")
    assert "[… 980,008 characters left out …]" in found


def test_control_characters_show_as_signs() -> None:
    assert make_visible("a\x1b[1m\n\t\x7f\x9b\u202e\ud800é") == "a␛[1m\n\t␡���é"
    assert make_visible("a\nb", keep="") == "a␊b"


@pytest.mark.parametrize(
    "order",
    ["::error file=a::b", ":::set-output::", "##[error]a", "x ##vso[task.setvariable]a", "##teamcity[a]", "###[a]"],
)
def test_an_order_to_a_ci_log_is_shown_and_no_order(order: str) -> None:
    told = tame(f"{order}\n{order}")

    assert not re.search(r"::|##\w*\[|\n", told)
    assert told.replace(" ", "") == f"{order}␊{order}".replace(" ", "")


@pytest.mark.parametrize("letter", "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u3164\ufe0f\U000e0101")
def test_nothing_in_a_name_is_seen_as_something(letter: str) -> None:
    assert tame(f"ami{letter}na") == "ami�na"
    assert tame(f"{letter}amina") == "�amina"


@pytest.mark.parametrize("name", ["علی\u200cرضا", "क्\u200dष", "👩\u200d👧 ❤\ufe0f", "a:b #1 [x]"])  # noqa: RUF001
def test_a_name_as_people_write_it_stays(name: str) -> None:
    assert tame(name) == name


def test_json_says_the_same_and_steers_nothing() -> None:
    said = {"a": "\x9b2J\x7f\u202e\udcff\U000e0041é\n", "ب": ["\u2028"]}

    shown = escape_unseen(json.dumps(said, indent=2, ensure_ascii=False))

    assert json.loads(shown) == said
    assert make_visible(shown, keep="\n") == shown
    assert "é" in shown
    shown.encode()


def test_a_note_escapes_what_it_quotes() -> None:
    assert "<b>" not in note("<b>\u202e")


SLOW = {
    "attributes": "<div " + " ".join(f"a{number}=1" for number in range(25_000)) + ">",
    "nested": "<div>" * 50_000,
    "nested by paragraphs": "<div>" * 20_000 + "</p>" * 20_000,
    "out of a table": "<table>" + "<b>x</b>" * 30_000,
    "brackets": "<" * 290_000,
    "entities": "&a" * 100_000,
    "open comments": "<!--" * 70_000,
    "open styles": "<style" * 45_000,
    "open ends": ("</style" + " " * 40) * 6_000,
    "open tags": "<div " * 55_000,
    "open sources": "<img src='data:image/png;base64," * 9_000,
    "formatting": "<p><b><i><u>" * 20_000,
}


@pytest.mark.parametrize("attack", SLOW)
def test_no_markup_takes_long(attack: str) -> None:
    began = time.process_time()

    render_output({"output_type": "display_data", "data": {"text/html": SLOW[attack]}})

    # The slowest takes 0.2 s; where the work grows with the square of the length, these take from 3 to 100 s.
    assert time.process_time() - began < 2
