"""Consent of several villages: the wait is the longest of as many waits, each memoryless."""

from __future__ import annotations

import functools
from types import SimpleNamespace

import numpy as np
import pytest

from govsim.kernels.consent import consent_days
from govsim.randomness import run_key
from tests.theory.agreement import agreement, all_agree, all_differ

REPLICATES, ITEMS = 40, 200
PER_MONTH = 0.5


@functools.cache
def waits(n_villages, share=1.0):
    """Return days until consent, shape (replicates, items); 0 where none is needed."""
    settings = SimpleNamespace(federation_consent_share=share, federation_consent_per_month=PER_MONTH)
    consent = consent_days.py_func
    keys = [run_key(7, replicate) for replicate in range(REPLICATES)]
    items = [SimpleNamespace(entity=1000 + i, tick=3, index=0) for i in range(ITEMS)]
    return np.array([[consent(key, settings, n_villages, item) for item in items] for key in keys])


def mean_of_longest(n_villages):
    """Return the mean of the longest of n waits, each over after d days with the chance 1 - (1 - p)^(d / 21)."""
    days = np.arange(20_000)
    return float((1.0 - (1.0 - (1.0 - PER_MONTH) ** (days / 21)) ** n_villages).sum())


def mean_of_two_waits():
    """Return the mean of the longer of two waits, summed over the days of one and of the other."""
    days = np.arange(1, 1500)
    ends = (1.0 - PER_MONTH) ** ((days - 1) / 21) - (1.0 - PER_MONTH) ** (days / 21)
    return float((np.maximum.outer(days, days) * np.outer(ends, ends)).sum())


@pytest.mark.parametrize("n", [2, 3, 5])
def test_the_wait_is_the_longest_of_the_waits_of_all_villages(n):
    observed = waits(n).mean(axis=1)
    assert all_agree([agreement(f"{n} villages", observed, mean_of_longest(n), 0.03)]) == []
    assert all_differ([agreement(f"{n} villages, one forgotten", observed, mean_of_longest(n - 1), 0.03)]) == []


def test_the_formula_of_the_longest_wait_is_the_sum_over_the_days_of_both():
    assert mean_of_two_waits() == pytest.approx(mean_of_longest(2), rel=1e-9)
    assert mean_of_two_waits() != pytest.approx(mean_of_longest(3), rel=0.1)


def test_within_a_month_half_of_single_villages_agree_and_a_quarter_of_pairs():
    within = (waits(2) <= 21).mean(axis=1)
    assert all_agree([agreement("a pair", within, PER_MONTH**2, 0.03)]) == []
    assert all_differ([agreement("one village", within, PER_MONTH, 0.03)]) == []


def test_a_share_of_acts_needs_consent_and_one_village_never():
    asked = (waits(3, share=0.25) > 0).mean(axis=1)
    assert all_agree([agreement("share", asked, 0.25, 0.03)]) == []
    assert not waits(1).any()


def test_more_villages_never_consent_earlier_to_the_same_act():
    fewer, more = waits(2), waits(4)
    assert (more >= fewer).all()
    assert (more > fewer).any()
