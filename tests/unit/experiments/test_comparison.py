"""Comparisons: pairs by replicate in the same world, a fixed JSON, and tables in both languages."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest

from govsim.clock import Calendar
from govsim.errors import ScenarioError
from govsim.experiments import RunTask, compare, run, run_task
from govsim.experiments.arms import check_comparable, load_arms
from govsim.experiments.displacement import Displacement
from govsim.experiments.observing import affordable_recordings
from govsim.experiments.wording import effect_words
from govsim.recording.outcomes import OUTCOMES
from govsim.scenarios import load_scenario
from govsim.version import version
from tests.reference.worlds import small_scenario, with_inspection_cut, with_pay_rise, with_permit

VALID = Path(__file__).parents[2] / "scenarios" / "valid"
BASE = small_scenario("turnover")
RISE = with_pay_rise(BASE, strength=1.0, rise_share=1.0)
N = 4


@pytest.fixture(scope="module")
def comparison():
    return compare(BASE, [RISE, BASE], seeds=N)


def test_the_numbers_are_of_replicates_paired_in_order(comparison):
    before = [run_task(RunTask(BASE, 1, replicate)).outcomes["turnover_per_year"] for replicate in range(N)]
    after = [run_task(RunTask(RISE, 1, replicate)).outcomes["turnover_per_year"] for replicate in range(N)]
    effect = comparison.arms[0].outcomes["turnover_per_year"]
    assert effect.n_pairs == N
    assert effect.baseline == pytest.approx(sum(before) / N, rel=1e-12)
    assert effect.difference == pytest.approx(sum(after) / N - sum(before) / N, rel=1e-9)
    better = sum(b < a for a, b in zip(before, after, strict=True))
    assert effect.share_better == better / N


def test_the_root_seed_decides_the_replicates(comparison):
    other = compare(BASE, [BASE], seeds=2, seed=2)
    assert not set(other.digests[0]) & set(comparison.digests[0])


def test_a_scenario_compared_with_itself_is_exactly_equal(comparison):
    effects = comparison.arms[1].outcomes.values()
    assert {effect.difference for effect in effects} <= {0.0, None}
    assert comparison.digests[0] == comparison.digests[2] != comparison.digests[1]


def test_swapping_baseline_and_reform_negates_every_effect_exactly(comparison):
    there, again = comparison.arms[0], compare(RISE, [BASE], seeds=N).arms[0]
    hours = {name: (effect, again.displacement.hours[name]) for name, effect in there.displacement.hours.items()}
    outcomes = {name: (effect, again.outcomes[name]) for name, effect in there.outcomes.items()}
    for name, (forth, other) in {**outcomes, **hours}.items():
        swapped = (other.difference, other.ci_high, other.ci_low)
        negated = tuple(None if number is None else -number for number in swapped)
        assert negated == (forth.difference, forth.ci_low, forth.ci_high), name
        assert (other.interval, other.p_value) == (forth.interval, forth.p_value), name


def test_processes_change_nothing(comparison):
    assert compare(BASE, [RISE, BASE], seeds=N, n_jobs=2) == comparison


NUMBERS = ["baseline", "reform", "difference", "ci_low", "ci_high", "share_better", "variance_reduction"]
FIELDS = [*NUMBERS, "n_pairs", "interval", "p_value", "p_holm", "verdict", "certainty", "size_least", "size_most"]
ACCOUNTS = ["removed", "vanished", "moved_to_departments", "moved_to_providers", "hidden", "left_undone",
            "reported_only", "not_issued", "streets", "department_cases", "overtime", "residents",
            "volunteers", "rework", "requests_waived", "requests_given_up"]  # fmt: skip


def test_the_json_has_exactly_the_agreed_keys(comparison):
    content = json.loads(comparison.to_json())
    assert list(content) == [
        "baseline",
        "seeds",
        "arms",
        "seed",
        "settings",
        "version",
        "calendar",
        "n_guesses",
        "n_parameters",
        "confidence",
        "baseline_reforms",
        "baseline_settings",
        "baseline_fingerprint",
        "baseline_digests",
    ]
    assert (content["baseline"], content["seeds"], content["seed"]) == ("turnover", N, 1)
    assert [arm["scenario"] for arm in content["arms"]] == ["turnover-pay-rise", "turnover"]
    for arm in content["arms"]:
        assert list(arm) == [
            "scenario",
            "title_en",
            "title_zh",
            "outcomes",
            "displacement",
            "reforms",
            "settings",
            "fingerprint",
            "digests",
        ]
        assert list(arm["outcomes"]) == list(OUTCOMES)
        assert all(list(numbers) == FIELDS for numbers in arm["outcomes"].values())
        hours = arm["displacement"]["hours_per_community_year"]
        assert list(hours) == ACCOUNTS
        assert all(list(numbers) == ["hours", "ci_low", "ci_high", "interval"] for numbers in hours.values())


def test_the_json_holds_what_reproduces_it():
    """Whoever has the files, the settings, the seeds and the version can compare digests run by run."""
    settings = ["horizon.years=2", "reforms.second-rise.strength=0.5"]
    paths = [VALID / "tiny.yaml", VALID / "derived.yaml"]
    content = json.loads(compare(paths[0], paths[1:], seeds=2, seed=5, settings=settings).to_json())
    assert (content["seeds"], content["seed"], content["settings"]) == (2, 5, settings)
    assert content["version"] == version()
    (arm,) = content["arms"]
    for path, own, digests, fingerprint in (
        (paths[0], content["baseline_settings"], content["baseline_digests"], content["baseline_fingerprint"]),
        (paths[1], arm["settings"], arm["digests"], arm["fingerprint"]),
    ):
        scenario = load_scenario(path, own)
        assert scenario.fingerprint() == fingerprint
        assert [run_task(RunTask(scenario, 5, replicate)).digest for replicate in range(2)] == digests
    assert content["baseline_settings"] == settings[:1]
    assert arm["settings"] == settings
    assert [each["id"] for each in content["baseline_reforms"]] == ["pay-rise"]
    assert [(each["id"], each["strength"]) for each in arm["reforms"]] == [("pay-rise", 1.0), ("second-rise", 0.5)]


def test_an_undefined_number_is_null_and_never_nan():
    """One settlement has no gap to another; and where nothing is removed nothing is displaced."""
    alone = small_scenario("alone")
    text = compare(alone, [alone], seeds=2).to_json()
    assert "NaN" not in text
    (arm,) = json.loads(text)["arms"]
    assert arm["outcomes"]["satisfaction_gap"] == dict.fromkeys(FIELDS) | {"n_pairs": 0, "verdict": "undefined"}
    assert arm["displacement"]["displacement_ratio"] is None


@pytest.fixture(scope="module")
def fewer_tasks():
    """Return a comparison of a strict permit, and of a permit and fewer inspections, with neither."""
    base = small_scenario("evading")
    permit = with_permit(base, strictness=8.0, strength=1.0)
    return base, compare(base, [permit, with_inspection_cut(permit)], seeds=N)


def test_what_is_removed_is_what_its_parts_add_up_to_in_every_arm(fewer_tasks, comparison):
    parts = [
        "vanished",
        "moved_to_departments",
        "moved_to_providers",
        "hidden",
        "left_undone",
        "reported_only",
        "not_issued",
    ]
    for arm in (*fewer_tasks[1].arms, *comparison.arms):
        hours = arm.displacement.hours
        assert hours["removed"].difference == pytest.approx(sum(hours[part].difference for part in parts), abs=1e-9)
        assert hours["not_issued"].difference == 0.0
    assert fewer_tasks[1].arms[0].displacement.hours["removed"].difference > 0.0
    assert fewer_tasks[1].arms[0].displacement.hours["reported_only"].difference > 0.0


def test_hours_are_of_a_community_and_year_of_the_reported_part(fewer_tasks):
    """The world has two communities and reports one year."""
    base, comparison = fewer_tasks
    permit = with_permit(base, strictness=8.0, strength=1.0)
    changes = []
    for replicate in range(N):
        before, after = (run_task(RunTask(arm, 1, replicate)).accounts["ad_hoc"] for arm in (base, permit))
        changes.append((after - before) / 60 / 2)
    hours = comparison.arms[0].displacement.hours["reported_only"]
    assert hours.n_pairs == N
    assert hours.difference == pytest.approx(sum(changes) / N, rel=1e-12)


def test_the_table_of_displacement_has_a_row_for_each_reform_and_account(fewer_tasks):
    table = fewer_tasks[1].displacement()
    assert list(table.columns) == ["scenario", "account", "hours", "ci_low", "ci_high", "interval"]
    assert len(table) == 2 * 16
    for arm in fewer_tasks[1].to_dict()["arms"]:
        own = table[table["scenario"] == arm["scenario"]].set_index("account")
        for name, numbers in arm["displacement"]["hours_per_community_year"].items():
            assert own.loc[name, ["hours", "ci_low", "ci_high", "interval"]].to_dict() == numbers


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Where the hours went", "taken off communities", "moved to departments", "residents giving labour"]),
        ("zh", ["工时去向", "社区减少的任务工时", "转由部门自办", "居民投工投劳"]),
    ],
)
def test_the_summary_says_where_the_hours_went(fewer_tasks, lang, words):
    text = fewer_tasks[1].summary(lang, width=120)
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def test_one_replicate_gives_a_difference_without_an_interval():
    effect = compare(BASE, [RISE], seeds=1).to_dict()["arms"][0]["outcomes"]["workload_hours"]
    assert effect["difference"] is not None
    assert (effect["ci_low"], effect["ci_high"], effect["variance_reduction"]) == (None, None, None)


def test_the_table_of_numbers_has_a_row_for_each_reform_and_outcome(comparison):
    table = comparison.to_df()
    assert len(table) == 2 * len(OUTCOMES)
    row = table.set_index(["scenario", "outcome"]).loc["turnover-pay-rise", "cost_per_resident_year"]
    assert (row["unit"], row["better"], row["n_pairs"], row["verdict"]) == ("yuan", "lower", N, "worse")
    assert (row["interval"], row["certainty"], row["size_most"]) == ("t", "clear", "large")
    assert row["p_value"] <= row["p_holm"] < 0.01


def test_p_values_are_corrected_over_the_arms_of_each_outcome(fewer_tasks):
    """Of two arms the smaller p counts twice, and the larger is no less than that."""
    one, other = (arm.outcomes for arm in fewer_tasks[1].arms)
    for name in OUTCOMES:
        if one[name].p_value is not None and other[name].p_value is not None:
            small, large = sorted((one[name].p_value, other[name].p_value))
            expected = [min(1.0, 2 * small), max(large, min(1.0, 2 * small))]
            assert sorted((one[name].p_holm, other[name].p_holm)) == pytest.approx(expected), name


def test_a_reform_that_holds_in_a_part_of_the_world_is_recognised_as_diluted(fewer_tasks):
    base, everywhere = fewer_tasks
    pilot = with_permit(base, strictness=8.0, strength=1.0, in_communities=("c2",))
    part = compare(base, [pilot], seeds=2)
    assert part.to_dict()["arms"][0]["reforms"][0]["holds_in_communities"] == 1
    english, chinese = part.summary("en"), part.summary("zh")
    assert "Task permit (task-permit) holds in 1 of 2 communities at the end; outcomes are of all 2" in english
    assert english.index("compared with") < english.index("holds in") < english.index("In words")
    assert "社区工作事项准入（task-permit）期末在 2 个社区中的 1 个实施" in "".join(chinese.split("\n"))
    assert "holds in" not in everywhere.summary()
    # What the baseline has as well is no part of the effect.
    beside = compare(pilot, [with_pay_rise(pilot)], seeds=1)
    assert "holds in" not in beside.summary()


@pytest.mark.parametrize(
    ("ratio", "english", "chinese"),
    [
        ((-0.2, -0.31, 0.05), "0.20 hours fewer of", "95% 区间为 -0.05 至 +0.31 小时（Fieller 法）"),
        ((0.4, 0.3, 0.5), "0.40 hours more of", "95% 区间为 +0.30 至 +0.50 小时（Fieller 法）"),
        ((None, None, None), "No ratio of hours added elsewhere to hours removed", "不给出他处增加工时与减少工时之比"),
    ],
    ids=str,
)
def test_the_ratio_stands_with_its_interval_or_with_the_reason_why_not(comparison, ratio, english, chinese):
    hours = Displacement(comparison.arms[0].displacement.hours, *ratio)
    found = replace(comparison, arms=(replace(comparison.arms[0], displacement=hours),))
    words = " ".join(found.summary(width=120).split())
    assert english in words
    if ratio[0] is not None:
        low, high = ratio[1:] if ratio[0] > 0.0 else (-ratio[2], -ratio[1])
        assert f"95 % interval {low:+.2f} to {high:+.2f} hours (Fieller)" in words
    assert chinese in found.summary("zh", width=200)


def test_a_bootstrap_interval_is_marked_where_it_stands(comparison):
    arm = comparison.arms[0]
    outcomes = arm.outcomes | {"satisfaction": replace(arm.outcomes["satisfaction"], interval="bca")}
    hours = arm.displacement.hours | {"overtime": replace(arm.displacement.hours["overtime"], interval="bca")}
    marked = replace(arm, outcomes=outcomes, displacement=replace(arm.displacement, hours=hours))
    lines = replace(comparison, arms=(marked,)).summary(width=120).splitlines()
    found = [line.split("*")[0].strip() for line in lines if "*" in line]
    assert found == ["workers in overtime", "residents' satisfaction", ""]
    assert "*" not in comparison.summary()


def test_the_summary_begins_with_the_headline_in_words_those_who_lose_first(comparison):
    text = comparison.summary(width=120)
    words = text[text.index("In words") : text.index("Where the hours went")]
    effect = comparison.arms[0].outcomes["turnover_per_year"]
    assert f"turnover a year: {effect_words(effect, 'lower', 'en')}" in words
    for banned in ("will", "proves", "optimal", "significant"):
        assert banned not in words


def test_the_summary_sets_the_headline_apart_and_names_first_what_got_worse(comparison):
    text = comparison.summary(width=120)
    first = text.split("95 % t interval")[0].split("turnover\n")[0]
    first = first[first.index("Headline outcomes") :]
    blocks = first.index("Headline outcomes"), first.index("turnover a year"), first.index("Other outcomes")
    assert list(blocks) == sorted(blocks)
    others = first[blocks[2] :]
    assert others.index(" worse") < others.index("public cost") < others.index(" better")


def test_the_summary_says_what_the_interval_is_of_and_what_the_numbers_are_not(comparison):
    words = " ".join(comparison.summary().split())
    assert (
        f"95 % t interval of the mean paired difference over {N} replicates; Monte-Carlo error only, parameters "
        "as given." in words
    )
    grades = [each.grade for each in BASE.institution.parameters.entries.values()]
    counted = f"{grades.count('GUESS')} of {len(grades)} parameters are guesses."
    assert "Under these assumptions, in a synthetic district; not a finding about any real office; " + counted in words
    for banned in ("will", "proves", "optimal", "significant"):
        assert f" {banned} " not in words


def test_the_summary_speaks_chinese(comparison):
    text = comparison.summary("zh")
    for word in ("核心指标", "变差", "年离职率", "95% 区间", "仅在上述假设下"):
        assert word in text
    assert "Headline" not in text


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_summary_fits_its_width(comparison, lang, width):
    from rich.cells import cell_len

    assert max(cell_len(line.rstrip()) for line in comparison.summary(lang, width).splitlines()) <= width


def with_parameter(path, value):
    parameters = BASE.institution.parameters.with_values({path: value})
    return replace(BASE, institution=replace(BASE.institution, parameters=parameters))


@pytest.mark.parametrize("path", ["voice.latent_needs_per_year", "voice.older_multiplier", "population.older_share"])
def test_arms_with_different_latent_needs_are_not_paired(path):
    with pytest.raises(ScenarioError, match=rf"arms with different ceilings are not paired, and {path} \("):
        compare(BASE, [with_parameter(path, 1.7 if path.startswith("voice") else 0.2)], seeds=1)


def test_arms_with_different_calendars_are_not_compared():
    longer = replace(BASE, calendar=Calendar(2007, 1, 2, 1))
    with pytest.raises(ScenarioError, match=r"calendars differ \(1 years from 2007-01 .* 2 years from"):
        compare(BASE, [longer], seeds=1)


def test_arms_with_different_places_are_not_compared():
    with pytest.raises(ScenarioError, match="places differ, first in 'c1'"):
        compare(BASE, [small_scenario("alone")], seeds=1)


def test_names_of_places_may_differ():
    places = BASE.institution.places
    renamed = replace(places, district="x", settlements=tuple(replace(each, en="x") for each in places.settlements))
    other = replace(BASE, institution=replace(BASE.institution, places=renamed))
    check_comparable(load_arms([BASE, other]))


def test_other_assumptions_may_differ():
    check_comparable(load_arms([BASE, with_parameter("quit.offers_per_year", 0.2)]))


@pytest.mark.parametrize(("reforms", "seeds"), [([], 3), ([BASE], 0)])
def test_a_comparison_of_nothing_is_refused(reforms, seeds):
    with pytest.raises(ScenarioError, match="needs one replicate or more, and one reform"):
        compare(BASE, reforms, seeds=seeds)


def test_arms_are_named_as_they_were_asked_for():
    arms = load_arms([VALID / "tiny.yaml", str(VALID / "derived.yaml")])
    assert [arm.label for arm in arms] == [str(VALID / "tiny.yaml"), str(VALID / "derived.yaml")]


def test_a_setting_of_one_reform_goes_to_the_arms_that_have_it(tmp_path):
    shutil.copytree(VALID, tmp_path / "valid")
    paths = [tmp_path / "valid" / name for name in ("tiny.yaml", "derived.yaml")]
    tiny, derived = load_arms(paths, ["reforms.second-rise.strength=0.5", "horizon.years=2"])
    assert [reform.strength for reform in tiny.scenario.reforms] == [1.0]
    assert [reform.strength for reform in derived.scenario.reforms] == [1.0, 0.5]
    assert {arm.scenario.calendar.years for arm in (tiny, derived)} == {2}


def test_a_setting_of_a_reform_that_no_arm_has_is_explained():
    with pytest.raises(ScenarioError, match="Did you mean 'second-rise'"):
        load_arms([VALID / "tiny.yaml", VALID / "derived.yaml"], ["reforms.second-ris.strength=0.5"])


def test_settings_need_files():
    with pytest.raises(ScenarioError, match="written over scenario files"):
        compare(BASE, [RISE], settings=["horizon.years=2"])


def test_recordings_are_kept_of_the_first_replicates_and_change_nothing(comparison):
    recorded = compare(BASE, [RISE, BASE], seeds=N, recordings=2)
    assert recorded == comparison
    assert comparison.n_recorded == 0
    assert [len(row) for row in recorded.recordings] == [2, 2, 2]
    for row, digests in zip(recorded.recordings, recorded.digests, strict=True):
        assert [each.digests[-1] for each in row] == list(digests[:2])


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_recordings_of_any_number_of_processes_are_the_same(n_jobs):
    before, after = compare(BASE, [RISE], seeds=3, n_jobs=n_jobs, recordings=2).recordings_of(0)
    for scenario, row in ((BASE, before), (RISE, after)):
        for replicate, recording in enumerate(row):
            alone = run(scenario, replicate=replicate).recording
            assert recording.digests == alone.digests
            assert (recording.communities == alone.communities).all()


def test_asked_for_recordings_that_were_not_kept_a_comparison_says_how_to_keep_them(comparison):
    with pytest.raises(ValueError, match="recordings=10"):
        comparison.recordings_of(0)


def test_ten_replicates_are_recorded_and_fewer_where_worlds_are_large_and_arms_many():
    assert affordable_recordings(BASE, 2, 30) == 10
    assert affordable_recordings(BASE, 2, 4) == 4
    months = BASE.calendar.n_months
    assert affordable_recordings(BASE, 10**9 // months, 30) == 0


def test_a_recording_takes_about_what_it_is_reckoned_at():
    kept = compare(BASE, [RISE], seeds=1, recordings=1).recordings[0][0]
    size = sum(getattr(getattr(kept, each.name), "nbytes", 0) for each in fields(kept))
    reckoned = 1024**3 / affordable_recordings_unbounded(BASE)
    assert size <= 1.1 * reckoned


def affordable_recordings_unbounded(scenario):
    """Return how many recordings a gibibyte holds: the fewest arms of one replicate that are too many."""
    low, high = 1, 2**40
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if affordable_recordings(scenario, middle, 1) == 0 else (middle + 1, high)
    return low
