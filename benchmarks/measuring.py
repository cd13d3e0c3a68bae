"""What a measurement is: all its values, their median and spread, and the bar it is held to."""

from __future__ import annotations

import math
import statistics
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DIGITS = 3


@dataclass(frozen=True)
class Target:
    """A bar of section 7 of the design: ``at most`` or ``at least`` so much."""

    bound: str
    limit: float

    def is_met(self, value: float) -> bool:
        """Return whether a value keeps to the bar."""
        return value <= self.limit if self.bound == "at most" else value >= self.limit

    def __str__(self) -> str:
        return f"{self.bound} {self.limit:,g}"


def at_most(limit: float) -> Target:
    return Target("at most", limit)


def at_least(limit: float) -> Target:
    return Target("at least", limit)


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes
    ----------
    id
        A name that stays the same from one version to the next.
    what, unit
        What was measured, in words, and in which unit.
    values
        Every value, in the order in which it was measured; none if it could not be.
    target
        The bar that the median is held to, if there is one.
    note
        Why there is no value, or what the value is of.
    """

    id: str
    what: str
    unit: str
    values: tuple[float, ...]
    target: Target | None = None
    note: str = ""

    @property
    def median(self) -> float:
        """The median, NaN if nothing was measured."""
        return statistics.median(self.values) if self.values else math.nan

    @property
    def is_met(self) -> bool | None:
        """Whether the median keeps to the bar; None where there is no bar, or no value."""
        if self.target is None or not self.values:
            return None
        return self.target.is_met(self.median)

    def to_dict(self) -> dict[str, Any]:
        """Return the row as plain values."""
        return {
            "id": self.id,
            "what": self.what,
            "unit": self.unit,
            "median": self.median if self.values else None,
            "low": min(self.values, default=None),
            "high": max(self.values, default=None),
            "values": list(self.values),
            "target": str(self.target) if self.target else None,
            "is_met": self.is_met,
            "note": self.note,
        }


def ratios(above: Sequence[float], below: Sequence[float]) -> tuple[float, ...]:
    """Return the ratio within each pair of measurements that were taken one after the other."""
    return tuple(a / b for a, b in zip(above, below, strict=True))


def in_turn(repeats: int, *measures: Callable[[], float]) -> list[list[float]]:
    """Take measurements in turn, so that all share whatever else the machine does; return the values of each."""
    values: list[list[float]] = [[] for _ in measures]
    for _ in range(repeats):
        for kept, measure in zip(values, measures, strict=True):
            kept.append(measure())
    return values


def shown(value: float | None) -> str:
    """Return a number with three digits, or as many as it has before the point."""
    if value is None or math.isnan(value):
        return "–"
    if value == 0.0 or value == math.floor(value):
        return f"{value:,.0f}"
    decimals = max(0, DIGITS - 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{decimals}f}"


def verdict(is_met: bool | None) -> str:
    """Return whether a bar is met in a word."""
    return {True: "met", False: "NOT MET", None: ""}[is_met]


def say(text: str) -> None:
    """Tell whoever waits what goes on."""
    print(text, file=sys.stderr, flush=True)
