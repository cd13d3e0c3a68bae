"""The compiled model and the plain reference, both written from the ODD page, agree in every integer."""

from __future__ import annotations

import pytest

from govsim.model import GovernanceModel
from tests.equality.comparing import differences
from tests.reference.model import ReferenceModel
from tests.reference.worlds import SMALL_WORLDS, small_scenario, with_pay_rise


@pytest.mark.parametrize("with_reform", [False, True], ids=["baseline", "pay rise"])
@pytest.mark.parametrize("world", SMALL_WORLDS)
def test_the_model_equals_the_reference_in_all_books_and_the_whole_state(world, with_reform):
    scenario = small_scenario(world)
    if with_reform:
        scenario = with_pay_rise(scenario)
    reference = ReferenceModel(scenario, seed=3, replicate=1)
    reference.run()
    model = GovernanceModel(scenario, seed=3, replicate=1)
    model.run()
    assert differences(model, reference) == []


def test_the_comparison_finds_a_single_changed_integer():
    scenario = small_scenario(SMALL_WORLDS[0])
    reference = ReferenceModel(scenario, seed=3, replicate=1)
    reference.run()
    model = GovernanceModel(scenario, seed=3, replicate=1)
    model.run()
    model.state.people.residents["satisfaction"][5] += 1
    assert len(differences(model, reference)) == 1
