"""What a figure of months says in words: its headings, its tooltips, and what its bands are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.experiments.months import Band
from govsim.figures.names import text
from govsim.figures.numbers import EFFECT_DIGITS, LEVEL_DIGITS, decimals, factor_of, is_in_percent, plain, signed
from govsim.figures.words import label_of, unit_of_effect, word

if TYPE_CHECKING:
    from govsim.experiments.months import Course, PairedCourses

_BAND: Final = "rgba(119,131,142,0.45)"
_NOTHING: Final = "rgba(0,0,0,0)"


def level_heading(outcome: str, lang: str) -> str:
    """Return the name of an outcome with the unit of its values, unless the name says it."""
    label, unit = label_of(outcome, lang), unit_of_level(outcome, lang)
    return label if not unit or unit in label.split() else word("labelled", lang, label=label, unit=unit)


def difference_heading(outcome: str, lang: str) -> str:
    """Return what stands over a paired difference, with its unit."""
    words = word("paired difference", lang)
    unit = word("points", lang) if is_in_percent(outcome) else unit_of_effect(outcome, lang)
    return word("labelled", lang, label=words, unit=unit) if unit else words


def unit_of_level(outcome: str, lang: str) -> str:
    """Return the unit of the values of an outcome, empty where its name says it."""
    return word("percent", lang) if is_in_percent(outcome) else unit_of_effect(outcome, lang)


def tooltips(
    outcome: str, courses: PairedCourses, course: Course, words: tuple[str | None, Band, str]
) -> tuple[str, ...]:
    """Return for each month what a line shows in it; without a name the line is the paired difference."""
    name, band, lang = words
    factor = factor_of(outcome)
    largest = max((abs(each) * factor for each in course.mean if math.isfinite(each)), default=0.0)
    places = decimals(largest, EFFECT_DIGITS if name is None else LEVEL_DIGITS)
    printed = signed if name is None else plain
    unit = unit_of_effect(outcome, lang) if name is None else unit_of_level(outcome, lang)
    first = word("paired difference", lang) if name is None else text(name)
    found = []
    for label, *values in zip(courses.labels, course.mean, course.low, course.high, strict=True):
        mean, low, high = (printed(float(each), places, factor) if np.isfinite(each) else None for each in values)
        lines = [f"<b>{label}</b>", first, f"{mean or word('undefined month', lang)} {unit if mean else ''}".strip()]
        if low and high:
            lines.append(word(f"from to {band}", lang, low=low, high=high))
        found.append("<br>".join(lines))
    return tuple(found)


def how_it_was_made(courses: PairedCourses, lang: str) -> str:
    """Return what a line and a point are."""
    line = word("mean of many" if courses.n_pairs > 1 else "one world", lang, n=courses.n_pairs)
    point = word("of a month" if courses.months_a_point == 1 else "of a year", lang)
    return word("line and point", lang, line=line, point=point)


def key_of_band(n_pairs: int, band: Band, lang: str) -> dict[str, Any]:
    """Return the entry of the key that says what all bands of a figure are."""
    name = word("no band" if n_pairs == 1 else f"band {band}", lang, n=n_pairs)
    mark = {"symbol": "square", "size": 13, "color": _BAND if n_pairs > 1 else _NOTHING}
    return {"type": "scatter", "x": [None], "y": [None], "mode": "markers", "marker": mark, "name": name}
