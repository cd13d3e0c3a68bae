"""Months of residents and communities: the stock of self-government, hearsay, ambience, expectation."""

from __future__ import annotations

from typing import Final

import numpy as np

from govsim.clock import MONTHS_PER_YEAR
from govsim.compilation import kernel, separate_kernel
from govsim.kernels.batches import (
    AGE,
    BATCH,
    DISABLED,
    ENTITY,
    EXPECTATION,
    HOPE,
    LEVEL,
    LOW_INCOME,
    NOUGHT,
    SATISFACTION,
    draw_uniforms,
)
from govsim.kernels.closing import AGES, MINOR, SELF_GOVERNMENT
from govsim.kernels.contact import judge
from govsim.kernels.rules import ADMINISTRATION
from govsim.randomness import Decision, billionths, clip, normal_quantile

DISSATISFIED: Final = 400_000_000
NEVER: Final = -1000
FIRST_ENTITLED: Final = 3
STEP_BITS: Final = 20
COUNT_BITS: Final = 32
LARGEST_STOCK: Final = 2.0
LARGEST_RATIO: Final = 2.0


@kernel
def first_residents(key, charter, people, batch):
    """Draw the attributes, the satisfaction and the expectation of every resident at the start."""
    settings = charter.settings[0]
    for s in range(len(people.settlements)):
        place = people.settlements[s]
        total = np.int64(0)
        for first in range(0, place.n_residents, BATCH):
            n = min(BATCH, place.n_residents - first)
            draw_residents(key, place.entity + first, n, batch)
            for i in range(n):
                resident = people.residents[place.first_row + first + i]
                resident.group = group_of(settings, batch.uniforms, i)
                resident.settlement = s
                resident.last_act_month = NEVER
                spread = settings.opinion_initial_spread
                resident.satisfaction = start_level(settings.opinion_s0, spread, batch.uniforms[LEVEL, i])
                resident.expectation = start_level(settings.opinion_announced_level, spread, batch.uniforms[HOPE, i])
                people.communities[place.community].n_entitled += resident.group >= FIRST_ENTITLED
                total += np.int64(resident.expectation)
        place.met_share = billionths(settings.voice_initial_met_share)
        place.mean_expectation = total // place.n_residents
    for c in range(len(people.communities)):
        people.communities[c].stock = billionths(settings.stock_initial)
        people.communities[c].take_up = billionths(settings.take_up_initial)


@kernel
def draw_residents(key, first_entity, n, batch):
    """Draw what some residents of a settlement have by chance."""
    entities, nought, drawn = batch.numbers[ENTITY], batch.numbers[NOUGHT], batch.uniforms
    for i in range(n):
        entities[i] = first_entity + i
    draw_uniforms(key, Decision.RESIDENT_AGE, entities, nought, nought, n, drawn[AGE])
    draw_uniforms(key, Decision.RESIDENT_DISABLED, entities, nought, nought, n, drawn[DISABLED])
    draw_uniforms(key, Decision.RESIDENT_LOW_INCOME, entities, nought, nought, n, drawn[LOW_INCOME])
    draw_uniforms(key, Decision.INITIAL_SATISFACTION, entities, nought, nought, n, drawn[LEVEL])
    draw_uniforms(key, Decision.INITIAL_EXPECTATION, entities, nought, nought, n, drawn[HOPE])


@kernel
def group_of(settings, drawn, i):
    """Return the group of a resident: age, disability and income."""
    age = drawn[AGE, i]
    group = 1
    if age < settings.population_minor_share:
        group = 0
    elif age < settings.population_minor_share + settings.population_older_share:
        group = 2
    if drawn[DISABLED, i] < settings.population_disabled_share:
        group += 3
    if drawn[LOW_INCOME, i] < settings.population_low_income_share:
        group += 6
    return group


@kernel
def start_level(mean, spread, uniform):
    """Return a level around a mean, held between 0 and 1, in billionths."""
    return billionths(clip(mean + spread * normal_quantile(uniform), 0.0, 1.0))


@kernel
def renew_stock(charter, people, book):
    """Let the stock of self-government decay and grow by the hours held against those planned."""
    settings = charter.settings[0]
    for c in range(len(people.communities)):
        place = people.communities[c]
        planned = charter.communities[c].planned_self_government
        ratio = 0.0
        if planned > 0.0:
            ratio = book.communities[c].booked_minutes[SELF_GOVERNMENT] / planned
        stock = place.stock * 1e-9
        kept = stock * (1.0 - settings.stock_decay_per_year / MONTHS_PER_YEAR)
        gained = settings.stock_gain_per_year / MONTHS_PER_YEAR * min(LARGEST_RATIO, ratio)
        place.stock = billionths(min(LARGEST_STOCK, kept + gained))


@kernel
def reach_entitled(charter, people, book):
    """Let benefits reach more of the entitled by outreach (应保尽保), and lapse for some."""
    settings = charter.settings[0]
    for c in range(len(people.communities)):
        place = people.communities[c]
        tally = book.communities[c]
        planned = charter.communities[c].planned_outreach
        ratio = 0.0
        if planned > 0.0:
            ratio = tally.outreach_minutes / planned
        taken = place.take_up * 1e-9
        reached = settings.take_up_reach_per_year / MONTHS_PER_YEAR * min(LARGEST_RATIO, ratio) * (1.0 - taken)
        lapsed = settings.take_up_lapse_per_year / MONTHS_PER_YEAR * taken
        place.take_up = billionths(clip(taken + reached - lapsed, 0.0, 1.0))
        tally.entitled += place.n_entitled
        tally.take_up_sum += place.take_up * place.n_entitled


@kernel
def public_mood(s, charter, people, book):
    """Return the rate and the level at which hearsay and ambience pull in a settlement; learn from its cases."""
    settings = charter.settings[0]
    place = people.settlements[s]
    tally = book.settlements[s]
    cases = tally.closed + tally.given_up
    hear = 0.0
    heard = 0.0
    if cases > 0:
        hear = settings.opinion_hearsay_per_month
        performance = tally.performance_sum / cases * 1e-9
        heard = judge(settings, performance, place.mean_expectation * 1e-9)
        met_share = place.met_share * 1e-9
        learnt = settings.voice_neighbour_learning * (tally.met / cases - met_share)
        place.met_share = billionths(met_share + learnt)
    done = book.communities[place.community].done[ADMINISTRATION]
    dropped = book.communities[place.community].dropped[ADMINISTRATION]
    order = done / (done + dropped) if done + dropped > 0 else 1.0
    stock = people.communities[place.community].stock * 1e-9
    ambience = 0.5 * stock + 0.5 * order - settings.opinion_usual_ambience
    felt = clip(settings.opinion_s0 + settings.opinion_ambience_weight * ambience, 0.0, 1.0)
    rate = hear + settings.opinion_ambience_per_month
    level = 0.0
    if rate > 0.0:
        level = (hear * heard + settings.opinion_ambience_per_month * felt) / rate
    return rate, level


@separate_kernel
def pull(levels, rate, target, n):
    """Move n levels towards a target by a rate."""
    for i in range(n):
        level = levels[i] * 1e-9
        levels[i] = billionths(level + rate * (target - level))


@separate_kernel
def adapt(levels, up, down, announced, n):
    """Move n expectations towards what is announced, up at one pace and down at another."""
    for i in range(n):
        level = levels[i] * 1e-9
        pace = up if announced > level else down
        levels[i] = billionths(level + pace * (announced - level))


@kernel
def settle_opinion(month, charter, people, batch, book):
    """Move satisfaction and expectation of every resident by one month and count them."""
    settings = charter.settings[0]
    up = settings.opinion_expectation_up_per_year / MONTHS_PER_YEAR
    down = settings.opinion_expectation_down_per_year / MONTHS_PER_YEAR
    levels, expectations = batch.numbers[SATISFACTION], batch.numbers[EXPECTATION]
    for s in range(len(people.settlements)):
        place = people.settlements[s]
        announced = charter.communities[place.community].announced_level
        rate, level = public_mood(s, charter, people, book)
        batch.by_group[:, :] = 0
        for first in range(place.first_row, place.first_row + place.n_residents, BATCH):
            n = min(BATCH, place.first_row + place.n_residents - first)
            for i in range(n):
                levels[i] = people.residents[first + i].satisfaction
                expectations[i] = people.residents[first + i].expectation
            pull(levels, rate, level, n)
            adapt(expectations, up, down, announced, n)
            count_residents(month, first, n, people.residents, levels, expectations, batch.by_group)
        place.mean_expectation = book_residents(s, batch.by_group, book) // place.n_residents


@separate_kernel
def count_residents(month, first, n, residents, satisfactions, expectations, by_group):
    """Keep the levels of n residents, and count residents by group at the end of a month.

    ``by_group`` is shape (12 groups, 5): sums of satisfaction, of its coarse squares and of expectation, residents,
    and dissatisfied residents beside, from bit 32 on, those who took part in the last twelve months.
    """
    for i in range(n):
        resident = residents[first + i]
        satisfaction = satisfactions[i]
        resident.satisfaction = satisfaction
        resident.expectation = expectations[i]
        sums = by_group[resident.group]
        takes_part = np.int64(resident.last_act_month > month - MONTHS_PER_YEAR)
        sums[0] += satisfaction
        sums[1] += coarse_square(satisfaction)
        sums[2] += expectations[i]
        sums[3] += 1
        sums[4] += np.int64(satisfaction < DISSATISFIED) + (takes_part << COUNT_BITS)


@separate_kernel
def book_residents(s, by_group, book):
    """Book the counts of a settlement's residents, and return the sum of their expectations."""
    expectations = np.int64(0)
    for g in range(len(by_group)):
        sums = by_group[g]
        is_adult = np.int64(g % AGES != MINOR)
        expectations += sums[2]
        for tally in (book.settlements[s], book.groups[g]):
            tally.satisfaction_sum += sums[0]
            tally.satisfaction_square_sum += sums[1]
            tally.expectation_sum += sums[2]
            tally.adults += is_adult * sums[3]
            tally.dissatisfied += sums[4] & (2**COUNT_BITS - 1)
            tally.participants += is_adult * (sums[4] >> COUNT_BITS)
    return expectations


@kernel
def coarse_square(level):
    """Return the square of a level in whole steps of 2**20 billionths, so that sums of squares stay exact."""
    steps = np.int64(level) >> STEP_BITS
    return steps * steps
