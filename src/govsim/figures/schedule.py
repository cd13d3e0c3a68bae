"""When each reform holds, how strongly and in how many communities: the months of a comparison as a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from govsim.figures.marks import NEUTRAL, REFORM
from govsim.figures.names import chosen_names, text, wrapped
from govsim.figures.numbers import PERCENT, plain
from govsim.figures.sheet import GRID, HEAD_PIXELS, Sheet
from govsim.figures.timeline import draw_warm_up, month_axis
from govsim.figures.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import plotly.graph_objects as go

    from govsim.clock import Calendar
    from govsim.experiments.comparison import Comparison
    from govsim.experiments.reach import Reach

_ROW_PIXELS: Final = 58
_AXIS_PIXELS: Final = 26
_NOTE_PIXELS: Final = 40
_LETTERS: Final = 60
# Of a row, which is one unit high: the bar at full dose, and what its label stands above.
_BAR: Final = 0.38
_FLOOR: Final = -0.42


@dataclass(frozen=True)
class _Row:
    """One reform of one arm: what it is called, and how its bar looks."""

    label: str
    reach: Reach
    colour: str


def schedule(comparison: Comparison, lang: str = "en", names: Sequence[str] | None = None) -> go.Figure:
    """Return the months of a run with a bar for each reform, as high as its dose.

    Reforms that the baseline has, too, come first. A bar at full height is the reform at full strength.

    Parameters
    ----------
    comparison
        What to show.
    lang
        English (``en``) or Chinese (``zh``).
    names
        Of the reforms, one an arm; by default those of their files.

    Raises
    ------
    ValueError
        If the comparison knows no calendar.
    """
    calendar = comparison.calendar
    if calendar is None:
        message = "the comparison knows no calendar, so its months cannot be drawn"
        raise ValueError(message)
    rows = tuple(_rows(comparison, chosen_names(comparison, names), lang))
    sheet = Sheet(head_pixels=HEAD_PIXELS)
    labels = [calendar.label(month) for month in range(calendar.n_months)]
    month_axis(sheet, labels, (1,))
    sheet.axes["yaxis"] = {"range": [0.5 - len(rows), 0.5], "visible": False, "fixedrange": True}
    draw_warm_up(sheet, calendar, (1,), lang)
    for note in sheet.notes:  # above the rows, so that it covers no label
        note |= {"yref": "paper", "yanchor": "bottom"}
    for number, row in enumerate(rows):
        _draw(sheet, number, row, calendar, lang)
    reading = wrapped(word("bars are doses", lang), _LETTERS)
    sheet.note(reading, yref="paper", y=0.0, yanchor="top", yshift=-_AXIS_PIXELS)
    return sheet.figure(
        _ROW_PIXELS * len(rows), word("title schedule", lang), _AXIS_PIXELS + _NOTE_PIXELS, showlegend=False
    )


def _rows(comparison: Comparison, names: Sequence[str], lang: str) -> Iterator[_Row]:
    both = word("in both", lang)
    for reach in comparison.baseline_reforms:
        yield _Row(word("labelled", lang, label=_title(reach, lang), unit=both), reach, NEUTRAL)
    for arm, name in zip(comparison.arms, names, strict=True):
        for reach in arm.reforms:
            if reach not in comparison.baseline_reforms:
                title = _title(reach, lang)
                yield _Row(title if title == name else word("part of", lang, name=name, part=title), reach, REFORM)


def _title(reach: Reach, lang: str) -> str:
    return reach.title_zh if lang == "zh" else reach.title_en


def _draw(sheet: Sheet, number: int, row: _Row, calendar: Calendar, lang: str) -> None:
    """Draw the bar of a row on its line, and say above it what it is, from when and where."""
    floor = _FLOOR - number
    where = word("in places", lang, n=row.reach.holds_in, all=row.reach.communities)
    first = wrapped(row.label, _LETTERS).split("<br>")[0]
    sheet.note(f"{first} · {_span(row.reach, lang)} · {where}", y=floor + _BAR + 0.06, yanchor="bottom", xshift=4)
    steps = _steps(row.reach, calendar)
    line = {"x0": 0, "x1": calendar.n_months, "y0": floor, "y1": floor, "xref": "x", "yref": "y"}
    sheet.shapes.append({"type": "line", "line": {"color": GRID, "width": 1}, **line})
    if steps:
        sheet.traces.append(_bar(steps, floor, row, lang))


def _steps(reach: Reach, calendar: Calendar) -> list[tuple[int, int, float]]:
    """Return (first month, month after the last, dose) of each stretch in which a reform holds."""
    starts = []
    for label, dose in reach.doses.items():
        year, month = label.split("-")
        starts.append((calendar.month_of(int(year), int(month)), dose))
    turns = [*starts, (calendar.n_months, 0.0)]
    return [(month, end, dose) for (month, dose), (end, _) in pairwise(turns) if dose > 0.0]


def _bar(steps: Sequence[tuple[int, int, float]], floor: float, row: _Row, lang: str) -> dict[str, Any]:
    outline = [(month, floor + _BAR * dose) for first, end, dose in steps for month in (first, end)]
    corners = [(steps[0][0], floor), *outline, (steps[-1][1], floor)]
    xs, ys = zip(*corners, strict=True)
    says = [f"<b>{text(row.label)}</b>", text(_span(row.reach, lang))]
    says += [word("dose at end", lang, percent=plain(row.reach.dose_at_end, 0, PERCENT))]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(xs),
        "y": list(ys),
        "fill": "toself",
        "fillcolor": row.colour,
        "line": {"color": row.colour, "width": 1},
        "hoveron": "fills",
        "name": "<br>".join(says),
        "text": "<br>".join(says),
        "hoverinfo": "text",
    }


def _span(reach: Reach, lang: str) -> str:
    if reach.ends_on is None:
        return word("from month", lang, first=reach.starts_on)
    return word("from month to", lang, first=reach.starts_on, end=reach.ends_on)
