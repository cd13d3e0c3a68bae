"""The commands that run the model: run, compare and demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from govsim.cli import messages as m
from govsim.cli.apps import Version, app, command
from govsim.cli.manners import (
    complain,
    mention,
    prepare_kernels,
    progress,
    say_written,
    show,
    try_file,
    try_folder,
    write,
    writing,
)
from govsim.cli.options import AsJson, Jobs, Out, Quiet, Seed, Seeds, Settings
from govsim.cli.room import WORLDS_OF_ARMS, check_room
from govsim.language import in_force, marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.experiments import Comparison
    from govsim.model import Scenario as AnyScenario
    from govsim.scenarios import Scenario

REPORT: Final = "report.html"
# The baseline, and the reforms that the demo sets beside it.
DEMO: Final = ("baseline.yaml", "task-permit.yaml", "pay-rise.yaml", "merger.yaml")
OF_PACKAGE: Final = "demo"


@app.callback()
def _govsim(_version: Version = False) -> None:
    pass


@command("run", marked("Run one scenario and print its outcomes."))
def run_command(  # noqa: PLR0913 the options a user types
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help=marked("A scenario file."))],
    seed: Seed = 1,
    settings: Settings = None,
    profile: Annotated[
        bool, typer.Option("--profile", help=marked("Show the model time of each phase; results are the same."))
    ] = False,
    as_json: AsJson = False,
    out: Out = None,
    quiet: Quiet = False,
) -> None:
    """Run one scenario and print its outcomes."""
    from govsim import api
    from govsim.experiments.tables import run_page

    loaded = api.load_scenario(scenario, settings or ())
    mention([loaded], quiet)
    check_room(loaded.n_residents, 1)
    try_folder(out)
    prepare_kernels(quiet, by_phase=profile)
    with progress(quiet or as_json) as report:
        run = api.run(loaded, seed, progress=report, profile=profile)
    show(run.to_json() if as_json else run_page(run, in_force()))
    if out is not None:
        write(out, {"run.json": run.to_json() + "\n", "monthly.csv": run.to_df().to_csv()}, quiet or as_json)


@command(
    "compare", marked("Compare reforms with a baseline, pair by pair; print where the hours went and what changes.")
)
def compare_command(  # noqa: PLR0913 the options a user types
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help=marked("The scenario file without the reform."))],
    reform: Annotated[
        list[str],
        typer.Argument(metavar="REFORM", help=marked("Scenario files with reforms, one or more.")),
    ],
    seeds: Seeds = 30,
    seed: Seed = 1,
    settings: Settings = None,
    n_jobs: Jobs = 1,
    as_json: AsJson = False,
    out: Out = None,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=marked("Write a report of one page that a browser shows, without a network.")
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Compare reforms with a baseline, pair by pair; print where the hours went and what changes."""
    from govsim import api
    from govsim.experiments.arms import check_comparable, load_arms
    from govsim.experiments.observing import affordable_recordings
    from govsim.experiments.tables import comparison_page

    arms = load_arms([baseline, *reform], settings or ())
    check_comparable(arms)
    mention([arm.scenario for arm in arms], quiet)
    if arms[0].scenario.reforms and not quiet:
        names = str(m.NEXT).join(reform.id for reform in arms[0].scenario.reforms)
        complain(m.BASELINE_HAS_REFORMS.format(baseline=arms[0].label, reforms=names))
    check_room(arms[0].scenario.institution.places.n_residents, processes_of(n_jobs), worlds=WORLDS_OF_ARMS)
    try_folder(out)
    try_file(report)
    prepare_kernels(quiet)
    recordings = 0 if report is None else affordable_recordings(arms[0].scenario, len(arms), seeds)
    with progress(quiet or as_json) as advance:
        comparison = api.compare(
            baseline,
            *reform,
            seeds=seeds,
            seed=seed,
            n_jobs=n_jobs,
            settings=settings or (),
            progress=advance,
            recordings=recordings,
        )
    show(comparison.to_json() if as_json else comparison_page(comparison, in_force()))
    if out is not None:
        write(out, texts_of(comparison), quiet or as_json)
    if report is not None:
        write_page(comparison, report, quiet or as_json, scenarios=[arm.scenario for arm in arms])


@command("demo", marked("Compare three reforms in the world of the package; print the table and write a report."))
def demo_command(
    out: Annotated[Path, typer.Option(metavar="DIR", help=marked("Write results into this folder."))] = Path("demo"),
    seeds: Seeds = 20,
    seed: Seed = 1,
    n_jobs: Jobs = -1,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Compare a permit, a pay rise and a merger in the world of the package."""
    from govsim import api
    from govsim.experiments.observing import affordable_recordings
    from govsim.experiments.tables import comparison_page

    baseline, *reforms = (of_package(name) for name in DEMO)
    check_room(baseline.n_residents, processes_of(n_jobs), worlds=WORLDS_OF_ARMS)
    try_folder(out)
    prepare_kernels(quiet)
    recordings = affordable_recordings(baseline, len(DEMO), seeds)
    with progress(quiet or as_json) as advance:
        comparison = api.compare(
            baseline, *reforms, seeds=seeds, seed=seed, n_jobs=n_jobs, progress=advance, recordings=recordings
        )
    show(comparison.to_json() if as_json else comparison_page(comparison, in_force()))
    write(out, texts_of(comparison), quiet or as_json)
    typed = f"govsim demo --seeds {seeds} --seed {seed}"
    write_page(comparison, out / REPORT, quiet or as_json, scenarios=[baseline, *reforms], typed=typed)


def of_package(name: str) -> Scenario:
    """Return a scenario of the package under a short name, wherever the package is."""
    from dataclasses import replace
    from importlib.resources import as_file, files

    from govsim.scenarios import load_scenario

    with as_file(files("govsim.scenarios") / "demo") as folder:
        return replace(load_scenario(folder / name), path=f"{OF_PACKAGE}/{name}")


def processes_of(n_jobs: int) -> int:
    """Return how many processes run at once."""
    import os

    return n_jobs if n_jobs > 0 else os.cpu_count() or 1


def texts_of(comparison: Comparison) -> dict[str, str]:
    """Return the files of a comparison by name."""
    return {
        "comparison.json": comparison.to_json() + "\n",
        "comparison.csv": comparison.to_df().to_csv(index=False),
        "displacement.csv": comparison.displacement().to_csv(index=False),
    }


def write_page(
    comparison: Comparison, path: Path, quiet: bool, *, scenarios: Sequence[AnyScenario], typed: str | None = None
) -> None:
    """Write the report of one page about scenarios, the baseline first; ``typed`` makes the comparison anew."""
    from govsim.report import write_report

    with writing(path):
        write_report(comparison, path, in_force(), scenarios=scenarios, command=typed)
    say_written([path], quiet)
