"""What is said of a scenario agrees with what the model does with it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from govsim.language import using
from govsim.model import GovernanceModel
from govsim.reforms import REFORMS
from govsim.scenarios.explaining import words
from govsim.scenarios.explaining.costs import public_money
from govsim.scenarios.explaining.explanation import explain
from govsim.scenarios.explaining.pages import page
from govsim.scenarios.explaining.plain import plain_explanation
from govsim.scenarios.explaining.timing import institution_in
from govsim.scenarios.loader import resolve_scenario

VALID = Path(__file__).parents[3] / "scenarios" / "valid"
TINY = VALID / "tiny.yaml"
TEXT = TINY.read_text(encoding="utf-8")
HEAD = TEXT.split("reforms:")[0].replace("../valid/", "")
TOGETHER = """\
  - {use: pay_rise, id: first, starts_on: 2007-01, rise_share: 0.5, in_streets: [east]}
  - {use: pay_rise, id: second, starts_on: 2007-04, rise_share: 0.2, in_communities: [east-1, west-1]}
"""


@pytest.fixture
def explained(tmp_path):
    """Return a function that explains the tiny world with these reforms."""
    shutil.copytree(VALID, tmp_path / "valid")

    def explain_reforms(reforms, head=HEAD, settings=()):
        path = tmp_path / "valid" / "it.yaml"
        path.write_text(head + (f"reforms:\n{reforms}" if reforms else ""), encoding="utf-8")
        return explain(resolve_scenario(path, settings))

    return explain_reforms


def test_the_size_of_the_world_is_that_of_its_tables(explained):
    size = explained("").size
    assert (size.residents, size.settlements, size.communities, size.posts, size.street_offices) == (1000, 5, 3, 18, 2)
    assert (size.first_month, size.first_reported_month, size.last_month) == ("2006-01", "2007-01", "2007-12")


def test_without_reforms_the_page_tells_the_world_and_its_rules(explained):
    text = page(explained(""))
    for line in (
        "1 000 residents in 5 settlements",
        "what has waited longest (priority: oldest_first)",
        "No reform is in force",
    ):
        assert line in text
    assert "Reforms together" not in text


def test_a_graded_reform_steps_up_month_by_month_in_all_its_places():
    (reform,) = explain(resolve_scenario(TINY)).reforms
    assert [step.month for step in reform.steps] == [f"2007-{month:02d}" for month in range(7, 13)]
    assert [step.dose for step in reform.steps] == pytest.approx([n / 6 for n in range(1, 7)])
    assert [step.joined for step in reform.steps] == [("east-1", "east-2"), (), (), (), (), ()]


def test_a_reform_that_holds_or_does_not_comes_to_one_place_after_another(explained):
    (reform,) = explained("  - {use: task_permit, id: p, starts_on: 2007-01, phase_in_months: 3}\n").reforms
    assert [len(step.communities) for step in reform.steps] == [1, 2, 3]
    joined = [name for step in reform.steps for name in step.joined]
    assert sorted(joined) == ["east-1", "east-2", "west-1"]
    assert reform.changes.edges[0].n_targets == 3


def test_of_many_steps_the_first_and_the_last_are_shown_and_the_others_counted(explained):
    entry = "  - {use: pay_rise, id: p, starts_on: 2007-01, phase_in_months: 36}\n"
    lines = page(explained(entry, settings=["horizon.years=3"])).splitlines()
    shown = [line for line in lines if ": dose " in line and "alone" not in line]
    assert (shown[0].split(":")[0].strip(), shown[-1].split(":")[0].strip()) == ("2007-01", "2009-12")
    (left_out,) = [int(line.split()[2]) for line in lines if line.strip().startswith("... and")]
    assert len(shown) + left_out == 36


def test_an_end_within_the_run_is_told_and_one_after_it_is_not(explained):
    entry = "  - {{use: pay_rise, id: p, starts_on: 2007-02, ends_on: {}}}\n"
    assert "2007-05: ended" in page(explained(entry.format("2007-05")))
    assert "ended" not in page(explained(entry.format("2012-05")))


def test_a_reform_that_the_run_does_not_reach_is_said_to_be_out_of_force(explained):
    text = page(explained("  - {use: pay_rise, id: p, starts_on: 2007-02}\n", settings=["horizon.start=2005-01"]))
    assert "not in force in this run" in text
    assert "What it changes alone: nothing" in text


@pytest.mark.parametrize("month", [0, 11, 12, 15, 23])
def test_the_institution_told_of_is_the_one_the_model_puts_in_force(explained, month):
    scenario = explained(TOGETHER).scenario
    model = GovernanceModel(scenario)
    model.run_for(21 * month)
    model.start_due_reforms()
    told = institution_in(scenario, month).organisation
    assert dict(told.edges) == dict(model.institution.organisation.edges)


def test_what_two_reforms_touch_is_told_with_how_they_compose(explained):
    (overlap,) = explained(TOGETHER).overlaps
    assert (overlap.reforms, overlap.relation, overlap.term) == (("first", "second"), "funds", "pay_factor")
    assert (overlap.rule, overlap.month, overlap.n_communities) == ("multiply", "2007-04", 1)
    assert overlap.before == (1.0, 1.0)
    assert overlap.after == pytest.approx((1.8, 1.8))


def test_of_two_limits_the_stricter_counts_and_shares_that_are_added_add_up(explained):
    permits = "".join(
        f"  - {{use: task_permit, id: {name}, starts_on: 2007-01, strictness: {strictness}}}\n"
        for name, strictness in (("mild", 2), ("strict", 5))
    )
    limits = {each.term: each for each in explained(permits).overlaps}
    assert (limits["strictness"].rule, limits["strictness"].after) == ("stricter", (5.0, 5.0))
    rises = "".join(
        f"  - {{use: pay_rise, id: {name}, starts_on: 2007-01, rise_share: 0, insurance_rise_share: 0.1}}\n"
        for name in ("one", "two")
    )
    (overlap,) = explained(rises).overlaps
    assert (overlap.term, overlap.rule) == ("insurance_share", "add")
    assert overlap.after[0] - overlap.before[0] == pytest.approx(0.2)


@pytest.mark.parametrize(
    "second",
    [
        "{use: pay_rise, id: second, starts_on: 2007-04, in_communities: [west-1]}",
        "{use: task_permit, id: second, starts_on: 2007-04}",
        "{use: pay_rise, id: second, starts_on: 2007-04, rise_share: 0}",
        "{use: pay_rise, id: second, starts_on: 2007-06}",
    ],
    ids=["elsewhere", "another term", "without effect", "afterwards"],
)
def test_reforms_that_do_not_meet_are_not_told_as_meeting(explained, second):
    first = "  - {use: pay_rise, id: first, starts_on: 2007-01, ends_on: 2007-06, in_streets: [east]}\n"
    assert explained(f"{first}  - {second}\n").overlaps == ()


def test_a_merger_redraws_the_edges_that_the_terms_of_others_stand_on(explained):
    merger = "  - {use: village_merger, id: join, starts_on: 2007-01, groups: [[east-1, east-2]]}\n"
    explanation = explained(merger + "  - {use: pay_rise, id: rise, starts_on: 2007-03}\n")
    (overlap,) = explanation.overlaps
    assert (overlap.rule, overlap.month, overlap.n_communities) == ("redrawn", "2007-03", 2)
    changes = {(each.relation, each.how): each for each in explanation.reforms[0].changes.edges}
    assert changes["serves", "vanish"].n_edges == changes["serves", "appear"].n_edges == 1
    assert changes["partners", "appear"].n_edges == 1


# What it costs.


def test_a_pay_rise_costs_its_share_of_public_pay_and_of_insurances(explained):
    explanation = explained("  - {use: pay_rise, id: p, starts_on: 2007-01, rise_share: 0.5}\n")
    before = public_money(explanation.scenario.institution)
    costs = explanation.reforms[0].costs
    assert costs.wages_yuan == pytest.approx(0.5 * before.wages_yuan, rel=1e-5)
    assert costs.insurances_yuan == pytest.approx(0.5 * before.insurances_yuan, rel=1e-4)
    assert costs.offices_yuan == 0.0


def test_public_money_with_every_post_filled_is_what_the_model_pays_for_one_post(explained):
    parameters = explained("").scenario.institution.parameters
    places = explained("").scenario.institution.places.communities
    yuan = {rank: parameters[f"pay.allowance_{rank}_yuan_per_month"] for rank in ("first", "second", "other")}
    usual = parameters["pay.base_yuan_per_month"] + parameters["pay.bonus_yuan_per_month"]
    posts = [
        yuan["first"] + yuan["second"] + yuan["other"] * (place.posts - 2) + usual * place.posts for place in places
    ]
    money = public_money(explained("").scenario.institution)
    assert money.wages_yuan == pytest.approx(12 * sum(posts))
    assert money.insurances_yuan == pytest.approx(parameters["pay.insurance_share"] * money.wages_yuan, rel=1e-5)
    assert money.offices_yuan == 3 * parameters["pay.office_yuan_per_year"]


def test_villages_made_one_save_an_office_budget(explained):
    merger = "  - {use: village_merger, id: join, starts_on: 2007-01, groups: [[east-1, east-2]]}\n"
    explanation = explained(merger)
    budget = explanation.scenario.institution.parameters["pay.office_yuan_per_year"]
    assert explanation.reforms[0].costs.offices_yuan == -budget
    assert f"{budget:,.0f} yuan a year less".replace(",", " ") in page(explanation)


def test_a_permit_costs_nothing_directly(explained):
    explanation = explained("  - {use: task_permit, id: p, starts_on: 2007-01}\n")
    assert explanation.reforms[0].costs is None
    assert "no direct cost in the model" in page(explanation)


# What it rests on.


def test_guesses_are_told_apart_from_sources_and_parameters_are_counted_by_grade():
    explanation = explain(resolve_scenario(TINY))
    assert explanation.reforms[0].guesses == ("GUESS: for tests",)
    entries = explanation.scenario.institution.parameters.entries.values()
    assert sum(explanation.grades.values()) == len(entries)
    assert explanation.grades["GUESS"] == sum(entry.grade == "GUESS" for entry in entries)
    assert {each.given.path: each.usual for each in explanation.parameters} == {
        "strain.gain_per_day": 0.05,
        "hiring.applicants": 2.0,
    }


# Values that surprise.


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("years: 1,", "years: 010,", "horizon.years: 010 is read as 10"),
        ("years: 1,", "years: 0x2,", "horizon.years: 0x2 is read as 2"),
        ("gain_per_day: 0.06", "gain_per_day: 6e-2", "parameters.strain.gain_per_day: 6e-2 is read as 0.06"),
        ('en: "Tiny test world"', "en: no", "title.en: no is read as 'no'"),
        ('en: "Tiny test world"', "en: 1:30", "title.en: 1:30 is read as '1:30'"),
        ('en: "Tiny test world"', "en: 2007-01-05", "title.en: 2007-01-05 is read as '2007-01-05'"),
    ],
)
def test_what_other_readers_take_for_something_else_is_shown(explained, old, new, line):
    head = HEAD.replace(old, new)
    assert head != HEAD
    text = page(explained("", head))
    assert re.search(rf"it\.yaml:\d+:\d+: {re.escape(line)}$", text, re.MULTILINE)


def test_nothing_is_shown_where_nothing_surprises():
    assert explain(resolve_scenario(TINY)).surprises == ()
    assert "YAML" not in page(explain(resolve_scenario(TINY)))


def test_a_value_written_over_surprises_no_more(tmp_path):
    shutil.copytree(VALID, tmp_path / "valid")
    base = tmp_path / "valid" / "base.yaml"
    base.write_text(HEAD.replace("0.06", "6e-2"), encoding="utf-8")
    path = tmp_path / "valid" / "it.yaml"
    for own, n in (("", 1), ("parameters: {strain.gain_per_day: 0.06}\n", 0)):
        path.write_text(f"extends: base.yaml\nid: it\n{own}", encoding="utf-8")
        assert len(explain(resolve_scenario(path)).surprises) == n
    path.write_text("extends: base.yaml\nid: it\n", encoding="utf-8")
    assert explain(resolve_scenario(path, ["strain.gain_per_day=0.06"])).surprises == ()


# Words.


def test_the_page_in_chinese_leaves_only_names_in_english(explained):
    with using("zh"):
        explanation = explained(
            TOGETHER + "  - {use: village_merger, id: join, starts_on: 2007-01, groups: [[east-1, east-2]]}\n"
        )
        text = page(explanation).split("\n", 3)[3]
    text = re.sub(r"“[^”]*”|（[a-z_]+(: [a-z_]+)?）|\b(assumed|asked|kept|pooled|single|merged|federated)\b", "", text)
    text = re.sub(r"^ *[a-z_.]+ = .*?：", "", text, flags=re.MULTILINE)
    text = re.sub(r"SEED|DER|READ|RECALLED|GUESS|east(-\d)?|west-1", "", text)
    assert not re.search("[A-Za-z]{2,}", text), text


def test_every_name_of_the_graph_the_rules_and_the_reforms_has_words_in_both_languages(explained):
    merger = "  - {use: village_merger, id: join, starts_on: 2007-01, mode: merged, groups: [[east-1, east-2]]}\n"
    scenario = explained(merger).scenario
    graphs = [scenario.institution.organisation, institution_in(scenario, 23).organisation]
    with using("zh"):
        for graph in graphs:
            for _, _, relation, terms in graph.edges(keys=True, data=True):
                assert words.relation(relation) != relation
                assert all(words.term(term) != term for term in terms)
            assert all("个" in words.nodes(data["kind"], 2) for _, data in graph.nodes(data=True))
        for name, rule in scenario.institution.rules.items():
            for member in type(rule):
                assert all(re.search("[\u4e00-\u9fff]", word) for word in words.rule(name, member.name.lower()))


@pytest.mark.parametrize("use", REFORMS)
def test_every_field_of_every_reform_is_said_in_both_languages(use):
    for name, info in REFORMS[use].model_fields.items():
        english = words.field(name, info.description)
        assert english != name
        with using("zh"):
            assert re.search("[\u4e00-\u9fff]", words.field(name, info.description)), name


def test_an_explanation_is_plain_json():
    explanation = explain(resolve_scenario(TINY))
    content = json.loads(json.dumps(plain_explanation(explanation), allow_nan=False))
    assert content["fingerprint"] == explanation.scenario.fingerprint()
    assert content["reforms"][0]["steps"][0] == {
        "month": "2007-07",
        "dose": pytest.approx(1 / 6),
        "communities": ["east-1", "east-2"],
        "joined": ["east-1", "east-2"],
    }
