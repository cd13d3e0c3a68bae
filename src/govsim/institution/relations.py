"""The graph as columns: the terms of each relation, read once for all that is compiled from an institution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from govsim.institution.catalogue import Catalogue
    from govsim.institution.places import Places

    Edges = list[tuple[str, str, dict[str, Any]]]


def _terms(*names: str) -> np.dtype[Any]:
    return np.dtype([("exists", np.bool_), *((name, np.float64) for name in names)])


ASSIGNS: Final = _terms("permit", "strictness", "approval_days", "audit_share")
INSPECTS: Final = _terms("inspections_per_year", "weight", "kept_share", "audit_share")
FUNDS: Final = _terms("pay_factor", "insurance_share")
SERVES: Final = np.dtype([("community", np.int64), ("distance_km", np.float64), ("announced_rise", np.float64)])


class Relations(NamedTuple):
    """Terms of edges, as arrays of records; where there is no edge, ``exists`` is False, and terms are 0.

    Attributes
    ----------
    assigns
        From departments to communities, shape (departments, communities).
    inspects
        From departments and, last, from the street of each, shape (departments + 1, communities); ``kept_share`` is 1
        where there is no edge.
    funds
        From the district, shape (communities,).
    serves
        By settlement: the row of the community that serves it, and the terms.
    seats
        Row of the community whose office employs the posts founded in each: that of its seat, or its own.
    collectives
        Row of the community whose own funds are those of each: its seat's where assets are pooled, else its own.
    n_consenting
        Villages that have to agree to an act of each community: itself and those federated with it.
    """

    assigns: Any
    inspects: Any
    funds: Any
    serves: Any
    seats: Any
    collectives: Any
    n_consenting: Any

    def acting_for(self, edges: Any, communities: Any) -> Any:
        """Return on whose edge of a relation work for some communities goes: their own, or their seat's."""
        return np.where(edges["exists"][communities], communities, self.seats[communities])


def read_relations(graph: nx.MultiDiGraph[str], places: Places, catalogue: Catalogue) -> Relations:
    """Return the relations of a graph; ``ValueError`` unless one community serves each settlement."""
    rows, n = places.community_rows, len(places.communities)
    lines = {department.id: line for line, department in enumerate(catalogue.departments)}
    streets = dict.fromkeys(places.streets, len(lines))
    received = _by_relation(graph.in_edges(list(rows), keys=True, data=True), "assigns", "inspects", "funds")
    given = _by_relation(graph.out_edges(list(rows), keys=True, data=True), "serves", "partners")
    seats, collectives = np.arange(n), np.arange(n)
    n_consenting = np.ones(n, np.int64)
    for other, seat, terms in given["partners"]:
        seats[rows[other]] = rows[seat]
        collectives[rows[other]] = rows[seat if terms["pools_assets"] else other]
        n_consenting[rows[seat]] += graph.nodes[other]["kind"] == "community"
    inspects = _filled(INSPECTS, (len(lines) + 1, n), received["inspects"], lines | streets, rows)
    inspects["kept_share"][~inspects["exists"]] = 1.0
    return Relations(
        assigns=_filled(ASSIGNS, (len(lines), n), received["assigns"], lines, rows),
        inspects=inspects,
        funds=_filled(FUNDS, (1, n), received["funds"], {places.district: 0}, rows)[0],
        serves=_services(places, given["serves"], rows),
        seats=seats,
        collectives=collectives,
        n_consenting=n_consenting,
    )


def _by_relation(edges: Iterable[tuple[str, str, str, dict[str, Any]]], *relations: str) -> dict[str, Edges]:
    found: dict[str, Edges] = {relation: [] for relation in relations}
    for source, target, relation, terms in edges:
        if relation in found:
            found[relation].append((source, target, terms))
    return found


def _filled(
    layout: np.dtype[Any], shape: tuple[int, int], edges: Edges, lines: dict[str, int], rows: dict[str, int]
) -> Any:
    filled = np.zeros(shape, layout)
    where = [lines[source] for source, _, _ in edges], [rows[target] for _, target, _ in edges]
    filled["exists"][where] = True
    for name in (layout.names or ())[1:]:
        filled[name][where] = [terms[name] for *_, terms in edges]
    return filled


def _services(places: Places, edges: Edges, rows: dict[str, int]) -> Any:
    served = {settlement: (rows[community], terms) for community, settlement, terms in edges}
    if len(edges) != len(served) or served.keys() != {place.id for place in places.settlements}:
        message = "a graph has to say of each settlement which community serves it, and of each only one"
        raise ValueError(message)
    found = [served[place.id] for place in places.settlements]
    return np.array([(row, terms["distance_km"], terms["announced_rise"]) for row, terms in found], SERVES)
