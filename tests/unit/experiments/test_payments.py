"""Who pays whom: every yuan that a run counts, a resident and year, and no yuan twice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from govsim.experiments.payments import PUBLIC, SOURCES, SUM, by_source, payments
from govsim.recording.accounts import PAYEES, PAYERS
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tables import reported
from tests.recorded import recordings, two_arms


def test_public_money_is_what_the_two_outcomes_of_cost_add_up_to():
    for recording in recordings("rise"):
        window = reported(recording)
        names = ("cost_per_resident_year", "department_cost_per_resident_year")
        expected = sum(OUTCOMES[name].formula(window) for name in names)
        assert by_source(recording)[SUM].sum() == pytest.approx(expected, rel=1e-12)


def test_yuan_times_residents_and_years_is_the_fen_that_were_paid():
    (recording, *_) = recordings("baseline")
    paid = by_source(recording)
    factor = recording.residents_by_settlement.sum() * recording.calendar.years * 100
    for place, payer in enumerate(PAYERS):
        assert paid[payer] * factor == pytest.approx(recording.money[12:, place].sum(axis=0))


def test_own_funds_are_in_the_sum_when_they_are_spent_and_not_when_they_come_in():
    assert set(SOURCES) == {*PAYERS, SUM}
    assert "outside" not in PUBLIC
    for recording in recordings("baseline"):
        assert by_source(recording)[SUM][PAYEES.index("own_funds")] == 0.0


def test_money_of_the_warm_up_does_not_count():
    (recording, *_) = recordings("baseline")
    more = recording.money.copy()
    more[:12] += 10**9
    assert by_source(replace(recording, money=more))[SUM] == pytest.approx(by_source(recording)[SUM])


def test_the_differences_of_payees_add_up_to_the_paired_difference_of_the_payer():
    found = payments(*two_arms())
    for source in SOURCES:
        difference = (found.with_reform[source] - found.without[source]).sum()
        assert found.totals[source].difference == pytest.approx(difference)


def test_better_pay_goes_to_workers_and_their_insurances_from_the_district():
    found = payments(*two_arms())
    change = found.with_reform["district"] - found.without["district"]
    raised = {PAYEES[place] for place in np.flatnonzero(change > 0.0)}
    assert raised == {"workers", "insurances"}


def test_what_makes_no_pairs_or_has_no_month_is_refused():
    without, with_reform = two_arms()
    for arms in ((without, with_reform[1:]), ((), ())):
        with pytest.raises(ValueError, match="do not make pairs"):
            payments(*arms)
    begun = replace(without[0], communities=without[0].communities[:12])
    with pytest.raises(ValueError, match="no reported month"):
        payments([begun], [begun])
