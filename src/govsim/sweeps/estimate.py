"""What a sweep will take, from what runs took where it was measured; said before anything runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from govsim.clock import DAYS_PER_MONTH, MONTHS_PER_YEAR
from govsim.experiments.courses import Course, parting
from govsim.recording.tables import GROUPS
from govsim.recording.tallies import NAMES
from govsim.sweeps.plan import by_replicate
from govsim.sweeps.reading import scenario_of

if TYPE_CHECKING:
    from pathlib import Path

    from govsim.model import Scenario
    from govsim.sweeps.plan import Kept, Plan

RESIDENTS: Final = "world.residents"
# Measured by make bench; see the page performance. For orders of magnitude, not for a promise.
SECONDS_A_RESIDENT_YEAR: Final = 0.8e-6
SECONDS_A_MONTH: Final = 3e-3
SECONDS_A_WORLD: Final = 20e-3
# Of a file of some hundred runs, compressed.
BYTES_A_NUMBER: Final = 14
BYTES_A_RUN: Final = 200


@dataclass(frozen=True)
class Estimate:
    """The size of a sweep.

    Attributes
    ----------
    runs
        Each once.
    shards
        Files in which they will lie.
    days
        Working days to simulate; days that runs of a replicate have in common count once.
    seconds
        Of one process.
    bytes_on_disk
        Of all files.
    """

    runs: int
    shards: int
    days: int
    seconds: float
    bytes_on_disk: int

    def seconds_of(self, n_processes: int) -> float:
        """Return about how long so many processes take; a file is the least that one takes."""
        return self.seconds / max(1, min(n_processes, self.shards))


def estimate(plan: Plan, folder: Path) -> Estimate:
    """Return what a plan in a folder will take; samples are taken to differ in the residents alone that they set."""
    courses = [Course(scenario_of(arm, folder, plan.samples[0])) for arm in plan.arms]
    shared = parting(courses) if len(courses) > 1 else 0
    scenario = courses[0].scenario
    n_runs = n_shards = n_months = 0
    seconds = 0.0
    for shard in plan.shards():
        n_runs += len(shard)
        n_shards += 1
        for together in by_replicate(shard):
            months = sum(courses[run.arm].n_months for run in together) - shared * (len(together) - 1)
            residents: Any = plan.samples[together[0].sample].get(RESIDENTS, scenario.institution.places.n_residents)
            n_months += months
            seconds += SECONDS_A_WORLD + months * _seconds_a_month(residents)
    size = n_runs * (BYTES_A_RUN + BYTES_A_NUMBER * _numbers_a_run(plan.kept, scenario))
    return Estimate(n_runs, n_shards, n_months * DAYS_PER_MONTH, seconds, size)


def _seconds_a_month(n_residents: float) -> float:
    return SECONDS_A_MONTH + n_residents * SECONDS_A_RESIDENT_YEAR / MONTHS_PER_YEAR


def _numbers_a_run(kept: Kept, scenario: Scenario) -> int:
    """Return about how many numbers are kept of a run."""
    places, calendar = scenario.institution.places, scenario.calendar
    rows = {
        "community": len(places.communities),
        "settlement": len(places.settlements),
        "resident_group": len(GROUPS),
    }
    periods = {"none": 0, "year": calendar.n_months // MONTHS_PER_YEAR, "month": calendar.n_months}[kept.series]
    tallies = len(NAMES) if kept.tallies else 0
    return tallies + len(kept.outcomes) * (1 + periods + sum(rows[kind] for kind in kept.groups))
