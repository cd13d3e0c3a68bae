"""Runs in any number of processes: the same tasks give the same results in the same order."""

from __future__ import annotations

import pickle
from concurrent.futures import BrokenExecutor, as_completed
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from govsim.errors import GovsimError, InvariantError
from govsim.experiments.compiling import warm_up
from govsim.model import GovernanceModel
from govsim.recording.accounts import minutes_by_account
from govsim.recording.tables import reported

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor, Future

    from govsim.model import Scenario

    Progress = Callable[[int, int], None]

ALL_CORES: Final = -1
# A worker that waits longer than this for work ends; too short, and one ends while the first runs are still handed out.
IDLE_SECONDS: Final = 60
# No NUMBA_ flag here: each takes part in the name of the cache directory, so workers would compile anew.
_ONE_THREAD: Final = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)


class RunError(GovsimError):
    """A run that could not be finished; a study with such a run has no result."""


@dataclass(frozen=True)
class RunTask:
    """One run to be made.

    Attributes
    ----------
    scenario
        Everything but the seed.
    seed, replicate
        Root seed and number of the replicate; together they key every draw.
    """

    scenario: Scenario
    seed: int = 1
    replicate: int = 0


@dataclass(frozen=True)
class RunResult:
    """What is kept of a run.

    Attributes
    ----------
    outcomes
        Value by name over the reported part; an undefined ratio is None.
    digest
        Equal digests mean equal runs, bit for bit.
    days
        Working days run, warm-up included.
    residents
        Residents of the world.
    seconds_build, seconds_run
        Time to make the world, and to run the model.
    accounts
        Minutes of all jobs by what became of them, over the reported part.
    community_years
        Communities times years of the reported part.
    """

    outcomes: dict[str, float | None]
    digest: str
    days: int
    residents: int
    seconds_build: float
    seconds_run: float
    accounts: dict[str, int]
    community_years: float


def run_task(task: RunTask) -> RunResult:
    """Build the model, run it to its horizon, keep what was observed and let the memory go.

    Raises
    ------
    RunError
        If a conservation law fails or the memory does not suffice.
    """
    try:
        model = GovernanceModel(task.scenario, task.seed, task.replicate)
        try:
            model.run()
            return _collected(model)
        finally:
            model.release()
    except (InvariantError, MemoryError) as error:
        reason = str(error) or "not enough memory"
        message = f"{_name(task.scenario)}, seed {task.seed}, replicate {task.replicate}: {reason}"
        raise RunError(message) from error


def run_all(
    tasks: Sequence[RunTask],
    n_jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> list[RunResult]:
    """Run all tasks and return their results in the order of the tasks, whatever does the work.

    Parameters
    ----------
    n_jobs
        Worker processes; 1 runs here, -1 uses every core.
    executor
        Does the work instead; any ``concurrent.futures.Executor``.
    progress
        Called with runs done and runs in all.

    Raises
    ------
    RunError
        If any run fails: what is left would be a selection of runs.
    """
    if n_jobs != ALL_CORES and n_jobs < 1:
        message = f"n_jobs must be 1 or more, or -1 for every core, but is {n_jobs}"
        raise ValueError(message)
    report = progress or _silent
    if executor is None and (n_jobs == 1 or len(tasks) <= 1):
        return _one_by_one(tasks, report)
    warm_up()  # workers that start together would all compile
    if executor is not None:
        return _submitted(tasks, executor, report)
    return _in_processes(tasks, n_jobs, report)


def _silent(done: int, total: int) -> None:
    """Report nothing."""


def _one_by_one(tasks: Sequence[RunTask], progress: Progress) -> list[RunResult]:
    results = []
    for task in tasks:
        results.append(run_task(task))
        progress(len(results), len(tasks))
    return results


def _in_processes(tasks: Sequence[RunTask], n_jobs: int, progress: Progress) -> list[RunResult]:
    import loky

    workers = min(len(tasks), loky.cpu_count() if n_jobs == ALL_CORES else n_jobs)
    executor = loky.get_reusable_executor(max_workers=workers, env=_ONE_THREAD, timeout=IDLE_SECONDS)
    try:
        return _submitted(tasks, executor, progress)
    except BaseException:
        executor.shutdown(wait=True, kill_workers=True)
        raise


def _submitted(tasks: Sequence[RunTask], executor: Executor, progress: Progress) -> list[RunResult]:
    packed = {id(task.scenario): pickle.dumps(task.scenario) for task in tasks}
    futures: list[Future[RunResult]] = [
        executor.submit(_run_packed, packed[id(task.scenario)], task.seed, task.replicate) for task in tasks
    ]
    try:
        for done, future in enumerate(as_completed(futures), start=1):
            future.result()
            progress(done, len(tasks))
    except BrokenExecutor as error:
        message = "a worker process ended too early, perhaps for want of memory; try fewer processes"
        raise RunError(message) from error
    finally:
        for future in futures:
            future.cancel()
    return [future.result() for future in futures]


def _run_packed(scenario: bytes, seed: int, replicate: int) -> RunResult:
    return run_task(RunTask(_unpacked(scenario), seed, replicate))


@lru_cache(maxsize=8)
def _unpacked(scenario: bytes) -> Scenario:
    """Return the scenario; a worker meets few of them, and a scenario is frozen."""
    unpacked: Scenario = pickle.loads(scenario)
    return unpacked


def _collected(model: GovernanceModel) -> RunResult:
    window = reported(model.recording)
    return RunResult(
        outcomes=model.outcomes(),
        digest=model.digest,
        days=model.day,
        residents=len(model.residents),
        seconds_build=model.seconds_build,
        seconds_run=model.seconds_run,
        accounts=minutes_by_account(window),
        community_years=len(model.communities) * window.years,
    )


def _name(scenario: Scenario) -> str:
    return str(getattr(scenario, "path", "") or getattr(scenario, "id", "scenario"))
