"""When a reform holds, how strongly and where, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govsim.institution.joining import JoinCommunities

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govsim.institution.institution import Edit, Institution
    from govsim.reforms import Reform
    from govsim.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Step:
    """A month in which a reform becomes stronger, holds in more places, or ends.

    Attributes
    ----------
    month
        As ``YYYY-MM``.
    dose
        Strength times phase, 0 to 1.
    communities
        Where it holds from then on.
    joined
        Where it did not hold before.
    """

    month: str
    dose: float
    communities: tuple[str, ...]
    joined: tuple[str, ...]


def steps_of(scenario: Scenario, reform: Reform) -> tuple[Step, ...]:
    """Return the months of the run in which something about a reform changes."""
    steps: list[Step] = []
    dose, before = 0.0, frozenset[str]()
    for month in range(scenario.calendar.n_months):
        now = reform.dose(scenario.calendar, month)
        if now == dose:
            continue
        places = places_of(reform.amend(scenario.institution, now)) if now else ()
        steps.append(
            Step(scenario.calendar.label(month), now, places, tuple(name for name in places if name not in before))
        )
        dose, before = now, frozenset(places)
    return tuple(steps)


def greatest_dose(scenario: Scenario, reform: Reform) -> float:
    """Return the greatest dose that a reform has in the run."""
    return max((reform.dose(scenario.calendar, month) for month in range(scenario.calendar.n_months)), default=0.0)


def places_of(edits: Iterable[Edit]) -> tuple[str, ...]:
    """Return the communities that edits are about, sorted."""
    found: set[str] = set()
    for edit in edits:
        found.update((edit.seat, *edit.others) if isinstance(edit, JoinCommunities) else edit.communities)
    return tuple(sorted(found))


def institution_in(scenario: Scenario, month: int) -> Institution:
    """Return the institution in force in a month of the run."""
    doses = [(reform, reform.dose(scenario.calendar, month)) for reform in scenario.reforms]
    baseline = scenario.institution
    return baseline.amended(edit for reform, dose in doses if dose > 0.0 for edit in reform.amend(baseline, dose))


def institution_under(scenario: Scenario, reform: Reform) -> Institution:
    """Return the institution with one reform alone, at its greatest dose of the run."""
    dose = greatest_dose(scenario, reform)
    return scenario.institution.amended(reform.amend(scenario.institution, dose) if dose else ())
