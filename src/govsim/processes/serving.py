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
    "origin_tallies",
    "settlement_tallies",
    "group_tallies",
    "cohorts",
)

_DECIDED: Final = (
    "items",
    "trays",
    "returned",
    "offices.own_due_minutes",
    "offices.tray_minutes",
    "communities.blocked_minutes",
    "community_tallies",
    "settlement_tallies",
    "group_tallies",
    "origin_tallies",
    "office_tallies",
)


@phase(every="day", odd="7.8", reads=("posts", "residents", "settlements", "charter"), writes=_SERVED)
def serve_communities(situation: Situation) -> None:
    """Let present workers take work from the trays until their minutes or the work run out."""
    state = situation.state
    service.serve_communities(situation.key, situation.day, situation.charter, state.people, state.work, state.book)


@phase(every="day", odd="7.10", reads=("charter", "residents.group"), writes=(*_DECIDED, "offices.passed_today"))
def serve_streets(situation: Situation) -> None:
    """Let streets do their own work and decide escalated work, return it or pass it on."""
    state = situation.state
    offices.serve_streets(situation.key, situation.day, situation.charter, state.people, state.work, state.book)


@phase(every="day", odd="7.10", reads=("charter", "residents.group"), writes=(*_DECIDED, "offices.taken_today"))
def serve_departments(situation: Situation) -> None:
    """Let departments do their core and decide what streets passed on, or return it."""
    state = situation.state
    offices.serve_departments(situation.key, situation.day, situation.charter, state.people, state.work, state.book)


@phase(every="month end", odd="7.10", reads=("office_tallies", "charter"), writes=("offices.load",))
def note_loads(situation: Situation) -> None:
    """Keep the load of each office in the month that ends."""
    offices.note_loads(situation.charter, situation.state.work, situation.state.book)


@phase(every="week end", odd="7.8", reads=("posts", "residents", "settlements", "charter"), writes=_SERVED)
def serve_rest_day(situation: Situation) -> None:
    """Let workers on rest-day duty go on with the trays."""
    state = situation.state
    service.serve_rest_day(situation.key, situation.day, situation.charter, state.people, state.work, state.book)
