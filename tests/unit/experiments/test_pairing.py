"""The statistics of a pair of arms, against formulas written out and against SciPy's own."""

from __future__ import annotations

import math
import statistics

import pytest
from scipy import stats

from govsim.experiments.pairing import PairedEffect, Verdict, paired_effect

BASELINE = [9.0, 8.7, 9.4, 9.1, 8.8]
REFORM = [8.6, 8.5, 9.0, 9.2, 8.1]
DIFFERENCE = [after - before for before, after in zip(BASELINE, REFORM, strict=True)]


def test_means_and_difference_are_those_of_the_pairs():
    effect = paired_effect(BASELINE, REFORM, "lower")
    assert effect.n_pairs == 5
    assert effect.baseline == pytest.approx(statistics.fmean(BASELINE), rel=1e-14)
    assert effect.reform == pytest.approx(statistics.fmean(REFORM), rel=1e-14)
    assert effect.difference == pytest.approx(statistics.fmean(DIFFERENCE), rel=1e-14)


def test_the_interval_is_the_t_interval_that_scipy_gives_for_paired_samples():
    effect = paired_effect(BASELINE, REFORM, "lower")
    expected = stats.ttest_rel(REFORM, BASELINE).confidence_interval(0.95)
    assert (effect.ci_low, effect.ci_high) == pytest.approx((expected.low, expected.high), rel=1e-12)


def test_the_interval_uses_the_table_value_of_t():
    effect = paired_effect(BASELINE, REFORM, "lower")
    half = 2.7764451 * statistics.stdev(DIFFERENCE) / math.sqrt(5)
    assert effect.ci_high - effect.difference == pytest.approx(half, rel=1e-7)


def test_the_p_value_is_that_of_the_paired_t_test_and_is_not_corrected_yet():
    effect = paired_effect(BASELINE, REFORM, "lower")
    assert effect.p_value == pytest.approx(stats.ttest_rel(REFORM, BASELINE).pvalue, rel=1e-12)
    assert (effect.interval, effect.p_holm) == ("t", None)


def test_skewed_differences_have_a_bootstrap_interval_and_swapping_the_arms_negates_it_exactly():
    reform = [before - 0.3 + (place % 10 == 0) for place, before in enumerate(BASELINE * 5)]
    forth, back = paired_effect(BASELINE * 5, reform, "lower"), paired_effect(reform, BASELINE * 5, "lower")
    assert forth.interval == back.interval == "bca"
    assert (back.difference, back.ci_low, back.ci_high) == (-forth.difference, -forth.ci_high, -forth.ci_low)
    assert (back.p_value, back.variance_reduction) == (forth.p_value, forth.variance_reduction)


def test_variance_reduction_is_the_variance_without_pairing_over_that_with_it():
    effect = paired_effect(BASELINE, REFORM, "lower")
    expected = (statistics.variance(BASELINE) + statistics.variance(REFORM)) / statistics.variance(DIFFERENCE)
    assert effect.variance_reduction == pytest.approx(expected, rel=1e-12)


def test_swapping_the_arms_negates_difference_and_interval_exactly():
    forth, back = paired_effect(BASELINE, REFORM, "lower"), paired_effect(REFORM, BASELINE, "lower")
    assert (back.difference, back.ci_low, back.ci_high) == (-forth.difference, -forth.ci_high, -forth.ci_low)
    assert (back.baseline, back.reform) == (forth.reform, forth.baseline)
    assert back.variance_reduction == forth.variance_reduction


@pytest.mark.parametrize(("better", "share"), [("lower", 0.4), ("higher", 0.2), ("none", None)])
def test_share_better_counts_strict_improvement_only(better, share):
    effect = paired_effect([1.0, 1.0, 1.0, 1.0, 1.0], [0.5, 0.9, 1.0, 1.0, 1.5], better)
    assert effect.share_better == share


def test_a_pair_in_which_either_side_is_undefined_is_dropped():
    effect = paired_effect([1.0, None, 3.0, 4.0], [2.0, 5.0, None, 7.0], "higher")
    assert (effect.n_pairs, effect.baseline, effect.reform, effect.difference) == (2, 2.5, 4.5, 2.0)


def test_an_outcome_that_is_never_defined_has_no_numbers():
    assert paired_effect([None, 1.0], [2.0, None], "lower") == PairedEffect(0)


def test_a_single_pair_has_no_interval_and_no_variance_reduction():
    effect = paired_effect([2.0], [3.0], "higher")
    assert (effect.difference, effect.share_better) == (1.0, 1.0)
    assert (effect.ci_low, effect.ci_high, effect.variance_reduction) == (None, None, None)
    assert (effect.interval, effect.p_value) == (None, None)


def test_differences_that_do_not_vary_have_an_interval_of_one_point_and_no_variance_reduction():
    effect = paired_effect([0.1, 0.2, 0.3], [0.2, 0.3, 0.4], "higher")
    assert effect.ci_low == effect.difference == effect.ci_high == pytest.approx(0.1)
    assert effect.variance_reduction is None


def test_equal_arms_differ_by_exactly_nothing():
    effect = paired_effect(BASELINE, BASELINE, "lower")
    assert (effect.difference, effect.ci_low, effect.ci_high, effect.share_better) == (0.0, 0.0, 0.0, 0.0)
    assert effect.variance_reduction is None


def test_arms_of_different_length_are_refused():
    with pytest.raises(ValueError, match="zip"):
        paired_effect([1.0], [1.0, 2.0], "lower")


@pytest.mark.parametrize(
    ("difference", "low", "high", "better", "verdict"),
    [
        (-1.0, -1.5, -0.5, "lower", Verdict.BETTER),
        (-1.0, -1.5, -0.5, "higher", Verdict.WORSE),
        (-1.0, -1.5, -0.5, "none", Verdict.LOWER),
        (1.0, 0.5, 1.5, "none", Verdict.HIGHER),
        (1.0, 0.5, 1.5, "lower", Verdict.WORSE),
        (1.0, -0.5, 2.5, "lower", Verdict.NO_CLEAR_DIFFERENCE),
        (1.0, 0.0, 2.0, "lower", Verdict.NO_CLEAR_DIFFERENCE),
        (0.0, 0.0, 0.0, "lower", Verdict.NO_DIFFERENCE),
        (1.0, None, None, "lower", Verdict.NO_INTERVAL),
        (None, None, None, "lower", Verdict.UNDEFINED),
    ],
)
def test_a_verdict_needs_an_interval_that_excludes_zero(difference, low, high, better, verdict):
    effect = PairedEffect(5, difference=difference, ci_low=low, ci_high=high)
    assert effect.verdict(better) is verdict


@pytest.mark.parametrize(("p_holm", "verdict"), [(0.049, Verdict.WORSE), (0.05, Verdict.NO_CLEAR_DIFFERENCE)])
def test_a_verdict_needs_a_corrected_p_below_5_in_100_as_well(p_holm, verdict):
    effect = PairedEffect(5, difference=1.0, ci_low=0.5, ci_high=1.5, p_value=0.02, p_holm=p_holm)
    assert effect.verdict("lower") is verdict
