"""What an institution says, as one text: equal texts mean equal numbers under equal draws."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govsim.institution.institution import Institution

# Names decide nothing; identities do, because draws are keyed by them.
_NAMES: Final = frozenset({"en", "zh"})


def content_of(institution: Institution) -> str:
    """Return all of an institution that decides a number: no names, no evidence."""
    places, catalogue, parameters = institution.places, institution.catalogue, institution.parameters
    tables = (
        *(places.street_offices, places.communities, places.settlements),
        *(catalogue.departments, catalogue.mandates, catalogue.requests),
    )
    return repr(
        (
            places.district,
            [_rows(table) for table in tables],
            list(catalogue.seasons.items()),
            [(path, parameters[path]) for path in parameters],
            sorted((name, int(rule)) for name, rule in institution.rules.items()),
            _graph(institution),
        )
    )


def _rows(table: Iterable[Any]) -> list[list[Any]]:
    return [[getattr(row, field.name) for field in fields(row) if field.name not in _NAMES] for row in table]


def _graph(institution: Institution) -> list[Any]:
    """Return nodes and edges in the order in which sums over them are taken, from either end."""
    graph = institution.organisation
    nodes = [(node, _terms(terms)) for node, terms in graph.nodes(data=True)]
    edges = [(start, end, key, _terms(terms)) for start, end, key, terms in graph.edges(keys=True, data=True)]
    return [nodes, edges, [(start, key) for start, _, key in graph.in_edges(keys=True)]]


def _terms(terms: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted((name, value) for name, value in terms.items() if name not in _NAMES)
