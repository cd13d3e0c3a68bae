"""Workers over months: duties and efficiency, comparison with peers, leaving and hiring."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_YEAR, MONTHS_PER_YEAR
from govsim.compilation import kernel
from govsim.kernels.queueing import NONE, enter_community, holding_post, remove
from govsim.randomness import (
    Decision,
    billionths,
    clip,
    exponential_quantile,
    logistic,
    normal_cdf,
    normal_quantile,
    u,
)

ONE: Final = 1_000_000_000
BURNT_OUT: Final = 500_000_000
MOST_NOVICES: Final = 3
YEARLY_BATCH: Final = 1
BATCH_MONTH: Final = 5
FULLY_EMBEDDED_YEARS: Final = 5.0
USUAL_RESOLUTION: Final = 0.8


@kernel
def relative_pay(settings, pay_fen):
    """Return pay over the local average wage."""
    return pay_fen * 12 / (100.0 * settings.pay_local_wage_yuan_per_year)


@kernel
def set_pay(charter, people):
    """Give every post the pay of the institution in force."""
    for p in range(len(people.posts)):
        people.posts[p].pay_fen = charter.posts[p].public_pay_fen + people.posts[p].topup_fen


@kernel
def hire(key, settings, post, since_day):
    """Draw the holder of a post anew: skill from applicants, susceptibility, and a clean slate."""
    holder = post.entity + post.holder
    relative = relative_pay(settings, post.pay_fen)
    applicants = settings.hiring_applicants * math.exp(
        settings.hiring_supply_elasticity * math.log(relative / settings.hiring_usual_relative_pay)
    )
    best = normal_quantile(math.exp(math.log(u(key, Decision.SKILL, holder, 0, 0)) / applicants))
    skill = clip(1.0 + settings.hiring_skill_spread * (best - settings.hiring_usual_quantile), 0.5, 1.6)
    spread = settings.strain_susceptibility_spread
    susceptibility = math.exp(spread * normal_quantile(u(key, Decision.SUSCEPTIBILITY, holder, 0, 0)))
    post.is_filled = 1
    post.since_day = since_day
    post.skill_permille = math.floor(1000.0 * skill + 0.5)
    post.susceptibility_permille = max(1, math.floor(1000.0 * susceptibility + 0.5))
    post.exhaustion = 0
    post.motivation = ONE
    post.quit_hazard = 0
    post.vacancy_hazard = 0


@kernel
def first_holders(key, charter, people):
    """Fill the posts at the start with holders of different tenure."""
    settings = charter.settings[0]
    mean = settings.posts_initial_tenure_years
    cut = 1.0 - math.exp(-settings.posts_community_age_years / mean)
    for p in range(len(people.posts)):
        post = people.posts[p]
        tenure_years = exponential_quantile(mean, 1.0 - u(key, Decision.INITIAL_TENURE, post.entity, 0, 0) * cut)
        hire(key, settings, post, -math.floor(DAYS_PER_YEAR * tenure_years))
        post.exhaustion = billionths(settings.strain_initial)
        if u(key, Decision.INITIAL_FILLED, post.entity, 0, 0) >= settings.posts_initial_filled_share:
            post.is_filled = 0


@kernel
def hand_over(day, c, people, work):
    """Move the open work of vacant posts to those who take it over."""
    place = people.communities[c]
    if place.n_filled == 0:
        return
    for position in range(place.first_post, place.first_post + place.n_posts):
        p = people.roster[position]
        if people.posts[p].is_filled:
            continue
        slot = np.int64(work.trays[p].first)
        while slot != NONE:
            remove(work, slot)
            place.backlog_minutes -= work.items[slot].remaining
            enter_community(people, work, slot, day)
            slot = np.int64(work.trays[p].first)


@kernel
def trainer_of(people, place, day, novice_days):
    """Return the worker of longest tenure who trains the novices of a community, or NONE."""
    best = NONE
    for position in range(place.first_post, place.first_post + place.n_posts):
        p = people.roster[position]
        post = people.posts[p]
        if post.is_filled and (best == NONE or post.since_day < people.posts[best].since_day):
            best = p
    if best != NONE and day - people.posts[best].since_day < novice_days:
        return NONE
    return best


@kernel
def efficiency(settings, post, day, training):
    """Return permille of nominal minutes that a worker does in a clock minute."""
    tenure = day - post.since_day
    novice = 1.0 - (1.0 - settings.efficiency_novice_productivity) * math.exp(
        -math.log(2.0) * tenure / settings.efficiency_novice_half_life_days
    )
    cost = settings.efficiency_switching_cost_per_line
    easy = settings.efficiency_easy_lines
    switching = (1.0 + cost * max(0.0, settings.efficiency_reference_lines - easy)) / (
        1.0 + cost * max(0.0, post.n_lines - easy)
    )
    return math.floor(1000.0 * (post.skill_permille / 1000.0) * novice * switching * training)


@kernel
def spread_lines(charter, people, first, n):
    """Add every line to the post that holds it among some posts on the roster."""
    for line in range(len(charter.lines)):
        holding = people.posts[holding_post(people, first, n, line % n)]
        if holding.is_filled:
            holding.n_lines += charter.lines[line].n_mandates


@kernel
def give_lines(c, charter, people):
    """Give the lines of a community to its posts; workers of federated villages hold those of their village as well."""
    place = people.communities[c]
    spread_lines(charter, people, place.first_post, place.n_posts)
    if charter.communities[c].n_consenting == 1:
        return
    end = place.first_post + place.n_posts
    first = place.first_post
    while first < end:
        home = people.posts[people.roster[first]].home
        after = first
        while after < end and people.posts[people.roster[after]].home == home:
            after += 1
        spread_lines(charter, people, first, after - first)
        first = after


@kernel
def assign_duties(day, charter, people, work):
    """Assign lines to the filled posts of each community, hand work over and set each worker's pace."""
    settings = charter.settings[0]
    for c in range(len(people.communities)):
        place = people.communities[c]
        place.n_filled = 0
        novices = 0
        for position in range(place.first_post, place.first_post + place.n_posts):
            p = people.roster[position]
            post = people.posts[p]
            post.n_lines = 0
            post.was_filled = post.is_filled
            place.n_filled += post.is_filled
            if post.is_filled and day - post.since_day < settings.efficiency_novice_days:
                novices += 1
        if place.n_posts == 0:
            continue
        hand_over(day, c, people, work)
        give_lines(c, charter, people)
        trainer = trainer_of(people, place, day, settings.efficiency_novice_days)
        for position in range(place.first_post, place.first_post + place.n_posts):
            p = people.roster[position]
            training = 1.0
            if p == trainer:
                training = 1.0 - settings.efficiency_trainer_share * min(MOST_NOVICES, novices)
            post = people.posts[p]
            post.efficiency_permille = efficiency(settings, post, day, training) if post.is_filled else 0


@kernel
def compare_with_peers(charter, people):
    """Set fairness and motivation of all workers from pay and its spread in their street (C11)."""
    settings = charter.settings[0]
    for s in range(len(people.streets)):
        street = people.streets[s]
        street.n_filled, street.pay_fen_sum, street.spread_sum = 0, 0, 0
    for p in range(len(people.posts)):
        post = people.posts[p]
        if post.is_filled:
            street = people.streets[people.communities[post.community].street]
            street.n_filled += 1
            street.pay_fen_sum += post.pay_fen
    for p in range(len(people.posts)):
        post = people.posts[p]
        if post.is_filled:
            street = people.streets[people.communities[post.community].street]
            fairness = math.log(post.pay_fen / (street.pay_fen_sum // street.n_filled))
            post.fairness = billionths(fairness)
            street.spread_sum += billionths(abs(fairness))
    for p in range(len(people.posts)):
        post = people.posts[p]
        if post.is_filled:
            street = people.streets[people.communities[post.community].street]
            post.motivation = billionths(motivation(settings, post.fairness * 1e-9, street))


@kernel
def motivation(settings, fairness, street):
    """Return motivation from pay above peers, less what unequal pay in the street costs everybody."""
    dispersion = street.spread_sum // street.n_filled * 1e-9
    level = 1.0 + settings.motivation_fairness * fairness - settings.motivation_dispersion * dispersion
    return clip(level, 0.5, 1.5)


@kernel
def quit_rate_per_year(settings, post, tenure_years, last_quits):
    """Return a worker's yearly rate of leaving: outside offers that beat pay, ties and endurance.

    Notes
    -----
    Search on the job (Burdett and Mortensen 1998; Manning 2003), ties of the job (Mitchell et al. 2001),
    contagion (E9).
    """
    embedded = settings.quit_embedded_base + settings.quit_embedded_growth * min(
        1.0, tenure_years / FULLY_EMBEDDED_YEARS
    )
    z = (
        math.log(relative_pay(settings, post.pay_fen))
        + embedded * (post.motivation * 1e-9)
        - settings.quit_exhaustion_weight * (post.exhaustion * 1e-9)
        - math.log(settings.quit_median_offer)
    ) / settings.quit_offer_spread
    return settings.quit_offers_per_year * (1.0 - normal_cdf(z)) * settings.quit_contagion ** float(last_quits)


@kernel
def worker_satisfaction(settings, post, resolution):
    """Return a worker's satisfaction with the work, 0 to 1 (C8, C11, C24)."""
    relative = relative_pay(settings, post.pay_fen)
    return logistic(
        settings.work_satisfaction_base
        + settings.work_satisfaction_pay * math.log(relative / settings.hiring_usual_relative_pay)
        + settings.work_satisfaction_fairness * (post.fairness * 1e-9)
        - settings.work_satisfaction_exhaustion * (post.exhaustion * 1e-9)
        + settings.work_satisfaction_resolution * (resolution - USUAL_RESOLUTION)
    )


@kernel
def closed_and_met(place, people, book):
    """Return how many requests a community closed this month, and how many of them were met.

    What the hotline answers at once is no work of the community.
    """
    closed = 0
    met = 0
    for position in range(place.first_settlement, place.first_settlement + place.n_settlements):
        tally = book.settlements[people.served[position]]
        closed += tally.closed - tally.answered
        met += tally.met - tally.answered
    return closed, met


@kernel
def survey_workers(c, next_day, charter, people, book):
    """Count the workers of a community before anybody leaves."""
    settings = charter.settings[0]
    place = people.communities[c]
    tally = book.communities[c]
    closed, met = closed_and_met(place, people, book)
    resolution = met / closed if closed > 0 else USUAL_RESOLUTION
    for position in range(place.first_post, place.first_post + place.n_posts):
        p = people.roster[position]
        post = people.posts[p]
        if post.is_filled:
            tally.filled_posts += 1
            tally.burnt_out += post.exhaustion >= BURNT_OUT
            tally.exhaustion_sum += post.exhaustion
            tally.tenure_days_sum += next_day - post.since_day
            tally.pay_fen_sum += post.pay_fen
            tally.worker_satisfaction_sum += billionths(worker_satisfaction(settings, post, resolution))


@kernel
def leave_and_hire(key, month, calendar_month, charter, people, book):
    """Let workers leave for better offers and fill posts that were vacant at the end of the month."""
    settings = charter.settings[0]
    next_day = DAYS_PER_MONTH * (month + 1)
    compare_with_peers(charter, people)
    for c in range(len(people.communities)):
        survey_workers(c, next_day, charter, people, book)
        place = people.communities[c]
        quits = 0
        for position in range(place.first_post, place.first_post + place.n_posts):
            p = people.roster[position]
            post = people.posts[p]
            if post.is_filled:
                tenure_years = (next_day - post.since_day) / DAYS_PER_YEAR
                rate = quit_rate_per_year(settings, post, tenure_years, place.last_quits)
                post.quit_hazard += billionths(rate / MONTHS_PER_YEAR)
                if post.quit_hazard >= spell(key, Decision.QUIT, post.entity + post.holder):
                    post.is_filled = 0
                    post.vacancy_hazard = 0
                    quits += 1
            elif fills(key, settings, calendar_month, post):
                post.holder += 1
                hire(key, settings, post, next_day)
                book.communities[c].hires += 1
        book.communities[c].quits += quits
        place.last_quits = quits


@kernel
def spell(key, decision, entity):
    """Return the hazard, in billionths, at which a spell ends; one draw for each spell."""
    return billionths(exponential_quantile(1.0, u(key, decision, entity, 0, 0)))


@kernel
def fills(key, settings, calendar_month, post):
    """Return whether a vacant post is filled at the end of this month."""
    if settings.rule_hiring == YEARLY_BATCH:
        return calendar_month == BATCH_MONTH
    post.vacancy_hazard += billionths(DAYS_PER_MONTH / settings.hiring_mean_days)
    return post.vacancy_hazard >= spell(key, Decision.HIRE, post.entity + post.holder + 1)
