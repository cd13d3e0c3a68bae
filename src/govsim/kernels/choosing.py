"""Push or do: what each route of a piece of work is worth to a department, and which one a draw takes."""

from __future__ import annotations

import math
from typing import Final

from govsim.compilation import kernel
from govsim.kernels.routes import AD_HOC, BUY, DO, DOWN, DROP, PERMIT
from govsim.randomness import Decision, u

# Places of a route in what is worth what, in the order in which routes lie along the unit interval.
ROUTES: Final = (DOWN, PERMIT, AD_HOC, DO, BUY, DROP)
N_ROUTES: Final = len(ROUTES)
BUYING: Final = ROUTES.index(BUY)
CLOSED: Final = -math.inf
# Columns of what is chosen: the route of free jobs, that of bound ones, whether the board has the matter on its list.
FREE: Final = 0
BOUND: Final = 1
LISTED: Final = 2


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
def choose_again(key, month, entity, worth, noise, may_buy):
    """Return another route for what the permit board refused, by a second draw."""
    down, _, ad_hoc, do, buy, drop = worth
    uniform = u(key, Decision.ROUTE, entity, month, 1)
    return taken((down, CLOSED, ad_hoc, do, buy, drop), noise, uniform, may_buy)


@kernel
def choose(key, month, outlook, approval_days, budget_fen, matters, chosen):
    """Write the routes of a department's matters into ``chosen`` and return the fen that are committed.

    Buying is open, and then committed, while the budget lasts.
    """
    committed = 0.0
    for row in range(len(matters)):
        matter = matters[row]
        is_listed = not matter.is_restricted or (not matter.is_inspection and matter.standing < matter.admission)
        free = bound = DOWN
        uniform = u(key, Decision.ROUTE, matter.entity, month, 0)
        if not matter.is_inspection:
            fen = matter.free_fen + matter.bound_fen if is_listed else matter.free_fen
            worth = worth_of_free(outlook, matter.weight, False)
            free = bound = taken(worth, outlook.noise, uniform, committed + fen <= budget_fen)
            committed += fen if free == BUY else 0.0
        if not is_listed:
            worth = worth_of_bound(
                outlook, matter.weight, matter.compliance, matter.admission, approval_days, matter.is_inspection
            )
            bound = taken(worth, outlook.noise, uniform, committed + matter.bound_fen <= budget_fen)
            committed += matter.bound_fen if bound == BUY else 0.0
        chosen[row, FREE], chosen[row, BOUND], chosen[row, LISTED] = free, bound, is_listed
    return committed
