"""Scale a world to a number of residents: full copies, then communities in order, the last one shrunk."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from govsim.errors import ScenarioError
from govsim.institution.places import Places
from govsim.scenarios import messages as m
from govsim.scenarios.apportioning import apportion, half_up
from govsim.scenarios.schema import LEAST_RESIDENTS, MOST_RESIDENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim.institution.places import CommunityPlace, SettlementPlace, StreetPlace

    Member = tuple[CommunityPlace, tuple[SettlementPlace, ...]]

COPY_MARK: Final = "~"


def scale_places(places: Places, residents: int) -> Places:
    """Return a world of exactly this many residents, made of copies of the communities of this one.

    The first copy keeps its ids; copy ``j`` has ``~j`` at the end of the ids of its streets, communities and
    settlements.
    """
    if not LEAST_RESIDENTS <= residents <= MOST_RESIDENTS:
        message = m.RESIDENTS_RANGE.format(low=LEAST_RESIDENTS, high=MOST_RESIDENTS, given=residents)
        raise ScenarioError(m.AT.format(path="world.residents", sentence=message))
    n_full, rest = divmod(residents, places.n_residents)
    members = _members(places)
    scaled: list[Member] = []
    for copy in range(1, n_full + 1):
        scaled += [_copied(member, copy) for member in members]
    scaled += [_copied(member, n_full + 1) for member in _part(members, rest)]
    return Places(
        district=places.district,
        communities=tuple(community for community, _ in scaled),
        settlements=tuple(settlement for _, settlements in scaled for settlement in settlements),
        street_offices=_streets(places, scaled),
    )


def original_id(place_id: str) -> str:
    """Return the id that a place, or the place it is a copy of, has in the tables."""
    return place_id.split(COPY_MARK)[0]


def _streets(places: Places, scaled: list[Member]) -> tuple[StreetPlace, ...]:
    """Return the offices of the streets in the scaled world; one that is not whole has fewer cadres in proportion."""
    offices = {office.id: office for office in places.street_offices}
    residents: dict[str, int] = {}
    for community, settlements in scaled:
        residents[community.street] = residents.get(community.street, 0) + sum(each.residents for each in settlements)
    streets = []
    for street, now in residents.items():
        office = offices[original_id(street)]
        cadres = office.cadres
        if cadres is not None:
            cadres = cadres * now / places.residents_by_street[office.id]
        streets.append(replace(office, id=street, cadres=cadres))
    return tuple(streets)


def _members(places: Places) -> list[Member]:
    by_community = groupby(places.settlements, key=lambda place: place.community)
    settlements = {community: tuple(group) for community, group in by_community}
    return [(community, settlements[community.id]) for community in places.communities]


def _copied(member: Member, copy: int) -> Member:
    if copy == 1:
        return member
    community, settlements = member
    mark = f"{COPY_MARK}{copy}"
    return (
        replace(community, id=community.id + mark, street=community.street + mark),
        tuple(replace(place, id=place.id + mark, community=community.id + mark) for place in settlements),
    )


def _part(members: list[Member], residents: int) -> Iterator[Member]:
    for member in members:
        if residents == 0:
            return
        size = sum(place.residents for place in member[1])
        yield member if size <= residents else _shrunk(member, size, residents)
        residents -= min(size, residents)


def _shrunk(member: Member, size: int, residents: int) -> Member:
    community, settlements = member
    # Ties go to the earlier settlement, so the order of rows in a file does not matter.
    counts = apportion(residents, [place.residents for place in settlements])
    kept = [replace(place, residents=count) for place, count in zip(settlements, counts, strict=True) if count]
    smaller = replace(
        community,
        posts=max(1, half_up(community.posts * residents, size)),
        own_income_yuan_per_year=half_up(community.own_income_yuan_per_year * residents, size),
    )
    return smaller, tuple(kept)
