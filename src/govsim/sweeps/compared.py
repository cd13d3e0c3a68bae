"""One sample of a sweep as a comparison, equal to what ``compare`` gives for the same scenarios and replicates."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from govsim.experiments.arms import Arm
from govsim.experiments.comparison import comparison_of
from govsim.experiments.tasks import RunResult
from govsim.recording.outcomes import OUTCOMES
from govsim.sweeps import messages as m
from govsim.sweeps.reading import scenario_of
from govsim.sweeps.store import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from govsim.experiments.comparison import Comparison
    from govsim.scenarios import Scenario
    from govsim.sweeps.results import Results


def comparison_of_sample(results: Results, plan_folder: Path, sample: int = 0) -> Comparison:
    """Return the arms of a plan beside its baseline in one sample, counted from 0.

    Parameters
    ----------
    results
        Of a sweep that has kept all outcomes and the ledger.
    plan_folder
        Where the plan's scenarios are named from.

    Raises
    ------
    StoreError
        If there is no such sample, or outcomes or the ledger were not kept.
    ScenarioError
        If a scenario cannot be used any more.
    """
    plan = results.plan
    if not 0 <= sample < len(plan.samples):
        raise StoreError(m.NO_SAMPLE.format(given=sample, last=len(plan.samples) - 1))
    if not plan.kept.ledger or set(plan.kept.outcomes) != set(OUTCOMES):
        raise StoreError(m.KEEPS_TOO_LITTLE.format(plan=plan.id))
    scenarios = [scenario_of(arm, plan_folder, plan.samples[sample]) for arm in plan.arms]
    arms = [
        Arm(str(plan_folder / planned.file), scenario) for planned, scenario in zip(plan.arms, scenarios, strict=True)
    ]
    outcomes, accounts = results.to_df(), results.numbers("ledger")
    rows = [
        _results(outcomes, accounts, (planned.id, sample), scenario)
        for planned, scenario in zip(plan.arms, scenarios, strict=True)
    ]
    shared = set(plan.arms[0].settings_with(plan.samples[sample]))
    return comparison_of(arms, rows, plan.seed, sorted(shared))


def _results(
    outcomes: pd.DataFrame, accounts: pd.DataFrame, cell: tuple[str, int], scenario: Scenario
) -> list[RunResult]:
    """Return the runs of an arm and sample by replicate, as they were collected."""
    arm, sample = cell
    own = outcomes[(outcomes["arm"] == arm) & (outcomes["sample"] == sample)].sort_values("replicate", kind="stable")
    minutes = accounts[(accounts["arm"] == arm) & (accounts["sample"] == sample)]
    by_replicate = dict(list(minutes.groupby("replicate")))
    calendar = scenario.calendar
    return [
        RunResult(
            outcomes={name: _defined(row[name]) for name in OUTCOMES},
            digest=row["digest"],
            days=calendar.n_days,
            days_simulated=0,
            residents=scenario.n_residents,
            seconds_build=0.0,
            seconds_run=0.0,
            accounts={
                str(name): int(value)
                for name, value in by_replicate[row["replicate"]][["name", "value"]].itertuples(index=False)
            },
            community_years=float(len(scenario.institution.places.communities) * calendar.years),
        )
        for row in own.to_dict("records")
    ]


def _defined(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
