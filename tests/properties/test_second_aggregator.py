"""I10: two aggregators, two models and two authors give the same outcomes; each outcome is alive."""

from __future__ import annotations

import math

import pytest

from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tables import GROUPS, by_community, by_resident_group, by_settlement, monthly
from tests.properties.runs import REPLICATE, SEED, model_of, run
from tests.properties.second_aggregator import Count, Records
from tests.reference.worlds import small_scenario, with_pay_rise

CADRES = {"street.cadres_per_65000": 4000.0}


def many_settlements():
    """Return four communities with twenty-four settlements, enough to speak of tenths."""
    names = ("c1", "c2", "c3", "c4")
    return small_scenario(
        "overload",
        communities=tuple((c, f"s{i % 2}", 1 + i, bool(i % 2), 4000 * i, 30 * i) for i, c in enumerate(names)),
        settlements=tuple((f"{c}-{k}", c, 25 + 9 * k + i, 0.3 * k) for i, c in enumerate(names) for k in range(6)),
        rules={"voice": "WEIGH_COSTS"},
        parameters={**CADRES, "strain.gain_per_day": 0.3, "strain.recovery_days": 250.0},
    )


SCENARIOS = {
    "two streets with a pay rise": lambda: with_pay_rise(small_scenario("two_streets", parameters=CADRES)),
    "vacant posts": lambda: small_scenario("turnover", parameters=CADRES),
    "many settlements": many_settlements,
}


@pytest.fixture(scope="module", params=SCENARIOS)
def both(request):
    scenario = SCENARIOS[request.param]()
    return run(scenario).recording, Records(scenario, SEED, REPLICATE)


def assert_equal(ours, theirs, where):
    """Assert that two sets of outcomes agree to 1e-12; no value and NaN are the same."""
    assert set(ours) == set(theirs), where
    for name, value in theirs.items():
        mine = None if ours[name] is None or math.isnan(ours[name]) else ours[name]
        if value is None or mine is None:
            assert mine is value, (where, name, ours[name], value)
        else:
            assert mine == pytest.approx(value, rel=1e-12, abs=1e-12), (where, name)


def reported(records):
    return records.warm_up, len(records.months)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_outcome_of_the_reported_years_is_recomputed(name):
    scenario = SCENARIOS[name]()
    records = Records(scenario, SEED, REPLICATE)
    assert_equal(run(scenario).outcomes(), Count(records, *reported(records)).all(), name)


def test_every_outcome_of_every_month_is_recomputed(both):
    recording, records = both
    for month, (label, row) in enumerate(monthly(recording).iterrows()):
        assert_equal(row.to_dict(), Count(records, month, month + 1).all(), label)


def test_every_outcome_of_every_community_is_recomputed(both):
    recording, records = both
    table = by_community(recording)
    assert len(table) == len(records.communities)
    for community, (_, row) in zip(records.communities, table.iterrows(), strict=True):
        count = Count(records, *reported(records), communities=[community])
        assert_equal(row.to_dict(), {**count.of_offices(), **count.of_residents()}, community)


def test_every_outcome_of_every_settlement_is_recomputed(both):
    recording, records = both
    for settlement, (_, row) in zip(records.residents, by_settlement(recording).iterrows(), strict=True):
        count = Count(records, *reported(records), settlements=[settlement])
        assert_equal(row.to_dict(), count.of_residents(), settlement)


def test_every_outcome_of_every_group_of_residents_is_recomputed(both):
    recording, records = both
    table = by_resident_group(recording)
    assert list(table.index) == list(GROUPS)
    for name, row in table.iterrows():
        members = [group for group in range(12) if in_group(name, group)]
        assert_equal(row.to_dict(), Count(records, *reported(records), groups=members).of_residents(), name)


def in_group(name, group):
    """Return whether a group belongs to a margin: age + 3 * disabled + 6 * low income (ODD part 2)."""
    age, rest = group % 3, group // 3
    disabled, low_income = rest % 2 == 1, rest // 2 == 1
    return {
        "minor": age == 0,
        "adult": age == 1,
        "older": age == 2,
        "disabled": disabled,
        "not disabled": not disabled,
        "low income": low_income,
        "not low income": not low_income,
    }[name]


def test_every_outcome_has_a_value_somewhere_and_varies():
    """A column that is never filled, or frozen at one number, would be found here (Starsim's n_female)."""
    seen = {name: set() for name in OUTCOMES}
    for make in SCENARIOS.values():
        model = run(make())
        for values in (model.outcomes(), *monthly(model.recording).to_dict("records")):
            for name, value in values.items():
                if value is not None and not math.isnan(value):
                    seen[name].add(value)
    assert [name for name, values in seen.items() if len(values) < 2] == []


def undefined(model):
    return {name for name, value in model.outcomes().items() if value is None}


def test_few_settlements_leave_only_the_gap_between_tenths_undefined():
    assert undefined(run(SCENARIOS["two streets with a pay rise"]())) == {"satisfaction_gap"}


def test_an_office_without_workers_leaves_undefined_what_is_divided_by_work_or_workers():
    nobody = {"posts.initial_filled_share": 0.0, "hiring.mean_days": 1e12}
    per_worker_day = {"workload_hours", "overtime_hours", "load_ratio", "utilisation", "idle_share"}
    per_hour_booked = {"administrative_share", "red_tape_share", "service_share", "self_governance_share"}
    per_worker = {"turnover_per_year", "cohort_left_share", "burnout_share", "mean_tenure_years", "pay_gini"}
    per_contract = {"worker_satisfaction", "pay_relative", "backlog_days", "blocked_days"}
    per_case = {"user_dissatisfied_share", "wait_days_closed"}
    expected = per_worker_day | per_hour_booked | per_worker | per_contract | per_case | {"satisfaction_gap"}
    assert undefined(run(small_scenario("alone", parameters=nobody))) == expected


def test_nothing_is_reported_before_the_warm_up_has_ended():
    model = model_of(small_scenario("alone"))
    model.run_for(63)
    assert set(model.outcomes().values()) == {None}


def test_the_comparison_finds_a_deviation_of_a_thousandth(both):
    recording, records = both
    whole = Count(records, *reported(records)).all()
    row = monthly(recording).iloc[-1].to_dict()
    twin = {**row, "load_ratio": row["load_ratio"] * 1.001}
    month = len(records.months) - 1
    with pytest.raises(AssertionError, match="load_ratio"):
        assert_equal(twin, Count(records, month, month + 1).all(), "twin")
    assert whole["load_ratio"] > 0
