"""Exhaustion and the count of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.kernels import strain, stretch
from govsim.processes.phase import phase

if TYPE_CHECKING:
    from govsim.processes.phase import Situation


@phase(
    every="day",
    odd="7.11",
    reads=("posts.worked_minutes", "posts.emotional_minutes", "charter.settings"),
    writes=("posts.exhaustion",),
)
def build_strain(situation: Situation) -> None:
    """Move every worker's exhaustion by the day's work and a day's recovery."""
    strain.build_strain(situation.day, situation.charter, situation.state.people)


@phase(every="day", odd="8", reads=("communities", "offices"), writes=("community_tallies", "office_tallies"))
def count_day(situation: Situation) -> None:
    """Count what is open at the end of the day."""
    state = situation.state
    stretch.count_day(state.people, state.work, state.book)
