"""Street offices and departments: own work first, then cases, which go on, come back settled or are returned."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH
from govsim.compilation import kernel
from govsim.kernels.closing import free_line
from govsim.kernels.prefetching import prefetch
from govsim.kernels.queueing import NONE, remove, send
from govsim.kernels.requests import spend_resident_minutes
from govsim.kernels.rules import ADMINISTRATION, coping_effort
from govsim.randomness import Decision, billionths, identity, u

AT_STREET: Final = 0
AT_DEPARTMENT: Final = 1


@kernel
def own_work_of_street(charter, work, book, street):
    """Return the minutes of own and passing work that a street takes on today; under backlog it waives some."""
    settings = charter.settings[0]
    office = work.offices[street]
    own = charter.offices[street].own_minutes
    passing = math.floor(settings.street_passing_minutes * office.passed_today)
    office.passed_today = 0
    capacity = charter.offices[street].capacity_minutes
    backlog = (office.own_due_minutes + office.tray_minutes) / capacity if capacity > 0 else 0.0
    effort = coping_effort(settings, backlog)
    given = math.floor(own * max(settings.coping_least_service, effort)) + math.floor(
        passing * max(settings.coping_least_red_tape, effort)
    )
    tally = book.offices[street]
    tally.own_minutes += own
    tally.passing_minutes += passing
    tally.waived_minutes += own + passing - given
    return given


@kernel
def own_work_of_department(charter, work, book, office):
    """Return the minutes of its core, and of jobs it does itself, that a department takes on today."""
    taken = work.offices[office].taken_today
    work.offices[office].taken_today = 0
    book.offices[office].own_minutes += charter.offices[office].own_minutes
    book.offices[office].taken_minutes += taken
    return charter.offices[office].own_minutes + taken


@kernel
def open_day(charter, work, book, number, given):
    """Let an office work on its own first; return the minutes that are left for cases."""
    office = work.offices[number]
    tally = book.offices[number]
    capacity = charter.offices[number].capacity_minutes
    office.own_due_minutes += given
    worked = min(capacity, office.own_due_minutes)
    office.own_due_minutes -= worked
    tally.capacity_minutes += capacity
    tally.own_worked_minutes += worked
    return capacity - worked


@kernel
def work_through(work, book, number, minutes):
    """Spend minutes on the first case of an office; return minutes left, and the case if it is done, else NONE."""
    slot = np.int64(work.trays[work.layout.n_posts + number].first)
    item = work.items[slot]
    spent = min(minutes, item.away_left)
    item.away_left -= spent
    work.offices[number].tray_minutes -= spent
    book.offices[number].case_worked_minutes += spent
    if item.away_left > 0:
        return minutes - spent, NONE
    prefetch(work.items, max(0, item.next))
    remove(work, slot)
    return minutes - spent, slot


@kernel
def is_returned(key, settings, item, hop):
    """Return whether a case that an office is done with goes back to be put in order."""
    if item.n_returned >= settings.escalation_most_returns:
        return False
    case = identity(key, Decision.CASE_IDENTITY, item.entity, item.tick, item.index)
    return u(key, Decision.RETURNED, case, hop, np.int64(item.n_returned)) < settings.escalation_return_share


@kernel
def return_case(day, slot, number, charter, people, work, book):
    """Send a case back to its community, which has to handle it once more; its line waits for it."""
    settings = charter.settings[0]
    item = work.items[slot]
    matter = charter.matters[item.matter]
    rework = math.floor(settings.escalation_triage_minutes)
    item.n_returned += 1
    item.triage_left = rework
    item.remaining += rework
    people.communities[item.community].blocked_minutes += rework
    tally = book.communities[item.community]
    tally.arrived_minutes[matter.work_class] += rework
    tally.rework_minutes += rework
    tally.returns += 1
    book.offices[number].returned += 1
    if item.resident != NONE:
        group = people.residents[item.resident].group
        spend_resident_minutes(settings, np.int64(item.settlement), group, np.int64(item.by_hotline), people, book)
    else:
        book.origins[matter.line].rework_minutes += rework
        if matter.work_class == ADMINISTRATION and item.blocks_line == 0:
            item.blocks_line = 1
            work.returned[item.community, matter.line] += 1
    send(work, np.int64(item.community), slot, day + 1)


@kernel
def settle_case(day, slot, charter, work):
    """Send a decided case back to its community, where it can be finished."""
    item = work.items[slot]
    free_line(work, item, charter.matters[item.matter].line)
    send(work, np.int64(item.community), slot, day + 1)


@kernel
def serve_streets(key, day, charter, people, work, book):
    """Let each street do its own work and decide cases; some of these go on to a department."""
    settings = charter.settings[0]
    layout = work.layout
    for street in range(layout.n_streets):
        minutes = open_day(charter, work, book, street, own_work_of_street(charter, work, book, street))
        while minutes > 0 and work.trays[layout.n_posts + street].first != NONE:
            minutes, slot = work_through(work, book, street, minutes)
            if slot == NONE:
                break
            item = work.items[slot]
            if is_returned(key, settings, item, AT_STREET):
                return_case(day, slot, street, charter, people, work, book)
            elif (
                u(key, Decision.DEPARTMENT, item.entity, item.tick, item.index)
                < charter.offices[street].department_share
            ):
                item.away_left = math.floor(settings.escalation_department_minutes)
                office = layout.n_communities + layout.n_streets + charter.matters[item.matter].line
                send(work, office, slot, day + math.floor(settings.escalation_department_transit_days))
            else:
                settle_case(day, slot, charter, work)


@kernel
def serve_departments(key, day, charter, people, work, book):
    """Let each department do its core and what it took back, and decide what streets passed on."""
    layout = work.layout
    for number in range(layout.n_streets, layout.n_streets + layout.n_departments):
        minutes = open_day(charter, work, book, number, own_work_of_department(charter, work, book, number))
        while minutes > 0 and work.trays[layout.n_posts + number].first != NONE:
            minutes, slot = work_through(work, book, number, minutes)
            if slot == NONE:
                break
            if is_returned(key, charter.settings[0], work.items[slot], AT_DEPARTMENT):
                return_case(day, slot, number, charter, people, work, book)
            else:
                settle_case(day, slot, charter, work)


@kernel
def note_loads(charter, work, book):
    """Keep the load of the month, minutes offered over capacity, on which departments decide next."""
    for number in range(len(work.offices)):
        tally = book.offices[number]
        offered = tally.own_minutes + tally.passing_minutes + tally.taken_minutes + tally.case_minutes
        capacity = DAYS_PER_MONTH * charter.offices[number].capacity_minutes
        work.offices[number].load = billionths(offered / capacity) if capacity > 0 else 0
