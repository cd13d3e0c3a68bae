"""What every kind of agent promises, and what is promised to a user of Mesa."""

from __future__ import annotations

import gc
import weakref
from collections import Counter

import mesa
import numpy as np
import pytest

from govsim.agents import Community, Department, District, Resident, StreetOffice, Worker
from tests.properties.runs import model_of, run
from tests.reference.worlds import small_scenario

INSTITUTIONS = (District, Department, StreetOffice, Community, Worker)


@pytest.fixture
def model():
    model = model_of(small_scenario("two_streets"))
    model.run_for(30)
    return model


def test_the_model_is_an_ordinary_mesa_model(model):
    assert isinstance(model, mesa.Model)
    assert all(isinstance(agent, mesa.Agent) for agent in model.agents)
    assert model.steps == 30
    model.step()
    assert model.steps == 31


def test_every_kind_of_agent_is_registered_from_the_start_but_residents(model):
    assert Counter(type(agent) for agent in model.agents) == {
        District: 1,
        Department: 3,
        StreetOffice: 2,
        Community: 3,
        Worker: 7,
    }


@pytest.mark.parametrize("kind", INSTITUTIONS)
def test_agents_by_type_finds_each_kind_in_the_order_of_its_rows(model, kind):
    found = model.agents_by_type[kind]
    assert all(type(agent) is kind for agent in found)
    assert [agent.unique_id for agent in found] == sorted(agent.unique_id for agent in found)
    assert kind in model.agent_types


def test_asking_for_residents_makes_exactly_all_of_them(model):
    residents = model.agents_by_type[Resident]
    assert len(residents) == len(model.residents) == 1550
    assert sorted(resident.row for resident in residents) == list(range(1550))
    assert Counter(type(agent) for agent in model.agents)[Resident] == 1550
    assert len(model.agents_by_type[Resident]) == 1550
    assert Resident in model.agent_types


def test_residents_are_a_type_before_anybody_asks_for_one(model):
    assert Resident in model.agent_types
    assert set(model.agents_by_type) == {*INSTITUTIONS, Resident}
    assert len(model.agents_by_type) == 6
    assert Counter(type(agent) for agent in model.agents)[Resident] == 0


def test_three_residents_asked_for_before_are_completed_and_not_doubled(model):
    early = [model.residents[row] for row in (7, 3, 1200)]
    everybody = model.agents_by_type[Resident]
    assert len(everybody) == 1550
    assert all(any(resident is each for each in everybody) for resident in early)


def test_asking_twice_gives_the_same_object(model):
    first = model.communities[1].residents[4]
    assert model.communities[1].residents[4] is first
    assert model.residents[first.row] is first
    assert model.resident(first.row) is first
    assert {first: 1}[model.residents[first.row]] == 1


def test_the_number_of_a_resident_does_not_depend_on_who_asks_first(model):
    late, early = model.residents[900], model.residents[2]
    other = model_of(small_scenario("two_streets"))
    assert (other.residents[2].unique_id, other.residents[900].unique_id) == (early.unique_id, late.unique_id)
    assert late.unique_id - early.unique_id == 898


def test_ids_of_residents_lie_above_those_of_institutions(model):
    highest = max(agent.unique_id for agent in model.agents)
    assert min(resident.unique_id for resident in model.agents_by_type[Resident]) == highest + 1
    ids = [agent.unique_id for agent in model.agents]
    assert len(set(ids)) == len(ids)


def test_agent_sets_select_aggregate_group_and_do(model):
    residents = model.agents_by_type[Resident]
    content = residents.select(lambda resident: resident.satisfaction >= 0.6)
    assert 0 < len(content) < len(residents)
    assert min(content.get("satisfaction")) >= 0.6
    mean = residents.agg("satisfaction", np.mean)
    assert mean == pytest.approx(model.residents.satisfaction.mean(), rel=1e-12)
    groups = residents.groupby("age_group").count()
    assert set(groups) == {"minor", "adult", "older"}
    assert sum(groups.values()) == 1550
    visited = []
    model.communities[0].residents.agents().do(lambda resident: visited.append(resident.row))
    assert visited == list(range(len(model.communities[0].residents)))
    workers = model.agents_by_type[Worker].select(lambda worker: worker.is_filled)
    assert 0 < len(workers) <= 7


def test_the_residents_of_a_community_are_a_read_only_view(model):
    residents = model.communities[1].residents
    assert len(residents) == 800
    assert {resident.community for resident in list(residents)[::200]} == {model.communities[1]}
    for name in ("satisfaction", "expectation", "cases_met", "cases_unmet", "last_act_month", "group"):
        column = getattr(residents, name)
        assert column.shape == (800,)
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 1


def test_communities_share_out_all_residents(model):
    rows = [resident.row for community in model.communities for resident in community.residents]
    assert rows == list(range(1550))


def test_a_slice_of_residents_is_what_a_slice_of_a_list_is(model):
    rows = [resident.row for resident in model.residents]
    for part in (slice(3, 9), slice(None, 5), slice(-4, None), slice(5, 5)):
        assert [resident.row for resident in model.residents[part]] == rows[part]
    with pytest.raises(IndexError):
        model.residents[1550]


@pytest.mark.parametrize("part", [slice(None, None, 2), slice(None, None, -1)], ids=str)
def test_a_slice_with_a_step_is_what_a_slice_of_a_list_is_or_refused(model, part):
    rows = [resident.row for resident in model.residents]
    try:
        found = [resident.row for resident in model.residents[part]]
    except TypeError:
        return
    assert found == rows[part]


def test_what_a_resident_writes_stands_in_the_table_and_in_every_view(model):
    resident = model.communities[1].residents[4]
    resident.satisfaction = 0.25
    table = model.state.people.residents
    assert table["satisfaction"][resident.row] == 250_000_000
    assert model.communities[1].residents.satisfaction[4] == 0.25
    assert model.residents[resident.row].satisfaction == 0.25
    table["cases_met"][resident.row] = 9
    assert resident.cases_met == 9


def test_an_object_sees_the_state_after_a_step_and_after_the_pool_has_grown(model):
    worker = model.workers[0]
    before = worker.exhaustion
    model.run_for(40)
    model.state.grow_pool(100_000)
    assert worker.exhaustion == model.state.people.posts["exhaustion"][0] * 1e-9 != before


def test_a_resident_cannot_be_removed(model):
    with pytest.raises(TypeError, match="cannot be removed: rows are fixed for a run"):
        model.residents[3].remove()
    assert len(model.agents_by_type[Resident]) == 1550


def test_two_models_never_mix(model):
    other = model_of(small_scenario("two_streets"))
    mine, theirs = model.residents[3], other.residents[3]
    assert mine != theirs
    assert len({mine, theirs}) == 2
    theirs.satisfaction = 0.111
    assert mine.satisfaction != 0.111
    assert len(model.agents_by_type[Resident]) == len(other.agents_by_type[Resident]) == 1550
    assert not set(model.agents_by_type[Resident]) & set(other.agents_by_type[Resident])
    assert model.workers[0].pay_yuan_per_month == other.workers[0].pay_yuan_per_month
    other.workers[0].pay_yuan_per_month = 1.0
    assert model.workers[0].pay_yuan_per_month > 1.0


@pytest.mark.parametrize(
    "asks",
    [False, True],
    ids=["asked for nobody", "asked for residents"],
)
def test_a_released_model_leaves_the_memory(asks):
    model = run(small_scenario("alone"))
    if asks:
        assert len(model.agents_by_type[Resident]) == 300
    alive, table = weakref.ref(model), weakref.ref(model.state.people.residents)
    model.release()
    gc.collect()
    assert table() is None, "the columns go at once"
    del model
    gc.collect()
    assert alive() is None


def test_a_model_that_is_not_released_stays_in_mesas_counter():
    """The twin: if Mesa frees models by itself one day, ``release`` is needed for the columns only."""
    model = run(small_scenario("alone"))
    alive = weakref.ref(model)
    del model
    gc.collect()
    kept = alive()
    assert kept is not None
    kept.release()


def test_agents_know_each_other(model):
    for community in model.communities:
        assert community in community.street.communities
        assert all(worker.community is community for worker in community.workers)
        assert [worker.number for worker in community.workers] == list(range(1, len(community.workers) + 1))
        assert community.n_filled == sum(worker.is_filled for worker in community.workers)
    assert sum(len(department.mandates) for department in model.departments) == 9
    assert model.residents[0].settlement == "c1-a"


def test_an_agent_computes_with_the_function_that_the_month_uses(model):
    """What ``Worker.quit_rate_per_year`` says on the last evening is what is added to the hazard."""
    model.run_for(21 * 2 - model.day)
    worker = next(each for each in model.workers if each.is_filled)
    hazard = int(model.state.people.posts["quit_hazard"][worker.rows])
    assert worker.quit_rate_per_year >= 0.0
    assert hazard > 0
    assert worker.relative_pay == pytest.approx(worker.pay_yuan_per_month * 12 / 22283.0)


def test_capacities_come_from_the_institution_in_force(model):
    assert model.streets[0].capacity_minutes_per_day == int(53.6 * 750 / 1000)
    assert model.departments[0].capacity_minutes_per_day == int(60.0 * 1550 / 1000)
    assert model.district.public_pay_fen(0) == 85_000
