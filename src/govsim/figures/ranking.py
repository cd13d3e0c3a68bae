"""Groups in the order of what they lose, how many there are of each verdict, and which of many are drawn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govsim.experiments.pairing import Verdict
from govsim.figures.effects import direction
from govsim.figures.marks import MARKS, verdict_of
from govsim.figures.numbers import LEVEL_DIGITS, decimals, factor_of, signed
from govsim.figures.words import word
from govsim.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.experiments.pairing import PairedEffect

MOST_ROWS: Final = 24
_LOSES: Final = frozenset({Verdict.WORSE, Verdict.LOWER})
_GAINS: Final = frozenset({Verdict.BETTER, Verdict.HIGHER})


@dataclass(frozen=True)
class Group:
    """A group by its label, and the effect on an outcome in it."""

    label: str
    effect: PairedEffect


@dataclass(frozen=True)
class Ranked:
    """Groups in order: those drawn first, those that are not, those drawn last."""

    first: tuple[Group, ...]
    between: tuple[Group, ...]
    last: tuple[Group, ...]

    @property
    def drawn(self) -> tuple[Group, ...]:
        """Groups that have a row."""
        return self.first + self.last


def ranked(outcome: str, groups: Sequence[Group]) -> Ranked:
    """Return the groups that have an effect, losers first and the worst of each verdict first.

    Of more than can be drawn the same number is taken from either end.
    """
    found = sorted(
        (group for group in groups if group.effect.difference is not None),
        key=lambda group: (_place(verdict_of(outcome, group.effect)), _gain(outcome, group)),
    )
    if len(found) <= MOST_ROWS:
        return Ranked(tuple(found), (), ())
    half = MOST_ROWS // 2
    return Ranked(tuple(found[:half]), tuple(found[half:-half]), tuple(found[-half:]))


def counted(outcome: str, groups: Sequence[Group], lang: str) -> list[str]:
    """Return how many groups there are of each verdict, as a sign, a number and a word."""
    counts = Counter(verdict_of(outcome, group.effect) for group in groups)
    in_order = sorted((verdict for verdict in Verdict if counts[verdict]), key=_place)
    return [f"{MARKS[verdict].sign} {counts[verdict]} {say(verdict.value, lang)}" for verdict in in_order]


def how_the_rest_fare(outcome: str, groups: Sequence[Group], lang: str) -> list[str]:
    """Return what is said of groups without a row: how many, of which verdict, and their mean and range."""
    differences = [group.effect.difference or 0.0 for group in groups]
    places, factor = places_of(outcome, groups), factor_of(outcome)
    mean = sum(differences) / len(differences)
    low, high = (signed(end, places, factor) for end in (min(differences), max(differences)))
    counts = word("between", lang).join(counted(outcome, groups, lang))
    return [
        word("left out", lang, n=len(groups)),
        counts,
        word("left out in sum", lang, mean=signed(mean, places, factor), low=low, high=high),
    ]


def places_of(outcome: str, groups: Sequence[Group]) -> int:
    """Return the decimals that all differences of a figure are printed with."""
    largest = max((abs(group.effect.difference or 0.0) for group in groups), default=0.0)
    return decimals(largest * factor_of(outcome), LEVEL_DIGITS)


def _place(verdict: Verdict) -> int:
    if verdict is Verdict.UNDEFINED:
        return 3
    return 0 if verdict in _LOSES else 2 if verdict in _GAINS else 1


def _gain(outcome: str, group: Group) -> float:
    return direction(outcome) * (group.effect.difference or 0.0)
