"""The statistics of one outcome in two arms, paired by replicate; effects and intervals, no tests."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import stats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.recording.outcomes import Better

CONFIDENCE: Final = 0.95
FEWEST_PAIRS: Final = 2
# Differences that vary by less than this share of the values vary by rounding only.
ROUNDING: Final = 1e-12


class Verdict(StrEnum):
    """What an interval says about an outcome, those who lose first."""

    WORSE = "worse"
    BETTER = "better"
    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    NO_DIFFERENCE = "no_difference"
    NO_INTERVAL = "no_interval"
    UNDEFINED = "undefined"


@dataclass(frozen=True)
class PairedEffect:
    """The effect of a reform on one outcome; None is undefined.

    Attributes
    ----------
    n_pairs
        Replicates in which the outcome is defined in both arms; all else is of these.
    baseline, reform
        Means.
    difference
        Mean of reform less baseline.
    ci_low, ci_high
        95 % t interval of ``difference``; None for a single pair.
    share_better
        Share of pairs in which the reform is strictly better; None if no direction is better.
    variance_reduction
        (variance of baseline + variance of reform) / variance of the difference: how many times more
        replicates the same interval would take without pairing. None for a single pair, and when the
        difference does not vary at all, whatever the arms do: the gain is then unbounded.
    """

    n_pairs: int
    baseline: float | None = None
    reform: float | None = None
    difference: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    share_better: float | None = None
    variance_reduction: float | None = None

    def verdict(self, better: Better) -> Verdict:
        """Return what the interval says: a direction only if it excludes 0."""
        if self.difference is None:
            return Verdict.UNDEFINED
        if self.ci_low is None or self.ci_high is None:
            return Verdict.NO_INTERVAL
        if self.ci_low <= 0.0 <= self.ci_high:
            is_equal = self.ci_low == self.ci_high
            return Verdict.NO_DIFFERENCE if is_equal else Verdict.NO_CLEAR_DIFFERENCE
        direction = "higher" if self.ci_low > 0.0 else "lower"
        if better == "none":
            return Verdict(direction)
        return Verdict.BETTER if direction == better else Verdict.WORSE


def paired_effect(baseline: Sequence[float | None], reform: Sequence[float | None], better: Better) -> PairedEffect:
    """Return the effect on one outcome from its values by replicate, in the same order in both arms.

    Swapping the arms negates the difference and its interval exactly. The interval is Student's:
    mean +- t(0.975, n - 1) s / sqrt(n).
    """
    pairs = [
        (before, after)
        for before, after in zip(baseline, reform, strict=True)
        if before is not None and after is not None
    ]
    if not pairs:
        return PairedEffect(0)
    without, with_reform = np.array(pairs, float).T
    difference = with_reform - without
    mean = float(difference.mean())
    half, reduction = _spread(without, with_reform, difference)
    return PairedEffect(
        n_pairs=len(pairs),
        baseline=float(without.mean()),
        reform=float(with_reform.mean()),
        difference=mean,
        ci_low=None if half is None else mean - half,
        ci_high=None if half is None else mean + half,
        share_better=_share_better(difference, better),
        variance_reduction=reduction,
    )


def _spread(without: Any, with_reform: Any, difference: Any) -> tuple[float | None, float | None]:
    """Return half the width of the interval, and the variance reduction."""
    n = len(difference)
    if n < FEWEST_PAIRS:
        return None, None
    scale = max(np.abs(without).max(), np.abs(with_reform).max())
    if np.ptp(difference) <= ROUNDING * scale:
        return 0.0, None
    variance = float(difference.var(ddof=1))
    if variance == 0.0:  # too small for a float
        return 0.0, None
    t = float(stats.t.ppf((1.0 + CONFIDENCE) / 2.0, n - 1))
    half = t * math.sqrt(variance / n)
    return half, float(without.var(ddof=1) + with_reform.var(ddof=1)) / variance


def _share_better(difference: Any, better: Better) -> float | None:
    if better == "none":
        return None
    return float((difference < 0.0).mean() if better == "lower" else (difference > 0.0).mean())
