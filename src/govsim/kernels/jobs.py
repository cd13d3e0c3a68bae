"""The jobs (件) that mandates bring in a month, listed by day."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH, MONTHS_PER_YEAR
from govsim.compilation import kernel, separate_kernel
from govsim.kernels.batches import BATCH, COUNT, ENTITY, FIRST, INDEX, NOUGHT, OWNER, ROW, TICK, draw_uniforms
from govsim.randomness import Decision

MOST_JOBS: Final = 60000


@kernel
def job_count(entry, calendar_month, calendar_year, charter, uniform):
    """Return the number of jobs of a mandate in a unit this month: the rate rounded by one draw."""
    matter = charter.matters[entry.matter]
    if (calendar_year - matter.period_phase) % matter.period_years != 0:
        return 0
    weight = charter.seasons[matter.season, calendar_month]
    rate = entry.jobs_per_year / MONTHS_PER_YEAR * weight * entry.scale * charter.settings[0].mandates_volume
    return min(MOST_JOBS, math.floor(rate + uniform))


@kernel
def count_jobs(key, first, n, calendar_month, calendar_year, charter, batch):
    """Draw how many jobs some mandates in units bring in a month."""
    numbers = batch.numbers
    for i in range(n):
        numbers[OWNER, i] = charter.units[first + i].entity
    draw_uniforms(key, Decision.JOB_COUNT, numbers[OWNER], numbers[TICK], numbers[NOUGHT], n, batch.uniforms[FIRST])
    for i in range(n):
        numbers[COUNT, i] = job_count(
            charter.units[first + i], calendar_month, calendar_year, charter, batch.uniforms[FIRST, i]
        )


@separate_kernel
def keep_jobs(key, n, batch, listed, n_listed):
    """List the jobs of a batch with their days; return how many are listed now."""
    numbers = batch.numbers
    draw_uniforms(key, Decision.JOB_DAY, numbers[ENTITY], numbers[TICK], numbers[INDEX], n, batch.uniforms[FIRST])
    for i in range(n):
        listed[n_listed].row = numbers[ROW, i]
        listed[n_listed].k = numbers[INDEX, i]
        listed[n_listed].day = math.floor(DAYS_PER_MONTH * batch.uniforms[FIRST, i])
        n_listed += 1
    return n_listed


@kernel
def list_jobs(key, month, calendar_month, calendar_year, charter, batch, listed):
    """List a month's jobs as (row of the unit, k, day), and return how many they are."""
    numbers = batch.numbers
    for i in range(BATCH):
        numbers[TICK, i] = month
    n_listed = np.int64(0)
    for first in range(0, len(charter.units), BATCH):
        n_units = min(BATCH, len(charter.units) - first)
        count_jobs(key, first, n_units, calendar_month, calendar_year, charter, batch)
        i, k = 0, 0
        while i < n_units:
            n = 0
            while i < n_units and n < BATCH:
                if k == numbers[COUNT, i]:
                    i, k = i + 1, 0
                    continue
                numbers[ROW, n] = first + i
                numbers[ENTITY, n] = numbers[OWNER, i]
                numbers[INDEX, n] = k
                n, k = n + 1, k + 1
            n_listed = keep_jobs(key, n, batch, listed, n_listed)
    return n_listed
