"""Outcomes of one run over its months, each in a panel with a scale of its own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from govsim.experiments.months import Course, monthly_values, months_a_point
from govsim.figures.headline import HEADLINE
from govsim.figures.lines import Line, traces_of, value_axis, values_of
from govsim.figures.marks import REFORM
from govsim.figures.monthly_words import level_heading, unit_of_level
from govsim.figures.names import wrapped
from govsim.figures.numbers import LEVEL_DIGITS, decimals, factor_of, plain
from govsim.figures.sheet import FONT_SIZE, HEAD_PIXELS, Sheet, axis
from govsim.figures.timeline import draw_starts, draw_warm_up, month_axis
from govsim.figures.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from govsim.recording.recorder import Recording

_PANEL_PIXELS: Final = 150
_GAP_PIXELS: Final = 46
_LEFT_PIXELS: Final = 46
_AXIS_PIXELS: Final = 30
_LETTERS: Final = 48
_MARGIN: Final = 0.06


def months(
    recording: Recording,
    outcomes: Sequence[str] = HEADLINE,
    lang: str = "en",
    starts: Sequence[tuple[str, str]] = (),
) -> go.Figure:
    """Return outcomes of one run month by month; one run shows what happened, and proves nothing of a reform.

    Where events are rare (turnover, and who is gone), each point is of the twelve months up to it. A month in which an
    outcome is undefined is a gap.

    Parameters
    ----------
    recording
        Of the run.
    outcomes
        Names, each for a panel.
    lang
        English (``en``) or Chinese (``zh``).
    starts
        First month of reforms, as ``YYYY-MM``, and what begins.
    """
    sheet, panels = Sheet(), range(1, 1 + len(outcomes))
    inner = _PANEL_PIXELS * len(outcomes) + _GAP_PIXELS * (len(outcomes) - 1)
    calendar = recording.calendar
    labels = [calendar.label(month) for month in range(len(recording.communities))]
    for panel, outcome in zip(panels, outcomes, strict=True):
        top = 1.0 - (panel - 1) * (_PANEL_PIXELS + _GAP_PIXELS) / inner
        _draw(sheet, panel, _line(recording, outcome, labels, lang), (top - _PANEL_PIXELS / inner, top))
        place = {"yref": f"{axis('y', panel)} domain", "y": 1.0, "yanchor": "bottom", "xshift": -_LEFT_PIXELS}
        heading = wrapped(level_heading(outcome, lang), _LETTERS)
        sheet.note(f"<b>{heading}</b>", font={"size": FONT_SIZE}, **place)
    draw_warm_up(sheet, calendar, panels, lang)
    draw_starts(sheet, calendar, starts, panels)
    month_axis(sheet, labels, panels)
    margin = {"l": _LEFT_PIXELS, "t": max(HEAD_PIXELS, sheet.head_pixels)}
    return sheet.figure(inner, word("title months", lang), _AXIS_PIXELS, margin=margin, showlegend=False)


def _line(recording: Recording, outcome: str, labels: Sequence[str], lang: str) -> Line:
    values = monthly_values([recording], outcome, months_a_point(outcome))[0]
    factor, unit, nothing = factor_of(outcome), unit_of_level(outcome, lang), np.full(len(values), np.nan)
    largest = max((abs(each) * factor for each in values if math.isfinite(each)), default=0.0)
    places = decimals(largest, LEVEL_DIGITS)
    tooltips = [
        f"<b>{label}</b><br>{plain(float(value), places, factor)} {unit}".strip()
        if math.isfinite(value)
        else f"<b>{label}</b><br>{word('undefined month', lang)}"
        for label, value in zip(labels, values, strict=True)
    ]
    return Line(Course(values, nothing, nothing), REFORM, "solid", factor, tooltips)


def _draw(sheet: Sheet, panel: int, line: Line, domain: tuple[float, float]) -> None:
    sheet.traces.append(traces_of(line, panel)[-1])
    found = [value for value in values_of(line.course.mean, line.factor) if value is not None] or [0.0]
    low, high = min(found), max(found)
    margin = _MARGIN * (high - low) or 0.1 * abs(high) or 1.0
    place = max(0.0, domain[0]), min(1.0, domain[1])
    sheet.axes[axis("yaxis", panel)] = value_axis(panel, place, (low - margin, high + margin))
