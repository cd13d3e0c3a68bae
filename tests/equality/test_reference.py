"""The compiled model and the plain reference, both written from the ODD page, agree in every integer."""

from __future__ import annotations

import pytest

from govsim.model import GovernanceModel
from tests.equality.comparing import differences
from tests.reference import (
    SMALL_WORLDS,
    ReferenceModel,
    small_scenario,
    with_inspection_cut,
    with_pay_rise,
    with_permit,
)


def as_it_is(scenario):
    return scenario


def all_three(scenario):
    return with_permit(with_inspection_cut(with_pay_rise(scenario)))


REFORMED = [as_it_is, with_pay_rise, with_permit, with_inspection_cut, all_three]


@pytest.mark.parametrize("reformed", REFORMED)
@pytest.mark.parametrize("world", SMALL_WORLDS)
def test_the_model_equals_the_reference_in_all_books_and_the_whole_state(world, reformed):
    scenario = reformed(small_scenario(world))
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


def test_the_comparison_finds_a_changed_office_and_a_changed_line():
    scenario = small_scenario(SMALL_WORLDS[0])
    reference = ReferenceModel(scenario, seed=3, replicate=1)
    reference.run()
    model = GovernanceModel(scenario, seed=3, replicate=1)
    model.run()
    model.state.work.offices["ad_hoc_tries"][1] += 1
    model.state.work.returned[0, 0] += 1
    assert len(differences(model, reference)) == 2
