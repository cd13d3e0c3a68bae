"""How a verdict looks: a shape, a word and, beside them, a colour that the colour-blind can tell apart."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from govsim.experiments.pairing import Verdict
from govsim.language import say
from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govsim.experiments.pairing import PairedEffect

# Each has a contrast of three or more to white paper and to a dark screen.
BETTER: Final = "#2a7fb8"
WORSE: Final = "#d55e00"
NEUTRAL: Final = "#6b7782"
# Of what a reform does, where that is neither better nor worse.
REFORM: Final = "#8a63b8"


@dataclass(frozen=True)
class Mark:
    """The look of a verdict: the symbol of a figure, the sign in a text, the colour."""

    symbol: str
    sign: str
    colour: str


MARKS: Final[Mapping[Verdict, Mark]] = MappingProxyType(
    {
        Verdict.WORSE: Mark("triangle-down", "▼", WORSE),
        Verdict.BETTER: Mark("triangle-up", "▲", BETTER),
        Verdict.HIGHER: Mark("diamond", "◆", NEUTRAL),
        Verdict.LOWER: Mark("diamond", "◆", NEUTRAL),
        Verdict.NO_CLEAR_DIFFERENCE: Mark("circle-open", "○", NEUTRAL),
        Verdict.NO_DIFFERENCE: Mark("line-ns-open", "=", NEUTRAL),
        Verdict.NO_INTERVAL: Mark("square-open", "□", NEUTRAL),
        Verdict.UNDEFINED: Mark("x-thin-open", "–", NEUTRAL),
    }
)


def verdict_of(name: str, effect: PairedEffect) -> Verdict:
    """Return what the interval says about an outcome."""
    return effect.verdict(OUTCOMES[name].better)


def words_of(verdict: Verdict, lang: str) -> str:
    """Return a verdict in words, its sign before them."""
    return f"{MARKS[verdict].sign} {say(verdict.value, lang)}"
