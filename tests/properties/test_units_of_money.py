"""M14: all money in a unit a tenth as large gives ten times the numbers of money, and changes nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from tests.properties.runs import run
from tests.reference.worlds import WORLDS, small_scenario, with_pay_rise

# Sums are multiples of 60 yuan, so that means over one to six posts, twelfths of a year and insurance are whole
# fen in both units: the rounding to a fen is an absolute threshold which the ODD page declares.
MONEY = {
    "pay.base_yuan_per_month": 600.0,
    "pay.bonus_yuan_per_month": 120.0,
    "pay.allowance_first_yuan_per_month": 180.0,
    "pay.allowance_second_yuan_per_month": 120.0,
    "pay.allowance_other_yuan_per_month": 60.0,
    "pay.local_wage_yuan_per_year": 22283.0,
    "pay.office_yuan_per_year": 12000.0,
    "street.cadre_yuan_per_year": 28800.0,
}
FEN = ("own_funds_fen", "own_income_fen_per_year", "pay_fen", "topup_fen")


def world(factor):
    rows = tuple(
        (name, street, posts, upper, 2400 * (number + 1) * factor, 60 * number * factor)
        for number, (name, street, posts, upper, _, _) in enumerate(WORLDS["two_streets"].communities)
    )
    values = {path: value * factor for path, value in MONEY.items()}
    scenario = small_scenario(
        "two_streets",
        communities=rows,
        parameters={**values, "pay.insurance_share": 0.25, "street.cadres_per_65000": 2000.0},
    )
    return run(with_pay_rise(scenario, rise_share=0.5, strength=1.0, phase_in_months=1, insurance_rise_share=0.0))


@pytest.fixture(scope="module")
def pair():
    return world(1), world(10)


def is_money(column):
    return column in FEN or column.endswith(("_fen", "pay_fen_sum"))


def columns(model):
    people, seen = model.state.people, model.recording
    tables = {
        **{name: getattr(people, name) for name in people._fields},
        **{
            name: getattr(seen, name)
            for name in ("communities", "settlements", "groups", "settlement_cohorts", "group_cohorts")
        },
    }
    return {(name, column): np.array(table[column]) for name, table in tables.items() for column in table.dtype.names}


def test_money_is_ten_times_as_much_and_all_else_equal(pair):
    once, tenfold = columns(pair[0]), columns(pair[1])
    for (table, column), values in once.items():
        factor = 10 if is_money(column) else 1
        assert np.array_equal(values * factor, tenfold[table, column]), (table, column)


def test_the_outcomes_of_money_are_ten_times_as_much_and_the_others_equal(pair):
    once, tenfold = pair[0].outcomes(), pair[1].outcomes()
    assert tenfold["cost_per_resident_year"] == pytest.approx(10 * once["cost_per_resident_year"], rel=1e-12)
    for name in set(once) - {"cost_per_resident_year"}:
        assert tenfold[name] == once[name], name


def test_pay_alone_is_not_a_unit(pair):
    risen = run(
        small_scenario("two_streets", parameters={"pay.base_yuan_per_month": 1300.0, "street.cadres_per_65000": 2000.0})
    )
    assert risen.outcomes()["pay_relative"] != pytest.approx(pair[0].outcomes()["pay_relative"])
