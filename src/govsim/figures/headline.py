"""The headline outcomes, each in its own unit: what every reform changes, with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.figures.axes import draw_axis, under
from govsim.figures.effects import Dot, dots, tooltip_of
from govsim.figures.marks import MARKS, verdict_of
from govsim.figures.names import chosen_names, text
from govsim.figures.numbers import factor_of, shown
from govsim.figures.sheet import (
    FONT_SIZE,
    KEY_PIXELS,
    LABEL_RISE,
    MARK_DROP,
    ROW_PIXELS,
    Sheet,
    axis,
)
from govsim.figures.words import label_of, unit_of_effect, word
from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from govsim.experiments.comparison import Comparison

HEADLINE: Final = tuple(name for name, outcome in OUTCOMES.items() if outcome.is_headline)
_TOP_PIXELS: Final = 26
_UNDER_PANEL_PIXELS: Final = 48
_GAP_PIXELS: Final = _TOP_PIXELS + _UNDER_PANEL_PIXELS + 8


def headline(comparison: Comparison, lang: str = "en", names: Sequence[str] | None = None) -> go.Figure:
    """Return the effects on the headline outcomes with 95 % intervals, one panel an outcome in its own unit.

    Right of the line at 0 is better in every panel, so the axis of an outcome of which less is better runs from
    right to left.

    Parameters
    ----------
    comparison
        What to show.
    lang
        English (``en``) or Chinese (``zh``).
    names
        Of the reforms, one an arm; by default those of their files.
    """
    names = chosen_names(comparison, names)
    sheet, n = Sheet(), len(HEADLINE)
    inner = n * ROW_PIXELS * len(names) + (n - 1) * _GAP_PIXELS
    for panel, name in enumerate(HEADLINE, 1):
        top = 1.0 - (panel - 1) * (ROW_PIXELS * len(names) + _GAP_PIXELS) / inner
        bottom = max(0.0, top - ROW_PIXELS * len(names) / inner)
        sheet.axes[f"yaxis{panel}"] = {
            "domain": [bottom, top],
            "range": [0.5 - len(names), 0.5],
            "anchor": axis("x", panel),
            "visible": False,
            "fixedrange": True,
        }
        _draw_effects(sheet, panel, name, comparison, (names, lang))
        _draw_axis(sheet, panel, name, comparison, lang)
    sheet.key((verdict_of(name, arm.outcomes[name]) for name in HEADLINE for arm in comparison.arms), lang)
    below = _UNDER_PANEL_PIXELS + KEY_PIXELS - 16
    return sheet.figure(inner, word("title headline", lang), below, margin={"t": _TOP_PIXELS})


def _draw_effects(
    sheet: Sheet, panel: int, name: str, comparison: Comparison, words: tuple[Sequence[str], str]
) -> None:
    names, lang = words
    found = []
    for row, (arm, own) in enumerate(zip(comparison.arms, names, strict=True)):
        effect = arm.outcomes[name]
        tooltip = tooltip_of(name, effect, own, lang)
        found.append(Dot(name, effect, -row - MARK_DROP, factor_of(name), tooltip))
        sheet.zero_line(row, panel, panel)
        above = {"yref": axis("y", panel), "y": LABEL_RISE - row}
        sheet.note(text(own), **above)
        printed = f"{MARKS[verdict_of(name, effect)].sign} {shown(name, effect).difference}"
        sheet.note(printed, x=1.0, xanchor="right", **above)
    sheet.traces += dots(found, panel, panel)


def _draw_axis(sheet: Sheet, panel: int, name: str, comparison: Comparison, lang: str) -> None:
    """Draw the axis of a panel with its unit below and its title above."""
    draw_axis(sheet, panel, name, [arm.outcomes[name] for arm in comparison.arms], lang)
    unit = unit_of_effect(name, lang)
    middle = word("effect in", lang, unit=unit) if unit else word("effect", lang)
    sheet.note(middle, x=0.5, xanchor="center", **under(panel))
    title = {"yref": f"{axis('y', panel)} domain", "y": 1.0, "yanchor": "bottom", "font": {"size": FONT_SIZE}}
    sheet.note(f"<b>{label_of(name, lang)}</b>", **title)
