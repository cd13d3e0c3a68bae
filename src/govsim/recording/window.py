"""A window of a recording: sums over some months and some communities, settlements or resident groups."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH, MONTHS_PER_YEAR
from govsim.kernels.closing import LONGEST_WAIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from govsim.recording.recorder import Recording

COHORT_TAIL_MONTHS: Final = math.ceil(LONGEST_WAIT / DAYS_PER_MONTH)


@dataclass(frozen=True)
class Window:
    """Sums over some months and some communities, settlements or resident groups of a recording.

    Attributes
    ----------
    first, last
        Months from ``first`` up to, not including, ``last``.
    communities, settlements
        Rows that count; None is all.
    groups
        Rows of resident groups that count instead of settlements, or None.
    """

    recording: Recording
    first: int
    last: int
    communities: NDArray[np.bool_] | None = None
    settlements: NDArray[np.bool_] | None = None
    groups: NDArray[np.bool_] | None = None

    def office(self, name: str) -> Any:
        """Return a sum of community tallies; by class of work where the tally is."""
        months = self.recording.communities[name][self.first : self.last]
        if self.communities is not None:
            months = months[:, self.communities]
        return months.sum(axis=(0, 1))

    def streets(self, name: str) -> Any:
        """Return a sum of the tallies of street offices."""
        return self._offices(name, slice(0, self._n_streets))

    def departments(self, name: str) -> Any:
        """Return a sum of the tallies of departments as places of work."""
        return self._offices(name, slice(self._n_streets, None))

    def origins(self, name: str) -> Any:
        """Return a sum of the tallies of senders of jobs; by what became of the jobs where the tally is."""
        return self.recording.origins[name][self.first : self.last].sum(axis=(0, 1))

    def reports(self, name: str) -> int:
        """Return a sum of what offices report."""
        months = self.recording.reports[name][self.first : self.last]
        return int((months if self.communities is None else months[:, self.communities]).sum())

    @property
    def _n_streets(self) -> int:
        return int(self.recording.offices.shape[1] - self.recording.origins.shape[1] + 1)

    def _offices(self, name: str, rows: slice) -> Any:
        return self.recording.offices[name][self.first : self.last, rows].sum()

    def people(self, name: str, first: int | None = None) -> int:
        """Return a sum of resident tallies, from another first month if one is given."""
        start = self.first if first is None else max(first, 0)
        return self._rows(self.recording.settlements, self.recording.groups, name, start, self.last)

    def cohort(self, name: str) -> int:
        """Return a sum over requests first raised in months that ended sixty days before the end."""
        last = min(self.last, len(self.recording.communities) - COHORT_TAIL_MONTHS)
        recording = self.recording
        return self._rows(recording.settlement_cohorts, recording.group_cohorts, name, self.first, last)

    def _rows(self, by_settlement: Any, by_group: Any, name: str, first: int, last: int) -> int:
        table, rows = (by_settlement, self.settlements) if self.groups is None else (by_group, self.groups)
        months = table[name][first : max(first, last)]
        return int((months if rows is None else months[:, rows]).sum())

    @property
    def years(self) -> float:
        """Length in years."""
        return (self.last - self.first) / MONTHS_PER_YEAR

    @property
    def residents(self) -> int:
        """Residents that count."""
        if self.groups is not None:
            return int(self.recording.residents_by_group[self.groups].sum())
        totals = self.recording.residents_by_settlement
        return int((totals if self.settlements is None else totals[self.settlements]).sum())

    @property
    def last_year(self) -> int:
        """First of the last twelve months of the window."""
        return max(self.first, self.last - MONTHS_PER_YEAR)

    def pay_by_post(self) -> Any:
        """Return a year's pay of the posts filled throughout the last twelve months, in fen."""
        months = self.recording.pay_fen[self.last_year : self.last]
        if self.communities is not None:
            months = months[:, self.communities[self.recording.community_of_post]]
        return months[:, (months > 0).all(axis=0)].sum(axis=0) if len(months) else np.zeros(0)
