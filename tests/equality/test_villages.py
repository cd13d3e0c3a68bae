"""Villages that merge and part: the compiled model and the plain reference agree in every integer (7.19)."""

from __future__ import annotations

import pytest

from govsim.model import GovernanceModel
from tests.equality.comparing import differences
from tests.reference import ReferenceModel
from tests.reference.villages import MERGERS, VILLAGE_WORLDS, village_scenario


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


def test_the_comparison_finds_a_settlement_that_is_served_by_another_community():
    model, reference = both(village_scenario("coast"))
    model.state.people.settlements["community"][1] = 0
    assert len(differences(model, reference)) == 1
