"""The axis of effects on one outcome: right of 0 is better, and its ends say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from govsim.figures.effects import direction
from govsim.figures.numbers import factor_of
from govsim.figures.sheet import GRID, SMALL, Sheet, axis
from govsim.figures.words import word
from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govsim.experiments.pairing import PairedEffect

# How far an axis reaches beyond the intervals, and how much of it lies on the side of 0 where nothing is.
_MARGIN: Final = 0.08
_OTHER_SIDE: Final = 0.25


def draw_axis(sheet: Sheet, panel: int, name: str, effects: Sequence[PairedEffect], lang: str) -> None:
    """Draw the axis of a panel, and say at its ends which way is better."""
    low, high = _range(name, effects)
    sheet.axes[f"xaxis{panel}"] = {
        "range": [high, low] if direction(name) < 0.0 else [low, high],
        "anchor": axis("y", panel),
        "nticks": 6,
        "fixedrange": True,
        "gridcolor": GRID,
        "zeroline": False,
        "tickfont": SMALL,
    }
    is_neutral, below = OUTCOMES[name].better == "none", under(panel)
    sheet.note(word("to the lower" if is_neutral else "to the worse", lang), xref=f"{axis('x', panel)} domain", **below)
    right = {"xref": f"{axis('x', panel)} domain", "x": 1.0, "xanchor": "right"}
    sheet.note(word("to the higher" if is_neutral else "to the better", lang), **right, **below)


def under(panel: int) -> dict[str, Any]:
    """Return the place of a note under the numbers of an axis."""
    return {"yref": f"{axis('y', panel)} domain", "y": 0.0, "yanchor": "top", "yshift": -20}


def _range(name: str, effects: Iterable[PairedEffect]) -> tuple[float, float]:
    """Return what the axis of an outcome covers: all intervals, the 0, and something on either side of it."""
    ends = [each or 0.0 for effect in effects for each in (effect.difference, effect.ci_low, effect.ci_high)]
    low, high = (end * factor_of(name) for end in (min([0.0, *ends]), max([0.0, *ends])))
    reach = max(-low, high) or 1.0
    return min(low, -_OTHER_SIDE * reach) - _MARGIN * reach, max(high, _OTHER_SIDE * reach) + _MARGIN * reach
