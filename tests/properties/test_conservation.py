"""I1 to I8 and I11: nothing vanishes, and each law has a twin that must fail."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govsim.agents import District
from govsim.errors import InvariantError
from govsim.institution.rules import RULES
from govsim.model import GovernanceModel
from govsim.recording.ledger import check_month
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tables import by_community, by_resident_group, by_settlement
from tests.properties.runs import model_of, run
from tests.reference.worlds import SMALL_WORLDS, read_parameters, small_scenario, with_pay_rise

SERVICE = 4
SIZE = "size_minutes"

# Each law and its twin -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def month_end():
    """Return the month and a copy of the state at the check of the seventh month of a busy world."""
    model = model_of(small_scenario("overload"))
    model.run_for(21 * 6)
    taken = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("govsim.recording.recorder.check_month", lambda month, state: taken.append((month, state.copy())))
        model.run_for(21)
    assert len(taken) == 1
    return taken[0]


def an_open_item(state):
    """Return the record of some item that lies in a tray of a post."""
    trays = state.work.trays["first"][: state.work.layout.n_posts]
    return state.work.items[int(trays[trays >= 0][0])]


def tally(field, work_class=None):
    def corrupt(state):
        books = state.book.communities[field]
        if work_class is None:
            books[0] += 1
        else:
            books[0, work_class] += 1

    return corrupt


def community(field):
    def corrupt(state):
        state.people.communities[field][0] += 1

    return corrupt


def one_minute_of_an_item(state):
    an_open_item(state).remaining += 1


def one_day_of_an_item(state):
    an_open_item(state).created_on_day -= 1


def an_item_in_another_class(state):
    item = an_open_item(state)
    classes = state.class_of_matter
    item.matter = int(np.flatnonzero(classes != classes[item.matter])[0])


def a_lost_item(state):
    trays = state.work.trays["first"][: state.work.layout.n_posts]
    tray = int(np.flatnonzero(trays >= 0)[0])
    after = int(state.work.items["next"][trays[tray]])
    state.work.trays["first"][tray] = after
    if after >= 0:
        state.work.items["previous"][after] = -1


def a_doubled_item(state):
    trays, items = state.work.trays, state.work.items
    empty = int(np.flatnonzero(trays["first"] < 0)[0])
    source = int(np.flatnonzero(trays["first"][: state.work.layout.n_posts] >= 0)[0])
    copy = int(state.work.pool["n_used"][0])
    items[copy] = items[int(trays["first"][source])]
    items["next"][copy] = items["previous"][copy] = -1
    trays["first"][empty] = trays["last"][empty] = copy


def a_worker_too_many(state):
    posts = state.people.posts
    posts["is_filled"][0] = 1 - posts["is_filled"][0]


def satisfaction_above_one(state):
    state.people.residents["satisfaction"][3] = 10**9 + 1


def expectation_below_zero(state):
    state.people.residents["expectation"][3] = -1


CORRUPTIONS = [
    ("minutes arrived", tally("arrived_minutes", 0)),
    ("minutes arrived", tally("booked_minutes", SERVICE)),
    ("minutes arrived", tally("waived_minutes", 5)),
    ("minutes arrived", tally("dropped_minutes", 3)),
    ("minutes arrived", one_minute_of_an_item),
    ("minutes arrived", an_item_in_another_class),
    ("minutes arrived", a_lost_item),
    ("minutes arrived", a_doubled_item),
    ("items opened", community("opened")),
    ("items opened", community("ended")),
    ("items opened", community("n_open")),
    ("items created", tally("created", 1)),
    ("items created", tally("done", SERVICE)),
    ("items created", tally("dropped", 0)),
    ("days open", tally("sojourn_days")),
    ("days open", tally("open_item_days")),
    ("days open", one_day_of_an_item),
    ("fen paid", tally("cost_district_fen")),
    ("fen paid", tally("cost_own_fen")),
    ("fen paid", tally("workers_received_fen")),
    ("fen paid", tally("insurance_received_fen")),
    ("fen paid", tally("suppliers_received_fen")),
    ("minutes in trays", community("backlog_minutes")),
    ("minutes in trays", community("blocked_minutes")),
    ("filled posts", tally("hires")),
    ("filled posts", tally("quits")),
    ("filled posts", tally("filled_posts")),
    ("filled posts", a_worker_too_many),
    ("satisfaction and expectation", satisfaction_above_one),
    ("satisfaction and expectation", expectation_below_zero),
]


def test_the_laws_hold_where_nothing_is_corrupted(month_end):
    month, state = month_end
    check_month(month, state.copy())


@pytest.mark.parametrize(("law", "corrupt"), CORRUPTIONS, ids=[f"{law} {n}" for n, (law, _) in enumerate(CORRUPTIONS)])
def test_a_state_that_is_wrong_by_one_is_refused(month_end, law, corrupt):
    month, state = month_end
    corrupted = state.copy()
    corrupt(corrupted)
    with pytest.raises(InvariantError, match=f"month {month}: the law '{law}"):
        check_month(month, corrupted)


@pytest.mark.parametrize("corrupt", [one_minute_of_an_item, one_day_of_an_item, tally("cost_own_fen"), a_lost_item])
def test_a_run_that_is_corrupted_midway_does_not_end(corrupt):
    model = model_of(small_scenario("overload"))
    model.run_for(30)
    corrupt(model.state)
    with pytest.raises(InvariantError, match="the run is invalid"):
        model.run()


def test_a_worker_who_vanishes_in_the_middle_of_a_month_is_missed():
    model = model_of(small_scenario("underload"))
    model.run_for(30)
    posts = model.state.people.posts
    posts["is_filled"][int(np.flatnonzero(posts["is_filled"])[0])] = 0
    with pytest.raises(InvariantError):
        model.run_for(33)


# Identities that a month's books keep --------------------------------------------------------------------


def check_books(model):
    """Assert the exact identities between books that were counted apart."""
    seen, people = model.recording, model.state.people
    c, s, g = seen.communities, seen.settlements, seen.groups
    posts_by_community = np.bincount(people.posts["community"], minlength=c.shape[1])
    for name in s.dtype.names:
        assert (s[name].sum(axis=1) == g[name].sum(axis=1)).all(), name
    assert (c["worked_minutes"] - c["overtime_minutes"] + c["idle_minutes"] == c["contracted_minutes"]).all()
    assert (c["contracted_minutes"] == 480 * c["present_days"]).all()
    assert (c["post_days"] == 21 * posts_by_community).all()
    assert (c["present_days"] <= c["filled_post_days"]).all()
    assert (c["filled_post_days"] == 21 * c["filled_posts"]).all()
    assert ((seen.holders >= 0).sum() == (c["filled_posts"] + c["hires"] - c["quits"]).sum()).all()
    assert (c["acts"].sum(axis=1) == s["acts"].sum(axis=1)).all()
    invitations = model.institution.parameters["participation.invitations"]
    assert (c["acts"] <= invitations * c["events"]).all(), "who takes part was invited"
    assert ((s["raised"] + s["repeats"]).sum(axis=1) == c["created"][:, :, SERVICE].sum(axis=1)).all()
    assert (s["closed"].sum(axis=1) == c["done"][:, :, SERVICE].sum(axis=1)).all()
    assert (s["given_up"].sum(axis=1) == c["dropped"][:, :, SERVICE].sum(axis=1)).all()
    check_shares_of_people(model)
    check_money(model)
    for table in (c, s, g):
        assert all((table[name] >= 0).all() for name in table.dtype.names if name != "tenure_days_sum")


def check_shares_of_people(model):
    seen, people = model.recording, model.state.people
    s, residents = seen.settlements, seen.residents_by_settlement
    assert residents.sum() == len(people.residents) == seen.residents_by_group.sum()
    assert (s["met"] <= s["closed"]).all()
    assert (s["dissatisfied_users"] <= s["closed"]).all()
    assert (s["raised"] <= s["latent"]).all()
    assert (s["participants"] <= s["adults"]).all()
    assert (s["adults"] <= residents).all()
    assert (s["dissatisfied"] <= residents).all()
    assert (s["satisfaction_sum"] <= residents * 10**9).all()
    assert (s["performance_sum"] <= (s["closed"] + s["given_up"]) * 10**9).all()
    cohorts = seen.settlement_cohorts
    assert (cohorts["raised"] == s["raised"]).all()
    assert (cohorts["closed"] + cohorts["given_up"] <= cohorts["raised"]).all()
    assert (cohorts["met_in_time"] <= cohorts["raised"]).all()
    assert (cohorts["waited_days"] <= 60 * cohorts["closed"]).all()


def check_money(model):
    seen, people = model.recording, model.state.people
    paid = seen.communities["cost_district_fen"] + seen.communities["cost_own_fen"]
    received = sum(
        seen.communities[name] for name in ("workers_received_fen", "insurance_received_fen", "suppliers_received_fen")
    )
    assert (paid == received).all()
    months = len(seen.communities)
    income = people.communities["own_income_fen_per_year"]
    came_in = income * (months // 12) + income * (months % 12) // 12
    assert (people.communities["own_funds_fen"] == came_in - seen.communities["cost_own_fen"].sum(axis=0)).all()
    wages = np.bincount(people.posts["community"], seen.pay_fen.sum(axis=0), seen.communities.shape[1])
    assert (wages == seen.communities["workers_received_fen"].sum(axis=0)).all()


def check_work(model):
    """Assert that every item lies in exactly one place and has its dates and minutes in order (I2, I3)."""
    work, found = model.state.work, []
    for tray in range(len(work.trays)):
        slot, key, before = int(work.trays["first"][tray]), -1, -1
        while slot >= 0:
            item = work.items[slot]
            assert (item.tray, item.previous) == (tray, before)
            is_on_the_way = tray >= work.layout.first_arriving  # in order of the day of arrival only
            assert item.key > key or (is_on_the_way and item.key == key), "a tray stands in ascending order"
            assert 0 <= item.remaining <= item[SIZE], "0 where triage was all that it was given"
            assert 0 <= item.triage_left <= item.remaining
            assert 0 <= item.given_red <= item.given <= item[SIZE]
            assert item.created_on_day < model.day <= item.due_on_day + (item.due_on_day < model.day)
            found.append((slot, int(item.entity), int(item.tick), int(item.index)))
            slot, key, before = int(item.next), int(item.key), slot
        assert int(work.trays["last"][tray]) == before
    assert len({slot for slot, *_ in found}) == len(found) == len({tuple(rest) for _, *rest in found})
    assert len(found) == model.state.people.communities["n_open"].sum()
    assert len(found) + n_free(work) == int(work.pool["n_used"][0]) <= len(work.items)


def n_free(work):
    """Return how many slots the communities keep for what comes next."""
    free = 0
    for first in work.free_first:
        slot = int(first)
        while slot >= 0:
            slot = int(work.items["next"][slot])
            free += 1
    return free


def check_due_chains(model):
    """Assert that every open item stands in the chain of its last day, and nothing else does."""
    work = model.state.work
    last, chained = len(work.due_first) - 1, []
    for day in range(len(work.due_first)):
        slot, before = int(work.due_first[day]), -1
        while slot >= 0:
            item = work.items[slot]
            assert min(int(item.due_on_day), last) == day
            assert item.previous_due == before
            chained.append(slot)
            slot, before = int(item.next_due), slot
    assert len(set(chained)) == len(chained) == int(model.state.people.communities["n_open"].sum())


def check_graph(model):
    """Assert that edges join nodes that exist (I7)."""
    graph = model.institution.organisation
    assert all(graph.nodes[a].get("kind") and graph.nodes[b].get("kind") for a, b in graph.edges())
    assert sum(degree for _, degree in graph.degree()) == 2 * graph.number_of_edges()
    assert len(model.agents_by_type[District]) == 1


@pytest.mark.parametrize("world", SMALL_WORLDS)
def test_the_books_of_every_small_world_agree(world):
    model = run(with_pay_rise(small_scenario(world)))
    check_books(model)
    check_work(model)
    check_due_chains(model)
    check_graph(model)


@pytest.mark.parametrize("day", [1, 20, 22, 97, 252, 301])
def test_every_item_lies_in_one_place_on_any_day(day):
    model = model_of(small_scenario("escalating"))
    model.run_for(day)
    check_work(model)
    check_due_chains(model)


# Generated worlds ----------------------------------------------------------------------------------------

SHARES = [name for name, outcome in OUTCOMES.items() if outcome.unit == "share" and name != "satisfaction_gap"]


def check_outcomes(model):
    """Assert that outcomes are finite or None, and shares within 0 and 1, in every table of outcomes (I11)."""
    outcomes = model.outcomes()
    assert set(outcomes) == set(OUTCOMES)
    assert all(value is None or math.isfinite(value) for value in outcomes.values())
    for name in SHARES:
        assert outcomes[name] is None or 0.0 <= outcomes[name] <= 1.0, name
    for table in (by_community, by_settlement, by_resident_group):
        frame = table(model.recording)
        for name in set(SHARES) & set(frame.columns):
            assert frame[name].dropna().between(0.0, 1.0).all(), name


PARAMETERS = read_parameters().entries
PLACE_NAMES = ("c1", "c2", "c3")


@st.composite
def places(draw):
    communities, settlements = [], []
    for name in PLACE_NAMES[: draw(st.integers(1, 3))]:
        street = draw(st.sampled_from(["s1", "s2"]))
        money = draw(st.integers(0, 30_000)), draw(st.integers(0, 200))
        communities.append((name, street, draw(st.integers(1, 4)), draw(st.booleans()), *money))
        for letter in "ab"[: draw(st.integers(1, 2))]:
            residents = draw(st.integers(1, 300))
            settlements.append((f"{name}-{letter}", name, residents, draw(st.floats(0.0, 5.0))))
    return {"communities": tuple(communities), "settlements": tuple(settlements)}


@st.composite
def scenarios(draw):
    """Return a small world with a few parameters anywhere in their ranges, any rules, and perhaps a pay rise."""
    chosen = draw(st.lists(st.sampled_from(sorted(PARAMETERS)), max_size=12, unique=True))
    values = {path: draw(st.floats(PARAMETERS[path].low, PARAMETERS[path].high)) for path in chosen}
    values.setdefault("mandates.reference_residents", draw(st.sampled_from([60.0, 200.0, 3000.0])))
    scenario = small_scenario(
        draw(st.sampled_from(["alone", "escalating", "turnover"])),
        parameters=values,
        rules={name: draw(st.sampled_from(sorted(rule.__members__))) for name, rule in RULES.items()},
        warm_up_years=0,
        load=draw(st.sampled_from([0.1, 1.0, 3.0])),
        authority=draw(st.sampled_from([0.0, 1.0, 4.0])),
        office_minutes=draw(st.sampled_from([0.0, 40.0, 4000.0])),
        start_month=draw(st.integers(1, 12)),
        **draw(places()),
    )
    if draw(st.booleans()):
        scenario = with_pay_rise(
            scenario,
            starts_on=scenario.calendar.label(draw(st.integers(0, 5))),
            strength=draw(st.floats(0.0, 1.0)),
            rise_share=draw(st.floats(0.0, 2.0)),
            insurance_rise_share=draw(st.floats(0.0, 0.5)),
            phase_in_months=draw(st.integers(1, 6)),
            in_communities=(),
        )
    return scenario, draw(st.integers(4, 6)), draw(st.integers(0, 2**63))


def check_generated(case):
    scenario, months, seed = case
    model = GovernanceModel(scenario, seed=seed)
    model.run_for(21 * months)
    assert len(model.recording.digests) == months
    check_books(model)
    check_work(model)
    check_outcomes(model)
    model.release()


GENERATED = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=30, **GENERATED)
@given(scenarios())
def test_generated_worlds_keep_every_law(case):
    check_generated(case)


@pytest.mark.nightly
@settings(max_examples=300, **GENERATED)
@given(scenarios())
def test_three_hundred_generated_worlds_keep_every_law(case):
    check_generated(case)
