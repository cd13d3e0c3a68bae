"""State, column by column: what it holds, in which unit, and who writes it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

import govsim.tables.layout
from govsim.odd.markdown import code, folded, page, table
from govsim.odd.units import unit_words
from govsim.odd.words import Words, read_words
from govsim.tables.layout import N_CLASSES, N_FATES, N_PRIORITIES
from govsim.tables.state import Book, OpenBefore, People, Plan, State, Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govsim.odd.edition import Edition

DATA: Final = Path(govsim.tables.layout.__file__).parent / "data"
ARRAY: Final = "array"
# Who writes beside the phases: what builds the first state, and what keeps the books of a month.
BESIDE: Final = {"found_state": ("initialisation", "初始化"), "record": ("recording", "记录")}
_PARTS: Final[Mapping[str, type[Any]]] = {
    "people": People,
    "work": Work,
    "plan": Plan,
    "book": Book,
    "open_before": OpenBefore,
}
_AXES: Final = {
    (): ("", ""),
    (N_CLASSES,): (" by class", "，按类别"),
    (N_FATES,): (" by fate", "，按结果去向"),
    (N_PRIORITIES,): (" by priority", "，按优先级"),
}


def layouts() -> dict[str, np.dtype[Any]]:
    """Return the record of every table by its name in ``tables/layout.py``, in lower case."""
    return {
        name.lower(): value
        for name, value in vars(govsim.tables.layout).items()
        if isinstance(value, np.dtype) and value.names
    }


def columns() -> dict[str, np.dtype[Any]]:
    """Return every column of every table as ``table.column`` with its type."""
    return {f"{name}.{column}": layout[column] for name, layout in layouts().items() for column in _names(layout)}


def _names(layout: np.dtype[Any]) -> tuple[str, ...]:
    return layout.names or ()


def table_words() -> Words:
    """Return what each table is, how phases call it and where the state keeps it."""
    words = read_words(DATA / "tables.csv", ("table",), ("known_as", "kept_in", "en", "zh"), ("known_as", "kept_in"))
    return words.about(layouts(), [ARRAY])


def column_words() -> Words:
    """Return unit, writers and meaning of each column, and of what is kept beside the tables."""
    words = read_words(DATA / "columns.csv", ("table", "column"), ("unit", "written_by", "en", "zh"))
    return words.about(columns(), (f"{ARRAY}.{name}" for name in arrays(table_words())))


def arrays(tables: Words) -> Iterator[str]:
    """Return every part of the state that is no table, such as ``plan.routes``."""
    kept = {place for name in tables for place in tables[name]["kept_in"].split()}
    for each in fields(State):
        part = _PARTS.get(each.name)
        if part is None:
            yield each.name
            continue
        inside = getattr(part, "_fields", ()) or tuple(field.name for field in fields(part))
        yield from (f"{each.name}.{name}" for name in inside if f"{each.name}.{name}" not in kept)


def state_page(edition: Edition) -> str:
    """Return the tables of state."""
    say, tables, words = edition.say, table_words(), column_words()
    units = unit_words(row["unit"] for row in words.rows.values())
    note = say(
        "Every column of every table of `src/govsim/tables/layout.py`, and what the state keeps beside them. A *row* "
        "is a position in the table of what is named, a *slot* a position among the items, an *identity* the number by "
        f"which draws are keyed ({edition.section('4')}); *billionths* are read as n * 1e-9. "
        f"*Initialisation* is section {edition.section('5')}; a writer that is no phase is named in plain words.",
        "`src/govsim/tables/layout.py` 中每个表的每一列，以及表以外的状态。“行”为所指对象在其表中的位置，“格”为工作单元"
        f"的位置，“标识”用于随机数（{edition.section('4')}）；“十亿分之一”读作 n * 1e-9。"
        f"初始化见第{edition.section('5')}节。",
    )
    heads = (
        say("column", "列"),
        say("type", "类型"),
        say("unit", "单位"),
        *edition.pair_heads("what it holds", "含义"),
        say("written by", "写入者"),
    )
    blocks = []
    for name in [*layouts(), ARRAY]:
        own = {key: row for key, row in words.rows.items() if row["table"] == name}
        rows = [_row(edition, key, row, units) for key, row in own.items()]
        title = tables[name]["known_as"].replace(" ", ", ") or name
        about = " ".join(edition.pair(tables[name]["en"] + ".", tables[name]["zh"] + "。"))
        size = (
            say(f"{len(own)} columns", f"{len(own)}列") if name != ARRAY else say(f"{len(own)} parts", f"{len(own)}项")
        )
        blocks.append(folded(title, f"{size}; {about}", table(heads, rows)))
    return page(f"### {say('State variables, column by column', '状态变量，逐列')}", note, *blocks)


def _row(edition: Edition, key: str, row: Mapping[str, str], units: Words) -> tuple[str, ...]:
    kind = columns().get(key)
    shown = kind.base.name + edition.say(*_AXES[kind.shape]) if kind is not None else edition.say("array", "数组")
    return (
        code(row["column"]),
        shown,
        edition.say(row["unit"], units[row["unit"]]["zh"]),
        *edition.pair(row["en"], row["zh"]),
        writers(edition, row["written_by"].split()),
    )


def writers(edition: Edition, names: Iterable[str]) -> str:
    """Return who writes a column: phases by name, others in words."""
    return ", ".join(edition.say(*BESIDE[name]) if name in BESIDE else code(name) for name in names)
