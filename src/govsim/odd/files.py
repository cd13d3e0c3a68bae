"""All files of tables, by name, and how they are written to a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.odd.draws import draws_page
from govsim.odd.edition import Edition, anchors_of
from govsim.odd.outcomes import outcomes_page
from govsim.odd.parameters import parameters_page
from govsim.odd.phases import phases_page
from govsim.odd.reforms import reforms_page
from govsim.odd.rules import rules_page
from govsim.odd.state import state_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGES: Final[dict[str, Callable[[Edition], str]]] = {
    "state-variables.md": state_page,
    "phases.md": phases_page,
    "draws.md": draws_page,
    "rules.md": rules_page,
    "parameters.md": parameters_page,
    "reforms.md": reforms_page,
    "outcomes.md": outcomes_page,
}


def pages(lang: str = "en", odd_page: str = "") -> dict[str, str]:
    """Return the text of each file of tables by its name.

    Parameters
    ----------
    lang
        ``en`` or ``zh``; the other language stands beside it.
    odd_page
        Text of the ODD page, to whose sections the tables then link; without it they name sections.
    """
    edition = Edition(lang, anchors_of(odd_page))
    return {name: write_page(edition) for name, write_page in PAGES.items()}


def write(folder: Path, lang: str = "en") -> list[Path]:
    """Write the tables into a folder, linked to an ``odd.md`` beside it if there is one, and return the files."""
    page = folder.parent / "odd.md"
    texts = pages(lang, page.read_text(encoding="utf-8") if page.is_file() else "")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]
