"""Run a sweep: what is planned and not sealed is handed out, and what breaks a worker is found and recorded."""

from __future__ import annotations

import secrets
import time
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from govsim.sweeps.engines import InProcess
from govsim.sweeps.making import ShardTask, make_shard
from govsim.sweeps.store import missing, shard_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from govsim.sweeps.engines import Engine
    from govsim.sweeps.making import ShardDone
    from govsim.sweeps.plan import Plan, PlannedRun
    from govsim.sweeps.store import Store

    Report = Callable[["Progress"], None]

_ATTEMPTS: Final = 3
_ENDED: Final = "WorkerEnded"
_MOST_WORDS: Final = 400


@dataclass(frozen=True)
class Progress:
    """How far a sweep has come.

    Attributes
    ----------
    planned, done, failed
        Runs; ``done`` has those that failed in it.
    new
        Runs done since ``seconds`` ago, when this call began.
    """

    planned: int
    done: int
    failed: int
    new: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float | None:
        """Runs a second, as far as that can be told."""
        return self.new / self.seconds if self.new and self.seconds > 0.0 else None

    @property
    def seconds_left(self) -> float | None:
        """Seconds until all is done at this rate."""
        return (self.planned - self.done) / self.rate if self.rate else None


def run_sweep(  # noqa: PLR0913 what a sweep can be told
    plan: Plan,
    plan_folder: Path,
    store: Store,
    engine: Engine | None = None,
    *,
    part: tuple[int, int] = (1, 1),
    retry_failed: bool = False,
    report: Report | None = None,
) -> Progress:
    """Make every run of a plan that is not sealed in a store, and return how far it has come.

    Parameters
    ----------
    plan_folder
        Where the plan's scenarios are named from.
    engine
        Who does the work; this process, if nobody else.
    part
        Number and count: only every count-th file, beginning with this one.
    retry_failed
        Whether runs that failed before are made again.
    report
        Called with the progress as often as a file is sealed.

    Raises
    ------
    StoreError
        If the store has another plan.
    DisagreementError
        If it has runs that disagree.
    OSError
        If the store cannot be written; what is sealed stays.
    """
    store.put_plan(plan)
    store.clear_temporary()
    sealed = store.sealed()
    store.set_aside(sealed.damaged)
    number, count = part
    shards = list(plan.shards())[number - 1 :: count]
    planned = {run.key for shard in shards for run in shard}
    failed = sealed.failed & planned
    if retry_failed and failed:
        store.set_aside([name for name, footer in sealed.footers.items() if failed.intersection(footer.failed)])
        sealed = store.sealed()
    left = missing(shards, sealed.digests)
    sweep = _Sweep(plan, plan_folder, store, report)
    sweep.progress = Progress(len(planned), len(planned & set(sealed.digests)), len(planned & sealed.failed))
    if left:
        sweep.run(left, engine or InProcess())
        if sweep.progress.done - sweep.progress.new > len(planned & set(sealed.digests)):
            # Another coordinator has made some, and knows which of them failed.
            return replace(sweep.progress, failed=len(planned & store.sealed().failed))
    return sweep.progress


class _Sweep:
    """The files of a sweep on their way."""

    def __init__(self, plan: Plan, plan_folder: Path, store: Store, report: Report | None) -> None:
        self.plan = plan
        self.plan_folder = plan_folder
        self.store = store
        self.report = report
        self.progress = Progress(0, 0, 0)
        self.started = time.monotonic()

    def run(self, shards: Sequence[tuple[PlannedRun, ...]], engine: Engine) -> None:
        """Make files; after a worker has ended too early, the files that it may have been at are made one by one."""
        waiting = [self._task(shard) for shard in reversed(shards)]
        while waiting:
            for suspect in self._until_broken(waiting, engine):
                self._alone(suspect, engine)

    def _task(self, runs: tuple[PlannedRun, ...]) -> ShardTask:
        samples = {run.sample: self.plan.samples[run.sample] for run in runs}
        slim = replace(self.plan, samples=())  # a plan may have a million of them, and every task travels
        plans, store = self.plan_folder.resolve(), self.store.folder.resolve()  # a worker may stand elsewhere
        return ShardTask(slim, samples, str(plans), str(store), runs)

    def _until_broken(self, waiting: list[ShardTask], engine: Engine) -> list[ShardTask]:
        """Make files, the last first, until none waits or workers end; return those at which that may have happened."""
        flying: dict[Future[ShardDone], ShardTask] = {}
        suspects: list[ShardTask] = []
        try:
            with engine.executor() as executor:
                while waiting or flying:
                    self._hand_out(executor, waiting, flying, engine.n_in_flight)
                    done, _ = wait(flying, return_when=FIRST_COMPLETED)
                    for future in done:
                        try:
                            made = future.result()
                            self._note(made)
                            if made.was_there:
                                _go_elsewhere(waiting)
                        except engine.worker_ended:
                            suspects.append(flying[future])
                        del flying[future]
        except BrokenExecutor:
            return [*suspects, *flying.values()]
        return suspects

    def _hand_out(
        self, executor: Executor, waiting: list[ShardTask], flying: dict[Future[ShardDone], ShardTask], most: int
    ) -> None:
        """Let files be made, but for those that another coordinator has sealed meanwhile."""
        while waiting and len(flying) < most:
            task = waiting[-1]  # it waits until it has been taken: the executor may be broken by now
            if self._is_sealed(task):
                self._count(len(task.runs), 0, is_new=False)
                waiting.pop()
                _go_elsewhere(waiting)
            else:
                flying[executor.submit(make_shard, task)] = task
                waiting.pop()

    def _is_sealed(self, task: ShardTask) -> bool:
        return shard_key([run.key for run in task.runs]) in self.store.file_keys()

    def _alone(self, task: ShardTask, engine: Engine) -> None:
        """Make one file with one worker; where that ends too early, each run for itself, until three have ended it."""
        if self._try(task, engine) is None:
            return
        for run in task.runs:
            single = replace(task, runs=(run,))
            for _ in range(_ATTEMPTS):
                reason = self._try(single, engine)
                if reason is None:
                    break
            else:
                failure = f"{_ENDED}: {reason}; {_ATTEMPTS} attempts"
                self._note(make_shard(replace(single, given_up=((run.key, failure),))))

    def _try(self, task: ShardTask, engine: Engine) -> str | None:
        """Make a file with a worker of its own; return how the worker ended, if it did."""
        try:
            with engine.executor(1) as executor:
                self._note(executor.submit(make_shard, task).result())
        except BrokenExecutor as error:
            return _in_one_line(error)
        except engine.worker_ended as error:
            return _in_one_line(error)
        return None

    def _note(self, done: ShardDone) -> None:
        self._count(done.n_runs, done.n_failed)

    def _count(self, n_runs: int, n_failed: int, *, is_new: bool = True) -> None:
        before = self.progress
        self.progress = replace(
            before,
            done=before.done + n_runs,
            failed=before.failed + n_failed,
            new=before.new + n_runs * is_new,
            seconds=time.monotonic() - self.started,
        )
        if self.report is not None:
            self.report(self.progress)


def _go_elsewhere(waiting: list[ShardTask]) -> None:
    """Go on at another place of what waits.

    Coordinators that meet at a file are equally fast, as a rule, and would make all that follows side by side.
    """
    place = secrets.randbelow(len(waiting) + 1)
    waiting[:] = waiting[place:] + waiting[:place]


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:_MOST_WORDS]
