"""Courses over months as lines with bands: what is undefined is a gap, and a line says at its end what it is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from govsim.figures.names import pixels_of, wrapped
from govsim.figures.sheet import GRID, LINE_PIXELS, SMALL, axis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govsim.experiments.months import Course

MIDDLE: Final = 0.5  # a point stands in the middle of its month
END_LETTERS: Final = 14
_FILL_OPACITY: Final = 0.2
_ALONE_PIXELS: Final = 6
_LINE_PIXELS: Final = 2.2


@dataclass(frozen=True)
class Line:
    """A course and how it looks; ``factor`` times its values is what the axis shows."""

    course: Course
    colour: str
    dash: str
    factor: float
    tooltips: Sequence[str]


def traces_of(line: Line, panel: int) -> list[dict[str, Any]]:
    """Return the band of a line and, above it, the line."""
    place = {"type": "scatter", "xaxis": axis("x", panel), "yaxis": axis("y", panel), "showlegend": False}
    return [place | _band(line), place | _mean(line)]


def value_axis(
    panel: int, domain: tuple[float, float], reach: tuple[float, float], *, marks_0: bool = False
) -> dict[str, Any]:
    """Return the vertical axis of a panel of lines, between two heights of the figure and over a range of values."""
    return {
        "domain": list(domain),
        "range": list(reach),
        "anchor": axis("x", panel),
        "gridcolor": GRID,
        "nticks": 5,
        "zeroline": marks_0,
        "zerolinewidth": 1.2,
        "tickfont": SMALL,
        "separatethousands": True,
        "exponentformat": "none",
        "fixedrange": True,
    }


def values_of(values: Any, factor: float) -> list[float | None]:
    """Return values as the axis shows them, None where there is none: Plotly leaves a gap there."""
    return [float(value) * factor if math.isfinite(value) else None for value in values]


def stretches(values: Sequence[float | None]) -> Iterator[range]:
    """Return the months of each unbroken stretch of defined values."""
    for is_defined, found in groupby(range(len(values)), key=lambda month: values[month] is not None):
        if is_defined:
            months = list(found)
            yield range(months[0], months[-1] + 1)


def last_of(line: Line) -> float | None:
    """Return the value where a line ends."""
    return next((value for value in reversed(values_of(line.course.mean, line.factor)) if value is not None), None)


def apart(heights: Sequence[float], needed: float, top: float) -> list[float]:
    """Return the heights of two labels or one, moved so far that both can be read and none leaves 0 to ``top``."""
    if len(heights) < 2 or abs(heights[0] - heights[1]) >= needed:  # noqa: PLR2004 a pair
        return list(heights)
    middle = min(max(sum(heights) / 2.0, needed / 2.0), top - needed / 2.0)
    sign = 1.0 if heights[0] >= heights[1] else -1.0
    return [middle + sign * needed / 2.0, middle - sign * needed / 2.0]


def size_of(label: str) -> tuple[float, float]:
    """Return width and height in pixels, about, of a name at the end of a line."""
    lines = wrapped(label, END_LETTERS).split("<br>")
    return max(map(pixels_of, lines)), float(LINE_PIXELS * len(lines))


def _mean(line: Line) -> dict[str, Any]:
    y = values_of(line.course.mean, line.factor)
    alone = {months[0] for months in stretches(y) if len(months) == 1}
    marks = {"size": [_ALONE_PIXELS if month in alone else 0 for month in range(len(y))], "color": line.colour}
    return {
        "x": [month + MIDDLE for month in range(len(y))],
        "y": y,
        "mode": "lines+markers" if alone else "lines",
        "line": {"color": line.colour, "dash": line.dash, "width": _LINE_PIXELS},
        "hovertext": list(line.tooltips),
        "hoverinfo": "text",
        "connectgaps": False,
    } | ({"marker": marks} if alone else {})


def _band(line: Line) -> dict[str, Any]:
    """Return one closed outline a stretch: along the low ends and back along the high ones."""
    low, high = values_of(line.course.low, line.factor), values_of(line.course.high, line.factor)
    x: list[float | None] = []
    y: list[float | None] = []
    for months in stretches(low):
        there, back = list(months), list(reversed(months))
        x += [month + MIDDLE for month in (*there, *back)] + [there[0] + MIDDLE, None]
        y += [low[month] for month in there] + [high[month] for month in back] + [low[there[0]], None]
    return {
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"color": line.colour, "dash": line.dash, "width": 0.7},
        "fill": "toself",
        "fillcolor": see_through(line.colour),
        "hoverinfo": "skip",
    }


def see_through(colour: str) -> str:
    """Return a colour that lets what lies below show."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{_FILL_OPACITY})"
