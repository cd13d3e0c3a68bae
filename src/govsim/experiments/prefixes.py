"""What runs had in common, kept for later calls: a new arm then costs the days after its first reform."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Self

from govsim.experiments.compiling import load_kernels, warm_up
from govsim.experiments.sharing import run_together
from govsim.experiments.shelf import Shelf
from govsim.experiments.tasks import CancelledError, collected
from govsim.experiments.workers import ONE_THREAD, number_of_workers, submitted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from govsim.experiments.sharing import Collect, Group, Report
    from govsim.experiments.tasks import RunResult

# Sixty bytes a resident and state: a hundred thousand residents, thirty replicates and five dates.
USUAL_BYTES: Final = 1024**3
# Loky ends a process that grows by more than this, which would take what it keeps with it.
_GROWTH: Final = "LOKY_MAX_MEMORY_LEAK_SIZE"


class Prefixes:
    """Does the work of a comparison, and keeps what the next one can begin from.

    Kept are the results of runs, and their states on each day on which a reform starts or ends. What a later run may
    begin from is decided by what is in force, seed and replicate, never by a name. Each process keeps its own: a
    replicate always goes to the same one.

    Parameters
    ----------
    n_jobs
        Processes that do the work; 1 is this one, -1 as many as there are cores.
    max_bytes
        What all processes together may keep; what was of use longest ago goes first.
    collect
        What takes from a model at its horizon all that is kept of its run; by default its outcomes.

    Examples
    --------
    >>> import govsim as gs
    >>> with gs.Prefixes(n_jobs=2) as prefixes:  # doctest: +SKIP
    ...     gs.compare(baseline, permit, prefixes=prefixes)
    ...     gs.compare(baseline, stricter_permit, prefixes=prefixes)
    """

    def __init__(self, n_jobs: int = 1, max_bytes: int = USUAL_BYTES, collect: Collect = collected) -> None:
        self._collect = collect
        self.n_workers = number_of_workers(n_jobs)
        self._bytes_each = max_bytes // self.n_workers
        self._shelf = Shelf(self._bytes_each)
        self._processes: dict[int, Any] = {}
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the processes, which load what a run needs, and do not wait for them; the first call is sooner done."""
        with self._lock:
            for number in range(self.n_workers if self.n_workers > 1 else 0):
                self._process(number).submit(load_kernels)

    def run(self, groups: Sequence[Group], report: Report) -> list[list[RunResult]]:
        """Return the results of groups, begun from what is kept; one call at a time, others wait.

        Raises
        ------
        RunError
            If a run fails or a process ends too early; nothing is kept then.
        CancelledError
            If ``report`` raises it; what was run is kept.
        """
        with self._lock:
            if self.n_workers == 1:
                return [run_together(group, report, self._shelf, self._collect) for group in groups]
            try:
                return submitted(groups, self._process_of, report, self._bytes_each, self._collect)
            except CancelledError:  # what is being run is run to its end, and kept
                raise
            except BaseException:
                self._end(kill=True)
                raise

    def close(self) -> None:
        """End the processes and let go what is kept."""
        with self._lock:
            self._end(kill=False)

    def _process_of(self, group: Group) -> Executor:
        return self._process(group.replicate % self.n_workers)

    def _process(self, number: int) -> Executor:
        if number not in self._processes:
            import loky

            warm_up()
            environment = {**ONE_THREAD, _GROWTH: str(2 * self._bytes_each)}
            self._processes[number] = loky.ProcessPoolExecutor(max_workers=1, env=environment)
        process: Executor = self._processes[number]
        return process

    def _end(self, *, kill: bool) -> None:
        self._shelf = Shelf(self._bytes_each)
        for process in self._processes.values():
            process.shutdown(wait=True, kill_workers=kill)
        self._processes.clear()
