"""M1, M3, M4 and M11: what a reform may not change, in whatever order it is written, and how long it runs."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from tests.properties.runs import REFORMS, digests, run, with_all
from tests.reference.worlds import SMALL_WORLDS, small_scenario, with_inspection_cut, with_pay_rise, with_permit

WORLDS = pytest.mark.parametrize("world", SMALL_WORLDS)
EVERY_REFORM = pytest.mark.parametrize("reformed", [*REFORMS, with_all])
FULLY = {"strength": 1.0, "phase_in_months": 1}


def with_reforms(scenario, reforms):
    return replace(scenario, reforms=tuple(reforms))


@WORLDS
@EVERY_REFORM
def test_a_reform_in_force_is_not_the_baseline(world, reformed):
    scenario = small_scenario(world)
    assert digests(reformed(scenario, **FULLY)) != digests(scenario)


@WORLDS
@EVERY_REFORM
def test_zero_strength_is_the_baseline(world, reformed):
    scenario = small_scenario(world)
    assert digests(reformed(scenario, strength=0.0)) == digests(scenario)


@WORLDS
@EVERY_REFORM
def test_neutral_settings_are_the_baseline(world, reformed):
    scenario = small_scenario(world)
    amended = reformed(scenario, **FULLY)
    neutral = with_reforms(amended, [reform.neutral() for reform in amended.reforms])
    assert digests(neutral) == digests(scenario)


@WORLDS
@EVERY_REFORM
def test_a_reform_that_starts_after_the_horizon_is_the_baseline(world, reformed):
    scenario = small_scenario(world)
    after = scenario.calendar.label(scenario.calendar.n_months)
    assert digests(reformed(scenario, starts_on=after)) == digests(scenario)


@EVERY_REFORM
def test_a_reform_that_starts_in_the_last_month_is_not_the_baseline(reformed):
    scenario = small_scenario("two_streets")
    last = scenario.calendar.label(scenario.calendar.n_months - 1)
    amended = digests(reformed(scenario, starts_on=last, **FULLY))
    assert amended[-1] != digests(scenario)[-1]
    assert amended[:-1] == digests(scenario)[:-1]


@EVERY_REFORM
def test_a_reform_that_ends_when_it_starts_is_the_baseline(reformed):
    scenario = small_scenario("two_streets")
    same = scenario.calendar.label(6)
    assert digests(reformed(scenario, starts_on=same, ends_on=same)) == digests(scenario)


@EVERY_REFORM
@pytest.mark.parametrize("start", [0, 1, 9, 12, 23])
@pytest.mark.parametrize("world", ["two_streets", "turnover"])
def test_a_run_is_the_baseline_until_the_month_in_which_the_reform_starts(world, start, reformed):
    # A street inspects each of its communities every month, so that a cut has something to cut at once.
    scenario = small_scenario(world, parameters={"street.inspections_per_year": 12.0})
    baseline = digests(scenario)
    amended = digests(reformed(scenario, starts_on=scenario.calendar.label(start), **FULLY))
    assert amended[:start] == baseline[:start]
    assert all(a != b for a, b in zip(amended[start:], baseline[start:], strict=True))


@EVERY_REFORM
def test_reports_before_the_start_are_those_of_the_baseline(reformed):
    scenario = small_scenario("two_streets")
    baseline, amended = run(scenario).recording.reports, run(reformed(scenario, **FULLY)).recording.reports
    assert (amended[:9] == baseline[:9]).all()
    assert (amended[9:] != baseline[9:]).any()


def test_a_dose_that_rounds_to_no_fen_changes_nothing_and_a_later_step_does():
    scenario = small_scenario("two_streets")
    steps = with_pay_rise(scenario, phase_in_months=120, strength=1e-12)
    assert digests(steps) == digests(scenario)
    assert digests(with_pay_rise(scenario, phase_in_months=120)) != digests(scenario)


def test_a_dose_that_rounds_to_no_community_changes_nothing_and_the_first_that_covers_one_does():
    """Of three communities a sixth is a half, which is rounded up to one: after two of twelve months."""
    scenario = small_scenario("two_streets")
    amended = digests(with_permit(scenario, phase_in_months=12, strength=1.0, strictness=20.0))
    baseline = digests(scenario)
    assert amended[:10] == baseline[:10]
    assert amended[10] != baseline[10]


@EVERY_REFORM
def test_a_withdrawn_reform_is_like_the_longer_one_until_it_ends(reformed):
    scenario = small_scenario("two_streets")
    start, end = scenario.calendar.label(3), scenario.calendar.label(8)
    lasting = digests(reformed(scenario, starts_on=start, **FULLY))
    withdrawn = digests(reformed(scenario, starts_on=start, ends_on=end, **FULLY))
    assert withdrawn[:8] == lasting[:8]
    assert withdrawn[8] != lasting[8]


@EVERY_REFORM
def test_a_withdrawn_reform_gives_the_terms_of_the_baseline_back(reformed):
    scenario = small_scenario("two_streets")
    between = {"starts_on": scenario.calendar.label(3), "ends_on": scenario.calendar.label(8)}
    withdrawn, baseline = run(reformed(scenario, **between)), run(scenario)
    assert terms(withdrawn.institution) == terms(baseline.institution)
    for ours, theirs in zip(withdrawn.charter, baseline.charter, strict=True):
        assert np.array_equal(ours, theirs)
    assert withdrawn.docket == baseline.docket


def terms(institution):
    """Return the terms of every edge."""
    return {(a, b, key): dict(each) for a, b, key, each in institution.organisation.edges(keys=True, data=True)}


def test_what_departments_have_learnt_outlives_the_reform_that_taught_them():
    scenario = small_scenario("evading")
    withdrawn = run(with_permit(scenario, ends_on=scenario.calendar.label(15), strength=1.0))
    tries = withdrawn.state.work.offices["ad_hoc_tries"]
    assert tries.sum() == withdrawn.recording.origins["tries"].sum() > 0
    assert (withdrawn.recording.origins["tries"][15:] == 0).all()


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


def three_permits():
    """Return permits of which each is the strictest in one respect."""
    scenario = small_scenario("two_streets")
    respects = (
        {"strictness": 6.0, "approval_days": 2, "audit_share": 0.1},
        {"strictness": 1.0, "approval_days": 20, "audit_share": 0.2},
        {"strictness": 2.0, "approval_days": 5, "audit_share": 0.9},
    )
    for number, (respect, where) in enumerate(zip(respects, ("c1", "c2", "c3"), strict=True)):
        scenario = with_permit(scenario, id=f"permit-{number}", in_communities=(where,), strength=1.0, **respect)
    return scenario


def three_cuts():
    scenario = small_scenario("two_streets")
    for number, share in enumerate((0.5, 0.3, 0.4)):
        scenario = with_inspection_cut(
            scenario, id=f"cut-{number}", cut_share=share, audit_share=0.1 * (number + 1), **FULLY
        )
    return scenario


MANY = {
    "three rises": three_rises,
    "three permits": three_permits,
    "three cuts": three_cuts,
    "one of each kind": lambda: with_all(small_scenario("two_streets"), **FULLY),
}


@pytest.mark.parametrize("name", MANY)
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_the_order_of_reforms_in_the_file_decides_nothing(order, name):
    scenario = MANY[name]()
    rearranged = with_reforms(scenario, [scenario.reforms[i] for i in order])
    assert digests(rearranged) == digests(scenario)


@pytest.mark.parametrize("name", MANY)
def test_each_of_three_reforms_counts(name):
    scenario = MANY[name]()
    full = digests(scenario)
    for left_out in range(3):
        rest = [reform for i, reform in enumerate(scenario.reforms) if i != left_out]
        assert digests(with_reforms(scenario, rest)) != full


@WORLDS
def test_a_run_is_the_beginning_of_a_longer_run(world):
    short = with_all(small_scenario(world, years=1))
    long = with_all(small_scenario(world, years=3))
    assert digests(long)[:24] == digests(short)
    assert len(digests(long)) == 48
