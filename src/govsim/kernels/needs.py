"""Needs of residents and whether they are voiced (诉求)."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_YEAR
from govsim.compilation import kernel, separate_kernel
from govsim.kernels.batches import (
    BATCH,
    COUNT,
    ENTITY,
    FIRST,
    INDEX,
    NOUGHT,
    OWNER,
    ROW,
    TICK,
    VOICED,
    draw_uniforms,
)
from govsim.randomness import Decision, logistic

MOST_NEEDS: Final = 40
USUAL_NEEDS: Final = 8
FEW_NEEDS: Final = 4
ALWAYS_VOICED: Final = 1


@kernel
def belief(settings, met_share, resident):
    """Return a resident's believed chance of resolution: a Beta mean over own and neighbours' cases."""
    met = settings.voice_prior_met + resident.cases_met + settings.voice_neighbour_weight * (met_share * 1e-9)
    cases = (
        settings.voice_prior_met
        + settings.voice_prior_unmet
        + resident.cases_met
        + resident.cases_unmet
        + settings.voice_neighbour_weight
    )
    return met / cases


@kernel
def voice_chance(settings, resident, place, upper_floor):
    """Return the chance that a need is voiced, from its value and what it takes to bring it."""
    if settings.rule_voice == ALWAYS_VOICED:
        return 1.0
    floor_cost = 0.0
    if upper_floor and (resident.group // 3) % 2 == 1:
        floor_cost = settings.voice_floor_cost
    return logistic(
        settings.voice_value * belief(settings, place.met_share, resident)
        - settings.voice_travel_cost_per_km * place.distance_km
        - settings.voice_learning_cost
        - floor_cost
    )


@kernel
def need_count(uniform, cumulative):
    """Return how many needs a resident has in a year: a Poisson quantile from a cumulative table."""
    count = 0
    for j in range(USUAL_NEEDS):
        count += uniform >= cumulative[j]
    while USUAL_NEEDS <= count < MOST_NEEDS and uniform >= cumulative[count]:
        count += 1
    return count


@kernel
def highest_voice_chance(all_settings):
    """Return a chance that no need can exceed: no belief is above certainty, no way shorter than none."""
    settings = all_settings[0]
    if settings.rule_voice == ALWAYS_VOICED:
        return 1.0
    return logistic(settings.voice_value - settings.voice_learning_cost)


@kernel
def count_needs(key, place, first, n, charter, people, batch):
    """Draw how many needs some residents of a settlement have in a year."""
    numbers = batch.numbers
    for i in range(n):
        numbers[OWNER, i] = place.entity + first + i
    draw_uniforms(key, Decision.NEED_COUNT, numbers[OWNER], numbers[TICK], numbers[NOUGHT], n, batch.uniforms[FIRST])
    for i in range(n):
        group = people.residents[place.first_row + first + i].group
        numbers[COUNT, i] = need_count(batch.uniforms[FIRST, i], charter.need_table[group])


@kernel
def draw_voices(key, n, batch):
    """Draw for the needs of a batch what their chances have to exceed, so that a higher chance only adds requests."""
    numbers, uniforms = batch.numbers, batch.uniforms[VOICED]
    draw_uniforms(key, Decision.NEED_VOICED, numbers[ENTITY], numbers[TICK], numbers[INDEX], n, uniforms)


@separate_kernel
def keep_needs(key, s, n, highest, people, batch, plan, listed, n_listed):
    """Count the needs of a batch by month, and list those that may be voiced; return how many are listed now."""
    numbers = batch.numbers
    draw_uniforms(key, Decision.NEED_DAY, numbers[ENTITY], numbers[TICK], numbers[INDEX], n, batch.uniforms[FIRST])
    draw_voices(key, n, batch)
    for i in range(n):
        day = math.floor(DAYS_PER_YEAR * batch.uniforms[FIRST, i])
        plan.latent_by_settlement[day // DAYS_PER_MONTH, s] += 1
        plan.latent_by_group[day // DAYS_PER_MONTH, people.residents[numbers[ROW, i]].group] += 1
        # Written in any case, and kept by counting it: a branch would be guessed wrong every other time.
        listed[n_listed].row = numbers[ROW, i]
        listed[n_listed].k = numbers[INDEX, i]
        listed[n_listed].day = day
        n_listed += batch.uniforms[VOICED, i] < highest
    return n_listed


@kernel
def add_needs(row, entity, count, n, numbers):
    """Add the needs of one resident to a batch that has n; most residents have few."""
    for k in range(FEW_NEEDS):
        numbers[ROW, n + k] = row
        numbers[ENTITY, n + k] = entity
        numbers[INDEX, n + k] = k
    for k in range(FEW_NEEDS, count):
        numbers[ROW, n + k] = row
        numbers[ENTITY, n + k] = entity
        numbers[INDEX, n + k] = k
    return n + count


@kernel
def list_needs(key, year, charter, people, batch, plan, listed):
    """List a year's needs that may be voiced as (row, k, day) and count all of them by month.

    Returns how many there are, or -1 when ``listed`` is too short. A need whose draw lies above the highest chance
    is never voiced, so it is counted as latent and kept no further.
    """
    highest, numbers = highest_voice_chance(charter.settings), batch.numbers
    for i in range(BATCH):
        numbers[TICK, i] = year
    n_listed = np.int64(0)
    for s in range(len(people.settlements)):
        place = people.settlements[s]
        n = np.int64(0)
        for first in range(0, place.n_residents, BATCH):
            n_residents = min(BATCH, place.n_residents - first)
            count_needs(key, place, first, n_residents, charter, people, batch)
            for i in range(n_residents):
                if n > BATCH - MOST_NEEDS:
                    if n_listed + BATCH > len(listed):
                        return -1
                    n_listed = keep_needs(key, s, n, highest, people, batch, plan, listed, n_listed)
                    n = np.int64(0)
                n = add_needs(place.first_row + first + i, numbers[OWNER, i], numbers[COUNT, i], n, numbers)
        if n_listed + BATCH > len(listed):
            return -1
        n_listed = keep_needs(key, s, n, highest, people, batch, plan, listed, n_listed)
    return n_listed
