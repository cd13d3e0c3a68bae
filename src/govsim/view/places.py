"""The places that a view offers: each a baseline, and the reforms that its scenario files tell of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from govsim.errors import ScenarioError
from govsim.reforms import REFORMS
from govsim.scenarios.listing import DEMO, list_scenarios
from govsim.scenarios.loader import resolve_scenario
from govsim.view import messages as m
from govsim.view.sources import contents_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govsim.reforms import Reform
    from govsim.scenarios import Scenario
    from govsim.scenarios.loader import Resolved

BASELINE: Final = "baseline.yaml"
# A world of this size answers in about a second. One that is not much larger is shown whole, because its reforms name
# places of all of it; others are scaled down until somebody asks for more.
USUAL_RESIDENTS: Final = 100_000
MOST_WHOLE: Final = 250_000
USUAL_YEARS: Final = 3


@dataclass(frozen=True)
class ViewedPlace:
    """A place with its baseline and what may be switched on in it.

    Attributes
    ----------
    id
        The folder of its baseline, by name.
    path
        The file of the baseline.
    resolved
        The baseline as its file has it.
    reforms
        By id, as the files of the place set them; where none of them has a kind, as its class sets it.
    contents
        What its files held when it was read, by path; see ``check_unchanged``.
    on
        Ids of those that a page begins with: of the first scenario that was named and has any, or the first of all.
    """

    id: str
    path: Path
    resolved: Resolved
    reforms: dict[str, Reform]
    contents: dict[Path, str]
    on: tuple[str, ...]

    @property
    def scenario(self) -> Scenario:
        """The baseline as its file has it."""
        return self.resolved.scenario

    @property
    def usual_residents(self) -> int:
        """How many residents are shown unless somebody asks for others."""
        n_residents = self.scenario.n_residents
        return n_residents if n_residents <= MOST_WHOLE else USUAL_RESIDENTS

    @property
    def usual_years(self) -> int:
        """How many years are shown unless somebody asks for others."""
        return min(self.scenario.calendar.years, USUAL_YEARS)


def places_of(scenarios: Sequence[Path]) -> dict[str, ViewedPlace]:
    """Return the places of these scenario files by id, or that of the package if none are named.

    Raises
    ------
    ScenarioError
        If a file cannot be used, or two places have one id.
    """
    found: dict[str, ViewedPlace] = {}
    for path in scenarios or [DEMO / BASELINE]:
        baseline = _baseline_of(path)
        id_ = baseline.resolve().parent.name
        if id_ not in found:
            found[id_] = _place(id_, baseline, path)
        elif found[id_].path.resolve() != baseline.resolve():
            raise ScenarioError(m.SAME_PLACE.format(id=id_, first=found[id_].path, second=baseline))
        if not found[id_].on:
            found[id_] = replace(found[id_], on=tuple(entry.reform.id for entry in resolve_scenario(path).entries))
    return {id_: place if place.on else replace(place, on=tuple(place.reforms)[:1]) for id_, place in found.items()}


def _baseline_of(path: Path) -> Path:
    """Return the baseline that a view of a scenario sets reforms beside: the file of that name beside it, or itself."""
    beside = path.parent / BASELINE
    return beside if beside.is_file() else path


def _place(id_: str, baseline: Path, named: Path) -> ViewedPlace:
    resolved = resolve_scenario(baseline)
    listed = [each.path for each in list_scenarios(baseline.parent) if not each.problem and each.reforms]
    reforms: dict[str, Reform] = {}
    for path in (str(named), *listed):
        for entry in resolve_scenario(path).entries:
            _add(reforms, entry.reform, Path(path).stem)
    first = resolved.scenario.calendar.label(resolved.scenario.calendar.warm_up_months)
    missing = {use for use in REFORMS if "groups" not in REFORMS[use].model_fields} - _kinds(reforms.values())
    for use in sorted(missing):
        name = use.replace("_", "-")
        reforms[name] = REFORMS[use].model_validate({"use": use, "id": name, "starts_on": first})
    ordered = dict(sorted(reforms.items(), key=lambda pair: _rank(pair[1])))
    return ViewedPlace(id_, baseline, resolved, ordered, contents_of(resolved), ())


def _add(reforms: dict[str, Reform], reform: Reform, file: str) -> None:
    """Add a reform unless it is there; one that another file sets otherwise under an id has that file's name, too."""
    before = reforms.setdefault(reform.id, reform)
    if before != reform and reform not in reforms.values():
        id_ = f"{reform.id}-{file}"
        reforms.setdefault(id_, reform.model_copy(update={"id": id_}))


def _kinds(reforms: Iterable[Reform]) -> set[str]:
    return {reform.use for reform in reforms}


def _rank(reform: Reform) -> tuple[int, str]:
    return list(REFORMS).index(reform.use), reform.id
