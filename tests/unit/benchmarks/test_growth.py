"""Curves of growth: the exponent, and scenarios that differ in one size only."""

from __future__ import annotations

import pytest

from benchmarks.curves import drawing
from benchmarks.growth import curve_of, exponent, over_reforms, over_years, rows_of
from benchmarks.worlds import spread_over


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 1.7])
def test_the_exponent_of_a_power_law_is_its_power(power):
    x = [1.0, 3.0, 10.0, 200.0]
    assert exponent(x, [4.0 * each**power for each in x]) == pytest.approx(power)


def test_a_curve_goes_through_medians_and_keeps_the_spread():
    curve = curve_of("years", "years", {1.0: [3.0, 1.0, 2.0], 2.0: [4.0, 4.0, 9.0]})
    assert (curve.seconds, curve.low, curve.high) == ((2.0, 4.0), (1.0, 4.0), (3.0, 9.0))
    assert [row.median for row in rows_of(curve)] == [pytest.approx(1.0), pytest.approx(1.0)]


def test_a_curve_that_begins_at_nothing_has_a_ratio_and_no_exponent():
    curve = curve_of("reforms", "reforms", {0.0: [2.0], 3.0: [3.0]})
    assert curve.to_dict()["exponent"] is None
    assert [row.median for row in rows_of(curve)] == [1.5]


def test_the_same_residents_live_in_more_communities():
    usual, spread = (spread_over(66_000, times).institution.places for times in (1, 4))
    assert len(spread.communities) == 4 * len(usual.communities)
    assert spread.n_residents == pytest.approx(usual.n_residents, rel=0.01)


def test_reforms_are_added_one_by_one_and_are_in_force_at_once():
    scenarios = over_reforms()
    assert [len(scenario.reforms) for scenario in scenarios.values()] == [0, 1, 2, 3] == list(scenarios)
    for reform in scenarios[3.0].reforms:
        assert reform.dose(scenarios[3.0].calendar, 0) > 0.0


def test_horizons_differ_in_their_years_alone():
    for years, scenario in over_years().items():
        assert scenario.calendar.n_days == 252 * years
        assert scenario.institution.places.n_residents == 50_000


@pytest.mark.parametrize("first", [1.0, 0.0])
def test_a_drawing_has_a_point_for_each_size_inside_its_frame(first):
    curve = curve_of("x", "things & more", {first: [0.1], 10.0: [0.5, 1.5], 100.0: [9.0]})
    svg = drawing(curve.to_dict())
    assert svg.count("<circle") == 3
    assert "things &amp; more" in svg
    heights = [float(part.split('"')[1]) for part in svg.split("<circle")[1:] for part in [part[part.index("cy=") :]]]
    assert heights == sorted(heights, reverse=True)
    assert 0 < min(heights) < max(heights) < 300
