"""Holm's correction against an example worked by hand, and what it is for: few false directions among many arms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from govsim.experiments.multiplicity import adjusted_over_arms, holm
from govsim.experiments.pairing import PairedEffect, Verdict, paired_effect
from tests.unit.experiments.draws import uniforms


def test_the_correction_is_that_of_an_example_worked_by_hand():
    """0.005 x 4; 0.01 x 3; 0.03 x 2; and 0.04 x 1, which may not be less than the one before it."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02], rel=1e-12)


def test_stepping_down_by_hand_rejects_the_same():
    """Holm's own procedure: compare the k-th smallest p with 0.05 / (m - k + 1), stop at the first that is above."""
    for study in range(200):
        p_values = (uniforms(20, 200, 6)[study] ** 3).tolist()
        rejected = set()
        for rank, place in enumerate(np.argsort(p_values, kind="stable")):
            if p_values[place] >= 0.05 / (6 - rank):
                break
            rejected.add(int(place))
        assert {place for place, p in enumerate(holm(p_values)) if p < 0.05} == rejected


def test_no_adjusted_p_is_above_1_or_below_the_p_itself():
    p_values = [0.9, 0.5, 0.2, 1.0, 0.0]
    adjusted = holm(p_values)
    assert all(p <= q <= 1.0 for p, q in zip(p_values, adjusted, strict=True))
    assert adjusted[4] == 0.0


def test_a_single_p_stays_as_it_is_and_an_undefined_one_takes_no_part():
    assert holm([0.03]) == [0.03]
    assert holm([None, 0.02, None, 0.03]) == pytest.approx([None, 0.04, None, 0.04])
    assert holm([None]) == [None]


def test_equal_p_values_are_corrected_alike():
    assert holm([0.02, 0.02, 0.02]) == pytest.approx([0.06, 0.06, 0.06])


def effect(p_value):
    return PairedEffect(9, 1.0, 2.0, 1.0, 0.5, 1.5, interval="t", p_value=p_value)


def test_the_family_is_one_outcome_in_all_arms():
    arms = [{"a": effect(0.02), "b": effect(0.001)}, {"a": effect(0.04), "b": effect(None)}]
    first, second = adjusted_over_arms(arms)
    assert (first["a"].p_holm, second["a"].p_holm) == (0.04, 0.04)
    assert (first["b"].p_holm, second["b"].p_holm) == (0.001, None)


def test_a_direction_that_does_not_survive_the_correction_is_not_claimed():
    alone, *_ = adjusted_over_arms([{"a": effect(0.03)}])
    beside, *_ = adjusted_over_arms([{"a": effect(0.03)}, {"a": effect(0.5)}])
    assert alone["a"].verdict("lower") is Verdict.WORSE
    assert beside["a"].verdict("lower") is Verdict.NO_CLEAR_DIFFERENCE
    assert (beside["a"].ci_low, beside["a"].ci_high) == (0.5, 1.5)


def test_of_10_arms_without_effect_any_is_said_to_differ_about_5_times_in_100():
    """All arms share their baseline, so they depend on each other."""
    repeats, arms, n = 300, 10, 10
    noise = stats.norm.ppf(uniforms(21, repeats, (arms + 1) * n)).reshape(repeats, arms + 1, n)
    corrected = uncorrected = 0
    for baseline, *reforms in noise:
        effects = [{"a": paired_effect(baseline, reform, "none")} for reform in reforms]
        corrected += any(arm["a"].p_holm < 0.05 for arm in adjusted_over_arms(effects))
        uncorrected += any(arm["a"].p_value < 0.05 for arm in effects)
    assert corrected / repeats <= 0.05 + 2 * (0.05 * 0.95 / repeats) ** 0.5
    # The twin: without the correction.
    assert uncorrected / repeats > 0.15
