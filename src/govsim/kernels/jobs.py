"""The jobs (件) that mandates bring in a month, listed by day."""

from __future__ import annotations

import math
from typing import Final

from govsim.clock import DAYS_PER_MONTH, MONTHS_PER_YEAR
from govsim.compilation import kernel
from govsim.randomness import Decision, u

MOST_JOBS: Final = 60000


@kernel
def job_count(key, month, calendar_month, calendar_year, charter, unit):
    """Return the number of jobs of a mandate in a unit this month: the rate rounded by one draw."""
    entry = charter.units[unit]
    matter = charter.matters[entry.matter]
    if (calendar_year - matter.period_phase) % matter.period_years != 0:
        return 0
    weight = charter.seasons[matter.season, calendar_month]
    rate = entry.jobs_per_year / MONTHS_PER_YEAR * weight * entry.scale * charter.settings[0].mandates_volume
    return min(MOST_JOBS, math.floor(rate + u(key, Decision.JOB_COUNT, entry.entity, month, 0)))


@kernel
def count_jobs(key, month, calendar_month, calendar_year, charter, counts, first):
    """Count a month's jobs by unit into ``counts`` and by day into ``first``, shape (22,), as running totals."""
    first[:] = 0
    for unit in range(len(charter.units)):
        n = job_count(key, month, calendar_month, calendar_year, charter, unit)
        counts[unit] = n
        for k in range(n):
            entity = charter.units[unit].entity
            first[math.floor(DAYS_PER_MONTH * u(key, Decision.JOB_DAY, entity, month, k)) + 1] += 1
    for day in range(DAYS_PER_MONTH):
        first[day + 1] += first[day]


@kernel
def draw_jobs(key, month, charter, counts, first, jobs):
    """Fill ``jobs`` with (unit, k) in order of day."""
    for unit in range(len(charter.units)):
        entity = charter.units[unit].entity
        for k in range(counts[unit]):
            day = math.floor(DAYS_PER_MONTH * u(key, Decision.JOB_DAY, entity, month, k))
            jobs[first[day]].unit = unit
            jobs[first[day]].k = k
            first[day] += 1
    for day in range(DAYS_PER_MONTH, 0, -1):
        first[day] = first[day - 1]
    first[0] = 0
