"""M1, M3, M4 and M11: what a reform may not change, in whatever order it is written, and how long it runs."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from tests.properties.runs import digests, run
from tests.reference.worlds import SMALL_WORLDS, small_scenario, with_pay_rise

WORLDS = pytest.mark.parametrize("world", SMALL_WORLDS)


def with_reforms(scenario, reforms):
    return replace(scenario, reforms=tuple(reforms))


@WORLDS
def test_a_pay_rise_at_full_strength_is_not_the_baseline(world):
    scenario = small_scenario(world)
    assert digests(with_pay_rise(scenario)) != digests(scenario)


@WORLDS
def test_zero_strength_is_the_baseline(world):
    scenario = small_scenario(world)
    assert digests(with_pay_rise(scenario, strength=0.0)) == digests(scenario)


@WORLDS
def test_neutral_settings_are_the_baseline(world):
    scenario = small_scenario(world)
    risen = with_pay_rise(scenario, phase_in_months=1)
    neutral = with_reforms(risen, [reform.neutral() for reform in risen.reforms])
    assert digests(neutral) == digests(scenario)


@WORLDS
def test_a_reform_that_starts_after_the_horizon_is_the_baseline(world):
    scenario = small_scenario(world)
    after = scenario.calendar.label(scenario.calendar.n_months)
    assert digests(with_pay_rise(scenario, starts_on=after)) == digests(scenario)


def test_a_reform_that_starts_in_the_last_month_is_not_the_baseline():
    scenario = small_scenario("two_streets")
    last = scenario.calendar.label(scenario.calendar.n_months - 1)
    reformed = digests(with_pay_rise(scenario, starts_on=last))
    assert reformed[-1] != digests(scenario)[-1]
    assert reformed[:-1] == digests(scenario)[:-1]


def test_a_reform_that_ends_when_it_starts_is_the_baseline():
    scenario = small_scenario("two_streets")
    same = scenario.calendar.label(6)
    assert digests(with_pay_rise(scenario, starts_on=same, ends_on=same)) == digests(scenario)


@pytest.mark.parametrize("start", [0, 1, 9, 12, 23])
@pytest.mark.parametrize("world", ["two_streets", "turnover"])
def test_a_run_is_the_baseline_until_the_month_in_which_the_reform_starts(world, start):
    scenario = small_scenario(world)
    baseline = digests(scenario)
    reformed = digests(with_pay_rise(scenario, starts_on=scenario.calendar.label(start)))
    assert reformed[:start] == baseline[:start]
    assert all(a != b for a, b in zip(reformed[start:], baseline[start:], strict=True))


def test_a_zero_dose_while_phasing_in_changes_nothing_and_a_later_step_does():
    scenario = small_scenario("two_streets")
    steps = with_pay_rise(scenario, phase_in_months=120, strength=1e-12)
    assert digests(steps) == digests(scenario), "a dose that rounds to no fen is no dose"
    assert digests(with_pay_rise(scenario, phase_in_months=120)) != digests(scenario)


def test_a_withdrawn_reform_is_like_the_longer_one_until_it_ends():
    scenario = small_scenario("two_streets")
    lasting = digests(with_pay_rise(scenario, starts_on=scenario.calendar.label(3)))
    withdrawn = digests(
        with_pay_rise(scenario, starts_on=scenario.calendar.label(3), ends_on=scenario.calendar.label(8))
    )
    assert withdrawn[:8] == lasting[:8]
    assert withdrawn[8] != lasting[8]


def test_a_withdrawn_reform_gives_the_baseline_pay_back():
    scenario = small_scenario("two_streets")
    withdrawn = run(with_pay_rise(scenario, starts_on=scenario.calendar.label(3), ends_on=scenario.calendar.label(8)))
    assert (withdrawn.charter.public_pay_fen == run(scenario).charter.public_pay_fen).all()


def three_rises():
    scenario = small_scenario("two_streets")
    for number, share in enumerate((0.1, 0.13, 0.07)):
        scenario = with_pay_rise(
            scenario,
            id=f"rise-{number}",
            rise_share=share,
            insurance_rise_share=0.01 * (number + 1),
            starts_on=scenario.calendar.label(2 + number),
            in_communities=(),
        )
    return scenario


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_the_order_of_reforms_in_the_file_decides_nothing(order):
    scenario = three_rises()
    rearranged = with_reforms(scenario, [scenario.reforms[i] for i in order])
    assert digests(rearranged) == digests(scenario)


def test_each_of_three_reforms_counts():
    scenario = three_rises()
    full = digests(scenario)
    for left_out in range(3):
        rest = [reform for i, reform in enumerate(scenario.reforms) if i != left_out]
        assert digests(with_reforms(scenario, rest)) != full


@WORLDS
def test_a_run_is_the_beginning_of_a_longer_run(world):
    short = with_pay_rise(small_scenario(world, years=1))
    long = with_pay_rise(small_scenario(world, years=3))
    assert digests(long)[:24] == digests(short)
    assert len(digests(long)) == 48
