"""In which language the tables are written, and how they point to a section of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from govsim.language import LANGUAGES

_HEADING = re.compile(r"^#+ ((\d+(?:\.\d+)?)\.? .+)$", re.MULTILINE)
_NOT_IN_AN_ANCHOR = re.compile(r"[^\w\- ]")


def anchors_of(odd_page: str) -> dict[str, str]:
    """Return the anchor of each numbered heading of the ODD page, made as GitHub and MyST make it."""
    return {
        number: _NOT_IN_AN_ANCHOR.sub("", heading.strip().lower()).replace(" ", "-")
        for heading, number in _HEADING.findall(odd_page)
    }


@dataclass(frozen=True)
class Edition:
    """One language, always with the other beside it.

    Attributes
    ----------
    lang
        ``en`` or ``zh``: headings and sentences are in this language, and its column comes first.
    anchors
        By number of section; where there is none, a section is named and not linked.
    """

    lang: str = "en"
    anchors: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            message = f"the language is one of {', '.join(LANGUAGES)}, not {self.lang!r}"
            raise ValueError(message)

    def say(self, en: str, zh: str) -> str:
        """Return the text of this language."""
        return zh if self.lang == "zh" else en

    def pair(self, en: str, zh: str) -> tuple[str, str]:
        """Return both texts, that of this language first."""
        return (zh, en) if self.lang == "zh" else (en, zh)

    def pair_heads(self, en: str, zh: str) -> tuple[str, str]:
        """Return the headings of two columns of descriptions."""
        return (zh, "English") if self.lang == "zh" else (en, "中文")

    def section(self, number: str) -> str:
        """Return the number of a section, linked where the page is known."""
        anchor = self.anchors.get(number)
        return f"[{number}](../odd.md#{anchor})" if anchor else number
