"""Whole shares of a whole number, in proportion to weights and exact in sum (largest remainder)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def apportion(total: int, weights: Sequence[int], least: Sequence[int] | int = 0) -> list[int]:
    """Return shares that add up to ``total``: at least ``least`` each, and the rest by weight.

    A share whose weight gives it more than its least is its weight's; one whose weight gives it less has its least, and
    the others share what is left. Of equal remainders the earlier comes first.

    Raises
    ------
    ValueError
        If the least of all is more than there is, or nothing has a weight.
    """
    least = [least] * len(weights) if isinstance(least, int) else list(least)
    if sum(least) > total or (total and not sum(weights)):
        message = (
            f"{total} cannot be shared out: at least {sum(least)} are needed, by weights that add to {sum(weights)}"
        )
        raise ValueError(message)
    fixed: set[int] = set()
    while True:
        free = [i for i in range(len(weights)) if i not in fixed]
        left, weight = total - sum(least[i] for i in fixed), sum(weights[i] for i in free)
        short = {i for i in free if weights[i] * left < least[i] * weight}
        if not short:
            return _by_remainder(left, weights, least, free, weight)
        fixed |= short


def half_up(numerator: int, denominator: int) -> int:
    """Return the nearest whole number of a quotient; a half goes up."""
    return (2 * numerator + denominator) // (2 * denominator)


def _by_remainder(left: int, weights: Sequence[int], least: list[int], free: list[int], weight: int) -> list[int]:
    shares = list(least)
    if not weight:
        return shares
    for i in free:
        shares[i] = weights[i] * left // weight
    order = sorted(free, key=lambda i: (-(weights[i] * left % weight), i))
    for i in order[: left - sum(shares[i] for i in free)]:
        shares[i] += 1
    return shares
