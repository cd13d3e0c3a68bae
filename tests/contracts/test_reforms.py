"""What every reform promises, whoever writes the next one."""

from __future__ import annotations

import copy
import inspect
import io
import itertools
import json
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_origin

import networkx as nx
import numpy as np
import pydantic
import pytest
from ruamel.yaml import YAML

from govsim.institution.charter import compile_charter
from govsim.institution.institution import AtLeastTerm, RaiseTerm, ScaleTerm
from govsim.institution.joining import JoinCommunities
from govsim.reforms import REFORMS, Reform
from tests.contracts.reforms import HOLDS_OR_NOT, NAMES_GROUPS, SETTINGS, example
from tests.properties.runs import digests, model_of, run
from tests.reference.worlds import small_scenario

ROOT = Path(__file__).parents[2]
EVERY_REFORM = pytest.mark.parametrize("use", REFORMS)
# Those that hold where in_streets and in_communities say.
EVERY_REFORM_OF_PLACES = pytest.mark.parametrize("use", sorted(set(REFORMS) - NAMES_GROUPS))


@pytest.fixture(scope="module")
def scenario():
    return small_scenario("two_streets", warm_up_years=0)


def under(scenario, *reforms):
    return replace(scenario, reforms=reforms)


def edges(institution):
    """Return every edge with its terms as plain values."""
    graph = institution.organisation
    return sorted((a, b, key, sorted(terms.items())) for a, b, key, terms in graph.edges(keys=True, data=True))


def terms_of(institution):
    """Return the terms of every edge by (from, to, relation)."""
    return {(a, b, key): terms for a, b, key, terms in edges(institution)}


def amended(scenario, reform, dose=1.0):
    return scenario.institution.amended(reform.amend(scenario.institution, dose))


def touched(scenario, reform, dose=1.0):
    """Return the ends of the edges whose terms a reform has changed."""
    before, after = terms_of(scenario.institution), terms_of(amended(scenario, reform, dose))
    assert before.keys() == after.keys()
    return {to for (_, to, relation), terms in after.items() if terms != before[_, to, relation]}


def test_every_reform_has_an_example():
    assert set(SETTINGS) == set(REFORMS)
    assert set(REFORMS) >= HOLDS_OR_NOT


@EVERY_REFORM
def test_the_name_in_the_catalogue_is_the_name_in_the_class(use):
    assert REFORMS[use].model_fields["use"].default == use
    assert issubclass(REFORMS[use], Reform)


@EVERY_REFORM
def test_a_reform_is_frozen_and_knows_its_fields_only(use, scenario):
    reform = example(use, scenario)
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        reform.strength = 0.5
    with pytest.raises(pydantic.ValidationError, match=r"extra_forbidden|Extra inputs"):
        example(use, scenario, whistles=1)
    with pytest.raises(pydantic.ValidationError):
        example(use, scenario, strength=float("nan"))


@EVERY_REFORM
@pytest.mark.parametrize("strength", [-0.1, 1.1])
def test_strength_lies_between_nothing_and_all(use, scenario, strength):
    with pytest.raises(pydantic.ValidationError, match="strength"):
        example(use, scenario, strength=strength)


@EVERY_REFORM
def test_every_field_says_what_it_is_and_in_which_range(use):
    own = set(REFORMS[use].model_fields) - set(Reform.model_fields)
    for name in own:
        field = REFORMS[use].model_fields[name]
        assert field.description, name
        assert field.metadata or get_origin(field.annotation) is Literal, f"{name} has no range"


@EVERY_REFORM
def test_a_reform_survives_json_and_yaml(use, scenario):
    reform = example(use, scenario, ends_on=scenario.calendar.label(7), in_streets=("s1",))
    assert REFORMS[use].model_validate_json(reform.model_dump_json()) == reform
    yaml, text = YAML(typ="safe", pure=True), io.StringIO()
    yaml.dump(reform.model_dump(mode="json"), text)
    assert REFORMS[use].model_validate_json(json.dumps(yaml.load(text.getvalue()))) == reform


@EVERY_REFORM
def test_a_reform_has_titles_a_trap_and_a_line_in_the_documentation(use):
    reform = REFORMS[use]
    assert reform.title_en
    assert any("\u4e00" <= letter <= "\u9fff" for letter in reform.title_zh)
    assert "Trap:" in inspect.getdoc(reform), "every reform carries its trap"
    assert use in (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    assert use in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@EVERY_REFORM
def test_a_reform_used_in_a_scenario_names_its_sources(use):
    yaml = YAML(typ="safe", pure=True)
    found = []
    for path in sorted((ROOT / "scenarios").rglob("*.yaml")):
        entries = yaml.load(path.read_text(encoding="utf-8")).get("reforms", [])
        found += [entry for entry in entries if entry["use"] == use]
    assert found, "no scenario uses it"
    assert all(entry.get("sources") for entry in found)


@EVERY_REFORM
def test_a_reform_returns_typed_edits_with_its_id_and_touches_nothing(use, scenario):
    before = edges(scenario.institution)
    edits = example(use, scenario).amend(scenario.institution, 1.0)
    assert edits
    assert all(
        isinstance(edit, ScaleTerm | RaiseTerm | AtLeastTerm | JoinCommunities) and edit.reform_id == f"one-{use}"
        for edit in edits
    )
    assert edges(scenario.institution) == before
    for edit in edits:
        with pytest.raises(AttributeError):
            edit.reform_id = "another"


@EVERY_REFORM
def test_the_baseline_and_what_is_amended_are_frozen(use, scenario):
    before = edges(scenario.institution)
    reformed = amended(scenario, example(use, scenario))
    assert edges(scenario.institution) == before
    assert edges(reformed) != before
    for institution in (scenario.institution, reformed):
        with pytest.raises(nx.NetworkXError, match=r"[Ff]rozen"):
            institution.organisation.add_edge("s1", "c1")
        for table in institution.relations:
            with pytest.raises(ValueError, match="read-only"):
                table[...] = table[0]
    assert reformed != scenario.institution
    assert replace(reformed, relations=reformed.relations.copy()) == reformed


@EVERY_REFORM
def test_running_a_reform_leaves_the_baseline_as_it_was(use, scenario):
    before, charter = edges(scenario.institution), compile_charter(scenario.institution)
    expected = digests(scenario)
    run(under(scenario, example(use, scenario)))
    assert edges(scenario.institution) == before
    for mine, theirs in zip(charter, compile_charter(scenario.institution), strict=True):
        assert np.array_equal(mine, theirs)
    assert digests(scenario) == expected


@EVERY_REFORM
def test_at_full_strength_a_reform_does_something(use, scenario):
    assert digests(under(scenario, example(use, scenario))) != digests(scenario)


@EVERY_REFORM
@pytest.mark.parametrize("how", ["zero strength", "neutral", "after the horizon", "no edits"])
def test_a_reform_that_does_nothing_is_the_baseline(use, scenario, how):
    changes = {
        "zero strength": {"strength": 0.0},
        "after the horizon": {"starts_on": scenario.calendar.label(12)},
        "no edits": {"ends_on": scenario.calendar.label(2)},
    }
    reform = example(use, scenario, **changes.get(how, {}))
    reform = reform.neutral() if how == "neutral" else reform
    assert digests(under(scenario, reform)) == digests(scenario)


@EVERY_REFORM
def test_the_neutral_settings_are_valid_and_of_the_same_kind(use, scenario):
    neutral = example(use, scenario).neutral()
    assert type(neutral).model_validate(neutral.model_dump()) == neutral
    assert (neutral.id, neutral.starts_on) == (f"one-{use}", scenario.calendar.label(2))
    assert neutral.neutral() == neutral


@EVERY_REFORM
def test_a_reform_holds_from_its_first_month_up_to_its_last(use, scenario):
    reform = example(use, scenario, ends_on=scenario.calendar.label(5), phase_in_months=2, strength=0.8)
    doses = [reform.dose(scenario.calendar, month) for month in range(7)]
    assert doses == [0.0, 0.0, 0.4, 0.8, 0.8, 0.0, 0.0]
    model = model_of(under(scenario, reform))
    before, changed = edges(scenario.institution), []
    for month in range(7):
        model.run_for(1)
        changed.append(edges(model.institution) != before)
        model.run_for(20)
        assert model.month == month + 1
    assert changed == [False, False, True, True, True, False, False]


@EVERY_REFORM_OF_PLACES
@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, ("c1", "c2", "c3")),
        ({"in_streets": ("s1",)}, ("c1", "c3")),
        ({"in_communities": ("c2",)}, ("c2",)),
        ({"in_streets": ("s2",), "in_communities": ("c3", "c2")}, ("c2", "c3")),
    ],
    ids=str,
)
def test_a_reform_holds_in_its_places_and_nowhere_else(use, scenario, where, expected):
    reform = example(use, scenario, **where)
    assert reform.communities(scenario.institution) == expected
    assert touched(scenario, reform) == set(expected)


@EVERY_REFORM_OF_PLACES
@pytest.mark.parametrize("where", [{}, {"in_streets": ("s1",)}, {"in_communities": ("c2",)}], ids=str)
def test_a_larger_dose_of_a_reform_leaves_no_place_out_that_a_smaller_one_covers(use, scenario, where):
    reform = example(use, scenario, **where)
    covered = [touched(scenario, reform, tenths / 10) for tenths in range(1, 11)]
    assert all(less <= more for less, more in itertools.pairwise(covered))
    assert covered[-1] == set(reform.communities(scenario.institution))


@EVERY_REFORM_OF_PLACES
@pytest.mark.parametrize(
    ("dose", "of_three", "of_two", "of_one"),
    [(0.1, 0, 0, 0), (0.2, 1, 0, 0), (0.4, 1, 1, 0), (0.5, 2, 1, 1), (0.8, 2, 2, 1), (0.9, 3, 2, 1), (1.0, 3, 2, 1)],
)
def test_the_dose_is_a_share_of_places_or_holds_in_all_of_them(use, scenario, dose, of_three, of_two, of_one):
    for where, share, everywhere in (
        ({}, of_three, 3),
        ({"in_streets": ("s1",)}, of_two, 2),
        ({"in_streets": ("s2",)}, of_one, 1),
    ):
        found = touched(scenario, example(use, scenario, **where), dose)
        assert len(found) == (share if use in HOLDS_OR_NOT else everywhere)


@EVERY_REFORM_OF_PLACES
def test_phased_in_over_three_months_a_reform_covers_more_places_or_weighs_more_every_month(use, scenario):
    reform = example(use, scenario, phase_in_months=3)
    model = model_of(under(scenario, reform))
    before, months = terms_of(scenario.institution), []
    for _ in range(6):
        model.run_for(21)
        now = terms_of(model.institution)
        months.append({edge: terms for edge, terms in now.items() if terms != before[edge]})
    covered = [len({to for _, to, _ in changed}) for changed in months]
    assert covered == ([0, 0, 1, 2, 3, 3] if use in HOLDS_OR_NOT else [0, 0, 3, 3, 3, 3])
    assert months[2] != months[3] != months[4] == months[5]
    assert months[4] == {
        edge: terms for edge, terms in terms_of(amended(scenario, reform)).items() if terms != before[edge]
    }


@EVERY_REFORM_OF_PLACES
def test_two_reforms_of_a_kind_commute(use, scenario):
    one = example(use, scenario, id="a", strength=0.3)
    two = example(use, scenario, id="b", strength=0.9, in_streets=("s1",))
    assert digests(under(scenario, one, two)) == digests(under(scenario, two, one))


@EVERY_REFORM
def test_a_copy_of_a_reform_is_equal_and_a_changed_one_is_not(use, scenario):
    reform = example(use, scenario)
    assert copy.deepcopy(reform) == reform
    assert reform.model_copy(update={"strength": 0.5}) != reform
