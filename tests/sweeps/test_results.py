"""Results are the numbers of the runs, each under its arm, sample and replicate, in the shapes that others take."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from govsim.experiments import compare, run
from govsim.model import GovernanceModel
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tallies import NAMES, SUMS, Tallies, tallies_of, window_of
from govsim.scenarios import load_scenario
from govsim.sweeps.results import open_results
from govsim.sweeps.store import StoreError
from tests.sweeps.small_plans import HEAD, SMALL

DRAWN = HEAD + (
    "arms: [{id: second, scenario: ../valid/derived.yaml}]\n"
    "factors: {push.noise: {from: 0.2, to: 0.8}, strain.gain_per_day: {from: 0.04, to: 0.08}}\n"
    "design: {kind: sobol, samples: 8}\n"
    "replicates: 2\n"
)


@pytest.fixture(scope="module")
def results(swept):
    return open_results(swept.folder)


def test_every_number_is_that_of_a_run_made_alone(results, swept):
    place = place_like(swept)
    settings = ["strain.gain_per_day=0.06", "reforms.second-rise.rise_share=0.4"]
    alone = run(load_scenario(place / "derived.yaml", settings), replicate=2)
    row = results.to_df().query("arm == 'second' and sample == 3 and replicate == 2").iloc[0]
    assert row["digest"] == alone.digest
    assert (row["strain.gain_per_day"], row["reforms.second-rise.rise_share"]) == (0.06, 0.4)
    for name, value in alone.outcomes.items():
        assert row[name] == value or (value is None and np.isnan(row[name])), name


def test_tallies_are_those_of_a_run_made_alone_and_outcomes_follow_from_them(place):
    store = place.swept(HEAD + "set: {horizon.years: 1}\nreplicates: 2\nkeep: {outcomes: all, tallies: true}\n")
    found = open_results(store.folder)
    model = GovernanceModel(load_scenario(place.folder / "valid" / "tiny.yaml", ["horizon.years=1"]), replicate=1)
    model.run()
    row = found.tallies().query("replicate == 1").iloc[0]
    assert Tallies(tuple(int(row[name]) for name in NAMES)) == tallies_of(model.recording)
    window = window_of(tallies_of(model.recording), model.recording.local_wage_yuan_per_year)
    outcomes = found.to_df().query("replicate == 1").iloc[0]
    for name in SUMS:
        value = float(OUTCOMES[name].formula(window))
        assert outcomes[name] == value or np.isnan(value), name


def test_series_groups_and_ledger_are_those_of_a_run_made_alone(results, swept):
    place = place_like(swept)
    alone = run(load_scenario(place / "tiny.yaml", ["strain.gain_per_day=0.05"]), replicate=1)
    mine = "arm == 'baseline' and sample == 0 and replicate == 1"
    series = results.numbers("series").query(mine).pivot(index="period", columns="name", values="value")
    monthly = alone.to_df()
    pd.testing.assert_frame_equal(series[list(OUTCOMES)], monthly[list(OUTCOMES)], check_names=False)
    groups = set(results.numbers("group").query(mine)["group"])
    assert {"community east-1", "resident_group older"} <= groups
    ledger = results.numbers("ledger").query(mine)
    assert set(ledger["unit"]) == {"minutes"}
    issued = ledger.set_index("name")["value"]
    parts = ["sent_down", "ad_hoc", "declined", "taken", "saved", "bought", "let_be"]
    assert issued["issued"] == issued[parts].sum()


def test_every_number_has_the_unit_of_its_outcome(results):
    numbers = results.numbers()
    assert {name: OUTCOMES[name].unit for name in set(numbers["name"])} == dict(
        zip(numbers["name"], numbers["unit"], strict=True)
    )


def test_effects_are_those_of_a_comparison(results, swept):
    place = place_like(swept)
    names = [place / "tiny.yaml", place / "derived.yaml"]
    settings = ["strain.gain_per_day=0.06", "reforms.second-rise.rise_share=0.4"]
    compared = compare(names[0], names[1:], seeds=3, settings=settings).arms[0].outcomes
    effects = results.effects().query("sample == 3").set_index("name")
    for name, effect in compared.items():
        found = effects.loc[name]
        for part in ("n_pairs", "difference", "ci_low", "ci_high", "p_value", "variance_reduction"):
            value = getattr(effect, part)
            assert found[part] == value or (value is None and pd.isna(found[part])), (name, part)


def test_several_arms_are_corrected_by_holm_and_verdicts_follow(place):
    from govsim.experiments.multiplicity import holm

    text = HEAD + (
        "arms:\n"
        "  - {id: one, scenario: ../valid/derived.yaml}\n"
        "  - {id: two, scenario: ../valid/derived.yaml, set: {reforms.second-rise.rise_share: 0.9}}\n"
        "replicates: 5\nkeep: {outcomes: all}\n"
    )
    effects = open_results(place.swept(text).folder).effects()
    for _, own in effects.groupby("name"):
        p_values = [None if pd.isna(p) else p for p in own["p_value"]]
        assert [None if pd.isna(p) else p for p in own["p_holm"]] == holm(p_values)
    clear = effects[effects["verdict"].isin(["better", "worse"])]
    assert len(clear)
    assert ((clear["ci_low"] > 0) | (clear["ci_high"] < 0)).all()


def test_the_cost_of_a_unit_is_the_ratio_of_the_two_mean_differences(results):
    effects = results.effects(["cost_per_resident_year", "worker_satisfaction"])
    means = effects.pivot(index="sample", columns="name", values="difference")
    costs = results.costs("worker_satisfaction").set_index("sample")
    assert costs["cost"].tolist() == pytest.approx(means["cost_per_resident_year"].tolist(), rel=1e-9)
    assert costs["gained"].tolist() == pytest.approx(means["worker_satisfaction"].tolist(), rel=1e-9)
    defined = costs.dropna(subset=["yuan_per_unit"])
    expected = defined["cost"] / defined["gained"]
    assert defined["yuan_per_unit"].tolist() == pytest.approx(expected.tolist(), rel=1e-9)
    for wrong in ("utilisation", "idle_share"):
        with pytest.raises(ValueError, match="less or more is better"):
            results.costs(wrong)


def test_effects_by_group_have_a_row_for_each_group_of_residents(results):
    effects = results.effects(["satisfaction"], by_group=True)
    older = effects[effects["group"] == "resident_group older"]
    assert list(older["sample"]) == [0, 1, 2, 3]
    assert older["n_pairs"].tolist() == [3, 3, 3, 3]


def test_a_sweep_with_runs_missing_is_opened_only_when_that_is_said(place):
    from govsim.sweeps.running import run_sweep

    run_sweep(place.plan(SMALL), place.folder / "plans", place.store(), part=(1, 2))
    with pytest.raises(StoreError, match="a selection of runs"):
        open_results(place.store().folder)
    partial = open_results(place.store().folder, allow_partial=True)
    assert set(partial.runs["status"]) == {"ok", "missing"}
    assert partial.to_df()["workload_hours"].isna().any()


def test_a_sweep_without_any_run_has_empty_tables(place):
    store = place.store()
    store.put_plan(place.plan(SMALL))
    results = open_results(store.folder, allow_partial=True)
    assert results.to_df()["workload_hours"].isna().all()
    assert len(results.effects()) == 0


def test_a_folder_named_like_a_column_is_opened(place):
    assert len(open_results(place.swept(HEAD + "replicates: 1\n", name="run=5").folder).to_df()) == 1


def test_effects_by_group_are_of_pairs_that_there_are(results):
    numbers = results.numbers("group")
    there = set(zip(numbers["group"], numbers["name"], strict=True))
    effects = results.effects(by_group=True)
    assert set(zip(effects["group"], effects["name"], strict=True)) == there
    assert len(effects) == 4 * len(there)


def test_damaged_files_are_never_read(place):
    store = place.swept(SMALL)
    path = next(store.shards.iterdir())
    path.write_bytes(path.read_bytes()[:-1])
    for allow in (False, True):
        with pytest.raises(StoreError, match="damaged"):
            open_results(store.folder, allow_partial=allow)


def test_a_csv_has_the_rows_of_the_table(results, tmp_path):
    results.to_csv(tmp_path / "table.csv")
    read = pd.read_csv(tmp_path / "table.csv")
    pd.testing.assert_frame_equal(read, results.to_df(), check_dtype=False)


def test_other_libraries_get_their_rows_in_the_order_of_the_samples(place):
    results = open_results(place.swept(DRAWN).folder)
    problem, inputs, outputs = results.to_salib("second")
    assert problem["names"] == list(results.plan.factors)
    expected = [[sample[name] for name in results.plan.factors] for sample in results.plan.samples]
    assert inputs.tolist() == expected
    frame = results.to_df().query("arm == 'second'")
    means = frame.groupby("sample")["workload_hours"].mean()
    assert outputs["workload_hours"].tolist() == means.tolist()
    experiments, outcomes = results.to_ema()
    assert list(experiments.columns) == ["scenario", "policy", *results.plan.factors]
    assert len(experiments) == len(outcomes["workload_hours"]) == 2 * 8


def place_like(store):
    """Return the folder of the scenarios beside a store."""
    return store.folder.parent / "valid"
