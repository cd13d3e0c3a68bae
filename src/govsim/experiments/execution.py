"""Runs in any number of processes: the same tasks give the same results in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.experiments.compiling import warm_up
from govsim.experiments.courses import Course
from govsim.experiments.sharing import Group, run_together
from govsim.experiments.tasks import collected
from govsim.experiments.workers import in_processes, number_of_workers, submitted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor

    from govsim.experiments.prefixes import Prefixes
    from govsim.experiments.sharing import Collect, Report
    from govsim.experiments.tasks import RunResult, RunTask

    Progress = Callable[[int, int], None]

# So many runs a piece of work in processes: more would be waited for without a word of progress, and fewer would run
# the days in common more often.
MOST_TOGETHER: Final = 16


def run_task(task: RunTask) -> RunResult:
    """Build the model, run it to its horizon, keep what was observed and let the memory go.

    Raises
    ------
    RunError
        If a conservation law fails or the memory does not suffice.
    """
    (result,) = run_all([task])
    return result


def run_all(
    tasks: Sequence[RunTask],
    n_jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
    prefixes: Prefixes | None = None,
    *,
    collect: Collect = collected,
) -> list[RunResult]:
    """Run all tasks and return their results in the order of the tasks, whatever does the work.

    Runs of one replicate go together through the days on which the same is in force, and part after them; each
    result is that of the run alone.

    Parameters
    ----------
    n_jobs
        Worker processes; 1 runs here, -1 uses every core.
    executor
        Does the work instead; any ``concurrent.futures.Executor``.
    progress
        Called with runs done and runs in all.
    prefixes
        Does the work instead, begins from what earlier calls left there, and keeps more of it.
    collect
        What takes from a model at its horizon all that is kept of its run; that of ``prefixes``, if these do the work.

    Raises
    ------
    RunError
        If any run fails: what is left would be a selection of runs.
    """
    n_workers = number_of_workers(n_jobs)
    groups = _grouped(tasks)
    report = _counting(progress, len(tasks))
    if prefixes is not None:
        found = prefixes.run(groups, report)
    elif executor is not None:
        warm_up()  # workers that start together would all compile
        found = submitted(groups, lambda _: executor, report, collect=collect)
    else:
        groups = groups if n_workers == 1 else _parted(groups, n_workers)
        found = _made(groups, n_workers, report, collect)
    numbers = [number for group in groups for number in group.numbers]
    results = dict(zip(numbers, (result for own in found for result in own), strict=True))
    return [results[number] for number in range(len(tasks))]


def _made(groups: list[Group], n_workers: int, report: Report, collect: Collect) -> list[list[RunResult]]:
    if n_workers == 1 or len(groups) <= 1:
        return [run_together(group, report, collect=collect) for group in groups]
    warm_up()
    return in_processes(groups, min(len(groups), n_workers), report, collect)


def _counting(progress: Progress | None, total: int) -> Report:
    """Return what is told of runs as they end and tells how many have ended."""
    done = 0

    def report(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, total)

    return report


def _grouped(tasks: Sequence[RunTask]) -> list[Group]:
    """Return tasks sorted out by seed and replicate, and by what is in force in the first month."""
    scenarios = {id(task.scenario): task.scenario for task in tasks}
    courses = {name: Course(scenario) for name, scenario in scenarios.items()}
    replicates: dict[tuple[int, int], list[int]] = {}
    for number, task in enumerate(tasks):
        replicates.setdefault((task.seed, task.replicate), []).append(number)
    groups = []
    for (seed, replicate), numbers in replicates.items():
        of_replicate = Group(tuple(numbers), tuple(courses[id(tasks[n].scenario)] for n in numbers), seed, replicate)
        groups += of_replicate.by_first_month()
    return groups


def _parted(groups: list[Group], n: int) -> list[Group]:
    """Return groups for ``n`` workers: in parts where workers would else be idle at the end.

    They may as well run days in common once more.
    """
    groups = [part for group in groups for part in group.in_parts(-(-len(group.numbers) // MOST_TOGETHER))]
    n_left = len(groups) % n
    whole, left = groups[: len(groups) - n_left], groups[len(groups) - n_left :]
    return [*whole, *(part for group in left for part in group.in_parts(-(-n // n_left)))]
