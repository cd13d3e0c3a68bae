"""What is different between two scenarios, thing by thing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from govsim.scenarios.explaining.graphs import GraphDifference, difference
from govsim.scenarios.explaining.timing import institution_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govsim.scenarios.scenario import Scenario

# Names and evidence decide nothing.
_NOTES: Final = frozenset({"en", "zh"})


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value in both scenarios; ``None`` where one of them has none."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table by id: those that only one scenario has, and those whose values differ."""

    table: str
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    other_values: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.only_first or self.only_second or self.other_values)


@dataclass(frozen=True, slots=True)
class ReformChange:
    """A reform by id: in one scenario only, or with other fields."""

    id: str
    use: str
    where: str
    fields: tuple[ValueChange, ...] = ()


@dataclass(frozen=True)
class ScenarioDifference:
    """Everything that decides a number and is different; the graphs are those of the last month."""

    run: tuple[ValueChange, ...]
    world: tuple[Rows, ...]
    work: tuple[Rows, ...]
    rules: tuple[ValueChange, ...]
    parameters: tuple[ValueChange, ...]
    reforms: tuple[ReformChange, ...]
    graph: GraphDifference

    def __bool__(self) -> bool:
        return any((self.run, self.world, self.work, self.rules, self.parameters, self.reforms, self.graph))


def compare_scenarios(first: Scenario, second: Scenario) -> ScenarioDifference:
    """Return what has to be changed in the first scenario to make it the second."""
    mine, theirs = first.institution, second.institution
    ends = [institution_in(each, each.calendar.n_months - 1).organisation for each in (first, second)]
    return ScenarioDifference(
        run=_values(_calendar(first), _calendar(second)),
        world=_tables(_places(first), _places(second)),
        work=_tables(_catalogue(first), _catalogue(second)),
        rules=_values(_rules(first), _rules(second)),
        parameters=_values(
            {path: mine.parameters[path] for path in mine.parameters},
            {path: theirs.parameters[path] for path in theirs.parameters},
        ),
        reforms=_reforms(first, second),
        graph=difference(*ends),
    )


def _calendar(scenario: Scenario) -> dict[str, Any]:
    calendar = scenario.calendar
    start = calendar.label(calendar.warm_up_months)
    return {"start": start, "years": calendar.years, "warm_up_years": calendar.warm_up_years}


def _rules(scenario: Scenario) -> dict[str, str]:
    return {name: rule.name.lower() for name, rule in scenario.institution.rules.items()}


def _places(scenario: Scenario) -> dict[str, dict[str, Any]]:
    places = scenario.institution.places
    return {
        "streets": _by_id(places.street_offices),
        "communities": _by_id(places.communities),
        "settlements": _by_id(places.settlements),
    }


def _catalogue(scenario: Scenario) -> dict[str, dict[str, Any]]:
    catalogue = scenario.institution.catalogue
    return {
        "departments": _by_id(catalogue.departments),
        "mandates": _by_id(catalogue.mandates),
        "requests": _by_id(catalogue.requests),
        "seasons": dict(catalogue.seasons),
    }


def _by_id(entries: Iterable[Any]) -> dict[str, Any]:
    return {entry.id: {name: value for name, value in asdict(entry).items() if name not in _NOTES} for entry in entries}


def _tables(first: Mapping[str, dict[str, Any]], second: Mapping[str, dict[str, Any]]) -> tuple[Rows, ...]:
    rows = (
        Rows(
            table,
            tuple(sorted(first[table].keys() - second[table].keys())),
            tuple(sorted(second[table].keys() - first[table].keys())),
            tuple(
                name
                for name in sorted(first[table])
                if first[table][name] != second[table].get(name, first[table][name])
            ),
        )
        for table in first
    )
    return tuple(each for each in rows if each)


def _values(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[ValueChange, ...]:
    return tuple(
        ValueChange(name, first.get(name), second.get(name))
        for name in {**first, **second}
        if first.get(name) != second.get(name)
    )


def _reforms(first: Scenario, second: Scenario) -> tuple[ReformChange, ...]:
    mine = {reform.id: reform for reform in first.reforms}
    theirs = {reform.id: reform for reform in second.reforms}
    found = []
    for name in sorted({**mine, **theirs}):
        if name not in theirs:
            found.append(ReformChange(name, mine[name].use, "first"))
        elif name not in mine:
            found.append(ReformChange(name, theirs[name].use, "second"))
        elif mine[name] != theirs[name]:
            fields = _values(mine[name].model_dump(), theirs[name].model_dump())
            found.append(ReformChange(name, theirs[name].use, "both", fields))
    return tuple(found)
