"""What places are called, by id and by name, and help for whoever calls them otherwise."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from govsim.errors import DID_YOU_MEAN, did_you_mean
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import listed, shown
from govsim.scenarios.scaling import original_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from govsim.institution.places import CommunityPlace, Places, StreetPlace

MOST_LISTED: Final = 12
NEAR: Final = 0.75


class NamesOfPlaces:
    """The streets and communities of a world.

    Attributes
    ----------
    streets
        Ids.
    communities
        The street of each, by id.
    """

    def __init__(self, places: Places) -> None:
        self.streets = frozenset(places.streets)
        self.communities = {place.id: place.street for place in places.communities}
        self._street_names = _by_name(places.street_offices)
        self._community_names = _by_name(places.communities)

    def no_street(self, name: str) -> str:
        """Return what to say of a name that no street has."""
        hint = str(m.COMMUNITY_AS_STREET) if name in self.communities else ""
        hint = hint or _nearest(name, self.streets, self._street_names)
        return m.UNKNOWN_STREET.format(given=shown(name), hint=hint)

    def no_community(self, name: str) -> str:
        """Return what to say of a name that no community has."""
        hint = str(m.STREET_AS_COMMUNITY) if name in self.streets else ""
        hint = hint or _nearest(name, self.communities, self._community_names)
        return m.UNKNOWN_COMMUNITY.format(given=shown(name), hint=hint)


def _by_name(places: Iterable[StreetPlace | CommunityPlace]) -> dict[str, str]:
    """Return ids by English and Chinese names; a name that two places have stands for neither."""
    found: dict[str, set[str]] = {}
    for place in places:
        for name in (place.en, place.zh):
            found.setdefault(name.casefold(), set()).add(place.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def _nearest(name: str, ids: Collection[str], by_name: dict[str, str]) -> str:
    if original_id(name) in ids:
        return DID_YOU_MEAN.format(word=original_id(name))
    near_names = get_close_matches(name.casefold(), sorted(by_name), n=1, cutoff=NEAR)
    if name.casefold() in by_name or (near_names and not did_you_mean(name, ids)):
        return m.WRITE_ID.format(id=by_name.get(name.casefold()) or by_name[near_names[0]])
    near = did_you_mean(name, ids)
    if near or len(ids) > MOST_LISTED:
        return near
    return m.KNOWN_PLACES.format(known=listed(sorted(ids)))
