"""Mandates in units: what each community, or each settlement, is sent, as the graph assigns and inspects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from govsim.compilation import as_records
from govsim.institution.matters import From, priority_class
from govsim.randomness import text_entities

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
        ("own_class", np.int64),
        ("needs_permit", np.int64),
        ("kept_share", np.float64),
        ("compliance", np.float64),
    ]
)
NO_SETTLEMENT: Final = -1
STREETS: Final = "street"
_MANDATE: Final = np.dtype(
    [
        ("matter", np.int64),
        ("line", np.int64),
        ("jobs_per_year", np.float64),
        ("weight", np.float64),
        ("minute_days", np.float64),
    ]
)


def compile_units(institution: Institution) -> Any:
    """Return a row for each mandate in each unit that its department assigns work to, and for each inspection."""
    units = np.concatenate([_in_communities(institution), _in_settlements(institution), _of_inspections(institution)])
    entities = np.sort(units["entity"], kind="stable")
    if (entities[1:] == entities[:-1]).any():
        message = "two mandates in units have the same identity; rename one of them"
        raise ValueError(message)
    # Work of one community side by side: a day's jobs then walk through memory instead of jumping.
    order = np.lexsort((units["settlement"], units["matter"], units["community"]))
    return as_records(units.take(order))


def compliance(institution: Institution, kept: Any) -> Any:
    """Return the chance that a community takes ad hoc work, by what its sender may still inspect."""
    base = institution.parameters["push.compliance_base"]
    return base + (1.0 - base) * kept


class _Sites(NamedTuple):
    """Places that mandates could reach, with the rows of their communities at the start, and how much they are sent."""

    ids: list[str]
    homes: Any
    settlements: Any
    scales: Any


def _in_communities(institution: Institution) -> Any:
    ids = list(institution.places.community_rows)
    sites = _Sites(ids, np.arange(len(ids)), np.full(len(ids), NO_SETTLEMENT), np.ones(len(ids)))
    return _of_mandates(institution, sites, per_resident=False)


def _in_settlements(institution: Institution) -> Any:
    places = institution.places
    homes = np.array([places.community_rows[place.community] for place in places.settlements])
    residents = np.array([place.residents for place in places.settlements])
    scales = residents / institution.parameters["mandates.reference_residents"]
    ids = [place.id for place in places.settlements]
    return _of_mandates(institution, _Sites(ids, homes, np.arange(len(ids)), scales), per_resident=True)


def _of_mandates(institution: Institution, sites: _Sites, *, per_resident: bool) -> Any:
    """Return the rows of mandates per resident, or of the others, in all places that they are sent to."""
    relations, catalogue = institution.relations, institution.catalogue
    lines = {department.id: line for line, department in enumerate(catalogue.departments)}
    numbered = [
        (number, each) for number, each in enumerate(catalogue.mandates) if each.is_per_resident == per_resident
    ]
    columns = [(n, lines[m.department], m.jobs_per_year, m.weight, m.deadline_days * m.minutes) for n, m in numbered]
    mandates = np.array(columns, _MANDATE)
    exists = relations.assigns["exists"][mandates["line"]]
    acting = np.broadcast_to(sites.homes, (len(mandates), len(sites.ids)))
    if per_resident:
        # What a village that has joined others no longer has of its own reaches its residents through the seat.
        acting = np.where(exists[:, sites.homes], acting, relations.seats[acting])
    which, where = np.nonzero(np.take_along_axis(exists, acting, axis=1))
    sent, edges = mandates[which], (mandates["line"][which], acting[which, where])
    kept = relations.inspects["kept_share"][edges]
    lent = 1.0 - institution.parameters["inspections.attention"] * (1.0 - kept)
    return _rows(
        entity=_entities(sites.ids, [mandate.id for _, mandate in numbered])[which, where],
        matter=sent["matter"],
        community=relations.seats[sites.homes[where]],
        settlement=sites.settlements[where],
        jobs_per_year=sent["jobs_per_year"],
        scale=sites.scales[where],
        own_class=_classes(institution, sent["weight"] * lent / sent["minute_days"]),
        needs_permit=relations.assigns["permit"][edges],
        kept_share=1.0,
        compliance=compliance(institution, kept),
    )


def _of_inspections(institution: Institution) -> Any:
    p, relations = institution.parameters, institution.relations
    offices = [*(department.id for department in institution.catalogue.departments), STREETS]
    names = [f"inspection-{office}" for office in offices]
    lines, inspected = np.nonzero(relations.inspects["exists"])
    terms = relations.inspects[lines, inspected]
    minute_days = int(p["inspections.deadline_days"]) * p["inspections.minutes"]
    return _rows(
        entity=_entities(list(institution.places.community_rows), names)[lines, inspected],
        matter=len(institution.catalogue.mandates) + lines,
        community=relations.seats[inspected],
        settlement=NO_SETTLEMENT,
        jobs_per_year=terms["inspections_per_year"],
        scale=1.0,
        own_class=_classes(institution, p["inspections.weight"] * terms["weight"] / minute_days),
        needs_permit=0,
        kept_share=terms["kept_share"],
        compliance=compliance(institution, terms["kept_share"]),
    )


def _rows(entity: Any, **columns: Any) -> Any:
    units = np.zeros(len(entity), UNIT)
    units["entity"] = entity
    for name, values in columns.items():
        units[name] = values
    return units


def _entities(ids: list[str], names: list[str]) -> Any:
    """Return the identities of mandates by name in places by id, shape (names, ids)."""
    return text_entities([f"mandate:{id_}/" for id_ in ids], names).T


def _classes(institution: Institution, pressing: Any) -> Any:
    """Return the class of priority of work of these weights over minutes and days; many are the same."""
    rule = int(institution.rules["priority"])
    found, which = np.unique(pressing, return_inverse=True)
    classes = [priority_class(rule, weight, 1.0, 1.0, From.DEPARTMENT) for weight in found.tolist()]
    return np.array(classes, np.int64)[which]
