"""The page that shows alike submissions side by side; it loads nothing, and shows learners' text as text."""

from collections.abc import Sequence

from markupsafe import Markup

from grader.model import Lab
from grader.pages import open_templates
from grader.rendering import make_visible
from grader.teaching.similarity import Pair, Side


def render_pairs(lab: Lab, pairs: Sequence[Pair], submissions: int) -> str:
    """The page of a lab's pairs, the likest first."""
    environment = open_templates()
    environment.filters["marked"] = _marked
    return environment.get_template("similarity.html").render(lab=lab, pairs=pairs, submissions=submissions)


def _marked(side: Side) -> Markup:
    """A side's text with what the other has too between marks."""
    text, done, parts = side.work.text, 0, []
    for begin, end in sorted(side.stretches):
        parts += [_escape(text[done:begin]), Markup("<mark>"), _escape(text[max(begin, done) : end]), Markup("</mark>")]
        done = max(done, end)
    return Markup("").join([*parts, _escape(text[done:])])


def _escape(text: str) -> Markup:
    return Markup.escape(make_visible(text))
