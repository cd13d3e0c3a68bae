"""What is timed is what it is called: the same model, finished from a prefix, profiled, or beside the reference."""

from __future__ import annotations

import pytest

import govsim as gs
from benchmarks import arms, phases
from benchmarks.reference import Pair
from benchmarks.worlds import run_of, year_of
from govsim.model import GovernanceModel
from govsim.processes import PHASES
from tests.equality.comparing import differences
from tests.reference.worlds import small_scenario

SMALL = ("world.residents=6000", "horizon.years=1", "horizon.warm_up_years=1")


def test_the_arm_that_is_measured_runs_only_days_from_its_date_on_and_changes_with_its_strength(monkeypatch):
    monkeypatch.setattr(arms, "SETTINGS", SMALL)
    before, alone = [arms.compared(strength, None, 2) for strength in (1.0, 0.5)]
    with gs.Prefixes() as prefixes:
        assert arms.compared(1.0, prefixes, 2).digests == before.digests
        days = []
        run_for = GovernanceModel.run_for
        monkeypatch.setattr(
            GovernanceModel, "run_for", lambda model, n: days.append((model.day, n)) or run_for(model, n)
        )
        assert arms.compared(0.5, prefixes, 2).digests == alone.digests != before.digests
    assert sum(n for _, n in days) == 2 * 252
    assert min(day for day, _ in days) == 252


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
