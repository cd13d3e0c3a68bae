"""How commands behave: exit codes, what goes to stderr, progress, and files that are whole or absent."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import typer

from govsim.cli import messages as m
from govsim.errors import GovsimError, ScenarioError, reason_of
from govsim.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

FAILED: Final = 1
BAD_INPUT: Final = 2
CANNOT_WRITE: Final = 74
PATIENCE_SECONDS: Final = 2.0
# A file of a sweep may take minutes, and the time left is told from at least two.
SPEED_SECONDS: Final = 1800.0


class CannotWriteError(GovsimError):
    """A file or folder that cannot be written."""


def exit_code_of(error: GovsimError) -> int:
    """Return how a process ends after an error that was expected."""
    if isinstance(error, CannotWriteError):
        return CANNOT_WRITE
    return BAD_INPUT if isinstance(error, ScenarioError) else FAILED


def sentence_of_failure(error: GovsimError) -> str:
    """Return what to say of a run that failed; what the model found is quoted as it is, for whoever mends it."""
    return m.RUN_FAILED.format(reason=error)


def complain(sentence: str) -> None:
    """Say what is wrong on stderr."""
    typer.echo(sentence, err=True)


def mention(scenarios: Iterable[Any], quiet: bool) -> None:
    """Say on stderr what the settings have brought about in scenarios, once each."""
    for notice in dict.fromkeys(notice for scenario in scenarios for notice in scenario.notices):
        if not quiet:
            complain(notice)


def show(page: Any) -> None:
    """Print text, or a page of tables."""
    if isinstance(page, str):
        typer.echo(page)
        return
    from rich.console import Console

    Console(highlight=False).print(page)


def show_json(content: Any) -> None:
    """Print plain values as JSON."""
    import json

    typer.echo(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2))


def show_schema(schema: Any, out: Path | None, quiet: bool) -> None:
    """Print a JSON Schema, or write it into a file."""
    import json

    if out is None:
        show_json(schema)
        return
    try_file(out)
    write(out.parent, {out.name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n"}, quiet)


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turn what the system refuses into an error that is explained."""
    try:
        yield
    except OSError as error:
        raise CannotWriteError(m.CANNOT_WRITE.format(place=place, reason=reason_of(error))) from error


def try_folder(out: Path | None) -> None:
    """Find out before the work whether its result can be written."""
    if out is None:
        return
    from govsim.experiments.writing import prepare_folder

    with writing(out):
        prepare_folder(out)


def try_file(path: Path | None) -> None:
    """Find out before the work whether a file can be written."""
    if path is None:
        return
    with writing(path):
        if path.is_dir():
            raise IsADirectoryError(21, "")
    try_folder(path.parent)


def write(out: Path, texts: Mapping[str, str], quiet: bool) -> None:
    """Write files by name into a folder and say so."""
    from govsim.experiments.writing import write_files

    with writing(out):
        paths = write_files(out, texts)
    say_written(paths, quiet)


def say_written(paths: list[Path], quiet: bool) -> None:
    """Name the files that were written, on stderr."""
    if not quiet:
        complain(m.WRITTEN.format(files=", ".join(str(path) for path in paths)))


def prepare_kernels(quiet: bool, *, by_phase: bool = False) -> None:
    """Compile what runs need, with a word beforehand and a bar, if that has not been done on this machine yet."""
    from govsim.experiments.compiling import warm_up

    with progress(quiet, say("compiling_now")) as report:
        warm_up(None if quiet else lambda: complain(say("compiling")), report, by_phase=by_phase)


@contextmanager
def patience() -> Iterator[None]:
    """Show on stderr that something goes on, where it takes long, cannot be counted, and a person may look."""
    from threading import Timer

    from rich.console import Console
    from rich.status import Status

    console = Console(stderr=True)
    status = Status(say("running"), console=console)
    timer = Timer(PATIENCE_SECONDS, status.start)
    if console.is_terminal:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
        status.stop()


@contextmanager
def progress(hidden: bool, what: str | None = None) -> Iterator[Callable[..., None]]:
    """Yield what reports progress; a bar on stderr appears only if the work takes long and a person may look.

    It is told how much is done and how much there is, and the speed in words where that is of interest.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn(what or say("running")), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    speed = TextColumn("{task.fields[speed]}")
    bar = Progress(*columns, speed, console=console, transient=True, speed_estimate_period=SPEED_SECONDS)
    task = bar.add_task("", total=None, speed="")
    started = time.monotonic()

    def report(done: int, total: int, speed: str = "") -> None:
        bar.update(task, completed=done, total=total, speed=speed)
        is_long = time.monotonic() - started > PATIENCE_SECONDS
        if is_long and console.is_terminal and not hidden:
            bar.start()

    try:
        yield report
    finally:
        if bar.live.is_started:  # stopping what never started prints an empty line
            bar.stop()
