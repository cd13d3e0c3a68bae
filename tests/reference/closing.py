"""7.9 Closing, expiry, giving up; what a resident makes of it; events."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from govsim.institution.catalogue import WorkClass
from govsim.randomness import Decision
from tests.reference.draws import BILLIONTH, billionths, clip, logistic
from tests.reference.entities import MINOR, OLDER
from tests.reference.needs import patience_days
from tests.reference.work import come_up

if TYPE_CHECKING:
    from tests.reference.entities import Resident
    from tests.reference.model import ReferenceModel
    from tests.reference.work import Item

LONGEST_WAIT = 60
MOST_CASES = 30000
DISSATISFIED_BELOW = 0.4


def drop_overdue(model: ReferenceModel, day: int) -> None:
    """What is overdue leaves, wherever it lies."""
    for _, items in model.places_of_work():
        overdue = [item for item in items if item.due_on_day <= day]
        for item in overdue:
            items.remove(item)
        for item in overdue:
            drop(model, item, day)


def drop(model: ReferenceModel, item: Item, day: int) -> None:
    """A job expires; a request is given up."""
    model.tally.work(item, "dropped_minutes", item.remaining)
    model.tally.work(item, "dropped", 1)
    end(model, item, day)
    if item.resident is not None:
        model.tally.person(item.resident, "given_up", 1)
        if item.repeat == 0:
            model.cohorts_add(item, "given_up", 1)
        contact(model, item.resident, 0.0, is_met=False)
        repeat_or_not(model, item, day)


def close(model: ReferenceModel, item: Item, day: int) -> None:
    """All minutes that it was given are done."""
    model.tally.work(item, "done", 1)
    model.tally.community(item.home, "red_tape_minutes", item.given_red)
    end(model, item, day)
    if item.resident is not None:
        close_request(model, item, item.resident, day)
    elif item.kind.work_class == WorkClass.SELF_GOVERNMENT and item.settlement is not None:
        hold_event(model, item, day)


def end(model: ReferenceModel, item: Item, day: int) -> None:
    """Count the days for which an item has been open."""
    model.tally.community(item.home, "sojourn_days", day - item.created_on_day)


def close_request(model: ReferenceModel, item: Item, resident: Resident, day: int) -> None:
    """The resident sees how he was served."""
    q = math.sqrt(item.given / item.size)
    u17 = model.draws.u(Decision.MET, item.entity, 0, item.repeat)
    is_met = u17 < item.kind.resolved_share * q
    wait = min(LONGEST_WAIT, day - item.raised_on_day)
    performance = q * (1 - wait / 60) * (1 if is_met else model.p["contact.unmet_performance"])
    target = contact(model, resident, performance, is_met=is_met)

    model.tally.person(resident, "closed", 1)
    model.tally.person(resident, "met", int(is_met))
    model.tally.person(resident, "dissatisfied_users", int(target < DISSATISFIED_BELOW))
    model.tally.person(resident, "performance_sum", billionths(performance))
    if item.repeat == 0:
        model.cohorts_add(item, "closed", 1)
        model.cohorts_add(item, "waited_days", wait)
    if is_met and day - item.first_raised_on_day <= LONGEST_WAIT:
        model.cohorts_add(item, "met_in_time", 1)
    if not is_met:
        repeat_or_not(model, item, day)


def contact(model: ReferenceModel, resident: Resident, performance: float, *, is_met: bool) -> float:
    """Move satisfaction and cases of the resident; return the target."""
    p = model.p
    satisfaction, expectation = resident.satisfaction * BILLIONTH, resident.expectation * BILLIONTH
    target = clip(
        p["opinion.s0"]
        + p["opinion.performance_weight"] * (performance - p["opinion.usual_performance"])
        + p["opinion.gap_weight"] * (performance - expectation),
        0,
        1,
    )
    resident.satisfaction = billionths(satisfaction + p["contact.weight"] * (target - satisfaction))
    if is_met:
        resident.cases_met = min(MOST_CASES, resident.cases_met + 1)
    else:
        resident.cases_unmet = min(MOST_CASES, resident.cases_unmet + 1)
    return target


def repeat_or_not(model: ReferenceModel, item: Item, day: int) -> None:
    """A request that was not met may be raised again the next day."""
    p = model.p
    u18 = model.draws.u(Decision.REPEAT, item.entity, 0, item.repeat)
    if not (item.repeat < p["patience.max_repeats"] and u18 < p["patience.repeat_chance"]):
        return
    assert item.resident is not None
    model.tally.person(item.resident, "repeats", 1)
    item.repeat += 1
    item.index = item.repeat
    # The page does not name created_on_day here: a repeat comes up, so is created, on this day.
    item.created_on_day = day
    item.raised_on_day = day + 1
    item.due_on_day = item.raised_on_day + 1 + patience_days(model, item.entity, item.repeat)
    item.given = item.given_red = item.triage_left = item.office_left = 0
    come_up(model, item)
    item.arrives_on_day = day + 1
    item.home.arriving.append(item)


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
            + (p["participation.older"] if resident.age == OLDER else 0)
        )
        if model.draws.u(Decision.JOINED, event, i) < readiness:
            resident.last_act_month = day // 21
            model.tally.community(item.home, "acts", 1)
            model.tally.person(resident, "acts", 1)
