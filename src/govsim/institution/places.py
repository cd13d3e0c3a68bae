"""Where people live and who serves them: streets, communities and settlements as a world declares them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class SettlementPlace:
    """A settlement (居民点: 小区, 自然村): where residents live; it never changes.

    Attributes
    ----------
    id, en, zh
        Identity and names.
    community
        Id of the community that serves it at the start.
    residents
        Number of residents.
    distance_km
        Way to the service point, in kilometres.
    """

    id: str
    en: str
    zh: str
    community: str
    residents: int
    distance_km: float


@dataclass(frozen=True, slots=True)
class CommunityPlace:
    """A community (社区) with its posts and own money, as the world's table gives it."""

    id: str
    en: str
    zh: str
    street: str
    posts: int
    upper_floor: bool
    own_income_yuan_per_year: int
    topup_yuan_per_month: int


@dataclass(frozen=True, slots=True)
class StreetPlace:
    """A street office (街道办事处) as the world's table gives it.

    Attributes
    ----------
    organs
        Offices inside it (内设机构), between which a case of several lines is coordinated.
    cadres
        Posts; None stands for the usual number by residents.
    enforcement
        Whether it may enforce (执法) what departments otherwise have to decide.
    """

    id: str
    en: str
    zh: str
    organs: int = 7
    cadres: float | None = None
    enforcement: bool = False


@dataclass(frozen=True)
class Places:
    """All places of a world in canonical order, so the order of rows in files never matters.

    Streets that a world has no table of are made from the communities that name them. ``drawn_as`` is the name under
    which places were drawn, and empty where they are those of tables.
    """

    district: str
    communities: tuple[CommunityPlace, ...]
    settlements: tuple[SettlementPlace, ...]
    street_offices: tuple[StreetPlace, ...] = ()
    drawn_as: str = ""

    def __post_init__(self) -> None:
        communities = tuple(sorted(self.communities, key=lambda place: place.id))
        settlements = tuple(sorted(self.settlements, key=lambda place: (place.community, place.id)))
        object.__setattr__(self, "communities", communities)
        object.__setattr__(self, "settlements", settlements)
        named = {place.street for place in communities}
        known = {place.id: place for place in self.street_offices}
        offices = tuple(known.get(street) or StreetPlace(street, street, street) for street in sorted(named))
        object.__setattr__(self, "street_offices", offices)

    @cached_property
    def streets(self) -> tuple[str, ...]:
        """Ids of the streets, sorted."""
        return tuple(place.id for place in self.street_offices)

    @cached_property
    def community_rows(self) -> dict[str, int]:
        """Row of each community by its id."""
        return {place.id: row for row, place in enumerate(self.communities)}

    @cached_property
    def n_residents(self) -> int:
        """Residents of the district."""
        return sum(place.residents for place in self.settlements)

    @cached_property
    def residents_by_community(self) -> dict[str, int]:
        """Residents that each community serves."""
        totals = dict.fromkeys((place.id for place in self.communities), 0)
        for place in self.settlements:
            totals[place.community] += place.residents
        return totals

    @cached_property
    def residents_by_street(self) -> dict[str, int]:
        """Residents of each street."""
        totals = dict.fromkeys(self.streets, 0)
        for place in self.communities:
            totals[place.street] += self.residents_by_community[place.id]
        return totals
