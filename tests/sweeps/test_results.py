"""Results are the numbers of the runs, each under its arm, sample and replicate, in the shapes that others take."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from govsim.experiments import compare, run
from govsim.language import using
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
    for neither in ("utilisation", "idle_share"):
        with pytest.raises(ValueError, match=f"of '{neither}' neither less nor more is better"):
            results.costs(neither)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("ask", ["costs", "effects"])
def test_an_outcome_that_was_not_kept_is_named_with_those_that_were(place, lang, ask):
    sweep = open_results(place.swept(HEAD + "replicates: 1\nkeep: {outcomes: [workload_hours, satisfaction]}\n").folder)
    given = {"costs": lambda name: sweep.costs(name), "effects": lambda name: sweep.effects(["satisfaction", name])}
    for name in ("worklod_hours", "turnover"):
        with using(lang), pytest.raises(ValueError, match=name) as refused:
            given[ask](name)
        words = {"en": "there are workload_hours, satisfaction.", "zh": "保留的有：workload_hours、satisfaction。"}
        hint = {"en": " Did you mean 'workload_hours'?", "zh": "是否应为“workload_hours”？"}
        assert str(refused.value).endswith(words[lang] + hint[lang] * (name == "worklod_hours"))
    with pytest.raises(ValueError, match="'cost_per_resident_year' is no outcome that was kept"):
        sweep.costs("satisfaction")


def test_an_arm_that_there_is_not_is_named_with_those_there_are(results):
    with pytest.raises(ValueError, match=r"'seconds' is no arm .* baseline, second\. Did you mean 'second'\?"):
        results.to_salib("seconds")


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


# Two trajectories of Morris that cross: steps of one factor at a time, two points of the second in the first.
GAIN, RISE = "strain.gain_per_day", "reforms.second-rise.rise_share"
TRAJECTORIES = [(0.05, 0.1), (0.06, 0.1), (0.06, 0.4), (0.06, 0.1), (0.06, 0.4), (0.05, 0.4)]


def test_a_table_with_points_that_repeat_has_every_row_in_its_place_and_every_run_once(place, swept):
    from govsim.sweeps.running import run_sweep
    from govsim.sweeps.status import status_of
    from govsim.sweeps.verifying import verify

    rows = "".join(f"{gain},{rise}\n" for gain, rise in TRAJECTORIES)
    (place.folder / "plans" / "morris.csv").write_text(f"{GAIN},{RISE}\n{rows}", encoding="utf-8")
    text = SMALL[: SMALL.index("factors:")] + "design: {kind: table, file: morris.csv}\n"
    plan = place.plan(text + SMALL[SMALL.index("replicates:") :])
    for part in ((2, 3), (1, 3), (3, 3)):
        run_sweep(plan, place.folder / "plans", place.store(), part=part)
    # The grid of the small plan has the same four points.
    assert place.store().sealed().digests == swept.sealed().digests
    assert (status_of(place.store()).planned, status_of(place.store()).is_complete) == (18, True)
    assert verify(place.store(), place.folder / "plans", 2).is_good

    found, grid = open_results(place.store().folder), open_results(swept.folder)
    points = [(sample[GAIN], sample[RISE]) for sample in grid.plan.samples]
    at = [points.index(point) for point in TRAJECTORIES]
    _, inputs, outputs = found.to_salib("second")
    _, _, of_grid = grid.to_salib("second")
    assert inputs.tolist() == [list(point) for point in TRAJECTORIES]
    for name, values in of_grid.items():
        np.testing.assert_array_equal(outputs[name], values[at])
    experiments, outcomes = found.to_ema()
    assert experiments["scenario"].tolist() == [sample for sample in range(6) for _ in ("baseline", "second")]
    assert len(outcomes["workload_hours"]) == 2 * len(TRAJECTORIES)
    assert len(found.runs) == len(found.to_df()) == 2 * 3 * len(TRAJECTORIES)
    columns = ["name", "n_pairs", "difference", "ci_low", "ci_high", "p_holm"]
    effects, expected = (
        {sample: own[columns].reset_index(drop=True) for sample, own in each.effects().groupby("sample")}
        for each in (found, grid)
    )
    for row, sample in enumerate(at):
        pd.testing.assert_frame_equal(effects[row], expected[sample])


def place_like(store):
    """Return the folder of the scenarios beside a store."""
    return store.folder.parent / "valid"
