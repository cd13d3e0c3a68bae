"""Where the hours went: what a reform took off communities as steps that add up, and what changed elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from govsim.experiments.displacement import ELSEWHERE, INSIDE, PARTS
from govsim.figures.effects import whiskers
from govsim.figures.names import chosen_arms, chosen_names, text
from govsim.figures.numbers import shown_hours
from govsim.figures.sheet import INK, MARK_DROP, ROW_PIXELS, Sheet, axis
from govsim.figures.words import account_of, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from govsim.experiments.comparison import ComparedArm, Comparison
    from govsim.experiments.pairing import PairedEffect

TOTAL: Final = "removed"
_TOTAL_COLOUR: Final = "#2a7fb8"
_COLOUR: Final = "#6b7782"
_BAR_HEIGHT: Final = 0.36
_MARGIN: Final = 0.06
_BOTTOM_PIXELS: Final = 8


@dataclass(frozen=True)
class _Row:
    """A heading, or an account; ``is_step`` if it begins where the one above ends."""

    name: str
    is_heading: bool = False
    is_step: bool = False


def displacement(
    comparison: Comparison,
    lang: str = "en",
    names: Sequence[str] | None = None,
    arms: Sequence[int] | None = None,
) -> go.Figure:
    """Return where the hours went that a reform took off communities, in hours a community and year.

    The parts of what was removed stand as steps, each from the end of the one before, up to the total. What others
    spend more or less, and what else changes in communities, starts at 0. All columns share one scale; less is hatched.

    Parameters
    ----------
    comparison
        What to show.
    lang
        English (``en``) or Chinese (``zh``).
    names
        Of the reforms, one an arm; by default those of their files.
    arms
        Which to show, counted from 0; at most four, by default the first four.
    """
    names = chosen_names(comparison, names)
    chosen = chosen_arms(comparison, arms)
    rows = _rows(comparison)
    sheet = Sheet()
    sheet.columns([names[index] for index in chosen], len(rows), *_range(rows, comparison))
    for number, row in enumerate(rows):
        if row.is_heading:
            sheet.heading(number, word(row.name, lang))
        else:
            sheet.label(number, account_of(row.name, lang))
    for column, index in enumerate(chosen, 1):
        _draw_column(sheet, column, rows, comparison.arms[index], (names[index], lang))
    title = word("title displacement", lang)
    return sheet.figure(ROW_PIXELS * len(rows), title, _BOTTOM_PIXELS, barmode="overlay", showlegend=False)


def shown_accounts(comparison: Comparison) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the accounts under their headings; a part of the sum that is 0 in all arms by design is left out."""
    arms = [arm.displacement.hours for arm in comparison.arms]
    parts = tuple(name for name in PARTS if name != "not_issued" or any(hours[name].difference for hours in arms))
    return (("taken off", (TOTAL, *parts)), ("more elsewhere", ELSEWHERE), ("more inside", INSIDE))


def _rows(comparison: Comparison) -> list[_Row]:
    found = []
    for title, accounts in shown_accounts(comparison):
        found.append(_Row(title, is_heading=True))
        found += [_Row(name, is_step=name in PARTS) for name in accounts]
    return found


def _starts(rows: Sequence[_Row], arm: ComparedArm) -> list[float]:
    """Return where each bar begins: a step at the end of the one before, all else at 0."""
    starts, end = [], 0.0
    for row in rows:
        starts.append(end if row.is_step else 0.0)
        if row.is_step:
            end += arm.displacement.hours[row.name].difference or 0.0
    return starts


def _range(rows: Sequence[_Row], comparison: Comparison) -> tuple[float, float]:
    """Return what an axis covers that is the same for all arms."""
    ends = [0.0]
    for arm in comparison.arms:
        for row, start in zip(rows, _starts(rows, arm), strict=True):
            if not row.is_heading:
                hours = arm.displacement.hours[row.name]
                ends += [start, *(start + (end or 0.0) for end in (hours.difference, hours.ci_low, hours.ci_high))]
    span = (max(ends) - min(ends)) or 1.0
    return min(ends) - _MARGIN * span, max(ends) + _MARGIN * span


def _draw_column(sheet: Sheet, column: int, rows: Sequence[_Row], arm: ComparedArm, words: tuple[str, str]) -> None:
    for number, (row, start) in enumerate(zip(rows, _starts(rows, arm), strict=True)):
        if not row.is_heading:
            hours = arm.displacement.hours[row.name]
            sheet.zero_line(number, column)
            sheet.number(number, column, shown_hours(hours).difference)
            place = {"y": [-number - MARK_DROP], "base": [start], "xaxis": axis("x", column)}
            sheet.traces.append(_bar(row.name, hours) | place | {"hovertext": [_tooltip(row.name, hours, words)]})


def _bar(name: str, hours: PairedEffect) -> dict[str, Any]:
    length = hours.difference or 0.0
    colour = _TOTAL_COLOUR if name == TOTAL else _COLOUR
    hatch = {"shape": "/" if length < 0.0 else "", "fillmode": "replace", "size": 6}
    return {
        "type": "bar",
        "orientation": "h",
        "x": [length],
        "width": _BAR_HEIGHT,
        "error_x": whiskers([(hours, 1.0)], INK),
        "marker": {"color": colour, "line": {"width": 1, "color": colour}, "pattern": hatch},
        "hoverinfo": "text",
    }


def _tooltip(name: str, hours: PairedEffect, words: tuple[str, str]) -> str:
    title, lang = words
    printed = shown_hours(hours)
    interval = "no interval" if hours.ci_low is None else "interval"
    lines = (
        f"<b>{account_of(name, lang)}</b>",
        text(title),
        f"{printed.difference} {word('hours of a year', lang)}",
        word(interval, lang, low=printed.low, high=printed.high),
    )
    return "<br>".join(lines)
