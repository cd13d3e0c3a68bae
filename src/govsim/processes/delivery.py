"""Arrival: what another office sent on an earlier day enters the tray of the office it was sent to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.kernels import arrivals
from govsim.processes.phase import phase

if TYPE_CHECKING:
    from govsim.processes.phase import Situation


@phase(
    every="day",
    odd="7.7",
    reads=("posts.is_filled",),
    writes=(
        "items",
        "trays",
        "communities.backlog_minutes",
        "communities.blocked_minutes",
        "offices.tray_minutes",
        "office_tallies",
    ),
)
def receive(situation: Situation) -> None:
    """Move today's arrivals into trays."""
    state = situation.state
    arrivals.receive(situation.day, state.people, state.work, state.book)
