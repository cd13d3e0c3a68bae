"""The phases of a month and a day: order, section, what each reads and writes."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Final

from govsim.odd.markdown import code, page, table
from govsim.odd.words import Words, read_words
from govsim.processes import PHASES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govsim.odd.edition import Edition
    from govsim.processes import Phase

WHEN: Final = {
    "month start": ("first working day of a month", "每月首个工作日"),
    "day": ("every working day", "每个工作日"),
    "week end": ("last working day of a week", "每周最后一个工作日"),
    "month end": ("last working day of a month", "每月最后一个工作日"),
}


def phase_words() -> Words:
    """Return what each phase does, in Chinese; the English is the docstring of the phase."""
    words = read_words(Path(__file__).parent / "data" / "phases.csv", ("phase",), ("zh",))
    return words.about(phase.name for phase in PHASES)


def phases_page(edition: Edition) -> str:
    """Return the tables of phases."""
    say, words = edition.say, phase_words()
    order = table(
        (
            say("no.", "序号"),
            say("phase", "阶段"),
            say("when", "时间"),
            say("section", "章节"),
            *edition.pair_heads("what it does", "内容"),
        ),
        (
            (
                str(number),
                code(phase.name),
                say(*WHEN[phase.every]),
                edition.section(phase.odd),
                *edition.pair(does(phase), words[phase.name]["zh"]),
            )
            for number, phase in enumerate(PHASES, start=1)
        ),
    )
    access = table(
        (say("phase", "阶段"), say("file", "文件"), say("reads", "读取"), say("writes", "写入")),
        ((code(phase.name), code(file_of(phase)), named(phase.reads), named(phase.writes)) for phase in PHASES),
    )
    first = say(
        "All phases, in the order in which they run. Before them, on the first working day of a month, "
        f"`start_due_reforms` puts the institution of the month in force ({edition.section('7.1')}).",
        "全部阶段，按执行顺序排列。每月首个工作日，先由 `start_due_reforms` 使当月制度生效"
        f"（{edition.section('7.1')}）。",
    )
    second = say(
        "Tables of state and columns, as section 2 has them; `charter` is the institution in force as arrays. "
        "A test holds each phase to its writes.",
        "所读写的状态表与列，见第2节；`charter` 为以数组表示的现行制度。由测试核对各阶段的写入。",
    )
    return page(f"### {say('Phases, one by one', '各阶段')}", first, order, second, access)


def does(phase: Phase) -> str:
    """Return the first line of what a phase says of itself."""
    return (inspect.getdoc(phase.run) or "").partition("\n")[0]


def file_of(phase: Phase) -> str:
    """Return the file that has a phase, inside the package."""
    return phase.run.__module__.partition(".")[2].replace(".", "/") + ".py"


def named(columns: Iterable[str]) -> str:
    """Return ``table.column`` names gathered by table: `posts` (`holder`, `since_day`)."""
    tables: dict[str, list[str]] = {}
    for name in columns:
        where, _, column = name.partition(".")
        tables.setdefault(where, []).extend([column] if column else [])
    return "; ".join(
        code(where) + (f" ({', '.join(map(code, of_it))})" if of_it else "") for where, of_it in tables.items()
    )
