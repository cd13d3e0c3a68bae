"""A choice stands in the address bar as settings do on a command line, and nothing of an address is believed."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from dash import dcc, html
from dash._utils import to_json
from hypothesis import given, settings
from hypothesis import strategies as st

from govsim.errors import ScenarioError
from govsim.language import using
from govsim.scenarios import load_scenario
from govsim.scenarios.listing import DEMO
from govsim.view import controls
from govsim.view.answering import Answering
from govsim.view.arms import resolved_arms
from govsim.view.choice import Choice, choice_of, query_of, usual_choice
from govsim.view.desk import Desk
from govsim.view.looks import look_controls
from govsim.view.opening import query_of_file
from govsim.view.options import named_options
from govsim.view.places import places_of

ROOT = Path(__file__).parents[2]
PLACES = places_of([ROOT / "scenarios" / "xihu" / "task-permit.yaml", DEMO / "merger.yaml"])
PATHS = {id_: sorted(controls.usual_values(place)) for id_, place in PLACES.items()}
SMALL = "place=demo&world.residents=3000&horizon.years=1&seeds=10"


@st.composite
def choices(draw):
    place = PLACES[draw(st.sampled_from(sorted(PLACES)))]
    paths = [path for path in PATHS[place.id] if not path.startswith(("world.", "horizon."))]
    return Choice(
        place.id,
        draw(st.integers(100, 10**6)),
        draw(st.integers(1, 9)),
        tuple(id_ for id_ in place.reforms if draw(st.booleans())),
        draw(st.dictionaries(st.sampled_from(paths), st.text("0123456789.[]abc,-", min_size=1, max_size=8))),
        draw(st.sampled_from([10, 30, 100])),
        draw(st.sampled_from(["en", "zh"])),
    )


@settings(deadline=None)
@given(choices())
def test_a_choice_is_the_same_after_a_way_through_the_address_bar(choice):
    assert choice_of("?" + choice.to_query(), PLACES) == choice


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?",
        "place=nowhere",
        "on=task-permit",
        "%00",
        "place=demo&place=xihu&=&&",
        "place=demo&lang=<script>",
        "a" * 10**5,
    ],
)
def test_an_address_that_says_nothing_that_is_known_shows_what_is_usual(query):
    assert choice_of(query, PLACES) in [usual_choice(place) for place in PLACES.values()]


def test_what_names_no_setting_of_the_place_is_left_out():
    choice = choice_of(f"{SMALL}&on=task-permit,nothing&quit.nothing=3&__proto__=1&push.penalty=6", PLACES)
    assert choice.on == ("task-permit",)
    assert dict(choice.settings) == {"push.penalty": "6"}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("&push.penalty=1000", "push.penalty"),
        ("&on=task-permit&reforms.task-permit.strictness=-1", "strictness"),
        ("&on=task-permit&reforms.task-permit.starts_on=1999-01", "first month of the run"),
        ("&on=task-permit&reforms.task-permit.in_streets=[nowhere]", "nowhere"),
        ("&horizon.years=0", "horizon.years"),
    ],
)
def test_a_value_that_cannot_be_is_refused_as_in_a_file(more, words):
    choice = choice_of(
        (SMALL + more).replace("horizon.years=1&", "" if "horizon" in more else "horizon.years=1&"), PLACES
    )
    with pytest.raises(ScenarioError, match=words):
        resolved_arms(choice, PLACES["demo"])


IMPOSSIBLE = [
    *(f"push.penalty={value}" for value in ("abc", "nan", "1e999", "", "0x5", "[1", "{a: 1}", "<b>", "%00")),
    *(f"on=task-permit&reforms.task-permit.strictness={value}" for value in ("abc", "-inf", "true")),
    "on=task-permit&reforms.task-permit.starts_on=<b>",
    "horizon.years=999999999999999999",
    "world.residents=999999999999999999",
    f"world.residents={'9' * 3000}",
    "seeds=0",
    f"seeds={'9' * 300}",
]


@pytest.mark.parametrize("query", IMPOSSIBLE, ids=lambda query: query[:60])
def test_a_value_that_cannot_be_still_leaves_a_page_of_a_usual_size(query):
    answering = Answering(Desk(PLACES, None))
    page, chosen = answering.page(f"?place=demo&{query}&lang=en", None)
    assert len(to_json(page)) < 300_000
    assert choice_of(chosen, PLACES).seeds == 30


def test_the_arms_of_a_choice_are_those_of_a_file_that_says_the_same():
    choice = choice_of("place=xihu&on=task-permit&push.penalty=6&world.residents=20000&horizon.years=2", PLACES)
    baseline, reform = resolved_arms(choice, PLACES["xihu"])
    written = ["push.penalty=6", "world.residents=20000", "horizon.years=2"]
    folder = ROOT / "scenarios" / "xihu"
    assert baseline.scenario.fingerprint() == load_scenario(folder / "baseline.yaml", written).fingerprint()
    assert reform.scenario.fingerprint() == load_scenario(folder / "task-permit.yaml", written).fingerprint()


def test_a_page_begins_with_the_reform_of_the_scenario_that_was_named():
    assert usual_choice(PLACES["xihu"]).on == ("task-permit",)
    assert {reform.use for reform in PLACES["xihu"].reforms.values()} >= {"task_permit", "inspection_cut", "pay_rise"}
    assert next(iter(places_of([]))) == "demo"


FILES = sorted([*(ROOT / "scenarios").glob("*/*.yaml"), *DEMO.glob("*.yaml")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_page_of_a_scenario_begins_with_that_scenario(path):
    (place,) = places_of([path]).values()
    choice = usual_choice(place)
    _, reform = resolved_arms(choice, place)
    written = load_scenario(path, choice.settings_of_baseline)
    assert (reform.scenario.fingerprint() == written.fingerprint()) == bool(written.reforms)


def test_every_setting_of_a_page_has_its_usual_value_there():
    for place in PLACES.values():
        found = controls.controls(usual_choice(place), PLACES)
        values = {
            each.id["setting"]: each.value
            for each in found._traverse()
            if isinstance(getattr(each, "id", None), dict) and "setting" in each.id
        }
        usual = controls.usual_values(place)
        assert set(values) == set(usual)
        for path, value in values.items():
            wanted = usual[path]
            assert value == (list(wanted) if isinstance(wanted, tuple) else wanted), path


def test_no_name_that_a_user_writes_puts_the_word_of_all_objects_into_an_index_of_the_page():
    (option,) = named_options({"lm-01": "__proto__ and __PROTO__"})
    assert option["label"].children == "__proto__ and __PROTO__"
    assert "__" not in option["search"]
    place = PLACES["demo"]
    choice = usual_choice(place)
    parts = html.Div([controls.controls(choice, PLACES), *look_controls(choice, place)])._traverse()
    lists = [each for each in parts if isinstance(each, dcc.Dropdown)]
    labels = {each.id if isinstance(each.id, str) else each.id["setting"]: each.options for each in lists}
    written = {"place", "community", *(name for name in labels if name.endswith("in_streets"))}
    assert all(isinstance(each["label"], html.Span) for name in written for each in labels[name])


def test_controls_that_say_what_is_usual_write_nothing_into_the_address():
    place = PLACES["demo"]
    usual = controls.usual_values(place)
    answering = Answering(Desk(PLACES, None))
    before = "?" + usual_choice(place).to_query()
    values = [list(value) if isinstance(value, tuple) else value for value in usual.values()]
    ids = [{"setting": path} for path in usual]
    switches = [[id_] if id_ in place.on else [] for id_ in place.reforms]
    query, search = answering.gather("en", "demo", 30, switches, values, ids, before)
    assert "?" + query == search == before
    other, _ = answering.gather("zh", "demo", 30, switches, values, ids, before)
    assert other is None


def test_what_an_address_sets_without_a_control_stays_when_a_control_is_moved():
    place = PLACES["demo"]
    more = "contact.weight=2&reforms.task-permit.ends_on=2008-06&reforms.task-permit.in_communities=[lm-01]"
    before = f"?{SMALL}&on=task-permit&lang=en&{more}"
    usual = controls.usual_values(place) | {"push.penalty": 6.0, "world.residents": 3000, "horizon.years": 1}
    switches = [[id_] if id_ == "task-permit" else [] for id_ in place.reforms]
    ids = [{"setting": path} for path in usual]
    query, _ = Answering(Desk(PLACES, None)).gather("en", "demo", 10, switches, list(usual.values()), ids, before)
    assert choice_of(query, PLACES) == choice_of(f"{before}&push.penalty=6", PLACES)


def as_sent(text):
    return "data:application/yaml;base64," + base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_scenario_that_is_downloaded_opens_as_what_was_chosen(lang):
    query = query_of(
        PLACES["demo"],
        lang,
        10,
        ["task-permit", "pay-rise"],
        {"reforms.task-permit.strictness": 3.5, "push.penalty": 6.0, "world.residents": 3000, "horizon.years": 2},
    )
    answering = Answering(Desk(PLACES, None))
    file, _ = answering.scenario_file(query)
    assert file["filename"] == "demo-view.yaml"
    assert query_of_file(as_sent(file["content"]), PLACES, lang, 10) == query


def test_a_downloaded_scenario_means_the_same_in_the_folder_of_its_baseline(tmp_path):
    for path in DEMO.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    desk = Desk(PLACES, None)
    query = f"{SMALL}&on=task-permit&reforms.task-permit.strictness=4&lang=en"
    (tmp_path / "view.yaml").write_text(Answering(desk).scenario_file(query)[0]["content"], encoding="utf-8")
    assert load_scenario(tmp_path / "view.yaml").fingerprint() == desk.checked(query).reform.scenario.fingerprint()


@pytest.mark.parametrize(
    ("text", "words", "zh"),
    [
        ("", "empty", "空"),
        ("a: [1", "not valid YAML", "YAML"),
        ("id: elsewhere\n", "of another place", "另一个地点"),
        ("id: demo-x\nreforms:\n  - {use: nothing, id: x}\n", "no reform of the kind", "没有"),
        ("id: demo-x\nparameters: {push.penalty: 5000}\n", "push.penalty", "push.penalty"),
    ],
)
def test_a_file_that_cannot_be_opened_is_explained_and_changes_nothing(text, words, zh):
    answering = Answering(Desk(PLACES, None))
    for lang, word in (("en", words), ("zh", zh)):
        chosen, address, said = answering.opened(as_sent(text), "mine.yaml", lang, 10)
        assert not isinstance(chosen, str)
        assert not isinstance(address, str)
        assert said.startswith("mine.yaml")
        assert word in said
    with using("en"):
        assert answering.opened("no data", "mine.yaml", "en", 10)[2].startswith("mine.yaml")


@pytest.mark.parametrize(
    ("low", "high", "step"), [(0.0, 20.0, 0.1), (0.0, 1.0, 0.01), (0.005, 0.3, 0.001), (1, 500, 1)]
)
def test_a_slider_goes_on_by_a_power_of_ten_so_that_round_numbers_can_be_typed(low, high, step):
    assert controls.step_of(low, high) == pytest.approx(step, rel=1e-12)
