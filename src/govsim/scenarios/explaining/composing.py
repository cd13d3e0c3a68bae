"""Which reforms touch the same thing in the same place and month, and how they compose."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from govsim.institution.institution import AtLeastTerm, RaiseTerm, ScaleTerm
from govsim.institution.joining import JoinCommunities
from govsim.scenarios.explaining.timing import institution_in, places_of

if TYPE_CHECKING:
    from govsim.institution.institution import Edit
    from govsim.institution.organisation import Graph
    from govsim.reforms import Reform
    from govsim.scenarios.scenario import Scenario

# How edits of one kind compose; those of different kinds follow each other in this order.
RULES: Final = {AtLeastTerm: "stricter", RaiseTerm: "add", ScaleTerm: "multiply"}


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two reforms that touch one term, or redraw the edges that the other's terms stand on.

    Attributes
    ----------
    reforms
        Their ids.
    relation, term
        What they touch; where one redraws who serves whom, the term is empty.
    rule
        ``multiply``, ``add``, ``stricter``, ``in_turn`` (different kinds of edit), or ``redrawn``.
    month
        The first in which both are in force.
    n_communities
        In how many communities both hold then.
    before, after
        Least and greatest value of the term there, at baseline and under all reforms in force.
    """

    reforms: tuple[str, str]
    relation: str
    term: str
    rule: str
    month: str
    n_communities: int
    before: tuple[float, float] | None = None
    after: tuple[float, float] | None = None


def overlaps_of(scenario: Scenario) -> tuple[Overlap, ...]:
    """Return where reforms of a scenario meet."""
    return tuple(
        overlap for first, second in combinations(scenario.reforms, 2) for overlap in _between(scenario, first, second)
    )


def _between(scenario: Scenario, first: Reform, second: Reform) -> list[Overlap]:
    month = _first_common_month(scenario, first, second)
    if month is None:
        return []
    edits = [reform.amend(scenario.institution, reform.dose(scenario.calendar, month)) for reform in (first, second)]
    ids, label = (first.id, second.id), scenario.calendar.label(month)
    shared = set(places_of(edits[0])) & set(places_of(edits[1]))
    redraws = [any(isinstance(edit, JoinCommunities) for edit in each) for each in edits]
    if any(redraws):
        return [Overlap(ids, "serves", "", "redrawn", label, len(shared))] if shared else []
    graphs = scenario.institution.organisation, institution_in(scenario, month).organisation
    found = []
    for relation, term in sorted(_touched(edits[0], shared) & _touched(edits[1], shared)):
        kinds = {type(edit) for edit in (*edits[0], *edits[1]) if _is_about(edit, relation, term)}
        rule = RULES[kinds.pop()] if len(kinds) == 1 else "in_turn"
        places = shared & set(_places(edits[0], relation, term)) & set(_places(edits[1], relation, term))
        before, after = (_values(graph, relation, term, places) for graph in graphs)
        found.append(Overlap(ids, relation, term, rule, label, len(places), before, after))
    return found


def _first_common_month(scenario: Scenario, first: Reform, second: Reform) -> int | None:
    calendar = scenario.calendar
    months = range(calendar.n_months)
    return next((month for month in months if first.dose(calendar, month) and second.dose(calendar, month)), None)


def _touched(edits: tuple[Edit, ...], places: set[str]) -> set[tuple[str, str]]:
    return {
        (edit.relation, edit.term)
        for edit in edits
        if not isinstance(edit, JoinCommunities) and places.intersection(edit.communities) and not _is_idle(edit)
    }


def _is_idle(edit: Edit) -> bool:
    """Return whether an edit leaves every value as it is."""
    if isinstance(edit, ScaleTerm):
        return edit.factor == 1.0
    return isinstance(edit, RaiseTerm) and edit.amount == 0.0


def _is_about(edit: Edit, relation: str, term: str) -> bool:
    return not isinstance(edit, JoinCommunities) and (edit.relation, edit.term) == (relation, term)


def _places(edits: tuple[Edit, ...], relation: str, term: str) -> tuple[str, ...]:
    return places_of(edit for edit in edits if _is_about(edit, relation, term))


def _values(graph: Graph, relation: str, term: str, places: set[str]) -> tuple[float, float] | None:
    values = [
        float(terms[term])
        for _, target, key, terms in graph.edges(keys=True, data=True)
        if key == relation and target in places
    ]
    return (min(values), max(values)) if values else None
