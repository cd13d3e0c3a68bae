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
            [edges.tolist() for edges in institution.relations],
        )
    )


def _rows(table: Iterable[Any]) -> list[list[Any]]:
    return [[getattr(row, field.name) for field in fields(row) if field.name not in _NAMES] for row in table]
