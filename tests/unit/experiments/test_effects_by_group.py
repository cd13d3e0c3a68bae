"""The effect in every group is that of the runs in this group, and verdicts are corrected over all of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from govsim.experiments.groups import effects_by_group
from govsim.experiments.pairing import Verdict
from tests.recorded import two_arms, with_book


def test_satisfaction_of_a_group_is_its_sum_over_its_residents_in_the_last_year():
    without, with_reform = two_arms()
    older = effects_by_group(without, with_reform, "satisfaction", "resident_group")["older"]

    def mean(recording):
        rows = np.arange(12) % 3 == 2
        sums = recording.groups["satisfaction_sum"][-12:, rows].sum() * 1e-9
        return sums / (recording.residents_by_group[rows].sum() * 12)

    before, after = (np.array([mean(each) for each in arm]) for arm in (without, with_reform))
    assert older.baseline == pytest.approx(before.mean())
    assert older.difference == pytest.approx((after - before).mean())


def test_workload_of_a_community_is_its_own():
    without, with_reform = two_arms()
    effects = effects_by_group(without, with_reform, "workload_hours", "community")
    for community, effect in effects.items():
        books = [recording.communities[12:, community] for recording in with_reform]
        hours = [each["arrived_minutes"].sum() / 60 / each["present_days"].sum() for each in books]
        assert effect.reform == pytest.approx(np.mean(hours))


@pytest.mark.parametrize("by", ["resident_group", "community", "settlement"])
def test_an_arm_beside_itself_has_no_loser_and_no_winner(by):
    without, _ = two_arms()
    verdicts = {effect.verdict("higher") for effect in effects_by_group(without, without, "satisfaction", by).values()}
    assert verdicts <= {Verdict.NO_DIFFERENCE, Verdict.UNDEFINED}


def test_p_values_are_corrected_over_the_groups_and_never_smaller_than_before():
    effects = effects_by_group(*two_arms(), "satisfaction", "resident_group").values()
    known = [effect for effect in effects if effect.p_value is not None]
    assert len(known) > 1
    assert min(effect.p_holm for effect in known) == min(1.0, len(known) * min(effect.p_value for effect in known))
    assert all(effect.p_holm >= effect.p_value for effect in known)


def test_a_community_that_joined_others_has_no_effect():
    without, with_reform = two_arms()
    moved = with_reform[0].moved.copy()
    moved[20, 1] = True
    joined = [replace(each, moved=moved) for each in with_reform]
    effects = effects_by_group(without, joined, "workload_hours", "community")
    assert [effect.difference is None for effect in effects.values()] == [key == 1 for key in effects]


def test_a_pair_in_which_a_group_is_undefined_does_not_count():
    without, with_reform = two_arms()
    absent = with_book(without[0], "communities", "present_days", 0)
    effects = effects_by_group([absent, *without[1:]], with_reform, "workload_hours", "community")
    assert {effect.n_pairs for effect in effects.values()} == {len(without) - 1}


def test_what_is_not_known_by_groups_is_refused():
    arms = two_arms()
    with pytest.raises(ValueError, match="workload_hours is not known by settlement"):
        effects_by_group(*arms, "workload_hours", "settlement")
    with pytest.raises(ValueError, match="'street' is none of"):
        effects_by_group(*arms, "satisfaction", "street")
    with pytest.raises(ValueError, match="4 and 3 recordings do not make pairs"):
        effects_by_group(arms[0], arms[1][1:], "satisfaction", "community")
