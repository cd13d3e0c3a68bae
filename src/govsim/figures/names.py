"""Short names of reform scenarios, and user's text in figures."""

from __future__ import annotations

import html
import re
import textwrap
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.experiments.comparison import Comparison


MOST_COLUMNS: Final = 4
_LETTER_PIXELS: Final = 6.8
_WIDE_LETTER_PIXELS: Final = 12.5
FIRST_WIDE_LETTER: Final = 0x2E80  # of the radicals, with which Chinese begins
_INDENT: Final = "   "
_WIDE: Final = f"{chr(FIRST_WIDE_LETTER)}-\uffff"
# What stays together: a word, a wide letter with the marks before and behind it, a few words in brackets.
_PARTS: Final = re.compile(rf"\s+|（[^（）]{{0,12}}）[，。；：、）]*|（?(?:[{_WIDE}]|[^\s{_WIDE}]+)[，。；：、）]*")


def arm_names(comparison: Comparison) -> tuple[str, ...]:
    """Return a short name for each reform scenario: of its file, or its id; in full where two would be alike."""
    short = [PurePath(arm.scenario).stem or arm.scenario for arm in comparison.arms]
    return tuple(
        arm.scenario if short.count(name) > 1 else name for name, arm in zip(short, comparison.arms, strict=True)
    )


def chosen_names(comparison: Comparison, names: Sequence[str] | None) -> tuple[str, ...]:
    """Return the names given, one an arm, or the short names."""
    if names is None:
        return arm_names(comparison)
    if len(names) != len(comparison.arms):
        message = f"{len(names)} names for {len(comparison.arms)} reform scenarios"
        raise ValueError(message)
    return tuple(names)


def chosen_arms(comparison: Comparison, arms: Sequence[int] | None) -> tuple[int, ...]:
    """Return which arms stand side by side in one figure: those asked for, or the first."""
    chosen = tuple(range(len(comparison.arms))[:MOST_COLUMNS] if arms is None else arms)
    if not 1 <= len(chosen) <= MOST_COLUMNS:
        message = f"a figure shows 1 to {MOST_COLUMNS} reforms side by side, not {len(chosen)}"
        raise ValueError(message)
    return chosen


def text(value: str) -> str:
    """Return a user's text for a figure: Plotly reads tags in texts, so none may be in it."""
    return html.escape(value, quote=False)


def is_wide(letter: str) -> bool:
    """Return whether a letter is as wide as it is high, as the Chinese are."""
    return ord(letter) >= FIRST_WIDE_LETTER


def pixels_of(line: str) -> float:
    """Return how wide a line of a small text is, about."""
    return sum(_WIDE_LETTER_PIXELS if is_wide(letter) else _LETTER_PIXELS for letter in line)


def wrapped(value: str, width: int) -> str:
    """Return a user's text for a figure, in lines of ``width`` letters at most, or three fifths of it in Chinese."""
    lines = textwrap.wrap(value, width * 3 // 5 if any(map(is_wide, value)) else width) or [value]
    return "<br>".join(text(line) for line in lines)


def fitted(value: str, pixels: float) -> list[str]:
    """Return a user's text for a figure in lines of so many pixels, about, all but the first a little to the right.

    Chinese may break between any two letters, but no line begins with a mark that closes.
    """
    lines, room = [""], pixels
    for part in _PARTS.findall(value):
        if lines[-1].strip() and pixels_of(lines[-1] + part.rstrip()) > room:
            lines.append("")
            room = pixels - pixels_of(_INDENT)
        lines[-1] += part if lines[-1] else part.lstrip()
    first, *more = (text(line.rstrip()) for line in lines)
    return [first, *(f"{_INDENT}{line}" for line in more)]
