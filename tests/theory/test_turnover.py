"""O12 and O13: lives in a post at a constant hazard, and seats that are left and filled again."""

from __future__ import annotations

import math

import numpy as np
import pytest

from govsim.model import GovernanceModel
from tests.oracles import seats_filled, survivors
from tests.theory.agreement import agreement
from tests.theory.offices import DAYS_A_MONTH, REPLICATES, District, Group

EVERY_OFFER_IS_TAKEN = {"quit.median_offer": 1e30, "quit.contagion": 1.0}
COHORT, COHORTS = 87, 10
LEAVE, REFILL = 0.03, 0.12
SEATS = 30


def filled(district: District, months: tuple[int, ...], of: int) -> np.ndarray:
    """Return the filled posts at the end of some months, shape (months, replicates, posts // of), by ``of`` posts."""
    scenario = district.scenario()
    found = []
    for replicate in range(REPLICATES):
        model = GovernanceModel(scenario, seed=2007, replicate=replicate)
        counts = []
        for month in months:
            model.run_for(DAYS_A_MONTH * month - model.day)
            counts.append(model.state.people.posts["is_filled"].reshape(-1, of).sum(axis=1))
        found.append(counts)
        model.release()
    return np.array(found).transpose(1, 0, 2)


def cohort(offers_per_year: float, years: int) -> np.ndarray:
    """Return those left of cohorts of 87 after some years in which nobody is hired."""
    district = District(
        groups=(Group(COHORTS * COHORT // 3, 3, 1),),
        years=years,
        parameters={
            **EVERY_OFFER_IS_TAKEN,
            "quit.offers_per_year": offers_per_year,
            "hiring.mean_days": 1e12,
        },
    )
    return filled(district, (12 * years,), COHORT)[0]


def spread_agrees(counts: np.ndarray, theory: float) -> bool:
    """Return whether a standard deviation lies within four standard errors of its theory, for a nearly normal count."""
    n = counts.size
    return abs(float(counts.std(ddof=1)) / theory - 1) <= 4 / math.sqrt(2 * (n - 1))


@pytest.mark.parametrize(("leaving", "years"), [pytest.param(0.088, 3, marks=pytest.mark.nightly), (0.25, 2)])
def test_a_constant_hazard_leaves_a_binomial_number_of_a_cohort(leaving, years):
    left = cohort(-math.log(1 - leaving), years)
    mean, deviation = survivors(COHORT, leaving, years)
    assert left.size == 400
    assert agreement("left", left.mean(axis=1), mean, 0.01).verdict == "agrees"
    assert spread_agrees(left, deviation)
    # The spread would not be that of a cohort twice as large.
    assert not spread_agrees(left, deviation * math.sqrt(2))


def test_a_share_a_year_taken_for_a_rate_is_noticed():
    """A quarter a year is 2.369 % a month; a twelfth of it a month would leave a tenth too many."""
    left = cohort(0.25, 2)
    assert agreement("left", left.mean(axis=1), survivors(COHORT, 0.25, 2)[0], 0.01).verdict == "differs"


def test_seats_are_filled_as_often_as_two_states_say():
    district = District(
        groups=(Group(100, 3, 1),),
        years=5,
        parameters={
            **EVERY_OFFER_IS_TAKEN,
            "quit.offers_per_year": -12 * math.log(1 - LEAVE),
            "hiring.mean_days": -DAYS_A_MONTH / math.log(1 - REFILL),
        },
    )
    after_ten, at_last = filled(district, (10, 60), SEATS)
    for counts, months in ((after_ten, 10), (at_last, None)):
        share = seats_filled(LEAVE, REFILL, months)
        sample = counts.mean(axis=1) / SEATS
        assert agreement("filled", sample, share, 0.01).verdict == "agrees"
        assert spread_agrees(counts, math.sqrt(SEATS * share * (1 - share)))
        wrong = seats_filled(1.2 * LEAVE, REFILL, months)
        assert agreement("filled", sample, wrong, 0.01).verdict == "differs"
    assert math.sqrt(SEATS * 0.8 * 0.2) == pytest.approx(2.19, abs=0.005)
