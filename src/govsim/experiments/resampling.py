"""The BCa bootstrap of a mean, with resamples that belong to the number of values and to nothing else.

Efron (1987), "Better bootstrap confidence intervals", at the wider level that Hesterberg (2015), "What teachers
should know about the bootstrap", gives small samples. Why not from a stream of random numbers: decision 0019.
"""

from __future__ import annotations

import hashlib
import math
from typing import Any, Final, NamedTuple

import numpy as np
import scipy  # whose parts are imported where they are first used

# Together 9,999 resamples; in blocks, so that many replicates need no more memory.
_BLOCKS: Final = 9
_BLOCK: Final = 1_111
RESAMPLES: Final = _BLOCKS * _BLOCK
_WORD_BYTES: Final = 4
_WORD_BITS: Final = np.uint64(32)


class BcaInterval(NamedTuple):
    """Ends of an interval of the mean, and the level at which it would begin to hold 0."""

    low: float
    high: float
    p_value: float


def bca_interval(values: Any, confidence: float) -> BcaInterval:
    """Return the BCa interval of the mean of at least two values that are not all equal.

    The normal quantile of the usual interval is replaced by t(n - 1) sqrt(n / (n - 1)), so that without skewness the
    interval is about Student's. ``p_value`` inverts it, and is never below that of the t test: far out in a tail the
    correction for skewness extrapolates. Where no resample lies beyond 0 it is that of the t test.
    """
    n, mean = len(values), float(values.mean())
    shape = _shape(values)
    widening = math.sqrt(n / (n - 1))
    half = widening * float(scipy.stats.t.ppf((1.0 + confidence) / 2.0, n - 1))
    p_value = float(scipy.stats.ttest_1samp(values, 0.0).pvalue)
    beyond = _share_up_to(shape.means, 0.0) if mean > 0.0 else 1.0 - _share_below(shape.means, 0.0)
    if 0.0 < beyond < 1.0:
        score = shape.score(beyond) if mean > 0.0 else -shape.score(1.0 - beyond)
        p_value = max(p_value, min(1.0, 2.0 * float(scipy.stats.t.cdf(score / widening, n - 1))))
    return BcaInterval(shape.end(-half), shape.end(half), p_value)


class _Shape(NamedTuple):
    """The bootstrap distribution of a mean, and how it is corrected: z0 and a in Efron's words."""

    means: Any
    bias: float
    acceleration: float

    def end(self, score: float) -> float:
        """Return the end of an interval at a normal score."""
        shifted = self.bias + score
        share = scipy.special.ndtr(self.bias + shifted / (1.0 - self.acceleration * shifted))
        return float(np.quantile(self.means, share))

    def score(self, share: float) -> float:
        """Return the normal score at which an interval would end where this share of the resamples lies below."""
        shifted = float(scipy.special.ndtri(share)) - self.bias
        return shifted / (1.0 + self.acceleration * shifted) - self.bias


def _shape(values: Any) -> _Shape:
    mean, means = values.mean(), resampled_means(values)
    centred = values - mean
    bias = scipy.special.ndtri((_share_below(means, mean) + _share_up_to(means, mean)) / 2.0)
    return _Shape(means, float(bias), float((centred**3).sum() / (6.0 * (centred**2).sum() ** 1.5)))


def resampled_means(values: Any) -> Any:
    """Return the means of all resamples of these values, in ascending order, shape (RESAMPLES,)."""
    blocks = [values[resample_rows(len(values), block)].mean(axis=1) for block in range(_BLOCKS)]
    return np.sort(np.concatenate(blocks), kind="stable")


def resample_rows(n: int, block: int) -> Any:
    """Return the rows that one block of resamples takes out of ``n``, shape (resamples, n).

    The bits are SHAKE-256 of a name that holds ``n`` and the number of the block; 32 of them make a row.
    """
    name = f"rows of {n}, block {block}"
    bits = hashlib.shake_256(name.encode()).digest(_WORD_BYTES * _BLOCK * n)
    words = np.frombuffer(bits, "<u4").astype(np.uint64)
    return ((words * np.uint64(n)) >> _WORD_BITS).astype(np.intp).reshape(_BLOCK, n)


def _share_below(means: Any, value: float) -> float:
    return float(np.searchsorted(means, value, side="left")) / RESAMPLES


def _share_up_to(means: Any, value: float) -> float:
    return float(np.searchsorted(means, value, side="right")) / RESAMPLES
