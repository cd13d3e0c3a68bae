"""Whether a store still says what it said, and whether its runs come out the same again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govsim.experiments.execution import run_task
from govsim.experiments.tasks import RunTask
from govsim.sweeps import messages as m
from govsim.sweeps.model_version import model_version
from govsim.sweeps.reading import scenario_of
from govsim.sweeps.store import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from govsim.sweeps.plan import Plan, PlannedRun
    from govsim.sweeps.store import Store


@dataclass(frozen=True)
class Verification:
    """What was found.

    Attributes
    ----------
    files
        That are whole.
    damaged
        By name, with the reason.
    planned, present
        Runs.
    foreign
        Runs in files that the plan does not ask for.
    repeated
        Runs that were made again.
    different
        Of those, the ones that came out differently, with both digests.
    """

    files: int
    damaged: dict[str, str]
    planned: int
    present: int
    foreign: int
    repeated: tuple[str, ...]
    different: dict[str, tuple[str, str]]

    @property
    def is_good(self) -> bool:
        """Whether everything is as it was."""
        return not (self.damaged or self.different)


def verify(store: Store, plan_folder: Path | None = None, n_runs: int = 0) -> Verification:
    """Look at every byte of a store, and make some of its runs again.

    Parameters
    ----------
    plan_folder
        Where the plan's scenarios are named from; needed for making runs.
    n_runs
        How many runs are made again, spread evenly over the plan.

    Raises
    ------
    StoreError
        If there is no sweep, or another model is to repeat its runs.
    """
    plan, sealed = store.plan(), store.sealed()
    planned = plan.runs()
    good = [run for run in planned.values() if sealed.digests.get(run.key)]
    chosen = _spread(good, n_runs)
    different = {}
    if chosen and plan_folder is not None:
        _check_model(plan)
        for run in chosen:
            digest = _again(plan, plan_folder, run)
            if digest != sealed.digests[run.key]:
                different[run.key] = sealed.digests[run.key], digest
    return Verification(
        files=len(sealed.footers),
        damaged=sealed.damaged,
        planned=len(planned),
        present=len(planned.keys() & sealed.digests.keys()),
        foreign=len(sealed.digests.keys() - planned.keys()),
        repeated=tuple(run.key for run in chosen),
        different=different,
    )


def _spread(runs: list[PlannedRun], n: int) -> list[PlannedRun]:
    n = min(n, len(runs))
    return [runs[(2 * i + 1) * len(runs) // (2 * n)] for i in range(n)]


def _check_model(plan: Plan) -> None:
    if plan.model != model_version():
        raise StoreError(m.MODEL_FOR_VERIFYING.format(before=plan.model, given=model_version()))


def _again(plan: Plan, folder: Path, run: PlannedRun) -> str:
    scenario = scenario_of(plan.arms[run.arm], folder, plan.samples[run.sample])
    return run_task(RunTask(scenario, plan.seed, run.replicate)).digest
