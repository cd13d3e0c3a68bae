"""Fieller's interval against the t test that defines it, and how often it holds the ratio."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from govsim.experiments.ratio import ratio_of_means
from tests.unit.experiments.draws import uniforms

TOP = np.array([3.0, 4.5, 2.0, 5.0, 3.5, 4.0])
BOTTOM = np.array([10.0, 12.0, 9.0, 13.0, 9.5, 12.5])
REPEATS = 2000


def test_the_ratio_is_of_means_and_no_mean_of_ratios():
    assert ratio_of_means(TOP, BOTTOM).value == pytest.approx(22 / 66)
    assert ratio_of_means(TOP, BOTTOM).value != pytest.approx((TOP / BOTTOM).mean(), rel=1e-3)


@pytest.mark.parametrize("top", [TOP, -TOP, TOP - 3.7, TOP[::-1], 0.0 * TOP + 2.0], ids=range(5))
def test_its_ends_are_the_ratios_at_which_scipys_t_test_begins_to_reject(top):
    found = ratio_of_means(top, BOTTOM)
    assert found.low < found.value < found.high
    for end in (found.low, found.high):
        assert stats.ttest_1samp(top - end * BOTTOM, 0.0).pvalue == pytest.approx(0.05, rel=1e-6)


def test_opposite_numerators_have_the_opposite_ratio_and_units_cancel():
    found, opposite = ratio_of_means(TOP, BOTTOM), ratio_of_means(-TOP, BOTTOM)
    assert (opposite.value, opposite.low, opposite.high) == pytest.approx((-found.value, -found.high, -found.low))
    assert ratio_of_means(60 * TOP, 60 * BOTTOM) == pytest.approx(found)


def test_numbers_that_do_not_vary_have_an_interval_of_one_point():
    assert ratio_of_means([2.0, 2.0, 2.0], [8.0, 8.0, 8.0]) == pytest.approx((0.25, 0.25, 0.25))


def test_it_is_defined_exactly_where_the_t_interval_of_the_denominator_lies_above_0():
    defined = undefined = 0
    for shift in np.linspace(-3.0, 6.0, 91):
        bottom = BOTTOM - BOTTOM.mean() + shift
        is_clear = stats.ttest_1samp(bottom, 0.0).confidence_interval().low > 0.0
        assert (ratio_of_means(TOP, bottom) is not None) is bool(is_clear), shift
        defined, undefined = defined + is_clear, undefined + (not is_clear)
    assert min(defined, undefined) > 20


@pytest.mark.parametrize("bottom", [-BOTTOM, 0.0 * BOTTOM, BOTTOM - 11.0], ids=["below 0", "0", "about 0"])
def test_a_denominator_that_is_not_clearly_above_0_has_no_ratio(bottom):
    assert ratio_of_means(TOP, bottom) is None


def test_a_single_replicate_has_no_ratio():
    assert ratio_of_means([1.0], [2.0]) is None


def pairs(study, share_in_common, n=10):
    """Return tops of mean 0.4 and bottoms of mean 1, which share a part of their noise."""
    first, second = stats.norm.ppf(uniforms(study, REPEATS, 2 * n)).reshape(REPEATS, 2, n).swapaxes(0, 1)
    other = share_in_common * first + (1.0 - share_in_common**2) ** 0.5 * second
    return 0.4 + 0.4 * other, 1.0 + 0.5 * first


def without_covariance(top, bottom):
    """Return the interval of who forgets that top and bottom are of the same replicates."""
    n, ratio = len(top), top.mean() / bottom.mean()
    error = ((top.var(ddof=1) + ratio**2 * bottom.var(ddof=1)) / n) ** 0.5 / bottom.mean()
    half = stats.t.ppf(0.975, n - 1) * error
    return ratio - half, ratio + half


@pytest.mark.parametrize(("study", "share_in_common"), [(30, 0.7), (31, -0.7)])
def test_the_interval_holds_the_ratio_95_times_in_100(study, share_in_common):
    samples = list(zip(*pairs(study, share_in_common), strict=True))
    found = [ratio_of_means(*each) for each in samples]
    assert sum(each is not None for each in found) > 0.99 * REPEATS
    held = np.mean([each.low <= 0.4 <= each.high for each in found if each is not None])
    assert 0.94 <= held <= 0.96
    # The twin: as if the two were independent.
    naive = [without_covariance(*each) for each in samples]
    assert not 0.94 <= np.mean([low <= 0.4 <= high for low, high in naive]) <= 0.96
