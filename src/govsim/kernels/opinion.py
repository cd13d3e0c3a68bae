"""Months of residents and communities: the stock of self-government, hearsay, ambience, expectation."""

from __future__ import annotations

from typing import Final

import numpy as np

from govsim.clock import MONTHS_PER_YEAR
from govsim.compilation import kernel
from govsim.kernels.closing import AGES, MINOR, SELF_GOVERNMENT
from govsim.kernels.contact import judge
from govsim.kernels.rules import ADMINISTRATION
from govsim.randomness import Decision, billionths, clip, normal_quantile, u

DISSATISFIED: Final = 400_000_000
NEVER: Final = -1000
FIRST_ENTITLED: Final = 3
STEP_BITS: Final = 20
LARGEST_STOCK: Final = 2.0
LARGEST_RATIO: Final = 2.0


@kernel
def first_residents(key, charter, people):
    """Draw the attributes, the satisfaction and the expectation of every resident at the start."""
    settings = charter.settings[0]
    minors = settings.population_minor_share
    elders = settings.population_minor_share + settings.population_older_share
    for s in range(len(people.settlements)):
        place = people.settlements[s]
        total = np.int64(0)
        for ordinal in range(place.n_residents):
            entity = place.entity + ordinal
            resident = people.residents[place.first_row + ordinal]
            age = u(key, Decision.RESIDENT_AGE, entity, 0, 0)
            group = 1
            if age < minors:
                group = 0
            elif age < elders:
                group = 2
            if u(key, Decision.RESIDENT_DISABLED, entity, 0, 0) < settings.population_disabled_share:
                group += 3
            if u(key, Decision.RESIDENT_LOW_INCOME, entity, 0, 0) < settings.population_low_income_share:
                group += 6
            resident.group = group
            people.communities[place.community].n_entitled += group >= FIRST_ENTITLED
            resident.settlement = s
            resident.last_act_month = NEVER
            resident.satisfaction = start_level(
                key,
                Decision.INITIAL_SATISFACTION,
                entity,
                settings.opinion_s0,
                settings.opinion_initial_spread,
            )
            resident.expectation = start_level(
                key,
                Decision.INITIAL_EXPECTATION,
                entity,
                settings.opinion_announced_level,
                settings.opinion_initial_spread,
            )
            total += np.int64(resident.expectation)
        place.met_share = billionths(settings.voice_initial_met_share)
        place.mean_expectation = total // place.n_residents
    for c in range(len(people.communities)):
        people.communities[c].stock = billionths(settings.stock_initial)
        people.communities[c].take_up = billionths(settings.take_up_initial)


@kernel
def start_level(key, decision, entity, mean, spread):
    """Return a level around a mean, held between 0 and 1, in billionths."""
    return billionths(clip(mean + spread * normal_quantile(u(key, decision, entity, 0, 0)), 0.0, 1.0))


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


@kernel
def settle_opinion(month, charter, people, book):
    """Move satisfaction and expectation of every resident by one month and count them."""
    settings = charter.settings[0]
    up = settings.opinion_expectation_up_per_year / MONTHS_PER_YEAR
    down = settings.opinion_expectation_down_per_year / MONTHS_PER_YEAR
    for s in range(len(people.settlements)):
        place = people.settlements[s]
        announced = charter.communities[place.community].announced_level
        rate, level = public_mood(s, charter, people, book)
        expectations = np.int64(0)
        satisfactions = np.int64(0)
        squares = np.int64(0)
        for row in range(place.first_row, place.first_row + place.n_residents):
            resident = people.residents[row]
            satisfaction = resident.satisfaction * 1e-9
            resident.satisfaction = billionths(satisfaction + rate * (level - satisfaction))
            expectation = resident.expectation * 1e-9
            pace = up if announced > expectation else down
            resident.expectation = billionths(expectation + pace * (announced - expectation))
            expectations += np.int64(resident.expectation)
            satisfactions += np.int64(resident.satisfaction)
            squares += coarse_square(resident.satisfaction)
            count_resident(month, resident, book, s)
        place.mean_expectation = expectations // place.n_residents
        book.settlements[s].expectation_sum += expectations
        book.settlements[s].satisfaction_sum += satisfactions
        book.settlements[s].satisfaction_square_sum += squares


@kernel
def coarse_square(level):
    """Return the square of a level in whole steps of 2**20 billionths, so that sums of squares stay exact."""
    steps = np.int64(level) >> STEP_BITS
    return steps * steps


@kernel
def count_resident(month, resident, book, s):
    """Count one resident at the end of a month, in the settlement and in the group."""
    group = book.groups[resident.group]
    group.satisfaction_sum += resident.satisfaction
    group.satisfaction_square_sum += coarse_square(resident.satisfaction)
    group.expectation_sum += resident.expectation
    dissatisfied = resident.satisfaction < DISSATISFIED
    is_adult = resident.group % AGES != MINOR
    takes_part = is_adult and resident.last_act_month > month - MONTHS_PER_YEAR
    for tally in (book.settlements[s], group):
        tally.dissatisfied += dissatisfied
        tally.adults += is_adult
        tally.participants += takes_part
