"""The institution: places, catalogue, parameters, rules and graph, frozen; reforms amend it by typed edits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import networkx as nx

from govsim.institution.joining import JoinCommunities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import IntEnum

    from govsim.institution.catalogue import Catalogue
    from govsim.institution.parameters import Parameters
    from govsim.institution.places import Places


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

    def amended(self, edits: Iterable[Edit]) -> Institution:
        """Return the institution with these edits applied, by kind and then by the id of their reform."""
        ordered = sorted(edits, key=lambda edit: (type(edit).__name__, edit.reform_id))
        if not ordered:
            return self
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(self.organisation)
        # Who serves whom comes first: terms then change on the edges that are left.
        for edit in ordered:
            if isinstance(edit, JoinCommunities):
                edit.redraw(graph)
        for edit in ordered:
            if isinstance(edit, JoinCommunities):
                continue
            targets = frozenset(edit.communities)
            for _, target, relation, terms in graph.edges(keys=True, data=True):
                if relation == edit.relation and target in targets:
                    terms[edit.term] = edit.apply(terms[edit.term])
        return replace(self, organisation=nx.freeze(graph))
