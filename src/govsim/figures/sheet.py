"""What all figures are drawn on: texts, marks and lines in rows and columns, and a key below them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go

from govsim.experiments.pairing import Verdict
from govsim.figures.marks import MARKS
from govsim.figures.names import wrapped
from govsim.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FONT: Final = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif"
)
INK: Final = "#1a2129"
GRID: Final = "rgba(119,131,142,0.28)"
FONT_SIZE: Final = 13
SMALL: Final = {"size": 12}
MARK_SIZE: Final = 11
ROW_PIXELS: Final = 40
KEY_PIXELS: Final = 52
HEAD_PIXELS: Final = 26
LINE_PIXELS: Final = 17
SIDE_PIXELS: Final = 4
# A row is one unit high; its label stands above what it shows, and its line at 0 reaches this far.
LABEL_RISE: Final = 0.26
MARK_DROP: Final = 0.16
LINE_RISE: Final = 0.06
LINE_FALL: Final = -0.38
_BETWEEN_COLUMNS: Final = 0.03
_LETTERS: Final = 48
# What of a column the printed number takes, by how many columns there are.
_NUMBER_SHARE: Final = {1: 0.16, 2: 0.3, 3: 0.36, 4: 0.42}


@dataclass
class Sheet:
    """A figure in the making. Plotly checks whatever it is given, which is quick only if it is given all at once."""

    traces: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    axes: dict[str, Any] = field(default_factory=dict)
    head_pixels: int = HEAD_PIXELS

    def note(self, text: str, **where: Any) -> None:
        """Write a text, by default at the left end of the figure and in the middle of a row."""
        usual = {"xref": "paper", "x": 0.0, "xanchor": "left", "yref": "y", "yanchor": "middle", "align": "left"}
        self.notes.append(usual | {"text": text, "showarrow": False, "font": SMALL} | where)

    def label(self, row: int, text: str) -> None:
        """Write the label of a row above what it shows."""
        self.note(text, y=LABEL_RISE - row)

    def heading(self, row: int, text: str) -> None:
        """Write a heading in the place of a row."""
        self.note(f"<b>{text}</b>", y=-row, font={"size": FONT_SIZE})

    def number(self, row: int, column: int, text: str) -> None:
        """Write a number at the right end of a column, beside what the row shows."""
        self.note(text, y=-row - MARK_DROP, xref=f"{axis('x', column)} domain", x=1.0, xanchor="right")

    def zero_line(self, row: int, column: int, panel: int = 1) -> None:
        """Mark 0 in a row of a column, under its label."""
        ends = {"x0": 0, "x1": 0, "y0": LINE_FALL - row, "y1": LINE_RISE - row}
        look = {"line": {"color": INK, "width": 1.2}, "layer": "below"}
        self.shapes.append({"type": "line", "xref": axis("x", column), "yref": axis("y", panel)} | ends | look)

    def key(self, verdicts: Iterable[Verdict], lang: str) -> None:
        """Say below the figure what its shapes mean: those that occur, those who lose first."""
        occurring = set(verdicts) - {Verdict.UNDEFINED}
        for verdict in Verdict:
            if verdict in occurring:
                words = say(verdict.value, lang)
                self.traces.append({"x": [None], "y": [None], "name": words, "showlegend": True, **look_of(verdict)})

    def columns(self, names: Sequence[str], n_rows: int, low: float, high: float) -> None:
        """Divide the figure into columns from ``low`` to ``high``, each with its name above and room for numbers."""
        n = len(names)
        width = (1.0 - _BETWEEN_COLUMNS * (n - 1)) / n
        share = _NUMBER_SHARE[n]
        self.axes["yaxis"] = {"range": [0.5 - n_rows, 0.5], "visible": False, "fixedrange": True}
        for column, name in enumerate(names, 1):
            left = (column - 1) * (width + _BETWEEN_COLUMNS)
            self.axes[f"xaxis{column}"] = {
                "domain": [left, min(1.0, left + width)],
                "range": [low, high + (high - low) * share / (1.0 - share)],
                "anchor": "y",
                "visible": False,
                "fixedrange": True,
            }
            place = {"xref": f"{axis('x', column)} domain", "yref": "paper", "y": 1.0, "yanchor": "bottom"}
            self.note(self.headed(name, _LETTERS // n), yshift=18, font={"size": FONT_SIZE}, **place)

    def headed(self, name: str, letters: int) -> str:
        """Return a name as the heading of a column, in lines of so many letters, for which the sheet makes room."""
        lines = wrapped(name, letters)
        self.head_pixels = max(self.head_pixels, HEAD_PIXELS + LINE_PIXELS * (1 + lines.count("<br>")))
        return f"<b>{lines}</b>"

    def figure(self, inner_pixels: float, title: str, bottom: int = KEY_PIXELS, **more: Any) -> go.Figure:
        """Return the figure, so high between its head and what is below; its title is for who meets it alone."""
        layout = _layout(title) | self.axes | {"annotations": self.notes, "shapes": self.shapes}
        margin = {"l": SIDE_PIXELS, "r": SIDE_PIXELS, "t": self.head_pixels, "b": bottom} | more.pop("margin", {})
        height = round(inner_pixels + margin["t"] + margin["b"])
        return go.Figure(data=self.traces, layout=layout | {"height": height, "margin": margin} | more)


def key_follows(figure: go.Figure, pixels: float) -> go.Figure:
    """Return the figure with its key so far below its axes, however few lines it takes in a wide window."""
    y = (figure.layout.margin.b - pixels) / figure.layout.height
    return figure.update_layout(legend={"y": y, "yanchor": "top"})


def look_of(verdict: Verdict) -> dict[str, Any]:
    """Return how a trace of marks looks that all have this verdict."""
    mark = MARKS[verdict]
    line = {"width": 2, "color": mark.colour}
    return {
        "type": "scatter",
        "mode": "markers",
        "marker": {"symbol": mark.symbol, "color": mark.colour, "size": MARK_SIZE, "line": line},
    }


def axis(letter: str, number: int) -> str:
    """Return the name of the n-th axis, as ``x``, ``x2``, ``x3``."""
    return letter if number == 1 else f"{letter}{number}"


def _layout(title: str) -> dict[str, Any]:
    return {
        "template": go.layout.Template(),
        "meta": {"title": title},
        "font": {"family": FONT, "size": FONT_SIZE, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"align": "left", "font": {**SMALL, "family": FONT}},
        "legend": {
            "orientation": "h",
            "xref": "container",
            "yref": "container",
            "x": 0.0,
            "y": 0.0,
            "xanchor": "left",
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": SMALL,
        },
    }
