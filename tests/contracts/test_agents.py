"""What every kind of agent promises, and what is promised to a user of Mesa."""

from __future__ import annotations

import gc
import math
import weakref
from collections import Counter

import mesa
import numpy as np
import pytest

import govsim as gs
from govsim.agents import Community, Department, District, Resident, StreetOffice, Worker
from govsim.kernels.routes import AD_HOC, BUY, DO, DOWN, DROP, PERMIT
from govsim.randomness import Decision, draw, run_key
from tests.deciding import decided, heard
from tests.properties.runs import REPLICATE, SEED, model_of, run
from tests.properties.villages import merged, villages
from tests.reference.worlds import small_scenario, with_inspection_cut, with_permit

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
    assert sum(len(department.mandates) for department in model.departments) == 11
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
    """Forty cadres for 65 000 residents, and five posts for 10 000; the streets have 750 and 800 residents."""
    assert model.streets[0].capacity_minutes_per_day == int(480 * 40 * 750 / 65000) == 221
    assert model.streets[1].capacity_minutes_per_day == int(480 * 40 * 800 / 65000) == 236
    assert model.departments[0].capacity_minutes_per_day == int(480 * 5 * 1550 / 10000) == 372
    assert model.district.public_pay_fen(0) == 85_000


def test_offices_are_streets_and_then_departments_and_each_sees_its_own_row(model):
    table = model.state.work.offices
    offices = [*model.streets, *model.departments]
    assert [office.rows for office in offices] == list(range(len(table))) == [0, 1, 2, 3, 4]
    table["tray_minutes"] = [3, 5, 7, 11, 13]
    table["own_due_minutes"] = [17, 19, 23, 29, 31]
    table["load"] = [100_000_000, 200_000_000, 300_000_000, 400_000_000, 500_000_000]
    assert [office.tray_minutes for office in offices] == [3, 5, 7, 11, 13]
    assert [office.own_due_minutes for office in offices] == [17, 19, 23, 29, 31]
    assert [office.load for office in offices] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5], rel=1e-15)


def test_a_street_office_has_the_organs_cadres_and_power_that_its_world_gives_it():
    strong, usual = model_of(small_scenario("escalating")).streets
    assert (strong.place.organs, strong.place.cadres, strong.place.enforcement) == (9, 0.45, True)
    assert strong.capacity_minutes_per_day == int(480 * 0.45)
    assert (usual.place.organs, usual.place.cadres, usual.place.enforcement) == (5, None, False)
    assert usual.capacity_minutes_per_day == int(480 * 40 * 300 / 65000)


def test_the_load_of_an_office_is_what_the_month_offered_over_its_capacity():
    model = model_of(small_scenario("escalating"))
    model.run_for(21 * 3)
    for office in (*model.streets, *model.departments):
        month = model.recording.offices[2, office.rows]
        offered = sum(int(month[name]) for name in ("own_minutes", "passing_minutes", "taken_minutes", "case_minutes"))
        assert office.load == pytest.approx(offered / (21 * office.capacity_minutes_per_day), abs=0.5e-9)
        assert office.load > 0.0


# What departments and the board decide. The board hears one case a month here, and departments hardly fear audits.


@pytest.fixture
def deciding():
    """Return a model on the evening before a month in which permits are needed and inspections are cut.

    The board is strict and departments choose as it comes, so that in a few months they take every route.
    """
    scenario = small_scenario("evading", parameters={"push.noise": 2.0}, money=0.4)
    model = model_of(with_inspection_cut(with_permit(scenario, strictness=20.0)))
    model.run_for(21 * 11)
    return model


def taken(utilities, noise, uniform):
    """Return the option in whose share of the unit interval a number lies."""
    weights = np.exp(np.array(list(utilities.values())) / noise)
    return list(utilities)[int(np.searchsorted(np.cumsum(weights) / weights.sum(), uniform, side="right"))]


def first_choices(model, department, month):
    """Return free and bound route of each matter by its row, from what its department says that they are worth."""
    key, noise = run_key(SEED, REPLICATE), model.institution.parameters["push.noise"]
    brief, left = model.docket[department.row], model.docket[department.row].budget_fen
    found = {}
    for matter in brief.matters:
        p = 1 / (1 + brief.strictness * math.exp(-matter.score))
        is_listed = not matter.is_inspection and (not matter.is_restricted or matter.standing < p)
        options = [(department.free_utilities(matter), matter.free_fen + matter.bound_fen * is_listed)]
        if not is_listed:
            options.append((department.bound_utilities(matter, brief), matter.bound_fen))
        routes = []
        for utilities, fen in options[matter.is_inspection :]:
            open_to_it = {route: worth for route, worth in utilities.items() if route != BUY or fen <= left}
            routes.append(taken(open_to_it, noise, draw(key, Decision.ROUTE, matter.entity, month)))
            left -= fen * (routes[-1] == BUY)
        if matter.is_inspection:
            routes = [DOWN, routes[0] if matter.is_restricted else DOWN]
        found[matter.row] = (routes[0], routes[-1])
    return found


def test_departments_take_the_routes_that_their_utilities_say_and_the_month_uses_them(deciding):
    used = set()
    for month in range(11, 23):
        expected = {}
        for department in deciding.departments:
            expected |= first_choices(deciding, department, month)
        deciding.run_for(1)
        routes = {row: tuple(map(int, deciding.state.plan.routes[row])) for row in expected}
        for row, (free, bound) in expected.items():
            assert routes[row][0] == free
            assert routes[row][1] == bound or (bound == PERMIT and routes[row][1] != DOWN)
            used |= {free, bound}
        deciding.run_for(20)
    assert used == {DOWN, PERMIT, AD_HOC, DO, BUY, DROP}


def test_what_departments_and_the_board_would_decide_is_what_the_month_does(deciding):
    key, asked, admitted = run_key(SEED, REPLICATE), 0, 0
    rows = [matter.row for brief in deciding.docket for matter in brief.matters]
    for month in range(11, 23):
        choices = decided(deciding, key, month)
        assert set(choices.bound[choices.is_admitted]) <= {PERMIT}
        assert not set(choices.bound[choices.asks & ~choices.is_admitted]) & {DOWN, PERMIT}
        deciding.run_for(1)
        assert deciding.state.plan.routes[rows].tolist() == [[choice.free, choice.bound] for choice in choices]
        tallies = deciding.state.book.origins
        for name, told in (("asked", choices.asks), ("admitted", choices.is_admitted), ("caught", choices.is_caught)):
            assert tallies[name].sum() == told.sum()
        asked, admitted = asked + choices.asks.sum(), admitted + choices.is_admitted.sum()
        deciding.run_for(20)
    assert asked > admitted > 0


def test_a_department_remembers_every_ad_hoc_task_and_believes_what_it_has_seen(deciding):
    origins = deciding.recording.origins
    assert origins["tries"].sum() > 5
    for department in deciding.departments:
        tries, caught = (int(origins[name][:, department.row].sum()) for name in ("tries", "caught"))
        assert (department.ad_hoc_tries, department.ad_hoc_caught) == (tries, caught)
        assert department.audit_belief == pytest.approx((5.0 * 0.1 + caught) / (5.0 + tries), rel=1e-12)


def asking(brief):
    return [matter for matter in brief.matters if not matter.is_inspection]


@pytest.mark.parametrize(("cases", "at_most"), [(0.0, 0), (1.0, 1), (2.9, 2), (60.0, 4)])
def test_the_board_hears_no_more_than_it_has_time_for(cases, at_most):
    parameters = {"permit.board_cases_per_month": cases, "permit.appeals_won_share": 1.0}
    model = model_of(small_scenario("two_streets", parameters=parameters))
    asked = asking(model.docket[0])[:3] + asking(model.docket[1])[:1]
    for month in range(20):
        assert sum(heard(model, run_key(SEED, REPLICATE), month, asked, 2.0)) == at_most


def test_the_board_hears_in_the_order_of_the_draw_and_not_in_the_order_of_asking():
    model = model_of(
        small_scenario("two_streets", parameters={"permit.board_cases_per_month": 1.0, "permit.appeals_won_share": 1.0})
    )
    key, asked = run_key(SEED, REPLICATE), asking(model.docket[0])
    firsts = set()
    for month in range(40):
        drawn = [draw(key, Decision.HEARD, matter.entity, month) for matter in asked]
        answers = heard(model, key, month, asked, 2.0)
        assert answers == [number == min(drawn) for number in drawn]
        assert heard(model, key, month, asked[::-1], 2.0) == answers[::-1]
        firsts.add(answers.index(True))
    assert firsts == set(range(len(asked)))


def test_what_is_heard_is_admitted_by_its_score_or_on_appeal():
    parameters = {"permit.board_cases_per_month": 60.0, "permit.appeals_won_share": 0.25}
    model = model_of(small_scenario("two_streets", parameters=parameters))
    key, asked = run_key(SEED, REPLICATE), asking(model.docket[0])
    outcomes = Counter()
    for month in range(60):
        for matter, answer in zip(asked, heard(model, key, month, asked, 2.0), strict=True):
            p = 1 / (1 + 2.0 * math.exp(-matter.score))
            at_once = draw(key, Decision.ADMITTED, matter.entity, month) < p
            on_appeal = draw(key, Decision.APPEALED, matter.entity, month) < 0.25
            assert answer == (at_once or on_appeal)
            outcomes[at_once, on_appeal] += 1
    assert len(outcomes) == 4
    assert heard(model, key, 0, [], 2.0) == []


def test_a_board_without_strictness_admits_whatever_it_hears():
    model = model_of(small_scenario("two_streets", parameters={"permit.appeals_won_share": 0.0}))
    asked = asking(model.docket[0])
    assert all(all(heard(model, run_key(SEED, REPLICATE), month, asked, 0.0)) for month in range(30))


def test_after_a_merger_the_seat_has_all_residents_and_workers_and_the_others_none():
    scenario = merged(villages(), ("v1", "v4"), month=0)
    model = model_of(scenario)
    before = {community.id: [resident.row for resident in community.residents] for community in model.communities}
    model.run_for(1)
    seat, other = model.communities[0], model.communities[3]
    assert [resident.row for resident in seat.residents] == before["v1"] + before["v4"], "two runs of rows"
    assert [worker.community for worker in seat.workers] == [seat] * 3
    assert (len(other.residents), other.workers, other.backlog_days) == (0, [], 0.0)
    assert seat.residents[-1].community is seat
    assert len(seat.residents[280:]) == len(before["v4"])
    assert seat.residents.satisfaction.shape == (len(seat.residents),)
    with pytest.raises(ValueError, match="read-only"):
        seat.residents.satisfaction[0] = 0.5


def test_the_outcomes_of_a_village_that_has_joined_are_undefined_and_not_zero():
    joined = gs.run(merged(villages(), ("v1", "v4"), month=0))
    table = joined.by_community()
    assert table.loc["v4", ["workload_hours", "satisfaction"]].isna().all()
    assert table.loc["v1", ["workload_hours", "satisfaction"]].notna().all()
