"""The interval of a mean paired difference: Student's, or the BCa bootstrap where the differences are skewed."""

from __future__ import annotations

import math
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import scipy  # whose parts are imported where they are first used

from govsim.experiments.resampling import bca_interval
from govsim.experiments.thresholds import THRESHOLDS

IntervalKind = Literal["t", "bca"]
FEWEST_PAIRS: Final = 2
FEWEST_FOR_SKEWNESS: Final = 3
# Differences that vary, or differ from 0, by less than this share of the values do so by rounding only.
ROUNDING: Final = 1e-12


class Interval(NamedTuple):
    """An interval of a mean, what it was made with, and the two-sided p-value of a mean of 0 that goes with it."""

    low: float | None = None
    high: float | None = None
    kind: IntervalKind | None = None
    p_value: float | None = None


def interval_of_mean(differences: Any, scale: float) -> Interval:
    """Return the interval of the mean of paired differences; a single one has none.

    Student's is mean +- t(0.975, n - 1) s / sqrt(n), with the p-value of the paired t test. With the opposite
    differences the interval is exactly the opposite, and the p-value the same.

    Parameters
    ----------
    differences
        One number a pair.
    scale
        The largest size of the values that were subtracted; what is tiny beside it is rounding.
    """
    n = len(differences)
    if n < FEWEST_PAIRS:
        return Interval()
    mean = float(differences.mean())
    variance = float(differences.var(ddof=1))
    if np.ptp(differences) <= ROUNDING * scale or variance == 0.0:  # too small for a float
        return Interval(mean, mean, "t", 1.0 if abs(mean) <= ROUNDING * scale else 0.0)
    skewness = sample_skewness(differences)
    if is_skewed(skewness, n):
        # Resampled with the long tail upwards, whichever arm is the baseline.
        low, high, p_value = bca_interval(math.copysign(1.0, skewness) * differences, THRESHOLDS.confidence)
        return Interval(low, high, "bca", p_value) if skewness > 0.0 else Interval(-high, -low, "bca", p_value)
    error = math.sqrt(variance / n)
    half = float(scipy.stats.t.ppf((1.0 + THRESHOLDS.confidence) / 2.0, n - 1)) * error
    return Interval(mean - half, mean + half, "t", 2.0 * float(scipy.stats.t.sf(abs(mean) / error, n - 1)))


def is_skewed(skewness: float, n: int) -> bool:
    """Return whether a sample skewness of ``n`` values is beyond what a normal distribution lets expect."""
    return n >= THRESHOLDS.resampled_pairs and abs(skewness) > THRESHOLDS.skewness_spreads * spread_of_skewness(n)


def sample_skewness(values: Any) -> float:
    """Return G1, the skewness with the usual correction for small samples; 0 where it is undefined."""
    if len(values) < FEWEST_FOR_SKEWNESS:
        return 0.0
    with np.errstate(all="ignore"):  # the cube of a tiny spread is no number
        skewness = float(scipy.stats.skew(values, bias=False))
    return skewness if math.isfinite(skewness) else 0.0


def spread_of_skewness(n: int) -> float:
    """Return the standard error of G1 over samples of ``n`` normal values (Cramer 1946)."""
    return math.sqrt(6.0 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3)))
