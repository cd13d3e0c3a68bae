"""The reforms of a scenario: read by the class that ``use`` names, checked against world and calendar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from govsim.errors import did_you_mean
from govsim.reforms import REFORMS
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import Complaints, listed, shown
from govsim.scenarios.entries import ReformEntry, complain_at
from govsim.scenarios.findings import complain_all
from govsim.scenarios.mergers import check_mergers
from govsim.scenarios.place_names import NamesOfPlaces
from govsim.scenarios.scaling import original_id
from govsim.scenarios.schema import ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govsim.clock import Calendar
    from govsim.institution.places import Places
    from govsim.reforms import Reform
    from govsim.scenarios.document import Document, Route


# Fields of reforms that name places.
_PLACES: Final = ("in_streets", "in_communities", "groups")


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
    settings: Sequence[str],
    complaints: Complaints,
) -> None:
    """Check dates against the calendar and places against the world as its tables declare it.

    A reform that a run shortened by settings does not reach is no mistake, but ``notices_about`` says so.
    """
    names = NamesOfPlaces(places)
    for entry in entries:
        _check_dates(document, entry, calendar, settings, complaints)
        for i, name in enumerate(entry.reform.in_streets):
            if name not in names.streets:
                complain_at(document, (*entry.route("in_streets"), i), names.no_street(name), complaints)
        for i, name in enumerate(entry.reform.in_communities):
            if name not in names.communities:
                complain_at(document, (*entry.route("in_communities"), i), names.no_community(name), complaints)
    check_mergers(document, entries, names, complaints)


def horizon_settings(settings: Iterable[str]) -> list[str]:
    """Return the settings that say when a run begins and how long it is."""
    return [setting for setting in settings if setting.strip().startswith("horizon.")]


def notices_about(
    document: Document, entries: Iterable[ReformEntry], calendar: Calendar, settings: Sequence[str]
) -> tuple[str, ...]:
    """Return a sentence for each reform that a run shortened by settings does not reach."""
    last = calendar.label(calendar.n_months - 1)
    chosen = ", ".join(f"--set {setting}" for setting in horizon_settings(settings))
    return tuple(
        m.NEVER_STARTS.format(
            file=document.file, id=entry.reform.id, start=entry.reform.starts_on, last=last, settings=chosen
        )
        for entry in entries
        if entry.reform.starts_on > last
    )


def place_reforms(
    document: Document, entries: Iterable[ReformEntry], places: Places, complaints: Complaints
) -> tuple[Reform, ...]:
    """Return the reforms with the places they name in every copy that a scaled world has of them."""
    placed: list[Reform] = []
    for entry in entries:
        reform = entry.reform.placed(places, original_id)
        named = [field for field in _PLACES if getattr(entry.reform, field, ())]
        if named and not any(getattr(reform, field) for field in named):
            complain_at(document, entry.route(named[0]), m.SHRUNK_AWAY.format(residents=places.n_residents), complaints)
        placed.append(reform)
    return tuple(sorted(placed, key=lambda reform: reform.id))


def refuse_places(document: Document, entries: Iterable[ReformEntry], complaints: Complaints) -> None:
    """Complain of reforms that name streets or communities where these are drawn, and so have other names."""
    for entry in entries:
        for field in _PLACES:
            if getattr(entry.reform, field, ()):
                complain_at(document, entry.route(field), str(m.NAMES_IN_DRAWN), complaints)


def _read_reform(document: Document, index: int, entry: dict[str, Any], complaints: Complaints) -> Reform | None:
    route: Route = ("reforms", index)
    use = entry.get("use")
    if use is None:
        complain_at(document, route, m.NO_USE.format(known=listed(sorted(REFORMS))), complaints)
        return None
    if not isinstance(use, str) or use not in REFORMS:
        hint = did_you_mean(str(use), REFORMS)
        sentence = m.UNKNOWN_REFORM.format(given=shown(use), hint=hint, known=listed(sorted(REFORMS)))
        complain_at(document, (*route, "use"), sentence, complaints)
        return None
    reform_id = entry.get("id")
    if isinstance(reform_id, str) and not re.fullmatch(ID_PATTERN, reform_id):
        complain_at(document, (*route, "id"), m.BAD_REFORM_ID.format(given=shown(reform_id)), complaints)
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
            complain_at(document, route, sentence, complaints)


def _check_dates(
    document: Document, entry: ReformEntry, calendar: Calendar, settings: Sequence[str], complaints: Complaints
) -> None:
    reform = entry.reform
    first, last = calendar.label(0), calendar.label(calendar.n_months - 1)
    # Months written YYYY-MM sort as text.
    if reform.starts_on < first:
        sentence = m.STARTS_EARLY.format(given=shown(reform.starts_on), first=first)
        complain_at(document, entry.route("starts_on"), sentence, complaints)
    if reform.starts_on > last and not horizon_settings(settings):
        sentence = m.STARTS_LATE.format(given=shown(reform.starts_on), last=last)
        complain_at(document, entry.route("starts_on"), sentence, complaints)
    if reform.ends_on is not None and reform.ends_on <= reform.starts_on:
        sentence = m.ENDS_EARLY.format(given=shown(reform.ends_on), start=reform.starts_on)
        complain_at(document, entry.route("ends_on"), sentence, complaints)
