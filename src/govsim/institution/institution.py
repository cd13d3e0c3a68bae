"""The institution: places, catalogue, parameters, rules and relations, frozen; reforms amend it by typed edits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from govsim.institution.content import content_of
from govsim.institution.joining import JoinCommunities
from govsim.institution.organisation import draw_organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import IntEnum

    from govsim.institution.catalogue import Catalogue
    from govsim.institution.organisation import Graph
    from govsim.institution.parameters import Parameters
    from govsim.institution.places import Places
    from govsim.institution.relations import Relations


@dataclass(frozen=True, slots=True)
class ScaleTerm:
    """Multiply one term on the edges of a relation that lead to these communities."""

    reform_id: str
    relation: str
    term: str
    factor: float
    communities: tuple[str, ...]

    def apply(self, values: Any) -> Any:
        """Return the amended values of the term."""
        return values * self.factor


@dataclass(frozen=True, slots=True)
class RaiseTerm:
    """Add to one term on the edges of a relation that lead to these communities."""

    reform_id: str
    relation: str
    term: str
    amount: float
    communities: tuple[str, ...]

    def apply(self, values: Any) -> Any:
        """Return the amended values of the term."""
        return values + self.amount


@dataclass(frozen=True, slots=True)
class AtLeastTerm:
    """Make one term at least so high on the edges of a relation that lead to these communities; the stricter counts."""

    reform_id: str
    relation: str
    term: str
    least: float
    communities: tuple[str, ...]

    def apply(self, values: Any) -> Any:
        """Return the amended values of the term."""
        return np.maximum(values, self.least)


Edit = ScaleTerm | RaiseTerm | AtLeastTerm | JoinCommunities


@dataclass(frozen=True)
class Institution:
    """Who may do what to whom, by which rules and with which numbers."""

    places: Places
    catalogue: Catalogue
    parameters: Parameters
    rules: Mapping[str, IntEnum]
    relations: Relations

    @cached_property
    def organisation(self) -> Graph:
        """The relations as a frozen graph, drawn when somebody asks."""
        return draw_organisation(self)

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of all that decides a number, as 64 hexadecimal digits; names and evidence do not."""
        return hashlib.sha256(content_of(self).encode()).hexdigest()

    def amended(self, edits: Iterable[Edit]) -> Institution:
        """Return the institution with these edits applied: joinings first, then by kind and by id of the reform."""
        ordered = in_order(edits)
        if not ordered:
            return self
        relations, rows = self.relations.copy(), self.places.community_rows
        for edit in ordered:
            if isinstance(edit, JoinCommunities):
                edit.redraw(relations, rows)
            else:
                _change_terms(relations, rows, edit)
        return replace(self, relations=relations.frozen())


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits in the order in which they are applied: joinings first, then by kind and by id of the reform."""
    return tuple(sorted(edits, key=_order))


def _order(edit: Edit) -> tuple[bool, str, str]:
    """Return where an edit comes: who joins whom first, so that terms then change on the edges that are left."""
    return not isinstance(edit, JoinCommunities), type(edit).__name__, edit.reform_id


def _change_terms(relations: Relations, rows: Mapping[str, int], edit: ScaleTerm | RaiseTerm | AtLeastTerm) -> None:
    edges = getattr(relations, edit.relation)
    is_meant = np.zeros(len(rows), np.bool_)
    is_meant[[rows[name] for name in edit.communities]] = True
    where = edges["exists"] & is_meant
    edges[edit.term][where] = edit.apply(edges[edit.term][where])
