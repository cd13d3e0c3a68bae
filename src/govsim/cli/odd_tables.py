"""The tables of the ODD page, as the installed software is."""

from __future__ import annotations

import typer

from govsim.cli.apps import command
from govsim.cli.manners import say_written, try_folder, writing
from govsim.cli.options import Out, Quiet
from govsim.language import in_force, marked


@command(
    "odd", marked("Print the tables of the model's description by the ODD+D protocol, or write them into a folder.")
)
def odd_command(
    out: Out = None,
    quiet: Quiet = False,
) -> None:
    """Print or write phases, state variables, draws, rules, parameters, reforms and outcomes."""
    from govsim import odd

    if out is None:
        for page in odd.pages(in_force()).values():
            typer.echo(page)
        return
    try_folder(out)
    with writing(out):
        paths = odd.write(out, in_force())
    say_written(paths, quiet)
