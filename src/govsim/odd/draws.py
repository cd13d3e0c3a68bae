"""Chance: what each decision decides, by which clock, and the function that draws it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final

from govsim.odd.markdown import code, codes, page, table
from govsim.odd.words import Words, read_words
from govsim.randomness import Decision

if TYPE_CHECKING:
    from govsim.odd.edition import Edition

PACKAGE: Final = Path(__file__).parents[1]


def draw_words() -> Words:
    """Return entity, clock, section and meaning of each decision."""
    clock = ("entity", "tick", "index", "section", "en", "zh")
    words = read_words(Path(__file__).parent / "data" / "draws.csv", ("decision",), clock)
    return words.about(decision.name for decision in Decision)


class _Draws(ast.NodeVisitor):
    """Collects each ``Decision.<NAME>`` in a file with the function that it stands in."""

    def __init__(self) -> None:
        self.function = ""
        self.found: list[tuple[str, str]] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Go through a function."""
        before, self.function = self.function, node.name
        self.generic_visit(node)
        self.function = before

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Note a decision."""
        if self.function and isinstance(node.value, ast.Name) and node.value.id == "Decision":
            self.found.append((self.function, node.attr))
        self.generic_visit(node)


def drawn_in() -> dict[str, list[str]]:
    """Return the functions that draw each decision, as ``kernels/needs.py: need_count``."""
    functions: dict[str, list[str]] = {decision.name: [] for decision in Decision}
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "Decision." not in text:
            continue
        draws = _Draws()
        draws.visit(ast.parse(text))
        for function, name in dict.fromkeys(draws.found):
            functions.setdefault(name, []).append(f"{path.relative_to(PACKAGE).as_posix()}: {function}")
    return functions


def draws_page(edition: Edition) -> str:
    """Return the table of decisions by chance."""
    say, words, functions = edition.say, draw_words(), drawn_in()
    note = say(
        "Every decision by chance, with its keys and the function that draws it, a file of `src/govsim` each.",
        "全部随机决定，及其键与抽取它的函数（文件均在 `src/govsim` 下）。",
    )
    heads = (
        "n",
        say("name", "名称"),
        say("entity", "实体"),
        say("tick", "时钟"),
        say("index", "序号"),
        *edition.pair_heads("what it decides", "决定什么"),
        say("section", "章节"),
        say("drawn in", "抽取处"),
    )
    rows = (
        (
            str(int(decision)),
            code(decision.name),
            *(words[decision.name][column] for column in ("entity", "tick", "index")),
            *edition.pair(words[decision.name]["en"], words[decision.name]["zh"]),
            edition.section(words[decision.name]["section"]),
            codes(functions[decision.name]),
        )
        for decision in Decision
    )
    return page(f"### {say('Draws, one by one', '随机数，逐项')}", note, table(heads, rows))
