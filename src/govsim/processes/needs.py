"""Needs and voice (诉求): the year's needs of residents, and which of today's are brought to the community."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.clock import DAYS_PER_YEAR
from govsim.kernels import arrivals
from govsim.processes.phase import phase
from govsim.tables.layout import NEED
from govsim.tables.state import records

if TYPE_CHECKING:
    from govsim.processes.phase import Situation


@phase(
    every="month start",
    odd="7.3",
    reads=("residents.group", "settlements", "charter.need_table"),
    writes=("needs", "need_first"),
)
def foresee_needs(situation: Situation) -> None:
    """On the first day of a year, list its needs by day; a need keeps its resident's row and its number only."""
    if situation.day % DAYS_PER_YEAR:
        return
    year = situation.day // DAYS_PER_YEAR
    state = situation.state
    first = state.work.need_first
    arrivals.count_needs(situation.key, year, situation.charter, state.people, first)
    needs = records(NEED, int(first[-1]))
    arrivals.draw_needs(situation.key, year, situation.charter, state.people, first, needs)
    state.work = state.work._replace(needs=needs)


@phase(
    every="day",
    odd="7.3",
    reads=("needs", "residents", "settlements.met_share", "posts.is_filled", "charter"),
    writes=(
        "items",
        "trays",
        "pool",
        "communities.backlog_minutes",
        "communities.n_open",
        "communities.opened",
        "community_tallies",
        "settlement_tallies",
        "group_tallies",
        "cohorts",
    ),
)
def raise_requests(situation: Situation) -> None:
    """Turn today's needs into requests where residents voice them."""
    state = situation.state
    arrivals.raise_requests(situation.key, situation.day, situation.charter, state.people, state.work, state.book)
