"""Initialisation (ODD part 5): the state of a district on the morning of the first day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.kernels import opinion, staffing
from govsim.randomness import billionths
from govsim.tables.state import (
    CommunityRow,
    SettlementRow,
    State,
    build_book,
    build_people,
    build_work,
    empty_plan,
    nothing_open,
)

if TYPE_CHECKING:
    import numpy as np

    from govsim.clock import Calendar
    from govsim.institution.charter import Charter
    from govsim.institution.institution import Institution


def found_state(key: np.uint64, institution: Institution, charter: Charter, calendar: Calendar) -> State:
    """Return places, posts and residents of a district, drawn for one run key; no work is open."""
    places = institution.places
    streets = {name: number for number, name in enumerate(places.streets)}
    communities = places.community_rows
    people = build_people(
        [
            SettlementRow(place.id, communities[place.community], place.residents, place.distance_km)
            for place in places.settlements
        ],
        [
            CommunityRow(
                place.id,
                streets[place.street],
                place.posts,
                place.upper_floor,
                place.own_income_yuan_per_year * 100,
                place.topup_yuan_per_month * 100,
            )
            for place in places.communities
        ],
    )
    departments = institution.catalogue.departments
    work = build_work(people, len(streets), len(departments), calendar)
    opinion.first_residents(key, charter, people, work.batch)
    staffing.set_pay(charter, people)
    staffing.first_holders(key, charter, people)
    work.offices["load"][len(streets) :] = [billionths(each.core_share) for each in departments]
    return State(
        people=people,
        work=work,
        plan=empty_plan(people, charter.layout.first_request),
        book=build_book(people, work, calendar),
        open_before=nothing_open(people, work),
        class_of_matter=charter.matters["work_class"].copy(),
        line_of_matter=charter.matters["line"].copy(),
    )
