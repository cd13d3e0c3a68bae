"""Numbers as a reader sees them: in which unit, with how many decimals, under which sign."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from govsim.experiments.pairing import PairedEffect

NOTHING: Final = "–"
MINUS: Final = "−"
LEVEL_DIGITS: Final = 3
EFFECT_DIGITS: Final = 2
MOST_DECIMALS: Final = 6
PERCENT: Final = 100.0
# A rate that readers know in percent, as quits a year of a hundred posts.
_RATES_IN_PERCENT: Final = frozenset({"turnover_per_year"})


@dataclass(frozen=True)
class ShownEffect:
    """An effect in print; what is undefined is a dash."""

    baseline: str
    reform: str
    difference: str
    low: str
    high: str


def is_in_percent(name: str) -> bool:
    """Return whether an outcome is shown in percent, and its effects in percentage points."""
    return OUTCOMES[name].unit == "share" or name in _RATES_IN_PERCENT


def factor_of(name: str) -> float:
    """Return what the number of an outcome is multiplied by before it is shown."""
    return PERCENT if is_in_percent(name) else 1.0


def shown(name: str, effect: PairedEffect) -> ShownEffect:
    """Return the effect on an outcome in print.

    Levels have three digits of the baseline; the effect has two, and as many as show on which side of 0 the ends of
    its interval lie.
    """
    factor = factor_of(name)
    scale = abs(effect.baseline or effect.reform or 0.0) * factor
    ends = [abs(end) * factor for end in (effect.difference, effect.ci_low, effect.ci_high) if end]
    places = max(decimals(max(ends), EFFECT_DIGITS), decimals(min(ends), 1)) if ends else 0
    level = decimals(scale, LEVEL_DIGITS)
    return ShownEffect(
        baseline=plain(effect.baseline, level, factor),
        reform=plain(effect.reform, level, factor),
        difference=signed(effect.difference, places, factor),
        low=signed(effect.ci_low, places, factor),
        high=signed(effect.ci_high, places, factor),
    )


def shown_hours(hours: PairedEffect) -> ShownEffect:
    """Return the hours of an account of the displacement accounting in print."""
    ends = [abs(end) for end in (hours.difference, hours.ci_low, hours.ci_high) if end]
    places = decimals(max(ends), LEVEL_DIGITS) if ends else 0
    low, high = (signed(end, places) for end in (hours.ci_low, hours.ci_high))
    return ShownEffect(NOTHING, NOTHING, signed(hours.difference, places), low, high)


def plain(value: float | None, places: int, factor: float = 1.0) -> str:
    """Return a number with this many decimals, thousands apart."""
    if value is None:
        return NOTHING
    return f"{value * factor:,.{places}f}".replace("-", MINUS) if value else "0"


def signed(value: float | None, places: int, factor: float = 1.0) -> str:
    """Return a number under its sign; what rounds to 0 has none."""
    if value is None:
        return NOTHING
    rounded = round(value * factor, places)
    return f"{rounded:+,.{places}f}".replace("-", MINUS) if rounded else f"{0:.{places}f}"


def decimals(scale: float, digits: int) -> int:
    """Return how many decimals show this many digits of a number."""
    if scale == 0.0:
        return 0
    return min(MOST_DECIMALS, max(0, digits - 1 - math.floor(math.log10(scale))))
