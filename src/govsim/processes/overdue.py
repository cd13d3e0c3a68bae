"""Expiry and giving up: jobs lapse after their grace, residents lose patience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.kernels import closing
from govsim.processes.phase import phase

if TYPE_CHECKING:
    from govsim.processes.phase import Situation


@phase(
    every="day",
    odd="7.9",
    reads=("charter",),
    writes=(
        "items",
        "trays",
        "due_first",
        "free_first",
        "returned",
        "offices.tray_minutes",
        "residents.satisfaction",
        "residents.cases_unmet",
        "communities.backlog_minutes",
        "communities.blocked_minutes",
        "communities.n_open",
        "communities.opened",
        "communities.ended",
        "community_tallies",
        "origin_tallies",
        "settlement_tallies",
        "group_tallies",
        "cohorts",
    ),
)
def drop_overdue(situation: Situation) -> None:
    """Let go of work whose last day has come, wherever it lies."""
    state = situation.state
    closing.drop_overdue(situation.key, situation.day, situation.charter, state.people, state.work, state.book)
