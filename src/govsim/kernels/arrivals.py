"""Work that comes up today: new items, jobs of mandates on their routes, and what other offices send."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH, MINUTES_PER_HOUR
from govsim.compilation import kernel
from govsim.kernels.batches import (
    BATCH,
    ENTITY,
    INDEX,
    ORDER,
    ROW,
    SHARE,
    SIZE,
    TICK,
    draw_identities,
    draw_uniforms,
)
from govsim.kernels.consent import consent_days
from govsim.kernels.money import BUDGETS, PROVIDERS
from govsim.kernels.prefetching import prefetch
from govsim.kernels.queueing import (
    N_SHARES,
    NONE,
    OFFICE_CLASS,
    append_shares,
    begin_with,
    enter_community,
    order_key,
    put_in_share,
    send,
    set_due,
    take_slot,
)
from govsim.kernels.routes import BUY, CAME_DOWN, DO, PERMIT, fate
from govsim.kernels.rules import ADMINISTRATION, INSPECTION
from govsim.randomness import (
    Decision,
    exponential_quantile,
    identity,
    lognormal_quantile,
)

MOST_MINUTES: Final = 2.0**30
ORDER_SHIFT: Final = 26
EXPONENTIAL: Final = 1
LOGNORMAL: Final = 2


@kernel
def size_of(matter, uniform):
    """Return the minutes of one job or request, 1 to ``MOST_MINUTES``."""
    minutes = matter.minutes
    if matter.size_rule == LOGNORMAL:
        minutes = lognormal_quantile(matter.log_mean, matter.log_spread, uniform)
    elif matter.size_rule == EXPONENTIAL:
        minutes = exponential_quantile(matter.minutes, uniform)
    return max(1, math.floor(min(MOST_MINUTES, minutes + 0.5)))


@kernel
def draw_sizes_and_orders(key, ticks, indices, n, batch):
    """Draw the sizes of a batch of work, and what places each among others of the same class and day."""
    entities = batch.numbers[ENTITY]
    draw_uniforms(key, Decision.SIZE, entities, ticks, indices, n, batch.uniforms[SIZE])
    draw_identities(key, Decision.ORDER, entities, ticks, indices, n, batch.numbers[ORDER])


@kernel
def draw_order(key, entity, index):
    """Draw the random word of one piece of work, a request that comes again."""
    return identity(key, Decision.ORDER, entity, 0, index)


@kernel
def order_of(word):
    """Return 37 random bits that place work among others of the same class and day."""
    return word >> ORDER_SHIFT


@kernel
def count_arrival(charter, people, book, community, matter, size):
    """Book one item that came up."""
    work_class = charter.matters[matter].work_class
    tally = book.communities[community]
    tally.created[work_class] += 1
    tally.arrived_minutes[work_class] += size
    people.communities[community].n_open += 1
    people.communities[community].opened += 1


@kernel
def open_item(
    day, matter, community, settlement, size, own_class, charter, people, work, book, entity, tick, index, order
):
    """Make a new work item, book its arrival and return its slot; request fields are left to the caller."""
    slot = take_slot(work, community)
    item = work.items[slot]
    item.entity = entity
    item.tick = tick
    item.index = index
    item.matter = matter
    item.community = community
    item.settlement = settlement
    item.resident = NONE
    item.size_minutes = size
    item.remaining = size
    item.given = 0
    item.given_red = 0
    item.triage_left = 0
    item.away_left = 0
    item.is_begun = 0
    item.own_class = own_class
    item.n_returned = 0
    item.blocks_line = 0
    item.by_hotline = 0
    item.created_on_day = day
    item.raised_on_day = day
    item.first_raised_on_day = day
    item.order = order
    count_arrival(charter, people, book, community, matter, size)
    return slot


@kernel
def come_later(people, work, slot, day):
    """Let a new item be on its way to its community, where it arrives on a later day."""
    item = work.items[slot]
    people.communities[item.community].blocked_minutes += item.remaining
    send(work, np.int64(item.community), slot, day)


@kernel
def issue_jobs(key, day, charter, people, work, plan, book):
    """Let the jobs of the day take the routes of their mandates; most come down to their communities."""
    today = day % DAYS_PER_MONTH
    first, end = plan.job_first[today], plan.job_first[today + 1]
    while first < end:
        n = min(BATCH, end - first)
        draw_jobs_of_day(key, day, first, n, charter, plan, work.batch)
        for i in range(n):
            issue_job(key, day, i, charter, people, work, plan, book)
        first += n


@kernel
def draw_jobs_of_day(key, day, first, n, charter, plan, batch):
    """Draw sizes and places in trays of some of today's jobs."""
    month, numbers = day // DAYS_PER_MONTH, batch.numbers
    for i in range(n):
        due = plan.jobs[first + i]
        numbers[ROW, i] = due.row
        numbers[TICK, i] = month
        numbers[INDEX, i] = due.k
        numbers[ENTITY, i] = charter.units[due.row].entity
        # A row of the table is longer than a line of the cache; its end lies where the next one begins.
        prefetch(charter.units, min(due.row + 1, len(charter.units) - 1))
    draw_sizes_and_orders(key, numbers[TICK], numbers[INDEX], n, batch)


@kernel
def issue_job(key, day, i, charter, people, work, plan, book):
    """Let one job take its route: down to its community, done above, bought or let be."""
    month, numbers = day // DAYS_PER_MONTH, work.batch.numbers
    unit = charter.units[numbers[ROW, i]]
    k = numbers[INDEX, i]
    matter = charter.matters[unit.matter]
    size = size_of(matter, work.batch.uniforms[SIZE, i])
    became = fate(key, unit, month, k, plan.routes)
    origin = book.origins[matter.line]
    origin.issued[became] += 1
    origin.issued_minutes[became] += size
    if became < CAME_DOWN:
        order = order_of(numbers[ORDER, i])
        open_job(key, day, unit, month, k, size, order, became, charter, people, work, book)
    elif became == DO:
        minutes = max(1, math.floor(size * charter.settings[0].push_own_minutes_share))
        origin.taken_minutes += minutes
        work.offices[work.layout.n_streets + matter.line].taken_today += minutes
    elif became == BUY:
        fen = math.floor(size * 100 * charter.settings[0].push_bought_yuan_per_hour / MINUTES_PER_HOUR)
        origin.bought_fen += fen
        book.money[BUDGETS, PROVIDERS] += fen
    if became in (DO, BUY):
        # Somebody else does it all the same, so it takes its records and reaches whom it should.
        book.communities[unit.community].personal_records += matter.records_per_job
        if matter.is_outreach:
            book.communities[unit.community].outreach_minutes += size


@kernel
def open_job(key, day, unit, month, k, size, order, became, charter, people, work, book):
    """Make the item of a job that comes down, now or when its permit is there, and let its street pass it on."""
    settings = charter.settings[0]
    community = unit.community
    matter = charter.matters[unit.matter]
    slot = open_item(
        day,
        unit.matter,
        community,
        unit.settlement,
        size,
        unit.own_class,
        charter,
        people,
        work,
        book,
        unit.entity,
        month,
        k,
        order,
    )
    arrives = day + charter.lines[matter.line].approval_days if became == PERMIT else day
    item = work.items[slot]
    set_due(work, slot, arrives + matter.deadline_days + math.floor(settings.jobs_grace_days))
    item.preferred = matter.line % people.communities[community].n_posts
    waits = 0
    if matter.work_class != INSPECTION:
        waits = consent_days(key, settings, charter.communities[community].n_consenting, item)
    if became == PERMIT or waits > 0:
        come_later(people, work, slot, arrives + waits)
    else:
        enter_community(people, work, slot, day)
    if matter.work_class == ADMINISTRATION:
        work.offices[people.communities[community].street].passed_today += 1


@kernel
def receive_in_office(day, work, book, arriving, office):
    """Move what arrives at a street or department today behind what it has, in order of key."""
    items, tally = work.items, book.offices[office]
    slot = np.int64(work.trays[arriving].first)
    if slot == NONE or items[slot].arrived_on_day > day:
        return
    work.batch.numbers[SHARE, :N_SHARES] = NONE
    while slot != NONE and items[slot].arrived_on_day <= day:
        item = items[slot]
        after = np.int64(item.next)
        prefetch(items, max(0, after))
        item.arrived_on_day = day
        item.key = order_key(OFFICE_CLASS, day, item.order)
        work.offices[office].tray_minutes += item.away_left
        tally.cases += 1
        tally.case_minutes += item.away_left
        put_in_share(work, slot)
        slot = after
    begin_with(work, arriving, slot)
    append_shares(work, work.layout.n_posts + office)


@kernel
def receive_in_community(day, people, work, c):
    """Move what arrives at a community today into its trays."""
    items, arriving = work.items, work.layout.first_arriving + c
    # The first item of the community after next: its wait goes by while this one is served.
    prefetch(items, max(0, work.trays[min(arriving + 2, len(work.trays) - 1)].first))
    slot = np.int64(work.trays[arriving].first)
    while slot != NONE and items[slot].arrived_on_day <= day:
        after = np.int64(items[slot].next)
        prefetch(items, max(0, after))
        people.communities[c].blocked_minutes -= items[slot].remaining
        enter_community(people, work, slot, day)
        slot = after
    begin_with(work, arriving, slot)


@kernel
def receive(day, people, work, book):
    """Move what arrives today from the arriving lists into trays."""
    layout = work.layout
    for c in range(layout.n_communities):
        receive_in_community(day, people, work, c)
    for office in range(layout.n_streets + layout.n_departments):
        receive_in_office(day, work, book, layout.first_arriving + layout.n_communities + office, office)
