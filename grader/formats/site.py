"""The learners' pages and an index of them in one folder, fit to be published; no JSON report comes into it."""

from collections.abc import Sequence
from pathlib import Path

from grader.errors import UsageError
from grader.files import write_whole
from grader.model import Report
from grader.pages import open_templates
from grader.report import read_report, render_html, report_name, summary

PAGES = "pages"
"""Folder of the learners' pages: one of them may be called index."""


def require_apart(site: Path, reports: Path) -> None:
    """See that publishing the site publishes no JSON report, which quotes hidden tests. Raises UsageError."""
    if reports.resolve().is_relative_to(site.resolve()):
        raise UsageError(
            f"{site}: the JSON reports would be published with it; name a folder that does not hold {reports}"
        )


def write_site(reports: Sequence[Report], site: Path, folder: Path) -> Path:
    """The index, which links every page; the pages are those that `write_report` wrote into `folder`.

    Raises UsageError when it cannot be written.
    """
    mend = "make room, or name another folder with --html"
    for report in reports:
        name = report_name(report.submission)
        write_whole({site / PAGES / f"{name}.html": _read_page(report, folder / name)}, mend=mend)
    index = site / "index.html"
    write_whole({index: _render_index(reports).encode(errors="replace")}, mend=mend)
    return index


def _read_page(report: Report, place: Path) -> bytes:
    try:
        return place.with_suffix(".html").read_bytes()
    except OSError:
        # Of a run before this one the JSON alone may be left.
        return render_html(read_report(place.with_suffix(".json")) or report).encode(errors="replace")


def _render_index(reports: Sequence[Report]) -> str:
    rows = [(f"{PAGES}/{report_name(report.submission)}.html", report.for_learner()) for report in reports]
    return open_templates().get_template("index.html").render(rows=rows, summary=summary(reports))
