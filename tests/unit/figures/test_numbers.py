"""Numbers in print: enough digits to see the effect, in units a reader knows."""

from __future__ import annotations

import pytest

from govsim.experiments.pairing import PairedEffect
from govsim.figures.numbers import plain, shown, shown_hours, signed


def effect(difference, low, high, baseline=1.0):
    return PairedEffect(5, baseline, baseline + difference, difference, low, high, 1.0, 2.0)


def test_a_share_is_shown_in_percent_and_its_effect_in_percentage_points():
    found = shown("satisfaction", effect(0.0149, 0.0131, 0.0167, baseline=0.659))
    assert (found.baseline, found.reform) == ("65.9", "67.4")
    assert (found.difference, found.low, found.high) == ("+1.5", "+1.3", "+1.7")


def test_turnover_is_shown_in_percent_a_year():
    assert shown("turnover_per_year", effect(-0.031, -0.043, -0.019, baseline=0.103)).baseline == "10.3"


def test_other_outcomes_keep_their_unit():
    found = shown("workload_hours", effect(-0.783, -0.818, -0.747, baseline=9.016))
    assert (found.baseline, found.difference) == ("9.02", "−0.78")


def test_digits_show_on_which_side_of_zero_an_interval_ends():
    found = shown("workload_hours", effect(0.5, 0.004, 0.996, baseline=9.0))
    assert found.low == "+0.004"


def test_an_exact_zero_has_no_sign_and_no_decimals():
    found = shown("ad_hoc_share", effect(0.0, 0.0, 0.0, baseline=0.0))
    assert (found.baseline, found.difference, found.low) == ("0", "0", "0")


def test_what_is_undefined_is_a_dash():
    found = shown("satisfaction_gap", PairedEffect(0))
    assert set(vars(found).values()) == {"–"}


def test_hours_have_three_digits_and_their_thousands_apart():
    found = shown_hours(effect(1539.6, 1489.7, 1589.5))
    assert (found.difference, found.low, found.high) == ("+1,540", "+1,490", "+1,590")


@pytest.mark.parametrize(
    ("value", "places", "text"), [(0.004, 2, "0.00"), (-0.004, 2, "0.00"), (-1234.5, 1, "−1,234.5"), (2.0, 0, "+2")]
)
def test_a_sign_stands_before_what_does_not_round_to_zero(value, places, text):
    assert signed(value, places) == text


def test_a_minus_is_a_minus_and_no_hyphen():
    assert plain(-1.5, 1) == "−1.5"
