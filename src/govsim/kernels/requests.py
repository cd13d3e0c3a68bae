"""Requests (诉求): needs that residents bring to the desk of their community, or to the hotline."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_YEAR
from govsim.compilation import kernel
from govsim.kernels.arrivals import come_later, draw_sizes_and_orders, open_item, order_of, size_of
from govsim.kernels.batches import (
    BATCH,
    CHANNEL,
    DESK,
    ENTITY,
    INDEX,
    KIND,
    NOUGHT,
    ORDER,
    PATIENCE,
    ROW,
    SIZE,
    TICK,
    VOICED,
    draw_identities,
    draw_uniforms,
)
from govsim.kernels.consent import consent_days
from govsim.kernels.contact import meet_resident
from govsim.kernels.needs import draw_voices, voice_chance
from govsim.kernels.prefetching import prefetch
from govsim.kernels.queueing import NONE, enter_community, set_due
from govsim.randomness import Decision, exponential_quantile, u

LONGEST_PATIENCE: Final = 30000
AHEAD: Final = 8


@kernel
def give_up_day(settings, raised_on_day, uniform):
    """Return the day on which a resident gives a request up."""
    patience = exponential_quantile(settings.patience_mean_days, uniform)
    return raised_on_day + 1 + min(LONGEST_PATIENCE, math.floor(patience))


@kernel
def raise_requests(key, day, charter, people, work, plan, book):
    """Turn the needs of the day into requests where residents voice them."""
    today = day % DAYS_PER_YEAR
    first, end = plan.need_first[today], plan.need_first[today + 1]
    while first < end:
        n = gather_needs(day, first, end, people, plan, work.batch)
        n_voiced = voice_needs(key, n, charter, people, work.batch)
        draw_requests(key, n_voiced, work.batch)
        for i in range(n_voiced):
            raise_request(key, day, i, charter, people, work, book)
        first += n


@kernel
def gather_needs(day, first, end, people, plan, batch):
    """Gather the next needs of the day, each of another resident, and return how many they are.

    What becomes of a need may change whether the same resident voices the next one.
    """
    n, previous = np.int64(0), np.int64(NONE)
    while first < end and n < BATCH and plan.needs[first].row != previous:
        previous = np.int64(plan.needs[first].row)
        prefetch(people.residents, plan.needs[min(first + AHEAD, end - 1)].row)
        place = people.settlements[people.residents[previous].settlement]
        batch.numbers[ROW, n] = previous
        batch.numbers[TICK, n] = day // DAYS_PER_YEAR
        batch.numbers[INDEX, n] = plan.needs[first].k
        batch.numbers[ENTITY, n] = place.entity + previous - place.first_row
        n += 1
        first += 1
    return n


@kernel
def voice_needs(key, n, charter, people, batch):
    """Move the needs of a batch that are voiced to its front as requests, and return how many they are."""
    settings, numbers = charter.settings[0], batch.numbers
    draw_voices(key, n, batch)
    n_voiced = np.int64(0)
    for i in range(n):
        resident = people.residents[numbers[ROW, i]]
        place = people.settlements[resident.settlement]
        upper_floor = people.communities[place.community].upper_floor
        if batch.uniforms[VOICED, i] < voice_chance(settings, resident, place, upper_floor):
            numbers[ROW, n_voiced] = numbers[ROW, i]
            numbers[INDEX, n_voiced] = numbers[INDEX, i]
            numbers[ENTITY, n_voiced] = numbers[ENTITY, i]
            n_voiced += 1
    entities = numbers[ENTITY]
    draw_identities(key, Decision.REQUEST_IDENTITY, entities, numbers[TICK], numbers[INDEX], n_voiced, entities)
    return n_voiced


@kernel
def draw_requests(key, n, batch):
    """Draw what a batch of requests has by chance."""
    entities, nought = batch.numbers[ENTITY], batch.numbers[NOUGHT]
    draw_uniforms(key, Decision.CHANNEL, entities, nought, nought, n, batch.uniforms[CHANNEL])
    draw_uniforms(key, Decision.REQUEST_KIND, entities, nought, nought, n, batch.uniforms[KIND])
    draw_uniforms(key, Decision.PATIENCE, entities, nought, nought, n, batch.uniforms[PATIENCE])
    draw_uniforms(key, Decision.DESK, entities, nought, nought, n, batch.uniforms[DESK])
    draw_sizes_and_orders(key, nought, nought, n, batch)


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
def draw_patience(key, request, index):
    """Draw the patience of a resident who brings a request once more."""
    return u(key, Decision.PATIENCE, request, 0, index)


@kernel
def draw_desk(key, request, n_posts):
    """Draw the number of the desk of a request whose community has other desks now."""
    return desk_of(n_posts, u(key, Decision.DESK, request, 0, 0))


@kernel
def desk_of(n_posts, uniform):
    """Return the number of the desk to which a request is brought, from 0."""
    return math.floor(n_posts * uniform)


@kernel
def kind_of(charter, uniform):
    """Return the matter of a request, by cumulative share."""
    matter = charter.layout.first_request
    while matter < len(charter.matters) - 1 and uniform >= charter.matters[matter].cumulative_share:
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
def raise_request(key, day, i, charter, people, work, book):
    """Bring one need of a batch to the desk of the community, or to the hotline."""
    settings = charter.settings[0]
    row = work.batch.numbers[ROW, i]
    group = people.residents[row].group
    s = np.int64(people.residents[row].settlement)
    month = day // DAYS_PER_MONTH
    by_hotline = np.int64(work.batch.uniforms[CHANNEL, i] < settings.hotline_channel_share)
    for tally in (book.settlements[s], book.groups[group]):
        tally.raised += 1
        tally.calls += by_hotline
    book.settlement_cohorts[month, s].raised += 1
    book.group_cohorts[month, group].raised += 1
    spend_resident_minutes(settings, s, group, by_hotline, people, book)
    request = work.batch.numbers[ENTITY, i]
    if by_hotline and u(key, Decision.DISPATCHED, request, 0, 0) >= settings.hotline_dispatched_share:
        answer_call(month, row, s, group, settings, people, book)
    else:
        open_request(key, day, i, row, s, by_hotline, charter, people, work, book)


@kernel
def open_request(key, day, i, row, s, by_hotline, charter, people, work, book):
    """Make the item of a request, in a tray of its community or, dispatched by the hotline, on its way there."""
    settings, drawn = charter.settings[0], work.batch.uniforms
    community = people.settlements[s].community
    matter = kind_of(charter, drawn[KIND, i])
    own_class = charter.matters[matter].priority
    size = size_of(charter.matters[matter], drawn[SIZE, i])
    if by_hotline:
        own_class = charter.layout.hotline_class
        size += math.floor(settings.hotline_extra_minutes)
    request, order = work.batch.numbers[ENTITY, i], order_of(work.batch.numbers[ORDER, i])
    slot = open_item(day, matter, community, s, size, own_class, charter, people, work, book, request, 0, 0, order)
    item = work.items[slot]
    item.resident = row
    item.by_hotline = by_hotline
    set_due(work, slot, give_up_day(settings, day, drawn[PATIENCE, i]))
    item.preferred = desk_of(people.communities[community].n_posts, drawn[DESK, i])
    waits = consent_days(key, settings, charter.communities[community].n_consenting, item)
    if by_hotline:
        waits += math.floor(settings.hotline_transit_days)
    if by_hotline or waits > 0:
        come_later(people, work, slot, day + waits)
    else:
        enter_community(people, work, slot, day)
