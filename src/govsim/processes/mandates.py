"""Mandates (项), seasons, censuses and inspections: the month's jobs (件), and those that come down today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govsim.clock import DAYS_PER_MONTH, MONTHS_PER_YEAR
from govsim.kernels import arrivals, jobs
from govsim.kernels.listing import sort_by_day
from govsim.processes.phase import phase
from govsim.tables.layout import DUE, LISTED
from govsim.tables.state import records

if TYPE_CHECKING:
    from govsim.institution.charter import Charter
    from govsim.processes.phase import Situation


@phase(every="month start", odd="7.2", reads=("charter",), writes=("jobs", "job_first"))
def schedule_jobs(situation: Situation) -> None:
    """List the jobs of the month by day; a job keeps its mandate in a unit and its number only."""
    month = situation.day // DAYS_PER_MONTH
    calendar, charter, key = situation.calendar, situation.charter, situation.key
    state = situation.state
    year, month_of_year = calendar.calendar_year(month), calendar.calendar_month(month)
    listed = records(LISTED, most_jobs(charter, month_of_year))
    n = int(jobs.list_jobs(key, month, month_of_year, year, charter, state.work.batch, listed))
    due = records(DUE, n)
    sort_by_day(listed, n, DAYS_PER_MONTH, state.plan.job_first, due)
    state.plan = state.plan._replace(jobs=due)


def most_jobs(charter: Charter, month_of_year: int) -> int:
    """Return a number of jobs that a month cannot exceed: no unit has more than one above its rate."""
    units, volume = charter.units, float(charter.settings["mandates_volume"][0])
    weights = charter.seasons[charter.matters["season"][units["matter"]], month_of_year]
    a_month = units["jobs_per_year"] / MONTHS_PER_YEAR * weights * units["scale"] * volume
    return int(np.ceil(a_month + 1.0).sum())


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
