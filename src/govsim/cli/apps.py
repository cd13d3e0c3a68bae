"""The commands as one tree, with help, errors and exit codes in the language that the user asks for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from govsim.cli.manners import BAD_INPUT, FAILED, complain, exit_code_of, sentence_of_failure
from govsim.cli.speaking import language_and_rest
from govsim.cli.usage import UsageError, check_command, check_rest, naming, sentence_of
from govsim.errors import GovsimError
from govsim.language import marked, using

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Command(TyperCommand):
    """One command."""

    allow_extra_args = True  # so that what is too much is named in our own words

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments and refuse what is too much."""
        with naming(ctx):
            rest = super().parse_args(ctx, args)
            check_rest(ctx, rest)
        return rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        from govsim.cli.help_page import help_page

        formatter.write(help_page(self, ctx))


class Commands(TyperGroup):
    """A group of commands; the outermost one decides what is said and how a process ends."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options that stand before a command."""
        with naming(ctx):
            return super().parse_args(ctx, args)

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options, of which --help has a value even where it is not asked for."""
        params = super().get_params(ctx)
        for param in params:
            if param.default is None and getattr(param, "is_flag", False):
                param.default = False  # Typer would import pydantic to read that there is none
        return params

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is meant."""
        check_command(ctx, args[0], self.commands)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        from govsim.cli.help_page import help_page

        formatter.write(help_page(self, ctx))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line to its exit code."""
        words = list(sys.argv[1:] if args is None else args)
        try:
            lang, words = language_and_rest(words)
        except GovsimError as error:
            complain(str(error))
            code = exit_code_of(error)
        else:
            with using(lang):
                code = self._run(words, prog_name, complete_var, windows_expand_args, extra)
        if standalone_mode:
            sys.exit(code or 0)
        return code

    def _run(self, words: list[str], prog_name: Any, complete_var: Any, expand: bool, extra: dict[str, Any]) -> Any:
        try:
            return super().main(words, prog_name, complete_var, False, expand, **extra)
        except UsageError as error:
            complain(sentence_of(error))
            return BAD_INPUT
        except GovsimError as error:
            code = exit_code_of(error)
            complain(sentence_of_failure(error) if code == FAILED else str(error))
            return code
        except typer.Abort:
            return FAILED


app = typer.Typer(
    name="govsim",
    cls=Commands,
    help=marked("Try reforms of community governance on an agent-based model of a synthetic district."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
scenario_app = typer.Typer(cls=Commands, no_args_is_help=True)
app.add_typer(scenario_app, name="scenario", help=marked("Look at scenario files, and begin new ones."))
sweep_app = typer.Typer(cls=Commands, no_args_is_help=True)
app.add_typer(sweep_app, name="sweep", help=marked("Make thousands of runs from one plan file, and lose none."))


def command(name: str, help_text: str, of: typer.Typer = app) -> Callable[[Any], Any]:
    """Return a decorator that makes a function a command."""
    return of.command(name, cls=Command, help=help_text)


def _show_version(wanted: bool) -> None:
    if wanted:
        from govsim import __version__

        print(f"govsim {__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", callback=_show_version, is_eager=True, help=marked("Print the version.")),
]
