"""The index of a site: links to pages of ours and nothing else, whatever submissions are called."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from grader.formats.site import write_site
from grader.rendering import make_visible
from tests.hostile import FIELDS, reports_with
from tests.test_rendering import elements
from tests.test_report import PAGE_TAGS, rejected, report, ungraded


@pytest.mark.parametrize("attack", FIELDS)
def test_hostile_names_and_reasons_are_text(tmp_path: Path, attack: str) -> None:
    reports = reports_with(FIELDS[attack])
    page = write_site(reports, tmp_path / "site", tmp_path).read_text()

    assert make_visible(page) == page
    for element in elements(page):
        assert element.tag in PAGE_TAGS | {"a", "ul", "li", "p", "span", "h1"}
        assert set(element.attrib) <= {"lang", "charset", "http-equiv", "content", "name", "class", "dir",
                                       "aria-hidden", "href"}  # fmt: skip
    links = re.findall(r'href="([^"]*)"', page)
    assert len(links) == len(reports)
    for link in links:
        assert re.fullmatch(r"pages/[^/:?#\"'<>&\s]+\.html", link)
        assert (tmp_path / "site" / unquote(link)).is_file()


def test_the_index_says_no_more_than_learners_may_read(tmp_path: Path) -> None:
    page = write_site([report(), rejected(submission="b"), ungraded(submission="c")], tmp_path / "site", tmp_path)

    said = page.read_text()
    assert "14 of 20" in said
    assert "the file has no cells" in said
    assert "not graded yet: something went wrong on our side" in said
    for secret in ("SECRET", "test_of", "assert 41"):
        assert secret not in said
