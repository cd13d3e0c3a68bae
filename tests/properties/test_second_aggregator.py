"""I10: two aggregators, two models and two authors give the same outcomes; each outcome is alive."""

from __future__ import annotations

import math

import numpy as np
import pytest

from govsim.model import GovernanceModel
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tables import GROUPS, by_community, by_resident_group, by_settlement, monthly
from tests.properties.runs import REPLICATE, SEED, model_of, run, with_all
from tests.properties.second_aggregator import REPORTED, Count, Records
from tests.reference.worlds import small_scenario, with_inspection_cut, with_permit


def many_settlements():
    """Return four communities with twenty-four settlements, enough to speak of tenths."""
    names = ("c1", "c2", "c3", "c4")
    return small_scenario(
        "overload",
        communities=tuple((c, f"s{i % 2}", 1 + i, bool(i % 2), 4000 * i, 30 * i) for i, c in enumerate(names)),
        settlements=tuple((f"{c}-{k}", c, 25 + 9 * k + i, 0.3 * k) for i, c in enumerate(names) for k in range(6)),
        rules={"voice": "WEIGH_COSTS"},
        parameters={"strain.gain_per_day": 0.3, "strain.recovery_days": 250.0},
    )


SCENARIOS = {
    "two streets with three reforms": lambda: with_all(small_scenario("two_streets")),
    "vacant posts with a permit": lambda: with_permit(small_scenario("turnover")),
    "evasion under a cut": lambda: with_inspection_cut(with_permit(small_scenario("evading"))),
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


@pytest.mark.parametrize("name", SCENARIOS)
def test_only_pay_has_no_inequality_where_no_post_is_filled_for_a_year(name):
    model = run(SCENARIOS[name]())
    nobody_stayed = not (model.recording.pay_fen[-12:] > 0).all(axis=0).any()
    assert undefined(model) == ({"pay_gini"} if nobody_stayed else set())
    assert nobody_stayed == (name == "vacant posts with a permit")


def test_a_single_settlement_leaves_only_the_gap_between_settlements_undefined():
    assert undefined(run(with_all(small_scenario("alone")))) == {"satisfaction_gap"}


def test_tenths_of_settlements_need_a_month_before_and_a_spread_does_not():
    months = [name for name, month in months_of("many settlements").items() if math.isnan(month["satisfaction_gap"])]
    assert months == ["2007-01"]
    assert not any(math.isnan(month["satisfaction_gap"]) for month in months_of("evasion under a cut").values())


def months_of(name):
    return monthly(run(SCENARIOS[name]()).recording).to_dict("index")


def silent_world(spread):
    """Return a world in which nobody meets an office and nothing is heard: satisfaction stays as it was drawn."""
    changes = ("voice.latent_needs_per_year", "opinion.ambience_per_month", "opinion.hearsay_per_month")
    parameters = {**dict.fromkeys(changes, 0.0), "opinion.initial_spread": spread}
    return small_scenario("two_streets", parameters=parameters)


def test_settlements_in_which_everybody_is_alike_have_no_spread():
    assert run(silent_world(0.0)).outcomes()["satisfaction_gap"] == pytest.approx(0.0, abs=1e-9)


def test_settlements_that_differ_by_who_happens_to_live_there_have_hardly_a_spread():
    gaps, apart = [], []
    for replicate in range(10):
        model = GovernanceModel(silent_world(0.2), seed=SEED, replicate=replicate)
        model.run()
        gaps.append(model.outcomes()["satisfaction_gap"])
        last = model.recording.settlements["satisfaction_sum"][-1] * 1e-9
        apart.append((last / model.recording.residents_by_settlement).std())
    assert np.mean(gaps) < np.mean(apart) / 2


def test_a_settlement_that_stands_apart_makes_the_spread_that_its_distance_and_size_give():
    model = model_of(silent_world(0.05))
    model.run_for(21)
    residents = model.state.people.residents
    residents["satisfaction"][residents["settlement"] == 0] -= 300_000_000
    model.run()
    share = model.recording.residents_by_settlement[0] / len(residents)
    assert model.outcomes()["satisfaction_gap"] == pytest.approx(0.3 * math.sqrt(share * (1 - share)), rel=0.02)


def test_an_office_without_workers_leaves_undefined_what_is_divided_by_work_or_workers():
    nobody = {"posts.initial_filled_share": 0.0, "hiring.mean_days": 1e12, "hotline.channel_share": 0.0}
    per_worker_day = {"workload_hours", "overtime_hours", "load_ratio", "utilisation", "idle_share"}
    per_hour_booked = {"administrative_share", "red_tape_share", "service_share", "self_governance_share"}
    per_worker = {"turnover_per_year", "cohort_left_share", "burnout_share", "mean_tenure_years", "pay_gini"}
    per_contract = {"worker_satisfaction", "pay_relative", "backlog_days", "blocked_days"}
    per_case = {"user_dissatisfied_share", "wait_days_closed", "met_share", "reported_resolution_share"}
    expected = per_worker_day | per_hour_booked | per_worker | per_contract | per_case | {"satisfaction_gap"}
    assert undefined(run(small_scenario("alone", parameters=nobody))) == expected


def test_a_hotline_answers_where_nobody_works():
    nobody = {"posts.initial_filled_share": 0.0, "hiring.mean_days": 1e12, "hotline.channel_share": 0.5}
    outcomes = run(small_scenario("alone", parameters=nobody)).outcomes()
    assert outcomes["wait_days_closed"] == 0.0
    assert outcomes["resolution_share"] > 0.0


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


# What offices report ---------------------------------------------------------------------------------------


def test_every_report_of_every_community_and_month_is_recomputed(both):
    recording, records = both
    for month, reports in enumerate(records.reports):
        for c, community in enumerate(records.communities):
            ours = {name: int(recording.reports[month, c][name]) for name in REPORTED}
            assert ours == reports[community], (month, community)


def done_and_met(recording):
    """Return jobs done in time and requests met, calls answered at once apart, by month and community."""
    of_community = recording.community_of_settlement
    by_office = recording.settlements["met"] - recording.settlements["answered"]
    met = [by_office[:, of_community == c].sum(axis=1) for c in range(len(set(of_community)))]
    return recording.communities["done_in_time"], np.array(met).T


def test_nobody_reports_less_than_is_true_or_more_than_was_due(both):
    recording, _ = both
    done, met = done_and_met(recording)
    r = recording.reports
    assert (done <= r["done_by_community"]).all()
    assert (r["done_by_community"] <= r["done"]).all()
    assert (r["done"] <= r["ended"]).all()
    assert (met <= r["resolved_by_community"]).all()
    assert (r["resolved_by_community"] <= r["resolved"]).all()
    assert (r["resolved"] <= r["closed"]).all()


def test_what_is_reported_completed_is_at_least_what_is(both):
    recording, _ = both
    for table in (monthly, by_community):
        frame = table(recording).dropna(subset=["completion_share"])
        assert (frame["reported_completion_share"] >= frame["completion_share"]).all()


WITHOUT_EMBELLISHMENT = {
    "no pressure": ({"reporting.pressure": 0.0}, with_all),
    "every report audited": ({"reporting.audit_share": 1.0}, with_all),
    "no target": ({"reporting.target": 0.0}, with_all),
    "no inspection left": ({}, lambda scenario: with_inspection_cut(scenario, **NOTHING_LEFT)),
}
NOTHING_LEFT = {"starts_on": "2006-01", "cut_share": 1.0, "strength": 1.0, "phase_in_months": 1, "in_streets": ()}


@pytest.mark.parametrize("why", WITHOUT_EMBELLISHMENT)
def test_what_is_reported_is_true_without_pressure_without_inspections_or_under_full_audit(why):
    parameters, reformed = WITHOUT_EMBELLISHMENT[why]
    recording = run(reformed(small_scenario("two_streets", parameters=parameters))).recording
    done, met = done_and_met(recording)
    for name in ("done_by_community", "done"):
        assert (recording.reports[name] == done).all()
    for name in ("resolved_by_community", "resolved"):
        assert (recording.reports[name] == met).all()
    assert (done < recording.reports["ended"]).any(), "there was something to embellish"


def test_a_street_without_an_interest_adds_nothing():
    recording = run(small_scenario("two_streets", parameters={"reporting.street_interest": 0.0})).recording
    assert (recording.reports["done"] == recording.reports["done_by_community"]).all()
    assert (recording.reports["resolved"] == recording.reports["resolved_by_community"]).all()
    assert recording.reports["done"].sum() > recording.communities["done_in_time"].sum()


@pytest.mark.parametrize(
    ("path", "less", "more"),
    [
        ("reporting.pressure", 5.0, 60.0),
        ("reporting.target", 0.7, 1.0),
        ("reporting.audit_share", 0.8, 0.0),
        ("reporting.street_interest", 0.2, 1.0),
    ],
)
def test_a_way_of_reporting_changes_reports_in_one_direction_and_no_digest(path, less, more):
    """The layer of reports never feeds back."""
    scenarios = [with_all(small_scenario("evading", parameters={path: value})) for value in (less, more)]
    modest, keen = (run(scenario) for scenario in scenarios)
    assert modest.recording.digests == keen.recording.digests
    for name in REPORTED:
        assert (modest.recording.reports[name] <= keen.recording.reports[name]).all(), name
    assert modest.recording.reports["done"].sum() < keen.recording.reports["done"].sum()
    silent = ("reported_completion_share", "reported_resolution_share")
    ours, theirs = modest.outcomes(), keen.outcomes()
    assert {name for name in OUTCOMES if ours[name] != theirs[name]} <= set(silent)
