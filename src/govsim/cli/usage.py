"""What is wrong with a command line, each in one sentence with what would be right."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import typer

from govsim.cli import messages as m
from govsim.cli.speaking import OPTION
from govsim.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Typer keeps its base class of such errors to itself, so it is found from the one that it shows.
UsageError: Final[Any] = typer.BadParameter.__mro__[1]


def sentence_of(error: Any) -> str:
    """Return what is wrong."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return str(error.message)
    say = {
        "NoSuchOption": _no_such_option,
        "BadOptionUsage": _bad_option_usage,
        "MissingParameter": _missing,
        "BadParameter": _bad_value,
        "OwnUsageError": _own,
    }.get(kind, _other)
    return say(error)


class OwnUsageError(UsageError):  # type: ignore[misc]  # a class that Typer does not export
    """What is wrong with a command line, in our own words."""


@contextmanager
def naming(ctx: Any) -> Iterator[None]:
    """Let what is wrong know the command in which it is wrong."""
    try:
        yield
    except UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def check_command(ctx: Any, given: str, known: Iterable[str]) -> None:
    """Refuse a command that there is not; what begins like an option is left to the parser."""
    if given not in known and not given.startswith("-"):
        hint = did_you_mean(given, known)
        raise OwnUsageError(m.NO_COMMAND.format(given=_plain(given), hint=hint, see=_see(ctx)), ctx)


def check_rest(ctx: Any, rest: list[str]) -> None:
    """Refuse arguments that a command does not take."""
    if rest and not ctx.resilient_parsing:
        raise OwnUsageError(m.TOO_MUCH.format(given=_plain(" ".join(rest)), see=_see(ctx)), ctx)


def name_of(param: Any) -> str:
    """Return what a user calls an option or argument."""
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return str(param.metavar or param.name.upper())


def _no_such_option(error: Any) -> str:
    known = [option for param in error.ctx.command.get_params(error.ctx) for option in param.opts]
    known.append(OPTION)
    hint = did_you_mean(error.option_name, known)
    return m.NO_SUCH_OPTION.format(given=_plain(error.option_name), hint=hint, see=_see(error.ctx))


def _bad_option_usage(error: Any) -> str:
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    is_flag = any(error.option_name in param.opts and getattr(param, "is_flag", False) for param in params)
    sentence = m.TAKES_NO_VALUE if is_flag else m.NEEDS_VALUE
    return sentence.format(given=_plain(error.option_name), see=_see(error.ctx))


def _missing(error: Any) -> str:
    return m.MISSING.format(name=name_of(error.param), see=_see(error.ctx))


def _bad_value(error: Any) -> str:
    return m.BAD_VALUE.format(path=name_of(error.param), sentence=error.message)


def _own(error: Any) -> str:
    return str(error.message)


def _other(error: Any) -> str:
    sentence = m.OTHER if _has_command(error) else m.NO_COMMAND_GIVEN
    return sentence.format(see=_see(error.ctx))


def _has_command(error: Any) -> bool:
    return not hasattr(getattr(error.ctx, "command", None), "commands")


def _see(ctx: Any) -> str:
    return m.SEE_HELP.format(command=ctx.command_path) if ctx else ""


def _plain(given: str) -> str:
    return repr(given)[1:-1]
