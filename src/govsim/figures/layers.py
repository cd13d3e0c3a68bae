"""Where the offices of a district stand in a drawing: departments above, then streets, communities in rows below."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govsim.figures.names import FIRST_WIDE_LETTER, text
from govsim.figures.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govsim.figures.curves import Point
    from govsim.institution.institution import Institution

# Pixels, down from 0 at the departments.
STREETS_AT: Final = -200.0
_ROWS_AT: Final = -268.0
_ROW_PIXELS: Final = 16
SIDES: Final = {"l": 24, "r": 46}
# So many dots side by side are still apart on a screen 380 pixels wide.
_MOST_ABREAST: Final = 24
_FILLED: Final = 0.8
_SLANT: Final = -70
# Pixels up for a letter of a slanted name, wide ones being Chinese, and for the number after it.
_LETTER_RISE: Final = {False: 5.9, True: 10.6}
_NUMBER_RISE: Final = 54
_MOST_NAMED: Final = 24
_LETTERS: Final = 21
NAME_FONT: Final = {"size": 11}


@dataclass(frozen=True)
class Layers:
    """Places of offices by id, and how deep the drawing is in pixels."""

    at: dict[str, Point]
    depth: float


def layers(institution: Institution, groups: Mapping[str, Sequence[str]]) -> Layers:
    """Return where everybody stands; ``groups`` are the ids of what stands below each street."""
    departments = [institution.places.district, *(each.id for each in institution.catalogue.departments)]
    at: dict[str, Point] = {id_: ((n + 0.5) / len(departments), 0.0) for n, id_ in enumerate(departments)}
    abreast = max(1, _MOST_ABREAST // len(groups))
    deepest = 0
    for n, (street, members) in enumerate(groups.items()):
        middle = (n + 0.5) / len(groups)
        at[street] = (middle, STREETS_AT)
        rows = math.ceil(len(members) / abreast)
        for place, id_ in enumerate(members):
            # No two stand in one column, so that the line to each is seen.
            shift = ((place + 0.5) / len(members) - 0.5) * _FILLED / len(groups)
            at[id_] = (middle + shift, _ROWS_AT - _ROW_PIXELS * (place % rows))
        deepest = max(deepest, rows)
    return Layers(at, -_ROWS_AT + _ROW_PIXELS * deepest)


def canvas(found: Layers, names: Mapping[str, str]) -> Sheet:
    """Return a sheet whose vertical axis counts pixels, with room for the names above and below."""
    hidden = {"visible": False, "fixedrange": True}
    above = max(_rise(names[id_]) for id_, (_, y) in found.at.items() if y == 0.0)
    below = max(_rise(names[id_]) for id_, (_, y) in found.at.items() if y == STREETS_AT)
    axes = {
        "xaxis": {"range": [0, 1], **hidden},
        "yaxis": {"range": [-found.depth - below, above], **hidden},
    }
    return Sheet(axes=axes)


def inner_pixels(sheet: Sheet) -> float:
    """Return how high the drawing is with its names."""
    low, high = sheet.axes["yaxis"]["range"]
    return float(high - low)


def _rise(name: str) -> float:
    shown = _short(name)
    return _NUMBER_RISE + sum(_LETTER_RISE[ord(letter) >= FIRST_WIDE_LETTER] for letter in shown)


def write_names(sheet: Sheet, found: Layers, names: Mapping[str, str], numbers: Mapping[str, str]) -> None:
    """Write the names of departments above them and of streets below their communities, a number with each."""
    usual = {"xref": "x", "textangle": _SLANT, "font": NAME_FONT}
    n_streets = sum(y == STREETS_AT for _, y in found.at.values())
    for id_, (x, y) in found.at.items():
        said = " · ".join(each for each in (text(_short(names[id_])), numbers.get(id_)) if each)
        if y == 0.0:
            sheet.note(said, x=x, y=y, yanchor="bottom", xshift=-5, yshift=9, **usual)
        elif y == STREETS_AT and n_streets <= _MOST_NAMED:
            sheet.note(said, x=x, y=-found.depth, xanchor="right", yanchor="top", xshift=6, **usual)


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"
