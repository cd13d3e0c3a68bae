"""The organisational graph: who may do what to whom, as a networkx multigraph whose edges carry the terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from govsim.institution.catalogue import Catalogue
    from govsim.institution.parameters import Parameters
    from govsim.institution.places import CommunityPlace, Places

    Graph = nx.MultiDiGraph[str]

RELATIONS = ("commands", "guides", "assigns", "inspects", "funds", "escalates_to", "serves", "partners")


def draw_organisation(places: Places, catalogue: Catalogue, parameters: Parameters) -> Graph:
    """Return the frozen graph of a district at baseline.

    Nodes are ids with ``kind``; the key of an edge is its relation. Terms: ``assigns`` has ``permit`` (1 if needed),
    ``strictness``, ``approval_days`` and ``audit_share``; ``inspects`` has ``inspections_per_year``, ``weight``,
    ``kept_share`` and ``audit_share``; ``funds`` has ``pay_factor`` and ``insurance_share``; ``serves`` has
    ``distance_km`` and ``announced_rise``; ``partners``, from a village to the seat that it has joined, has
    ``pools_assets``.
    """
    graph: Graph = nx.MultiDiGraph()
    graph.add_node(places.district, kind="district")
    for department in catalogue.departments:
        graph.add_node(department.id, kind="department", en=department.en, zh=department.zh)
        graph.add_edge(places.district, department.id, key="commands")
    for street in places.street_offices:
        graph.add_node(
            street.id,
            kind="street_office",
            en=street.en,
            zh=street.zh,
            organs=street.organs,
            enforcement=int(street.enforcement),
        )
        graph.add_edge(places.district, street.id, key="commands")
        for department in catalogue.departments:
            graph.add_edge(street.id, department.id, key="escalates_to")
    for community in places.communities:
        _add_community(graph, places.district, community, catalogue, parameters)
    for settlement in places.settlements:
        graph.add_node(settlement.id, kind="settlement", en=settlement.en, zh=settlement.zh)
        graph.add_edge(
            settlement.community, settlement.id, key="serves", distance_km=settlement.distance_km, announced_rise=0.0
        )
    frozen: Graph = nx.freeze(graph)
    return frozen


def _add_community(
    graph: Graph, district: str, community: CommunityPlace, catalogue: Catalogue, parameters: Parameters
) -> None:
    graph.add_node(community.id, kind="community", en=community.en, zh=community.zh)
    graph.add_edge(community.street, community.id, key="guides")
    graph.add_edge(community.id, community.street, key="escalates_to")
    graph.add_edge(
        district, community.id, key="funds", pay_factor=1.0, insurance_share=parameters["pay.insurance_share"]
    )
    _add_inspection(graph, community.street, community.id, parameters["street.inspections_per_year"], 1.0)
    for department in catalogue.departments:
        graph.add_edge(
            department.id, community.id, key="assigns", permit=0.0, strictness=0.0, approval_days=0.0, audit_share=0.0
        )
        _add_inspection(
            graph, department.id, community.id, department.inspections_per_year, department.inspection_weight
        )


def _add_inspection(graph: Graph, office: str, community: str, per_year: float, weight: float) -> None:
    graph.add_edge(
        office,
        community,
        key="inspects",
        inspections_per_year=per_year,
        weight=weight,
        kept_share=1.0,
        audit_share=0.0,
    )
