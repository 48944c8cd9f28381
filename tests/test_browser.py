"""Pages of hostile submissions in a real browser: no script runs, nothing is loaded, the score stays in view.

And a page that shows the same outputs as they are does run, load and hide, so these tests can fail.
"""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, sync_playwright

from grader.model import Report, Status
from grader.report import render_html, write_report
from tests.readers import ATTACKS, Readings
from tests.test_rendering import HOSTILE
from tests.test_report import hostile_reports

pytestmark = pytest.mark.xdist_group("readers")

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
MEND = f"no browser is here ({', '.join(NAMES)}); run `make browser` as root, or install Chromium, then run this again"
MARKS = "window.pwned === undefined && localStorage.length === 0 && window.name === ''"
# Called in the page, which the policy does not reach: what of it acts, where its score is, what lies over that.
EXAMINE = """() => {
    const inside = [...document.querySelectorAll("*")];
    const verdict = document.querySelector(".verdict"), score = verdict.querySelector(".score, .status");
    const box = score.getBoundingClientRect(), words = [score, ...score.querySelectorAll("*")];
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return {
        acting: inside.filter((one) => one.matches(
            "script, iframe, frame, object, embed, form, input, button, a, area, link, base, svg, math, dialog, video,"
            + "audio, [autofocus], [contenteditable], [popover], [target]",
        ) || [...one.attributes].some((said) => /^on/i.test(said.name) || /script:/i.test(said.value))).length,
        verdicts: document.querySelectorAll(".verdict, .score strong").length,
        inView: box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight,
        seen: words.every((one) => one.checkVisibility({opacityProperty: true, visibilityProperty: true})
            && one.getBoundingClientRect().width > 5 && one.getBoundingClientRect().height > 5
            && ["::before", "::after"].every((part) => getComputedStyle(one, part).content === "none")),
        covered: !verdict.contains(top),
        wide: document.documentElement.scrollWidth - innerWidth,
        text: score.innerText.trim(),
        refused: window.refused,
    };
}"""
OPEN = "document.querySelectorAll('details').forEach((one) => one.open = true)"
WATCH = """window.refused = [];
document.addEventListener("securitypolicyviolation", (one) => refused.push(one.violatedDirective));"""


@dataclass
class Watched:
    """A tab, and everything it did that a page of ours does not do."""

    page: Page
    address: str = ""
    deeds: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)
        self.page.on("request", self._note_request)
        self.page.on("console", lambda message: self.deeds.append(f"says {message.text}"))
        self.page.on("pageerror", lambda error: self.deeds.append(f"fails {error}"))
        self.page.on("download", lambda _: self.deeds.append("downloads"))
        self.page.on("dialog", self._dismiss)
        self.page.context.on("page", lambda _: self.deeds.append("opens a tab"))

    def _note_request(self, request: Request) -> None:
        if request.url != self.address:
            self.deeds.append(f"asks {request.url}")

    def _dismiss(self, dialog: Dialog) -> None:
        self.deeds.append(f"calls out {dialog.message}")
        dialog.dismiss()

    def visit(self, address: str) -> "Watched":
        """Go there, forgetting what was before."""
        self.page.goto("about:blank")
        self.address = address
        self.deeds.clear()
        self.page.goto(address, wait_until="load")
        return self


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.fail(MEND)
    with sync_playwright() as playwright:
        # Chromium's own sandbox needs another user than root, whom CI and containers have.
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context()
    # Nobody out there is asked by a test; that a page wants to is known before it is stopped.
    context.route(
        lambda address: not address.startswith(("file:", "http://127.0.0.1:", "data:")), lambda one: one.abort()
    )
    yield Watched(page=context.new_page())
    context.close()


@pytest.fixture(scope="module")
def served(readings: Readings) -> Iterator[tuple[str, list[str]]]:
    """The reports' folder over HTTP, and what was asked of it."""
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(readings.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def told_score(report: Report) -> str:
    if report.score is not None:
        return f"{report.score:g} of {report.points:g} points"
    return "Not accepted" if report.status is Status.REJECTED else "Not graded yet"


def check_harmless(tab: Watched, report: Report) -> None:
    """Closed as it is opened, and with every cell opened: the page does nothing, and its score is there to be read."""
    for _ in range(2):
        assert tab.page.evaluate(MARKS), tab.address
        found = tab.page.evaluate(EXAMINE)
        assert (found["acting"], found["refused"], tab.deeds) == (0, [], [])
        assert (found["inView"], found["seen"], found["covered"]) == (True, True, False)
        assert found["text"] == told_score(report)
        assert found["verdicts"] == (1 if report.score is None else 2)
        assert found["wide"] <= 0
        tab.page.evaluate(OPEN)
    assert tab.page.title() == f"{report.lab_title or report.lab or 'Lab'} \u2013 feedback"
    assert (len(tab.page.frames), len(tab.page.context.pages), tab.page.url) == (1, 1, tab.address)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_a_page_from_the_disk_is_harmless(readings: Readings, tab: Watched, attack: Any) -> None:
    for report, page in readings.reports(attack):
        check_harmless(tab.visit(page.as_uri()), report)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_a_page_from_a_server_is_harmless(
    readings: Readings, served: tuple[str, list[str]], tab: Watched, attack: Any
) -> None:
    address, asked = served
    for report, page in readings.reports(attack):
        # The refused are many, and differ in their names alone.
        if report.score is None:
            continue
        asked.clear()
        check_harmless(tab.visit(f"{address}{page.as_uri().rpartition('/')[2]}"), report)
        assert len(asked) == 1


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_page_with_hostile_text_in_every_field_is_harmless(tmp_path: Path, tab: Watched, attack: str) -> None:
    for number, report in enumerate(hostile_reports(HOSTILE[attack])):
        _, page = write_report(report.model_copy(update={"lab_title": f"A lab {number}"}), tmp_path)
        check_harmless(tab.visit(page.as_uri()), report.model_copy(update={"lab_title": f"A lab {number}"}))


def test_a_name_of_marks_stays_in_its_place_on_a_narrow_screen(tmp_path: Path, tab: Watched) -> None:
    name = "amina" + "\u0301\u0316\u0489" * 60 + "\ufdfd" * 40 + "\u0e01" + "\u0e49" * 90
    told = hostile_reports("plain")[0].model_copy(update={"learner": name, "submission": name, "lab_title": "A lab"})
    tab.page.set_viewport_size({"width": 360, "height": 640})

    _, page = write_report(told, tmp_path)

    check_harmless(tab.visit(page.as_uri()), told)


def naive(report: Report) -> str:
    """A page as it is made without a thought: the same verdict, and the outputs' HTML as it is."""
    shown = [text for run in report.cells for output in run.outputs for text in _markup(output)]
    score = f"<strong>{report.score:g}</strong> of {report.points:g} points"
    head = "<!doctype html><meta charset=utf-8><title>A lab</title>"
    return f"{head}<section class=verdict><p class=score>{score}</p></section>{''.join(shown)}"


def _markup(output: dict[str, Any]) -> Iterator[str]:
    bundle = output.get("data")
    for kind in ("text/html", "image/svg+xml"):
        text = bundle.get(kind) if isinstance(bundle, dict) else None
        if isinstance(text, str):
            yield f"<div>{text}</div>"


@pytest.mark.parametrize("over", ["file", "http"])
@pytest.mark.parametrize(
    "name", ["scripts-in-markup", "markup-that-mutates", "kinds-of-display", "pictures-that-are-not"]
)
def test_a_page_made_without_a_thought_runs_them(
    readings: Readings, served: tuple[str, list[str]], tab: Watched, name: str, over: str
) -> None:
    ((report, page),) = readings.reports(next(attack for attack in ATTACKS if attack.folder.name == name))
    file = page.with_name(f"naive-{name}.htm")
    file.write_text(naive(report), encoding="utf-8", errors="replace")
    try:
        tab.visit(file.as_uri() if over == "file" else f"{served[0]}{file.name}")
        tab.page.wait_for_function("window.pwned === 1 || document.title === 'pwned'")
        assert any(deed.startswith("calls out") for deed in tab.deeds)
    finally:
        file.unlink()


def test_a_page_made_without_a_thought_asks_strangers(readings: Readings, tmp_path: Path, tab: Watched) -> None:
    ((report, _),) = readings.reports(next(one for one in ATTACKS if one.folder.name == "loads-in-markup"))
    file = tmp_path / "naive.html"
    file.write_text(naive(report).replace("http-equiv", "x"), encoding="utf-8")

    tab.visit(file.as_uri())

    assert sum("reader.invalid" in deed for deed in tab.deeds) >= 5


@pytest.mark.parametrize("sheet", range(4))
def test_a_page_made_without_a_thought_loses_its_score(
    readings: Readings, tmp_path: Path, tab: Watched, sheet: int
) -> None:
    ((report, _),) = readings.reports(next(one for one in ATTACKS if one.folder.name == "styles-over-the-score"))
    first = next(run for run in report.cells if len(run.outputs) > sheet)
    alone = report.model_copy(update={"cells": (first.model_copy(update={"outputs": (first.outputs[sheet],)}),)})
    file = tmp_path / "naive.html"
    file.write_text(naive(alone), encoding="utf-8")

    found = tab.visit(file.as_uri()).page.evaluate(EXAMINE)

    assert found["covered"] or not found["seen"] or not found["inView"] or found["text"] != told_score(report)


def test_the_policy_alone_stops_what_sanitising_would_let_through(
    readings: Readings, tmp_path: Path, tab: Watched
) -> None:
    ((report, _),) = readings.reports(next(one for one in ATTACKS if one.folder.name == "scripts-in-markup"))
    raw = "".join(text for run in report.cells for output in run.outputs for text in _markup(output))
    file = tmp_path / "policy.html"
    file.write_text(render_html(report).replace("</main>", f"{raw}</main>"), encoding="utf-8")

    tab.visit(file.as_uri())

    assert tab.page.evaluate(MARKS)
    assert tab.page.evaluate("window.refused.length") > 5
