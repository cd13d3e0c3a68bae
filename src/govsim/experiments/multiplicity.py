"""Several reforms beside one baseline: Holm's step-down correction over the arms, for each outcome by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govsim.experiments.pairing import PairedEffect


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Return the adjusted p-values in the order given; what is None takes no part.

    The smallest of m is multiplied by m, the next by m - 1 and so on; none is less than the one before it, none above
    1. Rejecting below a level then errs in any of the m with at most that chance, however they depend on each other
    (Holm 1979).
    """
    ranked = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    least = 0.0
    for rank, (p, place) in enumerate(ranked):
        least = max(least, min(1.0, (len(ranked) - rank) * p))
        adjusted[place] = least
    return adjusted


def adjusted_over_arms(arms: Sequence[Mapping[str, PairedEffect]]) -> list[dict[str, PairedEffect]]:
    """Return the effects of every arm with ``p_holm``: the family is one outcome in all arms that have a p-value."""
    families = {name: holm([arm[name].p_value for arm in arms]) for name in arms[0]}
    return [
        {name: replace(effect, p_holm=families[name][place]) for name, effect in arm.items()}
        for place, arm in enumerate(arms)
    ]
