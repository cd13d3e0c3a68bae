"""Months of community life: the stock of self-government, opinion and money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.clock import DAYS_PER_MONTH
from govsim.kernels import money, opinion
from govsim.processes.phase import phase

if TYPE_CHECKING:
    from govsim.processes.phase import Situation


@phase(
    every="month end",
    odd="7.13",
    reads=("community_tallies.booked_minutes", "charter"),
    writes=("communities.stock",),
)
def renew_stock(situation: Situation) -> None:
    """Let the stock of self-government decay, and grow by the hours that were held."""
    opinion.renew_stock(situation.charter, situation.state.people, situation.state.book)


@phase(
    every="month end",
    odd="7.18",
    reads=("community_tallies.outreach_minutes", "communities.n_entitled", "charter"),
    writes=("communities.take_up", "community_tallies"),
)
def reach_entitled(situation: Situation) -> None:
    """Let benefits reach more of those entitled by outreach, and lapse for some."""
    opinion.reach_entitled(situation.charter, situation.state.people, situation.state.book)


@phase(
    every="month end",
    odd="7.14",
    reads=("settlement_tallies", "community_tallies", "communities.stock", "charter.settings"),
    writes=(
        "residents.satisfaction",
        "residents.expectation",
        "settlements.met_share",
        "settlements.mean_expectation",
        "settlement_tallies",
        "group_tallies",
    ),
)
def settle_opinion(situation: Situation) -> None:
    """Move satisfaction by hearsay and ambience, and expectation towards what is announced."""
    month = situation.day // DAYS_PER_MONTH
    state = situation.state
    opinion.settle_opinion(month, situation.charter, state.people, state.work.batch, state.book)


@phase(
    every="month end",
    odd="7.15",
    reads=("posts.was_filled", "posts.pay_fen", "posts.topup_fen", "charter"),
    writes=("communities.own_funds_fen", "community_tallies", "office_tallies", "money"),
)
def pay_out(situation: Situation) -> None:
    """Pay wages, insurances and office budgets in double entry."""
    month = situation.day // DAYS_PER_MONTH
    state = situation.state
    money.pay_out(month, situation.charter, state.people, state.book)
