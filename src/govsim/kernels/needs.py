"""Needs of residents and whether they are voiced (诉求)."""

from __future__ import annotations

import math
from typing import Final

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_YEAR
from govsim.compilation import kernel
from govsim.randomness import Decision, logistic, u

MOST_NEEDS: Final = 40
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
def need_count(key, resident, year, cumulative):
    """Return how many needs a resident has in a year: a Poisson quantile from a cumulative table."""
    uniform = u(key, Decision.NEED_COUNT, resident, year, 0)
    count = 0
    while count < MOST_NEEDS and uniform >= cumulative[count]:
        count += 1
    return count


@kernel
def highest_voice_chance(settings):
    """Return a chance that no need can exceed: no belief is above certainty, no way shorter than none."""
    if settings.rule_voice == ALWAYS_VOICED:
        return 1.0
    return logistic(settings.voice_value - settings.voice_learning_cost)


@kernel
def is_voiced(key, resident, year, k, chance):
    """Return whether a need is voiced at a chance; a higher chance only adds."""
    return u(key, Decision.NEED_VOICED, resident, year, k) < chance


@kernel
def list_needs(key, year, charter, people, plan, listed):
    """List a year's needs that may be voiced as (row, k, day) and count all of them by month.

    Returns how many there are, or -1 when ``listed`` is too short. A need whose draw lies above the highest chance
    is never voiced, so it is counted as latent and kept no further.
    """
    highest = highest_voice_chance(charter.settings[0])
    n = 0
    for s in range(len(people.settlements)):
        place = people.settlements[s]
        for ordinal in range(place.n_residents):
            row = place.first_row + ordinal
            group = people.residents[row].group
            resident = place.entity + ordinal
            for k in range(need_count(key, resident, year, charter.need_table[group])):
                day = math.floor(DAYS_PER_YEAR * u(key, Decision.NEED_DAY, resident, year, k))
                plan.latent_by_settlement[day // DAYS_PER_MONTH, s] += 1
                plan.latent_by_group[day // DAYS_PER_MONTH, group] += 1
                if is_voiced(key, resident, year, k, highest):
                    if n == len(listed):
                        return -1
                    listed[n].row = row
                    listed[n].k = k
                    listed[n].day = day
                    n += 1
    return n


@kernel
def sort_needs(listed, n, first, needs):
    """Fill ``needs`` with (row, k) in order of day, and ``first``, shape (253,), with where each day begins."""
    first[:] = 0
    for i in range(n):
        first[listed[i].day + 1] += 1
    for day in range(DAYS_PER_YEAR):
        first[day + 1] += first[day]
    for i in range(n):
        position = first[listed[i].day]
        needs[position].row = listed[i].row
        needs[position].k = listed[i].k
        first[listed[i].day] += 1
    for day in range(DAYS_PER_YEAR, 0, -1):
        first[day] = first[day - 1]
    first[0] = 0
