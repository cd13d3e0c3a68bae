"""The bootstrap: resamples that anybody can make again, and an interval that SciPy makes from the same ones."""

from __future__ import annotations

import hashlib
import math
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats

from govsim.experiments.resampling import RESAMPLES, bca_interval, resample_rows, resampled_means

SKEWED = np.array([(place / 7.0) ** 3 - 4.0 for place in range(24)])
FEW_VALUES = np.array([0.0] * 20 + [1.0, 1.0, 1.0, 2.0])


def widened(n, confidence=0.95):
    """Return the level at which the normal quantile is t(n - 1) sqrt(n / (n - 1))."""
    return 1.0 - 2.0 * stats.norm.sf(math.sqrt(n / (n - 1)) * stats.t.ppf((1.0 + confidence) / 2.0, n - 1))


def scipy_interval(values, confidence):
    """Return SciPy's BCa interval from our resamples and at this level."""
    ours = SimpleNamespace(bootstrap_distribution=resampled_means(values))
    found = stats.bootstrap(
        (values,), np.mean, n_resamples=0, bootstrap_result=ours, method="BCa", confidence_level=confidence
    )
    return found.confidence_interval


def test_a_row_is_the_part_of_a_named_hash_that_anybody_can_compute():
    """Of 24 values: the first two resamples of block 3, from the bytes of the hash as plain integers."""
    bits = hashlib.shake_256(b"rows of 24, block 3").digest(4 * 48)
    expected = [int.from_bytes(bits[4 * k : 4 * k + 4], "little") * 24 >> 32 for k in range(48)]
    assert resample_rows(24, 3)[:2].ravel().tolist() == expected


def test_resamples_belong_to_the_number_of_values_and_to_nothing_else():
    assert np.array_equal(resample_rows(24, 0), resample_rows(24, 0))
    assert not np.array_equal(resample_rows(24, 0), resample_rows(24, 1))
    assert not np.array_equal(resample_rows(24, 0)[:, :20], resample_rows(20, 0))


@pytest.mark.parametrize("n", [20, 31])
def test_every_value_is_taken_equally_often_and_in_every_place(n):
    rows = np.concatenate([resample_rows(n, block) for block in range(9)])
    assert rows.shape == (RESAMPLES, n)
    assert (rows.min(), rows.max()) == (0, n - 1)
    assert stats.chisquare(np.bincount(rows.ravel(), minlength=n)).pvalue > 0.001
    assert stats.chisquare(rows.sum(axis=0) / (n - 1) * 2).pvalue > 0.001
    # The twin: rows that are taken from a range one too short.
    assert stats.chisquare(np.bincount(rows.ravel() * (n - 1) // n, minlength=n)).pvalue < 0.001


def test_means_of_resamples_have_the_moments_of_the_bootstrap():
    """The exact ones: the mean, the variance over n, and the skewness over the root of n."""
    means, n = resampled_means(SKEWED), len(SKEWED)
    assert means.mean() == pytest.approx(SKEWED.mean(), abs=4 * SKEWED.std() / math.sqrt(n * RESAMPLES))
    assert means.var() == pytest.approx(SKEWED.var() / n, rel=4 * math.sqrt(2 / RESAMPLES))
    assert stats.skew(means) == pytest.approx(stats.skew(SKEWED) / math.sqrt(n), abs=4 * math.sqrt(6 / RESAMPLES))
    assert np.all(np.diff(means) >= 0.0)


@pytest.mark.parametrize("values", [SKEWED, -SKEWED, SKEWED * 1e-6, FEW_VALUES], ids=["up", "down", "tiny", "ties"])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_the_interval_is_scipys_from_the_same_resamples_at_the_wider_level(values, confidence):
    ours = bca_interval(values, confidence)
    theirs = scipy_interval(values, widened(len(values), confidence))
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), rel=1e-9)
    # The twin: at the level itself the interval is another one.
    narrow = scipy_interval(values, confidence)
    assert (ours.low, ours.high) != pytest.approx((narrow.low, narrow.high), rel=1e-3)


def test_without_skewness_the_interval_is_about_students():
    values = stats.norm.ppf((np.arange(40) + 0.5) / 40) + 2.0
    student = stats.ttest_1samp(values, 0.0).confidence_interval()
    found = bca_interval(values, 0.95)
    width = student.high - student.low
    assert (found.low, found.high) == pytest.approx((student.low, student.high), abs=0.03 * width)
    assert (found.low, found.high) != pytest.approx((student.low, student.high), abs=0.0001 * width)


def test_with_a_long_tail_upwards_the_interval_reaches_further_up_than_down():
    values = SKEWED - SKEWED.mean()
    found, student = bca_interval(values, 0.95), stats.ttest_1samp(values, 0.0).confidence_interval()
    assert found.high > student.high
    assert found.low > student.low
    assert found.high > -found.low


@pytest.mark.parametrize("shift", [-3.0, -2.2, -1.4])
def test_below_0_the_p_value_is_the_level_at_which_scipys_interval_begins_to_hold_0(shift):
    """The long tail leads towards 0, so the bootstrap is more careful than the t test."""
    values = SKEWED - SKEWED.mean() + shift
    p_value = bca_interval(values, 0.95).p_value
    assert 1e-4 < stats.ttest_1samp(values, 0.0).pvalue < p_value < 1.0
    found = scipy_interval(values, widened(len(values), 1.0 - p_value))
    assert found.high == pytest.approx(0.0, abs=0.002 * values.std())


@pytest.mark.parametrize("shift", [1.0, 2.0, 3.0])
def test_above_0_the_p_value_is_never_below_that_of_the_t_test(shift):
    values = SKEWED - SKEWED.mean() + shift
    assert bca_interval(values, 0.95).p_value == pytest.approx(stats.ttest_1samp(values, 0.0).pvalue, rel=1e-9)


def test_a_few_differences_among_many_zeros_are_not_said_to_be_sure():
    """The interval excludes 0; inverted, the bootstrap alone would give p = 0.0007."""
    found = bca_interval(np.array([0.0] * 15 + [1.0, 1.0, 1.0, 2.0, 4.0]), 0.95)
    assert found.low > 0.0
    assert found.p_value > 0.05


def test_where_no_resample_lies_beyond_0_the_p_value_is_that_of_the_t_test():
    values = SKEWED - SKEWED.mean() - 40.0
    assert resampled_means(values)[-1] < 0.0
    assert bca_interval(values, 0.95).p_value == pytest.approx(stats.ttest_1samp(values, 0.0).pvalue, rel=1e-9)


def test_a_mean_of_0_has_a_p_value_of_1():
    assert bca_interval(np.array([-1.0] * 20 + [2.0] * 10), 0.95).p_value == 1.0
