"""Villages that join: who agrees, how the graph is redrawn, and what the graph then says about who serves whom."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govsim.randomness import logistic, text_uniform

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    from govsim.institution.institution import Institution

    Graph = nx.MultiDiGraph[str]


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

    def redraw(self, graph: Graph) -> None:
        """Redraw the edges of a graph that may still be changed."""
        for _, _, terms in _settlements_of(graph, self.seat):
            terms["announced_rise"] += self.announced_rise
        for other in self.others:
            self._join(graph, other)

    def _join(self, graph: Graph, other: str) -> None:
        for community, settlement, terms in _settlements_of(graph, other):
            graph.remove_edge(community, settlement, key="serves")
            longer = {
                "distance_km": terms["distance_km"] + self.added_km,
                "announced_rise": terms["announced_rise"] + self.announced_rise,
            }
            graph.add_edge(self.seat, settlement, key="serves", **longer)
        if self.keeps_villages:
            graph.remove_edge(*next(edge for edge in _out(graph, other) if edge[2] == "escalates_to"))
        else:
            graph.remove_edges_from([*graph.in_edges(other, keys=True), *graph.out_edges(other, keys=True)])
            graph.nodes[other]["kind"] = "cooperative"
        graph.add_edge(other, self.seat, key="partners", pools_assets=float(self.pools_assets))


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


def _settlements_of(graph: Graph, community: str) -> list[tuple[str, str, dict[str, Any]]]:
    edges = graph.out_edges(community, keys=True, data=True)
    return [(community, to, terms) for _, to, key, terms in edges if key == "serves"]


def _out(graph: Graph, node: str) -> list[tuple[str, str, str]]:
    return list(graph.out_edges(node, keys=True))
