"""How work ends: done, expired, given up, and what a contact leaves with the resident."""

from __future__ import annotations

import math
from typing import Final

from govsim.clock import DAYS_PER_MONTH
from govsim.compilation import kernel
from govsim.kernels.arrivals import count_arrival, draw_order, give_up_day
from govsim.kernels.needs import belief
from govsim.kernels.queueing import NONE, clear_due, free_slot, remove, send, set_due
from govsim.randomness import Decision, billionths, clip, identity, logistic, u

SELF_GOVERNMENT: Final = 5
LONGEST_WAIT: Final = 60
DISSATISFIED: Final = 0.4
MOST_CASES: Final = 30000
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
def judge(settings, performance, expectation):
    """Return the satisfaction towards which one experience pulls: performance first, then the gap (E10)."""
    return clip(
        settings.opinion_s0
        + settings.opinion_performance_weight * (performance - settings.opinion_usual_performance)
        + settings.opinion_gap_weight * (performance - expectation),
        0.0,
        1.0,
    )


@kernel
def meet_resident(settings, row, settlement, performance, is_met, people, book):
    """Let one contact move a resident; return whether the user is dissatisfied with it."""
    resident = people.residents[row]
    target = judge(settings, performance, resident.expectation * 1e-9)
    satisfaction = resident.satisfaction * 1e-9
    resident.satisfaction = billionths(satisfaction + settings.contact_weight * (target - satisfaction))
    if is_met:
        resident.cases_met = min(MOST_CASES, resident.cases_met + 1)
    else:
        resident.cases_unmet = min(MOST_CASES, resident.cases_unmet + 1)
    points = billionths(performance)
    book.settlements[settlement].performance_sum += points
    book.groups[resident.group].performance_sum += points
    return target < DISSATISFIED


@kernel
def may_repeat(key, day, slot, charter, people, work, book):
    """Let a resident whose request was not met bring it again; return whether the slot was used for it."""
    settings = charter.settings[0]
    item = work.items[slot]
    if item.index >= settings.patience_max_repeats:
        return False
    if u(key, Decision.REPEAT, item.entity, 0, item.index) >= settings.patience_repeat_chance:
        return False
    item.index += 1
    item.raised_on_day = day + 1
    item.created_on_day = day
    set_due(work, slot, give_up_day(key, settings, item.entity, item.index, day + 1))
    item.order = draw_order(key, item.entity, 0, item.index)
    item.remaining = item.size_minutes
    item.given = 0
    item.given_red = 0
    item.triage_left = 0
    item.is_begun = 0
    count_arrival(charter, people, book, item.community, item.matter, item.size_minutes)
    people.communities[item.community].blocked_minutes += item.size_minutes
    book.settlements[item.settlement].repeats += 1
    book.groups[people.residents[item.resident].group].repeats += 1
    send(work, item.community, slot, day + 1)
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
    dissatisfied = meet_resident(settings, item.resident, item.settlement, performance, is_met, people, book)
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
    meet_resident(charter.settings[0], item.resident, item.settlement, 0.0, False, people, book)
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
    settings = charter.settings[0]
    item = work.items[slot]
    place = people.settlements[item.settlement]
    stock = people.communities[item.community].stock * 1e-9
    event = identity(key, Decision.EVENT_IDENTITY, item.entity, item.tick, item.index)
    book.communities[item.community].events += 1
    for i in range(math.floor(settings.participation_invitations * item.given / item.size_minutes)):
        row = place.first_row + math.floor(place.n_residents * u(key, Decision.INVITED, event, i, 0))
        resident = people.residents[row]
        age = resident.group % AGES
        if age == MINOR:
            continue
        readiness = (
            settings.participation_base
            + settings.participation_per_stock * stock
            + settings.participation_per_belief * belief(settings, place.met_share, resident)
        )
        if age == OLDER:
            readiness = readiness + settings.participation_older
        if u(key, Decision.JOINED, event, i, 0) < logistic(readiness):
            resident.last_act_month = day // DAYS_PER_MONTH
            book.communities[item.community].acts += 1
            book.settlements[item.settlement].acts += 1
            book.groups[resident.group].acts += 1


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
    if work_class == SELF_GOVERNMENT and item.settlement != NONE:
        hold_event(key, day, slot, charter, people, work, book)
    leave_books(day, slot, people, work, book)
    free_slot(work, slot)


@kernel
def drop(key, day, slot, charter, people, work, book):
    """Take an overdue item out of the tray in which it lies and end it."""
    item = work.items[slot]
    remove(work, slot)
    community = people.communities[item.community]
    if item.tray < work.layout.n_posts:
        community.backlog_minutes -= item.remaining
    else:
        community.blocked_minutes -= item.remaining
    work_class = charter.matters[item.matter].work_class
    tally = book.communities[item.community]
    tally.dropped_minutes[work_class] += item.remaining
    tally.dropped[work_class] += 1
    if item.resident != NONE:
        give_up(key, day, slot, charter, people, work, book)
    else:
        leave_books(day, slot, people, work, book)
        free_slot(work, slot)


@kernel
def drop_overdue(key, day, charter, people, work, book):
    """Let jobs expire and residents give up, wherever their work lies."""
    slot = work.due_first[day]
    while slot != NONE:
        drop(key, day, slot, charter, people, work, book)
        slot = work.due_first[day]
