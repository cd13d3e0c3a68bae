"""The reforms of a scenario: read by the class that ``use`` names, checked against world and calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from govsim.errors import did_you_mean
from govsim.reforms import REFORMS
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import Complaints, listed, shown
from govsim.scenarios.findings import complain_all, dotted
from govsim.scenarios.scaling import original_id
from govsim.scenarios.schema import ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from govsim.clock import Calendar
    from govsim.institution.places import Places
    from govsim.reforms import Reform
    from govsim.scenarios.document import Document, Route


MOST_LISTED: Final = 12
# Fields of reforms that name places.
_PLACES: Final = ("in_streets", "in_communities", "groups")


@dataclass(frozen=True, slots=True)
class ReformEntry:
    """A reform and its position in the list of the file."""

    index: int
    reform: Reform

    def route(self, field: str) -> Route:
        """Return the route to a field of the entry."""
        return ("reforms", self.index, field)


def read_reforms(document: Document, complaints: Complaints) -> tuple[ReformEntry, ...]:
    """Return the reforms that can be read; what cannot be read becomes complaints."""
    entries = document.tree.get("reforms", ())
    read: list[ReformEntry] = []
    for index, entry in enumerate(entries if isinstance(entries, tuple) else ()):
        reform = _read_reform(document, index, entry, complaints) if isinstance(entry, dict) else None
        if reform is not None:
            read.append(ReformEntry(index, reform))
    _check_ids(document, complaints)
    return tuple(read)


def check_reforms(
    document: Document,
    entries: Iterable[ReformEntry],
    calendar: Calendar,
    places: Places,
    complaints: Complaints,
) -> None:
    """Check dates against the calendar and places against the world as its tables declare it."""
    streets = frozenset(places.streets)
    communities = frozenset(place.id for place in places.communities)
    for entry in entries:
        _check_dates(document, entry, calendar, complaints)
        for i, name in enumerate(entry.reform.in_streets):
            if name not in streets:
                hint = str(m.COMMUNITY_AS_STREET) if name in communities else _nearest(name, streets)
                sentence = m.UNKNOWN_STREET.format(given=shown(name), hint=hint)
                _complain(document, (*entry.route("in_streets"), i), sentence, complaints)
        for i, name in enumerate(entry.reform.in_communities):
            if name not in communities:
                hint = str(m.STREET_AS_COMMUNITY) if name in streets else _nearest(name, communities)
                sentence = m.UNKNOWN_COMMUNITY.format(given=shown(name), hint=hint)
                _complain(document, (*entry.route("in_communities"), i), sentence, complaints)


def place_reforms(
    document: Document, entries: Iterable[ReformEntry], places: Places, complaints: Complaints
) -> tuple[Reform, ...]:
    """Return the reforms with the places they name in every copy that a scaled world has of them."""
    placed: list[Reform] = []
    for entry in entries:
        reform = entry.reform.placed(places, original_id)
        named = [field for field in _PLACES if getattr(entry.reform, field, ())]
        if named and not any(getattr(reform, field) for field in named):
            _complain(document, entry.route(named[0]), m.SHRUNK_AWAY.format(residents=places.n_residents), complaints)
        placed.append(reform)
    return tuple(sorted(placed, key=lambda reform: reform.id))


def _read_reform(document: Document, index: int, entry: dict[str, Any], complaints: Complaints) -> Reform | None:
    route: Route = ("reforms", index)
    use = entry.get("use")
    if use is None:
        _complain(document, route, m.NO_USE.format(known=listed(sorted(REFORMS))), complaints)
        return None
    if not isinstance(use, str) or use not in REFORMS:
        hint = did_you_mean(str(use), REFORMS)
        sentence = m.UNKNOWN_REFORM.format(given=shown(use), hint=hint, known=listed(sorted(REFORMS)))
        _complain(document, (*route, "use"), sentence, complaints)
        return None
    reform_id = entry.get("id")
    if isinstance(reform_id, str) and not re.fullmatch(ID_PATTERN, reform_id):
        _complain(document, (*route, "id"), m.BAD_REFORM_ID.format(given=shown(reform_id)), complaints)
    try:
        return REFORMS[use].model_validate(entry)
    except ValidationError as error:
        complain_all(document, route, error, REFORMS[use], complaints)
        return None


def _check_ids(document: Document, complaints: Complaints) -> None:
    first: dict[str, Route] = {}
    entries = document.tree.get("reforms", ())
    for index, entry in enumerate(entries if isinstance(entries, tuple) else ()):
        reform_id = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(reform_id, str):
            continue
        route: Route = ("reforms", index, "id")
        before = first.setdefault(reform_id, route)
        if before != route:
            sentence = m.SAME_REFORM.format(given=shown(reform_id), other=document.place(before))
            _complain(document, route, sentence, complaints)


def _check_dates(document: Document, entry: ReformEntry, calendar: Calendar, complaints: Complaints) -> None:
    reform = entry.reform
    first = calendar.label(0)
    # Months written YYYY-MM sort as text.
    if reform.starts_on < first:
        sentence = m.STARTS_EARLY.format(given=shown(reform.starts_on), first=first)
        _complain(document, entry.route("starts_on"), sentence, complaints)
    if reform.ends_on is not None and reform.ends_on <= reform.starts_on:
        sentence = m.ENDS_EARLY.format(given=shown(reform.ends_on), start=reform.starts_on)
        _complain(document, entry.route("ends_on"), sentence, complaints)


def _complain(document: Document, route: Route, sentence: str, complaints: Complaints) -> None:
    complaints.add(document.place(route), m.AT.format(path=dotted(document, route), sentence=sentence))


def _nearest(name: str, known: Collection[str]) -> str:
    near = did_you_mean(name, known)
    if near or len(known) > MOST_LISTED:
        return near
    return m.KNOWN_PLACES.format(known=listed(sorted(known)))
