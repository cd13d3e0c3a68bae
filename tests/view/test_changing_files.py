"""W10: files that change or vanish under an open view, and files that are damaged: a sentence, never a wrong chart."""

from __future__ import annotations

import base64
import shutil

import pytest

from govsim.compilation.folder import cache_directory
from govsim.errors import ScenarioError
from govsim.language import using
from govsim.view.answering import Answering
from govsim.view.desk import Desk
from govsim.view.opening import check_whole
from govsim.view.places import places_of
from tests.view.page import PATIENCE, Page
from tests.view.process import Served
from tests.view.view_app import copy_of_demo

SMALL = "place=demo&world.residents=3000&horizon.years=1&seeds=10&on=task-permit"
SENTENCES = {"en": "no longer says what it said", "zh": "内容已变"}


@pytest.fixture
def folder(tmp_path):
    copy_of_demo(tmp_path / "demo")
    return tmp_path / "demo"


def damage(path):
    path.write_bytes(path.read_bytes()[:200] + b"\x00\xff")


def edit(path):
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("2940", "9940").replace("years: 3", "years: 4").replace(",7,", ",9,"), encoding="utf-8"
    )


def remove(path):
    path.unlink()


@pytest.mark.parametrize("change", [edit, damage, remove])
@pytest.mark.parametrize("name", ["baseline.yaml", "communities.csv", "settlements.csv", "streets.csv"])
def test_a_place_whose_files_change_answers_as_before_or_says_so(folder, name, change):
    desk = Desk(places_of([folder / "baseline.yaml"]), None)
    before = desk.checked(SMALL)
    change(folder / name)
    assert desk.checked(SMALL) is before
    for lang, sentence in SENTENCES.items():
        with using(lang), pytest.raises(ScenarioError, match=sentence) as caught:
            desk.checked(f"{SMALL}&push.penalty=6")
        assert name in str(caught.value)
        said = Answering(desk).scenario_file(f"{SMALL}&push.penalty=6&lang={lang}")[1]
        assert sentence in said


def test_a_place_whose_files_are_put_back_answers_again(folder):
    desk = Desk(places_of([folder / "baseline.yaml"]), None)
    content = (folder / "settlements.csv").read_bytes()
    edit(folder / "settlements.csv")
    with pytest.raises(ScenarioError):
        desk.checked(SMALL)
    (folder / "settlements.csv").write_bytes(content)
    assert desk.checked(SMALL).names == Desk(places_of([folder / "baseline.yaml"]), None).checked(SMALL).names


def test_files_of_reforms_are_read_once_and_may_go(folder):
    desk = Desk(places_of([folder / "task-permit.yaml"]), None)
    other = Desk(places_of([folder / "task-permit.yaml"]), None)
    expected = other.checked(f"{SMALL},pay-rise").names
    for path in folder.glob("*.yaml"):
        if path.name != "baseline.yaml":
            path.unlink()
    (folder / "new.yaml").write_text("no: scenario", encoding="utf-8")
    assert desk.checked(f"{SMALL},pay-rise").names == expected


def opened(text, lang="en"):
    """Return what is said of a file that is opened, and the query that it becomes."""
    desk = Desk(places_of([]), None)
    content = text if isinstance(text, bytes) else text.encode()
    sent = "data:application/yaml;base64," + base64.b64encode(content).decode()
    _, query, said = Answering(desk).opened(sent, "mine.yaml", lang, 10)
    return (None, query, desk, sent) if isinstance(query, str) else (said, None, desk, sent)


WHOLE = "extends: baseline.yaml\nschema: govsim/scenario@1\nid: demo-mine\ntitle: {en: mine, zh: 我的}\n"
TABLES = "communities: communities.csv, settlements: settlements.csv, streets: streets.csv"
PERMIT = "{use: task_permit, id: %s, starts_on: 2007-01, strictness: %s}"
RIGHT = {
    "nothing more": "",
    "a reform": f"reforms: [{PERMIT % ('x', 3.0)}]",
    "an end": "reforms: [{use: task_permit, id: x, starts_on: 2007-01, ends_on: 2008-06}]",
    "communities": "reforms: [{use: task_permit, id: x, starts_on: 2007-01, in_communities: [lm-01]}]",
    "reforms called otherwise": f"reforms: [{PERMIT % ('a', 1.0)}, {{use: pay_rise, id: b, starts_on: 2007-07}}]",
    "a parameter without a control": "parameters: {contact.weight: 0.5}",
    "a size": f"world: {{{TABLES}, residents: 900}}",
}
WRONG = {
    "a number for reforms": "reforms: 5",
    "no reforms": "reforms: null",
    "a block for reforms": "reforms: {a: 1}",
    "reforms of numbers": "reforms: [5]",
    "a list for a kind": "reforms: [{use: [1], id: x}]",
    "a list for an id": "reforms: [{use: task_permit, id: [1]}]",
    "a block for a number": "reforms: [{use: task_permit, id: x, strictness: {a: 1}}]",
    "a truth for a number": "reforms: [{use: task_permit, id: x, starts_on: 2007-01, strictness: true}]",
    "a field that no reform has": "reforms: [{use: task_permit, id: x, starts_on: 2007-01, nothing: 5}]",
    "a reform twice": f"reforms: [{PERMIT % ('x', 1.0)}, {PERMIT % ('y', 3.0)}]",
    "a number for parameters": "parameters: 5",
    "a list for a parameter": "parameters: {push.penalty: [1]}",
    "a parameter that there is not": "parameters: {nothing.known: 5}",
    "other rules": "rules: {hiring: yearly}",
    "another beginning": "horizon: {start: 2010-01, years: 3}",
    "words for residents": "world: {communities: communities.csv, settlements: settlements.csv, residents: many}",
    "a table elsewhere": "world: {communities: ../../x.csv, settlements: settlements.csv}",
    "half a file": "reforms: [{use: task_permit",
    "bytes": b"id: demo-x\x80\xff",
    "a zero": b"id: demo-x\x00",
}


@pytest.mark.parametrize("what", RIGHT)
def test_an_opened_file_becomes_a_choice_that_means_the_same(what):
    said, query, desk, sent = opened(WHOLE + RIGHT[what])
    assert said is None
    check_whole(sent, desk.checked(query))


@pytest.mark.parametrize("what", WRONG)
def test_an_opened_file_that_is_damaged_or_says_more_than_a_view_can_set_is_refused_in_a_sentence(what):
    for lang in ("en", "zh"):
        text = WRONG[what]
        said, query, *_ = opened(text if isinstance(text, bytes) else WHOLE + text, lang)
        assert query is None
        assert said.startswith("mine.yaml")
        assert len(said) > 20


@pytest.fixture
def served(tmp_path):
    """Return the address of a view whose places and compiled kernels lie in folders of their own."""
    copy_of_demo(tmp_path / "places" / "demo")
    if cache_directory().exists():
        shutil.copytree(cache_directory(), tmp_path / "cache" / cache_directory().name)
    environment = {"GOVSIM_CACHE_DIR": str(tmp_path / "cache")}
    server = Served(tmp_path / "places", tmp_path / "log", environment, page="view")
    yield server.address
    server.stop()
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


@pytest.mark.browser
def test_a_page_goes_on_without_its_kernels_and_says_so_where_its_place_is_gone(browser, served, tmp_path):
    page = Page(browser, served)
    page.open(f"{SMALL}&lang=en")
    shutil.rmtree(tmp_path / "cache")
    page.view.get_by_role("checkbox", name="Pay rise for community workers").check()
    page.until("location.search.includes('pay-rise')")
    page.wait()
    first = page.view.locator(".words").inner_text()
    (tmp_path / "places" / "demo" / "communities.csv").unlink()
    page.view.get_by_role("checkbox", name="Fewer inspections").check()
    page.view.locator("#status").get_by_text("communities.csv no longer says what it said").wait_for(timeout=PATIENCE)
    assert page.view.locator(".panel .js-plotly-plot").count() == 0
    page.view.get_by_role("button", name="Download the scenario (YAML)").click()
    page.view.locator("#opened").get_by_text("communities.csv no longer says what it said").wait_for(timeout=PATIENCE)
    page.view.get_by_role("checkbox", name="Fewer inspections").uncheck()
    page.wait()
    assert page.view.locator(".words").inner_text() == first
    page.close()
