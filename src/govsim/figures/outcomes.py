"""Every outcome as a dot with its interval, a row an outcome and a column a reform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.experiments.pairing import Verdict
from govsim.figures.effects import Dot, direction, dots, extent, tooltip_of
from govsim.figures.groups import Concern, by_concern
from govsim.figures.marks import verdict_of
from govsim.figures.names import chosen_arms, chosen_names
from govsim.figures.numbers import shown
from govsim.figures.sheet import MARK_DROP, ROW_PIXELS, Sheet, axis
from govsim.figures.words import labelled, word
from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from govsim.experiments.comparison import Comparison

_REACH: Final = 1.12
_ORDER: Final = list(Verdict)


def outcomes(
    comparison: Comparison,
    concern: Concern | str,
    lang: str = "en",
    names: Sequence[str] | None = None,
    arms: Sequence[int] | None = None,
) -> go.Figure:
    """Return the effects on the outcomes of one concern, those who lose first.

    Each row has a scale of its own, from 0 to the furthest end of its intervals in any arm: dots of a row can be
    compared, lengths in different rows cannot. Right of the line at 0 is better, or higher where neither is.

    Parameters
    ----------
    comparison
        What to show.
    concern
        ``burden``, ``workers``, ``residents``, ``money`` or ``neutral``.
    lang
        English (``en``) or Chinese (``zh``).
    names
        Of the reforms, one an arm; by default those of their files.
    arms
        Which to show, counted from 0; at most four, by default the first four.
    """
    names = chosen_names(comparison, names)
    chosen = chosen_arms(comparison, arms)
    concern = Concern(concern)
    rows = in_order(comparison, by_concern(OUTCOMES).get(concern, []))
    sheet = Sheet()
    sheet.columns([names[index] for index in chosen], len(rows), -_REACH, _REACH)
    for row, name in enumerate(rows):
        sheet.label(row, labelled(name, lang))
    for column, index in enumerate(chosen, 1):
        _say_which_way_is_better(sheet, column, concern, lang)
        _draw_column(sheet, column, rows, comparison, (index, names[index], lang))
    shown_arms = [comparison.arms[index] for index in chosen]
    sheet.key((verdict_of(name, arm.outcomes[name]) for name in rows for arm in shown_arms), lang)
    title = word("title outcomes", lang, concern=word(concern.value, lang))
    return sheet.figure(ROW_PIXELS * len(rows), title)


def in_order(comparison: Comparison, names: Sequence[str]) -> list[str]:
    """Return names of outcomes, first those that are worse in any arm, then as they come."""
    return sorted(
        names, key=lambda name: min(_ORDER.index(verdict_of(name, arm.outcomes[name])) for arm in comparison.arms)
    )


def _draw_column(
    sheet: Sheet, column: int, rows: Sequence[str], comparison: Comparison, which: tuple[int, str, str]
) -> None:
    index, own, lang = which
    found = []
    for row, name in enumerate(rows):
        effect = comparison.arms[index].outcomes[name]
        sheet.zero_line(row, column)
        sheet.number(row, column, shown(name, effect).difference)
        scale = direction(name) / (max(extent(arm.outcomes[name]) for arm in comparison.arms) or 1.0)
        found.append(Dot(name, effect, -row - MARK_DROP, scale, tooltip_of(name, effect, own, lang)))
    sheet.traces += dots(found, column)


def _say_which_way_is_better(sheet: Sheet, column: int, concern: Concern, lang: str) -> None:
    is_neutral = concern is Concern.NEUTRAL
    place = {"xref": axis("x", column), "yref": "paper", "y": 1.0, "yanchor": "bottom"}
    sheet.note(word("to the lower" if is_neutral else "to the worse", lang), **(place | {"x": -_REACH}))
    right = {"x": _REACH, "xanchor": "right"}
    sheet.note(word("to the higher" if is_neutral else "to the better", lang), **(place | right))
