"""Mergers of villages (并村、单村、联村), source R2."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal, Self

from pydantic import Field

from govsim.institution.joining import JoinCommunities, willing
from govsim.reforms.reform import Reform, covered

if TYPE_CHECKING:
    from collections.abc import Callable

    from govsim.institution.institution import Edit, Institution
    from govsim.institution.places import Places

LEAST_TO_JOIN: Final = 2


class VillageMerger(Reform):
    """One office, that of the seat, serves the settlements of all members of a group with the posts of all.

    Merged, a group has one set of what exists once a community, and its staff is pooled. Federated, its villages keep
    their committees: two skins, for acts need the consent of all, and workers serve two employers. Trap: the way to
    the office is longer, and what is announced rises at once, what is delivered only if pooling frees hours.
    """

    title_en: ClassVar[str] = "Village merger"
    title_zh: ClassVar[str] = "并村、单村、联村建社区"

    use: Literal["village_merger"] = "village_merger"
    mode: Literal["single", "merged", "federated"] = Field(
        default="merged", description="one village a community, several made one, or several kept under one"
    )
    groups: tuple[tuple[str, ...], ...] = Field(
        max_length=10_000, description="communities that join, one list a new community; the first is the seat"
    )
    added_km: float = Field(default=0.5, ge=0.0, le=20.0, description="longer way for who does not live at the seat")
    announced_rise: float = Field(default=0.05, ge=0.0, le=0.5, description="rise of the level of service announced")
    consent: Literal["assumed", "asked"] = Field(default="assumed", description="whether cooperatives may refuse")
    assets: Literal["kept", "pooled"] = Field(
        default="kept", description="whether each village keeps the money of its cooperative"
    )

    def communities(self, institution: Institution) -> tuple[str, ...]:
        """Return the ids of all members of all groups, in the order of the world."""
        members = {name for group in self.groups for name in group}
        return tuple(place.id for place in institution.places.communities if place.id in members)

    def amend(self, institution: Institution, dose: float) -> tuple[Edit, ...]:
        """Return an edit for each group that joins."""
        by_seat = {group[0]: group for group in self.groups}
        joining = [(seat, self._members(institution, by_seat[seat])) for seat in covered(by_seat, dose)]
        return tuple(
            JoinCommunities(
                reform_id=self.id,
                seat=seat,
                others=others,
                keeps_villages=self.mode == "federated",
                pools_assets=self.assets == "pooled",
                added_km=self.added_km,
                announced_rise=self.announced_rise,
            )
            for seat, others in joining
            if others is not None
        )

    def placed(self, places: Places, original: Callable[[str], str]) -> Self:
        """Return the merger with its groups in every copy of their seats, with the members that a scaled world has."""
        names = {place.id for place in places.communities}
        # What a copy adds to an id; the last copy may lack some places.
        marks = sorted({name.removeprefix(original(name)) for name in names})
        copies = (
            tuple(name + mark for name in group)
            for group in self.groups
            for mark in marks
            if group and group[0] + mark in names
        )
        groups = (tuple(name for name in group if name in names) for group in copies)
        least = 1 if self.mode == "single" else LEAST_TO_JOIN
        return self.model_copy(update={"groups": tuple(group for group in groups if len(group) >= least)})

    def neutral(self) -> Self:
        """Return a merger of nobody."""
        return self.model_copy(update={"groups": ()})

    def refusing(self, institution: Institution) -> tuple[str, ...]:
        """Return the ids of the communities whose cooperatives refuse, the same in every run."""
        if self.consent == "assumed":
            return ()
        return tuple(
            name for group in self.groups for name in sorted(set(group) - set(self._agreed(institution, group)))
        )

    def _members(self, institution: Institution, group: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return who joins the seat, or None where nothing comes of it."""
        if self.consent == "assumed":
            return group[1:]
        agreed = self._agreed(institution, group)
        if group[0] not in agreed or (len(agreed) == 1 and len(group) > 1):
            return None
        return agreed[1:]

    def _agreed(self, institution: Institution, group: tuple[str, ...]) -> tuple[str, ...]:
        return willing(institution, group, self.added_km, pools_assets=self.assets == "pooled")
