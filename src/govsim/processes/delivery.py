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
    reads=("posts.is_filled", "charter.matters"),
    writes=("items", "trays", "communities.backlog_minutes", "communities.blocked_minutes"),
)
def receive(situation: Situation) -> None:
    """Move today's arrivals into trays."""
    state = situation.state
    arrivals.receive(situation.day, situation.charter, state.people, state.work)
