"""Mandates in units: what each community, or each settlement, is sent, as the graph assigns and inspects."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from govsim.institution.matters import From, priority_class
from govsim.randomness import text_entities

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def compile_units(institution: Institution) -> Any:
    """Return a row for each mandate in each unit that its department assigns work to, and for each inspection."""
    units = np.concatenate([*_of_mandates(institution), *_of_inspections(institution)], dtype=UNIT)
    if len(np.unique(units["entity"])) != len(units):
        message = "two mandates in units have the same identity; rename one of them"
        raise ValueError(message)
    # Work of one community side by side: a day's jobs then walk through memory instead of jumping.
    order = np.lexsort((units["settlement"], units["matter"], units["community"]))
    return units[order].view(np.recarray)


def compliance(institution: Institution, kept: Any) -> Any:
    """Return the chance that a community takes ad hoc work, by what its sender may still inspect."""
    base = institution.parameters["push.compliance_base"]
    return base + (1.0 - base) * kept


class _Sites(NamedTuple):
    """Places that mandates could reach, with the rows of their communities at the start, and how much they are sent."""

    ids: tuple[str, ...]
    homes: Any
    settlements: Any
    scales: Any


def _of_mandates(institution: Institution) -> Iterator[Any]:
    places, reference = institution.places, institution.parameters["mandates.reference_residents"]
    n, rows = len(places.communities), places.community_rows
    communities = _Sites(tuple(rows), np.arange(n), np.full(n, NO_SETTLEMENT), np.ones(n))
    settlements = _Sites(
        tuple(place.id for place in places.settlements),
        np.array([rows[place.community] for place in places.settlements]),
        np.arange(len(places.settlements)),
        np.array([place.residents for place in places.settlements]) / reference,
    )
    numbered = list(enumerate(institution.catalogue.mandates))
    yield from _sent(institution, communities, [each for each in numbered if not each[1].is_per_resident])
    yield from _sent(institution, settlements, [each for each in numbered if each[1].is_per_resident])


def _sent(institution: Institution, sites: _Sites, mandates: list[tuple[int, Mandate]]) -> Iterator[Any]:
    """Yield the rows of each of some numbered mandates, in all places that it is sent to."""
    relations, attention = institution.relations, institution.parameters["inspections.attention"]
    lines = {department.id: line for line, department in enumerate(institution.catalogue.departments)}
    entities = _entities(sites.ids, tuple(mandate.id for _, mandate in mandates))
    for (number, mandate), of_mandate in zip(mandates, entities, strict=True):
        assigns = relations.assigns[lines[mandate.department]]
        # What a village that has joined others no longer has of its own reaches its residents through the seat.
        acting = relations.acting_for(assigns, sites.homes) if mandate.is_per_resident else sites.homes
        sent = np.flatnonzero(assigns["exists"][acting])
        kept = relations.inspects["kept_share"][lines[mandate.department], acting[sent]]
        weights = mandate.weight * (1.0 - attention * (1.0 - kept))
        yield _rows(
            entity=of_mandate[sent],
            matter=number,
            community=relations.seats[sites.homes[sent]],
            settlement=sites.settlements[sent],
            jobs_per_year=mandate.jobs_per_year,
            scale=sites.scales[sent],
            own_class=_classes(institution, weights, mandate.deadline_days, mandate.minutes),
            needs_permit=assigns["permit"][acting[sent]],
            kept_share=1.0,
            compliance=compliance(institution, kept),
        )


def _of_inspections(institution: Institution) -> Iterator[Any]:
    p, places, relations = institution.parameters, institution.places, institution.relations
    names = [*(department.id for department in institution.catalogue.departments), STREETS]
    entities = _entities(tuple(places.community_rows), tuple(f"inspection-{name}" for name in names))
    days, minutes = int(p["inspections.deadline_days"]), p["inspections.minutes"]
    for line, of_line in enumerate(entities):
        inspected = np.flatnonzero(relations.inspects["exists"][line])
        terms = relations.inspects[line, inspected]
        yield _rows(
            entity=of_line[inspected],
            matter=len(institution.catalogue.mandates) + line,
            community=relations.seats[inspected],
            settlement=NO_SETTLEMENT,
            jobs_per_year=terms["inspections_per_year"],
            scale=1.0,
            own_class=_classes(institution, p["inspections.weight"] * terms["weight"], days, minutes),
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


# Kept because no reform changes them: those of communities, of settlements and of inspections, for two worlds.
@lru_cache(maxsize=6)
def _entities(ids: tuple[str, ...], names: tuple[str, ...]) -> Any:
    """Return the identities of mandates by name in places by id, shape (names, ids)."""
    return text_entities([f"mandate:{id_}/" for id_ in ids], names).T


def _classes(institution: Institution, weights: Any, days: float, minutes: float) -> Any:
    """Return the class of priority of work of these weights; most are the same."""
    rule = int(institution.rules["priority"])
    found, which = np.unique(weights, return_inverse=True)
    classes = [priority_class(rule, weight, days, minutes, From.DEPARTMENT) for weight in found.tolist()]
    return np.array(classes, np.int64)[which]
