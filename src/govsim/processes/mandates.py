"""Mandates (项), seasons, censuses and inspections: the month's jobs (件), and those that come down today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govsim.clock import DAYS_PER_MONTH
from govsim.kernels import arrivals, jobs
from govsim.processes.phase import phase
from govsim.tables.layout import DUE_JOB
from govsim.tables.state import records

if TYPE_CHECKING:
    from govsim.processes.phase import Situation


@phase(every="month start", odd="7.2", reads=("charter",), writes=("jobs", "job_first"))
def schedule_jobs(situation: Situation) -> None:
    """List the jobs of the month by day; a job keeps its mandate in a unit and its number only."""
    month = situation.day // DAYS_PER_MONTH
    calendar, charter, key = situation.calendar, situation.charter, situation.key
    plan = situation.state.plan
    first = plan.job_first
    counts = np.zeros(len(charter.units), np.int64)
    jobs.count_jobs(key, month, calendar.calendar_month(month), calendar.calendar_year(month), charter, counts, first)
    due = records(DUE_JOB, int(first[-1]))
    jobs.draw_jobs(key, month, charter, counts, first, due)
    situation.state.plan = plan._replace(jobs=due)


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
