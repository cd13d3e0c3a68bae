"""A thousand threads, one needle (上面千条线，下面一根针): all that may reach a community, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from govsim.figures.curves import Point, fall, together
from govsim.figures.marks import BETTER, NEUTRAL, WORSE
from govsim.figures.names import text, wrapped
from govsim.figures.numbers import PERCENT, plain
from govsim.figures.sheet import FONT_SIZE, Sheet, axis
from govsim.figures.strands import Strand, strands
from govsim.figures.words import word
from govsim.institution.units import STREETS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from govsim.institution.institution import Institution

# What becomes of a thread, with its colour, its line and the mark where it begins; the words stand in the key.
FATES: Final = {
    "same": (NEUTRAL, "solid", "circle"),
    "more": (WORSE, "solid", "triangle-up"),
    "thinner": (BETTER, "dash", "circle"),
    "permit": (BETTER, "dot", "circle"),
    "gone": (NEUTRAL, "dashdot", "x-thin-open"),
}
# Pixels by hours a year: up to so many hours, so wide.
_WIDTHS: Final = ((10.0, 0.8), (40.0, 1.2), (120.0, 2.0), (400.0, 3.2), (float("inf"), 5.0))
_NAME_PIXELS: Final = 152
_LETTERS: Final = 24
_ROW_PIXELS: Final = 22
_BETWEEN: Final = 0.03
# In rows: how far the threads of an office lie apart, how far the needle hangs, the room above and below.
_SPREAD: Final = 0.62
_DROP: Final = 3.5
_HEAD: Final = 1.0
_FOOT: Final = 3.0
_NEEDLE: Final = 0.9
_KEY_PIXELS: Final = 22
_DOT: Final = {"circle": 3, "triangle-up": 6, "x-thin-open": 5}
_SAME: Final = 1e-9


@dataclass(frozen=True)
class Thread:
    """One line of a panel: from where, what is free there in hours a year, and what a reform made of it."""

    id: str
    y: float
    hours: float
    fate: str
    tooltip: str

    @property
    def width(self) -> float:
        """Width in pixels."""
        return next(width for most, width in _WIDTHS if self.hours <= most)


def fate_of(before: Strand | None, after: Strand | None) -> str:
    """Return what a reform makes of a thread: one of ``FATES``."""
    had, has = (strand.free_hours if strand else 0.0 for strand in (before, after))
    if after is None:
        return "gone"
    if abs(has - had) <= _SAME * max(had, has):
        return "same"
    if has > had:
        return "more"
    if has > 0.0:
        return "thinner"
    return "permit" if after.needs_permit else "gone"


def threads(before: Institution, after: Institution, community: str, lang: str = "en") -> go.Figure:
    """Return all mandates and inspections that may reach one community as threads into one needle, before and after.

    A thread is as wide as the hours a year that may be sent down without asking, by the terms of each institution
    (``govsim.figures.strands``): an expectation before departments choose what becomes of their work, and no record
    of a run. What a reform stops or thins is a broken line on the right, and is counted in words below.

    Parameters
    ----------
    before, after
        Institutions of the same places, as ``Timetable.regime(month).institution`` gives.
    community
        Id of the community, ``customdata`` of both needles; that of a thread is the id of its mandate.
    lang
        English (``en``) or Chinese (``zh``).
    """
    pair = strands(before, community), strands(after, community)
    ids = list(dict.fromkeys((*pair[0], *pair[1])))
    fates = {id_: fate_of(pair[0].get(id_), pair[1].get(id_)) for id_ in ids}
    offices, names = _offices(before, lang), _names(before, lang)
    heights = _heights(ids, {**pair[1], **pair[0]}, list(offices))
    bottom = -len(offices) - _DROP
    sheet = Sheet(axes=_axes(bottom))
    for office, row in zip(offices.values(), range(len(offices)), strict=True):
        sheet.note(wrapped(office, _LETTERS), y=-row, xanchor="right", xshift=-8, align="right")
    for panel, own in enumerate(pair, 1):
        # What no longer reaches the community is still drawn on the right, as a line that is broken.
        shown = ids if panel > 1 else list(own)
        found = [
            Thread(
                id_,
                heights[id_],
                own[id_].free_hours if id_ in own else 0.0,
                fates[id_] if panel > 1 else "same",
                _tooltip(names[id_], own.get(id_), lang),
            )
            for id_ in shown
        ]
        _draw_lines(sheet, panel, found, (_NEEDLE, bottom))
        _draw_ends(sheet, panel, found, (_NEEDLE, bottom), community)
        _say_needle(sheet, panel, own, bottom, lang)
    lines = _count(sheet, pair, fates, lang)
    title = word("title threads", lang, place=_place_name(before, community, lang))
    margin = {"l": _NAME_PIXELS}
    return sheet.figure(_ROW_PIXELS * (_HEAD + _FOOT - bottom), title, 12 + _KEY_PIXELS * lines, margin=margin)


def _place_name(institution: Institution, community: str, lang: str) -> str:
    place = institution.places.communities[institution.places.community_rows[community]]
    return text(place.zh if lang == "zh" else place.en)


def _offices(institution: Institution, lang: str) -> dict[str, str]:
    departments = institution.catalogue.departments
    return {each.id: each.zh if lang == "zh" else each.en for each in departments} | {STREETS: word("street", lang)}


def _names(institution: Institution, lang: str) -> dict[str, str]:
    """Return the name of each mandate and inspection, safe for a figure, its office in the line below."""
    offices = {id_: text(name) for id_, name in _offices(institution, lang).items()}
    names = {f"inspection-{id_}": f"<b>{word('inspection', lang)}</b><br>{name}" for id_, name in offices.items()}
    for each in institution.catalogue.mandates:
        own = text(each.zh if lang == "zh" else each.en)
        names[each.id] = f"<b>{own}</b><br>{offices[each.department]}"
    return names


def _heights(ids: Sequence[str], known: Mapping[str, Strand], offices: Sequence[str]) -> dict[str, float]:
    """Return where each thread begins: those of an office side by side in its row."""
    heights = {}
    for row, office in enumerate(offices):
        own = [id_ for id_ in ids if known[id_].office == office]
        for place, id_ in enumerate(own):
            heights[id_] = -row + _SPREAD * (0.5 - (place + 0.5) / len(own))
    return heights


def _axes(bottom: float) -> dict[str, Any]:
    half = (1.0 - _BETWEEN) / 2
    hidden = {"visible": False, "fixedrange": True}
    return {
        "yaxis": {"range": [bottom - _FOOT, _HEAD], **hidden},
        "xaxis": {"domain": [0.0, half], "range": [0, 1], **hidden},
        "xaxis2": {"domain": [1.0 - half, 1.0], "range": [0, 1], "anchor": "y", **hidden},
    }


def _draw_lines(sheet: Sheet, panel: int, found: Sequence[Thread], needle: Point) -> None:
    """Draw the threads of a panel, one trace a look; what is broken lies behind what still comes down."""
    for fate, (colour, dash, _) in reversed(FATES.items()):
        own = [thread for thread in found if thread.fate == fate]
        for width in sorted({thread.width for thread in own}):
            curves = together(fall((0.0, each.y), needle) for each in own if each.width == width)
            line = {"width": width, "color": colour, "dash": dash}
            opacity = 0.8 if dash == "solid" else 1.0
            look = {"mode": "lines", "line": line, "opacity": opacity, "hoverinfo": "skip"}
            sheet.traces.append({**curves, **look, **_in(panel)})


def _draw_ends(sheet: Sheet, panel: int, found: Sequence[Thread], needle: Point, community: str) -> None:
    """Draw where threads begin, a mark each that says what it is, and the needle in which they end."""
    starts = {"x": [0.0] * len(found), "y": [round(each.y, 4) for each in found]}
    texts = {"hovertext": [each.tooltip for each in found], "customdata": [each.id for each in found]}
    looks = [FATES[each.fate] for each in found]
    colours, symbols = [colour for colour, *_ in looks], [symbol for *_, symbol in looks]
    marker = {"size": [_DOT[symbol] for symbol in symbols], "symbol": symbols, "color": colours}
    marker |= {"line": {"width": 1, "color": colours}}
    dots = {"mode": "markers", "marker": marker, "hoverinfo": "text", "cliponaxis": False}
    sheet.traces.append({**starts, **texts, **dots, **_in(panel)})
    eye = {"symbol": "diamond-tall", "size": 15, "color": NEUTRAL, "line": {"width": 1, "color": NEUTRAL}}
    point = {"x": [needle[0]], "y": [needle[1]], "customdata": [community], "marker": eye, "mode": "markers"}
    sheet.traces.append({**point, "hoverinfo": "skip", **_in(panel)})


def _in(panel: int) -> dict[str, Any]:
    return {"type": "scatter", "xaxis": axis("x", panel), "yaxis": "y", "showlegend": False}


def _say_needle(sheet: Sheet, panel: int, own: Mapping[str, Strand], bottom: float, lang: str) -> None:
    """Name a panel, and say below its needle how many threads end there and how many hours they are."""
    free = [strand.free_hours for strand in own.values() if strand.free_hours > 0.0]
    says = word("needle", lang, threads=len(free), hours=plain(sum(free), 0))
    column = {"xref": f"{axis('x', panel)} domain"}
    sheet.note(says, y=bottom - 0.45, x=1.0, xanchor="right", yanchor="top", align="right", **column)
    name = f"<b>{word('before' if panel == 1 else 'after', lang)}</b>"
    sheet.note(name, y=_HEAD, yanchor="bottom", font={"size": FONT_SIZE}, **column)


def _tooltip(name: str, strand: Strand | None, lang: str) -> str:
    if strand is None:
        return f"{name}<br>{word('terms gone', lang)}"
    free, planned = (plain(hours, 1) for hours in (strand.free_hours, strand.planned_hours))
    return f"{name}<br>{word('free hours', lang, free=free, planned=planned)}<br>{_terms(strand, lang)}"


def _terms(strand: Strand, lang: str) -> str:
    if strand.kept_share < 1.0:
        return word("terms kept", lang, share=plain(strand.kept_share, 0, PERCENT))
    if not strand.needs_permit:
        return word("terms free", lang)
    return word("terms listed" if strand.is_listed else "terms permit", lang)


def _count(
    sheet: Sheet, pair: tuple[Mapping[str, Strand], Mapping[str, Strand]], fates: Mapping[str, str], lang: str
) -> int:
    """Say in the key how many threads became what, and how many hours a year that is; return how many lines it has."""
    said = [fate for fate in FATES if fate in fates.values()]
    for fate in said:
        own = [id_ for id_ in fates if fates[id_] == fate]
        had, has = (sum(strands_[id_].free_hours for id_ in own if id_ in strands_) for strands_ in pair)
        name = word(f"fate {fate}", lang, threads=len(own), hours=plain(abs(has - had) if fate != "same" else has, 0))
        colour, dash, symbol = FATES[fate]
        line = {"color": colour, "dash": dash, "width": 2}
        marker = {"symbol": symbol, "color": colour, "size": _DOT[symbol], "line": {"width": 1, "color": colour}}
        # A dot on a short broken line would hide how it is broken.
        mode = "lines" if symbol == "circle" else "lines+markers"
        key = {"mode": mode, "line": line, "marker": marker, "showlegend": True}
        sheet.traces.append({"type": "scatter", "x": [None], "y": [None], "name": name, **key})
    return len(said)
