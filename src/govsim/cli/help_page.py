"""The page that --help prints, in the language in force."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from govsim.cli import messages as m
from govsim.cli.speaking import OPTION
from govsim.cli.usage import name_of
from govsim.language import LANGUAGES, translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govsim.language import Message

_GAP = 2


def help_page(command: Any, ctx: Any) -> str:
    """Return the page of a command or a group of commands."""
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [param for param in params if param.param_type_name == "option"]
    commands = list(getattr(command, "commands", {}).values())
    usage = " ".join(
        [ctx.command_path, str(m.OPTIONS), *map(_in_usage, arguments), *([str(m.COMMAND)] if commands else [])]
    )
    parts: list[Any] = [
        Text(m.USAGE.format(line=usage)),
        Padding(Text(translated(command.help or "")), (1, 0, 1, _GAP)),
    ]
    rows = [(_in_list(each), _about(each)) for each in options]
    rows.insert(-1, (f"{OPTION} {'|'.join(LANGUAGES)}", str(m.LANG_HELP)))
    parts += _section(m.COMMANDS_TITLE, ((each.name, translated(each.help or "")) for each in commands))
    parts += _section(m.ARGUMENTS_TITLE, ((name_of(each), _about(each)) for each in arguments))
    parts += _section(m.OPTIONS_TITLE, rows)
    console = Console(file=io.StringIO(), width=min(Console().width, 100), color_system=None)
    console.print(Group(*parts))
    page: str = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO from above
    return "\n".join(line.rstrip() for line in page.splitlines()) + "\n"


def _section(title: Message, rows: Iterable[tuple[str, str]]) -> Iterator[Any]:
    table = Table.grid(padding=(0, _GAP))
    table.add_column(no_wrap=True)
    table.add_column()
    for name, about in rows:
        table.add_row(Text(name), Text(about))
    if table.row_count:
        yield Text(str(title))
        yield Padding(table, (0, 0, 1, _GAP))


def _in_usage(param: Any) -> str:
    name = name_of(param) + ("..." if param.nargs != 1 else "")
    return name if param.required else f"[{name}]"


def _in_list(param: Any) -> str:
    names = ", ".join(sorted(param.opts, key=len))
    return names if getattr(param, "is_flag", False) else f"{names} {param.metavar or param.name.upper()}"


def _about(param: Any) -> str:
    if "--help" in param.opts:
        return str(m.HELP_HELP)
    about = translated(param.help or "")
    if param.default is None or getattr(param, "is_flag", False) or param.param_type_name == "argument":
        return about
    return about + m.DEFAULT.format(value=param.default)
