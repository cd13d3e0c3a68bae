"""Rules that choose: one small function for each, branching on the number the scenario's name maps to."""

from __future__ import annotations

from typing import Final

import numpy as np

from govsim.compilation import kernel
from govsim.kernels.batches import FRONT, KEY, SKIPPED
from govsim.kernels.prefetching import prefetch
from govsim.kernels.queueing import NONE

OWN_LINE_FIRST: Final = 0
POOLED: Final = 1
RETURNED_BLOCKS_LINE: Final = 0
ADMINISTRATION: Final = 0
INSPECTION: Final = 1
SERVICE: Final = 4
UNSEEN: Final = -2
LAST_KEY: Final = 2**63 - 1


@kernel
def is_blocked(charter, item, work):
    """Return whether a job may not be begun because one of its line was returned and is not settled."""
    if charter.settings[0].rule_blocking != RETURNED_BLOCKS_LINE or item.is_begun or item.resident != NONE:
        return False
    matter = charter.matters[item.matter]
    return matter.work_class == ADMINISTRATION and work.returned[item.community, matter.line] > 0


@kernel
def find_front(charter, people, work, tray, i):
    """Find the first item of a tray that is not blocked, and bring near what work on it will touch.

    ``batch.numbers`` has, for each place i on the roster, the front of its tray and the key of that; it stays until the
    item is taken. A shift passes over each blocked item once.
    """
    numbers, items = work.batch.numbers, work.items
    skipped = numbers[SKIPPED, i]
    slot = np.int64(work.trays[tray].first if skipped == NONE else items[skipped].next)
    while slot != NONE and is_blocked(charter, items[slot], work):
        numbers[SKIPPED, i] = slot
        slot = np.int64(items[slot].next)
    numbers[FRONT, i] = slot
    numbers[KEY, i] = LAST_KEY
    if slot != NONE:
        numbers[KEY, i] = items[slot].key
        prefetch(items, max(0, items[slot].next))
        prefetch(people.residents, max(0, items[slot].resident))


@kernel
def most_pressing(charter, people, work, place):
    """Return the place on the roster of the tray with the smallest key that may be taken in a community, or NONE."""
    fronts, keys = work.batch.numbers[FRONT], work.batch.numbers[KEY]
    best, least = NONE, LAST_KEY
    for i in range(place.n_posts):
        if fronts[i] == UNSEEN:
            find_front(charter, people, work, people.roster[place.first_post + i], i)
        if keys[i] < least:
            best, least = i, keys[i]
    return best


@kernel
def choose_tray(charter, people, work, i, place):
    """Return the place on the roster of the tray from whose front a worker takes under the sharing rule, or NONE."""
    sharing = charter.settings[0].rule_sharing
    if sharing == POOLED:
        return most_pressing(charter, people, work, place)
    fronts = work.batch.numbers[FRONT]
    if fronts[i] == UNSEEN:
        find_front(charter, people, work, people.roster[place.first_post + i], i)
    if fronts[i] != NONE:
        return i
    return most_pressing(charter, people, work, place) if sharing == OWN_LINE_FIRST else NONE


@kernel
def coping_effort(settings, backlog_days):
    """Return the share of full effort under a backlog; what is least in each kind of work is the caller's."""
    slack = max(0.0, backlog_days - settings.coping_tolerated_days)
    return min(1.0, max(0.0, 1.0 - settings.coping_slope_per_day * slack))
