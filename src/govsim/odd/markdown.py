"""Markdown as Sphinx and GitHub both read it: tables, code, and tables that open when they are asked for."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence


def code(text: str) -> str:
    """Return a name as the code writes it; nothing stays nothing."""
    return f"`{text}`" if text else ""


def codes(names: Iterable[str]) -> str:
    """Return names as the code writes them, one after the other."""
    return ", ".join(code(name) for name in names)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [_line(heads), _line("---" for _ in heads)]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


def folded(name: str, about: str, body: str) -> str:
    """Return a part that shows its name and a few words, and the rest on a click."""
    head = f"<code>{html.escape(name)}</code>: {html.escape(about, quote=False)}"
    return f"<details>\n<summary>{head}</summary>\n\n{body}\n\n</details>"


def page(*blocks: str) -> str:
    """Return blocks as a file, under a line that says where it comes from."""
    note = "<!-- Written by `make odd` from the model; change the source and run it again. -->"
    return "\n\n".join([note, *blocks]) + "\n"
