"""Which interval is used where, and how often each holds what it should."""

from __future__ import annotations

import functools
import math

import numpy as np
import pytest
from scipy import stats

from govsim.experiments import resampling
from govsim.experiments.intervals import (
    Interval,
    interval_of_mean,
    is_skewed,
    sample_skewness,
    spread_of_skewness,
)
from govsim.experiments.thresholds import THRESHOLDS
from tests.unit.experiments.draws import uniforms

REPEATS = 2000
EXPONENTIAL = -np.log(1.0 - (np.arange(24) + 0.5) / 24)


def interval(differences):
    return interval_of_mean(np.asarray(differences), 10.0)


# The rule that chooses.


def test_the_spread_of_skewness_is_that_of_normal_samples():
    """At 20 values the formula gives 0.5121; so does the spread over 4,000 samples."""
    assert spread_of_skewness(20) == pytest.approx(0.5121, abs=1e-4)
    samples = stats.norm.ppf(uniforms(1, 4000, 20))
    assert stats.skew(samples, axis=1, bias=False).std() == pytest.approx(0.5121, rel=0.05)
    assert stats.skew(samples, axis=1, bias=True).std() != pytest.approx(0.5121, rel=0.05)


def test_skewed_is_what_lies_beyond_two_spreads_on_either_side():
    limit = 2.0 * spread_of_skewness(30)
    assert not is_skewed(limit, 30)
    assert not is_skewed(-limit, 30)
    assert is_skewed(math.nextafter(limit, 9.0), 30)
    assert is_skewed(-math.nextafter(limit, 9.0), 30)


def test_fewer_than_20_pairs_are_never_called_skewed():
    assert not is_skewed(4.0, 19)
    assert is_skewed(4.0, 20)


def test_the_skewness_is_the_corrected_one_and_0_where_there_is_none():
    values = [1.0, 2.0, 2.5, 9.0]
    m2, m3 = np.var(values), np.mean((np.array(values) - np.mean(values)) ** 3)
    assert sample_skewness(values) == pytest.approx(math.sqrt(4 * 3) / 2 * m3 / m2**1.5, rel=1e-12)
    assert sample_skewness([1.0, 2.0]) == 0.0
    # So small that the cube of the spread is no number any more.
    assert sample_skewness([1e-120, 2e-120, 9e-120]) == 0.0


@pytest.mark.parametrize(
    ("differences", "kind"),
    [
        (EXPONENTIAL, "bca"),
        (-EXPONENTIAL, "bca"),
        (EXPONENTIAL[::2], "t"),
        (stats.norm.ppf((np.arange(24) + 0.5) / 24), "t"),
        (np.array([2.0, 3.0]), "t"),
    ],
    ids=["skewed", "skewed the other way", "skewed but few", "normal", "two"],
)
def test_the_interval_says_what_it_is(differences, kind):
    assert interval(differences).kind == kind


def test_students_interval_and_p_value_are_those_of_the_paired_t_test():
    before, after = [9.0, 8.7, 9.4, 9.1, 8.8], [8.6, 8.5, 9.0, 9.2, 8.1]
    expected = stats.ttest_rel(after, before)
    found = interval(np.array(after) - np.array(before))
    low, high = expected.confidence_interval(0.95)
    assert (found.low, found.high, found.p_value) == pytest.approx((low, high, expected.pvalue), rel=1e-12)


@pytest.mark.parametrize("shift", [-2.0, -1.0, 0.0, 0.7])
@pytest.mark.parametrize("size", [1e-7, 1.0, 3e5])
def test_opposite_differences_have_exactly_the_opposite_interval_and_the_same_p_value(shift, size):
    for differences in (EXPONENTIAL + shift, EXPONENTIAL[:15] + shift):
        forth, back = (interval_of_mean(sign * size * differences, 10.0 * size) for sign in (1.0, -1.0))
        assert (back.low, back.high) == (-forth.high, -forth.low)
        assert (back.kind, back.p_value) == (forth.kind, forth.p_value)


def test_a_single_difference_has_no_interval():
    assert interval([0.3]) == Interval(None, None, None, None)


def test_differences_that_do_not_vary_leave_no_doubt():
    assert interval([0.0] * 30) == Interval(0.0, 0.0, "t", 1.0)
    assert interval([2.0] * 30) == Interval(2.0, 2.0, "t", 0.0)
    # What rounding leaves of equal values is no difference.
    assert interval([1e-15, 1e-15]).p_value == 1.0


# Coverage: how often the interval holds the mean of the distribution that the differences come from.


@pytest.fixture
def remembered_rows(monkeypatch):
    """Make the rows of a resample once, which changes nothing but the time."""
    monkeypatch.setattr(resampling, "resample_rows", functools.cache(resampling.resample_rows))


def coverage(intervals, mean):
    """Return the shares of intervals that hold the mean, lie below it, and lie above it."""
    low, high = np.array([each[:2] for each in intervals]).T
    return (
        float(((low <= mean) & (mean <= high)).mean()),
        float((high < mean).mean()),
        float((low > mean).mean()),
    )


def squares(repeats, n):
    """Return squares of normal numbers, of mean 1 and skewness 2.8."""
    return stats.norm.ppf(uniforms(6, repeats, n)) ** 2


def test_of_normal_differences_the_rule_holds_the_mean_95_times_in_100():
    samples = stats.norm.ppf(uniforms(2, REPEATS, 10))
    held, below, above = coverage(map(interval, samples), 0.0)
    assert 0.94 <= held <= 0.96
    assert (below, above) == pytest.approx((0.025, 0.025), abs=0.01)
    # The twin: normal quantiles for ten values.
    error = samples.std(axis=1, ddof=1) / math.sqrt(10)
    naive = zip(samples.mean(axis=1) - 1.96 * error, samples.mean(axis=1) + 1.96 * error, strict=True)
    assert coverage(naive, 0.0)[0] < 0.94


def test_of_skewed_differences_the_rule_holds_the_mean_more_often_than_students_interval(remembered_rows):
    samples = squares(REPEATS // 2, 20)
    held, below, above = coverage(map(interval, samples), 1.0)
    assert 0.92 <= held <= 0.96
    # The twins: Student's interval on the same samples, and the bootstrap without any correction.
    student = [stats.ttest_1samp(sample, 0.0).confidence_interval() for sample in samples]
    held_by_student, below_of_student, _ = coverage(student, 1.0)
    assert held_by_student < 0.92
    assert below < below_of_student - 0.02
    plain = [np.quantile(resampling.resampled_means(sample), [0.025, 0.975]) for sample in samples]
    assert coverage(plain, 1.0)[0] < 0.92
    assert below + above == pytest.approx(1.0 - held)


def test_where_nothing_differs_a_direction_is_found_about_5_times_in_100(remembered_rows):
    """Of normal differences; skewed ones are found too often, but less so than by the t test."""
    normal = stats.norm.ppf(uniforms(4, REPEATS // 2, 25))
    assert np.mean([interval(sample).p_value < THRESHOLDS.likely_p for sample in normal]) == pytest.approx(
        0.05, abs=0.015
    )
    skewed = squares(REPEATS // 2, 20) - 1.0
    ours = np.mean([interval(sample).p_value < THRESHOLDS.likely_p for sample in skewed])
    students = np.mean(stats.ttest_1samp(skewed, 0.0, axis=1).pvalue < THRESHOLDS.likely_p)
    assert ours < 0.065 < students
