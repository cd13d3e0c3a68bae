"""Lanes over working days: where a piece of work lay, and a mark of its own shape for each thing that happened."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from govsim.experiments.lives import Layer, What
from govsim.figures.marks import BETTER, NEUTRAL, WORSE
from govsim.figures.names import text
from govsim.figures.sheet import GRID, SMALL, Sheet, axis
from govsim.figures.why_words import why

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govsim.experiments.lives import Event, Life

LANES: Final = (Layer.COMMUNITY, Layer.STREET, Layer.DEPARTMENT)
LANE_PIXELS: Final = 46
_STEP: Final = 0.24
BOTTOM: Final = -0.35
_MOST_STACKED: Final = 4
# Marks nearer than this share of the axis would lie on each other in a narrow window.
_NEAR: Final = 0.045
_AIR: Final = 0.03


@dataclass(frozen=True)
class Shape:
    """How an event looks: symbol of a figure, sign in a text, colour."""

    symbol: str
    sign: str
    colour: str


_CAME, _REACHED = Shape("circle", "●", NEUTRAL), Shape("circle-open", "○", NEUTRAL)
_ABOVE = Shape("square-open", "□", NEUTRAL)
_ENDED_BADLY = Shape("x", "✕", WORSE)
SHAPES: Final[Mapping[What, Shape]] = MappingProxyType(
    {
        **dict.fromkeys((What.CAME_DOWN, What.CAME_AD_HOC, What.CAME_WITH_PERMIT), _CAME),
        **dict.fromkeys((What.BROUGHT, What.CALLED, What.AGAIN), _CAME),
        **dict.fromkeys((What.ARRIVED, What.MOVED), _REACHED),
        What.TAKEN: Shape("square", "■", NEUTRAL),
        What.SENT_UP: Shape("triangle-up", "▲", NEUTRAL),
        What.PASSED_ON: Shape("triangle-up", "▲", NEUTRAL),
        What.SETTLED: Shape("diamond", "◆", BETTER),
        What.RETURNED: Shape("triangle-down", "▼", WORSE),
        What.DONE_IN_FULL: Shape("star", "★", BETTER),
        What.DONE_PERFUNCTORILY: Shape("star-open", "☆", WORSE),
        What.CLOSED: Shape("star", "★", NEUTRAL),
        What.EXPIRED: _ENDED_BADLY,
        What.GIVEN_UP: _ENDED_BADLY,
        **dict.fromkeys((What.DONE_ABOVE, What.BOUGHT, What.LET_BE, What.NOT_ISSUED), _ABOVE),
        **dict.fromkeys((What.DECLINED, What.NOT_VOICED, What.ANSWERED), _ABOVE),
    }
)
# Where something happens that is not at the office which has it afterwards.
_LANES: Final[Mapping[What, Layer]] = MappingProxyType(
    {
        **dict.fromkeys((What.DONE_ABOVE, What.BOUGHT, What.LET_BE, What.NOT_ISSUED), Layer.DEPARTMENT),
        What.SENT_UP: Layer.COMMUNITY,
        What.PASSED_ON: Layer.STREET,
    }
)


def lane_of(event: Event) -> int:
    """Return the lane of an event: that from which something is sent, or that of the office that has it."""
    return LANES.index(_LANES.get(event.what, event.office.layer))


def heights(life: Life, span: int) -> list[float]:
    """Return how high the mark of each event stands; what would lie on another mark stands above it."""
    placed: list[tuple[int, int, int]] = []
    found = []
    for event in life.events:
        lane, level = lane_of(event), 0
        near = [at for row, day, at in placed if row == lane and abs(event.day - day) < max(1.0, _NEAR * span)]
        while level in near and level < _MOST_STACKED:
            level += 1
        placed.append((lane, event.day, level))
        found.append(lane + level * _STEP)
    return found


def draw_lanes(sheet: Sheet, life: Life, panel: int, span: int, words: Sequence[str], lang: str) -> None:
    """Draw one life: lines for where it lay, dotted where it was on its way, and above them its marks."""
    solid, dotted = _paths(life)
    place = {"type": "scatter", "xaxis": axis("x", panel), "yaxis": axis("y", panel), "showlegend": False}
    for path, line in ((solid, {"width": 5}), (dotted, {"width": 2, "dash": "dot"})):
        look = {"mode": "lines", "hoverinfo": "skip", "cliponaxis": False, "line": {"color": NEUTRAL} | line}
        sheet.traces.append(place | path | look)
    shapes = [SHAPES[event.what] for event in life.events]
    days = [event.day - life.thing.day for event in life.events]
    sheet.traces.append(
        place
        | {
            "mode": "markers",
            "x": days,
            "y": heights(life, span),
            "cliponaxis": False,
            "hovertext": [text(why("on day", lang, day=day, what=what)) for day, what in zip(days, words, strict=True)],
            "hoverinfo": "text",
            "marker": {
                "symbol": [shape.symbol for shape in shapes],
                "color": [shape.colour for shape in shapes],
                "size": 11,
                "line": {"width": 1.4, "color": [shape.colour for shape in shapes]},
            },
        }
    )


def _paths(life: Life) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return lines of the days in which it lay somewhere, and of those in which it was on its way."""
    solid: tuple[list[float | None], list[float | None]] = ([], [])
    dotted: tuple[list[float | None], list[float | None]] = ([], [])
    start = life.thing.day
    lane = float(LANES.index(Layer.COMMUNITY))
    for stay in life.stays:
        to = float(LANES.index(stay.office.layer))
        xs, ys = dotted if stay.on_way else solid
        xs += [stay.first - start, stay.end - start, None]
        ys += [lane if stay.on_way else to, to, None]
        lane = to
    return {"x": solid[0], "y": solid[1]}, {"x": dotted[0], "y": dotted[1]}


def top_of(life: Life, span: int) -> float:
    """Return how high the marks of a life reach, in lanes, with room for the uppermost."""
    return max(len(LANES) - 1.0, *heights(life, span)) - BOTTOM


def lane_axes(sheet: Sheet, panel: int, domain: tuple[float, float], reach: tuple[float, int], lang: str) -> None:
    """Give a panel its lanes up to a height, with their names, and so many days."""
    top, span = reach
    sheet.axes[axis("yaxis", panel)] = {
        "domain": list(domain),
        "range": [BOTTOM, top],
        "anchor": axis("x", panel),
        "tickvals": list(range(len(LANES))),
        "ticktext": [why(f"layer {lane}", lang) for lane in LANES],
        "gridcolor": GRID,
        "zeroline": False,
        "tickfont": SMALL,
        "fixedrange": True,
    }
    sheet.axes[axis("xaxis", panel)] = {
        "range": [-_AIR * span, span * (1.0 + _AIR)],
        "anchor": axis("y", panel),
        "nticks": 6,
        "tickformat": "d",
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": GRID,
        "showgrid": False,
        "zeroline": False,
        "tickfont": SMALL,
        "fixedrange": True,
    }
