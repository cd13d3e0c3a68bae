"""Groups of runs in worker processes: what is sent there, what comes back, and who does which."""

from __future__ import annotations

import pickle
from concurrent.futures import BrokenExecutor, as_completed
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from govsim.experiments.courses import Course
from govsim.experiments.sharing import Group, run_together
from govsim.experiments.shelf import Shelf
from govsim.experiments.tasks import RunError, collected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor, Future

    from govsim.experiments.sharing import Collect, Report
    from govsim.experiments.tasks import RunResult

ALL_CORES: Final = -1
# A worker that waits longer than this for work ends; too short, and one ends while the first runs are still handed out.
IDLE_SECONDS: Final = 60
# No NUMBA_ flag here: each takes part in the name of the cache directory, so workers would compile anew.
ONE_THREAD: Final = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)
# A process meets few scenarios at a time, each with what is compiled of it.
_MOST_UNPACKED: Final = 2
# What this process keeps between calls, by the size it was given.
_SHELVES: Final[dict[int, Shelf]] = {}


def number_of_workers(n_jobs: int) -> int:
    """Return how many processes a number of jobs stands for; -1 is every core."""
    if n_jobs == ALL_CORES:
        import loky

        return int(loky.cpu_count())
    if n_jobs < 1:
        message = f"n_jobs must be 1 or more, or -1 for every core, but is {n_jobs}"
        raise ValueError(message)
    return n_jobs


def in_processes(
    groups: Sequence[Group], n: int, report: Report, collect: Collect = collected
) -> list[list[RunResult]]:
    """Return the results of groups, which ``n`` processes make that end when they have waited for long."""
    import loky

    executor = loky.get_reusable_executor(max_workers=n, env=ONE_THREAD, timeout=IDLE_SECONDS)
    try:
        return submitted(groups, lambda _: executor, report, collect=collect)
    except BaseException:
        executor.shutdown(wait=True, kill_workers=True)
        raise


def submitted(
    groups: Sequence[Group],
    executor_for: Callable[[Group], Executor],
    report: Report,
    shelf_bytes: int = 0,
    collect: Collect = collected,
) -> list[list[RunResult]]:
    """Return the results of groups, each made by its executor; processes keep ``shelf_bytes`` for later calls.

    Raises
    ------
    RunError
        If a run fails or a process ends too early.
    """
    packed = {courses: _packed(courses) for courses in dict.fromkeys(group.courses for group in groups)}
    futures: dict[Future[list[RunResult]], Group] = {}
    try:
        for group in groups:
            work = (packed[group.courses], group.seed, group.replicate, shelf_bytes, collect)
            futures[executor_for(group).submit(_run_packed, *work)] = group
        for future in as_completed(futures):
            report(len(future.result()))
    except BrokenExecutor as error:
        message = "a worker process ended too early, perhaps for want of memory; try fewer processes"
        raise RunError(message) from error
    finally:
        for future in futures:
            future.cancel()
    return [future.result() for future in futures]


def _packed(courses: tuple[Course, ...]) -> bytes:
    return pickle.dumps([course.scenario for course in courses])


def _run_packed(scenarios: bytes, seed: int, replicate: int, shelf_bytes: int, collect: Collect) -> list[RunResult]:
    courses = _unpacked(scenarios)
    shelf = _SHELVES.setdefault(shelf_bytes, Shelf(shelf_bytes)) if shelf_bytes else None
    return run_together(Group(tuple(range(len(courses))), courses, seed, replicate), None, shelf, collect)


@lru_cache(maxsize=_MOST_UNPACKED)
def _unpacked(scenarios: bytes) -> tuple[Course, ...]:
    """Return the courses of scenarios; a worker makes many replicates of each, and a scenario is frozen."""
    return tuple(Course(scenario) for scenario in pickle.loads(scenarios))
