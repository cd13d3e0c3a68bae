"""The exact state of a district: tables of people, work and books, built from places, copied whole."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_YEAR, MONTHS_PER_YEAR, Calendar
from govsim.compilation import as_records
from govsim.kernels.batches import BATCH, N_NUMBERS, N_UNIFORMS
from govsim.kernels.queueing import BLOCK, NONE
from govsim.randomness import place_entity, text_entity
from govsim.tables.layout import (
    COHORT,
    COMMUNITY,
    COMMUNITY_TALLY,
    DUE,
    ITEM,
    N_CLASSES,
    N_GROUPS,
    N_PAYEES,
    N_PAYERS,
    OFFICE,
    OFFICE_TALLY,
    ORIGIN_TALLY,
    POOL,
    POST,
    RESIDENT,
    RESIDENT_TALLY,
    SETTLEMENT,
    STREET,
    TRAY,
)

FIRST_POOL: Final = 1024
# Two lines of the processor's cache, which it likes to fetch as a pair.
CACHE_LINES: Final = 128


class WorkLayout(NamedTuple):
    """How trays are numbered: posts, streets, departments, then arriving lists of communities, streets, departments."""

    n_posts: int
    n_streets: int
    n_departments: int
    n_communities: int
    first_arriving: int


class People(NamedTuple):
    """Residents, settlements, communities, posts and streets, one record a row.

    ``roster`` has the rows of posts, and ``served`` the rows of settlements, community by community: the posts of a
    community are ``roster[first_post : first_post + n_posts]``, and so its settlements.
    """

    residents: Any
    settlements: Any
    communities: Any
    posts: Any
    streets: Any
    roster: Any
    served: Any


class Batch(NamedTuple):
    """Room for draws of many decisions at once, whose rows ``kernels/batches.py`` names; nothing outlasts a call."""

    numbers: Any
    uniforms: Any
    by_group: Any


class Work(NamedTuple):
    """Open work: a pool of items and the trays that order them.

    ``pool`` says how many slots of ``items`` were ever used, ``free_first`` the first free one of each community.
    ``due_first`` has the first item of the chain that is due on each day of the run, its last entry being never.
    ``offices`` are the streets and then the departments; ``returned``, shape (communities, departments), counts the
    returned jobs of each line that are not settled yet.
    """

    items: Any
    trays: Any
    due_first: Any
    pool: Any
    free_first: Any
    offices: Any
    returned: Any
    batch: Batch
    layout: WorkLayout


class Plan(NamedTuple):
    """What will come up: needs of this year and jobs of this month, by day.

    ``needs`` holds (row, k) of needs that may be voiced, in order of day, and ``need_first``, shape (253,), where
    each day begins; ``latent_by_*`` count all needs of the year, shape (12 months, rows). ``jobs`` holds (unit, k),
    and ``job_first``, shape (22,), where each day begins. ``routes``, shape (mandates and inspections, 2), has the
    route of each mandate this month, for free jobs and for bound ones.
    """

    needs: Any
    need_first: Any
    latent_by_settlement: Any
    latent_by_group: Any
    jobs: Any
    job_first: Any
    routes: Any


class Book(NamedTuple):
    """What was counted this month, and by month of first raise: ``*_cohorts`` are shape (months, rows).

    ``origins`` are departments and then the streets together, as senders of jobs; ``offices`` streets and then
    departments, as places of work; ``money`` is in fen, from payers (rows) to payees (columns).
    """

    communities: Any
    settlements: Any
    groups: Any
    origins: Any
    offices: Any
    money: Any
    settlement_cohorts: Any
    group_cohorts: Any


class SettlementRow(NamedTuple):
    """What a table row of a settlement is built from."""

    id: str
    community: int
    residents: int
    distance_km: float


class CommunityRow(NamedTuple):
    """What a table row of a community and its posts is built from; own income in fen a year, top-up in fen a month."""

    id: str
    street: int
    posts: int
    upper_floor: bool
    own_income_fen: int
    topup_fen: int


class OpenBefore(NamedTuple):
    """What was open at the end of the month before.

    Minutes (communities, classes), items and their ages in days by community, minutes of jobs by origin, and own
    minutes that offices still owe.
    """

    minutes: Any
    items: Any
    ages: Any
    origin_minutes: Any
    own_due_minutes: Any


@dataclass
class State:
    """All tables of one district; a ``copy`` goes its own way."""

    people: People
    work: Work
    plan: Plan
    book: Book
    open_before: OpenBefore
    class_of_matter: Any
    line_of_matter: Any
    voice_bound: float = 0.0

    def copy(self) -> State:
        """Return a copy of every table that a run changes; lists of what will come up are made anew, never changed."""
        lists = {"needs": self.plan.needs, "jobs": self.plan.jobs}
        return State(
            _copied(self.people),
            _copied(self.work),
            _copied(self.plan._replace(needs=None, jobs=None))._replace(**lists),
            _copied(self.book),
            _copied(self.open_before),
            self.class_of_matter,
            self.line_of_matter,
            self.voice_bound,
        )

    @property
    def n_bytes(self) -> int:
        """Bytes of all tables."""
        parts = (self.people, self.work, self.plan, self.book, self.open_before)
        return sum(part.nbytes for tables in parts for part in tables if isinstance(part, np.ndarray))

    def grow_pool(self, least_free: int) -> None:
        """Make room for at least this many more open items; old items keep their slots."""
        old = self.work.items
        size = len(old)
        added = -(-max(size, least_free) // BLOCK) * BLOCK
        items = records(ITEM, size + added)
        as_bytes(items)[: old.nbytes] = as_bytes(old)
        self.work = self.work._replace(items=items)

    def clear_month(self) -> None:
        """Start the books of a new month; cohorts are kept."""
        book = self.book
        for table in (book.communities, book.settlements, book.groups, book.origins, book.offices, book.money):
            as_bytes(table)[...] = 0


def _copied(tables: Any) -> Any:
    return type(tables)(*(_copy_of(part) for part in tables))


def _copy_of(part: Any) -> Any:
    if isinstance(part, Batch):
        return _copied(part)
    if isinstance(part, np.recarray):
        return copy_of_records(part)
    return part.copy() if isinstance(part, np.ndarray) else part


def copy_of_records(table: Any) -> Any:
    """Return a copy of a record array."""
    copied = records(table.dtype, table.shape)
    as_bytes(copied)[...] = as_bytes(table)
    return copied


def as_bytes(table: Any) -> Any:
    """Return a table as the bytes of its rows; NumPy sets and copies records column by column, far more slowly."""
    return plain(table).view(np.uint8)


def records(layout: np.dtype[Any], n: int | tuple[int, ...]) -> Any:
    """Return a zeroed record array that begins where a pair of lines of the processor's cache does."""
    n_bytes = math.prod(n if isinstance(n, tuple) else (n,)) * layout.itemsize
    room = np.zeros(n_bytes + CACHE_LINES, np.uint8)
    first = -room.ctypes.data % CACHE_LINES
    return as_records(room[first : first + n_bytes].view(layout).reshape(n))


def plain(table: Any) -> Any:
    """Return a record array as a plain one of the same memory, which looks its columns up in C and not in Python."""
    return table.view(np.ndarray)


def build_people(settlements: list[SettlementRow], communities: list[CommunityRow]) -> People:
    """Return the tables of places, posts and residents with their identities; residents' attributes are drawn later."""
    n_posts = np.array([row.posts for row in communities], np.int64)
    homes = np.repeat(np.arange(len(communities)), n_posts)
    first_post = np.cumsum(n_posts) - n_posts
    owners = np.array([each.community for each in settlements], np.int64)
    first_settlement = np.searchsorted(owners, np.arange(len(communities) + 1))
    community_table = records(COMMUNITY, len(communities))
    community_table["entity"] = [text_entity(f"community:{row.id}") for row in communities]
    community_table["street"] = [row.street for row in communities]
    community_table["first_post"], community_table["n_posts"] = first_post, n_posts
    community_table["upper_floor"] = [row.upper_floor for row in communities]
    community_table["own_income_fen_per_year"] = [row.own_income_fen for row in communities]
    community_table["first_settlement"] = first_settlement[:-1]
    community_table["n_settlements"] = np.diff(first_settlement)
    posts = records(POST, len(homes))
    posts["number"] = np.arange(1, len(homes) + 1) - first_post[homes]
    named = zip(homes.tolist(), posts["number"].tolist(), strict=True)
    posts["entity"] = [place_entity(f"post:{communities[home].id}/{number}") for home, number in named]
    posts["community"] = posts["home"] = posts["collective"] = homes
    posts["topup_fen"] = np.array([row.topup_fen for row in communities], np.int64)[homes]
    settlement_table = records(SETTLEMENT, len(settlements))
    settlement_table["entity"] = [place_entity(f"settlement:{each.id}") for each in settlements]
    settlement_table["community"] = owners
    settlement_table["n_residents"] = n_residents = np.array([each.residents for each in settlements], np.int64)
    settlement_table["first_row"] = np.cumsum(n_residents) - n_residents
    settlement_table["distance_km"] = [each.distance_km for each in settlements]
    _check_identities(settlement_table, community_table, posts)
    streets = records(STREET, 1 + max(row.street for row in communities))
    roster, served = np.arange(len(posts)), np.arange(len(settlements))
    residents = records(RESIDENT, int(n_residents.sum()))
    return People(residents, settlement_table, community_table, posts, streets, roster, served)


def _check_identities(*tables: Any) -> None:
    entities = np.concatenate([table["entity"] for table in tables])
    if len(np.unique(entities)) != len(entities):
        message = "two places or posts have the same identity; rename one of them"
        raise ValueError(message)


def build_batch(n_posts: int) -> Batch:
    """Return room for the draws of a batch, and for a shift of this many workers."""
    numbers = np.zeros((N_NUMBERS, max(BATCH, n_posts)), np.int64)
    return Batch(numbers, np.zeros((N_UNIFORMS, BATCH)), np.zeros((N_GROUPS, 5), np.int64))


def build_work(people: People, n_streets: int, n_departments: int, calendar: Calendar) -> Work:
    """Return empty trays and an empty pool."""
    n_posts, n_communities = len(people.posts), len(people.communities)
    first_arriving = n_posts + n_streets + n_departments
    layout = WorkLayout(n_posts, n_streets, n_departments, n_communities, first_arriving)
    trays = records(TRAY, first_arriving + n_communities + n_streets + n_departments)
    for name in TRAY.names or ():
        trays[name] = NONE
    return Work(
        items=records(ITEM, FIRST_POOL),
        trays=trays,
        due_first=np.full(calendar.n_days + 1, NONE, np.int64),
        pool=records(POOL, 1),
        free_first=np.full(n_communities, NONE, np.int64),
        offices=records(OFFICE, n_streets + n_departments),
        returned=np.zeros((n_communities, n_departments), np.int64),
        batch=build_batch(n_posts),
        layout=layout,
    )


def empty_plan(people: People, n_mandates: int) -> Plan:
    """Return a plan in which nothing comes up."""
    return Plan(
        needs=records(DUE, 0),
        need_first=np.zeros(DAYS_PER_YEAR + 1, np.int64),
        latent_by_settlement=np.zeros((MONTHS_PER_YEAR, len(people.settlements)), np.int64),
        latent_by_group=np.zeros((MONTHS_PER_YEAR, N_GROUPS), np.int64),
        jobs=records(DUE, 0),
        job_first=np.zeros(DAYS_PER_MONTH + 1, np.int64),
        routes=np.zeros((n_mandates, 2), np.int64),
    )


def nothing_open(people: People, work: Work) -> OpenBefore:
    """Return the start of the ledger: no open work."""
    n = len(people.communities)
    return OpenBefore(
        minutes=np.zeros((n, N_CLASSES), np.int64),
        items=np.zeros(n, np.int64),
        ages=np.zeros(n, np.int64),
        origin_minutes=np.zeros(work.layout.n_departments + 1, np.int64),
        own_due_minutes=np.zeros(len(work.offices), np.int64),
    )


def build_book(people: People, work: Work, calendar: Calendar) -> Book:
    """Return empty books for a run of this length."""
    n_settlements = len(people.settlements)
    return Book(
        communities=records(COMMUNITY_TALLY, len(people.communities)),
        settlements=records(RESIDENT_TALLY, n_settlements),
        groups=records(RESIDENT_TALLY, N_GROUPS),
        origins=records(ORIGIN_TALLY, work.layout.n_departments + 1),
        offices=records(OFFICE_TALLY, len(work.offices)),
        money=np.zeros((N_PAYERS, N_PAYEES), np.int64),
        settlement_cohorts=records(COHORT, (calendar.n_months, n_settlements)),
        group_cohorts=records(COHORT, (calendar.n_months, N_GROUPS)),
    )
