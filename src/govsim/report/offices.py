"""The organisational graph in the page: as it was, and what each reform changes in it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from govsim.figures.compared import difference_of, institutions_of, organisation_of
from govsim.figures.flows import by_street, traffic
from govsim.figures.numbers import PERCENT, plain
from govsim.figures.words import word
from govsim.report.drawings import Block, drawing
from govsim.report.printing import exact
from govsim.report.sentences import tell
from govsim.report.tables import Cell, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from govsim.figures.flows import Office, Traffic
    from govsim.institution.institution import Institution
    from govsim.report.subject import Subject

_COLUMNS = ("office", "load without", "load with", "work without", "work with")


def office_blocks(subject: Subject) -> Iterator[Block]:
    """Yield the graph of the baseline, and the difference that each reform makes with its table.

    Nothing, if recordings or scenarios are not at hand.
    """
    comparison, lang = subject.comparison, subject.lang
    if not comparison.n_recorded or not comparison.scenarios:
        return
    before = drawing("figure-offices", organisation_of(comparison, None, lang), 1, tell("alt offices", lang))
    yield Block(tell("as it was", lang), tell("read offices", lang, n=comparison.n_recorded), (before,))
    for arm, name in enumerate(subject.names):
        alt = tell("alt difference", lang, name=name)
        after = drawing(f"figure-difference-{arm + 1}", difference_of(comparison, arm, lang), 1, alt)
        yield Block(name, tell("read difference", lang), (after,), _table(subject, arm))


def _table(subject: Subject, arm: int) -> Table:
    """Return load and work of every office; the communities of a street are one line."""
    comparison, lang = subject.comparison, subject.lang
    institutions, recordings = institutions_of(comparison, arm), comparison.recordings_of(arm)
    without, with_reform = (
        by_street(institution, traffic(institution, runs))
        for institution, runs in zip(institutions, recordings, strict=True)
    )
    rows: list[Row] = []
    for kind, offices in groupby(without.offices.values(), key=lambda office: office.kind):
        rows.append(Row((), heading=tell(f"kind {kind}", lang)))
        rows += [_row(arm, office, with_reform, _name(institutions[0], office, lang)) for office in offices]
    return Table(tell("caption offices", lang), _COLUMNS, tuple(rows), lang)


def _row(arm: int, before: Office, with_reform: Traffic, name: str) -> Row:
    after = with_reform.offices[before.id]
    loads = [_number(f"{arm}.load.{before.id}.{key}", each.load, PERCENT) for key, each in _sides(before, after)]
    work = [_number(f"{arm}.work.{before.id}.{key}", each.offered_hours, 1.0) for key, each in _sides(before, after)]
    cells = (Cell(name, is_head=True), *map(Cell, (*loads, *work)))
    return Row(tuple(zip(_COLUMNS, cells, strict=True)))


def _sides(before: Office, after: Office) -> tuple[tuple[str, Office], ...]:
    return ("without", before), ("with", after)


def _number(of: str, value: float | None, factor: float) -> Markup:
    return exact(plain(value, 0, factor), value, of)


def _name(institution: Institution, office: Office, lang: str) -> str:
    places = institution.places
    streets = {each.id: str(getattr(each, lang)) for each in places.street_offices}
    if office.kind == "communities":
        gathered = word("gathered", lang, n=office.n_places)
        return str(tell("of street", lang, street=streets[office.id.removesuffix("/")], gathered=gathered))
    departments = {each.id: str(getattr(each, lang)) for each in institution.catalogue.departments}
    return (departments | streets)[office.id]
