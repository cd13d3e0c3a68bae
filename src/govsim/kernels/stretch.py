"""The fused stretch of days: one compiled page that calls each daily phase in the order of the model."""

from __future__ import annotations

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_WEEK, DAYS_PER_YEAR
from govsim.compilation import kernel
from govsim.kernels.arrivals import issue_jobs, receive
from govsim.kernels.closing import drop_overdue
from govsim.kernels.offices import serve_departments, serve_streets
from govsim.kernels.queueing import BLOCK
from govsim.kernels.requests import raise_requests
from govsim.kernels.service import serve_communities, serve_rest_day
from govsim.kernels.strain import build_strain


@kernel
def count_day(people, work, book):
    """Count what is open at the end of the day."""
    for number in range(len(work.offices)):
        office = work.offices[number]
        book.offices[number].backlog_minute_days += office.own_due_minutes + office.tray_minutes
    for c in range(len(people.communities)):
        place = people.communities[c]
        tally = book.communities[c]
        tally.backlog_minute_days += place.backlog_minutes
        tally.blocked_minute_days += place.blocked_minutes
        tally.open_item_days += place.n_open


@kernel
def can_come_up(day, work, plan):
    """Return how many slots today can take at most: one for each arrival, and a started block a community."""
    of_year = day % DAYS_PER_YEAR
    of_month = day % DAYS_PER_MONTH
    needs = plan.need_first[of_year + 1] - plan.need_first[of_year]
    jobs = plan.job_first[of_month + 1] - plan.job_first[of_month]
    return needs + jobs + BLOCK * work.layout.n_communities


@kernel
def room_for(day, work, plan):
    """Return whether the pool has a slot for everything that can come up today."""
    return len(work.items) - work.pool[0].n_used >= can_come_up(day, work, plan)


@kernel
def run_days(key, day, end, charter, people, work, plan, book):
    """Run working days up to ``end``; return the day reached, earlier than ``end`` when the pool must grow."""
    while day < end and room_for(day, work, plan):
        receive(day, people, work, book)
        raise_requests(key, day, charter, people, work, plan, book)
        issue_jobs(key, day, charter, people, work, plan, book)
        drop_overdue(key, day, charter, people, work, book)
        serve_communities(key, day, charter, people, work, book)
        serve_streets(key, day, charter, people, work, book)
        serve_departments(key, day, charter, people, work, book)
        if day % DAYS_PER_WEEK == DAYS_PER_WEEK - 1:
            serve_rest_day(key, day, charter, people, work, book)
        build_strain(day, charter, people)
        count_day(people, work, book)
        day += 1
    return day
