"""The months of one worker, hours and exhaustion, without and with a reform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH, MINUTES_PER_HOUR, WORKING_DAY_MINUTES
from govsim.experiments.months import Course
from govsim.figures.lines import MIDDLE, Line, traces_of, value_axis
from govsim.figures.marks import NEUTRAL, REFORM, WORSE
from govsim.figures.names import fitted, text
from govsim.figures.sheet import FONT_SIZE, LINE_PIXELS, Sheet, axis, key_follows
from govsim.figures.timeline import month_axis
from govsim.figures.why_words import why
from govsim.kernels.staffing import BURNT_OUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from govsim.experiments.workers_followed import Career, WorkerMonth

_HOURS, _EXHAUSTION = 1, 2
_LOOKS: Final = ((NEUTRAL, "6px,4px"), (REFORM, "solid"))
_PANEL_PIXELS: Final = 170
_GAP_PIXELS: Final = 62
_LEFT_PIXELS: Final = 40
_UNDER_AXIS_PIXELS: Final = 28
_KEY_PIXELS: Final = 20
_LINE: Final = 356.0  # pixels of texts, and of names in the key
_KEY_LINE: Final = 310.0
_CONTRACTED: Final = DAYS_PER_MONTH * WORKING_DAY_MINUTES / MINUTES_PER_HOUR
_BURNT_OUT: Final = BURNT_OUT * 1e-9
_INNER: Final = 2 * _PANEL_PIXELS + _GAP_PIXELS


def worker_months(before: Career, after: Career, lang: str = "en", name: str | None = None) -> go.Figure:
    """Return the months of the same worker in the baseline and under a reform: hours worked, and exhaustion.

    A line ends with a cross where the worker leaves. It is one worker in one world: an illustration, no effect.

    Parameters
    ----------
    before, after
        As ``govsim.experiments.followed.follow_worker`` returns them; the first has months.
    lang
        English (``en``) or Chinese (``zh``).
    name
        Of the reform.
    """
    sheet, careers = Sheet(), (before, after)
    first = before.months[0].month
    n = max(len(each.months) for each in careers)
    names = (why("baseline", lang), name or why("reform", lang))
    for career, own_name, (colour, dash) in zip(careers, names, _LOOKS, strict=True):
        tips = [_tip(career, month, own_name, lang) for month in career.months]
        for panel in (_HOURS, _EXHAUSTION):
            values = [_value(month, panel) for month in career.months]
            sheet.traces += traces_of(Line(_course(values, n), colour, dash, 1.0, _filled(tips, n)), panel)
            sheet.traces += _leaves(career, values, panel, colour)
    month_axis(sheet, [before.calendar.label(first + month) for month in range(n)], (_HOURS, _EXHAUSTION))
    _write_panels(sheet, careers, lang)
    _write_head(sheet, careers, names, lang)
    _write_key(sheet, careers, names, lang)
    bottom = _UNDER_AXIS_PIXELS + _KEY_PIXELS * sum(trace.get("showlegend", False) for trace in sheet.traces) + 6
    margin = {"l": _LEFT_PIXELS, "r": 14}
    return key_follows(sheet.figure(_INNER, why("title worker", lang), bottom, margin=margin), _UNDER_AXIS_PIXELS)


def _value(month: WorkerMonth, panel: int) -> float:
    return month.hours if panel == _HOURS else month.exhaustion


def _course(values: Sequence[float], n: int) -> Course:
    nothing = np.full(n, np.nan)
    mean = nothing.copy()
    mean[: len(values)] = values
    return Course(mean, nothing, nothing)


def _filled(tips: Sequence[str], n: int) -> list[str]:
    return [*tips, *[""] * (n - len(tips))]


def _tip(career: Career, month: WorkerMonth, name: str, lang: str) -> str:
    hours = why("month hours", lang, hours=f"{month.hours:.0f}", overtime=f"{month.overtime_hours:.0f}")
    level = why("month exhaustion", lang, level=f"{month.exhaustion:.2f}")
    pay = why("month pay", lang, pay=f"{month.pay_yuan:,.0f}")
    return "<br>".join([f"<b>{career.calendar.label(month.month)}</b>", text(name), hours, level, pay])


def _leaves(career: Career, values: Sequence[float], panel: int, colour: str) -> list[dict[str, Any]]:
    """Return the mark of leaving, where the worker leaves."""
    if not career.months or not career.months[-1].has_left:
        return []
    place = {"type": "scatter", "xaxis": axis("x", panel), "yaxis": axis("y", panel), "showlegend": False}
    mark = {"symbol": "x", "size": 10, "color": colour}
    at = {"x": [len(values) - 1 + MIDDLE], "y": [values[-1]], "cliponaxis": False}
    return [place | at | {"mode": "markers", "marker": mark, "hoverinfo": "skip"}]


def _write_panels(sheet: Sheet, careers: Sequence[Career], lang: str) -> None:
    """Give both panels their scales, their headings, and a line from which on a value means something."""
    bounds = {_HOURS: (_CONTRACTED, "contracted", "hours"), _EXHAUSTION: (_BURNT_OUT, "burnt out", "exhaustion")}
    share = _PANEL_PIXELS / _INNER
    for panel, (bound, says, heading) in bounds.items():
        values = [_value(month, panel) for career in careers for month in career.months]
        top = 1.08 * max(*values, bound * 1.1) if panel == _HOURS else 1.05
        low = 0.9 * min(*values, bound) if panel == _HOURS else 0.0
        domain = (1.0 - share, 1.0) if panel == _HOURS else (0.0, share)
        sheet.axes[axis("yaxis", panel)] = value_axis(panel, domain, (low, top))
        y, x = axis("y", panel), axis("x", panel)
        look = {"line": {"color": WORSE, "width": 1.4, "dash": "dot"}, "layer": "below"}
        ends = {"x0": 0, "x1": 1, "y0": bound, "y1": bound, "xref": f"{x} domain", "yref": y}
        sheet.shapes.append({"type": "line"} | ends | look)
        place = {"yref": f"{y} domain", "y": 1.0, "yanchor": "bottom", "xshift": -_LEFT_PIXELS}
        sheet.note(f"<b>{why(heading, lang)}</b>", font={"size": FONT_SIZE}, yshift=LINE_PIXELS + 4, **place)
        sheet.note(why(says, lang), yshift=4, **place)


def _write_head(sheet: Sheet, careers: Sequence[Career], names: Sequence[str], lang: str) -> None:
    whose = why("whose", lang, number=careers[0].number, office=careers[0].community.name.said(lang))
    lines = [f"<b>{text(whose)}</b>", *fitted(why("one world", lang), _LINE)]
    for career, name in zip(careers, names, strict=True):
        lines += [] if career.months else fitted(why("somebody else", lang, name=name), _LINE)
    sheet.note("<br>".join(lines), yref="paper", y=1.0, yanchor="bottom", xshift=-_LEFT_PIXELS, yshift=48)
    sheet.head_pixels = 56 + LINE_PIXELS * len(lines)


def _write_key(sheet: Sheet, careers: Sequence[Career], names: Sequence[str], lang: str) -> None:
    for name, (colour, dash) in zip(names, _LOOKS, strict=True):
        line = {"color": colour, "dash": dash, "width": 2.2}
        entry = {"type": "scatter", "mode": "lines", "x": [None], "y": [None], "line": line, "showlegend": True}
        sheet.traces.append(entry | {"name": fitted(name, _KEY_LINE)[0]})
    if any(career.months and career.months[-1].has_left for career in careers):
        entry = {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "showlegend": True}
        mark = {"symbol": "x", "size": 10, "color": NEUTRAL}
        sheet.traces.append(entry | {"marker": mark, "name": why("left", lang).removeprefix("✕ ")})
