"""Open work on the day on which communities join or part: whose it is, where it lies, and what is counted of it."""

from __future__ import annotations

import numpy as np

from govsim.compilation import kernel
from govsim.kernels.queueing import NONE, enter_community, remove, send
from govsim.kernels.requests import draw_desk


@kernel
def owner_after(item, succeeds, people):
    """Return the community that an item belongs to now."""
    if item.settlement != NONE:
        return np.int64(people.settlements[item.settlement].community)
    return np.int64(succeeds[item.community])


@kernel
def adopt(key, day, item, owner, charter, people, work, before):
    """Let a community own an item and count it from now on; ``before`` is what was open when the month ended."""
    matter = charter.matters[item.matter]
    for community, sign in ((np.int64(item.community), -1), (np.int64(owner), 1)):
        people.communities[community].opened += sign
        before.minutes[community, matter.work_class] += sign * item.remaining
        before.items[community] += sign
        before.ages[community] += sign * (day - item.created_on_day)
    item.community = owner
    place = people.communities[owner]
    place.n_open += 1
    if item.blocks_line:
        work.returned[owner, matter.line] += 1
    if item.resident == NONE:
        item.preferred = matter.line % place.n_posts
    else:
        item.preferred = draw_desk(key, item.entity, place.n_posts)


@kernel
def is_stray(tray, item, people, work):
    """Return whether an item lies with a community, or on the way to one, that it no longer belongs to."""
    layout = work.layout
    if tray < layout.n_posts:
        return people.posts[tray].community != item.community
    to = tray - layout.first_arriving
    return 0 <= to < layout.n_communities and to != item.community


@kernel
def settle_strays(day, first, people, work):
    """Put items that lie nowhere into the trays, or on the way to the communities, where they belong now."""
    slot = first
    while slot != NONE:
        item = work.items[slot]
        after = np.int64(item.next)
        if item.tray < work.layout.n_posts:
            enter_community(people, work, slot, day)
        else:
            send(work, np.int64(item.community), slot, np.int64(item.arrived_on_day))
        slot = after


@kernel
def move_work(key, day, succeeds, charter, people, work, before):
    """Give every open item to the community that it belongs to once communities have joined or parted.

    ``succeeds`` says for each community who employs the posts founded in it; settlements, posts and rosters are those
    of the new communities already.
    """
    for c in range(len(people.communities)):
        place = people.communities[c]
        place.backlog_minutes, place.blocked_minutes, place.n_open = 0, 0, 0
    work.returned[:] = 0
    strays = np.int64(NONE)
    for tray in range(len(work.trays)):
        slot = np.int64(work.trays[tray].first)
        while slot != NONE:
            item = work.items[slot]
            after = np.int64(item.next)
            adopt(key, day, item, owner_after(item, succeeds, people), charter, people, work, before)
            moves = is_stray(tray, item, people, work)
            if tray >= work.layout.n_posts:
                people.communities[item.community].blocked_minutes += item.remaining
            elif not moves:
                people.communities[item.community].backlog_minutes += item.remaining
            if moves:
                remove(work, slot)
                item.next = strays
                strays = slot
            slot = after
    settle_strays(day, strays, people, work)
