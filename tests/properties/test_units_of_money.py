"""M14: all money in a unit a tenth as large gives ten times the numbers of money, and changes nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from govsim.recording.outcomes import OUTCOMES
from tests.properties.runs import run
from tests.reference.worlds import WORLDS, small_scenario, with_inspection_cut, with_pay_rise, with_permit

# Sums are multiples of 60 yuan, so that means over one to six posts, twelfths of a year, insurance, posts of offices
# and minutes of bought work are whole fen in both units: the rounding to a fen is an absolute threshold which the
# ODD page declares.
MONEY = {
    "pay.base_yuan_per_month": 600.0,
    "pay.bonus_yuan_per_month": 120.0,
    "pay.allowance_first_yuan_per_month": 180.0,
    "pay.allowance_second_yuan_per_month": 120.0,
    "pay.allowance_other_yuan_per_month": 60.0,
    "pay.local_wage_yuan_per_year": 22283.0,
    "pay.office_yuan_per_year": 12000.0,
    "street.cadre_yuan_per_year": 28800.0,
    "push.bought_yuan_per_hour": 12.0,
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
        money=0.3 * factor,
        parameters={**values, "pay.insurance_share": 0.25, "street.cadres_per_65000": 2000.0, "push.noise": 1.0},
    )
    risen = with_pay_rise(scenario, rise_share=0.5, strength=1.0, phase_in_months=1, insurance_rise_share=0.0)
    return run(with_inspection_cut(with_permit(risen)))


@pytest.fixture(scope="module")
def pair():
    return world(1), world(10)


def is_money(column):
    return column in FEN or column.endswith(("_fen", "pay_fen_sum"))


def columns(model):
    people, seen = model.state.people, model.recording
    tables = {
        **{name: table for name, table in people._asdict().items() if table.dtype.names},
        **{
            name: getattr(seen, name)
            for name in (
                "communities",
                "settlements",
                "groups",
                "settlement_cohorts",
                "group_cohorts",
                "origins",
                "offices",
                "reports",
            )
        },
        "places of work": model.state.work.offices,
    }
    named = {(name, column): np.array(table[column]) for name, table in tables.items() for column in table.dtype.names}
    return {**named, ("paid", "money_fen"): np.array(seen.money)}


def test_money_is_ten_times_as_much_and_all_else_equal(pair):
    once, tenfold = columns(pair[0]), columns(pair[1])
    for (table, column), values in once.items():
        factor = 10 if is_money(column) else 1
        assert np.array_equal(values * factor, tenfold[table, column]), (table, column)
    assert (once["paid", "money_fen"].sum(axis=0) > 0).sum() == 7, "every payment there is"


def test_the_outcomes_of_money_are_ten_times_as_much_and_the_others_equal(pair):
    once, tenfold = pair[0].outcomes(), pair[1].outcomes()
    of_money = {name for name, outcome in OUTCOMES.items() if outcome.unit == "yuan"}
    assert len(of_money) == 3
    for name in of_money:
        assert tenfold[name] == pytest.approx(10 * once[name], rel=1e-12), name
    for name in set(once) - of_money:
        assert tenfold[name] == once[name], name


def test_money_to_buy_work_with_is_not_a_unit_without_its_price():
    usual, more = (small_scenario("two_streets", money=money, parameters={"push.noise": 1.0}) for money in (0.3, 3.0))
    assert run(more).outcomes()["department_load"] != run(usual).outcomes()["department_load"]


def test_pay_alone_is_not_a_unit(pair):
    risen = run(
        small_scenario("two_streets", parameters={"pay.base_yuan_per_month": 1300.0, "street.cadres_per_65000": 2000.0})
    )
    assert risen.outcomes()["pay_relative"] != pytest.approx(pair[0].outcomes()["pay_relative"])
