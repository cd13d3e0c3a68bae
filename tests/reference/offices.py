"""7.7 Arrival, and 7.10 street and departments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.randomness import Decision
from tests.reference.work import AT_AN_OFFICE, BEGUN, enter_community, put

if TYPE_CHECKING:
    from tests.reference.entities import Department, StreetOffice
    from tests.reference.model import ReferenceModel
    from tests.reference.work import Item


def receive(model: ReferenceModel, day: int) -> None:
    """Work that was sent enters the trays."""
    for community in model.communities:
        for item in arrived(community.arriving, day):
            enter_community(model, item, day)
    for street in model.streets:
        enter_office(model, street, int(model.p["escalation.street_minutes"]), day)
    for department in model.departments:
        enter_office(model, department, int(model.p["escalation.department_minutes"]), day)


def arrived(arriving: list[Item], day: int) -> list[Item]:
    """Take from an arriving list what is there by now."""
    here = [item for item in arriving if item.arrives_on_day <= day]
    arriving[:] = [item for item in arriving if item.arrives_on_day > day]
    return here


def enter_office(model: ReferenceModel, office: StreetOffice | Department, minutes: int, day: int) -> None:
    """Lay what has arrived into the tray of an office, with class 1 and the office's minutes to do."""
    for item in arrived(office.arriving, day):
        item.arrived_on_day = day
        item.office_left = minutes
        put(model, office.tray, item, AT_AN_OFFICE)


def serve_office(model: ReferenceModel, office: StreetOffice | Department) -> list[Item]:
    """Work through a tray for one day's capacity and return what is done."""
    left = office.capacity
    done = []
    while left > 0 and office.tray:
        item = office.tray.pop(0)
        minutes = min(left, item.office_left)
        left -= minutes
        item.office_left -= minutes
        if item.office_left > 0:
            put(model, office.tray, item, BEGUN)
        else:
            done.append(item)
    return done


def serve_streets(model: ReferenceModel, day: int) -> None:
    """Streets pass a share on to departments and send the rest back."""
    transit_days = int(model.p["escalation.department_transit_days"])
    for street in model.streets:
        for item in serve_office(model, street):
            u14 = model.draws.u(Decision.DEPARTMENT, item.entity, item.tick, item.index)
            if u14 < model.p["escalation.department_share"]:
                item.arrives_on_day = day + transit_days
                model.departments[item.kind.line].arriving.append(item)
            else:
                send_back(item, day)


def serve_departments(model: ReferenceModel, day: int) -> None:
    """Departments send back what they have done."""
    for department in model.departments:
        for item in serve_office(model, department):
            send_back(item, day)


def send_back(item: Item, day: int) -> None:
    """Send an item back to its community, where it arrives the next day."""
    item.arrives_on_day = day + 1
    item.home.arriving.append(item)
