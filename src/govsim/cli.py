"""The command line: few verbs, thin; what is heavy is imported inside a command."""

from __future__ import annotations

import time
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FAILED: Final = 1
BAD_INPUT: Final = 2
CANNOT_WRITE: Final = 74
PATIENCE_SECONDS: Final = 2.0

app = typer.Typer(
    help="Try reforms of community governance on an agent-based model of a synthetic district.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
scenario_app = typer.Typer(help="Look at scenario files.", no_args_is_help=True)
app.add_typer(scenario_app, name="scenario")


class Language(StrEnum):
    """Language of tables."""

    en = "en"
    zh = "zh"


Seed = Annotated[int, typer.Option(min=0, help="Root seed, which keys every draw.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change one setting; may be repeated."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Write results into this folder.")]
Lang = Annotated[Language, typer.Option(help="Language of the table.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no announcements.")]


def main() -> None:
    """Run the command line."""
    app(prog_name="govsim")


def _show_version(wanted: bool) -> None:
    if wanted:
        from govsim import __version__

        print(f"govsim {__version__}")
        raise typer.Exit


@app.callback()
def _govsim(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    pass


@app.command("run")
def run_command(  # noqa: PLR0913 the options a user types
    scenario: Annotated[str, typer.Argument(help="A scenario file.")],
    seed: Seed = 1,
    settings: Settings = None,
    as_json: AsJson = False,
    out: Out = None,
    lang: Lang = Language.en,
    quiet: Quiet = False,
) -> None:
    """Run one scenario and print its outcomes."""
    with _explained():
        from govsim import api
        from govsim.experiments.tables import run_page

        loaded = api.load_scenario(scenario, settings or ())
        _try_folder(out)
        _prepare_kernels(lang, quiet)
        with _progress(lang, quiet or as_json) as progress:
            run = api.run(loaded, seed, progress=progress)
        _print(run.to_json() if as_json else run_page(run, lang))
        if out is not None:
            texts = {"run.json": run.to_json() + "\n", "monthly.csv": run.to_df().to_csv()}
            _write(out, texts, lang, quiet or as_json)


@app.command("compare")
def compare_command(  # noqa: PLR0913 the options a user types
    baseline: Annotated[str, typer.Argument(help="The scenario file without the reform.")],
    reform: Annotated[list[str], typer.Argument(help="Scenario files with reforms, one or more.")],
    seeds: Annotated[int, typer.Option(min=1, help="Paired replicates.")] = 30,
    seed: Seed = 1,
    settings: Settings = None,
    n_jobs: Annotated[int, typer.Option(min=-1, help="Worker processes; -1 uses every core.")] = 1,
    as_json: AsJson = False,
    out: Out = None,
    lang: Lang = Language.en,
    quiet: Quiet = False,
) -> None:
    """Compare reforms with a baseline, pair by pair; print where the hours went and what changes."""
    if n_jobs == 0:
        message = "0 does nothing; give 1 or more, or -1 for every core."
        raise typer.BadParameter(message, param_hint="--n-jobs")
    with _explained():
        from govsim import api
        from govsim.experiments.arms import check_comparable, load_arms
        from govsim.experiments.tables import comparison_page

        check_comparable(load_arms([baseline, *reform], settings or ()))
        _try_folder(out)
        _prepare_kernels(lang, quiet)
        with _progress(lang, quiet or as_json) as progress:
            comparison = api.compare(
                baseline, *reform, seeds=seeds, seed=seed, n_jobs=n_jobs, settings=settings or (), progress=progress
            )
        _print(comparison.to_json() if as_json else comparison_page(comparison, lang))
        if out is not None:
            texts = {
                "comparison.json": comparison.to_json() + "\n",
                "comparison.csv": comparison.to_df().to_csv(index=False),
                "displacement.csv": comparison.displacement().to_csv(index=False),
            }
            _write(out, texts, lang, quiet or as_json)


@scenario_app.callback()
def _scenario() -> None:
    pass


@scenario_app.command("check")
def check_command(file: Annotated[str, typer.Argument(help="A scenario file.")], settings: Settings = None) -> None:
    """Say whether a scenario file can be used, or what is wrong with it."""
    with _explained():
        from govsim.scenarios import load_scenario

        scenario = load_scenario(file, settings or ())
        places, calendar = scenario.institution.places, scenario.calendar
        print(
            f"ok: {places.n_residents} residents, {len(places.communities)} communities, "
            f"{len(places.street_offices)} street offices, "
            f"{calendar.n_months} months with {calendar.warm_up_months} of warm-up, "
            f"reforms: {len(scenario.reforms)}"
        )


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what the software expects to go wrong into a line on stderr and an exit code."""
    from govsim.errors import GovsimError, ScenarioError

    try:
        yield
    except GovsimError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_INPUT if isinstance(error, ScenarioError) else FAILED) from error


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        typer.echo(f"{folder}: cannot write here: {error.strerror or error}", err=True)
        raise typer.Exit(CANNOT_WRITE) from error


def _try_folder(out: Path | None) -> None:
    """Find out before the work whether its result can be written."""
    if out is None:
        return
    from govsim.experiments.writing import prepare_folder

    with _writing(out):
        prepare_folder(out)


def _write(out: Path, texts: dict[str, str], lang: str, quiet: bool) -> None:
    from govsim.experiments.writing import write_files
    from govsim.language import say

    with _writing(out):
        paths = write_files(out, texts)
    if not quiet:
        typer.echo(say("written", lang, files=", ".join(str(path) for path in paths)), err=True)


def _prepare_kernels(lang: str, quiet: bool) -> None:
    from govsim.experiments.compiling import warm_up
    from govsim.language import say

    warm_up(None if quiet else lambda: typer.echo(say("compiling", lang), err=True))


@contextmanager
def _progress(lang: str, hidden: bool) -> Iterator[Callable[[int, int], None]]:
    """Yield what reports progress; a bar on stderr appears only if the work takes long and a person may look."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from govsim.language import say

    console = Console(stderr=True)
    columns = (TextColumn(say("running", lang)), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task("", total=None)
    started = time.monotonic()

    def report(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)
        is_long = time.monotonic() - started > PATIENCE_SECONDS
        if is_long and console.is_terminal and not hidden:
            bar.start()

    try:
        yield report
    finally:
        if bar.live.is_started:  # stopping what never started prints an empty line
            bar.stop()


def _print(page: Any) -> None:
    if isinstance(page, str):
        typer.echo(page)
        return
    from rich.console import Console

    Console(highlight=False).print(page)
