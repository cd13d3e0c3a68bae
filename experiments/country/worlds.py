"""The world of one part of a district: committees copied from a world of the scenarios, under its rules and numbers."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from country.apportioning import apportion, half_up
from country.plan import ROOT
from govsim.errors import ScenarioError
from govsim.institution.places import CommunityPlace, Places, SettlementPlace, StreetPlace
from govsim.institution.relations import draw_relations
from govsim.randomness import text_entity, text_uniform
from govsim.scenarios import load_scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from country.districts import District, PartSize
    from country.plan import Part
    from govsim.scenarios import Scenario


@lru_cache(maxsize=8)
def base_of(part: Part) -> Scenario:
    """Return the scenario whose world a part is drawn from.

    Raises
    ------
    ScenarioError
        If it cannot be used: it does not load, or does not report one year, or has a reform that names places.
    """
    base = load_scenario(ROOT / part.scenario, part.settings)
    if base.calendar.years != 1:
        message = f"{part.scenario}: the country is run for one year, so horizon.years must be 1"
        raise ScenarioError(message)
    named = [reform.id for reform in base.reforms if _names_places(reform.model_dump())]
    if named:
        message = f"{part.scenario}: reform {named[0]!r} names streets or communities, which drawn districts have not"
        raise ScenarioError(message)
    return base


def scenario_of(district: District, part: Part) -> Scenario:
    """Return what is run for one part of a district: the base scenario with drawn places instead of its own."""
    base = base_of(part)
    institution = base.institution
    places = draw_places(institution.places, f"{district.id}-{part.id}", district.sizes[part.id], part.least_posts)
    relations = draw_relations(places, institution.catalogue, institution.parameters)
    return replace(
        base,
        id=places.district,
        title_en=f"{district.id}, {part.en}",
        title_zh=f"{district.id}，{part.zh}",
        institution=replace(institution, places=places, relations=relations),
    )


def seed_of(seed: int, district: District, part: Part) -> int:
    """Return the root seed of one part of a district: the same names of mandates are drawn anew in each of them."""
    return text_entity(f"country:{seed}:{district.id}:{part.id}")


def draw_places(base: Places, name: str, size: PartSize, least_posts: int) -> Places:
    """Return places of exactly this size, each committee a copy of one of the base world that its name draws.

    A copy has the office floor and top-ups of its original; its residents are those of the part in proportion to the
    originals, its posts and own income are to its residents as the original's are, and its residents live in one
    settlement at the original's mean distance. Streets have as many committees each as can be, and cadres by residents.
    """
    ids = [f"{name}-{number:04d}" for number in range(1, size.units + 1)]
    originals = [base.communities[math.floor(len(base.communities) * text_uniform(f"copied:{id_}"))] for id_ in ids]
    of_originals = base.residents_by_community
    residents = apportion(size.residents, [of_originals[place.id] for place in originals], 1)
    offices = [f"{name}-office-{i * size.offices // size.units + 1:03d}" for i in range(size.units)]
    distances = _mean_distances(base)
    return Places(
        district=f"{name}-district",
        communities=tuple(
            _copied(original, id_, office, residents[i], of_originals[original.id], least_posts)
            for i, (id_, office, original) in enumerate(zip(ids, offices, originals, strict=True))
        ),
        settlements=tuple(
            SettlementPlace(f"{id_}-home", id_, id_, id_, count, distances[original.id])
            for id_, original, count in zip(ids, originals, residents, strict=True)
        ),
        street_offices=_offices(base, offices, residents),
    )


def _copied(
    original: CommunityPlace, id_: str, office: str, residents: int, of_original: int, least_posts: int
) -> CommunityPlace:
    return replace(
        original,
        id=id_,
        en=id_,
        zh=id_,
        street=office,
        posts=max(least_posts, half_up(original.posts * residents, of_original)),
        own_income_yuan_per_year=half_up(original.own_income_yuan_per_year * residents, of_original),
    )


def _mean_distances(base: Places) -> dict[str, float]:
    totals = dict.fromkeys(base.community_rows, 0.0)
    for place in base.settlements:
        totals[place.community] += place.residents * place.distance_km
    return {name: total / base.residents_by_community[name] for name, total in totals.items()}


def _offices(base: Places, offices: Sequence[str], residents: Sequence[int]) -> tuple[StreetPlace, ...]:
    """Return the offices with organs and power as the first of the base world, and cadres by residents as there."""
    totals: dict[str, int] = {}
    for office, count in zip(offices, residents, strict=True):
        totals[office] = totals.get(office, 0) + count
    first = base.street_offices[0]
    cadres = [office.cadres for office in base.street_offices]
    posts = None if None in cadres else sum(each or 0.0 for each in cadres)
    return tuple(
        replace(
            first,
            id=office,
            en=office,
            zh=office,
            cadres=None if posts is None else posts * count / base.n_residents,
        )
        for office, count in totals.items()
    )


def _names_places(settings: dict[str, object]) -> bool:
    return any(settings.get(name) for name in ("in_streets", "in_communities", "groups"))
