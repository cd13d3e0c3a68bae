"""Words never say more than the numbers: each threshold at its edge, in both languages."""

from __future__ import annotations

import math

import pytest

from govsim.experiments.pairing import PairedEffect
from govsim.experiments.thresholds import THRESHOLDS
from govsim.experiments.wording import (
    Certainty,
    Size,
    certainty,
    direction_words,
    effect_words,
    size,
    sizes,
)


def effect(low, high, *, baseline=10.0, p=0.001):
    middle = None if low is None else (low + high) / 2
    return PairedEffect(9, baseline, difference=middle, ci_low=low, ci_high=high, interval="t", p_value=p, p_holm=p)


def test_the_thresholds_are_those_that_the_pages_state():
    """A change of one of these is a change of what every comparison says."""
    assert vars(THRESHOLDS) == {
        "confidence": 0.95,
        "skewness_spreads": 2.0,
        "resampled_pairs": 20,
        "clear_p": 0.01,
        "likely_p": 0.05,
        "medium_share": 0.02,
        "large_share": 0.1,
    }


@pytest.mark.parametrize(
    ("p", "expected"),
    [
        (0.0, Certainty.CLEAR),
        (math.nextafter(0.01, 0.0), Certainty.CLEAR),
        (0.01, Certainty.LIKELY),
        (math.nextafter(0.05, 0.0), Certainty.LIKELY),
        (0.05, Certainty.UNCLEAR),
        (1.0, Certainty.UNCLEAR),
    ],
)
def test_certainty_is_by_the_corrected_p_value_and_a_limit_belongs_to_the_weaker_word(p, expected):
    assert certainty(effect(0.5, 1.5, p=p)) is expected


def test_an_interval_that_holds_0_is_unclear_whatever_the_p_value():
    assert certainty(effect(-0.5, 1.5, p=0.001)) is Certainty.UNCLEAR


def test_without_an_interval_or_a_difference_there_is_no_certainty():
    assert certainty(PairedEffect(0)) is None
    assert certainty(PairedEffect(1, 1.0, 2.0, 1.0)) is None
    assert certainty(effect(0.0, 0.0, p=1.0)) is None


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.0, Size.SMALL),
        (math.nextafter(0.02, 0.0), Size.SMALL),
        (0.02, Size.MEDIUM),
        (math.nextafter(0.1, 0.0), Size.MEDIUM),
        (0.1, Size.LARGE),
        (3.0, Size.LARGE),
    ],
)
def test_size_is_by_the_share_of_the_baseline_and_a_limit_belongs_to_the_larger_word(share, expected):
    assert size(share) is expected


@pytest.mark.parametrize(
    ("low", "high", "baseline", "expected"),
    [
        (0.05, 0.15, 10.0, (Size.SMALL, Size.SMALL)),
        (-1.5, -0.5, 10.0, (Size.MEDIUM, Size.LARGE)),
        (-1.5, -0.5, -10.0, (Size.MEDIUM, Size.LARGE)),
        (1.0, 1.5, 10.0, (Size.LARGE, Size.LARGE)),
        (-1.5, 1.2, 10.0, (Size.SMALL, Size.LARGE)),
        (1.0, 1.5, 0.0, None),
        (None, None, 10.0, None),
    ],
)
def test_sizes_are_those_of_both_ends_of_the_interval(low, high, baseline, expected):
    assert sizes(effect(low, high, baseline=baseline)) == expected


@pytest.mark.parametrize(
    ("low", "high", "p", "better", "english", "chinese"),
    [
        (1.1, 1.5, 0.001, "lower", "clearly worse; effect large", "明显变差，幅度大"),
        (1.1, 1.5, 0.001, "none", "clearly higher (neutral); effect large", "明显上升（中性），幅度大"),
        (-1.5, -0.1, 0.02, "lower", "likely better; effect small to large", "很可能变好，幅度由小到大"),
        (-0.5, 0.4, 0.7, "lower", "no clear difference; any effect medium at most", "无明显差异，幅度至多为中"),
        (1.1, 1.5, 0.2, "lower", "no clear difference; any effect large at most", "无明显差异，幅度至多为大"),
        (0.0, 0.0, 1.0, "lower", "exactly equal", "完全相同"),
        (None, None, None, "lower", "undefined here", "此处无定义"),
    ],
)
def test_the_words_follow_the_numbers(low, high, p, better, english, chinese):
    found = effect(low, high, p=p)
    assert effect_words(found, better, "en") == english
    assert effect_words(found, better, "zh") == chinese
    assert english.startswith(direction_words(found, better, "en"))


def test_beside_a_baseline_of_0_nothing_is_said_of_size():
    assert effect_words(effect(1.0, 2.0, baseline=0.0), "lower", "en") == "clearly worse"
