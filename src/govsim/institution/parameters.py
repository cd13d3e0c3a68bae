"""Parameters: every number has a value, a unit, a range, an evidence grade and a source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Grade(StrEnum):
    """How well a value is supported, best first."""

    SEED = "SEED"
    DER = "DER"
    READ = "READ"
    RECALLED = "RECALLED"
    GUESS = "GUESS"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the model with what supports it."""

    path: str
    value: float
    unit: str
    low: float
    high: float
    grade: Grade
    source: str
    en: str
    zh: str


class Parameters:
    """A frozen set of parameters by path, such as ``strain.gain_per_day``."""

    def __init__(self, entries: Mapping[str, Parameter]) -> None:
        self._entries = dict(sorted(entries.items()))

    @property
    def entries(self) -> Mapping[str, Parameter]:
        """All parameters by path, in alphabetical order; read-only."""
        return MappingProxyType(self._entries)

    def __getitem__(self, path: str) -> float:
        return self._entries[path].value

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __contains__(self, path: object) -> bool:
        return path in self._entries

    def with_values(self, values: Mapping[str, float]) -> Parameters:
        """Return a copy with other values; the paths must exist."""
        changed = {path: replace(self.entries[path], value=float(value)) for path, value in values.items()}
        return Parameters({**self.entries, **changed})

    def with_evidence(self, supports: Mapping[str, tuple[Grade, str]]) -> Parameters:
        """Return a copy in which other evidence, a grade and a source, stands for some values; the paths must exist."""
        changed = {
            path: replace(self.entries[path], grade=grade, source=source) for path, (grade, source) in supports.items()
        }
        return Parameters({**self.entries, **changed})
