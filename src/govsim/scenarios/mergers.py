"""What the groups of a merger may be, alone and beside those of other mergers."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from govsim.reforms import VillageMerger
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import shown
from govsim.scenarios.entries import complain_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govsim.scenarios.complaints import Complaints
    from govsim.scenarios.document import Document, Route
    from govsim.scenarios.entries import ReformEntry
    from govsim.scenarios.place_names import NamesOfPlaces

_ELSEWHERE: Final = ("in_streets", "in_communities")
_NEVER: Final = "9999-99"


def check_mergers(
    document: Document, entries: Iterable[ReformEntry], names: NamesOfPlaces, complaints: Complaints
) -> None:
    """Check each merger against the world, and each against the others; what is wrong becomes complaints."""
    mergers = [(entry, entry.reform) for entry in entries if isinstance(entry.reform, VillageMerger)]
    for entry, merger in mergers:
        for field in _ELSEWHERE:
            if getattr(merger, field):
                complain_at(document, entry.route(field), str(m.GROUPS_SAY_WHERE), complaints)
        if not merger.groups:
            complain_at(document, entry.route("groups"), str(m.NO_GROUPS), complaints)
        first: dict[str, Route] = {}
        for number, group in enumerate(merger.groups):
            route = (*entry.route("groups"), number)
            _check_size(document, route, group, merger.mode, complaints)
            _check_members(document, route, group, names, complaints)
            _check_once(document, route, group, first, complaints)
    for (_, earlier), (entry, merger) in combinations(mergers, 2):
        _check_pair(document, entry, earlier, merger, complaints)


def _check_size(document: Document, route: Route, group: tuple[str, ...], mode: str, complaints: Complaints) -> None:
    if not group:
        complain_at(document, route, str(m.EMPTY_GROUP), complaints)
    elif mode == "single" and len(group) > 1:
        complain_at(document, route, m.SINGLE_GROUP.format(number=len(group)), complaints)
    elif mode != "single" and len(group) == 1:
        complain_at(document, route, m.GROUP_OF_ONE.format(given=shown(group[0])), complaints)


def _check_members(
    document: Document, route: Route, group: tuple[str, ...], names: NamesOfPlaces, complaints: Complaints
) -> None:
    street = names.communities.get(group[0]) if group else None
    for number, name in enumerate(group):
        own = names.communities.get(name)
        if own is None:
            complain_at(document, (*route, number), names.no_community(name), complaints)
        elif street is not None and own != street:
            given = {"given": shown(name), "street": own, "seat": shown(group[0]), "other": street}
            complain_at(document, (*route, number), m.ACROSS_STREETS.format(**given), complaints)


def _check_once(
    document: Document, route: Route, group: tuple[str, ...], first: dict[str, Route], complaints: Complaints
) -> None:
    for number, name in enumerate(group):
        here = (*route, number)
        before = first.setdefault(name, here)
        if before != here:
            sentence = m.TWICE_IN_GROUPS.format(given=shown(name), other=document.place(before))
            complain_at(document, here, sentence, complaints)


def _check_pair(
    document: Document, entry: ReformEntry, earlier: VillageMerger, merger: VillageMerger, complaints: Complaints
) -> None:
    month = max(earlier.starts_on, merger.starts_on)
    is_together = month < min(earlier.ends_on or _NEVER, merger.ends_on or _NEVER)
    if not is_together or not earlier.strength or not merger.strength:
        return
    taken = {name for group in earlier.groups for name in group}
    shared = next((name for group in merger.groups for name in group if name in taken), None)
    if shared is not None:
        sentence = m.TWO_MERGERS.format(given=shown(shared), other=earlier.id, month=month)
        complain_at(document, entry.route("groups"), sentence, complaints)
