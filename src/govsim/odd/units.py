"""Units in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from govsim.odd.words import Words, read_words

if TYPE_CHECKING:
    from collections.abc import Iterable

UNITS: Final = Path(__file__).parent / "data" / "units.csv"


def unit_words(used: Iterable[str]) -> Words:
    """Return the Chinese of every unit, of all that are used at least."""
    return read_words(UNITS, ("unit",), ("zh",)).having(used)
