"""W6: names, titles, sources, file names and addresses that try to become part of the page are read and not run."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlencode

import pytest

from tests.payloads import INVISIBLE, VISIBLE, without_spaces
from tests.view.page import Page
from tests.view.process import Served
from tests.view.view_app import copy_of_demo, rename

pytestmark = pytest.mark.browser

NAMES = VISIBLE[4:] + VISIBLE[:4]
TITLES = (*VISIBLE[::4], VISIBLE[-1])
REFORMS = ("inspection-cut", "pay-rise", "task-permit")
PARAMETERS = (
    "push.penalty",
    "mandates.volume",
    "inspections.weight",
    "strain.gain_per_day",
    "voice.latent_needs_per_year",
    "hiring.applicants",
)
SMALL = "place=w00&horizon.years=1&seeds=10"
WATCH = """
    window.refused = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        window.refused.push([event.violatedDirective, event.sourceFile, event.sample].join(" ")));
"""
# What a text would have made of itself. React and Plotly write neither scripts nor handlers into a page.
FOREIGN = """() => [...document.querySelectorAll('*')].filter(each =>
        ['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'MATH', 'VIDEO', 'IMG'].includes(each.tagName)
        || [...each.attributes].some(its => /^on/i.test(its.name)
            || (/(href|src|action|data)$/.test(its.name) && /^\\s*(javascript|data:text)/i.test(its.value)))
        || (each.tagName === 'A' && each.className !== 'skip' && each.getAttribute('data-dash-link') === null))
    .map(each => each.outerHTML.slice(0, 200))"""
HOVERED = """async () => {
    const said = new Set();
    for (const plot of document.querySelectorAll('.js-plotly-plot')) {
        for (const [curveNumber, trace] of plot._fullData.entries()) {
            const texts = Array.isArray(trace.hovertext) ? trace.hovertext : [];
            for (const [pointNumber, text] of texts.entries()) {
                if (!/stolen|alert|base|rel=/.test(text)) continue;
                Plotly.Fx.unhover(plot);
                Plotly.Fx.hover(plot, [{curveNumber, pointNumber}]);
                for (let wait = 0; wait < 50 && !plot.querySelector('.hoverlayer text'); wait++)
                    await new Promise(resolve => setTimeout(resolve, 20));  // Plotly hovers some times a second
                plot.querySelectorAll('.hoverlayer text').forEach(each => said.add(each.textContent));
            }
        }
    }
    return [...said].join(' ');
}"""
SHOWN = "[...document.querySelectorAll('body, svg text')].map(each => each.textContent).join(' ')"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Return the address of a view whose places, streets, communities and settlements are all named with malice."""
    place = tmp_path_factory.mktemp("xss")
    for number, title in enumerate(TITLES):
        copy_of_demo(place / "places" / f"w{number:02}", title)
    first = place / "places" / "w00"
    rename(first / "streets.csv", NAMES)
    rename(first / "communities.csv", NAMES)
    rename(first / "settlements.csv", NAMES, residents="100")
    server = Served(place / "places", place / "log", page="view")
    yield server.address
    server.stop()
    assert "Traceback" not in (place / "log").read_text(encoding="utf-8")


class Watched(Page):
    """A page that notes scripts that ran, dialogs that opened and what its policy had to refuse."""

    def __init__(self, browser, address):
        super().__init__(browser, address)
        self.context.add_init_script(WATCH)
        self.view.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))

    def check(self):
        assert self.view.evaluate("[window.stolen === undefined, window.refused]") == [True, []]
        assert self.view.evaluate(FOREIGN) == []
        assert self.wrong == []

    def missing(self, payloads, *more):
        """Return which texts are nowhere on the page as they were written."""
        seen = without_spaces(" ".join([self.view.evaluate(SHOWN), *more]))
        return [each for each in payloads if without_spaces(each) not in seen]


@pytest.fixture(scope="module")
def page(browser, served):
    found = Watched(browser, served)
    yield found
    found.close()


def names_of(table, lang):
    """Return what the rows of a table of so many are called in a language."""
    first = table if lang == "zh" else 0
    return [NAMES[(first + number) % len(NAMES)] for number in range(table)]


def test_titles_of_places_are_read_in_the_list_of_places(page):
    page.open(f"{SMALL}&lang=en")
    page.view.locator("#place").click()
    page.view.get_by_role("option").nth(len(TITLES) - 1).wait_for()
    assert page.missing(TITLES) == []
    page.view.keyboard.press("Escape")
    page.check()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_names_of_streets_communities_and_settlements_are_read_wherever_they_stand(page, lang):
    page.open(f"{SMALL}&lang={lang}")
    groups, why, one = (("Winners and losers", "Why", "Follow one"), ("谁受益，谁受损", "原因", "跟踪一个"))[
        lang == "zh"
    ]
    page.choose(groups)
    for number in (1, 2):
        page.view.locator("#by input").nth(number).check()
        page.settle()
        assert len(page.missing(VISIBLE, page.view.evaluate(HOVERED))) < len(VISIBLE)
        page.check()
    page.choose(why)
    page.view.locator("#community").click()
    page.view.get_by_role("option").nth(19).wait_for()
    assert page.missing(names_of(20, lang)) == []
    page.view.keyboard.press("Escape")
    assert page.missing(names_of(20, lang) + names_of(2, lang), page.view.evaluate(HOVERED)) == []
    page.check()
    page.choose(one)
    page.view.locator("#who").click()
    page.view.get_by_role("option").nth(6).click()
    page.settle()
    assert len(page.missing(VISIBLE)) < len(VISIBLE)
    page.check()


def sixes(payloads):
    return [payloads[start : start + 6] for start in range(0, len(payloads), 6)]


def said(payload):
    """Return a text as a message repeats it: its beginning, with what cannot be seen written out."""
    return repr(payload[:16])[1:-1]


@pytest.mark.parametrize("payloads", [*sixes(VISIBLE), *([each] for each in INVISIBLE)], ids=lambda each: each[0][:9])
def test_what_an_address_sets_is_repeated_and_not_run(page, payloads):
    settings = [f"reforms.{id_}.{name}" for id_ in REFORMS for name in ("starts_on", "ends_on")]
    wrong = urlencode(dict(zip(settings, payloads, strict=False)))
    page.view.goto(f"{page.origin}/?{SMALL}&on={','.join(REFORMS)}&{wrong}&lang=en#{quote(payloads[0])}")
    page.view.locator("#status").get_by_text("--set").wait_for()
    assert page.missing([said(each) for each in payloads if each in VISIBLE]) == []
    page.check()


def test_the_name_and_the_values_of_a_file_that_is_opened_are_repeated_and_not_run(page):
    page.open(f"{SMALL}&lang=en")
    for payloads in (*sixes(VISIBLE), *([each] for each in INVISIBLE)):
        values = {path: each.replace("'", "''") for path, each in zip(PARAMETERS, payloads, strict=False)}
        text = "id: w00-x\nparameters:\n" + "".join(f"  {path}: '{value}'\n" for path, value in values.items())
        name = re.sub('[/"]', "", payloads[-1]) + ".yaml"
        file = {"name": name, "mimeType": "text/yaml", "buffer": text.encode()}
        page.view.set_input_files("#open input[type=file]", file)
        page.until(f"document.querySelector('#opened').textContent.includes({json.dumps(name[:12])})")
        assert page.missing([name, *(said(each) for each in payloads if each in VISIBLE)]) == []
        page.check()
