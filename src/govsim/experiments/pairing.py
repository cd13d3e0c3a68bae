"""The statistics of one outcome in two arms, paired by replicate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from govsim.experiments.intervals import interval_of_mean
from govsim.experiments.thresholds import THRESHOLDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.experiments.intervals import IntervalKind
    from govsim.recording.outcomes import Better


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
        95 % interval of ``difference``; None for a single pair.
    share_better
        Share of pairs in which the reform is strictly better; None if no direction is better.
    variance_reduction
        (variance of baseline + variance of reform) / variance of the difference: how many times more
        replicates the same interval would take without pairing. None for a single pair, and when the
        difference does not vary at all, whatever the arms do: the gain is then unbounded.
    interval
        What the interval was made with: ``t``, Student's, or ``bca``, the bootstrap where the differences are skewed.
    p_value
        Two-sided, of a mean difference of 0: that of the paired t test, and beside a bootstrap interval at least that
        at which the interval would begin to hold 0.
    p_holm
        ``p_value`` after Holm's correction over all arms of a comparison; None outside of one.
    """

    n_pairs: int
    baseline: float | None = None
    reform: float | None = None
    difference: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    share_better: float | None = None
    variance_reduction: float | None = None
    interval: IntervalKind | None = None
    p_value: float | None = None
    p_holm: float | None = None

    def verdict(self, better: Better) -> Verdict:
        """Return what the numbers say: a direction only if the interval excludes 0 and ``p_holm`` allows it."""
        if self.difference is None:
            return Verdict.UNDEFINED
        if self.ci_low is None or self.ci_high is None:
            return Verdict.NO_INTERVAL
        if self.ci_low == 0.0 == self.ci_high:
            return Verdict.NO_DIFFERENCE
        is_refuted = self.p_holm is not None and self.p_holm >= THRESHOLDS.likely_p
        if is_refuted or self.ci_low <= 0.0 <= self.ci_high:
            return Verdict.NO_CLEAR_DIFFERENCE
        direction = "higher" if self.ci_low > 0.0 else "lower"
        if better == "none":
            return Verdict(direction)
        return Verdict.BETTER if direction == better else Verdict.WORSE


def paired_effect(baseline: Sequence[float | None], reform: Sequence[float | None], better: Better) -> PairedEffect:
    """Return the effect on one outcome from its values by replicate, in the same order in both arms.

    Swapping the arms negates the difference and its interval exactly; ``interval_of_mean`` says which interval it is.
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
    interval = interval_of_mean(difference, max(np.abs(without).max(), np.abs(with_reform).max()))
    return PairedEffect(
        n_pairs=len(pairs),
        baseline=float(without.mean()),
        reform=float(with_reform.mean()),
        difference=float(difference.mean()),
        ci_low=interval.low,
        ci_high=interval.high,
        share_better=_share_better(difference, better),
        variance_reduction=_variance_reduction(without, with_reform) if interval.low != interval.high else None,
        interval=interval.kind,
        p_value=interval.p_value,
    )


def _variance_reduction(without: Any, with_reform: Any) -> float:
    difference = with_reform - without
    return float(without.var(ddof=1) + with_reform.var(ddof=1)) / float(difference.var(ddof=1))


def _share_better(difference: Any, better: Better) -> float | None:
    if better == "none":
        return None
    return float((difference < 0.0).mean() if better == "lower" else (difference > 0.0).mean())
