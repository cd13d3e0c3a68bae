"""Tallies: the books of a year as whole numbers that add up over districts, and the recording that has these sums.

Every outcome but three is a quotient of sums over committees, offices or residents. So the sums of two districts added
are the sums of one world with both in it, and the model's own formulas, given these, say what that world would report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.clock import MONTHS_PER_YEAR, Calendar
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.recorder import Recording
from govsim.recording.tables import reported
from govsim.recording.window import COHORT_TAIL_MONTHS, Window
from govsim.tables.layout import (
    COHORT,
    COMMUNITY_TALLY,
    N_GROUPS,
    N_PAYEES,
    N_PAYERS,
    OFFICE_TALLY,
    ORIGIN_TALLY,
    REPORT,
    RESIDENT_TALLY,
    counts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What is counted in a year: of committees before the last month and in it (tenure is a mean of the last month), of
# residents, of their requests, of senders of jobs, of offices as places of work, of reports, and how many there are.
BOOKS: Final[Mapping[str, np.dtype[Any]]] = {
    "committees": COMMUNITY_TALLY,
    "committees_last_month": COMMUNITY_TALLY,
    "residents": RESIDENT_TALLY,
    "requests": COHORT,
    "sent_by_departments": ORIGIN_TALLY,
    "sent_by_streets": ORIGIN_TALLY,
    "streets": OFFICE_TALLY,
    "departments": OFFICE_TALLY,
    "reports": REPORT,
    "size": counts("residents", "committees", "posts", "offices"),
}
# These need each post or each settlement by itself.
NOT_SUMS: Final = ("cohort_left_share", "pay_gini", "satisfaction_gap")
SUMS: Final = tuple(name for name in OUTCOMES if name not in NOT_SUMS)
_CALENDAR: Final = Calendar(2000, 1, years=1, warm_up_years=0)


def _names() -> tuple[str, ...]:
    names: list[str] = []
    for book, layout in BOOKS.items():
        for field in layout.names or ():
            width = layout[field].shape
            names += [f"{book}.{field}.{i}" for i in range(width[0])] if width else [f"{book}.{field}"]
    return tuple(names)


NAMES: Final = _names()
_PLACE: Final = {name: place for place, name in enumerate(NAMES)}


@dataclass(frozen=True)
class Tallies:
    """Whole numbers in the order of ``NAMES``, as long as they need to be: a country's sums pass 64 bits."""

    values: tuple[int, ...]

    def __getitem__(self, name: str) -> int:
        return self.values[_PLACE[name]]

    def scaled(self, numerator: int, denominator: int) -> Tallies:
        """Return the nearest whole numbers of a multiple."""
        return Tallies(tuple((2 * v * numerator + denominator) // (2 * denominator) for v in self.values))

    def to_dict(self) -> dict[str, int]:
        """Return the tallies that are not zero, by name."""
        return {name: value for name, value in zip(NAMES, self.values, strict=True) if value}

    @classmethod
    def from_dict(cls, tallies: Mapping[str, int]) -> Tallies:
        """Return tallies by name; those that are not named are zero."""
        return cls(tuple(tallies.get(name, 0) for name in NAMES))


def added(parts: Iterable[Tallies]) -> Tallies:
    """Return the sums of tallies, exactly."""
    return Tallies(tuple(map(sum, zip(*(part.values for part in parts), strict=True))) or (0,) * len(NAMES))


def tallies_of(recording: Recording) -> Tallies:
    """Return the tallies of the reported year of one run."""
    window = reported(recording)
    first, last = window.first, window.last
    if last - first != MONTHS_PER_YEAR:
        message = f"a district is run for one reported year, not for {last - first} months"
        raise ValueError(message)
    closed = max(first, min(last, len(recording.communities) - COHORT_TAIL_MONTHS))
    n_streets = recording.offices.shape[1] - recording.origins.shape[1] + 1
    n_communities = recording.communities.shape[1]
    rows = {
        "committees": recording.communities[first : last - 1],
        "committees_last_month": recording.communities[last - 1 : last],
        "residents": recording.settlements[first:last],
        "requests": recording.settlement_cohorts[first:closed],
        "sent_by_departments": recording.origins[first:last, :-1],
        "sent_by_streets": recording.origins[first:last, -1:],
        "streets": recording.offices[first:last, :n_streets],
        "departments": recording.offices[first:last, n_streets:],
        "reports": recording.reports[first:last],
    }
    values = [value for book, table in rows.items() for value in _sums(table, BOOKS[book])]
    size = (window.residents, n_communities, recording.holders.shape[1], n_streets)
    return Tallies((*values, *map(int, size)))


def _sums(table: Any, layout: np.dtype[Any]) -> list[int]:
    flat = np.ascontiguousarray(table).view(np.int64).reshape(-1, layout.itemsize // 8)
    return [int(value) for value in flat.sum(axis=0)]


def recording_of(tallies: Tallies, local_wage_yuan_per_year: float) -> Recording:
    """Return a recording of one committee and one settlement that has these sums; months between are empty.

    Its numbers are Python's, which do not overflow. It knows no resident groups, no posts and no money flows.
    """
    books = _books(tallies)
    before, after = _months(books["committees"]), _months(books["committees_last_month"], MONTHS_PER_YEAR - 1)
    for name in COMMUNITY_TALLY.names or ():
        before[name][-1] = after[name][-1]
    return Recording(
        calendar=_CALENDAR,
        communities=before,
        moved=np.zeros((MONTHS_PER_YEAR, 1), bool),
        settlements=_months(books["residents"]),
        groups=np.zeros((MONTHS_PER_YEAR, N_GROUPS), RESIDENT_TALLY),
        settlement_cohorts=_months(books["requests"]),
        group_cohorts=np.zeros((MONTHS_PER_YEAR, N_GROUPS), COHORT),
        holders=np.zeros((MONTHS_PER_YEAR, 0), np.int64),
        pay_fen=np.zeros((MONTHS_PER_YEAR, 0), np.int64),
        origins=np.concatenate([_months(books[b]) for b in ("sent_by_departments", "sent_by_streets")], axis=1),
        offices=np.concatenate([_months(books[b]) for b in ("streets", "departments")], axis=1),
        money=np.zeros((MONTHS_PER_YEAR, N_PAYERS, N_PAYEES), np.int64),
        reports=_months(books["reports"]),
        residents_by_settlement=np.array([tallies["size.residents"]], object),
        residents_by_group=np.zeros(N_GROUPS, np.int64),
        community_of_settlement=np.zeros(1, np.int64),
        community_of_post=np.zeros(0, np.int64),
        street_of_community=np.zeros(1, np.int64),
        local_wage_yuan_per_year=local_wage_yuan_per_year,
        digests=(),
    )


def window_of(tallies: Tallies, local_wage_yuan_per_year: float) -> Window:
    """Return a window over the year of ``recording_of``."""
    return Window(recording_of(tallies, local_wage_yuan_per_year), 0, MONTHS_PER_YEAR)


def _books(tallies: Tallies) -> dict[str, Any]:
    books, values = {}, iter(tallies.values)
    for book, layout in BOOKS.items():
        record = np.zeros((), _boundless(layout))
        for field in layout.names or ():
            width = layout[field].shape
            record[field] = [next(values) for _ in range(width[0])] if width else next(values)
        books[book] = record
    return books


def _boundless(layout: np.dtype[Any]) -> np.dtype[Any]:
    return np.dtype([(field, object, layout[field].shape) for field in layout.names or ()])


def _months(record: Any, month: int = 0) -> Any:
    table = np.zeros((MONTHS_PER_YEAR, 1), record.dtype)
    table[month, 0] = record
    return table
