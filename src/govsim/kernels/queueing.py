"""Trays as doubly linked lists through one pool of work items, always in ascending order of key.

Tray numbers run over posts, streets, departments, and then over the arriving lists of communities, streets and
departments; ``tables.state.WorkLayout`` has the offsets.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from govsim.compilation import kernel
from govsim.kernels.batches import SHARE
from govsim.kernels.prefetching import prefetch

NONE: Final = -1
CLASS_SHIFT: Final = 57
DAY_SHIFT: Final = 37
BEGUN_CLASS: Final = 0
OFFICE_CLASS: Final = 1
BLOCK: Final = 32
N_SHARES: Final = 64
SHARE_SHIFT: Final = 31


@kernel
def order_key(priority, arrived_on_day, order):
    """Return the place of work in a tray: class, then day of arrival in this tray, then its own draw."""
    return (np.int64(priority) << CLASS_SHIFT) + (np.int64(arrived_on_day) << DAY_SHIFT) + order


@kernel
def priority_of(item):
    """Return the class of priority by which an item stands in its tray."""
    return item.key >> CLASS_SHIFT


@kernel
def predecessor(work, tray, key):
    """Return the item behind which a key belongs, or NONE: later work of its class mostly has larger keys."""
    items = work.items
    last_of = work.trays[tray].last_of
    priority = key >> CLASS_SHIFT
    while priority > 0 and last_of[priority] == NONE:
        priority -= 1
    before = np.int64(last_of[priority])
    while before != NONE and items[before].key > key:
        before = np.int64(items[before].previous)
    return before


@kernel
def insert(work, tray, slot):
    """Put an item into a tray by its key."""
    items = work.items
    lying = work.trays[tray]
    key = items[slot].key
    before = predecessor(work, tray, key)
    if before == NONE:
        after = lying.first
        lying.first = slot
    else:
        after = items[before].next
        items[before].next = slot
    if after != NONE:
        items[after].previous = slot
    if after == NONE or priority_of(items[after]) != key >> CLASS_SHIFT:
        lying.last_of[key >> CLASS_SHIFT] = slot
    items[slot].previous = before
    items[slot].next = after
    items[slot].tray = tray


@kernel
def remove(work, slot):
    """Take an item out of the tray in which it lies."""
    items = work.items
    before = items[slot].previous
    after = items[slot].next
    lying = work.trays[items[slot].tray]
    priority = priority_of(items[slot])
    if lying.last_of[priority] == slot:
        is_alone = before == NONE or priority_of(items[before]) != priority
        lying.last_of[priority] = NONE if is_alone else before
    if before == NONE:
        lying.first = after
    else:
        items[before].next = after
    if after != NONE:
        items[after].previous = before


@kernel
def set_due(work, slot, day):
    """Note the day on which an item lapses or is given up, wherever it lies then."""
    items = work.items
    bucket = min(day, len(work.due_first) - 1)
    after = work.due_first[bucket]
    items[slot].due_on_day = day
    items[slot].next_due = after
    items[slot].previous_due = NONE
    if after != NONE:
        items[after].previous_due = slot
    work.due_first[bucket] = slot


@kernel
def clear_due(work, slot):
    """Take an item that ends out of the chain of those due on its day."""
    items = work.items
    before = items[slot].previous_due
    after = items[slot].next_due
    if before == NONE:
        work.due_first[min(items[slot].due_on_day, len(work.due_first) - 1)] = after
    else:
        items[before].next_due = after
    if after != NONE:
        items[after].previous_due = before


@kernel
def begin_with(work, tray, slot):
    """Let an arriving list begin with a later item, or NONE, once all before it have arrived."""
    lying = work.trays[tray]
    lying.first = slot
    if slot == NONE:
        lying.last_of[BEGUN_CLASS] = NONE
    else:
        work.items[slot].previous = NONE


@kernel
def put_in_share(work, slot):
    """Put an item into the chain of those whose orders begin with the same bits, by key."""
    items, firsts = work.items, work.batch.numbers[SHARE]
    share = items[slot].order >> SHARE_SHIFT
    before, after = np.int64(NONE), firsts[share]
    while after != NONE and items[after].key < items[slot].key:
        before, after = after, np.int64(items[after].next)
    items[slot].next = after
    if before == NONE:
        firsts[share] = slot
    else:
        items[before].next = slot


@kernel
def append_shares(work, tray):
    """Append the chains of all shares of orders to the tray of an office, whose other work has smaller keys."""
    items, lying = work.items, work.trays[tray]
    last = np.int64(lying.last_of[OFFICE_CLASS])
    for share in range(N_SHARES):
        slot = work.batch.numbers[SHARE, share]
        while slot != NONE:
            if last == NONE:
                lying.first = slot
            else:
                items[last].next = slot
            items[slot].previous = last
            items[slot].tray = tray
            last = slot
            slot = np.int64(items[slot].next)
    lying.last_of[OFFICE_CLASS] = last


@kernel
def take_slot(work, community):
    """Return a free slot near other work of a community; the stretch sees to it that there is one."""
    if work.free_first[community] == NONE:
        open_block(work, community)
    slot = work.free_first[community]
    after = work.items[slot].next
    prefetch(work.items, max(0, after))
    work.free_first[community] = after
    return slot


@kernel
def open_block(work, community):
    """Hand a community the next slots that nobody has used, side by side in memory."""
    pool = work.pool[0]
    first = pool.n_used
    pool.n_used += BLOCK
    for slot in range(first, pool.n_used):
        work.items[slot].next = slot + 1
    work.items[pool.n_used - 1].next = NONE
    work.free_first[community] = first


@kernel
def free_slot(work, slot):
    """Give a slot back to its community."""
    community = work.items[slot].community
    work.items[slot].next = work.free_first[community]
    work.free_first[community] = slot


@kernel
def send(work, office, slot, day):
    """Put an item on the arriving list of an office, to arrive there on a later day."""
    item = work.items[slot]
    item.arrived_on_day = day
    item.key = order_key(BEGUN_CLASS, day, 0)
    insert(work, work.layout.first_arriving + office, slot)


@kernel
def holding_post(people, first, n, preferred):
    """Return which of some posts on the roster takes work meant for one of them: that one, or the next filled one."""
    for step in range(n):
        post = people.roster[first + (preferred + step) % n]
        if people.posts[post].is_filled:
            return post
    return people.roster[first + preferred]


@kernel
def enter_community(people, work, slot, day):
    """Put an item into the tray of its community that its line or desk points to."""
    item = work.items[slot]
    item.arrived_on_day = day
    item.key = order_key(np.int64(item.own_class), day, item.order)
    place = people.communities[item.community]
    insert(work, holding_post(people, place.first_post, place.n_posts, np.int64(item.preferred)), slot)
    place.backlog_minutes += item.remaining
