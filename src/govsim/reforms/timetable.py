"""What is in force when: the edits of each month, and the institution that they make, compiled once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from govsim.institution.charter import compile_charter
from govsim.institution.docket import compile_docket
from govsim.institution.institution import in_order

if TYPE_CHECKING:
    from govsim.clock import Calendar
    from govsim.institution.charter import Charter
    from govsim.institution.docket import Docket
    from govsim.institution.institution import Edit, Institution
    from govsim.reforms.reform import Reform

    Doses = tuple[float, ...]

# Before a reform, under it, under a second one and after both; a reform phased in over years has more.
MOST_KEPT: Final = 4


class Regime(NamedTuple):
    """An institution in force, and the arrays and dockets that are compiled from it."""

    institution: Institution
    charter: Charter
    docket: Docket


class Timetable:
    """The reforms of one scenario by month, for any number of its runs.

    Parameters
    ----------
    institution
        Before any reform.
    reforms
        Dated reforms.
    calendar
        In which they are dated.
    """

    def __init__(self, institution: Institution, reforms: tuple[Reform, ...], calendar: Calendar) -> None:
        self._institution = institution
        self._reforms = reforms
        self._calendar = calendar
        self._edits: dict[Doses, tuple[Edit, ...]] = {}
        self._regimes: dict[Doses, Regime] = {}

    def edits(self, month: int) -> tuple[Edit, ...]:
        """Return the edits in force in a month of the run, in the order in which they are applied."""
        doses = self._doses(month)
        if doses not in self._edits:
            active = [(reform, dose) for reform, dose in zip(self._reforms, doses, strict=True) if dose > 0.0]
            self._edits[doses] = in_order(
                edit for reform, dose in active for edit in reform.amend(self._institution, dose)
            )
        return self._edits[doses]

    def regime(self, month: int) -> Regime:
        """Return what is in force in a month of the run: the institution amended by every active reform."""
        doses = self._doses(month)
        # Taken out and put back, so that what was asked for last stands last, and threads may share a timetable.
        regime = self._regimes.pop(doses, None) or self._compiled(month)
        self._regimes[doses] = regime
        if len(self._regimes) > MOST_KEPT:
            self._regimes.pop(next(iter(self._regimes)), None)
        return regime

    def turns(self) -> tuple[int, ...]:
        """Return the months, the first of the run apart, in which a reform starts to hold or no longer does."""
        active = [[dose > 0.0 for dose in self._doses(month)] for month in range(self._calendar.n_months)]
        return tuple(month for month in range(1, len(active)) if active[month] != active[month - 1])

    def _doses(self, month: int) -> Doses:
        return tuple(reform.dose(self._calendar, month) for reform in self._reforms)

    def _compiled(self, month: int) -> Regime:
        institution = self._institution.amended(self.edits(month))
        charter = compile_charter(institution)
        return Regime(institution, charter, compile_docket(institution, charter))
