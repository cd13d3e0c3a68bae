"""The page in a real browser: each control changes what is shown, in both languages, and nothing is asked of others."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from govsim.odd.chains import chains
from tests.view.page import PATIENCE, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SMALL = "place=demo&on=task-permit&world.residents=3000&horizon.years=1&seeds=10"
TABS = {
    "en": ("Answer", "Over time", "Winners and losers", "Money", "Why", "Follow one", "All outcomes"),
    "zh": ("结论", "随时间变化", "谁受益，谁受损", "经费", "原因", "跟踪一个", "全部指标"),
}
# Formulas have the names of parameters in them, which no language translates.
WITHOUT_FORMULAS = "document.querySelectorAll('[id*=chain]').forEach(each => { each.style.display = 'none' })"
OUTLINE = """() => {
    const at = document.activeElement, look = getComputedStyle(at)
    if (at === document.body) return 'page'
    if (at.closest('.tabs')) return 'label'
    return look.outlineStyle === 'none' ? at.outerHTML : `${look.outlineWidth} ${look.outlineColor}`
}"""
NAMELESS = """() => [...document.querySelectorAll('input, select, button, [role=img]')]
    .filter(each => each.offsetParent && !each.closest('fieldset, label') && !each.ariaLabel)
    .filter(each => !each.textContent.trim())
    .map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Return the address of the view of the package's place, served by the command."""
    command = "from govsim.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "GOVSIM_LANG": "en"}
    log = tmp_path_factory.mktemp("view") / "log"
    with log.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-c", command, "view", "--no-browser", "--quiet", "--n-jobs", "2"],
            stdout=subprocess.PIPE,
            stderr=stderr,
            encoding="utf-8",
            env=environment,
        )
    yield process.stdout.readline().strip()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 128 + signal.SIGTERM
    process.stdout.close()
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.fixture
def page(browser, served):
    found = Page(browser, served)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("width", "scheme", "lang"),
    [
        (1280, "light", "zh"),
        (380, "dark", "en"),
        pytest.param(1280, "light", "en", marks=pytest.mark.nightly),
        pytest.param(380, "dark", "zh", marks=pytest.mark.nightly),
    ],
)
def test_every_panel_shows_its_figures_in_every_window(browser, served, lang, width, scheme):
    page = Page(browser, served, width, scheme).open(f"{SMALL}&lang={lang}")
    for tab in TABS[lang]:
        page.choose(tab)
        figures = page.view.locator(".panel .js-plotly-plot .main-svg")
        figures.first.wait_for(timeout=PATIENCE)
        page.view.evaluate(WITHOUT_FORMULAS)
        words = page.view.locator("body").inner_text()
        assert not re.search(r"undefined|NaN|null|\{[a-z]+\}", words)
        if lang == "zh":
            assert not re.findall(r"[A-Za-z]{4,}", re.sub(r"English|YAML|HTML|govsim|Holm", "", words))
    assert page.view.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_a_narrow_window_begins_with_the_answer_and_what_is_chosen_unfolds_above_it(browser, served):
    page = Page(browser, served, 390).open(f"{SMALL}&lang=en")
    assert page.view.locator(".words li").first.bounding_box()["y"] < 600
    switch = page.view.get_by_role("checkbox", name="Task permit")
    assert not switch.is_visible()
    page.view.locator("#choose > summary").focus()
    page.view.keyboard.press("Enter")
    switch.uncheck()
    page.view.get_by_text("Switch a reform on to see what it changes.").wait_for(timeout=PATIENCE)
    assert switch.is_visible()
    page.close()


def test_what_is_chosen_stands_open_in_a_wide_window_also_in_one_that_was_narrow(browser, served):
    page = Page(browser, served, 1280).open(f"{SMALL}&lang=en")
    switch = page.view.get_by_role("checkbox", name="Task permit")
    assert switch.is_visible()
    assert not page.view.locator("#choose > summary").is_visible()
    page.view.set_viewport_size({"width": 390, "height": 900})
    switch.wait_for(state="hidden", timeout=PATIENCE)
    page.view.set_viewport_size({"width": 1280, "height": 900})
    switch.wait_for(timeout=PATIENCE)
    page.close()


def test_a_switch_changes_the_answer_and_the_address(page):
    page.open(f"{SMALL}&lang=en")
    before = page.view.locator(".words").inner_text()
    page.view.get_by_role("checkbox", name="Pay rise for community workers").check()
    page.view.locator(".panel.stale").wait_for(timeout=PATIENCE)
    page.wait()
    assert "pay-rise" in page.query
    assert page.view.locator(".words").inner_text() != before


def test_without_a_reform_nothing_is_shown_as_an_answer(page):
    page.open(f"{SMALL}&lang=en")
    page.view.get_by_role("checkbox", name="Task permit").uncheck()
    page.view.get_by_text("Switch a reform on to see what it changes.").wait_for(timeout=PATIENCE)
    page.until("document.querySelector('.panel .js-plotly-plot') === null")


def test_every_setting_of_a_reform_is_written_into_the_address_and_survives_a_reload(page):
    page.open(f"{SMALL}&lang=en")
    card = page.view.locator(".reform.on")
    card.locator("summary").click()
    sliders = card.locator("input[type=number]")
    n_sliders = sliders.count()
    assert n_sliders >= 4
    for number in range(n_sliders):
        field = sliders.nth(number)
        field.fill(field.get_attribute("min") or "1")
        field.press("Enter")
    page.until("location.search.includes('reforms.task-permit.strictness')")
    query = page.query
    page.view.reload()
    page.wait()
    assert page.query == query


def test_the_other_language_keeps_what_is_chosen(page):
    page.open(f"{SMALL}&reforms.task-permit.strictness=3&lang=en")
    page.view.get_by_label("中文").check()
    page.view.get_by_role("heading", name="会有什么变化").wait_for(timeout=PATIENCE)
    page.wait()
    assert "lang=zh" in page.query
    assert "reforms.task-permit.strictness=3" in page.query


def test_the_other_language_keeps_what_is_looked_at(page):
    page.open(f"{SMALL}&lang=en")
    page.choose("Winners and losers")
    page.view.locator(".pick-by").get_by_label("communities").check()
    page.settle()
    page.view.get_by_label("中文").check()
    page.view.get_by_role("heading", name="会有什么变化").wait_for(timeout=PATIENCE)
    page.settle()
    assert page.view.locator(".tabs input:checked").input_value() == "groups"
    assert page.view.locator(".pick-by input:checked").input_value() == "community"
    assert page.view.locator(".look-groups").count() == 1


def test_going_back_shows_what_was_chosen_before(page):
    page.open(f"{SMALL}&lang=en")
    page.view.get_by_role("checkbox", name="Pay rise for community workers").check()
    page.until("location.search.includes('pay-rise')")
    page.wait()
    page.view.go_back()
    page.until("!location.search.includes('pay-rise')")
    page.until("!document.querySelectorAll('.reform.on input:checked')[1]")
    page.wait()


def test_a_value_that_cannot_be_is_said_in_a_sentence(page):
    page.view.goto(f"{page.origin}/?{SMALL}&push.penalty=9999&lang=en")
    page.view.locator("#status").get_by_text("push.penalty").wait_for(timeout=PATIENCE)
    assert page.view.locator(".panel .js-plotly-plot").count() == 0


def test_the_scenario_and_the_report_are_downloaded_and_the_scenario_opens_again(page, tmp_path):
    page.open(f"{SMALL}&reforms.task-permit.strictness=3&lang=en")
    with page.view.expect_download() as taken:
        page.view.get_by_role("button", name="Download the scenario (YAML)").click()
    path = tmp_path / "mine.yaml"
    taken.value.save_as(path)
    assert "strictness: 3" in path.read_text(encoding="utf-8")
    with page.view.expect_download() as report:
        page.view.get_by_role("button", name="Download the report (HTML)").click()
    report.value.save_as(tmp_path / "report.html")
    content = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert f"govsim view  # /{page.query}".replace("&", "&amp;") in content
    assert "figure-difference-1" in content
    page.open(f"{SMALL}&lang=en")
    page.view.set_input_files("#open input[type=file]", path)
    page.until("location.search.includes('reforms.task-permit.strictness=3')")
    page.wait()


def test_a_number_is_taken_as_it_is_typed(page):
    page.open(f"{SMALL}&lang=en")
    page.view.locator(".reform.on summary").click()
    field = page.view.locator('[id*="task-permit.strictness"] input[type=number]')
    field.fill("1.3")
    field.press("Enter")
    page.until("location.search.includes('reforms.task-permit.strictness=1.3')")


def test_a_click_on_an_office_opens_it_and_the_months_play(page):
    page.open(f"{SMALL}&lang=en")
    page.choose("Why")
    page.view.get_by_text("in the end").wait_for(state="hidden", timeout=PATIENCE)  # a figure drawn anew loses a click
    page.settle()
    plot = page.view.locator("[id*=organisation] .scatterlayer .point").nth(3)
    plot.scroll_into_view_if_needed()
    plot.click(force=True)
    card = page.view.locator("#office-card")
    card.wait_for(timeout=PATIENCE)
    assert "work that came, hours" in card.inner_text()
    page.view.get_by_label("play").check()
    page.view.locator("#month").get_by_text(re.compile(r"^2007-0[1-9]$")).wait_for(timeout=PATIENCE)
    card.get_by_text(re.compile(r"^2007-0[1-9]$")).wait_for(timeout=PATIENCE)


@pytest.mark.parametrize("who", ["a request of a resident", "a worker", "a resident"])
def test_one_thing_is_followed_in_both_arms_and_then_another(page, who):
    page.open(f"{SMALL}&lang=en")
    page.choose("Follow one")
    page.view.locator("#who").click()
    page.view.get_by_role("option", name=who, exact=True).click()
    page.view.wait_for_timeout(500)
    lives = page.view.locator(".lives section")
    lives.nth(1).wait_for(timeout=PATIENCE)
    told = page.view.locator(".lives").inner_text()
    assert "Without the reform" in told
    assert len(lives.first.locator("li").all()) >= 1
    page.view.get_by_role("button", name="Another one").click()
    page.until(f"document.querySelector('.lives').innerText !== {json.dumps(told)}")


def test_the_month_that_is_followed_is_the_one_that_is_named(page):
    page.open(f"{SMALL}&lang=en")
    page.choose("Follow one")
    assert page.view.locator("#since").inner_text().strip() == "2007-03"
    assert "2007-03, working day" in page.view.locator(".lives li").first.inner_text()
    page.view.locator("#since").click()
    page.view.get_by_role("option", name="2007-06", exact=True).click()
    page.until("document.querySelector('.lives li').innerText.includes('2007-06, working day')")


def test_a_month_that_a_shorter_run_has_not_is_no_longer_looked_at(page):
    page.open(f"{SMALL.replace('years=1', 'years=2')}&lang=en")
    page.choose("Why")
    page.view.locator("#month").click()
    page.view.get_by_role("option", name="2008-05", exact=True).click()
    years = page.view.locator("fieldset", has_text="years that are reported").locator("input[type=number]")
    years.fill("1")
    years.press("Enter")
    page.view.locator("#month").get_by_text("all reported months").wait_for(timeout=PATIENCE)
    page.wait()


def test_every_link_of_a_chain_is_said_in_text_that_can_be_read_aloud(page):
    page.open(f"{SMALL}&lang=en")
    page.choose("Why")
    links = page.view.locator("#chain-words li")
    assert links.count() == len(chains()["workload_hours"])
    assert "Formula (ODD" in links.first.inner_text()


def test_every_control_and_figure_has_a_name_for_who_does_not_see_it(page):
    page.open(f"{SMALL}&lang=en")
    nameless = page.view.evaluate(NAMELESS)
    assert nameless == []
    told = "all => all.map(e => e.querySelector('legend')?.textContent || '')"
    legends = page.view.locator("fieldset").evaluate_all(told)
    assert all(legends)


def test_the_keyboard_reaches_the_answer_and_the_panels(page):
    page.open(f"{SMALL}&lang=en")
    page.view.keyboard.press("Tab")
    assert page.view.evaluate("document.activeElement.className") == "skip"
    page.view.locator(".tabs input").first.focus()
    page.view.keyboard.press("ArrowRight")
    page.view.wait_for_timeout(300)
    page.wait()
    assert page.view.locator(".look-series").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_that_the_keyboard_reaches_shows_that_it_is_there(browser, served, scheme):
    page = Page(browser, served, 1280, scheme).open(f"{SMALL}&lang=en")
    page.view.locator(".reform.on summary").click()
    link = page.view.evaluate(
        "(document.querySelector('.skip').focus(), getComputedStyle(document.activeElement).color)"
    )
    outlines = set()
    for _ in range(30):
        page.view.keyboard.press("Tab")
        outlines.add(page.view.evaluate(OUTLINE))
    assert outlines - {"page"} in ({f"3px {link}"}, {f"3px {link}", "label"})
    page.close()


def test_a_page_is_light_enough(page):
    page.open(f"{SMALL}&lang=en")
    sizes = page.view.evaluate("performance.getEntriesByType('resource').map(e => [e.name, e.decodedBodySize])")
    own = {name.rsplit("/", 1)[-1]: size for name, size in sizes}
    calls = sum(size for name, size in sizes if "_dash-update-component" in name)
    assert calls < 600_000, json.dumps(own)
