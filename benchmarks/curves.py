"""A curve as a small SVG drawing: medians with their spread on logarithmic axes, beside straight growth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH: Final = 460
HEIGHT: Final = 300
LEFT: Final = 62
RIGHT: Final = 34
TOP: Final = 34
BOTTOM: Final = 46
MOST_TICKS: Final = 6
INK: Final = "#1f2937"
PALE: Final = "#9ca3af"
LINE: Final = "#0f766e"


class Axis:
    """One axis from data to the drawing.

    Parameters
    ----------
    values
        What has to lie on it.
    start, end
        Where it begins and ends in the drawing.
    is_log
        Whether it is logarithmic, and then a decade long at least, so that a factor looks alike in every drawing;
        otherwise it begins at 0.
    """

    def __init__(self, values: Sequence[float], start: float, end: float, *, is_log: bool) -> None:
        self.is_log, self.start, self.end = is_log, start, end
        low, high = self._scaled(min(values)) if is_log else 0.0, self._scaled(max(values))
        missing = max(0.0, 1.0 - (high - low)) if is_log else 0.0
        room = 0.06 * (high - low + missing)
        self.low = low - missing / 2.0 - (room if is_log else 0.0)
        self.high = high + missing / 2.0 + room

    def _scaled(self, value: float) -> float:
        return math.log10(value) if self.is_log else value

    def at(self, value: float) -> float:
        """Return where a value lies in the drawing."""
        share = (self._scaled(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Return round values on the axis, six at most."""
        if not self.is_log:
            step = 10.0 ** math.floor(math.log10(self.high))
            step = next(step * part for part in (0.2, 0.5, 1.0, 2.0) if self.high <= MOST_TICKS * step * part)
            return [step * number for number in range(math.floor(self.high / step) + 1)]
        powers = range(math.floor(self.low), math.ceil(self.high) + 1)
        for steps in ((1, 2, 5), (1,)):
            found = [step * 10.0**power for power in powers for step in steps]
            found = [value for value in found if self.low <= math.log10(value) <= self.high]
            if len(found) <= MOST_TICKS:
                break
        return found


def drawing(curve: dict[str, Any]) -> str:
    """Return the SVG of a curve of ``build/bench.json``."""
    is_log = curve["exponent"] is not None
    across = Axis(curve["x"], LEFT, WIDTH - RIGHT, is_log=is_log)
    up = Axis([*curve["low"], *curve["high"]], HEIGHT - BOTTOM, TOP, is_log=is_log)
    body = [*_frame(curve, across, up), *_straight(curve, across, up), *_points(curve, across, up)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
    style = 'font-family="sans-serif" font-size="12"'
    title = escape(f"Seconds over {curve['what']}")
    back = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    return "\n".join([f'{head} {style} fill="{INK}">', f"<title>{title}</title>", back, *body, "</svg>"]) + "\n"


def _frame(curve: dict[str, Any], across: Axis, up: Axis) -> Iterator[str]:
    exponent = curve["exponent"]
    growth = f", exponent {exponent:.2f}" if exponent is not None else ""
    yield _text(LEFT, 18, f"{curve['what']}{growth}", "start")
    for value in curve["x"]:
        x = across.at(value)
        yield _line(x, TOP, x, HEIGHT - BOTTOM, PALE, 'stroke-width="0.5"')
        yield _text(x, HEIGHT - BOTTOM + 18, f"{value:,.0f}", "middle")
    for value in up.ticks():
        y = up.at(value)
        yield _line(LEFT, y, WIDTH - RIGHT, y, PALE, 'stroke-width="0.5"')
        yield _text(LEFT - 6, y + 4, f"{value:g} s", "end")
    yield _text(WIDTH - RIGHT, HEIGHT - 10, curve["what"].partition(",")[0], "end")


def _straight(curve: dict[str, Any], across: Axis, up: Axis) -> Iterator[str]:
    """Draw what growth in proportion from the last point would be, as far as it is inside the frame."""
    if curve["exponent"] is None:
        return
    x, seconds = curve["x"][-1], curve["seconds"][-1]
    first = max(curve["x"][0], x * min(curve["low"]) / seconds)
    start = (across.at(first), up.at(seconds * first / x))
    yield _line(*start, across.at(x), up.at(seconds), PALE, 'stroke-dasharray="4 4"')


def _points(curve: dict[str, Any], across: Axis, up: Axis) -> Iterator[str]:
    places = [(across.at(x), up.at(y)) for x, y in zip(curve["x"], curve["seconds"], strict=True)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="2"/>'
    for (x, y), low, high in zip(places, curve["low"], curve["high"], strict=True):
        yield _line(x, up.at(low), x, up.at(high), LINE, 'stroke-width="1.5"')
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{LINE}"/>'


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, rest: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" {rest}/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
