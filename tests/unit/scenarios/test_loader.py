"""What a scenario file becomes, how files build on each other, and what --set may change."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pydantic import BaseModel

from govsim.clock import Calendar
from govsim.errors import ScenarioError
from govsim.institution.rules import RULES, Blocking, Sharing
from govsim.reforms import REFORMS
from govsim.scenarios import load_scenario
from govsim.scenarios.catalogue import read_parameters
from govsim.scenarios.loader import PARAMETERS_CSV
from govsim.scenarios.schema import Drawn, ScenarioFile
from govsim.scenarios.sentences import block_of, keys_of

SCENARIOS = Path(__file__).parents[2] / "scenarios"
TINY = SCENARIOS / "valid" / "tiny.yaml"
DERIVED = SCENARIOS / "valid" / "derived.yaml"
TINY_TEXT = TINY.read_text(encoding="utf-8")
REQUIRED = {"village_merger": ", groups: [[east-1, east-2]]"}
REFUSED = {"village_merger": ("in_streets", "in_communities")}
FIELDS = {
    "phase_in_months": 2,
    "strength": 0.5,
    "starts_on": "2007-08",
    "ends_on": "2009-01",
    "in_streets": "[west]",
    "in_communities": "[east-1]",
    "sources": "[S1]",
}
OWN_FIELDS = {
    "inspection_cut": {"cut_share": 0.5, "audit_share": 0.2},
    "pay_rise": {"rise_share": 0.1, "insurance_rise_share": 0.1},
    "task_permit": {"strictness": 3, "approval_days": 5, "audit_share": 0.2},
    "village_merger": {
        "mode": "federated",
        "groups": "[[east-2, east-1]]",
        "added_km": 2,
        "announced_rise": 0.1,
        "consent": "asked",
        "assets": "pooled",
    },
}


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a scenario into a folder beside a copy of the valid tables."""
    shutil.copytree(SCENARIOS / "valid", tmp_path / "valid")
    folder = tmp_path / "here"
    folder.mkdir()

    def write_scenario(text, name="scenario.yaml"):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_scenario


def refusal(path, settings=()):
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path, settings)
    return str(refused.value)


def test_a_scenario_has_what_its_file_says():
    scenario = load_scenario(TINY)
    assert (scenario.id, scenario.title_en, scenario.as_of) == ("tiny", "Tiny test world", 2007)
    assert scenario.calendar == Calendar(2007, 1, 1, 1)
    assert scenario.n_residents == 1000
    assert scenario.institution.rules["sharing"] is Sharing.POOLED
    assert scenario.institution.parameters["strain.gain_per_day"] == 0.06
    assert scenario.institution.places.district == "valid-district"
    assert [reform.id for reform in scenario.reforms] == ["pay-rise"]
    assert scenario.institution.organisation.has_edge("east-1", "east-1-old", key="serves")


def test_rules_that_are_not_named_are_the_first_of_their_kind():
    rules = load_scenario(TINY).institution.rules
    assert set(rules) == set(RULES)
    assert rules["hiring"] == 0


def test_without_a_catalogue_the_package_s_own_is_used(write):
    scenario = load_scenario(write(TINY_TEXT.replace("catalogue: ../valid/catalogue\n", "")))
    assert len(scenario.institution.catalogue.departments) == 20


def test_reforms_can_be_taken_away_and_exchanged():
    scenario = load_scenario(DERIVED)
    assert scenario.without_reforms().reforms == ()
    assert scenario.without_reforms().with_reforms(tuple(reversed(scenario.reforms))) == scenario


# Files that extend another.


def test_a_derived_file_replaces_keys_merges_rules_and_parameters_and_adds_reforms():
    base, derived = load_scenario(TINY), load_scenario(DERIVED)
    assert derived.id == "tiny-derived"
    assert derived.calendar == base.calendar
    assert derived.institution.rules == dict(base.institution.rules) | {"sharing": Sharing.OWN_LINE_ONLY}
    assert derived.institution.parameters["strain.gain_per_day"] == 0.06
    assert derived.institution.parameters["hiring.applicants"] == 4
    assert [reform.id for reform in derived.reforms] == ["pay-rise", "second-rise"]


def test_a_mistake_in_the_base_is_reported_in_the_base(write):
    write(TINY_TEXT.replace("as_of: 2007", "as_of: soon"), "base.yaml")
    message = refusal(write("extends: base.yaml\nid: x\nreforms: [{use: pay_rize, id: y}]\n"))
    assert "base.yaml:6:8: as_of: must be a whole number" in message
    assert "scenario.yaml:3:17: reforms.y.use: no reform is called 'pay_rize'" in message


def test_a_link_that_leads_outside_the_project_is_refused(write, tmp_path):
    outside = tmp_path.parent / "outside.yaml"
    outside.write_text(TINY_TEXT, encoding="utf-8")
    path = write("extends: link.yaml\nid: x\n")
    (path.parent / "link.yaml").symlink_to(outside)
    assert "outside the project" in refusal(path)


# Several mistakes at once.


def test_all_mistakes_of_a_file_are_reported_in_the_order_of_its_lines(write):
    text = TINY_TEXT.replace("as_of: 2007", "as_of: x\nas_off: 1").replace("0.06", "6").replace("0.3", "-1")
    lines = refusal(write(text)).split("\n")
    assert [line.split(":")[1] for line in lines] == ["6", "7", "13", "20"]


def test_a_key_written_wrongly_is_not_also_called_missing(write):
    assert "\n" not in refusal(write(TINY_TEXT.replace("as_of: 2007", "as_off: 2007")))


def test_a_file_full_of_mistakes_is_refused_without_reading_them_all(write):
    text = "".join(f"  strain.gain_{i}: 1\n" for i in range(10_000))
    message = refusal(write(TINY_TEXT.replace("  hiring.applicants: 3\n", text)))
    assert len(message.split("\n")) == 21


def test_more_than_twenty_mistakes_are_counted(write):
    text = TINY_TEXT + "".join(f"extra_{i}: 1\n" for i in range(30))
    assert refusal(write(text)).endswith("... and at least 10 more.")


# Typing errors in keys, generated from the schema.


def schema_keys(model: type[BaseModel]):
    for key, field in keys_of(model).items():
        yield key
        block = block_of(field)
        if block is not None:
            yield from schema_keys(block)


def all_keys():
    keys = set(schema_keys(ScenarioFile))
    for reform in REFORMS.values():
        keys |= set(reform.model_fields)
    return sorted(keys)


FULL_TEXT = """\
schema: govsim/scenario@1
extends: null
id: tiny
title: {en: "Tiny", zh: "小"}
description: {en: "Tiny", zh: "小"}
as_of: 2007
horizon: {start: 2007-01, years: 1, warm_up_years: 1}
world:
  communities: ../valid/communities.csv
  settlements: ../valid/settlements.csv
  streets: ../valid/streets.csv
  residents: 1000
catalogue: ../valid/catalogue
rules: {priority: oldest_first, sharing: pooled, voice: always, hiring: yearly_batch, blocking: never}
parameters: {strain.gain_per_day: {value: 0.05, grade: GUESS, source: here}}
reforms:
  - use: pay_rise
    id: pay
    starts_on: 2007-01
    ends_on: 2008-01
    phase_in_months: 1
    strength: 1
    in_streets: [east]
    in_communities: []
    sources: []
    rise_share: 0.3
    insurance_rise_share: 0.0
  - use: task_permit
    id: permit
    starts_on: 2007-01
    strictness: 1
    approval_days: 15
    audit_share: 0.1
  - use: inspection_cut
    id: cut
    starts_on: 2007-01
    cut_share: 0.85
    audit_share: 0.1
  - use: village_merger
    id: join
    starts_on: 2007-01
    mode: merged
    groups: [[east-1, east-2]]
    added_km: 0.5
    announced_rise: 0.05
    consent: assumed
    assets: kept
"""


# Places that are drawn have other names, so no reform may name one of the tables.
DRAWN_TEXT = FULL_TEXT.partition("reforms:")[0].replace(
    "  residents: 1000\n",
    "  residents: 1000\n  drawn:\n    name: any\n    communities: 3\n    streets: 2\n    least_posts: 1\n",
)


def text_with(key):
    """Return a valid text that has a key."""
    return DRAWN_TEXT if key in {"drawn", *Drawn.model_fields} else FULL_TEXT


def typos(key):
    """Return a letter too few, one too many and one changed."""
    middle = len(key) // 2
    return [key[:middle] + key[middle + 1 :], key[:middle] + "q" + key[middle:], key[:-1] + "q"]


def test_the_full_text_is_valid_and_has_every_key_of_the_schema(write):
    load_scenario(write(FULL_TEXT))
    load_scenario(write(DRAWN_TEXT))
    missing = [key for key in all_keys() if f"{key}: " not in text_with(key) and f"{key}:\n" not in text_with(key)]
    assert not missing


@pytest.mark.parametrize("key", [key for key in all_keys() if len(key) > 2])
def test_a_key_with_a_wrong_letter_is_refused_with_a_suggestion(key, write):
    for typo in typos(key):
        message = refusal(write(re.sub(rf"\b{key}:", f"{typo}:", text_with(key), count=1)))
        assert f"'{key}'" in message, message
        assert f"Did you mean '{key}'?" in message or key == "use", message


@pytest.mark.parametrize("key", [key for key in all_keys() if len(key) <= 2])
def test_a_short_key_with_a_wrong_letter_is_refused_with_the_keys_that_exist(key, write):
    for typo in typos(key):
        message = refusal(write(re.sub(rf"\b{key}:", f"{typo}:", text_with(key), count=1)))
        assert f"'{key}'" in message, message


@pytest.mark.parametrize("path", sorted(read_parameters(PARAMETERS_CSV)))
def test_a_parameter_with_a_wrong_letter_is_refused_with_a_suggestion(path, write):
    message = refusal(write(TINY_TEXT.replace("strain.gain_per_day", path.replace(".", ".q", 1))))
    assert f"Did you mean '{path}'?" in message


# Settings of the command line.


@pytest.mark.parametrize(
    ("setting", "read", "wanted"),
    [
        ("strain.gain_per_day=0.1", lambda s: s.institution.parameters["strain.gain_per_day"], 0.1),
        ("hiring.applicants=5", lambda s: s.institution.parameters["hiring.applicants"], 5.0),
        ("world.residents=4321", lambda s: s.n_residents, 4321),
        ("horizon.years=7", lambda s: s.calendar.years, 7),
        ("horizon.warm_up_years=0", lambda s: s.calendar.warm_up_years, 0),
        ("horizon.start=2007-03", lambda s: (s.calendar.start_year, s.calendar.start_month), (2007, 3)),
        ("rules.sharing=own_line_only", lambda s: s.institution.rules["sharing"], Sharing.OWN_LINE_ONLY),
        ("rules.hiring=yearly_batch", lambda s: s.institution.rules["hiring"], 1),
        ("rules.blocking=never", lambda s: s.institution.rules["blocking"], Blocking.NEVER),
        ("reforms.pay-rise.strength=0.5", lambda s: s.reforms[0].strength, 0.5),
        ("reforms.pay-rise.in_streets=[west]", lambda s: s.reforms[0].in_streets, ("west",)),
        ("reforms.pay-rise.ends_on=2008-01", lambda s: s.reforms[0].ends_on, "2008-01"),
    ],
)
def test_a_setting_is_written_over_the_file(setting, read, wanted):
    scenario = load_scenario(TINY, [setting])
    assert read(scenario) == wanted
    assert scenario.settings == (setting,)


@pytest.mark.parametrize("use", REFORMS)
def test_every_field_of_a_reform_can_be_set_but_its_kind_and_id(use, write):
    entry = f"{{use: {use}, id: it, starts_on: 2007-07{REQUIRED.get(use, '')}}}"
    path = write(TINY_TEXT[: TINY_TEXT.index("reforms:")] + f"reforms: [{entry}]\n")
    fields = {field: value for field, value in (FIELDS | OWN_FIELDS[use]).items() if field not in REFUSED.get(use, ())}
    before = load_scenario(path).reforms[0].model_dump()
    for field, value in fields.items():
        after = load_scenario(path, [f"reforms.it.{field}={value}"]).reforms[0].model_dump()
        assert {name for name in after if after[name] != before[name]} == {field}
    assert set(fields) == set(REFORMS[use].model_fields) - {"use", "id", *REFUSED.get(use, ())}
    assert "nothing called 'id'" in refusal(path, ["reforms.it.id=x"])


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("strain.gain=0.1", "Did you mean 'strain.gain_per_day'?"),
        ("horizon.year=3", "Did you mean 'horizon.years'?"),
        ("world.residents", "path=value"),
        ("=3", "path=value"),
        ("nonsense=3", "Settings begin with world, horizon, rules, reforms"),
        ("strain.gain_per_day=0.2", "must lie between 0.02 and 0.1 (per day), but is 0.2"),
        ("strain.gain_per_day=fast", "must be a number, but is 'fast'"),
        ("strain.gain_per_day=.nan", "finite number"),
        ("strain.gain_per_day=", "must be a number, but is empty"),
        ("strain.gain_per_day='0.05'", "without quotation marks"),
        ("strain.gain_per_day=!!float 1", "tag"),
        ("world.residents=&a 3", "not allowed"),
        ("world.residents=99", "between 100 and 50 000 000"),
        ("world.residents=1e6", "must be a whole number"),
        ("world.residents=" + "9" * 19, "19 digits"),
        ("world.residents=[[[", "not valid YAML"),
        ("horizon.start=soon", "a month written like 2007-01"),
        ("rules.sharing=poled", "Did you mean 'pooled'?"),
        ("rules.sharin=pooled", "Did you mean 'rules.sharing'?"),
        ("reforms.pay-rice.strength=1", "Did you mean 'pay-rise'?"),
        ("reforms.pay-rise.strenth=1", "Did you mean 'strength'?"),
        ("reforms.pay-rise=1", "nothing called ''"),
        ("reforms.pay-rise.strength=2", "must be between 0 and 1, but is 2"),
        ("reforms.pay-rise.in_streets=[easst]", "Did you mean 'east'?"),
        ("strain.gain_per_day=\x1b[31m", "U+001B"),
    ],
)
def test_a_wrong_setting_is_refused_with_words_that_help(setting, words):
    message = refusal(TINY, [setting])
    assert message.startswith("--set ")
    assert words in message
    assert message.isprintable()


def test_a_path_set_twice_is_refused():
    assert "set twice" in refusal(TINY, ["horizon.years=1", "horizon.years=2"])


def test_a_reform_can_only_be_set_where_there_is_one(write):
    text = TINY_TEXT[: TINY_TEXT.index("reforms:")]
    assert "it has none at all" in refusal(write(text), ["reforms.pay-rise.strength=1"])


# Reforms and the calendar.


def test_a_reform_may_start_in_the_last_month_of_the_run_and_not_after_it():
    assert load_scenario(TINY, ["reforms.pay-rise.starts_on=2007-12"]).reforms[0].starts_on == "2007-12"
    message = refusal(TINY, ["reforms.pay-rise.starts_on=2008-01"])
    assert "'2008-01' lies after the last month of the run, 2007-12" in message


def test_a_reform_that_a_shortened_run_does_not_reach_is_no_mistake_but_is_said(write):
    text = TINY_TEXT.replace("years: 1,", "years: 3,").replace("starts_on: 2007-07", "starts_on: 2008-07")
    path = write(text)
    assert load_scenario(path).notices == ()
    assert load_scenario(path, ["horizon.years=2"]).notices == ()
    (notice,) = load_scenario(path, ["horizon.years=1"]).notices
    for words in (path.name, "the reform 'pay-rise' starts in 2008-07, after 2007-12", "--set horizon.years=1"):
        assert words in notice


def test_a_reform_may_end_after_the_run():
    assert load_scenario(TINY, ["reforms.pay-rise.ends_on=2030-01"]).reforms[0].ends_on == "2030-01"


def test_a_reform_may_start_in_the_first_month_of_the_warm_up():
    assert load_scenario(TINY, ["reforms.pay-rise.starts_on=2006-01"]).reforms[0].starts_on == "2006-01"


# Streets.


def with_streets(text=TINY_TEXT):
    return text.replace("settlements.csv}", "settlements.csv, streets: ../valid/streets.csv}")


def test_street_offices_are_what_the_table_of_the_world_says(write):
    places = load_scenario(write(with_streets())).institution.places
    assert [(each.id, each.organs, each.cadres, each.enforcement) for each in places.street_offices] == [
        ("east", 7, 8.5, False),
        ("west", 5, 4.0, True),
    ]


def test_without_a_table_street_offices_are_the_usual_ones():
    places = load_scenario(TINY).institution.places
    assert [(each.id, each.organs, each.cadres, each.enforcement) for each in places.street_offices] == [
        ("east", 7, None, False),
        ("west", 7, None, False),
    ]


# Reforms in a scaled world.


def test_a_reform_holds_in_every_copy_of_the_places_it_names():
    scenario = load_scenario(TINY, ["world.residents=2900"])
    assert scenario.reforms[0].in_streets == ("east", "east~2", "east~3")
    assert len(scenario.reforms[0].communities(scenario.institution)) == 6


def test_a_reform_whose_places_were_scaled_away_is_refused_and_does_not_become_universal():
    settings = ["world.residents=100", "reforms.pay-rise.in_streets=[west]"]
    assert "none of the places named is left" in refusal(TINY, settings)
