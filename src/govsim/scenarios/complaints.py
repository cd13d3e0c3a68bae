"""Collect what is wrong with a file, so that a user sees all of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govsim.errors import ScenarioError
from govsim.scenarios import messages as m

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govsim.errors import Place

MOST_SHOWN: Final = 20
MOST_KEPT: Final = 100
MOST_CHARACTERS: Final = 60


class Complaints:
    """Sentences about a file, each with its place, raised together as one error."""

    def __init__(self) -> None:
        self._found: dict[tuple[Place, str], None] = {}

    def __len__(self) -> int:
        return len(self._found)

    @property
    def is_full(self) -> bool:
        """Whether enough has been noted, so that a file full of mistakes is not read to its end."""
        return len(self._found) >= MOST_KEPT

    def add(self, place: Place, sentence: str) -> None:
        """Note one more thing that is wrong; the same sentence about the same place counts once."""
        self._found[place, sentence] = None

    def raise_any(self) -> None:
        """Raise a ``ScenarioError`` with a line for each thing noted, in the order of files and lines."""
        if not self._found:
            return
        ordered = sorted(self._found, key=lambda item: (item[0].file, item[0].line, item[0].column))
        (place, first), *others = ordered[:MOST_SHOWN]
        lines = [first, *(f"{other}: {sentence}" for other, sentence in others)]
        if len(ordered) > MOST_SHOWN:
            lines.append(m.MORE.format(number=len(ordered) - MOST_SHOWN))
        raise ScenarioError("\n".join(lines), place, tuple(ordered[1:]))


def shown(value: object) -> str:
    """Return a value as a message may show it: short, text in quotation marks, without control codes."""
    if value is None:
        return str(m.NOTHING)
    if isinstance(value, bool):
        return m.UNQUOTED.format(text="true" if value else "false")
    if isinstance(value, str):
        short = value if len(value) <= MOST_CHARACTERS else value[:MOST_CHARACTERS] + "..."
        return m.QUOTED.format(text=repr(short)[1:-1])
    if isinstance(value, dict):
        return str(m.KEYS)
    if isinstance(value, list | tuple):
        return str(m.LIST)
    return m.UNQUOTED.format(text=value)


def listed(words: Iterable[object]) -> str:
    """Return words as ``'a', 'b'``."""
    return str(m.NEXT).join(m.QUOTED.format(text=word) for word in words)
