"""The cells of a table: how many digits a number is worth, and what stands where there is none."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from rich.text import Text

if TYPE_CHECKING:
    from govsim.experiments.pairing import PairedEffect

NOTHING: Final = "–"
LEVEL_DIGITS: Final = 3
EFFECT_DIGITS: Final = 2
MOST_DECIMALS: Final = 6
# The columns of an effect, side by side or with its interval below it.
NUMERIC: Final = ("baseline", "reform", "difference", "interval", "share_better", "variance_reduction")
STACKED: Final = ("baseline", "reform", "effect_and_interval", "share_better", "variance_reduction")


def effect_cells(effect: PairedEffect, *, is_wide: bool) -> list[Text]:
    """Return the cells of the columns ``NUMERIC``, or of ``STACKED``."""
    if effect.difference is None:
        return [Text(NOTHING) for _ in (NUMERIC if is_wide else STACKED)]
    decimals = _effect_decimals(effect)
    difference, low, high = (signed(value, decimals) for value in (effect.difference, effect.ci_low, effect.ci_high))
    interval = "" if effect.ci_low is None else f"{low} {high}"
    share, gain = effect.share_better, effect.variance_reduction
    return [
        level(effect.baseline, effect.baseline),
        level(effect.reform, effect.baseline),
        *([Text(difference), Text(interval or NOTHING)] if is_wide else [Text(f"{difference}\n{interval}".rstrip())]),
        Text(NOTHING if share is None else f"{share:.0%}"),
        Text(NOTHING if gain is None else f"{gain:,.{decimals_of(gain, EFFECT_DIGITS)}f}"),
    ]


def _effect_decimals(effect: PairedEffect) -> int:
    """Return how many decimals show the effect, and on which side of 0 the ends of its interval lie."""
    sizes = [abs(end) for end in (effect.difference, effect.ci_low, effect.ci_high) if end]
    return max(decimals_of(max(sizes), EFFECT_DIGITS), decimals_of(min(sizes), 1)) if sizes else 0


def level(value: float | None, scale: float | None) -> Text:
    """Return a number with the digits that one of the size of ``scale`` is worth."""
    if value is None:
        return Text(NOTHING)
    return Text(f"{value:,.{decimals_of(abs(scale or value), LEVEL_DIGITS)}f}")


def signed(value: float | None, decimals: int) -> str:
    """Return a number with its sign, unless it is 0 when rounded."""
    if value is None:
        return NOTHING
    rounded = round(value, decimals)
    return f"{rounded:+.{decimals}f}" if rounded else f"{0:.{decimals}f}"


def decimals_of(scale: float, digits: int) -> int:
    """Return how many decimals show this many digits of a number."""
    if scale == 0.0:
        return 0
    return min(MOST_DECIMALS, max(0, digits - 1 - math.floor(math.log10(scale))))
