"""7.9 Closing, expiry, giving up; what a resident makes of it; events."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from govsim.institution.catalogue import WorkClass
from govsim.randomness import Decision
from tests.reference.contact import contact, go_the_way, serve_resident
from tests.reference.draws import BILLIONTH, logistic
from tests.reference.entities import MINOR, OLDER
from tests.reference.work import come_up, consent_days, free_line, patience_days, send_to_community

if TYPE_CHECKING:
    from tests.reference.entities import Resident
    from tests.reference.model import ReferenceModel
    from tests.reference.work import Item

LONGEST_WAIT = 60
CLASSES_IN_TIME = (WorkClass.ADMINISTRATION, WorkClass.INSPECTION, WorkClass.CENSUS, WorkClass.MEETING)


def drop_overdue(model: ReferenceModel, day: int) -> None:
    """What is overdue leaves, wherever it lies."""
    for office in model.offices:
        for item in office.tray:
            if item.due_on_day <= day:
                office.tray_minutes -= item.office_left
                office.withdrawn_minutes += item.office_left
    for _, items in model.places_of_work():
        overdue = [item for item in items if item.due_on_day <= day]
        for item in overdue:
            items.remove(item)
        for item in overdue:
            drop(model, item, day)


def drop(model: ReferenceModel, item: Item, day: int) -> None:
    """A job expires; a request is given up."""
    free_line(item)
    model.tally.work(item, "dropped_minutes", item.remaining)
    model.tally.work(item, "dropped", 1)
    end(model, item, day)
    if item.resident is not None:
        model.tally.person(item.resident, "given_up", 1)
        if item.repeat == 0:
            model.cohorts_add(item.resident, item.first_raised_on_day, "given_up", 1)
        contact(model, item.resident, 0.0, is_met=False)
        repeat_or_not(model, item, day)


def close(model: ReferenceModel, item: Item, day: int) -> None:
    """All minutes that it was given are done."""
    free_line(item)
    model.tally.work(item, "done", 1)
    model.tally.community(item.home, "red_tape_minutes", item.given_red)
    end(model, item, day)
    if item.resident is not None:
        close_request(model, item, item.resident, day)
        return
    close_job(model, item, day)
    if item.kind.work_class == WorkClass.SELF_GOVERNMENT and item.settlement is not None:
        hold_event(model, item, day)


def end(model: ReferenceModel, item: Item, day: int) -> None:
    """Count the days for which an item has been open."""
    model.tally.community(item.home, "sojourn_days", day - item.created_on_day)


def close_job(model: ReferenceModel, item: Item, day: int) -> None:
    """Count the records of persons that a job leaves, and whether it is in time."""
    model.tally.community(item.home, "personal_records", item.kind.records_per_job * item.given // item.size)
    is_in_time = day <= item.due_on_day - int(model.p["jobs.grace_days"])
    if item.kind.work_class in CLASSES_IN_TIME:
        model.tally.community(item.home, "done_in_time", int(is_in_time))


def close_request(model: ReferenceModel, item: Item, resident: Resident, day: int) -> None:
    """The resident sees how he was served."""
    q = math.sqrt(item.given / item.size)
    u17 = model.draws.u(Decision.MET, item.entity, 0, item.repeat)
    is_met = u17 < item.kind.resolved_share * q
    wait = min(LONGEST_WAIT, day - item.raised_on_day)
    performance = q * (1 - wait / 60) * (1 if is_met else model.p["contact.unmet_performance"])
    serve_resident(model, resident, performance, is_met=is_met)
    if item.repeat == 0:
        model.cohorts_add(resident, item.first_raised_on_day, "closed", 1)
        model.cohorts_add(resident, item.first_raised_on_day, "waited_days", wait)
    if is_met and day - item.first_raised_on_day <= LONGEST_WAIT:
        model.cohorts_add(resident, item.first_raised_on_day, "met_in_time", 1)
    if not is_met:
        repeat_or_not(model, item, day)


def repeat_or_not(model: ReferenceModel, item: Item, day: int) -> None:
    """A request that was not met may be raised again the next day; villages that federate are asked again."""
    p = model.p
    u18 = model.draws.u(Decision.REPEAT, item.entity, 0, item.repeat)
    if not (item.repeat < p["patience.max_repeats"] and u18 < p["patience.repeat_chance"]):
        return
    assert item.resident is not None
    model.tally.person(item.resident, "repeats", 1)
    go_the_way(model, item.resident, by_hotline=item.by_hotline)
    item.repeat += 1
    item.index = item.repeat
    item.created_on_day = day
    item.raised_on_day = day + 1
    item.due_on_day = item.raised_on_day + 1 + patience_days(model, item.entity, item.repeat)
    item.given = item.given_red = item.triage_left = item.office_left = item.n_returned = 0
    come_up(model, item)
    send_to_community(item, day + max(1, consent_days(model, item)))


def hold_event(model: ReferenceModel, item: Item, day: int) -> None:
    """Residents of the settlement are invited to a self-government event and some take part."""
    p = model.p
    assert item.settlement is not None
    residents = item.settlement.residents
    stock = item.home.stock * BILLIONTH
    event = model.draws.identity(Decision.EVENT_IDENTITY, item.entity, item.tick, item.index)
    model.tally.community(item.home, "events", 1)
    for i in range(math.floor(p["participation.invitations"] * item.given / item.size)):
        resident = residents[math.floor(len(residents) * model.draws.u(Decision.INVITED, event, i))]
        if resident.age == MINOR:
            continue
        readiness = logistic(
            p["participation.base"]
            + p["participation.per_stock"] * stock
            + p["participation.per_belief"] * resident.belief
            - p["participation.travel_cost_per_km"] * item.settlement.distance_km
            + (p["participation.older"] if resident.age == OLDER else 0)
        )
        if model.draws.u(Decision.JOINED, event, i) < readiness:
            resident.last_act_month = day // 21
            model.tally.community(item.home, "acts", 1)
            model.tally.person(resident, "acts", 1)
            if model.draws.u(Decision.LABOUR, event, i) < p["participation.labour_share"]:
                model.tally.person(resident, "labour_minutes", math.floor(p["participation.labour_minutes"]))
