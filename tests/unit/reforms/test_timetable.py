"""Timetables: what is in force in each month, compiled once and shared by runs that may not change it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from govsim.model import GovernanceModel
from govsim.reforms.timetable import MOST_KEPT, Timetable
from tests.properties.runs import with_all
from tests.properties.villages import merged, villages
from tests.reference.worlds import small_scenario, with_pay_rise
from tests.world_files import institution_in

MONTHS = 24


def timetable(scenario):
    return Timetable(scenario.institution, scenario.reforms, scenario.calendar)


def edges(institution):
    return list(institution.organisation.edges(keys=True, data=True))


@pytest.mark.parametrize("scenario", [with_all(small_scenario("evading")), merged(villages(), month=5, until=9)])
def test_every_month_has_the_institution_amended_by_the_reforms_in_force(scenario):
    of_months, warm_up = timetable(scenario), scenario.calendar.warm_up_months
    for month in range(MONTHS):
        assert edges(of_months.regime(month).institution) == edges(institution_in(scenario, month - warm_up))


def test_months_with_the_same_doses_have_one_regime():
    of_months = timetable(with_pay_rise(small_scenario("alone"), phase_in_months=2))
    regimes = [of_months.regime(month) for month in range(MONTHS)]
    assert len({id(regime) for regime in regimes}) == 3
    assert regimes[0] is regimes[8]
    assert regimes[10] is regimes[23]
    assert regimes[8] is not regimes[9]


def test_what_is_kept_is_bounded_and_what_was_let_go_is_made_anew():
    """A reform phased in over years would otherwise hold one graph a month."""
    of_months = timetable(with_pay_rise(small_scenario("alone"), phase_in_months=10))
    first = of_months.regime(0)
    for month in range(MONTHS):
        of_months.regime(month)
        assert len(of_months._regimes) <= MOST_KEPT
    again = of_months.regime(0)
    assert again is not first
    assert (again.charter.posts == first.charter.posts).all()


def test_a_run_changes_nothing_of_what_it_shares():
    scenario = merged(with_all(villages(), in_communities=(), in_streets=()))
    of_months = timetable(scenario)
    before = [[table.tobytes() for table in arrays(of_months.regime(month))] for month in (0, 23)]
    GovernanceModel(scenario, timetable=of_months).run()
    assert [[table.tobytes() for table in arrays(of_months.regime(month))] for month in (0, 23)] == before


def arrays(regime):
    return [table for table in regime.charter if isinstance(table, np.ndarray)]


def test_runs_with_one_timetable_are_the_runs_with_their_own():
    scenario = with_all(small_scenario("turnover"))
    shared = timetable(scenario)
    for replicate in range(3):
        ours, own = GovernanceModel(scenario, 1, replicate, timetable=shared), GovernanceModel(scenario, 1, replicate)
        ours.run()
        own.run()
        assert ours.digest == own.digest


def test_turns_leave_steps_out():
    scenario = with_pay_rise(small_scenario("alone"), phase_in_months=5)
    ended = scenario.reforms[0].model_copy(update={"ends_on": scenario.calendar.label(20)})
    assert timetable(scenario).turns() == (9,)
    assert timetable(replace(scenario, reforms=(ended,))).turns() == (9, 20)
    assert timetable(small_scenario("alone")).turns() == ()
