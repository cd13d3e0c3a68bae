"""Parameters: value, unit, range, grade and source of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from govsim.institution.parameters import Grade
from govsim.odd.markdown import code, folded, page, table
from govsim.odd.units import unit_words
from govsim.scenarios.catalogue import DATA_FOLDER, read_parameters

if TYPE_CHECKING:
    from govsim.institution.parameters import Parameter
    from govsim.odd.edition import Edition
    from govsim.odd.words import Words

GRADES = {
    Grade.SEED: ("a figure of the source", "原文给出的数字"),
    Grade.DER: ("derived from figures of the source", "由原文数字推算"),
    Grade.READ: ("read in literature", "取自文献"),
    Grade.RECALLED: ("recalled, not looked up", "凭记忆，未经核对"),
    Grade.GUESS: ("a guess", "猜测值"),
}


def parameters_page(edition: Edition) -> str:
    """Return the tables of parameters, one a group."""
    say = edition.say
    entries = read_parameters(DATA_FOLDER / "parameters.csv").entries
    units = unit_words(entry.unit for entry in entries.values())
    grades = Counter(entry.grade for entry in entries.values())
    counted = say("; ", "；").join(f"{grade} {say(*GRADES[grade])} ({grades[grade]})" for grade in Grade)
    note = say(
        f"All {len(entries)} parameters, as `src/govsim/institution/data/parameters.csv` has them, by group. "
        f"Grades, with the number of parameters of each: {counted}.",
        f"全部{len(entries)}个参数，分组列出，数据见 `src/govsim/institution/data/parameters.csv`。"
        f"证据等级及参数个数：{counted}。",
    )
    heads = (
        say("parameter", "参数"),
        say("value", "取值"),
        say("unit", "单位"),
        say("range", "范围"),
        say("grade", "等级"),
        say("source", "依据"),
        *edition.pair_heads("what it is", "含义"),
    )
    groups: dict[str, list[Parameter]] = {}
    for path, entry in entries.items():
        groups.setdefault(path.partition(".")[0], []).append(entry)
    blocks = [
        folded(group, _counted(edition, own), table(heads, (_row(edition, entry, units) for entry in own)))
        for group, own in groups.items()
    ]
    return page(f"### {say('Parameters', '参数')}", note, *blocks)


def _counted(edition: Edition, own: list[Parameter]) -> str:
    guesses = sum(entry.grade == Grade.GUESS for entry in own)
    return edition.say(
        f"parameters: {len(own)}, of them guesses: {guesses}", f"参数{len(own)}个，其中猜测值{guesses}个"
    )


def _row(edition: Edition, entry: Parameter, units: Words) -> tuple[str, ...]:
    return (
        code(entry.path),
        plain(entry.value),
        edition.say(entry.unit, units[entry.unit]["zh"]),
        f"{plain(entry.low)} {edition.say('to', '至')} {plain(entry.high)}",
        str(entry.grade),
        entry.source,
        *edition.pair(entry.en, entry.zh),
    )


def plain(value: float) -> str:
    """Return a number as the file of parameters writes it."""
    return f"{value:.10g}"
