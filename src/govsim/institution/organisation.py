"""The organisational graph: who may do what to whom, as a networkx multigraph whose edges carry the terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    from govsim.institution.institution import Institution

    Graph = nx.MultiDiGraph[str]


def draw_organisation(institution: Institution) -> Graph:
    """Return the frozen graph of a district, for whoever wants to look at it; the model reads the relations.

    Nodes are ids with ``kind``; the key of an edge is its relation: ``commands``, ``guides``, ``assigns``,
    ``inspects``, ``funds``, ``escalates_to``, ``serves`` or ``partners``. Terms are those of
    ``govsim.institution.relations``, one edge each where a record exists.
    """
    places, relations = institution.places, institution.relations
    departments = [department.id for department in institution.catalogue.departments]
    communities, streets = [place.id for place in places.communities], [place.street for place in places.communities]
    graph: Graph = nx.MultiDiGraph()
    _add_offices(graph, institution)
    for row, place in enumerate(places.communities):
        seat, keeps_village, pools_assets = relations.partners[row].tolist()
        graph.add_node(place.id, kind="community" if keeps_village else "cooperative", en=place.en, zh=place.zh)
        if keeps_village:
            graph.add_edge(place.street, place.id, key="guides")
        if seat == row:
            graph.add_edge(place.id, place.street, key="escalates_to")
        else:
            graph.add_edge(place.id, communities[seat], key="partners", pools_assets=float(pools_assets))
    _add_terms(graph, "funds", [places.district] * len(communities), communities, relations.funds)
    for line, department in enumerate(departments):
        _add_terms(graph, "assigns", [department] * len(communities), communities, relations.assigns[line])
        _add_terms(graph, "inspects", [department] * len(communities), communities, relations.inspects[line])
    _add_terms(graph, "inspects", streets, communities, relations.inspects[-1])
    for settlement, (community, *terms) in zip(places.settlements, relations.serves.tolist(), strict=True):
        graph.add_node(settlement.id, kind="settlement", en=settlement.en, zh=settlement.zh)
        graph.add_edge(communities[community], settlement.id, key="serves", **_named(relations.serves, terms))
    frozen: Graph = nx.freeze(graph)
    return frozen


def _add_offices(graph: Graph, institution: Institution) -> None:
    district, departments = institution.places.district, institution.catalogue.departments
    graph.add_node(district, kind="district")
    for department in departments:
        graph.add_node(department.id, kind="department", en=department.en, zh=department.zh)
        graph.add_edge(district, department.id, key="commands")
    for street in institution.places.street_offices:
        graph.add_node(
            street.id,
            kind="street_office",
            en=street.en,
            zh=street.zh,
            organs=street.organs,
            enforcement=int(street.enforcement),
        )
        graph.add_edge(district, street.id, key="commands")
        for department in departments:
            graph.add_edge(street.id, department.id, key="escalates_to")


def _add_terms(graph: Graph, relation: str, sources: list[str], targets: list[str], edges: Any) -> None:
    for source, target, (exists, *terms) in zip(sources, targets, edges.tolist(), strict=True):
        if exists:
            graph.add_edge(source, target, key=relation, **_named(edges, terms))


def _named(edges: Any, terms: list[float]) -> dict[str, float]:
    return dict(zip(edges.dtype.names[1:], terms, strict=True))
