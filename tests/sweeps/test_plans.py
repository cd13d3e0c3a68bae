"""What a plan asks for, and what is wrong with one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govsim.errors import ScenarioError
from govsim.language import using
from govsim.recording.outcomes import OUTCOMES
from govsim.sweeps.plan import FEWEST_SHARDS, USUAL_RUNS_PER_SHARD, Plan
from govsim.sweeps.reading import read_plan
from tests.sweeps.small_plans import HEAD, SMALL

WRONG = [
    ("baselin: x\n", "Did you mean 'baseline'?"),
    ("replicates: 0\n", "replicates: "),
    ("factors: {strain.gain_per_dya: [0.1]}\n", "Did you mean 'strain.gain_per_day'?"),
    ("factors: {strain.gain_per_day: [0.1, 99]}\n", "strain.gain_per_day"),
    ("factors: {strain.gain_per_day: [0.1, 0.1]}\n", "the value 0.1 stands twice"),
    ("factors: {strain.gain_per_day: {from: 0.1}}\n", "only one end"),
    ("factors: {strain.gain_per_day: {values: [0.1], from: 0.1, to: 0.2}}\n", "here is both"),
    ("factors: {strain.gain_per_day: {}}\n", "here is neither"),
    ("factors: {strain.gain_per_day: {from: 0.1, to: 0.2}}\n", "a grid combines lists"),
    (
        "factors: {strain.gain_per_day: {from: 0.2, to: 0.1}}\ndesign: {kind: sobol, samples: 4}\n",
        "0.2 does not lie below 0.1",
    ),
    (
        "factors: {hiring.applicants: {from: 1.5, to: 3, whole: true}}\ndesign: {kind: sobol, samples: 4}\n",
        "1.5 is none",
    ),
    ("factors: {strain.gain_per_day: {values: [0.1], whole: true}}\n", "'whole' belongs to a span"),
    ("factors: {strain.gain_per_day: [0.1]}\ndesign: {kind: latin_hypercube, samples: 4}\n", "draws from spans"),
    ("factors: {strain.gain_per_day: {from: 0.1, to: 0.2}}\ndesign: {kind: sobol, samples: 6}\n", "choose 4 or 8"),
    ("design: {kind: sobol, samples: 4}\n", "needs factors"),
    ("design: {kind: table}\n", "needs 'file'"),
    ("design: {kind: list}\n", "needs 'points'"),
    ("design: {samples: 4}\n", "'samples' belongs to the design 'latin_hypercube'"),
    (
        "factors: {strain.gain_per_day: [0.1]}\ndesign: {kind: list, points: [{hiring.applicants: 3}]}\n",
        "remove the factors",
    ),
    ("design: {kind: list, points: [{strain.gain_per_day: 0.1}, {hiring.applicants: 3}]}\n", "sets the same factors"),
    ("set: {strain.gain_per_day: 0.1}\nfactors: {strain.gain_per_day: [0.1]}\n", "is set and varied"),
    ("set: {reforms.pay-rise.strength: 0.5}\n", "of one reform"),
    ("factors: {reforms.nothing.strength: [0.5]}\n", "no scenario of the plan has the reform"),
    ("arms: [{id: baseline, scenario: ../valid/derived.yaml}]\n", "that of the baseline"),
    (
        "arms: [{id: a, scenario: ../valid/derived.yaml}, {id: a, scenario: ../valid/derived.yaml}]\n",
        "the id 'a' stands twice",
    ),
    ("arms: [{id: a, scenario: ../valid/derive.yaml}]\n", "Did you mean 'derived.yaml'?"),
    ("keep: {outcomes: [workload_hour]}\n", "Did you mean 'workload_hours'?"),
    ("design: {kind: list, points: []}\n", "design.points"),
    ("factors: {horizon.years: [1, 1.5, 2]}\n", "horizon.years"),
    ("keep: {groups: [villages]}\n", "keep.groups"),
    ("set: {horizon.years: 2}\nkeep: {tallies: true}\n", "arm 'baseline' reports 2; set horizon.years to 1"),
]


@pytest.mark.parametrize(("lines", "words"), WRONG, ids=[words for _, words in WRONG])
def test_a_wrong_plan_is_refused_with_file_and_line_and_what_would_be_right(place, lines, words):
    for lang in ("en", "zh"):
        with using(lang), pytest.raises(ScenarioError) as refused:
            place.plan(HEAD + lines)
        message = str(refused.value)
        assert re.match(r".*plan\.yaml:[0-9]+", message)
        if lang == "en":
            assert words in message
        else:
            assert re.search("[\u4e00-\u9fff]", message)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "no rows"),
        ("hiring.applicants\n", "no rows"),
        ("hiring.applicants,hiring.applicants\n3,4\n", "stands twice"),
        ("hiring.applicants,strain.gain_per_day\n3\n", "1 cells, and the head has 2"),
        ("hiring.applicants,strain.gain_per_day\n3, \n", "is empty"),
    ],
)
def test_a_wrong_table_of_samples_is_refused_with_its_line(place, table, words):
    (place.folder / "plans" / "samples.csv").write_text(table, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"samples\.csv:[0-9]") as refused:
        place.plan(HEAD + "design: {kind: table, file: samples.csv}\n")
    assert words in str(refused.value)


def test_a_grid_has_every_combination_once_in_the_order_written(place):
    plan = place.plan(SMALL)
    pairs = [tuple(sample.values()) for sample in plan.samples]
    assert pairs == [(0.05, 0.1), (0.05, 0.4), (0.06, 0.1), (0.06, 0.4)]
    assert plan.n_cells == 2 * 4 * 3


def test_a_sample_that_comes_again_keeps_its_place_and_is_run_once(place):
    points = "[{push.noise: 0.3}, {push.noise: 0.4}, {push.noise: 0.3}]"
    plan = place.plan(HEAD + f"design: {{kind: list, points: {points}}}\nreplicates: 2\nruns_per_shard: 1\n")
    assert [sample["push.noise"] for sample in plan.samples] == [0.3, 0.4, 0.3]
    assert [[run.sample for run in shard] for shard in plan.shards()] == [[0], [0], [1], [1]]
    assert [plan.key_of(0, 2, replicate) for replicate in range(2)] == [plan.key_of(0, 0, n) for n in range(2)]


def test_what_a_factor_does_not_change_is_run_once(place):
    plan = place.plan(SMALL)
    runs = [run for shard in plan.shards() for run in shard]
    # The baseline has no second rise: two samples in four are the same to it.
    assert len(runs) == len({run.key for run in runs}) == (2 + 4) * 3
    for replicate in range(3):
        keys = [plan.key_of(0, sample, replicate) for sample in range(4)]
        assert keys[0] == keys[1] != keys[2] == keys[3]


def test_a_table_and_a_list_of_the_same_samples_ask_for_the_same_runs(place):
    points = "{hiring.applicants: 3, strain.gain_per_day: 0.05}, {hiring.applicants: 5, strain.gain_per_day: 0.06}"
    (place.folder / "plans" / "samples.csv").write_text(
        "strain.gain_per_day,hiring.applicants\n0.05,3\n0.06,5\n", encoding="utf-8"
    )
    by_list = place.plan(HEAD + f"design: {{kind: list, points: [{points}]}}\n")
    by_table = place.plan(HEAD + "design: {kind: table, file: samples.csv}\n")
    assert keys_of(by_list) == keys_of(by_table)


@pytest.mark.parametrize("samples", [5, 16])
def test_a_latin_hypercube_has_one_sample_in_each_stratum_of_each_factor(place, samples):
    plan = place.plan(
        HEAD
        + "factors: {strain.gain_per_day: {from: 0.02, to: 0.1}, push.noise: {from: 0.5, to: 1.0}}\n"
        + f"design: {{kind: latin_hypercube, samples: {samples}}}\n"
    )
    for name, low, width in (("strain.gain_per_day", 0.02, 0.08), ("push.noise", 0.5, 0.5)):
        strata = sorted(int((sample[name] - low) / width * samples) for sample in plan.samples)
        assert strata == list(range(samples))


def test_a_sobol_sequence_fills_every_dyadic_interval_alike_and_whole_spans_give_whole_numbers(place):
    plan = place.plan(
        HEAD
        + "factors: {strain.gain_per_day: {from: 0.02, to: 0.1}, hiring.applicants: {from: 1, to: 4, whole: true}}\n"
        + "design: {kind: sobol, samples: 16}\n"
    )
    strata = sorted(int((sample["strain.gain_per_day"] - 0.02) / 0.08 * 16) for sample in plan.samples)
    assert strata == list(range(16))
    applicants = [sample["hiring.applicants"] for sample in plan.samples]
    assert {type(value) for value in applicants} == {int}
    assert [applicants.count(value) for value in (1, 2, 3, 4)] == [4, 4, 4, 4]


def test_the_seed_of_a_design_draws_other_samples_and_the_same_seed_the_same(place):
    text = HEAD + "factors: {push.noise: {from: 0.5, to: 1.0}}\ndesign: {kind: sobol, samples: 4, seed: 7}\n"
    assert place.plan(text) == place.plan(text)
    assert place.plan(text).samples != place.plan(text.replace("seed: 7", "seed: 8")).samples


def test_more_replicates_samples_and_arms_leave_the_keys_of_what_was_asked_for_before(place):
    before = keys_of(place.plan(SMALL))
    more = SMALL.replace("replicates: 3", "replicates: 5").replace("[0.05, 0.06]", "[0.05, 0.06, 0.07]")
    more = more.replace(
        "factors:", "  - {id: third, scenario: ../valid/derived.yaml, set: {hiring.applicants: 5}}\nfactors:"
    )
    assert before < keys_of(place.plan(more))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("replicates: 3", "replicates: 3\nseed: 2"),
        ("series: month", "series: year"),
        ("../valid/derived.yaml}", "../valid/derived.yaml, set: {hiring.applicants: 5}}"),
    ],
)
def test_what_decides_the_numbers_of_a_run_changes_its_key(place, old, new):
    assert keys_of(place.plan(SMALL)) != keys_of(place.plan(SMALL.replace(old, new)))


def test_names_comments_and_the_order_of_keys_change_no_key(place):
    lines = SMALL.strip().splitlines()
    head, rest = lines[:3], lines[3:]
    other = "\n".join(["# a comment", *rest, *reversed(head)]).replace("id: small", "id: other")
    assert keys_of(place.plan(SMALL)) == keys_of(place.plan(other))


@given(st.integers(1, 9), st.integers(1, 40), st.integers(1, 4))
def test_files_hold_every_run_once_and_never_more_than_they_may(n_arms, per_shard, n_samples):
    plan = made(n_arms, per_shard, n_samples, replicates=11)
    shards = list(plan.shards())
    assert max(map(len, shards)) <= per_shard
    keys = [run.key for shard in shards for run in shard]
    assert len(keys) == len(set(keys)) == n_arms * n_samples * 11


@settings(deadline=None)
@given(st.integers(1, 5), st.integers(1, 60), st.integers(1, 40))
def test_files_of_a_plan_that_does_not_say_leave_work_for_many_and_keep_arms_together(n_arms, n_samples, replicates):
    plan = made(n_arms, None, n_samples, replicates)
    shards = list(plan.shards())
    assert max(map(len, shards)) <= max(n_arms, USUAL_RUNS_PER_SHARD)
    assert len(shards) >= min(FEWEST_SHARDS, n_samples * replicates)
    together = [{(run.sample, run.replicate) for run in shard} for shard in shards]
    assert sum(map(len, together)) == n_samples * replicates


def test_values_of_a_sample_that_only_hold_together_are_tried_together(place):
    plain = place.folder / "valid" / "plain.yaml"
    without_reforms = plain.with_name("tiny.yaml").read_text(encoding="utf-8").partition("reforms:")[0]
    plain.write_text(without_reforms, encoding="utf-8")
    point = "{world.residents: 900, world.drawn.name: a, world.drawn.communities: 9}"
    text = HEAD.replace("tiny.yaml", "plain.yaml") + f"design: {{kind: list, points: [{point}]}}\nreplicates: 2\n"
    assert len(place.plan(text).runs()) == 2
    with pytest.raises(ScenarioError, match=r"must be at most world\.residents, which is 900, but is 901"):
        place.plan(text.replace("communities: 9", "communities: 901"))


def test_settings_are_written_over_those_of_a_plan(place):
    path = place.plan_file(HEAD + "set: {strain.gain_per_day: 0.05, horizon.years: 1}\n")
    written = read_plan(path, ["strain.gain_per_day=0.06"])
    assert written.arms[0].settings == ("horizon.years=1", "strain.gain_per_day=0.06")
    same = place.plan(HEAD + "set: {strain.gain_per_day: 0.06, horizon.years: 1}\n")
    assert written.runs().keys() == same.runs().keys()


def test_a_plan_is_the_same_after_a_way_through_json(place):
    plan = place.plan(SMALL)
    assert Plan.from_dict(plan.to_dict()) == plan
    assert plan.kept.outcomes == tuple(OUTCOMES)


def keys_of(plan):
    """Return the keys of all runs."""
    return {run.key for shard in plan.shards() for run in shard}


def made(n_arms, per_shard, n_samples, replicates):
    """Return a plan that needs no scenario."""
    from govsim.sweeps.plan import Kept, PlannedArm

    arms = tuple(PlannedArm(f"arm-{i}", "none.yaml", (), (), f"{i:064x}") for i in range(n_arms))
    samples = tuple({"push.noise": 0.1 + i} for i in range(n_samples))
    return Plan("made", "model", arms, samples, replicates, 1, Kept(("workload_hours",)), per_shard)
