"""Rules that choose: one small function for each, branching on the number the scenario's name maps to."""

from __future__ import annotations

from typing import Final

from govsim.compilation import kernel
from govsim.kernels.queueing import NONE

OWN_LINE_FIRST: Final = 0
POOLED: Final = 1


@kernel
def most_pressing(work, first_post, n_posts):
    """Return the item with the smallest key among the trays of a community, or NONE."""
    best = NONE
    for post in range(first_post, first_post + n_posts):
        slot = work.trays[post].first
        if slot != NONE and (best == NONE or work.items[slot].key < work.items[best].key):
            best = slot
    return best


@kernel
def choose_item(sharing, work, post, first_post, n_posts):
    """Return what a worker takes next under a sharing rule, or NONE."""
    if sharing == POOLED:
        return most_pressing(work, first_post, n_posts)
    slot = work.trays[post].first
    if slot == NONE and sharing == OWN_LINE_FIRST:
        slot = most_pressing(work, first_post, n_posts)
    return slot
