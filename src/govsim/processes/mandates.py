"""Mandates (项), seasons, censuses and inspections: the month's jobs (件), and those that come down today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.clock import DAYS_PER_MONTH
from govsim.kernels import arrivals, jobs
from govsim.kernels.listing import sort_by_day
from govsim.processes.phase import phase
from govsim.tables.layout import DUE, LISTED
from govsim.tables.state import records

if TYPE_CHECKING:
    from govsim.processes.phase import Situation


@phase(every="month start", odd="7.2", reads=("charter",), writes=("jobs", "job_first"))
def schedule_jobs(situation: Situation) -> None:
    """List the jobs of the month by day; a job keeps its mandate in a unit and its number only."""
    month = situation.day // DAYS_PER_MONTH
    calendar, charter, key = situation.calendar, situation.charter, situation.key
    state = situation.state
    year, month_of_year = calendar.calendar_year(month), calendar.calendar_month(month)
    room, n = max(len(charter.units), 2 * len(state.plan.jobs)), -1
    while n < 0:
        listed = records(LISTED, room)
        n = int(jobs.list_jobs(key, month, month_of_year, year, charter, state.work.batch, listed))
        room *= 2
    due = records(DUE, n)
    sort_by_day(listed, n, DAYS_PER_MONTH, state.plan.job_first, due)
    state.plan = state.plan._replace(jobs=due)


@phase(
    every="day",
    odd="7.2",
    reads=("jobs", "routes", "posts.is_filled", "charter"),
    writes=(
        "items",
        "trays",
        "due_first",
        "pool",
        "free_first",
        "communities.backlog_minutes",
        "communities.blocked_minutes",
        "communities.n_open",
        "communities.opened",
        "community_tallies",
        "origin_tallies",
        "money",
        "offices.passed_today",
        "offices.taken_today",
    ),
)
def issue_jobs(situation: Situation) -> None:
    """Bring today's jobs to their communities."""
    state = situation.state
    arrivals.issue_jobs(
        situation.key, situation.day, situation.charter, state.people, state.work, state.plan, state.book
    )
