"""Push or do: which route departments take for their work, what the permit board admits, what audits find out."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from govsim.compilation import kernel
from govsim.kernels.routes import AD_HOC, BUY, DO, DOWN, DROP, PERMIT
from govsim.randomness import Decision, u

# Places of a route in what is worth what, in the order in which routes lie along the unit interval.
ROUTES: Final = (DOWN, PERMIT, AD_HOC, DO, BUY, DROP)
N_ROUTES: Final = len(ROUTES)
BUYING: Final = ROUTES.index(BUY)
CLOSED: Final = -math.inf
HIGHEST_LOAD: Final = 0.95
# What is decided on a matter: the routes of free and of bound jobs, whether the board has it on its list, whether it is
# asked for a permit and admits it, with a lot that decides whose turn it is, and whether an audit finds it out.
CHOICE: Final = np.dtype(
    [
        ("free", np.int64),
        ("bound", np.int64),
        ("lot", np.float64),
        ("is_listed", np.bool_),
        ("asks", np.bool_),
        ("is_admitted", np.bool_),
        ("is_caught", np.bool_),
    ],
    align=True,
)


class Outlook(NamedTuple):
    """What a department sees alike in all its matters when it chooses, in own hours for an hour of work.

    Attributes
    ----------
    pass_cost, ad_hoc_cost, bought_cost
        Of handing work down, of doing so without a permit, and of buying it.
    delay_cost_per_day
        Share of the worth of work that is lost with each day of waiting for a permit.
    found_out
        Expected penalty of work without a permit.
    doing
        What doing it costs, as a negative number: the more the higher the load.
    worth
        Of work that is done, for weight 1.
    noise
        Scale of what is not seen of utilities.
    """

    pass_cost: float
    delay_cost_per_day: float
    ad_hoc_cost: float
    found_out: float
    doing: float
    bought_cost: float
    worth: float
    noise: float


@kernel
def audit_belief(settings, department):
    """Return the share of ad hoc work that a department expects to be found out: a Beta mean over its own cases."""
    prior = settings.push_prior_cases
    caught = prior * settings.push_expected_audit_share + department.ad_hoc_caught
    return caught / (prior + department.ad_hoc_tries)


@kernel
def outlook_of(settings, department):
    """Return what a department sees alike in all its matters: parameters, load and belief as they are now."""
    return Outlook(
        settings.push_pass_cost,
        settings.push_delay_cost_per_day,
        settings.push_ad_hoc_cost,
        audit_belief(settings, department) * settings.push_penalty,
        -settings.push_own_minutes_share / (1.0 - min(HIGHEST_LOAD, department.load * 1e-9)),
        settings.push_bought_cost,
        settings.push_worth,
        settings.push_noise,
    )


@kernel
def worth_of_free(outlook, weight, is_inspection):
    """Return what each of ``ROUTES`` is worth for jobs that may be sent down, in own hours for an hour of work."""
    passing, dropping = -outlook.pass_cost, -outlook.worth * weight
    if is_inspection:
        return passing, CLOSED, CLOSED, CLOSED, CLOSED, dropping
    return passing, CLOSED, CLOSED, outlook.doing, -outlook.bought_cost, dropping


@kernel
def worth_of_bound(outlook, weight, compliance, admission, approval_days, is_inspection):
    """Return what each of ``ROUTES`` is worth for jobs that may not simply be sent down."""
    stake = outlook.worth * weight
    ad_hoc = -outlook.ad_hoc_cost - outlook.found_out - (1.0 - compliance) * stake
    if is_inspection:
        return CLOSED, CLOSED, ad_hoc, CLOSED, CLOSED, -stake
    waiting = outlook.delay_cost_per_day * approval_days * stake
    refused = (1.0 - admission) * stake
    asking = -outlook.pass_cost - waiting - refused
    return CLOSED, asking, ad_hoc, outlook.doing, -outlook.bought_cost, -stake


@kernel
def taken(worth, noise, uniform, may_buy):
    """Return the route that one uniform number takes, by chances in proportion to exp(worth / noise) (a logit)."""
    best = CLOSED
    for place in range(N_ROUTES):
        if may_buy or place != BUYING:
            best = max(best, worth[place])
    total = 0.0
    for place in range(N_ROUTES):
        if (may_buy or place != BUYING) and worth[place] > CLOSED:
            total += math.exp((worth[place] - best) / noise)
    threshold, running, last = uniform * total, 0.0, 0
    for place in range(N_ROUTES):
        if (may_buy or place != BUYING) and worth[place] > CLOSED:
            running += math.exp((worth[place] - best) / noise)
            if threshold < running:
                return ROUTES[place]
            last = place
    return ROUTES[last]


@kernel
def choose(key, month, outlook, terms, matters, choices):
    """Choose the routes of a department's matters, the board's decisions apart; return the fen that are committed.

    Buying is open, and then committed, while the budget lasts.
    """
    committed = 0.0
    for row in range(len(matters)):
        matter, choice = matters[row], choices[row]
        is_listed = not matter.is_restricted or (not matter.is_inspection and matter.standing < matter.admission)
        free = bound = DOWN
        uniform = u(key, Decision.ROUTE, matter.entity, month, 0)
        if not matter.is_inspection:
            fen = matter.free_fen + matter.bound_fen if is_listed else matter.free_fen
            worth = worth_of_free(outlook, matter.weight, False)
            free = bound = taken(worth, outlook.noise, uniform, committed + fen <= terms.budget_fen)
            committed += fen if free == BUY else 0.0
        if not is_listed:
            worth = worth_of_bound(
                outlook, matter.weight, matter.compliance, matter.admission, terms.approval_days, matter.is_inspection
            )
            bound = taken(worth, outlook.noise, uniform, committed + matter.bound_fen <= terms.budget_fen)
            committed += matter.bound_fen if bound == BUY else 0.0
        choice.free, choice.bound, choice.is_listed, choice.asks = free, bound, is_listed, bound == PERMIT
    return committed


@kernel
def hear(key, month, settings, matters, choices):
    """Let the board hear those who ask for a permit, as many as it can and in the order of their lots."""
    for row in range(len(matters)):
        if choices[row].asks:
            choices[row].lot = u(key, Decision.HEARD, matters[row].entity, month, 0)
    for row in range(len(matters)):
        if choices[row].asks:
            choices[row].is_admitted = n_before(row, choices) < math.floor(
                settings.permit_board_cases_per_month
            ) and is_admitted(key, month, settings, matters[row])


@kernel
def n_before(row, choices):
    """Return how many others that ask for a permit have their turn before one of them."""
    n, lot = 0, choices[row].lot
    for other in range(len(choices)):
        if choices[other].asks and (choices[other].lot < lot or (choices[other].lot == lot and other < row)):
            n += 1
    return n


@kernel
def is_admitted(key, month, settings, matter):
    """Return whether the board admits a matter that it hears, at once or on appeal."""
    if u(key, Decision.ADMITTED, matter.entity, month, 0) < matter.admission:
        return True
    return u(key, Decision.APPEALED, matter.entity, month, 0) < settings.permit_appeals_won_share


@kernel
def choose_again(key, month, outlook, terms, matters, choices, committed):
    """Choose other routes, by second draws, for what the board refused or did not hear; return the fen committed."""
    for row in range(len(matters)):
        matter, choice = matters[row], choices[row]
        if choice.asks and not choice.is_admitted:
            down, _, ad_hoc, do, buy, drop = worth_of_bound(
                outlook, matter.weight, matter.compliance, matter.admission, terms.approval_days, matter.is_inspection
            )
            uniform = u(key, Decision.ROUTE, matter.entity, month, 1)
            may_buy = committed + matter.bound_fen <= terms.budget_fen
            bound = taken((down, CLOSED, ad_hoc, do, buy, drop), outlook.noise, uniform, may_buy)
            committed += matter.bound_fen if bound == BUY else 0.0
            choice.bound = bound
    return committed


@kernel
def audit(key, month, terms, matters, choices):
    """Find out some of what a department sends ad hoc."""
    for row in range(len(matters)):
        matter, choice = matters[row], choices[row]
        if choice.bound == AD_HOC:
            share = terms.inspection_audit_share if matter.is_inspection else terms.mandate_audit_share
            choice.is_caught = u(key, Decision.AUDITED, matter.entity, month, 0) < share


@kernel
def decide(key, month, settings, matters, terms, departments, choices, committed):
    """Write what departments, board and audits decide this month; nothing else is changed.

    ``choices`` has a zeroed row for each matter, ``committed`` one for each department, for the fen it commits.
    """
    for line in range(len(terms)):
        first, end, outlook = terms[line].first, terms[line].end, outlook_of(settings, departments[line])
        committed[line] = choose(key, month, outlook, terms[line], matters[first:end], choices[first:end])
    hear(key, month, settings, matters, choices)
    for line in range(len(terms)):
        first, end, outlook = terms[line].first, terms[line].end, outlook_of(settings, departments[line])
        own, chosen = matters[first:end], choices[first:end]
        committed[line] = choose_again(key, month, outlook, terms[line], own, chosen, committed[line])
        audit(key, month, terms[line], own, chosen)


@kernel
def carry_out(matters, terms, choices, departments, origins, routes):
    """Put the routes in force, let departments remember their audits, and book what was decided."""
    # Streets decide nothing here: an inspection of theirs that may not be held is not held.
    routes[:, :] = DOWN
    routes[-1, 1] = DROP
    for line in range(len(terms)):
        department, tally = departments[line], origins[line]
        for row in range(terms[line].first, terms[line].end):
            matter, choice = matters[row], choices[row]
            routes[matter.row, 0], routes[matter.row, 1] = choice.free, choice.bound
            tries, caught = np.int64(choice.bound == AD_HOC), np.int64(choice.is_caught)
            department.ad_hoc_tries += tries
            department.ad_hoc_caught += caught
            tally.tries += tries
            tally.caught += caught
            tally.asked += np.int64(choice.asks)
            tally.admitted += np.int64(choice.is_admitted)
            tally.refused += np.int64(choice.asks and not choice.is_admitted)
            tally.unlisted += np.int64(not (choice.is_listed or matter.is_inspection))


@kernel
def choose_routes(key, month, settings, matters, terms, work, choices, committed, origins, routes):
    """Decide on all matters of a month and put it in force, in one call."""
    departments = work.offices[work.layout.n_streets :]
    decide(key, month, settings[0], matters, terms, departments, choices, committed)
    carry_out(matters, terms, choices, departments, origins, routes)
