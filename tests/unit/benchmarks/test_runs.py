"""What is timed is what it is called: the same model, finished from a prefix, profiled, or beside the reference."""

from __future__ import annotations

import pytest

from benchmarks import arms, phases
from benchmarks.reference import Pair
from benchmarks.worlds import LIANDU_RISE, run_of, year_of
from govsim.processes import PHASES
from govsim.scenarios import load_scenario
from tests.equality.comparing import differences
from tests.reference.worlds import small_scenario

SMALL = ("world.residents=6000", "horizon.years=1", "horizon.warm_up_years=1")


def test_an_arm_that_is_finished_from_its_prefix_is_the_arm_run_from_the_start(monkeypatch):
    monkeypatch.setattr(arms, "SETTINGS", SMALL)
    for kept in arms.prefixes(range(1, 3)):
        assert arms.finish(*kept) == run_of(load_scenario(LIANDU_RISE, SMALL), replicate=kept[1]).outcomes()


def test_a_prefix_ends_on_the_first_reform_date(monkeypatch):
    monkeypatch.setattr(arms, "SETTINGS", SMALL)
    ((arm, replicate, snapshot),) = arms.prefixes(range(3, 4))
    assert (replicate, snapshot.day) == (3, 252)
    assert arm.calendar.label(snapshot.day // 21) == arm.reforms[0].starts_on


def test_halves_share_all_seeds():
    shares = [range(first, arms.SEEDS, arms.PROCESSES) for first in range(arms.PROCESSES)]
    assert sorted(seed for share in shares for seed in share) == list(range(arms.SEEDS))


def test_the_phases_that_decide_are_phases_and_are_measured():
    profile = run_of(year_of(1500), profiled=True).profile
    assert set(phases.DECIDING) <= set(profile.seconds)
    assert set(phases.DECIDING) - {phase.name for phase in PHASES} == {"start_due_reforms"}


def test_a_pair_runs_the_same_scenario_twice_and_keeps_both():
    pair = Pair(small_scenario("alone"))
    assert pair.run_plain() > 0.0
    assert pair.run_compiled() > 0.0
    assert differences(pair.compiled, pair.plain) == []


@pytest.mark.parametrize("residents", [6000, 66_000])
def test_a_year_has_its_residents_and_no_warm_up(residents):
    scenario = year_of(residents)
    assert scenario.institution.places.n_residents == residents
    assert (scenario.calendar.n_days, scenario.calendar.warm_up_months) == (252, 0)
