"""Villages that merge and part: the compiled model and the plain reference agree in every integer (7.19)."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from govsim.model import GovernanceModel
from tests.equality.comparing import differences
from tests.reference import ReferenceModel
from tests.reference.villages import MERGERS, VILLAGE_WORLDS, VILLAGES, village_scenario, with_merger, with_terms


def as_it_is(scenario):
    return scenario


def both(scenario, seed=3):
    reference = ReferenceModel(scenario, seed=seed, replicate=1)
    model = GovernanceModel(scenario, seed=seed, replicate=1)
    reference.run()
    model.run()
    return model, reference


@pytest.mark.parametrize("reformed", [as_it_is, *MERGERS])
@pytest.mark.parametrize("world", VILLAGE_WORLDS)
def test_villages_that_merge_and_part_equal_the_reference_in_all_books_and_the_whole_state(world, reformed):
    assert differences(*both(reformed(village_scenario(world)))) == []


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(10, 13))
@pytest.mark.parametrize("reformed", MERGERS)
@pytest.mark.parametrize("world", VILLAGE_WORLDS)
def test_they_do_under_any_seed(world, reformed, seed):
    assert differences(*both(reformed(village_scenario(world)), seed)) == []


@st.composite
def histories(draw):
    """Return a world of villages and the fields of mergers that follow each other there, some on one day."""
    world = draw(st.sampled_from(VILLAGE_WORLDS))
    mergers = []
    starts_on = draw(st.integers(0, 8))
    while starts_on < 20:
        ends_on = draw(st.integers(starts_on + 1, 24))
        fields = {
            "id": f"merger-{starts_on:02d}",
            "groups": draw(groups_in(world)),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "phase_in_months": draw(st.integers(1, 4)),
            "strength": draw(st.sampled_from([0.6, 1.0])),
            "mode": draw(st.sampled_from(["merged", "federated"])),
            "consent": draw(st.sampled_from(["assumed", "asked"])),
            "assets": draw(st.sampled_from(["kept", "pooled"])),
        }
        mergers.append(fields)
        starts_on = ends_on + draw(st.integers(0, 2))
    return world, mergers


@st.composite
def groups_in(draw, world):
    """Return groups of two to four villages of one street each, in any order."""
    by_street = {}
    for village, street, *_ in VILLAGES[world].world.communities:
        by_street.setdefault(street, []).append(village)
    groups = []
    for names in by_street.values():
        left = draw(st.permutations(names))
        while len(left) > 1:
            size = draw(st.integers(2, 4))
            groups.append(tuple(left[:size]))
            left = left[size:]
    return tuple(group for group in groups if len(group) > 1)


# What fails is short enough to be read as it is, and each run takes a second, so nothing is made smaller.
@pytest.mark.nightly
@settings(max_examples=100, deadline=None, derandomize=True, phases=[Phase.generate])
@given(histories(), st.booleans(), st.integers(0, 1000))
def test_they_do_whatever_merges_after_whatever(history, has_terms, seed):
    world, mergers = history
    scenario = with_terms(village_scenario(world)) if has_terms else village_scenario(world)
    for fields in mergers:
        scenario = with_merger(scenario, **fields)
    assert differences(*both(scenario, seed)) == []


def test_the_comparison_finds_a_settlement_that_is_served_by_another_community():
    model, reference = both(village_scenario("coast"))
    model.state.people.settlements["community"][1] = 0
    assert len(differences(model, reference)) == 1
