"""What ``import govsim as gs`` offers: thin facades over what lies below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim import experiments
from govsim.agents import Community, Department, District, Resident, StreetOffice, Worker
from govsim.errors import GovsimError, InvariantError, ScenarioError
from govsim.experiments import Comparison, Run, RunError, run
from govsim.model import GovernanceModel
from govsim.recording.outcomes import OUTCOMES
from govsim.scenarios import Scenario, load_scenario

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from govsim.experiments.execution import Progress
    from govsim.model import Scenario as AnyScenario

__all__ = [
    "OUTCOMES",
    "Community",
    "Comparison",
    "Department",
    "District",
    "GovernanceModel",
    "GovsimError",
    "InvariantError",
    "Resident",
    "Run",
    "RunError",
    "Scenario",
    "ScenarioError",
    "StreetOffice",
    "Worker",
    "compare",
    "load_scenario",
    "run",
]


def compare(  # noqa: PLR0913 the names a user types
    baseline: str | Path | AnyScenario,
    *reforms: str | Path | AnyScenario,
    seeds: int = 30,
    seed: int = 1,
    n_jobs: int = 1,
    settings: Sequence[str] = (),
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Compare reforms with a baseline over the same replicates, draw for draw.

    Parameters
    ----------
    baseline, reforms
        Scenario files, or scenarios that are loaded already.
    seeds, seed
        Number of replicates, from 0, and their root seed.
    n_jobs
        Worker processes; -1 uses every core.
    settings
        ``path=value`` each, written over every file; those of one reform over the files that have it.
    executor
        Does the work instead of worker processes; any ``concurrent.futures.Executor``.
    progress
        Called with runs done and runs in all.
    """
    return experiments.compare(
        baseline, reforms, seeds, seed, n_jobs, settings=settings, executor=executor, progress=progress
    )
