"""The digest chain sees every state column and book, and no place in memory."""

from __future__ import annotations

import numpy as np
import pytest

from govsim.recording.digest import chain
from tests.properties.runs import model_of
from tests.reference.worlds import small_scenario

# Fixed by the institution or emptied before they are read again; order follows from the identity of an item.
LEFT_OUT = {
    "next_due",
    "previous_due",
    "key",
    "order",
    "next",
    "previous",
    "preferred",
    "settlement",
    "resident",
    "community",
    "is_begun",
    "given_red",
    "unused",
}


@pytest.fixture(scope="module")
def state():
    model = model_of(small_scenario("overload"))
    model.run_for(21 * 5)
    return model.state


def digest(state):
    return chain("before", 4, state)


def test_the_same_state_has_the_same_digest(state):
    assert digest(state.copy()) == digest(state)


@pytest.mark.parametrize("table", ["residents", "settlements", "communities", "posts"])
def test_one_unit_in_any_column_of_people_is_seen(state, table):
    for column in getattr(state.people, table).dtype.names:
        changed = state.copy()
        values = getattr(changed.people, table)[column]
        values[-1] += 1
        assert digest(changed) != digest(state), column


def test_one_unit_in_any_column_of_offices_is_seen(state):
    for column in state.work.offices.dtype.names:
        changed = state.copy()
        changed.work.offices[column][-1] += 1
        assert digest(changed) != digest(state), column


@pytest.mark.parametrize("table", ["returned", "money"])
def test_one_unit_among_lines_held_up_or_in_the_money_of_the_month_is_seen(state, table):
    changed = state.copy()
    getattr(changed.work if table == "returned" else changed.book, table)[-1, -1] += 1
    assert digest(changed) != digest(state)


@pytest.mark.parametrize("table", ["communities", "settlements", "groups", "origins", "offices"])
def test_one_unit_in_any_book_of_the_month_is_seen(state, table):
    for column in getattr(state.book, table).dtype.names:
        changed = state.copy()
        getattr(changed.book, table)[column][-1] += 1
        assert digest(changed) != digest(state), column


@pytest.mark.parametrize("table", ["settlement_cohorts", "group_cohorts"])
def test_cohorts_are_seen_up_to_the_month_and_no_further(state, table):
    for month, is_seen in ((0, True), (4, True), (5, False)):
        changed = state.copy()
        getattr(changed.book, table)["raised"][month, 0] += 1
        assert (digest(changed) != digest(state)) is is_seen


def first_item(state):
    slots = state.work.trays["first"]
    return int(slots[slots >= 0][0])


def test_one_unit_in_any_column_of_an_open_item_is_seen_but_of_those_that_follow_from_others(state):
    slot, unseen = first_item(state), set()
    for column in state.work.items.dtype.names:
        changed = state.copy()
        changed.work.items[column][slot] += 1
        if digest(changed) == digest(state):
            unseen.add(column)
    assert unseen <= LEFT_OUT


def test_two_residents_who_change_places_are_seen(state):
    changed = state.copy()
    residents = changed.people.residents
    first = int(np.flatnonzero(residents["satisfaction"] != residents["satisfaction"][0])[0])
    residents["satisfaction"][[0, first]] = residents["satisfaction"][[first, 0]]
    assert digest(changed) != digest(state)


def test_the_slot_in_which_an_item_lies_is_not_seen(state):
    changed = state.copy()
    changed.grow_pool(10)
    items, trays = changed.work.items, changed.work.trays
    old = first_item(changed)
    tray = int(np.flatnonzero(trays["first"] == old)[0])
    new = int(changed.work.pool["n_used"][0])
    items[new] = items[old]
    trays["first"][tray] = new
    after = int(items["next"][old])
    if after >= 0:
        items["previous"][after] = new
    assert digest(changed) == digest(state)


def test_the_chain_depends_on_what_came_before_and_on_the_month(state):
    assert chain("", 4, state) != chain("before", 4, state)
    assert chain("before", 3, state) != chain("before", 4, state)
