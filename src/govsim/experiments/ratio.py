"""The ratio of two means over the same replicates, with Fieller's interval."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import scipy  # whose parts are imported where they are first used

from govsim.experiments.intervals import FEWEST_PAIRS
from govsim.experiments.thresholds import THRESHOLDS


class Ratio(NamedTuple):
    """A ratio of means and the ends of its interval."""

    value: float
    low: float
    high: float


def ratio_of_means(top: Any, bottom: Any) -> Ratio | None:
    """Return the mean of ``top`` over the mean of ``bottom``, or None where the latter is not clearly positive.

    Fieller (1954): the interval holds each ratio r for which the t interval of the mean of top - r bottom holds 0. It
    is one stretch exactly where the t interval of the mean of ``bottom`` lies above 0; elsewhere it would be without
    bounds, and the ratio is undefined.

    Parameters
    ----------
    top, bottom
        One number a replicate, in the same order.
    """
    top, bottom = np.asarray(top, float), np.asarray(bottom, float)
    n = len(bottom)
    if n < FEWEST_PAIRS:
        return None
    quantile = float(scipy.stats.t.ppf((1.0 + THRESHOLDS.confidence) / 2.0, n - 1))
    above, below = float(top.mean()), float(bottom.mean())
    half = quantile * math.sqrt(_covariance(bottom, bottom) / n)
    if below <= half:
        return None
    weight = quantile**2 / n
    # The ratios r with square r**2 - 2 product r + constant <= 0.
    square = (below - half) * (below + half)
    product = above * below - weight * _covariance(top, bottom)
    constant = above**2 - weight * _covariance(top, top)
    root = math.sqrt(max(0.0, product**2 - square * constant))
    return Ratio(above / below, (product - root) / square, (product + root) / square)


def _covariance(x: Any, y: Any) -> float:
    return float(((x - x.mean()) * (y - y.mean())).sum()) / (len(x) - 1)
