"""Where the work of a view is done: comparisons under way and those that are done, for any number of users.

One thread does the work of all, in pieces, in the processes that keep what runs have in common. First answers come
before those that are only made surer, and what nobody asks for any more is left where it is.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, Final

from govsim.errors import GovsimError
from govsim.experiments.comparison import comparison_of
from govsim.experiments.execution import run_all
from govsim.experiments.observing import Observed, observed
from govsim.experiments.prefixes import Prefixes
from govsim.experiments.shelf import Shelf
from govsim.experiments.tasks import CancelledError, RunTask
from govsim.view.choice import FEW_SEEDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.experiments.arms import Arm
    from govsim.experiments.comparison import Comparison
    from govsim.experiments.execution import Progress

ROOT_SEED: Final = 1
KEPT_BYTES: Final = 768 * 1024**2
# A page asks several times a second; one that does not has been closed, or shows something else.
PATIENCE_SECONDS: Final = 4.0
_A_JOB: Final = 1 << 16


@dataclass(frozen=True)
class Answer:
    """What is known so far.

    Attributes
    ----------
    comparison
        Over the replicates that are done, with the recordings of all of them.
    seconds
        How long it took from the first piece of work.
    """

    comparison: Comparison
    seconds: float


@dataclass
class Job:
    """A comparison that somebody has asked for.

    Attributes
    ----------
    names
        What decides the numbers of each arm but the seed: the fingerprints of the scenarios.
    arms
        Baseline and reform.
    seeds
        Replicates in the end.
    answer
        None until the first is there.
    failure
        Why there will be none.
    done, wanted
        Runs of the stage under way.
    asked
        When each page last asked for it.
    """

    names: tuple[str, str]
    arms: tuple[Arm, Arm]
    seeds: int
    answer: Answer | None = None
    failure: str = ""
    done: int = 0
    wanted: int = 0
    asked: dict[str, float] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What decides its numbers."""
        return " ".join(self.names)

    @property
    def n_seeds(self) -> int:
        """Replicates of which there is an answer."""
        return self.answer.comparison.seeds if self.answer else 0

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do."""
        return bool(self.failure) or self.n_seeds >= self.seeds

    @property
    def is_wanted(self) -> bool:
        """Whether somebody still asks for it."""
        return time.monotonic() - self.asked_at < PATIENCE_SECONDS

    @property
    def asked_at(self) -> float:
        """When somebody last asked for it."""
        return max(self.asked.values(), default=-PATIENCE_SECONDS)


class Workbench:
    """Does comparisons one piece after another, and keeps what it has done.

    Parameters
    ----------
    n_jobs
        Processes; -1 is as many as there are cores.
    """

    def __init__(self, n_jobs: int = -1) -> None:
        self._prefixes = Prefixes(n_jobs, collect=observed)
        self._runs = Shelf(KEPT_BYTES)
        self._jobs = Shelf(KEPT_BYTES)
        self._news = Condition()
        self._is_open = True
        self._thread = Thread(target=self._work, name="workbench", daemon=True)
        self._thread.start()

    def start(self) -> None:
        """Start the processes before anybody asks for a comparison."""
        self._prefixes.start()

    def job(self, names: tuple[str, str], arms: tuple[Arm, Arm], seeds: int, page: str = "") -> Job:
        """Return the job of a comparison, begun if it is new.

        The page that asks keeps it alive for a while, and no longer asks for what it asked for before.
        """
        new = Job(names, arms, seeds)
        with self._news:
            job: Job | None = self._jobs.get(new.key)
            if job is None:
                job = new
                self._jobs.keep(job.key, job, _A_JOB)
            job.seeds = max(job.seeds, seeds)
            for other in self._jobs.values():
                other.asked.pop(page, None)
            job.asked[page] = time.monotonic()
            self._news.notify_all()
            return job

    def answer(self, names: tuple[str, str]) -> Answer | None:
        """Return what is known of a comparison, if there is anything."""
        with self._news:
            job: Job | None = self._jobs.get(" ".join(names))
            return None if job is None else job.answer

    def forget(self, page: str) -> None:
        """Leave what a page asked for, unless another asks for it, too."""
        with self._news:
            for job in self._jobs.values():
                job.asked.pop(page, None)

    def wait(self, job: Job, n_seeds: int, seconds: float) -> None:
        """Wait until a job has an answer of more replicates, or is done, but no longer than so many seconds."""
        with self._news:
            self._news.wait_for(lambda: job.is_done or job.n_seeds > n_seeds, seconds)

    def close(self) -> None:
        """End the work and the processes that do it."""
        with self._news:
            self._is_open = False
            self._news.notify_all()
        self._thread.join()
        self._prefixes.close()

    # -------------------------------------------------------------- the work
    def _work(self) -> None:
        while (job := self._next()) is not None:
            with suppress(CancelledError):
                self._go_on(job)

    def _next(self) -> Job | None:
        """Wait for a job that somebody asks for, and return it: one without an answer first, then the latest."""
        with self._news:
            while self._is_open:
                open_jobs = [job for job in self._jobs.values() if not job.is_done and job.is_wanted]
                if open_jobs:
                    found: Job = max(open_jobs, key=lambda job: (job.answer is None, job.asked_at))
                    return found
                self._news.wait(PATIENCE_SECONDS)
        return None

    def _go_on(self, job: Job) -> None:
        """Make a job surer by one stage."""
        started = time.monotonic()
        replicates = range(min(job.seeds, job.n_seeds + FEW_SEEDS))
        try:
            runs = self._runs_of(job, replicates)
            comparison = comparison_of(job.arms, runs, ROOT_SEED)
        except CancelledError:
            raise
        except (GovsimError, MemoryError) as error:
            with self._news:
                job.failure = str(error) or type(error).__name__
                self._news.notify_all()
            return
        with self._news:
            before = job.answer.seconds if job.answer else 0.0
            job.answer = Answer(comparison, before + time.monotonic() - started)
            self._jobs.keep(job.key, job, sum(run.n_bytes for run in runs[1]))
            self._news.notify_all()

    def _runs_of(self, job: Job, replicates: Sequence[int]) -> list[list[Observed]]:
        """Return the runs of both arms, of which those that are missing are made together."""
        wanted = [(arm, name, each) for arm, name in zip(job.arms, job.names, strict=True) for each in replicates]
        found = {(name, each): run for _, name, each in wanted if (run := self._runs.get((name, each))) is not None}
        missing = {(name, each): arm for arm, name, each in wanted if (name, each) not in found}
        tasks = [RunTask(arm.scenario, ROOT_SEED, each) for (_, each), arm in missing.items()]
        with self._news:
            job.done, job.wanted = 0, len(tasks)
        made: Any = run_all(tasks, progress=self._report_of(job), prefixes=self._prefixes) if tasks else []
        for key, run in zip(missing, made, strict=True):
            found[key] = run
            self._runs.keep(key, run, run.n_bytes)
        return [[found[name, each] for each in replicates] for name in job.names]

    def _is_urgent(self, job: Job) -> bool:
        """Return whether somebody waits for a first answer while a job is only made surer."""
        return job.answer is not None and any(
            other.answer is None and not other.failure and other.is_wanted for other in self._jobs.values()
        )

    def _report_of(self, job: Job) -> Progress:
        def report(done: int, _total: int) -> None:
            with self._news:
                job.done = done
                self._news.notify_all()
                if not self._is_open or not job.is_wanted or self._is_urgent(job):
                    raise CancelledError(job.key)

        return report
