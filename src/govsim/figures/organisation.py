"""The organisational graph with what it carries, load on offices and hours on edges; and a reform as a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.figures.flows import Office, Traffic, by_street, traffic
from govsim.figures.layers import SIDES, Layers, canvas, inner_pixels, layers, write_names
from govsim.figures.marks import NEUTRAL
from govsim.figures.names import text, wrapped
from govsim.figures.numbers import PERCENT, plain, signed
from govsim.figures.sheet import LINE_PIXELS, SIDE_PIXELS, Sheet
from govsim.figures.strokes import draw_lines, draw_marks, key, scale
from govsim.figures.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from govsim.institution.institution import Institution
    from govsim.recording.recorder import Recording

# More marks than this are too many for SVG: the communities of a street then share one.
MOST_NODES: Final = 2000
_CLASSES: Final = ((0.9, "spare"), (1.1, "full"), (float("inf"), "over"))
# Loads between which a mark grows, and by how much a load changes before a triangle says so or is as large as it gets.
_SMALLEST, _LARGEST = 0.5, 1.7
_ALIKE: Final = 0.02
_GREATEST_CHANGE: Final = 0.5
# Less than a second a month is what fitting leaves, and no change.
_NOTHING: Final = 1e-4
_FAINT: Final = 0.12
# The widest line of a difference stands for this share of the widest of the graph at least, so that dust is no rope.
_LEAST_SCALE: Final = 0.02
_KEY_PIXELS: Final = 20
_LETTERS: Final = 54


def organisation(
    institution: Institution,
    recordings: Sequence[Recording],
    month: int | None = None,
    lang: str = "en",
    focus: str | None = None,
) -> go.Figure:
    """Return the graph of a district: departments above, streets, communities in rows below.

    A mark grows with the load of its office, hours of work over hours there are, and its shape says where on the scale
    it is; the wider a line, the more hours of jobs a month. ``govsim.figures.flows`` says what is measured and what is
    shared out. The district commands everybody, so its lines are left out. Beyond 2,000 offices one mark stands for
    the communities of a street, and a note says so.

    Parameters
    ----------
    institution
        In force in what is shown.
    recordings
        Of its runs, one a replicate; shown is their mean.
    month
        Of the run, counted from 0, warm-up included; by default the whole reported part.
    lang
        English (``en``) or Chinese (``zh``).
    focus
        Id of an office whose own lines stand out. The id of each office is the ``customdata`` of its mark.
    """
    found, places = _placed(institution, traffic(institution, recordings, month))
    names = _names(institution, found, lang)
    sheet = canvas(places, names)
    lines = [(edge.source, edge.target, edge.hours) for edge in found.edges]
    most = max((hours for *_, hours in lines), default=0.0)
    far = [line for line in lines if focus and focus not in line[:2]]
    draw_lines(sheet, places, far, most, "flow", _FAINT)
    draw_lines(sheet, places, [line for line in lines if line not in far], most, "flow", 0.5)
    kinds = {id_: class_of(office.load) for id_, office in found.offices.items()}
    sizes = {id_: ((office.load or 0.0) - _SMALLEST) / (_LARGEST - _SMALLEST) for id_, office in found.offices.items()}
    draw_marks(
        sheet, places, kinds, sizes, {id_: _tooltip(each, names[id_], lang) for id_, each in found.offices.items()}
    )
    numbers = {id_: f"{plain(each.load, 0, PERCENT)} %" for id_, each in found.offices.items() if each.load is not None}
    write_names(sheet, places, names, numbers)
    _draw_district(sheet, places, institution, found, lang)
    when = word("reported part", lang) if month is None else recordings[0].calendar.label(month)
    _head(sheet, (when, "percent of load", scale(most, lang)), found, lang)
    n_keys = key(sheet, kinds.values(), ["flow"] if lines else [], lang)
    return _figure(sheet, n_keys, word("title organisation", lang))


def organisation_difference(
    institutions: tuple[Institution, Institution],
    without: Sequence[Recording],
    with_reform: Sequence[Recording],
    month: int | None = None,
    lang: str = "en",
) -> go.Figure:
    """Return what a reform changes in the graph of a district: lines that vanish, thin or thicken, loads that move.

    A line is as wide as its hours a month differ, on a scale that is at least a fiftieth of that of the graph; one that
    differs by nothing is not drawn. A triangle is an office
    whose load rose or fell by two points or more.

    Parameters
    ----------
    institutions
        In force without and with the reform, of the same places.
    without, with_reform
        Recordings of the same replicates.
    month, lang
        As of ``organisation``.
    """
    before, places = _placed(institutions[0], traffic(institutions[0], without, month))
    after, _ = _placed(institutions[1], traffic(institutions[1], with_reform, month))
    names = _names(institutions[0], before, lang)
    sheet = canvas(places, names)
    changes = changed_lines(before, after)
    largest = max((edge.hours for edge in before.edges), default=0.0)
    most = max([_LEAST_SCALE * largest, *(hours for lines in changes.values() for *_, hours in lines)])
    for kind, lines in changes.items():
        draw_lines(sheet, places, lines, most, kind, 0.65)
    moves = {id_: _move(office, after.offices[id_]) for id_, office in before.offices.items()}
    kinds = {id_: _kind_of(move) for id_, move in moves.items()}
    sizes = {id_: abs(move or 0.0) / _GREATEST_CHANGE for id_, move in moves.items()}
    texts = {
        id_: f"{_tooltip(after.offices[id_], names[id_], lang)}<br>{word('load before', lang, load=_percent(each))}"
        for id_, each in before.offices.items()
    }
    draw_marks(sheet, places, kinds, sizes, texts)
    write_names(
        sheet, places, names, {id_: signed(move, 0, PERCENT) for id_, move in moves.items() if move is not None}
    )
    _draw_district(sheet, places, institutions[0], after, lang)
    when = word("reported part", lang) if month is None else without[0].calendar.label(month)
    nothing = "" if any(changes.values()) else word("no change", lang)
    _head(sheet, (when, "points of load", nothing or scale(most, lang)), before, lang)
    n_keys = key(sheet, kinds.values(), [kind for kind, lines in changes.items() if lines], lang)
    return _figure(sheet, n_keys, word("title difference", lang))


def class_of(load: float | None) -> str:
    """Return in which part of the scale a load is."""
    return "none" if load is None else next(name for most, name in _CLASSES if load < most)


def changed_lines(before: Traffic, after: Traffic) -> dict[str, list[tuple[str, str, float]]]:
    """Return (from, to, hours a month) of lines that are ``thinner``, ``thicker`` or have ``vanished``."""
    hours = [{(edge.source, edge.target): edge.hours for edge in each.edges} for each in (before, after)]
    found: dict[str, list[tuple[str, str, float]]] = {"thinner": [], "vanished": [], "thicker": []}
    for ends in dict.fromkeys((*hours[0], *hours[1])):
        had, has = (each.get(ends, 0.0) for each in hours)
        if abs(has - had) > _NOTHING:
            kind = "thicker" if has > had else "thinner" if has > _NOTHING else "vanished"
            found[kind].append((*ends, abs(has - had)))
    return found


def _move(before: Office, after: Office) -> float | None:
    return None if before.load is None or after.load is None else after.load - before.load


def _kind_of(move: float | None) -> str:
    if move is None:
        return "none"
    return "alike" if abs(move) < _ALIKE else "rose" if move > 0.0 else "fell"


def _placed(institution: Institution, found: Traffic) -> tuple[Traffic, Layers]:
    """Return the graph, communities gathered by street if they are too many, and where everybody stands."""
    places = institution.places
    groups = {street: [place.id for place in places.communities if place.street == street] for street in places.streets}
    if len(found.offices) > MOST_NODES:
        found, groups = by_street(institution, found), {street: [f"{street}/"] for street in groups}
    return found, layers(institution, groups)


def _names(institution: Institution, found: Traffic, lang: str) -> dict[str, str]:
    places = institution.places
    departments = ((each.id, each.en, each.zh) for each in institution.catalogue.departments)
    streets = ((each.id, each.en, each.zh) for each in places.street_offices)
    communities = ((each.id, each.en, each.zh) for each in places.communities)
    names = {id_: zh if lang == "zh" else en for id_, en, zh in (*departments, *streets, *communities)}
    names[places.district] = word("district", lang)
    gathered = [office for office in found.offices.values() if office.kind == "communities"]
    return names | {office.id: word("gathered", lang, n=office.n_places) for office in gathered}


def _percent(office: Office) -> str:
    return plain(office.load, 0, PERCENT)


def _tooltip(office: Office, name: str, lang: str) -> str:
    values: Mapping[str, float] = {
        "offered": office.offered_hours,
        "capacity": office.capacity_hours,
        "queue": office.queue_hours,
        "money": office.yuan,
    }
    lines = [f"<b>{text(name)}</b>", word("hover load", lang, load=_percent(office))]
    lines += [word(f"hover {key_}", lang, n=plain(value, 0)) for key_, value in values.items()]
    lines.insert(5, word("hover workers", lang, n=plain(office.workers, 1)))
    if office.kind.startswith("communit"):
        lines.append(word("hover overtime", lang, n=plain(office.overtime_hours, 0)))
        lines.append(word("hover requests", lang, n=plain(office.request_hours, 0)))
    return "<br>".join(lines)


def _draw_district(sheet: Sheet, places: Layers, institution: Institution, found: Traffic, lang: str) -> None:
    """Draw the district beside its departments, with what it pays for all offices."""
    x, y = places.at[institution.places.district]
    yuan = sum(office.yuan for office in found.offices.values())
    says = f"<b>{word('district', lang)}</b><br>{word('hover all', lang, n=plain(yuan, 0))}"
    mark = {"symbol": "square", "color": NEUTRAL, "size": 11}
    ids = {"customdata": [institution.places.district], "hovertext": [says], "hoverinfo": "text"}
    sheet.traces.append({"type": "scatter", "mode": "markers", "x": [x], "y": [y], "marker": mark, **ids})
    sheet.traces[-1]["showlegend"] = False


def _head(sheet: Sheet, says: tuple[str, str, str], found: Traffic, lang: str) -> None:
    """Say above the drawing of when it is, what its numbers and widths are, and whether communities are gathered."""
    when, numbers, widths = says
    gathering = word("gathering", lang) if any(each.kind == "communities" for each in found.offices.values()) else ""
    sentences = (word("layers", lang), word(numbers, lang), widths, gathering)
    lines = "<br>".join([f"<b>{when}</b>", *(wrapped(sentence, _LETTERS) for sentence in sentences if sentence)])
    sheet.head_pixels = 10 + LINE_PIXELS * (1 + lines.count("<br>"))
    sheet.note(lines, yref="paper", y=1.0, yanchor="bottom", xshift=SIDE_PIXELS - SIDES["l"])


def _figure(sheet: Sheet, n_keys: int, title: str) -> go.Figure:
    return sheet.figure(inner_pixels(sheet), title, 10 + _KEY_PIXELS * n_keys, margin=SIDES)
