"""The words for an effect: its direction, how sure it is over the replicates, and its size beside the baseline.

No word says more than the numbers: a direction needs an interval without 0, a size holds for both ends of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from govsim.experiments.pairing import Verdict
from govsim.experiments.thresholds import THRESHOLDS
from govsim.language import say

if TYPE_CHECKING:
    from govsim.experiments.pairing import PairedEffect
    from govsim.recording.outcomes import Better

DIRECTIONS: Final = frozenset({Verdict.WORSE, Verdict.BETTER, Verdict.HIGHER, Verdict.LOWER})


class Certainty(StrEnum):
    """How sure a direction is, as far as the replicates go; the assumptions are another matter."""

    CLEAR = "clear"
    LIKELY = "likely"
    UNCLEAR = "unclear"


class Size(StrEnum):
    """How large an effect is beside the mean of the baseline."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Sizes(NamedTuple):
    """The sizes of the end of an interval that lies nearer to 0 and of the other."""

    least: Size
    most: Size


def certainty(effect: PairedEffect) -> Certainty | None:
    """Return how sure the direction is; None where there is no interval, or no difference at all."""
    verdict = effect.verdict("none")
    if verdict is Verdict.NO_CLEAR_DIFFERENCE:
        return Certainty.UNCLEAR
    if verdict not in DIRECTIONS:
        return None
    p_value = effect.p_value if effect.p_holm is None else effect.p_holm
    return Certainty.CLEAR if p_value is not None and p_value < THRESHOLDS.clear_p else Certainty.LIKELY


def sizes(effect: PairedEffect) -> Sizes | None:
    """Return the sizes at the ends of the interval; None without an interval, or beside a baseline of 0."""
    if effect.ci_low is None or effect.ci_high is None or not effect.baseline:
        return None
    near, far = sorted((abs(effect.ci_low), abs(effect.ci_high)))
    if effect.ci_low <= 0.0 <= effect.ci_high:
        near = 0.0
    return Sizes(size(near / abs(effect.baseline)), size(far / abs(effect.baseline)))


def size(share: float) -> Size:
    """Return the size of an effect that is this share of the baseline."""
    if share < THRESHOLDS.medium_share:
        return Size.SMALL
    return Size.MEDIUM if share < THRESHOLDS.large_share else Size.LARGE


def direction_words(effect: PairedEffect, better: Better, lang: str) -> str:
    """Return direction and certainty, such as "likely worse"."""
    verdict, sure = effect.verdict(better), certainty(effect)
    direction = say(verdict, lang)
    return say(f"direction {sure}", lang, direction=direction) if verdict in DIRECTIONS else direction


def effect_words(effect: PairedEffect, better: Better, lang: str) -> str:
    """Return direction, certainty and size, such as "likely worse, small to medium"."""
    words, ends = direction_words(effect, better, lang), sizes(effect)
    if ends is None or effect.verdict(better) is Verdict.NO_DIFFERENCE:
        return words
    least, most = (say(f"size {end}", lang) for end in ends)
    if effect.verdict(better) not in DIRECTIONS:
        return say("size_at_most", lang, words=words, most=most)
    key = "size_one" if least == most else "size_range"
    return say(key, lang, words=words, least=least, most=most)
