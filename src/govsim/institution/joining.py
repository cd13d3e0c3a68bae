"""Villages that join: who agrees, and how relations are redrawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govsim.institution.relations import no_edge
from govsim.randomness import logistic, text_uniform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govsim.institution.institution import Institution
    from govsim.institution.relations import Relations


@dataclass(frozen=True, slots=True)
class JoinCommunities:
    """Let the office of one community, the seat, serve the settlements of others.

    Attributes
    ----------
    keeps_villages
        Whether the others keep their committees (联村), or only their cooperatives (并村).
    pools_assets
        Whether what cooperatives own becomes the seat's.
    added_km, announced_rise
        Longer way for the settlements of the others; rise of the level of service that is announced to all.
    """

    reform_id: str
    seat: str
    others: tuple[str, ...]
    keeps_villages: bool
    pools_assets: bool
    added_km: float
    announced_rise: float

    @property
    def communities(self) -> tuple[str, ...]:
        """Whom it concerns: the seat and the others."""
        return (self.seat, *self.others)

    def redraw(self, relations: Relations, rows: Mapping[str, int]) -> None:
        """Redraw relations that may still be changed; ``rows`` are those of communities."""
        serves, seat = relations.serves, rows[self.seat]
        serves["announced_rise"][serves["community"] == seat] += self.announced_rise
        for other in self.others:
            self._join(relations, seat, rows[other])

    def _join(self, relations: Relations, seat: int, other: int) -> None:
        serves = relations.serves
        moved = serves["community"] == other
        serves["community"][moved] = seat
        serves["distance_km"][moved] += self.added_km
        serves["announced_rise"][moved] += self.announced_rise
        relations.partners[other] = seat, self.keeps_villages, self.pools_assets
        if not self.keeps_villages:
            for edges in (relations.assigns, relations.inspects, relations.funds):
                edges[..., other] = no_edge(edges.dtype)


def willing(institution: Institution, group: Sequence[str], added_km: float, *, pools_assets: bool) -> tuple[str, ...]:
    """Return the members of a group whose cooperatives agree to join, in the order given, the first being the seat.

    Notes
    -----
    The odds of a refusal grow with the way and, where assets are pooled, with what a village has more than the group
    (M34, R26); ``docs/odd.md`` part 7.19. The answer is the same in every run.
    """
    p, places = institution.parameters, institution.places
    rows = (places.communities[places.community_rows[name]] for name in group)
    income = {place.id: float(place.own_income_yuan_per_year) for place in rows}
    residents = {name: places.residents_by_community[name] for name in group}
    usual = 1.0 + sum(income[name] for name in group) / sum(residents[name] for name in group)
    agreed = []
    for name in group:
        richer = math.log((1.0 + income[name] / residents[name]) / usual)
        pooling = p["merger.refusal_per_log_income"] * max(0.0, richer) if pools_assets else 0.0
        way = 0.0 if name == group[0] else added_km
        chance = logistic(p["merger.refusal_base"] + pooling + p["merger.refusal_per_km"] * way)
        if text_uniform(f"consent:{name}") >= chance:
            agreed.append(name)
    return tuple(agreed)
