"""Lines and marks of the organisational graph: a few widths of line, and a shape for each thing that a mark can say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from govsim.figures.curves import bend, together
from govsim.figures.marks import BETTER, NEUTRAL, WORSE
from govsim.figures.numbers import decimals, plain
from govsim.figures.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govsim.figures.layers import Layers
    from govsim.figures.sheet import Sheet

SHAPES: Final = {
    "spare": ("circle-open", NEUTRAL),
    "full": ("circle", NEUTRAL),
    "over": ("diamond", WORSE),
    "none": ("x-thin-open", NEUTRAL),
    "fell": ("triangle-down", BETTER),
    "rose": ("triangle-up", WORSE),
    "alike": ("circle-open", NEUTRAL),
}
LINES: Final = {
    "flow": (NEUTRAL, "solid"),
    "thinner": (BETTER, "dot"),
    "vanished": (BETTER, "dash"),
    "thicker": (WORSE, "solid"),
}
# Shares of the widest line, and the pixels of lines up to it.
WIDTHS: Final = ((0.125, 0.4), (0.25, 0.8), (0.5, 1.5), (1.0, 2.7))
_STEPS: Final = 12
_LEAST, _MOST = 5.0, 10.0
Line = tuple[str, str, float]


def width_of(hours: float, most: float) -> float:
    """Return how wide a line is, in pixels, where the widest is ``most`` hours."""
    return next((width for share, width in WIDTHS if hours <= share * most), WIDTHS[-1][1])


def draw_lines(sheet: Sheet, places: Layers, lines: Sequence[Line], most: float, kind: str, opacity: float) -> None:
    """Draw lines (from, to, hours), one trace a width; ``meta`` has the hours of a trace."""
    colour, dash = LINES[kind]
    for _, width in WIDTHS:
        own = [line for line in lines if width_of(line[2], most) == width]
        if own:
            curves = together(bend(places.at[a], places.at[b], _STEPS, upright=True) for a, b, _ in own)
            line = {"width": width, "color": colour, "dash": dash}
            look = {"mode": "lines", "line": line, "opacity": opacity, "hoverinfo": "skip", "showlegend": False}
            sheet.traces.append({"type": "scatter", **curves, "meta": sum(hours for _, _, hours in own), **look})


def draw_marks(
    sheet: Sheet,
    places: Layers,
    kinds: Mapping[str, str],
    sizes: Mapping[str, float],
    texts: Mapping[str, str],
) -> None:
    """Draw offices, one trace a shape; sizes lie between 0 and 1, ids are the ``customdata`` of marks."""
    for kind, (symbol, colour) in SHAPES.items():
        own = [id_ for id_, its in kinds.items() if its == kind]
        if own:
            sheet.traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "x": [round(places.at[id_][0], 4) for id_ in own],
                    "y": [places.at[id_][1] for id_ in own],
                    "customdata": [id_.rstrip("/") for id_ in own],
                    "hovertext": [texts[id_] for id_ in own],
                    "hoverinfo": "text",
                    "showlegend": False,
                    "cliponaxis": False,
                    "marker": {
                        "symbol": symbol,
                        "color": colour,
                        "size": [round(_LEAST + (_MOST - _LEAST) * min(1.0, max(0.0, sizes[id_])), 1) for id_ in own],
                        "line": {"width": 1.6, "color": colour},
                        "opacity": 1,
                    },
                }
            )


def key(sheet: Sheet, kinds: Iterable[str], lines: Iterable[str], lang: str) -> int:
    """Say what the shapes and lines mean that occur; return how many there are."""
    shapes, strokes = set(kinds), set(lines)
    entries: list[dict[str, Any]] = [
        {
            "mode": "markers",
            "name": word(f"load {kind}", lang),
            "marker": {"symbol": symbol, "color": colour, "size": 9},
        }
        for kind, (symbol, colour) in SHAPES.items()
        if kind in shapes
    ]
    entries += [
        {"mode": "lines", "name": word(f"line {kind}", lang), "line": {"color": colour, "dash": dash, "width": 2}}
        for kind, (colour, dash) in LINES.items()
        if kind in strokes
    ]
    sheet.traces += [{"type": "scatter", "x": [None], "y": [None], "showlegend": True, **entry} for entry in entries]
    return len(entries)


def scale(most: float, lang: str) -> str:
    """Return in words what the widths of lines mean."""
    bounds = [plain(share * most, decimals(share * most, 2)) for share, _ in WIDTHS[:-1]]
    return word("line scale", lang, bounds=" · ".join(bounds)) if most > 0.0 else ""
