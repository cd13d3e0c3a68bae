"""Tables: copies are independent, pools grow without moving what lies in them, identities are unique."""

from __future__ import annotations

import numpy as np
import pytest

from govsim.clock import Calendar
from govsim.kernels.queueing import BLOCK, free_slot, take_slot
from govsim.tables.layout import N_GROUPS
from govsim.tables.state import (
    CACHE_LINES,
    CommunityRow,
    SettlementRow,
    State,
    build_book,
    build_people,
    build_work,
    empty_plan,
    nothing_open,
    records,
)


def small_state():
    people = build_people(
        [SettlementRow("a", 0, 5, 0.5), SettlementRow("b", 0, 7, 1.0), SettlementRow("c", 1, 3, 0.1)],
        [CommunityRow("c1", 0, 2, True, 120_000, 500), CommunityRow("c2", 1, 1, False, 0, 0)],
    )
    calendar = Calendar(2007, 1, 1, 1)
    work = build_work(people, 2, 3, calendar)
    return State(
        people=people,
        work=work,
        plan=empty_plan(people, 6),
        book=build_book(people, work, calendar),
        open_before=nothing_open(people, work),
        class_of_matter=np.zeros(4, np.int64),
        line_of_matter=np.zeros(4, np.int64),
    )


def arrays(state):
    parts = [*state.people, *state.work, *state.plan, *state.book]
    before = state.open_before
    found = [part for part in parts if isinstance(part, np.ndarray)]
    return [*found, before.minutes, before.items, before.ages, before.origin_minutes]


def test_rows_stand_by_settlement_and_posts_by_community():
    people = small_state().people
    assert people.settlements["first_row"].tolist() == [0, 5, 12]
    assert people.settlements["community"].tolist() == [0, 0, 1]
    assert people.communities["first_settlement"].tolist() == [0, 2]
    assert people.communities["n_settlements"].tolist() == [2, 1]
    assert people.posts["community"].tolist() == [0, 0, 1]
    assert people.posts["number"].tolist() == [1, 2, 1]
    assert people.posts["topup_fen"].tolist() == [500, 500, 0]
    assert len(people.residents) == 15


def test_streets_come_before_departments_among_offices_and_streets_last_among_senders():
    state = small_state()
    assert len(state.work.offices) == len(state.book.offices) == 2 + 3
    assert len(state.book.origins) == 3 + 1
    assert state.work.returned.shape == (2, 3)
    assert state.plan.routes.shape == (6, 2)
    layout = state.work.layout
    assert (layout.n_posts, layout.n_streets, layout.n_departments, layout.n_communities) == (3, 2, 3, 2)
    assert len(state.work.trays) == layout.first_arriving + 2 + 2 + 3 == (3 + 2 + 3) + (2 + 2 + 3)


def test_a_copy_shares_no_memory_but_the_lists_of_what_will_come_up():
    state = small_state()
    needs, jobs = (records(each.dtype, 4) for each in (state.plan.needs, state.plan.jobs))
    state.plan = state.plan._replace(needs=needs, jobs=jobs)
    copy = state.copy()
    for mine, theirs in zip(arrays(state), arrays(copy), strict=True):
        assert np.array_equal(mine, theirs)
        is_list = any(mine is one for one in (needs, jobs))
        assert bool(mine.size and np.shares_memory(mine, theirs)) == is_list


def test_a_state_counts_the_bytes_of_every_table():
    state = small_state()
    assert state.n_bytes == sum(part.nbytes for part in arrays(state)) + state.open_before.own_due_minutes.nbytes


def test_no_slot_of_a_new_pool_was_used():
    work = small_state().work
    assert work.pool["n_used"][0] == 0
    taken = {int(take_slot(work, 0)) for _ in range(len(work.items))}
    assert taken == set(range(len(work.items)))
    assert work.pool["n_used"][0] == len(work.items)


def test_the_first_slots_of_two_communities_lie_in_blocks_of_their_own():
    work = small_state().work
    taken = [(int(take_slot(work, 0)), int(take_slot(work, 1))) for _ in range(BLOCK)]
    assert sorted(mine for mine, _ in taken) == list(range(BLOCK))
    assert sorted(theirs for _, theirs in taken) == list(range(BLOCK, 2 * BLOCK))


@pytest.mark.parametrize("taken", [0, 1, 500, 1024])
@pytest.mark.parametrize("least", [0, 1, 5000])
def test_a_grown_pool_keeps_its_items_and_has_every_slot_once(taken, least):
    state = small_state()
    used = [int(take_slot(state.work, 0)) for _ in range(taken)]
    for slot in used:
        state.work.items["entity"][slot] = 1000 + slot
    state.grow_pool(least)
    assert len(state.work.items) - int(state.work.pool["n_used"][0]) >= least
    assert [int(state.work.items["entity"][slot]) for slot in used] == [1000 + slot for slot in used]
    free = [int(take_slot(state.work, 0)) for _ in range(len(state.work.items) - taken)]
    assert sorted(free + used) == list(range(len(state.work.items)))


def test_a_slot_that_is_given_back_is_taken_next_by_its_community():
    work = small_state().work
    slots = [int(take_slot(work, 1)) for _ in range(3)]
    work.items["community"][slots[1]] = 1
    free_slot(work, slots[1])
    assert take_slot(work, 0) not in slots
    assert take_slot(work, 1) == slots[1]


def test_growing_a_copy_leaves_the_original():
    state = small_state()
    copy = state.copy()
    copy.grow_pool(10)
    assert len(state.work.items) < len(copy.work.items)
    assert state.work.pool["n_used"][0] == copy.work.pool["n_used"][0] == 0


def test_two_places_of_one_name_are_refused():
    with pytest.raises(ValueError, match="same identity"):
        build_people(
            [SettlementRow("a", 0, 5, 0.5), SettlementRow("a", 0, 7, 1.0)], [CommunityRow("c1", 0, 2, True, 0, 0)]
        )


def test_a_new_month_clears_the_books_but_not_the_cohorts():
    state = small_state()
    book = state.book
    for table in (book.communities, book.settlements, book.groups, book.origins, book.offices, book.group_cohorts):
        table[table.dtype.names[0]] += 1
        table[table.dtype.names[-1]] += 1
    book.money[:] = 1
    state.clear_month()
    for table in (book.communities, book.settlements, book.groups, book.origins, book.offices):
        assert not any(table[name].any() for name in table.dtype.names)
    assert not book.money.any()
    assert state.book.group_cohorts["raised"].sum() == 24 * N_GROUPS


def test_a_copy_has_the_very_layouts_of_the_original_so_that_kernels_know_it_at_once():
    state = small_state()
    for tables, copies in zip((state.people, state.work), (state.copy().people, state.copy().work), strict=True):
        for table, copied in zip(tables, copies, strict=True):
            if isinstance(table, np.recarray):
                assert copied.dtype is table.dtype
                assert copied.ctypes.data % CACHE_LINES == 0
                assert not np.shares_memory(copied, table)
