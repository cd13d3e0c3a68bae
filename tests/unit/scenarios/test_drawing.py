"""Worlds that are drawn: exactly as large as is asked for, made of communities of the world they are drawn from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govsim.errors import ScenarioError
from govsim.model import GovernanceModel
from govsim.randomness import seed_of_world
from govsim.scenarios import load_scenario
from govsim.scenarios.drawing import draw_places
from govsim.scenarios.loader import resolve_scenario
from govsim.scenarios.resolved_file import resolved_text
from govsim.scenarios.schema import Drawn

SCENARIOS = Path(__file__).parents[3] / "scenarios"
URBAN = SCENARIOS / "xihu" / "baseline.yaml"
RURAL = SCENARIOS / "dinghai" / "baseline.yaml"
SMALL = SCENARIOS / "liandu" / "baseline.yaml"


def drawing(name="north", residents=9000, communities=6, streets=2, **others):
    """Return the settings of a world that is drawn."""
    drawn = {"name": name, "communities": communities, "streets": streets, **others}
    return [f"world.residents={residents}", *(f"world.drawn.{key}={value}" for key, value in drawn.items())]


def places(path, *arguments, **fields):
    """Return the places of a world drawn from that of a scenario."""
    return load_scenario(path, drawing(*arguments, **fields)).institution.places


def ids_of(found):
    """Return the ids of all places."""
    return {place.id for place in (*found.communities, *found.settlements, *found.street_offices)}


URBAN_PLACES = load_scenario(URBAN).institution.places


@given(st.data())
@settings(max_examples=60)
def test_a_drawn_world_has_exactly_the_residents_communities_and_streets_that_are_asked_for(data):
    streets = data.draw(st.integers(1, 12))
    communities = data.draw(st.integers(streets, 40))
    residents = data.draw(st.integers(max(100, communities), 500_000))
    least = data.draw(st.integers(1, 5))
    drawn = Drawn(name="any", communities=communities, streets=streets, least_posts=least)
    found = draw_places(URBAN_PLACES, drawn, residents)
    assert found.n_residents == residents
    assert len(found.communities) == len(found.settlements) == communities
    assert len(found.streets) == streets
    assert min(place.residents for place in found.settlements) >= 1
    assert min(place.posts for place in found.communities) >= least
    of_street = [sum(place.street == street for place in found.communities) for street in found.streets]
    assert max(of_street) - min(of_street) <= 1


def test_every_community_is_a_copy_of_one_of_the_world():
    found = places(URBAN, "large", 600_000, 100, 8)
    incomes = {
        place.own_income_yuan_per_year / URBAN_PLACES.residents_by_community[place.id]
        for place in URBAN_PLACES.communities
    }
    kinds = {(place.upper_floor, place.topup_yuan_per_month) for place in URBAN_PLACES.communities}
    for place in found.communities:
        ratio = place.own_income_yuan_per_year / found.residents_by_community[place.id]
        assert any(ratio == pytest.approx(each, rel=1e-3) for each in incomes)
        assert (place.upper_floor, place.topup_yuan_per_month) in kinds
    assert sum(place.posts for place in found.communities) / 600_000 == pytest.approx(
        sum(place.posts for place in URBAN_PLACES.communities) / URBAN_PLACES.n_residents, rel=0.05
    )


def test_cadres_of_offices_are_to_residents_as_in_the_world_or_the_usual_ones():
    rural = load_scenario(RURAL).institution.places
    known = sum(office.cadres for office in rural.street_offices) / rural.n_residents
    found = places(RURAL, "large", 90_000, 60, 3, least_posts=2)
    assert sum(office.cadres for office in found.street_offices) == pytest.approx(90_000 * known)
    assert {office.cadres for office in places(SMALL).street_offices} == {None}


def test_the_name_decides_which_communities_are_copied_and_names_them():
    one, again, other = places(URBAN), places(URBAN), places(URBAN, "south")
    assert one == again
    assert not ids_of(one) & ids_of(other)
    assert [place.residents for place in one.settlements] != [place.residents for place in other.settlements]


def test_two_drawn_worlds_draw_their_days_independently_under_one_seed_and_worlds_of_tables_by_the_seed_alone():
    assert len({seed_of_world(seed, name) for seed in (1, 2) for name in ("north", "south")}) == 4
    assert seed_of_world(5, "") == 5
    settings_of_run = ["horizon.years=1", "horizon.warm_up_years=0"]
    sizes = drawing("twin", communities=1, streets=1), drawing("other", communities=1, streets=1)
    models = [GovernanceModel(load_scenario(SMALL, [*settings_of_run, *each])) for each in sizes]
    sent = []
    for model in models:
        model.run()
        sent.append(model.recording.origins["issued"].sum(axis=1).tolist())
        model.release()
    assert sent[0] != sent[1]


def test_parameters_and_rules_are_those_of_the_scenario():
    drawn, whole = load_scenario(RURAL, drawing()), load_scenario(RURAL)
    known = whole.institution.parameters
    assert {path: drawn.institution.parameters[path] for path in known} == {path: known[path] for path in known}
    assert drawn.institution.rules == whole.institution.rules
    assert drawn.fingerprint() != whole.fingerprint()


def test_a_reform_that_names_no_place_holds_in_all_of_a_drawn_world():
    scenario = load_scenario(SMALL.with_name("pay-rise.yaml"), drawing())
    edits = scenario.reforms[0].amend(scenario.institution, 1.0)
    assert {name for edit in edits for name in edit.communities} == set(scenario.institution.places.community_rows)


def test_the_resolved_file_means_the_same_world(tmp_path):
    for name in ("communities.csv", "settlements.csv"):
        (tmp_path / name).write_bytes((SMALL.parent / name).read_bytes())
    (tmp_path / "baseline.yaml").write_bytes(SMALL.read_bytes())
    resolved = resolve_scenario(tmp_path / "baseline.yaml", drawing(least_posts=3))
    (tmp_path / "resolved.yaml").write_text(resolved_text(resolved), encoding="utf-8")
    assert load_scenario(tmp_path / "resolved.yaml").fingerprint() == resolved.scenario.fingerprint()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"residents": 100, "communities": 101}, "must be at most world.residents, which is 100, but is 101"),
        ({"communities": 2, "streets": 3}, "must be at most world.drawn.communities, which is 2, but is 3"),
        ({"residents": 20_000_000, "communities": 2}, "draw more communities or fewer residents"),
        ({"name": "Not_an_id!"}, "world.drawn.name"),
        ({"communities": 0}, "world.drawn.communities"),
        ({"least_post": 2}, "Did you mean 'world.drawn.least_posts'?"),
    ],
)
def test_a_size_that_cannot_be_is_refused_with_its_reason(fields, sentence):
    with pytest.raises(ScenarioError) as caught:
        load_scenario(SMALL, drawing(**fields))
    assert sentence in str(caught.value)


def test_a_drawn_world_needs_its_residents_and_names_of_its_own():
    with pytest.raises(ScenarioError, match="needs its number of residents"):
        load_scenario(SMALL, drawing()[1:])
    with pytest.raises(ScenarioError, match="places of this world are drawn and have other names"):
        load_scenario(SCENARIOS / "countryside" / "merger.yaml", drawing())
