"""Mandates in units: what each community, or each settlement, is sent, as the graph assigns and inspects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.randomness import text_entity

if TYPE_CHECKING:
    from govsim.institution.institution import Institution

UNIT: Final = np.dtype(
    [
        ("entity", np.int64),
        ("matter", np.int64),
        ("community", np.int64),
        ("settlement", np.int64),
        ("jobs_per_year", np.float64),
        ("scale", np.float64),
    ]
)

UnitRow = tuple[int, int, int, int, float, float]
NO_SETTLEMENT: Final = -1


def compile_units(institution: Institution) -> Any:
    """Return a row for each mandate in each unit that its department assigns work to, and for each inspection."""
    # Work of one community side by side: a day's jobs then walk through memory instead of jumping.
    rows = sorted([*_of_mandates(institution), *_of_inspections(institution)], key=lambda row: (row[2], row[1], row[3]))
    units = np.array(rows, UNIT)
    if len(np.unique(units["entity"])) != len(units):
        message = "two mandates in units have the same identity; rename one of them"
        raise ValueError(message)
    return units.view(np.recarray)


def _of_mandates(institution: Institution) -> list[UnitRow]:
    places, graph = institution.places, institution.organisation
    communities = {place.id: number for number, place in enumerate(places.communities)}
    reference = institution.parameters["mandates.reference_residents"]
    rows: list[UnitRow] = []
    for number, mandate in enumerate(institution.catalogue.mandates):
        assigned = {
            name: row for name, row in communities.items() if graph.has_edge(mandate.department, name, "assigns")
        }
        if mandate.is_per_resident:
            units = [
                (place.id, assigned[place.community], s, place.residents / reference)
                for s, place in enumerate(places.settlements)
                if place.community in assigned
            ]
        else:
            units = [(name, row, NO_SETTLEMENT, 1.0) for name, row in assigned.items()]
        rows.extend(
            (text_entity(f"mandate:{name}/{mandate.id}"), number, c, s, mandate.jobs_per_year, scale)
            for name, c, s, scale in units
        )
    return rows


def _of_inspections(institution: Institution) -> list[UnitRow]:
    first = len(institution.catalogue.mandates)
    rows: list[UnitRow] = []
    for number, department in enumerate(institution.catalogue.departments):
        for c, place in enumerate(institution.places.communities):
            terms = institution.organisation.get_edge_data(department.id, place.id, "inspects")
            if terms is not None:
                entity = text_entity(f"mandate:{place.id}/inspection-{department.id}")
                rows.append((entity, first + number, c, NO_SETTLEMENT, terms["inspections_per_year"], 1.0))
    return rows
