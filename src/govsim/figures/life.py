"""The life of one job or request through the offices, without and with a reform, as lanes over working days."""

from __future__ import annotations

from dataclasses import dataclass
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
_AXIS_PIXELS: Final = 30
_HEADING_PIXELS: Final = 26
_BETWEEN_PIXELS: Final = 18
_BESIDE_PIXELS: Final = 14
_RIGHT_PIXELS: Final = 12
_FEWEST_DAYS: Final = 5


def life(before: Life, after: Life, lang: str = "en", name: str | None = None) -> go.Figure:
    """Return the life of one thing in the baseline and under a reform.

    Lanes are offices: community, street office and department. A line is where the thing lay in the evening of a day,
    dotted while it was on its way; marks say by their shape what happened, and ``life_marks`` has a sign for each.

    Parameters
    ----------
    before, after
        As ``govsim.experiments.followed.follow_thing`` returns them.
    lang
        English (``en``) or Chinese (``zh``).
    name
        Of the reform.
    """
    sheet = Sheet()
    span = max(_FEWEST_DAYS, _days(before), _days(after))
    left = round(max(pixels_of(why(f"layer {lane}", lang)) for lane in LANES)) + _BESIDE_PIXELS
    names = (why("baseline", lang), name or why("reform", lang))
    arms = [_Arm(each, own_name, span, left, lang) for each, own_name in zip((before, after), names, strict=True)]
    total = sum(arm.pixels for arm in arms) + _BETWEEN_PIXELS
    start = 0.0
    for panel, arm in enumerate(arms, 1):
        arm.draw(sheet, panel, start, total)
        start += arm.pixels + _BETWEEN_PIXELS
    _write_head(sheet, before, left, lang)
    margin = {"l": left, "r": _RIGHT_PIXELS}
    return sheet.figure(total, why("title life", lang), 8, margin=margin)


@dataclass(frozen=True)
class _Arm:
    """A life as it is drawn: under a name, over so many days, with room at the left for the names of lanes."""

    life: Life
    name: str
    span: int
    left: int
    lang: str

    @property
    def top(self) -> float:
        """How high its lanes reach."""
        return top_of(self.life, self.span)

    @property
    def lanes_pixels(self) -> float:
        """Height of its lanes."""
        return LANE_PIXELS * (self.top - BOTTOM)

    @property
    def pixels(self) -> float:
        """Height of all that is shown of it."""
        return _HEADING_PIXELS + self.lanes_pixels + _AXIS_PIXELS

    def draw(self, sheet: Sheet, panel: int, start: float, total: float) -> None:
        """Draw it so many pixels below the upper end of the figure: its name and its lanes."""
        place = {"yref": "paper", "yanchor": "top", "xshift": -self.left}
        sheet.note(f"<b>{_short(self.name)}</b>", y=1.0 - start / total, font={"size": FONT_SIZE}, **place)
        upper = start + _HEADING_PIXELS
        domain = (max(0.0, 1.0 - (upper + self.lanes_pixels) / total), 1.0 - upper / total)
        lane_axes(sheet, panel, domain, (self.top, self.span), self.lang)
        draw_lanes(sheet, self.life, panel, self.span, event_words(self.life, self.lang), self.lang)


def _days(each: Life) -> int:
    """Return how many days after it came up a thing was last seen."""
    last = each.events[-1].day if each.is_over else each.seen_until - 1
    return last - each.thing.day


def life_marks(each: Life, lang: str = "en") -> list[tuple[str, str]]:
    """Return the sign of each mark of a life and the day on which it stands, as ``life_sentences`` has the sentences.

    Figures cannot break a line where a window ends, so that a page says beside them what happened.
    """
    days = [(SHAPES[event.what].sign, event.day - each.thing.day) for event in each.events]
    days += [] if each.is_over else [("…", _days(each))]
    return [(sign, why("day", lang, day=day)) for sign, day in days]


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
