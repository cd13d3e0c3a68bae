"""An outcome by month: means, bands of two kinds, and pairs."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from govsim.experiments.months import Band, course_of, monthly_values, paired_courses
from tests.recorded import two_arms, with_book

# Student's t, 0.975, by degrees of freedom, from a printed table.
T = {3: 3.182, 9: 2.262}


def test_the_band_of_worlds_runs_from_the_tenth_to_the_ninetieth_percentile():
    worlds = np.array([[7.0], [2.0], [10.0], [5.0], [0.0], [1.0], [9.0], [3.0], [8.0], [4.0], [6.0]])
    course = course_of(worlds, Band.WORLDS)
    assert (course.low[0], course.mean[0], course.high[0]) == pytest.approx((1.0, 5.0, 9.0))


def test_the_band_of_the_mean_is_students_interval():
    worlds = np.arange(10.0).reshape(10, 1)
    course = course_of(worlds, Band.MEAN)
    variance = sum((value - 4.5) ** 2 for value in range(10)) / 9
    half = T[9] * math.sqrt(variance / 10)
    assert (course.low[0], course.high[0]) == pytest.approx((4.5 - half, 4.5 + half), rel=1e-3)


def test_the_band_of_the_mean_narrows_with_replicates_and_that_of_worlds_does_not():
    worlds = np.tile(np.arange(10.0), 16).reshape(160, 1)
    few, many = (course_of(some, Band.MEAN) for some in (worlds[:10], worlds))
    assert (many.high - many.low) < 0.3 * (few.high - few.low)
    few, many = (course_of(some, Band.WORLDS) for some in (worlds[:10], worlds))
    assert many.high - many.low == pytest.approx(few.high - few.low, rel=0.15)


@pytest.mark.parametrize("band", Band)
def test_what_is_the_same_in_all_worlds_has_a_band_without_width(band):
    course = course_of(np.full((5, 3), 0.25), band)
    assert np.array_equal(course.low, course.mean)
    assert np.array_equal(course.high, course.mean)


@pytest.mark.parametrize("band", Band)
def test_a_month_counts_the_worlds_in_which_it_is_defined(band):
    worlds = np.array([[1.0, np.nan, np.nan], [3.0, 5.0, np.nan], [np.nan, np.nan, np.nan]])
    course = course_of(worlds, band)
    assert course.mean[:2] == pytest.approx([2.0, 5.0])
    assert np.isnan(course.mean[2])
    assert np.isfinite(course.low).tolist() == [True, False, False]
    assert np.isfinite(course.high).tolist() == [True, False, False]


def test_a_month_that_is_undefined_in_one_arm_counts_in_neither():
    without, with_reform = two_arms()
    undefined = with_book(with_reform[0], "communities", "present_days", 0, 5)
    courses = paired_courses(without, [undefined, *with_reform[1:]], "workload_hours", Band.WORLDS)
    others = [monthly_values(arm[1:], "workload_hours")[:, 5] for arm in (without, with_reform)]
    assert courses.without.mean[5] == pytest.approx(others[0].mean())
    assert courses.with_reform.mean[5] == pytest.approx(others[1].mean())


def test_a_month_of_workload_is_hours_that_arrived_over_days_of_presence():
    (recording, *_), _ = two_arms()
    books = recording.communities
    expected = books["arrived_minutes"].sum(axis=(1, 2)) / 60 / books["present_days"].sum(axis=1)
    assert monthly_values([recording], "workload_hours")[0] == pytest.approx(expected)


def test_turnover_is_that_of_the_year_up_to_a_month_and_has_no_value_before_the_first_is_over():
    (recording, *_), _ = two_arms()
    values = monthly_values([recording], "turnover_per_year", 12)[0]
    books = recording.communities
    quits, days = books["quits"].sum(axis=1), books["filled_post_days"].sum(axis=1)
    assert np.isnan(values[:11]).all()
    assert values[11:] == pytest.approx(
        [quits[last - 11 : last + 1].sum() / days[last - 11 : last + 1].sum() * 252 for last in range(11, len(quits))]
    )
    assert paired_courses(*two_arms(), "turnover_per_year", Band.MEAN).months_a_point == 12


def test_runs_of_other_months_or_without_a_partner_make_no_pairs():
    without, with_reform = two_arms()
    for others in (with_reform[1:], ()):
        with pytest.raises(ValueError, match="do not make pairs"):
            paired_courses(without, others, "workload_hours", Band.MEAN)
    with pytest.raises(ValueError, match="do not make pairs"):
        paired_courses((), (), "workload_hours", Band.MEAN)
    later = replace(with_reform[0].calendar, start_year=1999)
    with pytest.raises(ValueError, match="same months"):
        paired_courses(without[:1], [replace(with_reform[0], calendar=later)], "workload_hours", Band.MEAN)
