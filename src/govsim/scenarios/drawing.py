"""Draw a world of a given size: its communities are copies of those of another, chosen by their names."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from govsim.institution.places import CommunityPlace, Places, SettlementPlace, StreetPlace
from govsim.randomness import text_uniform
from govsim.scenarios import messages as m
from govsim.scenarios.apportioning import apportion, half_up
from govsim.scenarios.worlds import MOST_POSTS, MOST_SETTLEMENT_RESIDENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.scenarios.complaints import Complaints
    from govsim.scenarios.document import Document, Route
    from govsim.scenarios.schema import Drawn, World

_ROUTE: Route = ("world", "drawn")


def check_drawn(document: Document, world: World, complaints: Complaints) -> None:
    """Complain unless a world to be drawn has residents for every community, and communities for every street."""
    drawn = world.drawn
    if drawn is None:
        return
    if world.residents is None:
        complaints.add(document.place(_ROUTE), m.AT.format(path="world.drawn", sentence=m.DRAWN_RESIDENTS))
    elif world.residents < drawn.communities:
        sentence = m.MORE_THAN_THERE_ARE.format(given=drawn.communities, most=world.residents, of="world.residents")
        _complain(document, "communities", sentence, complaints)
    if drawn.communities < drawn.streets:
        sentence = m.MORE_THAN_THERE_ARE.format(
            given=drawn.streets, most=drawn.communities, of="world.drawn.communities"
        )
        _complain(document, "streets", sentence, complaints)


def check_sizes(document: Document, places: Places, complaints: Complaints) -> None:
    """Complain if a drawn community is larger than one of a table may be."""
    residents, posts = max(places.residents_by_community.values()), max(place.posts for place in places.communities)
    if residents > MOST_SETTLEMENT_RESIDENTS or posts > MOST_POSTS:
        sentence = m.DRAWN_TOO_LARGE.format(
            residents=residents, posts=posts, most_residents=MOST_SETTLEMENT_RESIDENTS, most_posts=MOST_POSTS
        )
        _complain(document, "communities", sentence, complaints)


def draw_places(base: Places, drawn: Drawn, residents: int) -> Places:
    """Return places of exactly this size, each community a copy of one of the base world that its name draws.

    A copy has the office floor and top-ups of its original; its residents are those of the world in proportion to the
    originals, its posts and own income are to its residents as the original's are, and its residents live in one
    settlement at the original's mean distance. Streets have as many communities each as can be, and cadres by
    residents.
    """
    names = [f"{drawn.name}-{number:04d}" for number in range(1, drawn.communities + 1)]
    known = base.communities
    originals = [known[math.floor(len(known) * text_uniform(f"copied:{name}"))] for name in names]
    of_originals = base.residents_by_community
    counts = apportion(residents, [of_originals[place.id] for place in originals], 1)
    streets = [f"{drawn.name}-office-{i * drawn.streets // drawn.communities + 1:03d}" for i in range(len(names))]
    distances = _mean_distances(base)
    return Places(
        district=f"{drawn.name}-district",
        communities=tuple(
            _copied(original, name, street, count, of_originals[original.id], drawn.least_posts)
            for name, original, street, count in zip(names, originals, streets, counts, strict=True)
        ),
        settlements=tuple(
            SettlementPlace(f"{name}-home", name, name, name, count, distances[original.id])
            for name, original, count in zip(names, originals, counts, strict=True)
        ),
        street_offices=_offices(base, streets, counts),
        drawn_as=drawn.name,
    )


def _complain(document: Document, field: str, sentence: str, complaints: Complaints) -> None:
    complaints.add(document.place((*_ROUTE, field)), m.AT.format(path=f"world.drawn.{field}", sentence=sentence))


def _copied(
    original: CommunityPlace, name: str, street: str, residents: int, of_original: int, least_posts: int
) -> CommunityPlace:
    return replace(
        original,
        id=name,
        en=name,
        zh=name,
        street=street,
        posts=max(least_posts, half_up(original.posts * residents, of_original)),
        own_income_yuan_per_year=half_up(original.own_income_yuan_per_year * residents, of_original),
    )


def _mean_distances(base: Places) -> dict[str, float]:
    totals = dict.fromkeys(base.community_rows, 0.0)
    for place in base.settlements:
        totals[place.community] += place.residents * place.distance_km
    return {name: total / base.residents_by_community[name] for name, total in totals.items()}


def _offices(base: Places, streets: Sequence[str], residents: Sequence[int]) -> tuple[StreetPlace, ...]:
    """Return the offices with organs and power as the first of the base world, and cadres by residents as there."""
    totals: dict[str, int] = {}
    for street, count in zip(streets, residents, strict=True):
        totals[street] = totals.get(street, 0) + count
    first = base.street_offices[0]
    cadres = [office.cadres for office in base.street_offices]
    posts = None if None in cadres else sum(each or 0.0 for each in cadres)
    return tuple(
        replace(
            first,
            id=street,
            en=street,
            zh=street,
            cadres=None if posts is None else posts * count / base.n_residents,
        )
        for street, count in totals.items()
    )
