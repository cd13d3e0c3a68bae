"""The command that makes a report of what lies in a folder."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govsim.cli import messages as m
from govsim.cli.apps import command
from govsim.cli.manners import complain, prepare_kernels, progress, try_file
from govsim.cli.options import Jobs, Quiet, whole_number
from govsim.cli.room import WORLDS_OF_ARMS, check_room
from govsim.cli.running import DEMO, OF_PACKAGE, REPORT, of_package, processes_of, write_page
from govsim.errors import ScenarioError
from govsim.language import marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.experiments import Comparison
    from govsim.model import Scenario


@command("report", marked("Write the report of a comparison or a sweep that lies in a folder."))
def report_command(  # noqa: PLR0913 the options a user types
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=marked("The folder of compare --out, of demo, or of a sweep."))
    ],
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help=marked("Write it into this file; else report.html in DIR."))
    ] = None,
    runs: Annotated[
        int,
        typer.Option(
            metavar="N", parser=whole_number(0), help=marked("Pairs made again to draw months and offices; 0 for none.")
        ),
    ] = 10,
    plan: Annotated[Path | None, typer.Option(metavar="PLAN", help=marked("The plan file of a sweep."))] = None,
    sample: Annotated[
        int, typer.Option(metavar="N", parser=whole_number(0), help=marked("Which sample of a sweep, from 0."))
    ] = 0,
    n_jobs: Jobs = 1,
    quiet: Quiet = False,
) -> None:
    """Write the report of a comparison or a sweep that lies in a folder."""
    from govsim.sweeps.store import RECORD

    is_sweep = (folder / RECORD).is_file()
    if is_sweep and plan is None:
        raise ScenarioError(m.SWEEP_NEEDS_PLAN.format(folder=folder))
    if not is_sweep and (plan is not None or sample):
        raise ScenarioError(m.NO_SWEEP_HERE.format(folder=folder))
    comparison, typed = _of_sweep(folder, plan, sample) if plan is not None else _of_comparison(folder)
    target = folder / REPORT if report is None else report
    try_file(target)
    if not comparison.scenarios:
        if not quiet:
            complain(m.NOT_AT_HAND.format(folder=folder))
    elif runs:
        comparison = _recorded(comparison, runs, n_jobs, quiet)
    write_page(comparison, target, quiet, scenarios=comparison.scenarios, typed=typed)


def _of_comparison(folder: Path) -> tuple[Comparison, str | None]:
    """Return a comparison with its scenarios, where these are at hand, and what made it if that was the demo."""
    from dataclasses import replace

    from govsim.experiments.comparison_file import read_comparison
    from govsim.experiments.rerunning import scenarios_at_hand, were_compared

    found = read_comparison(folder)
    scenarios: Sequence[Scenario] = scenarios_at_hand(found)
    labels = [found.baseline, *(arm.scenario for arm in found.arms)]
    if scenarios or labels != [f"{OF_PACKAGE}/{name}" for name in DEMO]:
        return replace(found, scenarios=tuple(scenarios)), None
    packaged = tuple(of_package(name) for name in DEMO)
    known = packaged if were_compared(packaged, found) else ()
    return replace(found, scenarios=known), f"govsim demo --seeds {found.seeds} --seed {found.seed}"


def _of_sweep(folder: Path, plan: Path, sample: int) -> tuple[Comparison, str]:
    from govsim.sweeps.compared import comparison_of_sample
    from govsim.sweeps.reading import read_plan
    from govsim.sweeps.results import open_results

    results = open_results(folder)
    results.store.check_is_of(read_plan(plan))
    run = ["govsim", "sweep", "run", str(plan), "--out", str(folder)]
    report = ["govsim", "report", str(folder), "--plan", str(plan), "--sample", str(sample)]
    return comparison_of_sample(results, plan.parent, sample), f"{shlex.join(run)} && {shlex.join(report)}"


def _recorded(comparison: Comparison, runs: int, n_jobs: int, quiet: bool) -> Comparison:
    """Return the comparison with recordings of its first pairs, as many as the memory holds."""
    from govsim.experiments.observing import affordable_recordings
    from govsim.experiments.rerunning import with_recordings

    scenarios = comparison.scenarios
    check_room(scenarios[0].institution.places.n_residents, processes_of(n_jobs), worlds=WORLDS_OF_ARMS)
    prepare_kernels(quiet)
    n = min(runs, affordable_recordings(scenarios[0], len(scenarios), comparison.seeds))
    with progress(quiet) as advance:
        return with_recordings(comparison, scenarios, n, n_jobs, advance)
