"""Worlds of districts: drawn committees under the rules of the scenarios."""

from __future__ import annotations

from dataclasses import replace

import pytest

from country.districts import PartSize
from country.plan import RURAL, URBAN
from country.worlds import base_of, draw_places, scenario_of, seed_of
from govsim.errors import ScenarioError
from tests.country.tiny_country import DISTRICTS, PLAN

PARTS = {part.id: part for part in PLAN.parts}
PAIRS = [(district, part) for district in DISTRICTS for part in PLAN.parts if part.id in district.sizes]


@pytest.mark.parametrize(("district", "part"), PAIRS, ids=[f"{d.id}-{p.id}" for d, p in PAIRS])
def test_a_part_has_the_residents_committees_and_offices_of_the_plan(district, part):
    places, size = scenario_of(district, part).institution.places, district.sizes[part.id]
    assert places.n_residents == size.residents
    assert len(places.communities) == len(places.settlements) == size.units
    assert len(places.streets) == size.offices
    assert min(place.residents for place in places.settlements) >= 1
    assert min(place.posts for place in places.communities) >= part.least_posts


def test_names_are_of_one_district_and_part_alone():
    ids = [
        place.id
        for district, part in PAIRS
        for places in [scenario_of(district, part).institution.places]
        for place in (*places.communities, *places.settlements, *places.street_offices)
    ]
    assert len(set(ids)) == len(ids)


def test_every_part_of_every_district_has_a_seed_of_its_own():
    seeds = {seed_of(seed, district, part) for seed in (1, 2) for district, part in PAIRS}
    assert len(seeds) == 2 * len(PAIRS)


def test_a_large_part_keeps_posts_offices_and_incomes_to_residents_as_in_its_world():
    base = base_of(PARTS[URBAN]).institution.places
    places = draw_places(base, "large", PartSize(600_000, 100, 8), 1)
    posts = sum(place.posts for place in places.communities)
    assert posts / 600_000 == pytest.approx(sum(p.posts for p in base.communities) / base.n_residents, rel=0.05)
    originals = {place.own_income_yuan_per_year / base.residents_by_community[place.id] for place in base.communities}
    for place in places.communities:
        ratio = place.own_income_yuan_per_year / places.residents_by_community[place.id]
        assert any(ratio == pytest.approx(each, rel=1e-3) for each in originals)
    assert set(places.residents_by_street.values()) != {75_000}
    assert max(places.residents_by_street.values()) < 1.6 * min(places.residents_by_street.values())


def test_cadres_of_offices_are_to_residents_as_in_the_world_or_the_usual_ones():
    rural = base_of(PARTS[RURAL]).institution.places
    places = draw_places(rural, "large", PartSize(90_000, 60, 3), 2)
    assert sum(office.cadres for office in places.street_offices) == pytest.approx(60.0)
    urban = draw_places(base_of(PARTS[URBAN]).institution.places, "small", PartSize(9_000, 2, 1), 1)
    assert [office.cadres for office in urban.street_offices] == [None]


def test_a_part_runs_under_the_parameters_of_its_scenario():
    volumes = {part: base_of(PARTS[part]).institution.parameters["mandates.volume"] for part in PARTS}
    assert volumes == {URBAN: 1.0, RURAL: 0.75}
    for district, part in PAIRS[:2]:
        assert scenario_of(district, part).institution.parameters["mandates.volume"] == volumes[part.id]


@pytest.mark.parametrize(
    ("scenario", "settings", "sentence"),
    [
        ("scenarios/liandu/baseline.yaml", ("horizon.years=2",), r"horizon\.years must be 1"),
        ("scenarios/countryside/merger.yaml", ("horizon.years=1",), "names streets or communities"),
    ],
)
def test_a_scenario_that_cannot_hold_in_a_drawn_district_is_refused(scenario, settings, sentence):
    part = replace(PARTS[URBAN], scenario=scenario, settings=settings)
    with pytest.raises(ScenarioError, match=sentence):
        base_of(part)


def test_a_reform_that_names_no_place_holds_in_all_of_a_district():
    part = replace(PARTS[URBAN], scenario="scenarios/liandu/pay-rise.yaml")
    scenario = scenario_of(DISTRICTS[0], part)
    edits = scenario.reforms[0].amend(scenario.institution, 1.0)
    assert {name for edit in edits for name in edit.communities} == set(scenario.institution.places.community_rows)
