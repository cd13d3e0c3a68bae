"""Outcomes: label, unit, direction, formula."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import govsim.recording.outcomes
from govsim.language import say as sentence
from govsim.odd.markdown import code, page, table
from govsim.odd.words import Words, read_words
from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from govsim.odd.edition import Edition
    from govsim.recording.outcomes import Outcome

BETTER: Final = {"lower": ("lower", "越低越好"), "higher": ("higher", "越高越好"), "none": ("neither", "中性")}
GROUPS: Final = {
    "office": ("district, community", "全区、社区"),
    "residents": ("district, community, settlement, resident group", "全区、社区、居民点、居民组别"),
    "district": ("district", "全区"),
}


def formula_words() -> Words:
    """Return formula and meaning of each outcome."""
    path = Path(govsim.recording.outcomes.__file__).parent / "data" / "formulas.csv"
    return read_words(path, ("outcome",), ("formula", "en", "zh")).about(OUTCOMES)


def outcomes_page(edition: Edition) -> str:
    """Return the table of outcomes."""
    say, words = edition.say, formula_words()
    note = say(
        "In a formula, `communities`, `residents`, `cohorts`, `streets`, `departments`, `origins` and `reports` are "
        "the tallies above, each summed over the months of the window and over all rows that count; brackets pick "
        "classes of work or fates, and without them all are summed. `last_year` is the tallies of residents over the "
        "last twelve months of the window, `last_month` those of communities in its last month. A quotient with "
        "nothing below is undefined. **Bold** outcomes are the headline of a comparison.",
        "公式中 `communities`、`residents`、`cohorts`、`streets`、`departments`、`origins`、`reports` 为上述月度计数，"
        "各按窗口内月份和所计行求和；方括号选取工作类别或结果去向，不写则全部相加。`last_year` 为窗口最后十二个月的"
        "居民计数，`last_month` 为窗口末月的社区计数。分母为零则无定义。**加粗**者为比较的核心指标。",
    )
    heads = (
        say("outcome", "结果指标"),
        say("unit", "单位"),
        say("better", "方向"),
        say("exists for", "适用范围"),
        say("formula", "公式"),
        *edition.pair_heads("what it says", "含义"),
    )
    rows = (_row(edition, outcome, words[outcome.name]) for outcome in OUTCOMES.values())
    return page(f"### {say('Outcomes, one by one', '结果指标，逐项')}", note, table(heads, rows))


def _row(edition: Edition, outcome: Outcome, words: dict[str, str]) -> tuple[str, ...]:
    first, second = edition.pair(outcome.en, outcome.zh)
    name = f"**{code(outcome.name)}**" if outcome.is_headline else code(outcome.name)
    return (
        f"{name}<br>{first}<br>{second}",
        sentence(outcome.unit, edition.lang),
        edition.say(*BETTER[outcome.better]),
        edition.say(*GROUPS[outcome.of]),
        code(words["formula"]),
        *edition.pair(words["en"], words["zh"]),
    )
