"""Rules that a scenario chooses by name."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING

from govsim.institution.rules import RULES
from govsim.odd.markdown import code, page, table
from govsim.odd.words import Words, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim.odd.edition import Edition


def rule_options() -> list[str]:
    """Return every rule, and every option as ``rule.option``, in the order of the software."""
    options = []
    for rule, members in RULES.items():
        options += [rule, *(f"{rule}.{member.name.lower()}" for member in members)]
    return options


def rule_words() -> Words:
    """Return what each option means; the English of a rule itself is the docstring of its class."""
    path = Path(__file__).parent / "data" / "rules.csv"
    return read_words(path, ("rule", "option"), ("section", "en", "zh"), may_be_empty=("en",)).about(rule_options())


def rules_page(edition: Edition) -> str:
    """Return the table of rules."""
    say = edition.say
    note = say(
        "What a scenario may choose under `rules`; the first option of each is taken where it chooses nothing.",
        "情景文件在 `rules` 下可选的规则；未选时取各规则的第一个选项。",
    )
    heads = (
        say("rule", "规则"),
        say("option", "选项"),
        say("number", "编号"),
        say("section", "章节"),
        *edition.pair_heads("what it says", "含义"),
    )
    return page(f"### {say('Rules', '规则')}", note, table(heads, _rows(edition)))


def _rows(edition: Edition) -> Iterator[tuple[str, ...]]:
    words = rule_words()
    for rule, members in RULES.items():
        own = words[rule]
        yield code(rule), "", "", edition.section(own["section"]), *edition.pair(about(rule), own["zh"])
        for member in members:
            option = member.name.lower()
            row = words[f"{rule}.{option}"]
            yield (
                "",
                code(option),
                str(int(member)),
                edition.section(row["section"]),
                *edition.pair(row["en"], row["zh"]),
            )


def about(rule: str) -> str:
    """Return what a rule chooses, in its own words."""
    return (inspect.getdoc(RULES[rule]) or "").partition("\n")[0]
