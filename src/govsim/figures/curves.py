"""Curves from one place to another: lines that run together without corners, and bands of a width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[float, float]
STEPS: Final = 14
# One in ten thousand of an axis is less than a pixel of any screen.
_DECIMALS: Final = 4


def bend(start: Point, end: Point, steps: int = STEPS, *, upright: bool = False) -> list[Point]:
    """Return the points of a curve that leaves and arrives level, or upright; it bends in the middle."""
    (x0, y0), (x1, y1) = start, end
    points = []
    for step in range(steps + 1):
        t = step / steps
        eased = t * t * (3.0 - 2.0 * t)
        across, down = (eased, t) if upright else (t, eased)
        points.append((x0 + (x1 - x0) * across, y0 + (y1 - y0) * down))
    return points


def fall(start: Point, end: Point, steps: int = STEPS) -> list[Point]:
    """Return the points of a curve that leaves level and arrives falling (a Bézier curve of the second degree)."""
    (x0, y0), (x1, y1) = start, end
    points = []
    for step in range(steps + 1):
        t = step / steps
        points.append((x0 + (x1 - x0) * (1.0 - (1.0 - t) ** 2), y0 + (y1 - y0) * t * t))
    return points


def band(start: Point, end: Point, width: float) -> list[Point]:
    """Return the outline of a band so high that runs between two places, of which each is the middle of an end."""
    middle = bend(start, end)
    return [(x, y + width / 2) for x, y in middle] + [(x, y - width / 2) for x, y in reversed(middle)]


def together(lines: Iterable[Sequence[Point]]) -> dict[str, Any]:
    """Return lines as the coordinates of one trace, with a gap between any two."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for line in lines:
        xs += [*(round(x, _DECIMALS) for x, _ in line), None]
        ys += [*(round(y, _DECIMALS) for _, y in line), None]
    return {"x": xs[:-1], "y": ys[:-1]}
