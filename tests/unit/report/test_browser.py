"""The page in a real browser, from a file: figures are drawn, nothing is asked for, nothing is cut.

``CHROMIUM`` may name the browser. Without one the tests are skipped, except where all must run (``CI`` is set).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import pytest

from govsim.report import write_report
from tests.compared import hostile_files, hostile_names, of_many_arms, two_reforms
from tests.payloads import INVISIBLE, VISIBLE, without_spaces

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "zh")
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PAPER = {"width": 680, "height": 1009}  # what A4 leaves between margins of 15 mm, at 96 pixels an inch


@dataclass
class Opened:
    """A page that is open, with what it asked for and what went wrong."""

    view: object
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, script):
        return self.view.evaluate(script)


def opened(browser, file, **options):
    view = browser.new_page(**({"viewport": DESK} | options))
    page = Opened(view, file.as_uri())
    view.on("request", lambda request: page.requests.append(request.url))
    view.on("console", lambda message: page.complaints.append(message.text))
    view.on("pageerror", lambda error: page.complaints.append(str(error)))
    view.goto(page.address)
    view.wait_for_load_state("load")
    return page


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    found = {lang: folder / f"{lang}.html" for lang in LANGUAGES}
    for lang, file in found.items():
        write_report(two_reforms(), file, lang)
    return found


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request, browser, files):
    """Return the page of two reforms on a desk, once a language; who changes the window puts it back."""
    found = opened(browser, files[request.param])
    found.lang = request.param
    yield found
    found.view.close()


UNDRAWN = (
    "Array.from(document.querySelectorAll('.plot'))"
    ".filter(e => !e.querySelector('svg .point, svg .js-line')).map(e => e.id)"
)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = "Math.max(...Array.from(document.querySelectorAll('.plot svg.main-svg')).map(e => e.clientWidth))"
TEXTS = "Array.from(document.querySelectorAll('.plot svg text')).map(e => e.textContent)"


def test_every_figure_is_drawn_and_nothing_is_asked_for(page):
    assert page.ask("document.querySelectorAll('.plot').length") == 19
    assert page.ask(UNDRAWN) == []
    assert page.requests == [page.address]
    assert page.complaints == []


def test_a_page_that_asks_for_something_is_seen_to_ask(browser, tmp_path):
    file = tmp_path / "asking.html"
    file.write_text("<!doctype html><img src='http://127.0.0.1:9/picture.png'>", encoding="utf-8")
    asking = opened(browser, file)
    assert asking.requests == [asking.address, "http://127.0.0.1:9/picture.png"]
    asking.view.close()


def test_the_policy_stops_what_somebody_might_add(browser, files, tmp_path):
    added = "<img src='http://127.0.0.1:9/picture.png' onerror='window.stolen = 1'><script>window.stolen = 1</script>"
    file = tmp_path / "changed.html"
    html = files["en"].read_text(encoding="utf-8").replace("<main>", f"<main>{added}", 1)
    file.write_text(html, encoding="utf-8")
    changed = opened(browser, file)
    assert changed.ask("window.stolen === undefined")
    assert any("Content Security Policy" in each for each in changed.complaints)
    assert changed.ask(UNDRAWN) == []
    changed.view.close()


@pytest.mark.parametrize("comparison", [hostile_files, hostile_names], ids=lambda each: each.__name__)
def test_what_a_user_wrote_is_read_and_not_run(browser, tmp_path, comparison):
    write_report(comparison(), tmp_path / "hostile.html")
    found = opened(browser, tmp_path / "hostile.html")
    assert found.ask("window.stolen === undefined")
    assert found.ask(UNDRAWN) == []
    assert found.complaints == []
    assert "window.stolen = 1" in found.view.inner_text("body")
    found.view.close()


FOREIGN = """() => [...document.querySelectorAll('body *')]
    .filter(each => /^(img|iframe|object|embed|base|math|video)$/i.test(each.tagName)
        || [...each.attributes].some(its => /^on/.test(its.name)
            || (/(href|src|action|data)$/.test(its.name) && /^\\s*(javascript|data:text)/i.test(its.value))))
    .map(each => each.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("first", [4, 20, 36])
def test_no_name_and_no_setting_becomes_a_part_of_the_page(browser, tmp_path, first):
    names = VISIBLE[first : first + 4]
    found = of_many_arms(hostile_files(), len(names))
    arms = tuple(replace(arm, scenario=name) for arm, name in zip(found.arms, names, strict=True))
    write_report(
        replace(found, arms=arms, baseline=VISIBLE[0], settings=VISIBLE + INVISIBLE), tmp_path / "hostile.html"
    )
    page = opened(browser, tmp_path / "hostile.html")
    seen = without_spaces(page.view.inner_text("body"))
    assert [each for each in names if without_spaces(each) not in seen] == []
    assert page.ask("window.stolen === undefined")
    assert page.ask(FOREIGN) == []
    assert page.ask(UNDRAWN) == []
    assert page.requests == [page.address]
    assert page.complaints == []
    page.view.close()


@pytest.mark.parametrize("width", [320, 768])
def test_no_window_is_too_narrow(page, width):
    page.view.set_viewport_size({"width": width, "height": 800})
    page.view.wait_for_timeout(300)
    overflow = page.ask(OVERFLOW)
    has_overview = page.view.is_visible("#figure-overview-1")
    page.view.set_viewport_size(DESK)
    assert overflow <= 0
    assert has_overview == (width == 768)
    assert page.view.is_visible("#figure-overview-1")


@pytest.mark.nightly
def test_four_reforms_side_by_side_scroll_inside_their_frame_on_a_phone(browser, tmp_path):
    write_report(of_many_arms(two_reforms(), 4), tmp_path / "four.html")
    found = opened(browser, tmp_path / "four.html", viewport=PHONE)
    assert found.ask(OVERFLOW) <= 0
    assert found.ask("Array.from(document.querySelectorAll('.plot-frame')).some(e => e.scrollWidth > e.clientWidth)")
    found.view.close()


def test_on_paper_figures_and_tables_fit_and_the_screen_gets_its_figures_back(page):
    page.view.set_viewport_size(DESK)
    page.view.wait_for_timeout(500)
    before = page.ask(WIDEST)
    page.view.emulate_media(media="print")
    page.view.set_viewport_size(PAPER)
    page.ask("dispatchEvent(new Event('beforeprint'))")
    assert page.ask(WIDEST) <= PAPER["width"]
    widths = page.ask("Array.from(document.querySelectorAll('table')).map(e => e.clientWidth)")
    heights = page.ask("Array.from(document.querySelectorAll('figure')).map(e => e.clientHeight)")
    assert max(widths) <= PAPER["width"]
    assert max(heights) <= PAPER["height"]
    assert page.ask("getComputedStyle(document.querySelector('nav')).display") == "none"
    page.ask("dispatchEvent(new Event('afterprint'))")
    page.view.emulate_media(media="null")
    page.view.set_viewport_size(DESK)
    page.view.wait_for_timeout(500)
    assert page.ask(WIDEST) == before


def test_the_page_becomes_sheets_of_a4(page, tmp_path):
    content = page.view.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox ?\[0 0 ([0-9.]+) ([0-9.]+)\]", content)
    assert len(sizes) > 5
    assert all((round(float(width)), round(float(height))) == (595, 842) for width, height in sizes)


@pytest.mark.parametrize(("scheme", "ink"), [("light", "rgb(26, 33, 41)"), ("dark", "rgb(230, 234, 238)")])
def test_texts_and_whiskers_of_figures_have_the_ink_of_the_page(page, scheme, ink):
    page.view.emulate_media(color_scheme=scheme)
    fills = page.ask(
        "[...new Set(Array.from(document.querySelectorAll('.plot svg text')).map(e => getComputedStyle(e).fill))]"
    )
    whiskers = page.ask(
        "[...new Set(Array.from(document.querySelectorAll('.barlayer .xerror')).map(e => getComputedStyle(e).stroke))]"
    )
    of_body = page.ask("getComputedStyle(document.body).color")
    page.view.emulate_media(color_scheme="light")
    assert fills == whiskers == [of_body] == [ink]


def test_figures_speak_the_language_of_the_page(page):
    texts = page.ask(TEXTS)
    english = any(word in text for text in texts for word in ("better", "worse", "effect", "interval"))
    assert english == (page.lang == "en")
    assert any("居民满意度" in text for text in texts) == (page.lang == "zh")
