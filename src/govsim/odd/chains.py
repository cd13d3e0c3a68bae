"""The chains of mechanisms behind the headline outcomes: links with formula and parameters, as two tables have them.

Formulas are those of the ODD page, word for word, and a test holds them to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from govsim.odd.words import read_words

DATA: Final = Path(__file__).parent / "data"
_BETWEEN: Final = " | "


@dataclass(frozen=True)
class Link:
    """One mechanism of a chain.

    Attributes
    ----------
    name, en, zh
        Its id, and what it is called.
    outcome
        By which it is measured, or empty.
    sections
        Of the ODD page.
    formulas
        What decides, as these sections write it.
    parameters
        Paths of those that decide most.
    after
        Links of the same chain that act on it.
    """

    name: str
    outcome: str
    sections: tuple[str, ...]
    formulas: tuple[str, ...]
    parameters: tuple[str, ...]
    en: str
    zh: str
    after: tuple[str, ...]

    def title(self, lang: str) -> str:
        """Return what it is called in a language."""
        return self.zh if lang == "zh" else self.en


def chains() -> dict[str, tuple[Link, ...]]:
    """Return the links behind each headline outcome, causes before effects; the last is measured by the outcome."""
    columns = ("outcome", "sections", "formulas", "parameters", "en", "zh")
    words = read_words(DATA / "links.csv", ("link",), columns, ("outcome",))
    found: dict[str, list[Link]] = {}
    for step in read_words(DATA / "chains.csv", ("headline", "link"), ("after",), ("after",)).rows.values():
        row = words[step["link"]]
        link = Link(
            name=step["link"],
            outcome=row["outcome"],
            sections=tuple(row["sections"].split()),
            formulas=tuple(row["formulas"].split(_BETWEEN)),
            parameters=tuple(row["parameters"].split()),
            en=row["en"],
            zh=row["zh"],
            after=tuple(step["after"].split()),
        )
        found.setdefault(step["headline"], []).append(link)
    return {headline: tuple(links) for headline, links in found.items()}


def depths(links: tuple[Link, ...]) -> dict[str, int]:
    """Return how many links lie before each on the longest way to it."""
    found: dict[str, int] = {}
    for link in links:
        found[link.name] = 1 + max((found[before] for before in link.after), default=-1)
    return found


def columns(links: tuple[Link, ...]) -> dict[str, int]:
    """Return in which column from the left each link stands: as near to what it acts on as the longest way allows."""
    found = depths(links)
    for link in reversed(links):
        acts_on = [found[each.name] for each in links if link.name in each.after]
        found[link.name] = min(acts_on) - 1 if acts_on else found[link.name]
    return found
