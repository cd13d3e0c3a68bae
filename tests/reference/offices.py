"""7.7 Arrival, and 7.10 street and departments."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from govsim.institution.catalogue import WorkClass
from govsim.randomness import Decision
from tests.reference.contact import go_the_way
from tests.reference.draws import billionths
from tests.reference.work import AT_AN_OFFICE, BEGUN, enter_community, free_line, put, send_to_community

if TYPE_CHECKING:
    from tests.reference.entities import Department, Office, StreetOffice
    from tests.reference.model import ReferenceModel
    from tests.reference.work import Item

HOP_STREET, HOP_DEPARTMENT = 0, 1
DAYS_OF_A_MONTH = 21


# --- 7.7 Arrival -----------------------------------------------------------------------------------------


def receive(model: ReferenceModel, day: int) -> None:
    """Work that was sent enters the trays."""
    for community in model.communities:
        for item in arrived(community.arriving, day):
            enter_community(model, item, day)
    for street in model.streets:
        for item in arrived(street.arriving, day):
            enter_office(model, street, item, minutes_at_street(model, street, item), day)
    for department in model.departments:
        for item in arrived(department.arriving, day):
            enter_office(model, department, item, math.floor(model.p["escalation.department_minutes"]), day)


def arrived(arriving: list[Item], day: int) -> list[Item]:
    """Take from an arriving list what is there by now."""
    here = [item for item in arriving if item.arrives_on_day <= day]
    arriving[:] = [item for item in arriving if item.arrives_on_day > day]
    return here


def minutes_at_street(model: ReferenceModel, street: StreetOffice, item: Item) -> int:
    """Return what a case takes at the street, coordination between organs included."""
    p = model.p
    minutes = math.floor(p["escalation.street_minutes"])
    if model.draws.u(Decision.COORDINATED, item.entity, item.tick, item.index) < p["street.coordination_share"]:
        minutes += math.floor(p["street.coordination_minutes_per_organ"] * street.organs)
    return minutes


def enter_office(model: ReferenceModel, office: Office, item: Item, minutes: int, day: int) -> None:
    """Lay a case that has arrived into the tray of an office, with class 1 and its minutes to do."""
    item.arrived_on_day = day
    item.office_left = minutes
    office.tray_minutes += minutes
    model.tally.office(office, "cases", 1)
    model.tally.office(office, "case_minutes", minutes)
    put(model, office.tray, item, AT_AN_OFFICE)


# --- 7.10 A day at an office -----------------------------------------------------------------------------


def serve_streets(model: ReferenceModel, day: int) -> None:
    """Streets do their own work, then cases: they return some, pass some on and settle the rest."""
    transit_days = int(model.p["escalation.department_transit_days"])
    for street in model.streets:
        left = own_work_of_street(model, street)
        for item in serve_tray(model, street, left):
            if is_returned(model, item, HOP_STREET):
                give_back(model, street, item, day)
            elif needs_department(model, street, item):
                item.arrives_on_day = day + transit_days
                model.departments[item.kind.line].arriving.append(item)
            else:
                settle_case(item, day)


def serve_departments(model: ReferenceModel, day: int) -> None:
    """Departments do their core and what they took on themselves, then cases."""
    for department in model.departments:
        left = own_work_of_department(model, department)
        for item in serve_tray(model, department, left):
            if is_returned(model, item, HOP_DEPARTMENT):
                give_back(model, department, item, day)
            else:
                settle_case(item, day)


def own_work_of_street(model: ReferenceModel, street: StreetOffice) -> int:
    """Take on own and passing work, less under backlog, and return the minutes left for cases."""
    p = model.p
    own = street.own_minutes
    passing = math.floor(p["street.passing_minutes"] * street.jobs_passed_today)
    street.jobs_passed_today = 0
    backlog = (street.own_due_minutes + street.tray_minutes) / street.capacity if street.capacity else 0.0
    f = min(1, max(0, 1 - p["coping.slope_per_day"] * max(0, backlog - p["coping.tolerated_days"])))
    taken_on = math.floor(own * max(p["coping.least_service"], f)) + math.floor(
        passing * max(p["coping.least_red_tape"], f)
    )
    model.tally.office(street, "own_minutes", own)
    model.tally.office(street, "passing_minutes", passing)
    model.tally.office(street, "waived_minutes", own + passing - taken_on)
    return work_on_own(model, street, taken_on)


def own_work_of_department(model: ReferenceModel, department: Department) -> int:
    """Take on the core and today's own jobs, and return the minutes left for cases."""
    did_itself, department.did_itself_today = department.did_itself_today, 0
    model.tally.office(department, "own_minutes", department.own_minutes)
    model.tally.office(department, "taken_minutes", did_itself)
    return work_on_own(model, department, department.own_minutes + did_itself)


def work_on_own(model: ReferenceModel, office: Office, taken_on: int) -> int:
    """Own work comes first; return what is left of the day's capacity."""
    office.own_due_minutes += taken_on
    worked = min(office.capacity, office.own_due_minutes)
    office.own_due_minutes -= worked
    model.tally.office(office, "capacity_minutes", office.capacity)
    model.tally.office(office, "own_worked_minutes", worked)
    return office.capacity - worked


def serve_tray(model: ReferenceModel, office: Office, left: int) -> list[Item]:
    """Work through a tray for so many minutes and return what is done."""
    done = []
    while left > 0 and office.tray:
        item = office.tray.pop(0)
        minutes = min(left, item.office_left)
        left -= minutes
        item.office_left -= minutes
        office.tray_minutes -= minutes
        model.tally.office(office, "case_worked_minutes", minutes)
        if item.office_left > 0:
            put(model, office.tray, item, BEGUN)
        else:
            done.append(item)
    return done


# --- 7.10 What becomes of a case -------------------------------------------------------------------------


def is_returned(model: ReferenceModel, item: Item, hop: int) -> bool:
    """Whether an office gives a case back to its community to be put in order again."""
    case = model.draws.identity(Decision.CASE_IDENTITY, item.entity, item.tick, item.index)
    u35 = model.draws.u(Decision.RETURNED, case, hop, item.n_returned)
    return item.n_returned < model.p["escalation.most_returns"] and u35 < model.p["escalation.return_share"]


def needs_department(model: ReferenceModel, street: StreetOffice, item: Item) -> bool:
    """Whether a case goes on to the department of its line; a street with enforcement power ends more itself."""
    p = model.p
    u14 = model.draws.u(Decision.DEPARTMENT, item.entity, item.tick, item.index)
    return u14 < p["escalation.department_share"] * (1 - p["street.enforced_share"] * street.enforcement)


def give_back(model: ReferenceModel, office: Office, item: Item, day: int) -> None:
    """Return a case: triage is to be done again, and a job of administration blocks its line from now on."""
    minutes = math.floor(model.p["escalation.triage_minutes"])
    item.n_returned += 1
    item.triage_left = minutes
    item.remaining += minutes
    model.tally.work(item, "arrived_minutes", minutes)
    model.tally.rework(item, minutes)
    model.tally.community(item.home, "returns", 1)
    model.tally.office(office, "returned", 1)
    if item.resident is not None:
        go_the_way(model, item.resident, by_hotline=item.by_hotline)
    elif item.kind.work_class == WorkClass.ADMINISTRATION and not item.blocks_line:
        item.blocks_line = True
        item.home.returned[item.kind.line] += 1
    send_to_community(item, day + 1)


def settle_case(item: Item, day: int) -> None:
    """Decide a case: its line is free from this moment, and it goes back to its community for the next day."""
    free_line(item)
    send_to_community(item, day + 1)


# --- 7.10 Loads ------------------------------------------------------------------------------------------


def note_loads(model: ReferenceModel) -> None:
    """At the end of a month: what was offered to each office over what it could do."""
    for office in model.offices:
        month = {field: values[office.key] for field, values in model.tally.month["office"].items()}
        offered = month["own_minutes"] + month["passing_minutes"] + month["taken_minutes"] + month["case_minutes"]
        office.load = billionths(offered / (DAYS_OF_A_MONTH * office.capacity)) if office.capacity else 0
