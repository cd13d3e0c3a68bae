"""Words about the model, kept as CSV beside what they are about: complete, or refused with the names that lack them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govsim.errors import Place
from govsim.scenarios.complaints import Complaints, listed
from govsim.scenarios.guard import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MOST_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Words:
    """Rows of a table of words by key, such as ``post.exhaustion``, in the order of the file."""

    path: Path
    rows: dict[str, dict[str, str]]

    def __getitem__(self, key: str) -> dict[str, str]:
        return self.rows[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def about(self, *wanted: Iterable[str]) -> Words:
        """Return these words if they are about exactly what is wanted; else a ``ScenarioError`` has all names."""
        names = dict.fromkeys(name for part in wanted for name in part)
        complaints = self._missing(names)
        for number, name in enumerate(self.rows, start=2):
            if name not in names:
                complaints.add(Place(str(self.path), number), f"nothing is called '{name}'; take the row out")
        complaints.raise_any()
        return self

    def having(self, wanted: Iterable[str]) -> Words:
        """Return these words if they are about all that is wanted, and perhaps more."""
        self._missing(wanted).raise_any()
        return self

    def _missing(self, names: Iterable[str]) -> Complaints:
        complaints = Complaints()
        for name in names:
            if name not in self.rows:
                complaints.add(Place(str(self.path)), f"'{name}' has no row; add one that says what it is")
        return complaints


def read_words(path: Path, key: tuple[str, ...], columns: tuple[str, ...], may_be_empty: tuple[str, ...] = ()) -> Words:
    """Return a table of words.

    Parameters
    ----------
    key
        Columns whose cells, joined by dots, name a row; what is empty is left out.
    columns
        The others. No cell of them is empty unless ``may_be_empty`` has its column.
    """
    complaints, rows = Complaints(), dict[str, dict[str, str]]()
    lines = csv.reader(io.StringIO(read_text(path, MOST_BYTES), newline=""), strict=True)
    header = [*key, *columns]
    for number, cells in enumerate(lines, start=1):
        place = Place(str(path), number)
        if number == 1 or len(cells) != len(header):
            if cells != header:
                complaints.add(place, f"the columns are {listed(header)}, as in the first line")
            continue
        row = dict(zip(header, cells, strict=True))
        name = ".".join(row[column] for column in key if row[column])
        if name in rows:
            complaints.add(place, f"'{name}' has a row above; leave one of them")
        for column in columns:
            if not row[column].strip() and column not in may_be_empty:
                complaints.add(place, f"'{name}' has nothing under '{column}'; write it")
        rows[name] = row
    complaints.raise_any()
    return Words(path, rows)
