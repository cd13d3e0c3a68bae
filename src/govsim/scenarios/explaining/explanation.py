"""Everything that is to be said about a scenario, as plain values that a page or JSON can show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from govsim.institution.parameters import Grade
from govsim.reforms import VillageMerger
from govsim.scenarios.explaining.composing import Overlap, overlaps_of
from govsim.scenarios.explaining.costs import PublicMoney, more_money, public_money
from govsim.scenarios.explaining.graphs import GraphDifference, difference
from govsim.scenarios.explaining.timing import Step, greatest_dose, institution_in, institution_under, steps_of
from govsim.scenarios.findings import dotted

if TYPE_CHECKING:
    from govsim.errors import Place
    from govsim.institution.parameters import Parameter
    from govsim.reforms import Reform
    from govsim.scenarios.loader import Resolved
    from govsim.scenarios.scenario import Scenario

GUESS: Final = Grade.GUESS.value
# Said elsewhere, or in other words.
_NOT_SETTINGS: Final = frozenset(
    {"use", "id", "starts_on", "ends_on", "phase_in_months", "strength", "in_streets", "in_communities", "sources"}
)


@dataclass(frozen=True)
class Size:
    """How large a world is, and how long its run."""

    residents: int
    settlements: int
    communities: int
    posts: int
    street_offices: int
    departments: int
    mandates: int
    request_kinds: int
    first_month: str
    first_reported_month: str
    last_month: str


@dataclass(frozen=True)
class ReformInWords:
    """One reform: when, where, what it changes alone, what that costs, and on whose word."""

    reform: Reform
    settings: dict[str, Any]
    dose: float
    steps: tuple[Step, ...]
    n_communities: int
    refusing: tuple[str, ...]
    changes: GraphDifference
    costs: PublicMoney | None
    guesses: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class SetParameter:
    """A parameter that a scenario sets otherwise than the package."""

    given: Parameter
    usual: float


@dataclass(frozen=True)
class Surprise:
    """A value that other readers take for something else."""

    place: Place
    path: str
    written: str
    read: object


@dataclass(frozen=True)
class Explanation:
    """A scenario in words.

    Attributes
    ----------
    scenario
        What is explained.
    size
        Its world and its run.
    rules
        The rule chosen for each question, by name.
    reforms
        One entry a reform, in the order of ids.
    overlaps
        Where two reforms meet.
    at_the_end
        The graph in the last month against the one before any reform.
    grades
        Parameters by grade.
    parameters
        Those that are set otherwise than in the package.
    surprises
        Values that may be read otherwise than they were meant.
    """

    scenario: Scenario
    size: Size
    rules: dict[str, str]
    reforms: tuple[ReformInWords, ...]
    overlaps: tuple[Overlap, ...]
    at_the_end: GraphDifference
    grades: dict[str, int]
    parameters: tuple[SetParameter, ...]
    surprises: tuple[Surprise, ...]


def explain(resolved: Resolved) -> Explanation:
    """Return what is to be said about a scenario."""
    scenario = resolved.scenario
    entries = scenario.institution.parameters.entries
    grades = Counter(entry.grade.value for entry in entries.values())
    at_the_end = institution_in(scenario, scenario.calendar.n_months - 1)
    return Explanation(
        scenario=scenario,
        size=_size(scenario),
        rules={name: rule.name.lower() for name, rule in scenario.institution.rules.items()},
        reforms=_all_in_words(scenario),
        overlaps=overlaps_of(scenario),
        at_the_end=difference(scenario.institution.organisation, at_the_end.organisation),
        grades={grade.value: grades[grade.value] for grade in Grade},
        parameters=tuple(
            SetParameter(entries[path], resolved.parameters[path])
            for path in entries
            if entries[path].value != resolved.parameters[path]
        ),
        surprises=_surprises(resolved),
    )


def _size(scenario: Scenario) -> Size:
    places, catalogue, calendar = scenario.institution.places, scenario.institution.catalogue, scenario.calendar
    return Size(
        residents=places.n_residents,
        settlements=len(places.settlements),
        communities=len(places.communities),
        posts=sum(place.posts for place in places.communities),
        street_offices=len(places.street_offices),
        departments=len(catalogue.departments),
        mandates=len(catalogue.mandates),
        request_kinds=len(catalogue.requests),
        first_month=calendar.label(0),
        first_reported_month=calendar.label(calendar.warm_up_months),
        last_month=calendar.label(calendar.n_months - 1),
    )


def _all_in_words(scenario: Scenario) -> tuple[ReformInWords, ...]:
    if not scenario.reforms:
        return ()
    before = public_money(scenario.institution)
    return tuple(_in_words(scenario, reform, before) for reform in scenario.reforms)


def _in_words(scenario: Scenario, reform: Reform, before: PublicMoney) -> ReformInWords:
    alone = institution_under(scenario, reform)
    changes = difference(scenario.institution.organisation, alone.organisation)
    more = more_money(before, public_money(alone)) if changes else None
    steps = steps_of(scenario, reform)
    return ReformInWords(
        reform=reform,
        settings={name: value for name, value in reform.model_dump().items() if name not in _NOT_SETTINGS},
        dose=greatest_dose(scenario, reform),
        steps=steps,
        n_communities=max((len(step.communities) for step in steps), default=0),
        refusing=reform.refusing(scenario.institution) if isinstance(reform, VillageMerger) else (),
        changes=changes,
        costs=more if more and any((more.wages_yuan, more.insurances_yuan, more.offices_yuan)) else None,
        guesses=tuple(source for source in reform.sources if source.startswith(GUESS)),
        sources=tuple(source for source in reform.sources if not source.startswith(GUESS)),
    )


def _surprises(resolved: Resolved) -> tuple[Surprise, ...]:
    document = resolved.document
    return tuple(
        Surprise(document.values[route], dotted(document, route), written, _value_at(document.tree, route))
        for route, written in document.surprises.items()
    )


def _value_at(tree: Any, route: tuple[str | int, ...]) -> object:
    for step in route:
        tree = tree[step]
    return tree
