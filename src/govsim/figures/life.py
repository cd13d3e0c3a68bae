"""The life of one job or request through the offices, without and with a reform, as lanes over working days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.experiments.telling import event_words, when
from govsim.figures.lanes import BOTTOM, LANE_PIXELS, LANES, SHAPES, draw_lanes, lane_axes, top_of
from govsim.figures.names import fitted, pixels_of
from govsim.figures.sheet import FONT_SIZE, LINE_PIXELS, Sheet
from govsim.figures.why_words import why
from govsim.language import using

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from govsim.experiments.lives import Life

_LINE: Final = 356.0  # pixels, of texts and of bold ones
_BOLD_LINE: Final = 312.0
_TEXT_PIXELS: Final = 15.7
_AXIS_PIXELS: Final = 30
_HEADING_PIXELS: Final = 26
_BETWEEN_PIXELS: Final = 18
_BESIDE_PIXELS: Final = 14
_RIGHT_PIXELS: Final = 12
_FEWEST_DAYS: Final = 5


def life(before: Life, after: Life, lang: str = "en", name: str | None = None) -> go.Figure:
    """Return the life of one thing in the baseline and under a reform, each with what happened when in words below.

    Lanes are offices: community, street office and department. A line is where the thing lay in the evening of a day,
    dotted while it was on its way; marks say by their shape what happened, and the words below by the same sign.

    Parameters
    ----------
    before, after
        As ``govsim.experiments.followed.follow_thing`` returns them.
    lang
        English (``en``) or Chinese (``zh``).
    name
        Of the reform.
    """
    sheet, arms = Sheet(), (before, after)
    span = max(_FEWEST_DAYS, *(_days(each) for each in arms))
    lists = [_lines(each, lang) for each in arms]
    tops = [top_of(each, span) for each in arms]
    lanes = [LANE_PIXELS * (top - BOTTOM) for top in tops]
    sizes = [
        _HEADING_PIXELS + height + _AXIS_PIXELS + _TEXT_PIXELS * len(lines)
        for height, lines in zip(lanes, lists, strict=True)
    ]
    total = sum(sizes) + _BETWEEN_PIXELS
    names = (why("baseline", lang), name or why("reform", lang))
    left = round(max(pixels_of(why(f"layer {lane}", lang)) for lane in LANES)) + _BESIDE_PIXELS
    top = 0.0
    for panel, (each, lines) in enumerate(zip(arms, lists, strict=True), 1):
        heading = {"y": 1.0 - top / total, "yanchor": "top", "font": {"size": FONT_SIZE}}
        sheet.note(f"<b>{_short(names[panel - 1])}</b>", yref="paper", xshift=-left, **heading)
        start = top + _HEADING_PIXELS
        domain = (max(0.0, 1.0 - (start + lanes[panel - 1]) / total), 1.0 - start / total)
        lane_axes(sheet, panel, domain, (tops[panel - 1], span), lang)
        draw_lanes(sheet, each, panel, span, event_words(each, lang), lang)
        below = {"yref": "paper", "y": domain[0], "yanchor": "top", "yshift": -_AXIS_PIXELS + 4}
        sheet.note("<br>".join(lines), xshift=-left, **below)
        top += sizes[panel - 1] + _BETWEEN_PIXELS
    _write_head(sheet, before, left, lang)
    margin = {"l": left, "r": _RIGHT_PIXELS}
    return sheet.figure(total, why("title life", lang), 8, margin=margin)


def _days(each: Life) -> int:
    """Return how many days after it came up a thing was last seen."""
    last = each.events[-1].day if each.is_over else each.seen_until - 1
    return last - each.thing.day


def _lines(each: Life, lang: str) -> list[str]:
    """Return what happened when, each event behind the sign of its mark, in lines that fit."""
    said = [
        f"{SHAPES[event.what].sign} {why('on day', lang, day=event.day - each.thing.day, what=what)}"
        for event, what in zip(each.events, event_words(each, lang), strict=True)
    ]
    if not each.is_over:
        said.append(f"… {why('still open', lang, day=_days(each))}")
    return [line for words in said for line in fitted(words, _LINE)]


def _short(name: str) -> str:
    first, *more = fitted(name, _BOLD_LINE)
    return f"{first}…" if more else first


def _write_head(sheet: Sheet, before: Life, left: int, lang: str) -> None:
    """Say above both lives whose they are, and what lines mean."""
    thing = before.thing
    with using(lang):
        day = why("comes up", lang, when=when(before.calendar, thing.day))
    what = "<br>".join(fitted(why(thing.kind, lang, name=thing.name.said(lang)), _BOLD_LINE))
    lines = [f"<b>{what}</b>", *fitted(day, _LINE), *fitted(why("across", lang), _LINE)]
    sheet.note("<br>".join(lines), yref="paper", y=1.0, yanchor="bottom", xshift=-left, yshift=8)
    sheet.head_pixels = 16 + LINE_PIXELS * (len(lines) + what.count("<br>"))
