"""7.15 Money, in fen, double entry."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.reference.entities import Community, Post
    from tests.reference.model import ReferenceModel


def pay_out(model: ReferenceModel, month: int, filled: list[Post]) -> None:
    """Pay what the month has cost; ``filled`` are the posts that were filled during the month."""
    for community in model.communities:
        income = month_part(community.own_income_yuan_per_year * 100, month)
        pay(model, "outside", own_funds(community.purse), income)
        community.purse.own_funds_fen += income
        if community.keeps_edges:
            office = month_part(math.floor(model.p["pay.office_yuan_per_year"] * 100), month)
            pay(model, "district", "suppliers", office)
            model.tally.community(community.seat, "cost_district_fen", office)
    for post in filled:
        pay_worker(model, post)
    pay_offices(model)


def pay_worker(model: ReferenceModel, post: Post) -> None:
    """The district pays and insures, own funds top up; what it costs is counted for the community that employs."""
    insurance = math.floor(post.public_pay_fen * post.home.edges_at.insurance_share)
    pay(model, "district", "workers", post.public_pay_fen)
    pay(model, "district", "insurance funds", insurance)
    payer = post.home.purse
    pay(model, own_funds(payer), "workers", post.topup_fen)
    payer.own_funds_fen -= post.topup_fen
    model.tally.community(post.community, "cost_district_fen", post.public_pay_fen + insurance)
    model.tally.community(post.community, "cost_own_fen", post.topup_fen)


def pay_offices(model: ReferenceModel) -> None:
    """Posts of streets and departments; they are no cost of a community."""
    p = model.p
    for office in model.offices:
        fen = math.floor(office.posts * 100 * p["street.cadre_yuan_per_year"] * p["street.cadre_overhead"] / 12)
        pay(model, "district", "cadres", fen)
        model.tally.office(office, "cost_fen", fen)


def month_part(total: int, month: int) -> int:
    """Return the part of a year's sum that falls on a month."""
    j = month % 12
    return total * (j + 1) // 12 - total * j // 12


def own_funds(community: Community) -> str:
    """Return the name of a community's own account."""
    return f"own funds of {community.id}"


def pay(model: ReferenceModel, payer: str, payee: str, fen: int) -> None:
    """Enter one payment on both sides."""
    model.ledger[payer] = model.ledger.get(payer, 0) - fen
    model.ledger[payee] = model.ledger.get(payee, 0) + fen
