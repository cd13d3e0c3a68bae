"""The commands of sweeps: plan, run, resume, status, slurm, and verify."""

from __future__ import annotations

import re
import signal
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from govsim.cli import messages as m
from govsim.cli.apps import command, sweep_app
from govsim.cli.manners import (
    FAILED,
    complain,
    prepare_kernels,
    progress,
    show,
    show_json,
    show_schema,
    try_folder,
    writing,
)
from govsim.cli.options import AsJson, Jobs, Quiet, whole_number
from govsim.cli.room import WORLDS_OF_ARMS, check_room
from govsim.cli.running import processes_of
from govsim.errors import ScenarioError
from govsim.language import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from govsim.sweeps.engines import Engine
    from govsim.sweeps.plan import Plan
    from govsim.sweeps.running import Progress

USUAL_RESULTS: Final = Path("results")
LOCAL: Final = "local"
DASK: Final = "dask"
RESIDENTS: Final = "world.residents"
# As shells tell of a process that a signal has ended.
_STOPPED: Final = 128
_SECONDS_A_MINUTE: Final = 60.0
# Digits after the point say something below it.
_SHORT: Final = 10.0


def _part(given: str) -> tuple[int, int]:
    found = re.fullmatch(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})", str(given))
    if found is None or int(found[1]) > int(found[2]):
        raise typer.BadParameter(m.NO_PART.format(given=repr(str(given))[1:-1]))
    return int(found[1]), int(found[2])


PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help=marked("A plan file."))]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help=marked("The folder of a sweep."))]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help=marked("The folder of the sweep; else results/ and the id of the plan.")),
]
Part = Annotated[
    Any,
    typer.Option("--shard", metavar="I/N", parser=_part, help=marked("Only the i-th of n parts, such as 2/8.")),
]
ExecutorName = Annotated[
    str, typer.Option("--executor", metavar="NAME", help=marked("Who does the work: local or dask."))
]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help=marked("The Dask scheduler, such as tcp://127.0.0.1:8786.")),
]
Count = Annotated[int, typer.Option(metavar="N", parser=whole_number(1))]
Retry = Annotated[bool, typer.Option("--retry-failed", help=marked("Make runs that failed before once more."))]


@sweep_app.callback()
def _sweep() -> None:
    pass


@command("plan", marked("Say what a plan asks for and what it will take, before anything runs."), of=sweep_app)
def plan_command(plan: PlanFile, n_jobs: Jobs = -1, as_json: AsJson = False) -> None:
    """Check a plan and print its size."""
    from govsim.sweeps.estimate import estimate
    from govsim.sweeps.pages import plan_content, plan_page
    from govsim.sweeps.reading import read_plan

    content = read_plan(plan)
    size = estimate(content, plan.parent)
    if as_json:
        show_json(plan_content(content, size, processes_of(n_jobs)))
    else:
        show(plan_page(content, size, processes_of(n_jobs)))


def _running(name: str, help_text: str, *, is_begun: bool) -> None:
    """Make the command that runs a sweep, or that which goes on with one that has been begun."""

    @command(name, help_text, of=sweep_app)
    def run_command(  # noqa: PLR0913 the options a user types
        plan: PlanFile,
        out: Out = None,
        n_jobs: Jobs = -1,
        executor: ExecutorName = LOCAL,
        scheduler: Scheduler = None,
        shard: Part = "1/1",
        retry_failed: Retry = False,
        as_json: AsJson = False,
        quiet: Quiet = False,
    ) -> None:
        from govsim.sweeps.reading import read_plan
        from govsim.sweeps.running import run_sweep
        from govsim.sweeps.store import Store

        engine_of = _engines(executor, scheduler)
        content = read_plan(plan)
        store = Store(out or USUAL_RESULTS / content.id)
        if is_begun:
            store.plan()
        _check_room(content, plan, processes_of(n_jobs))
        try_folder(store.folder)
        prepare_kernels(quiet)
        with (
            _stopping(store.folder),
            writing(store.folder),
            engine_of(n_jobs) as engine,
            progress(quiet or as_json) as advance,
        ):
            reached = run_sweep(
                content,
                plan.parent,
                store,
                engine,
                part=shard,
                retry_failed=retry_failed,
                report=lambda so_far: advance(so_far.done, so_far.planned, speed_in_words(so_far.rate)),
            )
        if as_json:
            show_json(progress_content(reached))
        elif not quiet:
            complain(m.SWEPT.format(folder=store.folder, done=reached.done, planned=reached.planned, new=reached.new))
        if reached.failed:
            complain(m.RUNS_FAILED.format(failed=reached.failed, folder=store.folder))
            raise typer.Exit(FAILED)


_running("run", marked("Make every run of a plan that is not there yet."), is_begun=False)
_running("resume", marked("Go on with a sweep that was begun."), is_begun=True)


@command("status", marked("Say how far a sweep has come, from its files alone."), of=sweep_app)
def status_command(folder: Folder, as_json: AsJson = False) -> None:
    """Print how far a sweep has come."""
    from dataclasses import asdict

    from govsim.sweeps.pages import status_page
    from govsim.sweeps.status import status_of
    from govsim.sweeps.store import Store

    status = status_of(Store(folder))
    if as_json:
        show_json(asdict(status))
    else:
        show(status_page(status))


@command("slurm", marked("Print a job script for SLURM, one array task for each part of a sweep."), of=sweep_app)
def slurm_command(
    plan: PlanFile,
    out: Out = None,
    tasks: Count = 8,
    n_jobs: Count = 8,
    hours: Count = 4,
    memory: Count = 8,
) -> None:
    """Print a script for sbatch."""
    from govsim.sweeps.reading import read_plan
    from govsim.sweeps.slurm import slurm_script

    content = read_plan(plan)
    store = out or USUAL_RESULTS / content.id
    show(slurm_script(plan, store, tasks=tasks, processes=n_jobs, hours=hours, gibibytes=memory, name=content.id))


@command("schema", marked("Print a JSON Schema of plan files, for editors."), of=sweep_app)
def schema_command(
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=marked("Write it into this file instead."))] = None,
    quiet: Quiet = False,
) -> None:
    """Print a JSON Schema."""
    from govsim.sweeps.json_schema import plan_schema

    show_schema(plan_schema(), out, quiet)


@command("verify", marked("Look at every byte of a sweep, and make some of its runs again."))
def verify_command(
    folder: Folder,
    plan: Annotated[
        Path | None, typer.Option(metavar="PLAN", help=marked("The plan file, for runs that are made again."))
    ] = None,
    runs: Annotated[
        int, typer.Option(metavar="N", parser=whole_number(0), help=marked("How many runs are made again."))
    ] = 3,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Verify a sweep."""
    from dataclasses import asdict

    from govsim.sweeps.pages import verification_page
    from govsim.sweeps.reading import read_plan
    from govsim.sweeps.store import Store
    from govsim.sweeps.verifying import verify

    store = Store(folder)
    if plan is not None:
        store.check_is_of(read_plan(plan))
        prepare_kernels(quiet)
    found = verify(store, plan.parent if plan is not None else None, runs if plan is not None else 0)
    if as_json:
        show_json({**asdict(found), "is_good": found.is_good})
    else:
        show(verification_page(found))
    if not found.is_good:
        raise typer.Exit(FAILED)


@contextmanager
def _stopping(folder: Path) -> Iterator[None]:
    """Let Ctrl-C and a request to end stop a sweep in order: workers end, what is sealed stays."""
    stopped_by = signal.SIGINT

    def stop(number: int, _frame: object) -> None:
        nonlocal stopped_by
        stopped_by = signal.Signals(number)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        complain(m.STOPPED.format(folder=folder))
        raise typer.Exit(_STOPPED + stopped_by) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _check_room(content: Plan, plan: Path, n_processes: int) -> None:
    """Refuse a sweep whose largest world leaves no room; no other factor makes a world larger."""
    from govsim.sweeps.reading import scenario_of

    largest = max(content.samples, key=lambda sample: float(sample.get(RESIDENTS, 0)))
    residents = max(scenario_of(arm, plan.parent, largest).n_residents for arm in content.arms)
    check_room(residents, n_processes, worlds=WORLDS_OF_ARMS)


def _engines(executor: str, scheduler: str | None) -> Callable[[int], AbstractContextManager[Engine]]:
    """Return what makes the engine that is asked for."""
    if executor not in (LOCAL, DASK):
        raise ScenarioError(m.NO_EXECUTOR.format(given=repr(executor)[1:-1]))
    if (executor == DASK) != (scheduler is not None):
        raise ScenarioError(str(m.SCHEDULER_NEEDED if executor == DASK else m.SCHEDULER_FOR_DASK))

    @contextmanager
    def engine(n_jobs: int) -> Iterator[Engine]:
        from govsim.sweeps.engines import Dask, InProcess, Processes

        n_processes = processes_of(n_jobs)
        if scheduler is None:
            yield InProcess() if n_processes == 1 else Processes(n_processes)
            return
        cluster = Dask(scheduler)
        try:
            yield cluster
        finally:
            cluster.close()

    return engine


def speed_in_words(runs_a_second: float | None) -> str:
    """Return how fast runs come, a minute where less than one comes a second; nothing where it is not known."""
    if runs_a_second is None:
        return ""
    if runs_a_second >= 1.0:
        return m.RUNS_A_SECOND.format(number=_in_short(runs_a_second))
    return m.RUNS_A_MINUTE.format(number=_in_short(_SECONDS_A_MINUTE * runs_a_second))


def _in_short(number: float) -> str:
    return f"{number:,.0f}" if round(number, 1) >= _SHORT else f"{number:.1f}"


def progress_content(reached: Progress) -> dict[str, Any]:
    """Return how far a sweep has come, for machines."""
    return {name: getattr(reached, name) for name in ("planned", "done", "failed", "new", "seconds")}
