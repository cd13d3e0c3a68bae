"""Whole shares of a whole number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govsim.scenarios.apportioning import apportion, half_up

WEIGHTS = st.lists(st.integers(1, 10**9), min_size=1, max_size=30)


@given(st.integers(0, 10**10), WEIGHTS)
def test_shares_add_up_and_miss_their_quota_by_less_than_one(total, weights):
    shares = apportion(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < sum(weights)


@given(WEIGHTS, st.integers(0, 50), st.integers(0, 10**6))
def test_nobody_has_less_than_the_least(weights, least, more):
    total = least * len(weights) + more
    shares = apportion(total, weights, least)
    assert sum(shares) == total
    assert min(shares) >= least


def test_those_with_enough_share_what_others_need():
    assert apportion(100, [1, 9, 90], 10) == [10, 10, 80]
    assert apportion(10, [3, 3, 3], [0, 4, 0]) == [3, 4, 3]


def test_of_equal_remainders_the_earlier_comes_first():
    assert apportion(2, [1, 1, 1]) == [1, 1, 0]


@pytest.mark.parametrize(("total", "weights", "least"), [(5, [1, 1], 3), (5, [0, 0], 0)])
def test_what_cannot_be_shared_out_is_refused(total, weights, least):
    with pytest.raises(ValueError, match=r"^5 cannot be shared out"):
        apportion(total, weights, least)


def test_nothing_of_nothing_is_nothing():
    assert apportion(0, [0, 0]) == [0, 0]


def test_a_half_goes_up():
    assert [half_up(n, 2) for n in (1, 2, 3)] == [1, 1, 2]
