"""The institution: places, catalogue, parameters, rules and graph, frozen; reforms amend it by typed edits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import networkx as nx

from govsim.institution.content import content_of
from govsim.institution.joining import JoinCommunities
from govsim.institution.relations import read_relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import IntEnum

    from govsim.institution.catalogue import Catalogue
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

    def apply(self, value: float) -> float:
        """Return the amended value of the term."""
        return value * self.factor


@dataclass(frozen=True, slots=True)
class RaiseTerm:
    """Add to one term on the edges of a relation that lead to these communities."""

    reform_id: str
    relation: str
    term: str
    amount: float
    communities: tuple[str, ...]

    def apply(self, value: float) -> float:
        """Return the amended value of the term."""
        return value + self.amount


@dataclass(frozen=True, slots=True)
class AtLeastTerm:
    """Make one term at least so high on the edges of a relation that lead to these communities; the stricter counts."""

    reform_id: str
    relation: str
    term: str
    least: float
    communities: tuple[str, ...]

    def apply(self, value: float) -> float:
        """Return the amended value of the term."""
        return max(value, self.least)


Edit = ScaleTerm | RaiseTerm | AtLeastTerm | JoinCommunities


@dataclass(frozen=True)
class Institution:
    """Who may do what to whom, by which rules and with which numbers."""

    places: Places
    catalogue: Catalogue
    parameters: Parameters
    rules: Mapping[str, IntEnum]
    organisation: nx.MultiDiGraph[str]

    @cached_property
    def relations(self) -> Relations:
        """The graph as columns."""
        return read_relations(self.organisation, self.places, self.catalogue)

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of all that decides a number, as 64 hexadecimal digits; names and evidence do not."""
        return hashlib.sha256(content_of(self).encode()).hexdigest()

    def amended(self, edits: Iterable[Edit]) -> Institution:
        """Return the institution with these edits applied: joinings first, then by kind and by id of the reform."""
        ordered = in_order(edits)
        if not ordered:
            return self
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(self.organisation)
        for edit in ordered:
            if isinstance(edit, JoinCommunities):
                edit.redraw(graph)
            else:
                _change_terms(graph, edit)
        return replace(self, organisation=nx.freeze(graph))


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return edits in the order in which they are applied: joinings first, then by kind and by id of the reform."""
    return tuple(sorted(edits, key=_order))


def _order(edit: Edit) -> tuple[bool, str, str]:
    """Return where an edit comes: who joins whom first, so that terms then change on the edges that are left."""
    return not isinstance(edit, JoinCommunities), type(edit).__name__, edit.reform_id


def _change_terms(graph: nx.MultiDiGraph[str], edit: ScaleTerm | RaiseTerm | AtLeastTerm) -> None:
    targets = frozenset(edit.communities)
    for _, target, relation, terms in graph.edges(keys=True, data=True):
        if relation == edit.relation and target in targets:
            terms[edit.term] = edit.apply(terms[edit.term])
