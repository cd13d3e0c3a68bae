"""Work that comes up today: requests that residents voice, jobs of mandates, and what other offices send."""

from __future__ import annotations

import math
from typing import Final

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_YEAR
from govsim.compilation import kernel
from govsim.kernels.needs import is_voiced, voice_chance
from govsim.kernels.queueing import (
    NONE,
    OFFICE_CLASS,
    enter_community,
    in_order,
    insert,
    order_key,
    remove,
    set_due,
    take_slot,
)
from govsim.randomness import (
    Decision,
    exponential_quantile,
    identity,
    lognormal_quantile,
    u,
)

LONGEST_PATIENCE: Final = 30000
EXPONENTIAL: Final = 1
LOGNORMAL: Final = 2


@kernel
def draw_size(key, matter, entity, tick, index):
    """Return the minutes of one job or request, at least 1."""
    minutes = matter.minutes
    if matter.size_rule == LOGNORMAL:
        minutes = lognormal_quantile(matter.log_mean, matter.log_spread, u(key, Decision.SIZE, entity, tick, index))
    elif matter.size_rule == EXPONENTIAL:
        minutes = exponential_quantile(matter.minutes, u(key, Decision.SIZE, entity, tick, index))
    return max(1, math.floor(minutes + 0.5))


@kernel
def give_up_day(key, settings, entity, index, raised_on_day):
    """Return the day on which a resident gives a request up."""
    patience = exponential_quantile(settings.patience_mean_days, u(key, Decision.PATIENCE, entity, 0, index))
    return raised_on_day + 1 + min(LONGEST_PATIENCE, math.floor(patience))


@kernel
def draw_order(key, entity, tick, index):
    """Return 37 random bits that place work among others of the same class and day."""
    return identity(key, Decision.ORDER, entity, tick, index) >> 26


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
def open_item(key, day, matter, community, settlement, charter, people, work, book, entity, tick, index):
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
    item.size_minutes = draw_size(key, charter.matters[matter], entity, tick, index)
    item.remaining = item.size_minutes
    item.given = 0
    item.given_red = 0
    item.triage_left = 0
    item.away_left = 0
    item.is_begun = 0
    item.created_on_day = day
    item.raised_on_day = day
    item.first_raised_on_day = day
    item.order = draw_order(key, entity, tick, index)
    count_arrival(charter, people, book, community, matter, item.size_minutes)
    return slot


@kernel
def raise_requests(key, day, charter, people, work, plan, book):
    """Turn the needs of the day into requests where residents voice them."""
    settings = charter.settings[0]
    year = day // DAYS_PER_YEAR
    today = day % DAYS_PER_YEAR
    # Residents of a day lie far apart in memory: reading them all first lets those waits overlap.
    for position in range(plan.need_first[today], plan.need_first[today + 1]):
        work.pool[0].touched += people.residents[plan.needs[position].row].group
    for position in range(plan.need_first[today], plan.need_first[today + 1]):
        row = plan.needs[position].row
        k = plan.needs[position].k
        resident = people.residents[row]
        s = resident.settlement
        place = people.settlements[s]
        upper_floor = people.communities[place.community].upper_floor
        entity = place.entity + row - place.first_row
        if is_voiced(key, entity, year, k, voice_chance(settings, resident, place, upper_floor)):
            request = identity(key, Decision.REQUEST_IDENTITY, entity, year, k)
            raise_request(key, day, request, row, charter, people, work, book)


@kernel
def raise_request(key, day, request, row, charter, people, work, book):
    """Bring one need to the desk of the community."""
    resident = people.residents[row]
    s = resident.settlement
    community = people.settlements[s].community
    kind = u(key, Decision.REQUEST_KIND, request, 0, 0)
    matter = charter.layout.first_request
    while matter < len(charter.matters) - 1 and kind >= charter.matters[matter].cumulative_share:
        matter += 1
    slot = open_item(key, day, matter, community, s, charter, people, work, book, request, 0, 0)
    item = work.items[slot]
    item.resident = row
    set_due(work, slot, give_up_day(key, charter.settings[0], request, 0, day))
    item.preferred = math.floor(people.communities[community].n_posts * u(key, Decision.DESK, request, 0, 0))
    enter_community(charter, people, work, slot, day)
    month = day // DAYS_PER_MONTH
    book.settlements[s].raised += 1
    book.groups[resident.group].raised += 1
    book.settlement_cohorts[month, s].raised += 1
    book.group_cohorts[month, resident.group].raised += 1


@kernel
def issue_jobs(key, day, charter, people, work, plan, book):
    """Bring the jobs of the day to their communities."""
    month = day // DAYS_PER_MONTH
    today = day % DAYS_PER_MONTH
    settings = charter.settings[0]
    for position in range(plan.job_first[today], plan.job_first[today + 1]):
        unit = charter.units[plan.jobs[position].unit]
        community = unit.community
        matter = charter.matters[unit.matter]
        slot = open_item(
            key,
            day,
            unit.matter,
            community,
            unit.settlement,
            charter,
            people,
            work,
            book,
            unit.entity,
            month,
            plan.jobs[position].k,
        )
        item = work.items[slot]
        set_due(work, slot, day + matter.deadline_days + math.floor(settings.jobs_grace_days))
        item.preferred = matter.line % people.communities[community].n_posts
        enter_community(charter, people, work, slot, day)


@kernel
def receive_in_office(day, work, arriving, tray):
    """Move what arrives at a street or department today behind what it has, in order of key."""
    items = work.items
    chain = NONE
    slot = work.trays[arriving].first
    while slot != NONE and items[slot].arrived_on_day <= day:
        remove(work, slot)
        items[slot].arrived_on_day = day
        items[slot].key = order_key(OFFICE_CLASS, day, items[slot].order)
        items[slot].next = chain
        chain = slot
        slot = work.trays[arriving].first
    slot = in_order(items, chain)
    while slot != NONE:
        after = items[slot].next
        insert(work, tray, slot)
        slot = after


@kernel
def receive(day, charter, people, work):
    """Move what arrives today from the arriving lists into trays."""
    layout = work.layout
    for c in range(layout.n_communities):
        arriving = layout.first_arriving + c
        slot = work.trays[arriving].first
        while slot != NONE and work.items[slot].arrived_on_day <= day:
            remove(work, slot)
            people.communities[c].blocked_minutes -= work.items[slot].remaining
            enter_community(charter, people, work, slot, day)
            slot = work.trays[arriving].first
    for office in range(layout.n_streets + layout.n_departments):
        arriving = layout.first_arriving + layout.n_communities + office
        receive_in_office(day, work, arriving, layout.n_posts + office)
