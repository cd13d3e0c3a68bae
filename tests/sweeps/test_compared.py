"""A sample of a sweep, as a comparison, is the comparison that its scenarios make."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from govsim.experiments import compare
from govsim.sweeps.compared import comparison_of_sample
from govsim.sweeps.results import open_results
from govsim.sweeps.store import StoreError
from tests.sweeps.small_plans import HEAD


@pytest.fixture(scope="module")
def results(swept):
    return open_results(swept.folder)


@pytest.mark.parametrize("sample", [0, 3])
def test_all_numbers_and_digests_are_those_of_the_same_comparison_made_directly(results, swept, sample):
    plans = swept.folder.parent / "plans"
    settings = [f"{name}={value}" for name, value in results.plan.samples[sample].items()]
    files = [plans / "../valid/tiny.yaml", plans / "../valid/derived.yaml"]
    direct = json.loads(compare(files[0], files[1:], seeds=3, settings=settings).to_json())
    found = json.loads(comparison_of_sample(results, plans, sample).to_json())
    for part in ("settings", "baseline_settings"):  # the same in another order
        assert sorted(found.pop(part)) == sorted(set(found_in(direct, part))), part
    for arm, own in zip(direct["arms"], found["arms"], strict=True):
        assert sorted(own.pop("settings")) == sorted(arm.pop("settings"))
    assert found == {name: value for name, value in direct.items() if name not in ("settings", "baseline_settings")}


def found_in(direct, part):
    """Return the settings of the baseline: those of a reform that only the other arm has are not shared."""
    return [setting for setting in direct[part] if not setting.startswith("reforms.")]


def test_a_sample_that_there_is_not_is_refused(results, swept):
    with pytest.raises(StoreError, match="no sample 4; samples count from 0, and the last is 3"):
        comparison_of_sample(results, swept.folder.parent / "plans", 4)


@pytest.mark.parametrize("keep", ["{ledger: true}", "{outcomes: all}"])
def test_a_sweep_that_kept_too_little_says_what_to_keep(results, swept, keep):
    kept = {"{ledger: true}": {"outcomes": ("satisfaction",)}, "{outcomes: all}": {"ledger": False}}[keep]
    plan = replace(results.plan, kept=replace(results.plan.kept, **kept))
    with pytest.raises(StoreError, match=r"keep: \{outcomes: all, ledger: true\}"):
        comparison_of_sample(replace(results, plan=plan), swept.folder.parent / "plans")


def test_a_plan_with_arms_that_set_things_of_their_own_shares_only_what_all_have(place):
    text = HEAD + (
        "set: {horizon.years: 1}\narms: [{id: second, scenario: ../valid/derived.yaml,"
        " set: {reforms.second-rise.rise_share: 0.4}}]\nreplicates: 2\nkeep: {outcomes: all, ledger: true}\n"
    )
    found = comparison_of_sample(open_results(place.swept(text).folder), place.folder / "plans")
    assert found.settings == ("horizon.years=1",)
    assert set(found.arms[0].settings) == {"horizon.years=1", "reforms.second-rise.rise_share=0.4"}
