"""Service: the ordinary day and the rest-day shift of communities, the days of streets and departments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.kernels import offices, service
from govsim.processes.phase import phase

if TYPE_CHECKING:
    from govsim.processes.phase import Situation

_SERVED: Final = (
    "items",
    "trays",
    "due_first",
    "free_first",
    "residents.satisfaction",
    "residents.cases_met",
    "residents.cases_unmet",
    "residents.last_act_month",
    "posts.clock_minutes",
    "posts.work_minutes",
    "posts.minutes_left",
    "posts.worked_minutes",
    "posts.emotional_minutes",
    "posts.is_serving",
    "communities.backlog_minutes",
    "communities.blocked_minutes",
    "communities.n_open",
    "communities.opened",
    "communities.ended",
    "community_tallies",
    "settlement_tallies",
    "group_tallies",
    "cohorts",
)


@phase(every="day", odd="7.8", reads=("posts", "residents", "settlements", "charter"), writes=_SERVED)
def serve_communities(situation: Situation) -> None:
    """Let present workers take work from the trays until their minutes or the work run out."""
    state = situation.state
    service.serve_communities(situation.key, situation.day, situation.charter, state.people, state.work, state.book)


@phase(every="day", odd="7.10", reads=("charter",), writes=("items", "trays"))
def serve_streets(situation: Situation) -> None:
    """Let streets decide escalated work or pass it on."""
    offices.serve_streets(situation.key, situation.day, situation.charter, situation.state.work)


@phase(every="day", odd="7.10", reads=("charter",), writes=("items", "trays"))
def serve_departments(situation: Situation) -> None:
    """Let departments decide what streets passed on."""
    offices.serve_departments(situation.day, situation.charter, situation.state.work)


@phase(every="week end", odd="7.8", reads=("posts", "residents", "settlements", "charter"), writes=_SERVED)
def serve_rest_day(situation: Situation) -> None:
    """Let workers on rest-day duty go on with the trays."""
    state = situation.state
    service.serve_rest_day(situation.key, situation.day, situation.charter, state.people, state.work, state.book)
