"""Every limit of a comparison: where numbers become words, and one interval gives way to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Thresholds:
    """Limits that the page of a comparison states beside its words.

    Attributes
    ----------
    confidence
        Of every interval.
    skewness_spreads
        Paired differences are skewed where their sample skewness lies further from 0 than so many of its standard
        errors under a normal distribution.
    resampled_pairs
        Fewest pairs that are resampled; fewer say too little about the shape of a distribution.
    clear_p, likely_p
        Below the one a direction is called clear, below the other likely; from there on no direction is claimed.
    medium_share, large_share
        An effect is medium from the one share of the baseline on, and large from the other; below both it is small.
    """

    confidence: float = 0.95
    skewness_spreads: float = 2.0
    resampled_pairs: int = 20
    clear_p: float = 0.01
    likely_p: float = 0.05
    medium_share: float = 0.02
    large_share: float = 0.1


THRESHOLDS: Final = Thresholds()
