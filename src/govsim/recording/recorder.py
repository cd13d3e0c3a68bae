"""What was observed: the books of every month, stacked, with the digest chain and who held which post."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from govsim.recording.conservation import check_month
from govsim.recording.digest import chain
from govsim.recording.reporting import report_month
from govsim.tables.layout import REPORT
from govsim.tables.state import copy_of_records, plain, records

if TYPE_CHECKING:
    from govsim.clock import Calendar
    from govsim.institution.charter import Charter
    from govsim.processes.phase import Situation
    from govsim.tables.state import State


@dataclass(frozen=True)
class Recording:
    """Books of a run by month.

    Attributes
    ----------
    calendar
        Of the run; months count from the first day of the warm-up.
    communities, settlements, groups
        Record arrays of shape (months, rows); the columns are in part 8 of the ODD page.
    moved
        Whether a community joined others, or parted, on the first day of each month, shape (months, communities).
    settlement_cohorts, group_cohorts
        Requests by month of first raise, shape (months, rows).
    holders
        Ordinal of the holder of each post at the end of each month, -1 where vacant, shape (months, posts).
    pay_fen
        Pay a month of each post filled during the month, 0 where vacant, shape (months, posts).
    origins, offices
        Record arrays of shape (months, rows): departments and then the streets together, as senders of jobs; streets
        and then departments, as places of work.
    money
        Fen from payers to payees, shape (months, payers, payees), in the order of ``PAYERS`` and ``PAYEES``.
    reports
        What offices report upwards, by community: shape (months, communities), record of six counts.
    residents_by_settlement, residents_by_group, community_of_settlement, community_of_post, street_of_community
        What turns counts into rates, and rows of communities and streets; communities as they are at the end.
    local_wage_yuan_per_year
        What relative pay is relative to.
    digests
        One hexadecimal digest a month; each depends on all before.
    """

    calendar: Calendar
    communities: Any
    moved: Any
    settlements: Any
    groups: Any
    settlement_cohorts: Any
    group_cohorts: Any
    holders: Any
    pay_fen: Any
    origins: Any
    offices: Any
    money: Any
    reports: Any
    residents_by_settlement: Any
    residents_by_group: Any
    community_of_settlement: Any
    community_of_post: Any
    street_of_community: Any
    local_wage_yuan_per_year: float
    digests: tuple[str, ...]


@dataclass
class Recorder:
    """Collects the books at the end of each month, as bytes; ``copy`` lets a run be resumed."""

    calendar: Calendar
    communities: list[bytes] = field(default_factory=list)
    belongings: list[Any] = field(default_factory=list)
    settlements: list[bytes] = field(default_factory=list)
    groups: list[bytes] = field(default_factory=list)
    holders: list[Any] = field(default_factory=list)
    pay_fen: list[Any] = field(default_factory=list)
    origins: list[bytes] = field(default_factory=list)
    offices: list[bytes] = field(default_factory=list)
    money: list[bytes] = field(default_factory=list)
    reports: list[bytes] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)

    def copy(self) -> Recorder:
        """Return a recorder that continues on its own; what is recorded is never changed, so lists suffice."""
        copied = replace(self)
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, list):
                setattr(copied, each.name, list(value))
        return copied

    @property
    def n_bytes(self) -> int:
        """Bytes of all books."""
        months = [getattr(self, each.name) for each in fields(self) if each.name not in {"calendar", "digests"}]
        return sum(memoryview(book).nbytes for books in months for book in books)

    def record(self, month: int, situation: Situation) -> None:
        """Check the books of the month against conservation and keep them."""
        state = situation.state
        examined = check_month(month, state)
        book, posts = state.book, plain(state.people.posts)
        self.communities.append(book.communities.tobytes())
        self.belongings.append(np.concatenate([plain(state.people.settlements)["community"], posts["community"]]))
        self.settlements.append(book.settlements.tobytes())
        self.groups.append(book.groups.tobytes())
        self.holders.append(np.where(posts["is_filled"] == 1, posts["holder"], -1))
        self.pay_fen.append(np.where(posts["was_filled"] == 1, posts["pay_fen"], 0))
        self.origins.append(book.origins.tobytes())
        self.offices.append(book.offices.tobytes())
        self.money.append(book.money.tobytes())
        self.reports.append(report_month(month, situation).tobytes())
        before = self.digests[-1] if self.digests else ""
        self.digests.append(chain(before, month, state, examined))

    def recording(self, state: State, charter: Charter) -> Recording:
        """Return what was observed so far as arrays."""
        book, people = state.book, state.people
        months = len(self.communities)
        return Recording(
            calendar=self.calendar,
            communities=_stacked(self.communities, book.communities),
            moved=_moved(self.belongings, len(book.communities)),
            settlements=_stacked(self.settlements, book.settlements),
            groups=_stacked(self.groups, book.groups),
            settlement_cohorts=copy_of_records(book.settlement_cohorts[:months]),
            group_cohorts=copy_of_records(book.group_cohorts[:months]),
            holders=np.array(self.holders, np.int64).reshape(months, len(people.posts)),
            pay_fen=np.array(self.pay_fen, np.int64).reshape(months, len(people.posts)),
            origins=_stacked(self.origins, book.origins),
            offices=_stacked(self.offices, book.offices),
            money=_stacked(self.money, book.money),
            reports=_stacked(self.reports, records(REPORT, len(book.communities))),
            residents_by_settlement=people.settlements["n_residents"].copy(),
            residents_by_group=np.bincount(people.residents["group"], minlength=len(book.groups)),
            community_of_settlement=people.settlements["community"].copy(),
            community_of_post=people.posts["community"].copy(),
            street_of_community=people.communities["street"].copy(),
            local_wage_yuan_per_year=float(charter.settings[0]["pay_local_wage_yuan_per_year"]),
            digests=tuple(self.digests),
        )


def _moved(belongings: list[Any], n_communities: int) -> Any:
    """Return which communities had other settlements or posts in a month than in the one before."""
    moved = np.zeros((len(belongings), n_communities), bool)
    for month, (before, after) in enumerate(pairwise(belongings), 1):
        differs = before != after
        moved[month, before[differs]] = moved[month, after[differs]] = True
    return moved


def _stacked(months: list[bytes], like: Any) -> Any:
    """Return the bytes of books, month after month, as one array of the kind of a book."""
    stacked = np.ndarray((len(months), *like.shape), like.dtype, bytearray().join(months))
    return stacked.view(type(like))
