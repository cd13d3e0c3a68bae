"""What every reform has: when it starts, how it is phased in, where it holds, how strong it is."""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field

from govsim.randomness import text_entity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govsim.clock import Calendar
    from govsim.institution.institution import Edit, Institution
    from govsim.institution.places import Places

MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
Month = Annotated[str, Field(pattern=MONTH_PATTERN)]


class Reform(BaseModel):
    """A reform amends the institution; it never sees a resident, a worker or an outcome.

    The class is the schema of its entry in a scenario file. Dates are months, because reforms start, step up and
    end on the first working day of a month.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    use: str
    id: str = Field(min_length=1)
    starts_on: Month
    ends_on: Month | None = None
    phase_in_months: int = Field(default=1, ge=1, le=120)
    strength: float = Field(default=1.0, ge=0.0, le=1.0)
    in_streets: tuple[str, ...] = ()
    in_communities: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    title_en: ClassVar[str]
    title_zh: ClassVar[str]

    def dose(self, calendar: Calendar, month: int) -> float:
        """Return strength times phase in a month of the run, 0 before the start and from the end on."""
        if self.ends_on is not None and month >= _month(calendar, self.ends_on):
            return 0.0
        elapsed = month - _month(calendar, self.starts_on)
        if elapsed < 0:
            return 0.0
        return self.strength * min(1.0, (elapsed + 1) / self.phase_in_months)

    def communities(self, institution: Institution) -> tuple[str, ...]:
        """Return the ids of the communities in which the reform holds; no place named means everywhere."""
        if not self.in_streets and not self.in_communities:
            return tuple(place.id for place in institution.places.communities)
        return tuple(
            place.id
            for place in institution.places.communities
            if place.street in self.in_streets or place.id in self.in_communities
        )

    def nested_communities(self, institution: Institution, dose: float) -> tuple[str, ...]:
        """Return the communities of a reform that holds or does not hold: the share ``dose`` of its places.

        The order in which places come is keyed by their ids, so a larger dose only adds, and two reforms of the same
        dose are tried in the same places.
        """
        chosen = frozenset(covered(self.communities(institution), dose))
        return tuple(name for name in self.communities(institution) if name in chosen)

    def placed(self, places: Places, original: Callable[[str], str]) -> Self:
        """Return the reform with the places it names in every copy that a scaled world has of them."""
        return self.model_copy(
            update={
                "in_streets": tuple(name for name in places.streets if original(name) in self.in_streets),
                "in_communities": tuple(
                    place.id for place in places.communities if original(place.id) in self.in_communities
                ),
            }
        )

    @abstractmethod
    def amend(self, institution: Institution, dose: float) -> tuple[Edit, ...]:
        """Return the edits of the institution at a dose above 0."""

    @abstractmethod
    def neutral(self) -> Self:
        """Return the reform at the settings at which it changes nothing."""


def covered(places: Iterable[str], dose: float) -> list[str]:
    """Return the share ``dose`` of some places, in the order of a rank keyed by their ids."""
    ranked = sorted(places, key=lambda name: (text_entity(f"rank:{name}"), name))
    return ranked[: math.floor(len(ranked) * dose + 0.5)]


def _month(calendar: Calendar, label: str) -> int:
    year, month = label.split("-")
    return calendar.month_of(int(year), int(month))
