"""How work ends: done, expired, given up, and what a contact leaves with the resident."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH
from govsim.compilation import kernel
from govsim.kernels.arrivals import count_arrival, draw_order, order_of
from govsim.kernels.batches import BATCH, ENTITY, FIRST, NOUGHT, ROW, TICK, draw_uniforms
from govsim.kernels.consent import consent_days
from govsim.kernels.contact import meet_resident
from govsim.kernels.needs import belief
from govsim.kernels.prefetching import prefetch
from govsim.kernels.queueing import NONE, clear_due, free_slot, remove, send, set_due
from govsim.kernels.requests import draw_patience, give_up_day, spend_resident_minutes
from govsim.randomness import Decision, identity, logistic, u

SELF_GOVERNMENT: Final = 5
LONGEST_WAIT: Final = 60
MINOR: Final = 0
OLDER: Final = 2
AGES: Final = 3


@kernel
def leave_books(day, slot, people, work, book):
    """Book that an item is open no longer."""
    item = work.items[slot]
    clear_due(work, slot)
    book.communities[item.community].sojourn_days += day - item.created_on_day
    people.communities[item.community].n_open -= 1
    people.communities[item.community].ended += 1


@kernel
def may_repeat(key, day, slot, charter, people, work, book):
    """Let a resident whose request was not met bring it again; return whether the slot was used for it."""
    settings = charter.settings[0]
    item = work.items[slot]
    community = np.int64(item.community)
    if item.index >= settings.patience_max_repeats:
        return False
    if u(key, Decision.REPEAT, item.entity, 0, item.index) >= settings.patience_repeat_chance:
        return False
    item.index += 1
    item.raised_on_day = day + 1
    item.created_on_day = day
    set_due(work, slot, give_up_day(settings, day + 1, draw_patience(key, item.entity, item.index)))
    item.order = order_of(draw_order(key, item.entity, item.index))
    item.remaining = item.size_minutes
    item.given = 0
    item.given_red = 0
    item.triage_left = 0
    item.is_begun = 0
    item.n_returned = 0
    group = people.residents[item.resident].group
    spend_resident_minutes(settings, np.int64(item.settlement), group, np.int64(item.by_hotline), people, book)
    count_arrival(charter, people, book, community, np.int64(item.matter), np.int64(item.size_minutes))
    people.communities[community].blocked_minutes += item.size_minutes
    book.settlements[item.settlement].repeats += 1
    book.groups[group].repeats += 1
    consenting = charter.communities[community].n_consenting
    send(work, community, slot, day + max(1, consent_days(key, settings, consenting, item)))
    return True


@kernel
def close_request(key, day, slot, charter, people, work, book):
    """End a request that was worked on to its end; the item lies in no tray any more."""
    settings = charter.settings[0]
    item = work.items[slot]
    matter = charter.matters[item.matter]
    group = people.residents[item.resident].group
    quality = math.sqrt(item.given / item.size_minutes)
    is_met = u(key, Decision.MET, item.entity, 0, item.index) < matter.resolved_share * quality
    wait = min(LONGEST_WAIT, day - item.raised_on_day)
    performance = quality * (1.0 - wait / LONGEST_WAIT)
    if not is_met:
        performance = performance * settings.contact_unmet_performance
    dissatisfied = meet_resident(
        settings, np.int64(item.resident), np.int64(item.settlement), performance, is_met, people, book
    )
    for tally in (book.settlements[item.settlement], book.groups[group]):
        tally.closed += 1
        tally.met += is_met
        tally.dissatisfied_users += dissatisfied
    month = item.first_raised_on_day // DAYS_PER_MONTH
    in_time = is_met and day - item.first_raised_on_day <= LONGEST_WAIT
    for cohort in (book.settlement_cohorts[month, item.settlement], book.group_cohorts[month, group]):
        cohort.met_in_time += in_time
        if item.index == 0:
            cohort.closed += 1
            cohort.waited_days += wait
    leave_books(day, slot, people, work, book)
    if is_met or not may_repeat(key, day, slot, charter, people, work, book):
        free_slot(work, slot)


@kernel
def give_up(key, day, slot, charter, people, work, book):
    """End a request that its resident has given up."""
    item = work.items[slot]
    group = people.residents[item.resident].group
    meet_resident(charter.settings[0], np.int64(item.resident), np.int64(item.settlement), 0.0, False, people, book)
    book.settlements[item.settlement].given_up += 1
    book.groups[group].given_up += 1
    if item.index == 0:
        month = item.first_raised_on_day // DAYS_PER_MONTH
        book.settlement_cohorts[month, item.settlement].given_up += 1
        book.group_cohorts[month, group].given_up += 1
    leave_books(day, slot, people, work, book)
    if not may_repeat(key, day, slot, charter, people, work, book):
        free_slot(work, slot)


@kernel
def hold_event(key, day, slot, charter, people, work, book):
    """Invite residents of a settlement to an event of self-government; some take part."""
    item = work.items[slot]
    event = identity(key, Decision.EVENT_IDENTITY, item.entity, item.tick, item.index)
    book.communities[item.community].events += 1
    n_invited = math.floor(charter.settings[0].participation_invitations * item.given / item.size_minutes)
    first = np.int64(0)
    while first < n_invited:
        n = min(BATCH, n_invited - first)
        invite(key, event, first, n, item, people, work.batch)
        numbers, uniforms = work.batch.numbers, work.batch.uniforms[FIRST]
        draw_uniforms(key, Decision.JOINED, numbers[ENTITY], numbers[TICK], numbers[NOUGHT], n, uniforms)
        for i in range(n):
            take_part(key, day, i, item, charter, people, work.batch, book)
        first += n


@kernel
def invite(key, event, first, n, item, people, batch):
    """Draw the residents who get some of the invitations to an event."""
    place = people.settlements[item.settlement]
    for i in range(n):
        batch.numbers[ENTITY, i] = event
        batch.numbers[TICK, i] = first + i
    numbers, uniforms = batch.numbers, batch.uniforms[FIRST]
    draw_uniforms(key, Decision.INVITED, numbers[ENTITY], numbers[TICK], numbers[NOUGHT], n, uniforms)
    for i in range(n):
        row = place.first_row + math.floor(place.n_residents * batch.uniforms[FIRST, i])
        batch.numbers[ROW, i] = row
        prefetch(people.residents, row)


@kernel
def readiness(settings, resident, place, stock):
    """Return the log odds that an invited adult takes part in an event."""
    level = (
        settings.participation_base
        + settings.participation_per_stock * stock
        + settings.participation_per_belief * belief(settings, place.met_share, resident)
        - settings.participation_travel_cost_per_km * place.distance_km
    )
    if resident.group % AGES == OLDER:
        level = level + settings.participation_older
    return level


@kernel
def take_part(key, day, i, item, charter, people, batch, book):
    """Let an invited resident take part in an event, or not."""
    settings = charter.settings[0]
    resident = people.residents[batch.numbers[ROW, i]]
    place = people.settlements[item.settlement]
    if resident.group % AGES == MINOR:
        return
    stock = people.communities[item.community].stock * 1e-9
    if batch.uniforms[FIRST, i] >= logistic(readiness(settings, resident, place, stock)):
        return
    resident.last_act_month = day // DAYS_PER_MONTH
    book.communities[item.community].acts += 1
    labour = 0
    event, number = batch.numbers[ENTITY, i], batch.numbers[TICK, i]
    if u(key, Decision.LABOUR, event, number, 0) < settings.participation_labour_share:
        labour = math.floor(settings.participation_labour_minutes)
    for tally in (book.settlements[item.settlement], book.groups[resident.group]):
        tally.acts += 1
        tally.labour_minutes += labour


@kernel
def close(key, day, slot, charter, people, work, book):
    """End an item whose last minute was worked; it lies in no tray any more."""
    item = work.items[slot]
    work_class = charter.matters[item.matter].work_class
    tally = book.communities[item.community]
    tally.done[work_class] += 1
    tally.red_tape_minutes += item.given_red
    if item.resident != NONE:
        close_request(key, day, slot, charter, people, work, book)
        return
    matter = charter.matters[item.matter]
    tally.personal_records += matter.records_per_job * item.given // item.size_minutes
    free_line(work, item, matter.line)
    if work_class != SELF_GOVERNMENT:
        tally.done_in_time += day <= item.due_on_day - math.floor(charter.settings[0].jobs_grace_days)
    elif item.settlement != NONE:
        hold_event(key, day, slot, charter, people, work, book)
    leave_books(day, slot, people, work, book)
    free_slot(work, slot)


@kernel
def free_line(work, item, line):
    """Let a line go on: the returned job that held it up is settled or gone."""
    if item.blocks_line:
        item.blocks_line = 0
        work.returned[item.community, line] -= 1


@kernel
def leave_place(slot, people, work):
    """Take an item out of the place where it lies, and its minutes out of the sums of that place."""
    item = work.items[slot]
    layout = work.layout
    remove(work, slot)
    community = people.communities[item.community]
    if item.tray < layout.n_posts:
        community.backlog_minutes -= item.remaining
    else:
        community.blocked_minutes -= item.remaining
        if item.tray < layout.first_arriving:
            work.offices[item.tray - layout.n_posts].tray_minutes -= item.away_left


@kernel
def drop(key, day, slot, charter, people, work, book):
    """Take an overdue item out of the place where it lies and end it."""
    item = work.items[slot]
    leave_place(slot, people, work)
    matter = charter.matters[item.matter]
    tally = book.communities[item.community]
    tally.dropped_minutes[matter.work_class] += item.remaining
    tally.dropped[matter.work_class] += 1
    if item.resident != NONE:
        give_up(key, day, slot, charter, people, work, book)
    else:
        book.origins[matter.line].dropped_minutes += item.remaining
        free_line(work, item, matter.line)
        leave_books(day, slot, people, work, book)
        free_slot(work, slot)


@kernel
def drop_overdue(key, day, charter, people, work, book):
    """Let jobs expire and residents give up, wherever their work lies."""
    slot = work.due_first[day]
    while slot != NONE:
        drop(key, day, slot, charter, people, work, book)
        slot = work.due_first[day]
