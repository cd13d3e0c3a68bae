"""Requests (诉求): needs that residents bring to the desk of their community, or to the hotline."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_YEAR
from govsim.compilation import kernel
from govsim.kernels.arrivals import come_later, draw_size, open_item
from govsim.kernels.consent import consent_days
from govsim.kernels.contact import meet_resident
from govsim.kernels.needs import is_voiced, voice_chance
from govsim.kernels.queueing import enter_community, set_due
from govsim.randomness import Decision, exponential_quantile, identity, u

LONGEST_PATIENCE: Final = 30000


@kernel
def give_up_day(key, settings, entity, index, raised_on_day):
    """Return the day on which a resident gives a request up."""
    patience = exponential_quantile(settings.patience_mean_days, u(key, Decision.PATIENCE, entity, 0, index))
    return raised_on_day + 1 + min(LONGEST_PATIENCE, math.floor(patience))


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
def desk_minutes(settings, distance_km, by_hotline):
    """Return the minutes that it costs a resident to bring a request once."""
    if by_hotline:
        return math.floor(settings.hotline_call_minutes)
    return math.floor(2 * distance_km * settings.desk_minutes_per_km + settings.desk_wait_minutes)


@kernel
def spend_resident_minutes(settings, settlement, group, by_hotline, people, book):
    """Book what it costs a resident to bring a request, or to bring it once more."""
    minutes = desk_minutes(settings, people.settlements[settlement].distance_km, by_hotline)
    book.settlements[settlement].resident_minutes += minutes
    book.groups[group].resident_minutes += minutes


@kernel
def draw_desk(key, request, n_posts):
    """Return the number of the desk to which a request is brought, from 0."""
    return math.floor(n_posts * u(key, Decision.DESK, request, 0, 0))


@kernel
def draw_kind(key, charter, request):
    """Return the matter of a request, by cumulative share."""
    kind = u(key, Decision.REQUEST_KIND, request, 0, 0)
    matter = charter.layout.first_request
    while matter < len(charter.matters) - 1 and kind >= charter.matters[matter].cumulative_share:
        matter += 1
    return matter


@kernel
def answer_call(month, row, settlement, group, settings, people, book):
    """Close a call that the hotline answers at once; it costs the community nothing."""
    dissatisfied = meet_resident(settings, row, settlement, 1.0, True, people, book)
    for tally in (book.settlements[settlement], book.groups[group]):
        tally.answered += 1
        tally.closed += 1
        tally.met += 1
        tally.dissatisfied_users += dissatisfied
    for cohort in (book.settlement_cohorts[month, settlement], book.group_cohorts[month, group]):
        cohort.closed += 1
        cohort.met_in_time += 1


@kernel
def raise_request(key, day, request, row, charter, people, work, book):
    """Bring one need to the desk of the community, or to the hotline."""
    settings = charter.settings[0]
    group = people.residents[row].group
    s = np.int64(people.residents[row].settlement)
    month = day // DAYS_PER_MONTH
    by_hotline = np.int64(u(key, Decision.CHANNEL, request, 0, 0) < settings.hotline_channel_share)
    for tally in (book.settlements[s], book.groups[group]):
        tally.raised += 1
        tally.calls += by_hotline
    book.settlement_cohorts[month, s].raised += 1
    book.group_cohorts[month, group].raised += 1
    spend_resident_minutes(settings, s, group, by_hotline, people, book)
    if by_hotline and u(key, Decision.DISPATCHED, request, 0, 0) >= settings.hotline_dispatched_share:
        answer_call(month, row, s, group, settings, people, book)
    else:
        open_request(key, day, request, row, s, by_hotline, charter, people, work, book)


@kernel
def open_request(key, day, request, row, s, by_hotline, charter, people, work, book):
    """Make the item of a request, in a tray of its community or, dispatched by the hotline, on its way there."""
    settings = charter.settings[0]
    community = people.settlements[s].community
    matter = draw_kind(key, charter, request)
    own_class = charter.matters[matter].priority
    size = draw_size(key, charter.matters[matter], request, 0, 0)
    if by_hotline:
        own_class = charter.layout.hotline_class
        size += math.floor(settings.hotline_extra_minutes)
    slot = open_item(key, day, matter, community, s, size, own_class, charter, people, work, book, request, 0, 0)
    item = work.items[slot]
    item.resident = row
    item.by_hotline = by_hotline
    set_due(work, slot, give_up_day(key, settings, request, 0, day))
    item.preferred = draw_desk(key, request, people.communities[community].n_posts)
    waits = consent_days(key, settings, charter.communities[community].n_consenting, item)
    if by_hotline:
        waits += math.floor(settings.hotline_transit_days)
    if by_hotline or waits > 0:
        come_later(people, work, slot, day + waits)
    else:
        enter_community(people, work, slot, day)
