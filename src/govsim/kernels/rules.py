"""Rules that choose: one small function for each, branching on the number the scenario's name maps to."""

from __future__ import annotations

from typing import Final

from govsim.compilation import kernel
from govsim.kernels.queueing import NONE

OWN_LINE_FIRST: Final = 0
POOLED: Final = 1
RETURNED_BLOCKS_LINE: Final = 0
ADMINISTRATION: Final = 0
INSPECTION: Final = 1
SERVICE: Final = 4


@kernel
def most_pressing(people, work, first_post, n_posts):
    """Return the item with the smallest key among the trays of a community, or NONE."""
    best = NONE
    for position in range(first_post, first_post + n_posts):
        slot = work.trays[people.roster[position]].first
        if slot != NONE and (best == NONE or work.items[slot].key < work.items[best].key):
            best = slot
    return best


@kernel
def choose_item(sharing, people, work, post, first_post, n_posts):
    """Return what a worker takes next under a sharing rule, or NONE."""
    if sharing == POOLED:
        return most_pressing(people, work, first_post, n_posts)
    slot = work.trays[post].first
    if slot == NONE and sharing == OWN_LINE_FIRST:
        slot = most_pressing(people, work, first_post, n_posts)
    return slot


@kernel
def coping_effort(settings, backlog_days):
    """Return the share of full effort under a backlog; what is least in each kind of work is the caller's."""
    slack = max(0.0, backlog_days - settings.coping_tolerated_days)
    return min(1.0, max(0.0, 1.0 - settings.coping_slope_per_day * slack))


@kernel
def is_blocked(settings, item, matter, work):
    """Return whether a job may not be begun because one of its line was returned and is not settled."""
    return (
        settings.rule_blocking == RETURNED_BLOCKS_LINE
        and item.is_begun == 0
        and item.resident == NONE
        and matter.work_class == ADMINISTRATION
        and work.returned[item.community, matter.line] > 0
    )
