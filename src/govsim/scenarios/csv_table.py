"""A small reader of CSV tables that says file, line, column, what is wrong and what would be right."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from govsim.errors import DID_YOU_MEAN, Place, ScenarioError, did_you_mean
from govsim.scenarios import messages as m
from govsim.scenarios.complaints import listed, shown
from govsim.scenarios.guard import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from govsim.scenarios.complaints import Complaints

TABLE_BYTES: Final = 16 * 1024 * 1024
MOST_LISTED: Final = 12
LARGE: Final = 10_000
RESERVED_PREFIX: Final = "inspection-"
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_WHOLE: Final = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER: Final = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")


class CellError(Exception):
    """A cell that cannot be used; the text says what would be right."""

    def __init__(self, wanted: str, hint: str = "") -> None:
        self.wanted = wanted
        self.hint = hint
        super().__init__(wanted)


@dataclass(frozen=True, slots=True)
class Column:
    """A column by name and how a cell of it is read."""

    name: str
    read: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read, and the line on which it begins."""

    place: Place
    cells: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]


def text(name: str) -> Column:
    """Return a column of words that may not be empty."""

    def read(cell: str) -> str:
        if not cell.strip():
            raise CellError(str(m.SOME_TEXT))
        return cell

    return Column(name, read)


def identifier(name: str) -> Column:
    """Return a column of ids; the prefix of inspection mandates is kept for the software."""

    def read(cell: str) -> str:
        if not _ID.fullmatch(cell):
            raise CellError(str(m.CELL_ID))
        if cell.startswith(RESERVED_PREFIX):
            raise CellError(m.OWN_ID_PREFIX.format(prefix=RESERVED_PREFIX))
        return cell

    return Column(name, read)


def whole(name: str, low: int, high: int) -> Column:
    """Return a column of whole numbers from ``low`` to ``high``."""

    def read(cell: str) -> int:
        if not _WHOLE.fullmatch(cell.strip()) or not low <= int(cell) <= high:
            raise CellError(m.WHOLE_NUMBER_FROM.format(low=low, high=high))
        return int(cell)

    return Column(name, read)


def number(name: str, low: float = 0.0, high: float = 1e9, *, above_low: bool = False) -> Column:
    """Return a column of numbers from ``low`` (or above it) to ``high``."""
    wanted = m.NUMBER_ABOVE if above_low else m.NUMBER_FROM

    def read(cell: str) -> float:
        value = float(cell) if _NUMBER.fullmatch(cell.strip()) else None
        if value is None or not low <= value <= high or (above_low and value == low):
            raise CellError(wanted.format(low=_plain(low), high=_plain(high)))
        return value

    return Column(name, read)


def _plain(bound: float) -> str:
    """Return a bound without an exponent."""
    return f"{bound:.0f}" if abs(bound) >= LARGE and bound == round(bound) else f"{bound:g}"


def choice(name: str, known: Iterable[str]) -> Column:
    """Return a column whose cells are one of a few words."""
    words = tuple(known)
    known_words = frozenset(words)

    def read(cell: str) -> str:
        if cell not in known_words:
            few = len(words) <= MOST_LISTED
            wanted = m.ONE_OF.format(known=listed(words)) if few else m.ONE_OF_MANY.format(number=len(words))
            raise CellError(wanted, did_you_mean(cell, words))
        return cell

    return Column(name, read)


def read_table(path: Path, columns: tuple[Column, ...], complaints: Complaints, unique: str) -> list[Row]:
    """Return the rows that can be read; everything else becomes a complaint.

    Parameters
    ----------
    unique
        The column in which no value may stand twice.
    """
    lines = _records(path)
    line, header = next(lines, (1, []))
    if not _check_header(header, columns, Place(str(path), line), complaints):
        return []
    readers = {column.name: column for column in columns}
    rows: list[Row] = []
    n_records = 0
    first_line: dict[str, int] = {}
    for line, record in lines:
        n_records += 1
        if complaints.is_full:
            break
        row = _read_row(record, [readers[name] for name in header], Place(str(path), line), complaints)
        if row is None:
            continue
        before = first_line.setdefault(row[unique], line)
        if before != line:
            sentence = m.SAME_ROW.format(column=unique, given=shown(row[unique]), line=before)
            complaints.add(row.place, sentence)
        rows.append(row)
    if not n_records:
        complaints.add(Place(str(path), 1), str(m.EMPTY_TABLE))
    return rows


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(read_text(path, TABLE_BYTES), newline=""), strict=True)
    line = 1
    try:
        for record in reader:
            if record:
                yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        raise ScenarioError(str(m.BROKEN_TABLE), Place(str(path), line)) from error


def _check_header(header: list[str], columns: tuple[Column, ...], place: Place, complaints: Complaints) -> bool:
    if not header:
        complaints.add(place, str(m.EMPTY_TABLE))
        return False
    known = [column.name for column in columns]
    before = len(complaints)
    missing = [name for name in known if name not in header]
    for name, times in Counter(header).items():
        near = did_you_mean(name, missing) if name not in known and not complaints.is_full else ""
        if name not in known:
            hint = near or m.KNOWN_COLUMNS.format(known=listed(known))
            complaints.add(place, m.UNKNOWN_COLUMN.format(given=shown(name), hint=hint))
            missing = [other for other in missing if DID_YOU_MEAN.format(word=other) not in near]
        elif times > 1:
            complaints.add(place, m.SAME_COLUMN.format(given=shown(name)))
    for name in missing:
        complaints.add(place, m.MISSING_COLUMN.format(column=name, known=listed(known)))
    return len(complaints) == before


def _read_row(record: list[str], columns: list[Column], place: Place, complaints: Complaints) -> Row | None:
    if len(record) != len(columns):
        complaints.add(place, m.WRONG_FIELDS.format(given=len(record), wanted=len(columns)))
        return None
    cells: dict[str, Any] = {}
    for column, cell in zip(columns, record, strict=True):
        try:
            cells[column.name] = column.read(cell)
        except CellError as error:
            given = shown(cell or None)
            sentence = m.BAD_CELL.format(column=column.name, wanted=error.wanted, given=given, hint=error.hint)
            complaints.add(place, sentence)
    return Row(place, cells) if len(cells) == len(columns) else None
