"""Needs and voice (诉求): the year's needs of residents, and which of today's are brought to the community."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_YEAR, MONTHS_PER_YEAR
from govsim.kernels import needs, requests
from govsim.kernels.batches import BATCH
from govsim.kernels.listing import sort_by_day
from govsim.processes.phase import phase
from govsim.tables.layout import DUE, LISTED
from govsim.tables.state import records

if TYPE_CHECKING:
    from govsim.processes.phase import Situation


@phase(
    every="month start",
    odd="7.3",
    reads=("residents.group", "settlements", "charter"),
    writes=("needs", "need_first", "latent_by_settlement", "latent_by_group", "settlement_tallies", "group_tallies"),
)
def foresee_needs(situation: Situation) -> None:
    """List the year's needs by day when a year begins or needs may be voiced more easily; count the month's."""
    state = situation.state
    highest = float(needs.highest_voice_chance(situation.charter.settings))
    if situation.day % DAYS_PER_YEAR == 0 or highest > state.voice_bound:
        _list_needs(situation)
        state.voice_bound = highest
    month_of_year = situation.day // DAYS_PER_MONTH % MONTHS_PER_YEAR
    state.book.settlements["latent"] = state.plan.latent_by_settlement[month_of_year]
    state.book.groups["latent"] = state.plan.latent_by_group[month_of_year]


def _list_needs(situation: Situation) -> None:
    state, year = situation.state, situation.day // DAYS_PER_YEAR
    plan, people = state.plan, state.people
    room, n = len(people.residents) + BATCH, -1
    while n < 0:
        listed = records(LISTED, room)
        plan.latent_by_settlement[:] = 0
        plan.latent_by_group[:] = 0
        n = int(needs.list_needs(situation.key, year, situation.charter, people, state.work.batch, plan, listed))
        room *= 2
    due = records(DUE, n)
    sort_by_day(listed, n, DAYS_PER_YEAR, plan.need_first, due)
    state.plan = plan._replace(needs=due)


@phase(
    every="day",
    odd="7.3",
    reads=("needs", "residents", "settlements.met_share", "posts.is_filled", "charter"),
    writes=(
        "items",
        "trays",
        "due_first",
        "pool",
        "free_first",
        "residents.satisfaction",
        "residents.cases_met",
        "communities.backlog_minutes",
        "communities.blocked_minutes",
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
    requests.raise_requests(
        situation.key, situation.day, situation.charter, state.people, state.work, state.plan, state.book
    )
