"""When, how strongly and in how many communities the reforms of a scenario hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govsim.reforms.timetable import Timetable

if TYPE_CHECKING:
    from govsim.clock import Calendar
    from govsim.institution.institution import Institution
    from govsim.model import Scenario
    from govsim.reforms import Reform


@dataclass(frozen=True)
class Reach:
    """What decides how much of a reform an outcome of the whole world can show.

    Attributes
    ----------
    id, use
        Its id in the scenario, and its kind.
    title_en, title_zh
        Title of the kind.
    starts_on, ends_on
        First month in which it holds, and the first in which it no longer does, as ``YYYY-MM``.
    phase_in_months, strength
        Months to full dose, and that dose.
    doses
        The dose from each month of the run on in which it changes, warm-up included.
    dose_at_end
        The dose in the last month of the run.
    holds_in
        Communities in which it holds in the last month of the run.
    communities
        Communities of the world.
    """

    id: str
    use: str
    title_en: str
    title_zh: str
    starts_on: str
    ends_on: str | None
    phase_in_months: int
    strength: float
    doses: dict[str, float]
    dose_at_end: float
    holds_in: int
    communities: int

    @property
    def holds_everywhere(self) -> bool:
        """Whether it holds in every community in the last month."""
        return self.holds_in == self.communities

    def to_dict(self) -> dict[str, Any]:
        """Return what JSON shows."""
        return {
            "id": self.id,
            "use": self.use,
            "title_en": self.title_en,
            "title_zh": self.title_zh,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "phase_in_months": self.phase_in_months,
            "strength": self.strength,
            "doses": self.doses,
            "dose_at_end": self.dose_at_end,
            "holds_in_communities": self.holds_in,
            "of_communities": self.communities,
        }


def reaches(scenario: Scenario) -> tuple[Reach, ...]:
    """Return the reach of every reform of a scenario, in the order of the scenario."""
    return tuple(_reach(reform, scenario) for reform in scenario.reforms)


def institution_at_end(scenario: Scenario) -> Institution:
    """Return what is in force in the last month of a run."""
    timetable = Timetable(scenario.institution, scenario.reforms, scenario.calendar)
    return timetable.regime(scenario.calendar.n_months - 1).institution


def _reach(reform: Reform, scenario: Scenario) -> Reach:
    calendar = scenario.calendar
    last = reform.dose(calendar, calendar.n_months - 1)
    return Reach(
        id=reform.id,
        use=reform.use,
        title_en=reform.title_en,
        title_zh=reform.title_zh,
        starts_on=reform.starts_on,
        ends_on=reform.ends_on,
        phase_in_months=reform.phase_in_months,
        strength=reform.strength,
        doses=_changes(reform, calendar),
        dose_at_end=last,
        holds_in=_holds_in(reform, scenario, last),
        communities=len(scenario.institution.places.communities),
    )


def _changes(reform: Reform, calendar: Calendar) -> dict[str, float]:
    changes: dict[str, float] = {}
    before = 0.0
    for month in range(calendar.n_months):
        dose = reform.dose(calendar, month)
        if dose != before:
            changes[calendar.label(month)] = before = dose
    return changes


def _holds_in(reform: Reform, scenario: Scenario, dose: float) -> int:
    """Return how many communities the edits name: some reforms weigh less at a small dose, others hold in fewer."""
    if dose <= 0.0:
        return 0
    edits = reform.amend(scenario.institution, dose)
    return len({name for edit in edits for name in edit.communities})
