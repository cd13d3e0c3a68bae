"""The command that shows the interactive view."""

from __future__ import annotations

import os
import re
import shlex
import sys
import threading
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from govsim.cli import messages as m
from govsim.cli.apps import command
from govsim.cli.manners import complain, prepare_kernels, show
from govsim.cli.options import Jobs, Quiet
from govsim.cli.running import DEMO, processes_of
from govsim.errors import ScenarioError
from govsim.language import in_force, marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govsim.experiments import Comparison
    from govsim.scenarios import Scenario

HIGHEST_PORT: Final = 65535
# What the extra [view] installs, and what comes with it.
_OF_EXTRA: Final = ("dash", "flask", "waitress", "werkzeug")


def _port(given: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,4}", str(given)) or int(given) > HIGHEST_PORT:
        raise typer.BadParameter(m.NO_PORT.format(highest=HIGHEST_PORT, given=repr(str(given))[1:-1]))
    return int(given)


@command("view", marked("Switch reforms on and off in a browser; only this machine can open it."))
def view_command(
    scenario: Annotated[
        list[Path] | None,
        typer.Argument(metavar="SCENARIO", help=marked("Scenario files; else the world of the package.")),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(metavar="N", parser=_port, help=marked("Listen on this port; else on one that is free.")),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help=marked("Print the address and open nothing."))
    ] = False,
    n_jobs: Jobs = -1,
    quiet: Quiet = False,
) -> None:
    """Serve the view until it is stopped, and print where."""
    with _explaining_what_is_missing():
        from govsim.view.app import make_app
        from govsim.view.serving import serve
        from govsim.view.walls import guard, new_token

    def ready(address: str) -> None:
        show(address)
        if not quiet:
            complain(str(m.HOW_TO_STOP))
        if not no_browser:
            open_browser(address)

    with _scenarios(scenario or ()) as paths:
        prepare_kernels(quiet)
        app = make_app(paths, processes_of(n_jobs), in_force(), partial(_report, files=scenario or ()))
        token = new_token()
        guard(app.server, token, app.csp_hashes())
        with closing(app):
            app.start()
            serve(app.server, port, ready, token)


def _report(
    comparison: Comparison, lang: str, scenarios: Sequence[Scenario], query: str, *, files: Sequence[Path]
) -> str:
    """Return the report of what a page shows, which is reproduced by the same view under the same address."""
    from govsim.report.page import report_html

    command = f"{shlex.join(['govsim', 'view', *map(str, files)])}  # /?{query}"
    return report_html(comparison, lang, scenarios=scenarios, command=command)


def open_browser(address: str, environment: Mapping[str, str] = os.environ) -> None:
    """Open a browser where there is a screen; one that runs in the terminal would take it from the server."""
    has_screen = not sys.platform.startswith("linux") or any(
        environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
    if has_screen:
        threading.Thread(target=_open, args=(address,), daemon=True).start()


def _open(address: str) -> None:
    import webbrowser

    with suppress(webbrowser.Error, OSError):
        webbrowser.open(address)


@contextmanager
def _explaining_what_is_missing() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] in _OF_EXTRA:
            raise ScenarioError(str(m.NO_VIEW)) from error
        raise


@contextmanager
def _scenarios(given: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """Yield scenario files, those of the package where none is given, wherever the package is."""
    if given:
        yield given
        return
    from importlib.resources import as_file, files

    with as_file(files("govsim.scenarios") / "demo") as folder:
        yield [folder / name for name in DEMO]
