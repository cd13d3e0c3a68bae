"""Mandates in units: what each community, or each settlement, is sent, as the graph assigns and inspects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from govsim.institution.joining import acting_for, seat_of
from govsim.institution.matters import From, priority_class
from govsim.randomness import text_entity

if TYPE_CHECKING:
    from govsim.institution.catalogue import Mandate
    from govsim.institution.institution import Institution

UNIT: Final = np.dtype(
    [
        ("entity", np.int64),
        ("matter", np.int64),
        ("community", np.int64),
        ("settlement", np.int64),
        ("jobs_per_year", np.float64),
        ("scale", np.float64),
        ("own_class", np.int64),
        ("needs_permit", np.int64),
        ("kept_share", np.float64),
        ("compliance", np.float64),
    ]
)
NO_SETTLEMENT: Final = -1
STREETS: Final = "street"


class UnitRow(NamedTuple):
    """One mandate in one unit, as kernels read it."""

    entity: int
    matter: int
    community: int
    settlement: int
    jobs_per_year: float
    scale: float
    own_class: int
    needs_permit: int
    kept_share: float
    compliance: float


def compile_units(institution: Institution) -> Any:
    """Return a row for each mandate in each unit that its department assigns work to, and for each inspection."""
    # Work of one community side by side: a day's jobs then walk through memory instead of jumping.
    rows = [*_of_mandates(institution), *_of_inspections(institution)]
    rows.sort(key=lambda row: (row.community, row.matter, row.settlement))
    units = np.array([tuple(row) for row in rows], UNIT)
    if len(np.unique(units["entity"])) != len(units):
        message = "two mandates in units have the same identity; rename one of them"
        raise ValueError(message)
    return units.view(np.recarray)


def kept_share(institution: Institution, office: str, community: str) -> float:
    """Return the share of an office's inspections of a community that may still be held; 1 without such an edge."""
    graph = institution.organisation
    if not graph.has_edge(office, community, "inspects"):
        return 1.0
    return float(graph.edges[office, community, "inspects"]["kept_share"])


def compliance(institution: Institution, kept: float) -> float:
    """Return the chance that a community takes ad hoc work, by what its sender may still inspect."""
    base = institution.parameters["push.compliance_base"]
    return base + (1.0 - base) * kept


def _of_mandates(institution: Institution) -> list[UnitRow]:
    communities, seats = institution.places.community_rows, _seats(institution)
    rows: list[UnitRow] = []
    for number, mandate in enumerate(institution.catalogue.mandates):
        terms = {name: _terms(institution, mandate, name) for name in communities}
        for unit, community, settlement, scale in _places_of(institution, mandate):
            own = terms[acting_for(institution.organisation, mandate.department, community, "assigns")]
            if own is not None:
                entity = text_entity(f"mandate:{unit}/{mandate.id}")
                row = communities[seats[community]]
                rows.append(UnitRow(entity, number, row, settlement, mandate.jobs_per_year, scale, *own))
    return rows


def _seats(institution: Institution) -> dict[str, str]:
    return {place.id: seat_of(institution.organisation, place.id) for place in institution.places.communities}


def _places_of(institution: Institution, mandate: Mandate) -> list[tuple[str, str, int, float]]:
    """Return unit, community, row of the settlement and scale of every place that a mandate could reach."""
    places, reference = institution.places, institution.parameters["mandates.reference_residents"]
    if mandate.is_per_resident:
        return [
            (place.id, place.community, s, place.residents / reference) for s, place in enumerate(places.settlements)
        ]
    graph = institution.organisation
    return [
        (place.id, place.id, NO_SETTLEMENT, 1.0)
        for place in places.communities
        if graph.has_edge(mandate.department, place.id, "assigns")
    ]


def _terms(institution: Institution, mandate: Mandate, community: str) -> tuple[int, int, float, float] | None:
    """Return own class, need of a permit, share kept and compliance of a mandate in a community, if assigned."""
    graph = institution.organisation
    if not graph.has_edge(mandate.department, community, "assigns"):
        return None
    assigns = graph.edges[mandate.department, community, "assigns"]
    kept = kept_share(institution, mandate.department, community)
    weight = mandate.weight * (1.0 - institution.parameters["inspections.attention"] * (1.0 - kept))
    rule = int(institution.rules["priority"])
    own_class = priority_class(rule, weight, mandate.deadline_days, mandate.minutes, From.DEPARTMENT)
    return own_class, int(assigns["permit"]), 1.0, compliance(institution, kept)


def _of_inspections(institution: Institution) -> list[UnitRow]:
    first, departments = len(institution.catalogue.mandates), institution.catalogue.departments
    graph, communities, seats = institution.organisation, institution.places.community_rows, _seats(institution)
    rows: list[UnitRow] = []
    for place in institution.places.communities:
        c = communities[seats[place.id]]
        offices = [(department.id, department.id) for department in departments] + [(STREETS, place.street)]
        for number, (name, office) in enumerate(offices):
            if graph.has_edge(office, place.id, "inspects"):
                terms = graph.edges[office, place.id, "inspects"]
                rows.append(_inspection(institution, f"{place.id}/inspection-{name}", first + number, c, terms))
    return rows


def _inspection(institution: Institution, name: str, matter: int, community: int, terms: dict[str, float]) -> UnitRow:
    p, rule, kept = institution.parameters, int(institution.rules["priority"]), terms["kept_share"]
    weight = p["inspections.weight"] * terms["weight"]
    days, minutes = int(p["inspections.deadline_days"]), p["inspections.minutes"]
    return UnitRow(
        entity=text_entity(f"mandate:{name}"),
        matter=matter,
        community=community,
        settlement=NO_SETTLEMENT,
        jobs_per_year=terms["inspections_per_year"],
        scale=1.0,
        own_class=priority_class(rule, weight, days, minutes, From.DEPARTMENT),
        needs_permit=0,
        kept_share=kept,
        compliance=compliance(institution, kept),
    )
