"""The ledger of a reform as flows: the hours of jobs that communities had, and where they are now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.clock import MINUTES_PER_HOUR
from govsim.experiments.displacement import ELSEWHERE, PARTS
from govsim.figures.curves import band, together
from govsim.figures.marks import BETTER, NEUTRAL
from govsim.figures.names import chosen_names, wrapped
from govsim.figures.numbers import plain, signed
from govsim.figures.sheet import FONT_SIZE, INK, LINE_PIXELS, SIDE_PIXELS, Sheet
from govsim.figures.words import account_of, word
from govsim.recording.accounts import minutes_by_account
from govsim.recording.tables import reported

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from govsim.experiments.comparison import Comparison
    from govsim.recording.recorder import Recording

_SIDE_PIXELS: Final = 122
_LETTERS: Final = {"en": 18, "zh": 15}
_LETTERS_OF_NOTES: Final = 58
# The vertical axis of this figure counts pixels, down from 0. All that flows is so high, and a label at least.
_FLOW_PIXELS: Final = 150
_LABEL_PIXELS: Final = 70
_BESIDE_PIXELS: Final = 44
_HEADING_PIXELS: Final = 40
_SUM_PIXELS: Final = 56
_MOST_DECIMALS: Final = 3
_KNOT: Final = 0.5
_BAR: Final = 0.006


@dataclass(frozen=True)
class Flow:
    """Hours a community and year that come from an account, or go to one; never below 0."""

    account: str
    hours: float
    comes: bool


def flows(hours: Mapping[str, float], held: float | None = None) -> tuple[Flow, ...]:
    """Return the flows of a ledger, those that come and those that go; both add up to the same.

    A part below 0 is work that was elsewhere and is back in communities, so it comes. With ``held``, what communities
    had comes and what they still have goes; else what was removed comes, or goes where they have more.
    """
    removed = hours["removed"]
    found = [("removed", removed)] if held is None else [("had", held), ("has", removed - held)]
    flows_ = [Flow(name, abs(value), comes=value > 0.0) for name, value in found]
    flows_ += [Flow(name, abs(hours[name]), comes=hours[name] < 0.0) for name in PARTS]
    return tuple(flow for flow in flows_ if flow.hours > 0.0)


def hours_held(recordings: Sequence[Recording]) -> float:
    """Return the hours of jobs that communities had, a community and year: the mean of runs, reported part.

    Jobs sent down as they may be, less what was waived or expired, as in ``experiments.displacement``.
    """
    found = []
    for recording in recordings:
        window = reported(recording)
        minutes = minutes_by_account(window)
        kept = minutes["sent_down"] - minutes["waived"] - minutes["expired"]
        found.append(kept / (MINUTES_PER_HOUR * recording.communities.shape[1] * window.years))
    return float(np.mean(found))


def ledger(
    comparison: Comparison, lang: str = "en", name: str | None = None, arm: int = 0, held: float | None = None
) -> go.Figure:
    """Return where the hours of jobs went that communities had, as flows in hours a community and year.

    What comes stands on the left, what goes on the right; both sides add up to the same, exactly. What others spend
    more or less stands below and is in no sum. All numbers are means over pairs of runs; ``figures.displacement`` has
    their intervals.

    Parameters
    ----------
    comparison
        What to show.
    lang
        English (``en``) or Chinese (``zh``).
    name
        Of the reform; by default that of its file.
    arm
        Which reform, counted from 0.
    held
        Hours of jobs a community and year before the reform (``hours_held``), to show them and what is left of them;
        by default only what was taken off is shown.
    """
    title = chosen_names(comparison, None)[arm] if name is None else name
    hours = {key: each.difference or 0.0 for key, each in comparison.arms[arm].displacement.hours.items()}
    found = flows(hours, held)
    sheet = Sheet()
    slots = [_slots(found, comes=comes) for comes in (True, False)]
    height = max(_FLOW_PIXELS, *(sum(side) for side in slots))
    inner = height + _SUM_PIXELS + _HEADING_PIXELS + _BESIDE_PIXELS * len(ELSEWHERE)
    sheet.axes["xaxis"] = {"range": [0, 1], "visible": False, "fixedrange": True}
    sheet.axes["yaxis"] = {"range": [-inner, 0], "visible": False, "fixedrange": True}
    for comes, side in zip((True, False), slots, strict=True):
        _draw_side(sheet, [flow for flow in found if flow.comes == comes], side, height, lang)
    if found:
        total = sum(flow.hours for flow in found if flow.comes)
        sheet.traces.append(_knot(height, word("ledger knot", lang, hours=plain(total, 0))))
    _draw_sums(sheet, hours, -height, (title, lang))
    _draw_beside(sheet, hours, -height - _SUM_PIXELS, lang)
    margin = {"l": _SIDE_PIXELS, "r": _SIDE_PIXELS}
    return sheet.figure(inner, word("title ledger", lang), SIDE_PIXELS, margin=margin, showlegend=False)


def _slots(found: Sequence[Flow], *, comes: bool) -> list[float]:
    """Return the room that each flow of a side takes at its end: its own height, or that of its label."""
    return [max(_LABEL_PIXELS, _height(flow, found)) for flow in found if flow.comes == comes]


def _height(flow: Flow, found: Sequence[Flow]) -> float:
    return _FLOW_PIXELS * flow.hours / sum(each.hours for each in found if each.comes == flow.comes)


def _draw_side(sheet: Sheet, side: Sequence[Flow], slots: Sequence[float], height: float, lang: str) -> None:
    """Draw the flows that come, or those that go, from the top down; all bands meet in the knot in the middle."""
    end, inside = (sum(slots) - height) / 2, (_FLOW_PIXELS - height) / 2
    for flow, slot in zip(side, slots, strict=True):
        width = _height(flow, side)
        at = (0.0 if flow.comes else 1.0, end - slot / 2), (_KNOT, inside - width / 2)
        sheet.traces.append(_band(flow, at if flow.comes else at[::-1], width, lang))
        _label(sheet, flow, end - slot / 2, lang)
        end, inside = end - slot, inside - width


def _knot(height: float, says: str) -> dict[str, Any]:
    low, high = (-height - _FLOW_PIXELS) / 2, (_FLOW_PIXELS - height) / 2
    corners = [(_KNOT - _BAR, high), (_KNOT + _BAR, high), (_KNOT + _BAR, low), (_KNOT - _BAR, low)]
    return _area(corners, NEUTRAL, "") | {"opacity": 1.0, "text": says, "name": says}


def _band(flow: Flow, at: tuple[tuple[float, float], ...], width: float, lang: str) -> dict[str, Any]:
    is_theirs = flow.account in {"had", "has", "removed"}
    says = f"{_name(flow, lang)}<br>{plain(flow.hours, 1)} {word('hours of a year', lang)}"
    # What comes back from elsewhere is hatched, as all that is less.
    hatch = "/" if flow.comes and not is_theirs else ""
    return _area(band(at[0], at[1], width), BETTER if is_theirs else NEUTRAL, hatch) | {"text": says, "name": says}


def _area(outline: list[tuple[float, float]], colour: str, hatch: str) -> dict[str, Any]:
    pattern = {"fillpattern": {"shape": hatch, "fgcolor": colour, "fillmode": "replace", "size": 6}} if hatch else {}
    return {
        "type": "scatter",
        "mode": "lines",
        **together([[*outline, outline[0]]]),
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0.6, "color": colour},
        "opacity": 0.8,
        "hoveron": "fills",
        "hoverinfo": "text",
        **pattern,
    }


def _name(flow: Flow, lang: str) -> str:
    if flow.account in PARTS:
        return word(f"back {flow.account}", lang) if flow.comes else account_of(flow.account, lang)
    return word(f"ledger {flow.account}" + ("" if flow.comes else " more" * (flow.account == "removed")), lang)


def _label(sheet: Sheet, flow: Flow, y: float, lang: str) -> None:
    shown = f"<b>{plain(flow.hours, 0)}</b><br>{wrapped(_name(flow, lang), _LETTERS[lang])}"
    side = {"x": 0.0, "xanchor": "right", "xshift": -6, "align": "right"}
    sheet.note(shown, y=y, **(side if flow.comes else {"x": 1.0, "xanchor": "left", "xshift": 6}))


def _draw_sums(sheet: Sheet, hours: Mapping[str, float], y: float, words: tuple[str, str]) -> None:
    """Say the name and the unit above, and below the flows the sum to the digit in which it holds."""
    title, lang = words
    place = {"xshift": SIDE_PIXELS - _SIDE_PIXELS}
    head = f"{sheet.headed(title, _LETTERS_OF_NOTES)}<br>{word('hours of a year', lang)}"
    sheet.head_pixels += LINE_PIXELS
    sheet.note(head, yref="paper", y=1.0, yanchor="bottom", yshift=8, **place)
    sheet.note(word("ledger sum", lang, sum=equation(hours)), y=y - _SUM_PIXELS / 2, **place)


def equation(hours: Mapping[str, float]) -> str:
    """Return the parts, and what was removed, as a sum with as few decimals as let the printed numbers add up."""
    parts = [hours[name] for name in PARTS if hours[name]]
    places = next(
        (
            digits
            for digits in range(_MOST_DECIMALS)
            if round(sum(round(part, digits) for part in parts), digits) == round(hours["removed"], digits)
        ),
        _MOST_DECIMALS,
    )
    shown = " ".join(f"{number[0]} {number[1:]}" for number in (signed(part, places) for part in parts))
    return f"{shown.removeprefix('+ ') or '0'} = {plain(hours['removed'], places)}"


def _draw_beside(sheet: Sheet, hours: Mapping[str, float], top: float, lang: str) -> None:
    """Draw what others spend more or less as bars of one scale, under their labels and apart from the flows."""
    left = {"xshift": SIDE_PIXELS - _SIDE_PIXELS}
    sheet.note(f"<b>{word('more elsewhere', lang)}</b>", y=top - _HEADING_PIXELS / 2, font={"size": FONT_SIZE}, **left)
    longest = max(abs(hours[name]) for name in ELSEWHERE) or 1.0
    for number, name in enumerate(ELSEWHERE):
        y = top - _HEADING_PIXELS - _BESIDE_PIXELS * (number + 0.5)
        end = 0.5 + hours[name] / longest / 2
        says = f"{account_of(name, lang)}<br>{signed(hours[name], 1)} {word('hours of a year', lang)}"
        sheet.note(account_of(name, lang), y=y + 11, **left)
        right = {"x": 1.0, "xanchor": "right", "xshift": _SIDE_PIXELS - SIDE_PIXELS}
        sheet.note(signed(hours[name], 0), y=y - 8, **right)
        corners = [(0.5, y - 2), (end, y - 2), (end, y - 14), (0.5, y - 14)]
        bar = _area(corners, NEUTRAL, "/" if end < _KNOT else "")
        sheet.traces.append(bar | {"text": says, "name": says})
        zero = {"x0": 0.5, "x1": 0.5, "y0": y + 1, "y1": y - 17, "xref": "x", "yref": "y"}
        sheet.shapes.append({"type": "line", "line": {"color": INK, "width": 1.2}, **zero})
