"""Months as an axis: years below it, the warm-up shaded, and where reforms begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from govsim.figures.lines import MIDDLE
from govsim.figures.names import wrapped
from govsim.figures.sheet import GRID, HEAD_PIXELS, INK, LINE_PIXELS, SMALL, Sheet, axis
from govsim.figures.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.clock import Calendar

_SHADE: Final = "rgba(119,131,142,0.18)"
_START_LETTERS: Final = 26
_MOST_YEARS: Final = 6
_MOST_MONTHS: Final = 4


def month_axis(sheet: Sheet, labels: Sequence[str], panels: Sequence[int]) -> None:
    """Give each panel the months of a run; the last says the years, which begin at their marks, or else some months."""
    shown = _marks(labels)
    for panel in panels:
        is_last = panel == panels[-1]
        sheet.axes[axis("xaxis", panel)] = {
            "range": [0, len(labels)],
            "anchor": axis("y", panel),
            "tickvals": [at for at, _ in shown],
            "ticktext": [said for _, said in shown],
            "showticklabels": is_last,
            "gridcolor": GRID,
            "ticks": "outside" if is_last else "",
            "ticklen": 4,
            "tickcolor": GRID,
            "zeroline": False,
            "tickfont": SMALL,
            "fixedrange": True,
        }


def _marks(labels: Sequence[str]) -> list[tuple[float, str]]:
    """Return where the axis says what: the years, or in less than two of them single months, whose points are there."""
    januaries = [(float(month), label[:4]) for month, label in enumerate(labels) if label.endswith("-01")]
    if len(januaries) > 1:
        return januaries[:: -(-len(januaries) // _MOST_YEARS)]
    months = [(month + MIDDLE, label) for month, label in enumerate(labels)]
    return months[:: -(-len(months) // _MOST_MONTHS) or 1]


def draw_warm_up(sheet: Sheet, calendar: Calendar, panels: Sequence[int], lang: str) -> None:
    """Shade the months that no outcome of a whole run counts, and say so."""
    end = calendar.warm_up_months
    if end == 0:
        return
    for panel in panels:
        place = {"xref": axis("x", panel), "yref": f"{axis('y', panel)} domain"}
        look = {"fillcolor": _SHADE, "line": {"width": 0}, "layer": "below"}
        sheet.shapes.append({"type": "rect", "x0": 0, "x1": end, "y0": 0, "y1": 1, **place, **look})
    inside = {"xref": axis("x", panels[0]), "x": 0, "xshift": 4, "yref": f"{axis('y', panels[0])} domain", "y": 1.0}
    sheet.note(word("warm-up", lang), yanchor="top", **inside)


def draw_starts(sheet: Sheet, calendar: Calendar, starts: Sequence[tuple[str, str]], panels: Sequence[int]) -> None:
    """Draw a line down each panel where reforms begin, and write above the first what begins when."""
    height = 2
    for label, title in reversed(starts):
        month = _month_of(calendar, label)
        if 0 <= month < calendar.n_months:
            lines_here = [_line(month, panel) for panel in panels]
            sheet.shapes += [line for line in lines_here if line not in sheet.shapes]
            words = f"{label} {title}"
            lines = wrapped(words, _START_LETTERS)
            where = {"xref": axis("x", panels[0]), "x": month, "yref": "paper", "y": 1.0, "yanchor": "bottom"}
            # What would not fit to the right of a late line stands to its left.
            side = "left" if month <= calendar.n_months / 2 else "right"
            sheet.note(lines, xanchor=side, align=side, yshift=height, **where)
            height += LINE_PIXELS * (1 + lines.count("<br>"))
    _lift_heading(sheet, panels[0], height)


def _lift_heading(sheet: Sheet, panel: int, height: int) -> None:
    domain = f"{axis('y', panel)} domain"
    for note in sheet.notes:
        if note["yref"] == domain and note["text"].startswith("<b>"):
            note["yshift"] = height
            height += LINE_PIXELS * note["text"].count("<br>")
    sheet.head_pixels = HEAD_PIXELS + height


def _month_of(calendar: Calendar, label: str) -> int:
    year, month = label.split("-")
    return calendar.month_of(int(year), int(month))


def _line(month: int, panel: int) -> dict[str, Any]:
    place = {"xref": axis("x", panel), "yref": f"{axis('y', panel)} domain"}
    ends = {"x0": month, "x1": month, "y0": 0, "y1": 1, **place}
    return {"type": "line", **ends, "line": {"color": INK, "width": 1.2, "dash": "dot"}}
