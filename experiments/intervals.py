"""How often the intervals of a comparison hold what they should, on differences whose mean is known.

Run with ``python experiments/intervals.py``; ``--repeats`` sets how sure the figures are. Takes a few minutes and
needs no scenario. Its tables stand in decision 0019.
"""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import stats

from govsim.experiments.intervals import interval_of_mean
from govsim.experiments.ratio import ratio_of_means
from govsim.experiments.thresholds import THRESHOLDS
from govsim.randomness import run_key, u

if TYPE_CHECKING:
    from collections.abc import Callable

_SIGMA: Final = math.sqrt(math.log(5.0))
# Quantile function and mean.
DISTRIBUTIONS: Final[dict[str, tuple[Callable[[np.ndarray], np.ndarray], float]]] = {
    "normal": (stats.norm.ppf, 0.0),
    "Laplace": (stats.laplace.ppf, 0.0),
    "exponential, skewness 2": (stats.expon.ppf, 1.0),
    "square of a normal, skewness 2.8": (lambda share: stats.norm.ppf(share) ** 2, 1.0),
    "gamma 1/4, skewness 4": (lambda share: stats.gamma.ppf(share, 0.25), 0.25),
    "lognormal, cv 2, skewness 14": (lambda share: np.exp(_SIGMA * stats.norm.ppf(share) - _SIGMA**2 / 2.0), 1.0),
}
PAIRS: Final = (10, 20, 30, 100)
TRUE_RATIO: Final = 0.4


def uniforms(study: int, repeats: int, n: int) -> np.ndarray:
    """Return keyed uniform numbers of shape (repeats, n)."""
    key = run_key(study, 0)
    return np.array([u(key, n, repeat, index, 0) for repeat in range(repeats) for index in range(n)]).reshape(-1, n)


def means(repeats: int) -> None:
    """Print, by distribution and number of pairs, how often each interval holds the mean and errs about 0."""
    print("held by the rule | by Student's t | bootstrapped | p below 0.05 without effect: rule, t   (percent)")
    for study, (name, (quantile, mean)) in enumerate(DISTRIBUTIONS.items()):
        for n in PAIRS:
            samples = quantile(uniforms(study, repeats, n)) - mean
            ours = [interval_of_mean(sample, 1.0) for sample in samples]
            student = stats.ttest_1samp(samples, 0.0, axis=1)
            low, high = student.confidence_interval()
            row = (
                np.mean([each.low <= 0.0 <= each.high for each in ours]),
                np.mean((low <= 0.0) & (high >= 0.0)),
                np.mean([each.kind == "bca" for each in ours]),
                np.mean([each.p_value < THRESHOLDS.likely_p for each in ours]),
                np.mean(student.pvalue < THRESHOLDS.likely_p),
            )
            print(f"{name:34} n {n:3}", *(f"{100 * share:6.1f}" for share in row), flush=True)


def ratios(repeats: int) -> None:
    """Print how often Fieller's, the delta method's and the jackknife's interval hold a ratio of means."""
    print("\nFieller | delta method | jackknife   (percent, of those defined)")
    for study, (name, quantile, mean) in enumerate(
        (("normal", stats.norm.ppf, 0.0), ("exponential", stats.expon.ppf, 1.0)), start=100
    ):
        for n in PAIRS[:3]:
            for errors, share in ((3.0, -0.6), (3.0, 0.6), (8.0, -0.6), (8.0, 0.6)):
                noise = (quantile(uniforms(study, repeats, 2 * n)) - mean).reshape(-1, 2, n)
                held = [_held(first, second, share, errors) for first, second in noise]
                row = np.mean([each for each in held if each is not None], axis=0)
                print(
                    f"{name:12} n {n:2}, denominator {errors:g} standard errors above 0, correlation {share:+.1f}",
                    *(f"{100 * each:6.1f}" for each in row),
                    flush=True,
                )


def _held(first: np.ndarray, second: np.ndarray, share: float, errors: float) -> tuple[bool, ...] | None:
    """Return which intervals hold the ratio; ``errors`` is how many standard errors the denominator is above 0."""
    n = len(first)
    spread = math.sqrt(n) / errors
    bottom = 1.0 + spread * first
    top = TRUE_RATIO + 0.8 * spread * (share * first + math.sqrt(1.0 - share**2) * second)
    found = ratio_of_means(top, bottom)
    if found is None:
        return None
    quantile = stats.t.ppf(0.975, n - 1)
    delta = (top - found.value * bottom).std(ddof=1) / math.sqrt(n) / bottom.mean()
    left_out = (top.sum() - top) / (bottom.sum() - bottom)
    jackknife = left_out.std() * math.sqrt(n - 1)
    off = abs(found.value - TRUE_RATIO)
    return found.low <= TRUE_RATIO <= found.high, bool(off <= quantile * delta), bool(off <= quantile * jackknife)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=2000)
    repeats = parser.parse_args().repeats
    means(repeats)
    ratios(repeats)


if __name__ == "__main__":
    main()
