"""Streets and departments in numbers: minutes, own work, cost, and what organs and enforcement change."""

from __future__ import annotations

import math

import pytest

from govsim.institution.offices import compile_offices
from govsim.institution.places import StreetPlace
from tests.reference.worlds import small_scenario

# The streets s1 and s2 have 750 and 800 residents; departments have 5, 4 and 1 posts for 10 000 of them.
PLAIN = {
    "street.cadres_per_65000": 52.0,
    "street.own_minutes_per_day_per_1000": 44.0,
    "street.coordination_minutes_per_organ": 2.5,
    "street.cadre_yuan_per_year": 30000.0,
    "street.cadre_overhead": 1.25,
    "street.enforced_share": 0.3,
    "escalation.department_share": 0.5,
}


def offices(*streets, **parameters):
    scenario = small_scenario("two_streets", parameters=PLAIN | parameters, street_offices=streets)
    return compile_offices(scenario.institution)


def test_a_cadre_and_a_post_have_480_minutes_a_day_and_streets_come_first():
    """52 for 65 000 are 0.6 and 0.64 cadres; 5 for 10 000 are 0.775 posts."""
    assert offices().capacity_minutes.tolist() == [288, 307, 372, 297, 74]
    assert offices().capacity_minutes.tolist() == [math.floor(480 * posts) for posts in (0.6, 0.64, 0.775, 0.62, 0.155)]


def test_own_minutes_are_by_residents_for_a_street_and_a_share_of_its_posts_for_a_department():
    """44 minutes for 1000 residents; cores of 0.4, 0.5 and 0.7 of 372, 297.6 and 74.4 minutes."""
    assert offices().own_minutes.tolist() == [33, 35, 148, 148, 52]


def test_posts_cost_pay_and_overhead_each_month():
    """30 000 yuan and a quarter more are 312 500 fen a month for each post."""
    assert offices().cost_fen.tolist() == [187_500, 200_000, 242_187, 193_750, 48_437]


def test_twice_the_staff_of_streets_doubles_their_minutes_and_cost_and_nothing_else():
    before, after = offices(), offices(**{"street.staffing": 2.0})
    assert after.capacity_minutes.tolist() == [576, 614, 372, 297, 74]
    assert after.cost_fen.tolist() == [375_000, 400_000, 242_187, 193_750, 48_437]
    for name in ("own_minutes", "coordination_minutes", "department_share"):
        assert getattr(after, name).tolist() == getattr(before, name).tolist()


def test_twice_the_staff_of_departments_doubles_their_minutes_and_cost_and_leaves_their_core():
    before, after = offices(), offices(**{"departments.staffing": 2.0})
    assert after.capacity_minutes.tolist() == [288, 307, 744, 595, 148]
    assert after.cost_fen.tolist() == [187_500, 200_000, 484_375, 387_500, 96_875]
    for name in ("own_minutes", "coordination_minutes", "department_share"):
        assert getattr(after, name).tolist() == getattr(before, name).tolist()


@pytest.mark.parametrize(("organs", "minutes"), [(1, 2), (7, 17), (9, 22), (12, 30)])
def test_coordination_takes_its_minutes_for_each_organ(organs, minutes):
    found = offices(StreetPlace("s1", "s1", "s1", organs=organs))
    assert found.coordination_minutes[:2].tolist() == [minutes, 17]
    assert found.capacity_minutes.tolist() == offices().capacity_minutes.tolist()


def test_a_street_that_may_enforce_sends_fewer_cases_on():
    found = offices(StreetPlace("s2", "s2", "s2", enforcement=True))
    assert found.department_share[:2].tolist() == pytest.approx([0.5, 0.5 * (1 - 0.3)])
    assert found.capacity_minutes.tolist() == offices().capacity_minutes.tolist()


def test_a_table_of_streets_counts_cadres_whatever_the_number_of_residents():
    found = offices(StreetPlace("s1", "s1", "s1", cadres=2.5), StreetPlace("s2", "s2", "s2", cadres=2.5))
    assert found.capacity_minutes[:2].tolist() == [1200, 1200]
    assert found.cost_fen[:2].tolist() == [781_250, 781_250]
    assert found.own_minutes.tolist() == offices().own_minutes.tolist()


def test_a_table_that_gives_the_usual_streets_changes_nothing():
    usual = offices(StreetPlace("s2", "s2", "s2", 7, 0.64), StreetPlace("s1", "s1", "s1", 7, 0.6))
    assert usual.tolist() == offices().tolist()


def test_staff_of_streets_with_a_table_can_be_doubled_as_well():
    assert offices(StreetPlace("s1", "s1", "s1", cadres=2.5), **{"street.staffing": 2.0}).capacity_minutes[0] == 2400
