"""The pay rise, worked out by hand."""

from __future__ import annotations

import math

import pytest

from govsim.clock import Calendar
from govsim.institution.charter import compile_charter
from govsim.reforms import PayRise
from tests.reference.worlds import small_scenario

CALENDAR = Calendar(start_year=2007, start_month=1, years=3, warm_up_years=2)


def rise(**settings):
    return PayRise(id="rise", **{"starts_on": "2007-04", **settings})


@pytest.mark.parametrize(
    ("settings", "months", "doses"),
    [
        ({}, (26, 27, 28), (0.0, 1.0, 1.0)),
        ({"strength": 0.5}, (26, 27, 28), (0.0, 0.5, 0.5)),
        ({"phase_in_months": 4}, (26, 27, 28, 29, 30, 31), (0.0, 0.25, 0.5, 0.75, 1.0, 1.0)),
        ({"ends_on": "2007-06"}, (26, 27, 28, 29), (0.0, 1.0, 1.0, 0.0)),
        ({"starts_on": "2004-01"}, (0, 50), (1.0, 1.0)),
        ({"ends_on": "2007-04"}, (26, 27, 28), (0.0, 0.0, 0.0)),
    ],
    ids=str,
)
def test_the_dose_is_strength_times_phase(settings, months, doses):
    reform = rise(**settings)
    assert tuple(reform.dose(CALENDAR, month) for month in months) == doses


def pay(*reforms):
    institution = small_scenario("two_streets").institution
    amended = institution.amended(edit for reform, dose in reforms for edit in reform.amend(institution, dose))
    charter = compile_charter(amended)
    return charter.posts.public_pay_fen.tolist(), charter.posts.insurance_share.tolist()


def test_public_pay_is_raised_post_by_post():
    """Base 600, bonus 100, allowances 150, 100 and 50 yuan; communities of two, three and two posts."""
    assert pay()[0] == [85_000, 80_000, 85_000, 80_000, 75_000, 85_000, 80_000]
    assert pay((rise(rise_share=0.3), 1.0))[0] == [110_500, 104_000, 110_500, 104_000, 97_500, 110_500, 104_000]
    assert pay((rise(rise_share=0.3), 0.5))[0] == [97_750, 92_000, 97_750, 92_000, 86_250, 97_750, 92_000]


def test_a_rise_holds_in_its_places_only():
    raised, insured = pay((rise(rise_share=1.0, insurance_rise_share=0.1, in_communities=("c3",)), 1.0))
    assert raised == [85_000, 80_000, 85_000, 80_000, 75_000, 170_000, 160_000]
    assert insured == pytest.approx([0.28] * 5 + [0.38] * 2)


def test_two_rises_multiply_and_insurances_add():
    one, two = rise(rise_share=0.1, insurance_rise_share=0.01), rise(rise_share=0.2, insurance_rise_share=0.02)
    raised, insured = pay((one, 1.0), (two.model_copy(update={"id": "another"}), 1.0))
    assert raised[0] == math.floor(100 * 850 * 1.1 * 1.2 + 0.5) == 112_200
    assert insured == pytest.approx([0.31] * 7)


def test_the_neutral_rise_raises_nothing():
    assert pay((rise().neutral(), 1.0)) == pay()
