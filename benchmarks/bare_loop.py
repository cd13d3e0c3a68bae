"""A year without rules: the keyed draws of a run, and the rows that it has to touch, and nothing decided by either.

The rows are as narrow as their contents allow: a resident as in the model, an item of 64 bytes, tallies of what one
event adds to. Residents with a need are read on its day, items lie with others of their community, and whoever asked is
met again when the oldest item of the community is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numba
import numpy as np

from govsim.randomness import u
from govsim.tables.layout import RESIDENT

if TYPE_CHECKING:
    from benchmarks.counting import Work

DAYS = 252
DAYS_PER_MONTH = 21
GROUPS = 12
FIELDS = 8
TALLIED = 4
ITEM_FIELDS = 8
NOBODY = -1
loop = numba.njit(_nrt=False, forceinline=True)


class Rows(NamedTuple):
    """What is touched; ``cursor`` has the number of the next item of each community, and of the oldest open one."""

    residents: Any
    first_row: Any
    items: Any
    cursor: Any
    first_post: Any
    trays: Any
    posts: Any
    communities: Any
    settlements: Any
    groups: Any
    offices: Any
    listed: Any
    needs: Any
    day_first: Any


class Rates(NamedTuple):
    """How often things happen in a community and day, and the chances that replace rules."""

    cumulative: Any
    highest: float
    voiced: float
    dispatched: float
    jobs: float
    open_items: float
    cases: float
    events: float
    invitations: int
    units: int
    present: float


def rows_for(work: Work) -> Rows:
    """Return tables for a year of this work."""
    communities = work.communities
    slots = 1 << int(4 * work.open_items / communities + 64).bit_length()  # so that a mask finds the slot of a number
    room = int(work.latent * work.highest_chance * 1.1) + 1000
    need = np.dtype([("row", np.int64), ("k", np.int16), ("day", np.int16)])
    residents = np.zeros(work.residents, RESIDENT).view(np.recarray)
    first_row = np.arange(communities + 1, dtype=np.int64) * work.residents // communities
    residents.settlement = np.repeat(np.arange(communities), np.diff(first_row))
    residents.group = np.arange(work.residents) % GROUPS
    return Rows(
        residents=residents,
        first_row=first_row,
        items=np.zeros((communities, slots, ITEM_FIELDS), np.int64),
        cursor=np.zeros((communities, 2), np.int64),
        first_post=np.arange(communities + 1, dtype=np.int64) * work.posts // communities,
        trays=np.zeros((work.posts, 2), np.int64),
        posts=np.zeros((work.posts, FIELDS), np.int64),
        communities=np.zeros((communities, FIELDS), np.int64),
        settlements=np.zeros((communities, FIELDS), np.int64),
        groups=np.zeros((GROUPS, FIELDS), np.int64),
        offices=np.zeros((work.offices, FIELDS), np.int64),
        listed=np.zeros(room, need).view(np.recarray),
        needs=np.zeros(room, need).view(np.recarray),
        day_first=np.zeros(DAYS + 1, np.int64),
    )


def rates_for(work: Work) -> Rates:
    """Return the rates of this work; needs are Poisson at their mean."""
    mean, community_days = work.latent / work.residents, work.communities * work.days
    terms = np.cumprod(np.concatenate([[np.exp(-mean)], mean / np.arange(1, 40)]))
    return Rates(
        cumulative=np.cumsum(terms),
        highest=work.highest_chance,
        voiced=work.raised / work.latent,
        dispatched=work.opened / work.raised,
        jobs=work.job_items / community_days,
        open_items=work.open_items / work.communities,
        cases=work.cases / community_days,
        events=work.events / community_days,
        invitations=round(work.invitations / max(1, work.events)),
        units=work.units,
        present=0.95,
    )


@loop
def list_year(key, rows, rates):
    """List the needs of a year by day; return how many numbers were drawn."""
    n, draws = 0, 0
    rows.day_first[:] = 0
    for row in range(len(rows.residents)):
        uniform = u(key, 1, row, 0, 0)
        draws += 1
        k = 0
        while uniform >= rates.cumulative[k]:
            day = int(DAYS * u(key, 2, row, 0, k))
            draws += 2
            if u(key, 3, row, 0, k) < rates.highest and n < len(rows.listed):
                rows.listed[n].row, rows.listed[n].k, rows.listed[n].day = row, k, day
                rows.day_first[day + 1] += 1
                n += 1
            k += 1
    for day in range(DAYS):
        rows.day_first[day + 1] += rows.day_first[day]
    for i in range(n):
        position = rows.day_first[rows.listed[i].day]
        rows.needs[position].row, rows.needs[position].k = rows.listed[i].row, rows.listed[i].k
        rows.day_first[rows.listed[i].day] += 1
    for day in range(DAYS, 0, -1):
        rows.day_first[day] = rows.day_first[day - 1]
    rows.day_first[0] = 0
    return draws


@loop
def add(tally, row, amount):
    """Add to what one event is counted in."""
    for field in range(TALLIED):
        tally[row, field] += amount


@loop
def open_item(rows, c, resident, word, post):
    """Write an item beside the last one of its community, link it, and count it."""
    mask = rows.items.shape[1] - 1
    number = rows.cursor[c, 0]
    for field in range(ITEM_FIELDS):
        rows.items[c, number & mask, field] = word + field
    rows.items[c, number & mask, 0] = resident
    rows.items[c, (number - 1) & mask, 1] = number
    rows.trays[post, 1] = number
    rows.cursor[c, 0] = number + 1
    add(rows.communities, c, word)


@loop
def raise_day(key, day, rows, rates):
    """Read who has a need today, and open an item for whoever voices it."""
    draws = 0
    # Residents of a day lie far apart: read first, so that the waits for memory overlap.
    for position in range(rows.day_first[day], rows.day_first[day + 1]):
        rows.offices[0, 6] += rows.residents[rows.needs[position].row].group
    for position in range(rows.day_first[day], rows.day_first[day + 1]):
        row, k = rows.needs[position].row, rows.needs[position].k
        resident = rows.residents[row]
        # Drawn for the list already: the same number, so it is not counted again.
        if u(key, 3, row, 0, k) >= rates.voiced + resident.satisfaction * 1e-30:
            continue
        c = resident.settlement
        word = int(u(key, 4, row, 0, k) * 1e9)
        draws += 2
        if u(key, 5, row, 0, k) < rates.dispatched:
            total = 0.0
            for decision in range(6, 11):
                total += u(key, decision, row, 0, k)
            draws += 5
            open_item(rows, c, row, word, rows.first_post[c] + int(total))
        add(rows.settlements, c, 1)
        add(rows.groups, resident.group, 1)
    return draws


@loop
def issue_day(key, day, c, rows, rates):
    """Open items for the jobs of a day."""
    draws = 0
    for job in range(int(rates.jobs * day), int(rates.jobs * (day + 1))):
        total = u(key, 11, c, day, job) + u(key, 12, c, day, job) + u(key, 13, c, day, job)
        draws += 3
        open_item(rows, c, NOBODY, int(total * 1e9), rows.first_post[c])
    return draws


@loop
def close_items(key, day, c, rows, rates):
    """Close the oldest items of a community until as many are open as usual, and meet who asked."""
    draws = 0
    mask = rows.items.shape[1] - 1
    for number in range(rows.cursor[c, 1], rows.cursor[c, 0] - int(rates.open_items)):
        item = rows.items[c, number & mask]
        resident = item[0]
        total = u(key, 14, number, day, c)
        draws += 1
        item[7] += int(total * 1e9)
        rows.items[c, (number + 1) & mask, 2] = number
        add(rows.communities, c, item[3])
        if resident != NOBODY:
            met = u(key, 15, number, day, c)
            draws += 1
            person = rows.residents[resident]
            person.satisfaction += int(met * 8)
            person.cases_met += 1
            add(rows.settlements, c, 1)
            add(rows.groups, person.group, 1)
    rows.cursor[c, 1] = max(rows.cursor[c, 1], rows.cursor[c, 0] - int(rates.open_items))
    return draws


@loop
def serve_day(key, day, c, rows, rates):
    """Go through the posts of a community, its cases elsewhere, and its events."""
    draws = 0
    mask, oldest = rows.items.shape[1] - 1, rows.cursor[c, 1]
    first = rows.first_post[c]
    for post in range(first, rows.first_post[c + 1]):
        draws += 1
        if u(key, 16, post, day, 0) < rates.present:
            rows.items[c, (oldest + post - first) & mask, 4] += 1
            add(rows.posts, post, 1)
    for case in range(int(rates.cases * day), int(rates.cases * (day + 1))):
        total = u(key, 17, c, day, case) + u(key, 18, c, day, case) + u(key, 19, c, day, case)
        draws += 3
        rows.items[c, (oldest + case) & mask, 5] += int(total * 1e9)
        add(rows.offices, int(total * 5), 1)
    for event in range(int(rates.events * day), int(rates.events * (day + 1))):
        n = rows.first_row[c + 1] - rows.first_row[c]
        for i in range(rates.invitations):
            row = rows.first_row[c] + int(n * u(key, 20, c, day, event * rates.invitations + i))
            draws += 2
            if u(key, 21, c, day, event * rates.invitations + i) < rates.voiced:
                rows.residents[row].last_act_month = day // DAYS_PER_MONTH
    return draws


@loop
def turn_month(key, month, rows, rates):
    """Move every resident once, read every resident once, and draw the jobs of the next month."""
    total = 0
    for row in range(len(rows.residents)):
        resident = rows.residents[row]
        resident.satisfaction += 1
        resident.expectation += 1
        total += resident.satisfaction + resident.expectation
    for row in range(len(rows.residents)):
        resident = rows.residents[row]
        total += resident.satisfaction ^ resident.expectation ^ resident.cases_met ^ resident.settlement
    for unit in range(rates.units):
        total += int(u(key, 22, unit, month, 0) * 1e9)
    rows.offices[0, 7] += total
    return rates.units


@numba.njit(_nrt=False)
def bare_run(key, rows, rates):
    """Run a year; return how many numbers were drawn."""
    draws = list_year(key, rows, rates)
    for day in range(DAYS):
        draws += raise_day(key, day, rows, rates)
        for c in range(len(rows.communities)):
            draws += issue_day(key, day, c, rows, rates)
            draws += serve_day(key, day, c, rows, rates)
            draws += close_items(key, day, c, rows, rates)
        if day % DAYS_PER_MONTH == DAYS_PER_MONTH - 1:
            draws += turn_month(key, day // DAYS_PER_MONTH, rows, rates)
    return draws


@numba.njit(_nrt=False)
def bare_draws(key, n):
    """Return the sum of n draws."""
    total = 0.0
    for i in range(n):
        total += u(key, 1, i, 0, 0)
    return total


@numba.njit(_nrt=False)
def visit(residents, n, step):
    """Move n residents who lie ``step`` rows apart, once round the table and again."""
    row = 0
    for _ in range(n):
        row += step
        if row >= len(residents):
            row -= len(residents)
        residents[row].satisfaction += 1
    return row
