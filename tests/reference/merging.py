"""7.19 The reform: which villages join a seat, and what is left of their edges."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from govsim.randomness import text_entity
from tests.reference.draws import fixed_u, logistic

if TYPE_CHECKING:
    from govsim.reforms import VillageMerger
    from tests.reference.entities import Community
    from tests.reference.model import ReferenceModel


def unmerged(community: Community) -> None:
    """Give a community and its settlements back what they had before any merger."""
    community.seat = community
    community.purse = community
    community.keeps_edges = True
    community.announced_rise = 0.0
    community.n_villages = 1
    for settlement in community.founding_settlements:
        settlement.distance_km = settlement.founding_distance_km


def merge_villages(model: ReferenceModel, reform: VillageMerger, d: float) -> None:
    """Join the nested share of the groups; a larger share only adds."""
    ranked = sorted(reform.groups, key=lambda group: (text_entity("rank:" + group[0]), group[0]))
    by_id = {community.id: community for community in model.communities}
    for group in ranked[: math.floor(len(ranked) * d + 0.5)]:
        villages = [by_id[name] for name in group]
        members = [village for village in villages if agrees(model, reform, village, villages)]
        if villages[0] in members and (len(members) > 1 or len(villages) == 1):
            join(reform, members)


def agrees(model: ReferenceModel, reform: VillageMerger, village: Community, group: list[Community]) -> bool:
    """Whether the cooperative of a village joins, where it is asked; the answer is the same in every run."""
    if reform.consent == "assumed":
        return True
    p = model.p
    income = sum(member.own_income_yuan_per_year for member in group)
    residents = sum(member.founding_residents for member in group)
    own = 1 + village.own_income_yuan_per_year / village.founding_residents
    x = math.log(own / (1 + income / residents))
    km = 0 if village is group[0] else reform.added_km
    refusal = logistic(
        p["merger.refusal_base"]
        + (p["merger.refusal_per_log_income"] * max(0, x) if reform.assets == "pooled" else 0)
        + p["merger.refusal_per_km"] * km
    )
    return not fixed_u(f"consent:{village.id}") < refusal


def join(reform: VillageMerger, members: list[Community]) -> None:
    """Lead the edges of all members to the seat, the first of them."""
    seat, *others = members
    seat.announced_rise = reform.announced_rise
    if reform.mode == "federated":
        seat.n_villages = len(members)
    for village in others:
        village.seat = seat
        village.keeps_edges = reform.mode == "federated"
        if reform.assets == "pooled":
            village.purse = seat
        for settlement in village.founding_settlements:
            settlement.distance_km = settlement.founding_distance_km + reform.added_km
