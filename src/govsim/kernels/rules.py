"""Rules that choose: one small function for each, branching on the number the scenario's name maps to."""

from __future__ import annotations

from typing import Final

import numpy as np

from govsim.compilation import kernel
from govsim.kernels.queueing import NONE

OWN_LINE_FIRST: Final = 0
POOLED: Final = 1
RETURNED_BLOCKS_LINE: Final = 0
ADMINISTRATION: Final = 0
INSPECTION: Final = 1
SERVICE: Final = 4


@kernel
def is_blocked(charter, item, work):
    """Return whether a job may not be begun because one of its line was returned and is not settled."""
    if charter.settings[0].rule_blocking != RETURNED_BLOCKS_LINE or item.is_begun or item.resident != NONE:
        return False
    matter = charter.matters[item.matter]
    return matter.work_class == ADMINISTRATION and work.returned[item.community, matter.line] > 0


@kernel
def first_to_take(charter, work, tray):
    """Return the first item of a tray that is not blocked, or NONE; a shift passes over each blocked item once."""
    skipped = np.int64(work.trays[tray].skipped)
    slot = np.int64(work.trays[tray].first if skipped == NONE else work.items[skipped].next)
    while slot != NONE and is_blocked(charter, work.items[slot], work):
        work.trays[tray].skipped = slot
        slot = np.int64(work.items[slot].next)
    return slot


@kernel
def most_pressing(charter, people, work, place):
    """Return the item with the smallest key that may be taken from the trays of a community, or NONE."""
    best = np.int64(NONE)
    for position in range(place.first_post, place.first_post + place.n_posts):
        slot = first_to_take(charter, work, people.roster[position])
        if slot != NONE and (best == NONE or work.items[slot].key < work.items[best].key):
            best = slot
    return best


@kernel
def choose_item(charter, people, work, post, place):
    """Return what a worker takes next under the sharing rule, or NONE."""
    sharing = charter.settings[0].rule_sharing
    if sharing == POOLED:
        return most_pressing(charter, people, work, place)
    slot = first_to_take(charter, work, post)
    if slot == NONE and sharing == OWN_LINE_FIRST:
        slot = most_pressing(charter, people, work, place)
    return slot


@kernel
def coping_effort(settings, backlog_days):
    """Return the share of full effort under a backlog; what is least in each kind of work is the caller's."""
    slack = max(0.0, backlog_days - settings.coping_tolerated_days)
    return min(1.0, max(0.0, 1.0 - settings.coping_slope_per_day * slack))
