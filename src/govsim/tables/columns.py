"""Columns seen through an object: one attribute of a row, or of a slice of rows, looked up where it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self, overload

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BILLIONTH = 1e-9


class View(Protocol):
    """Anything with a table and the rows of it that it stands for: an int for an object, else many."""

    @property
    def table(self) -> Any:
        """The record array that is looked into at each access."""

    @property
    def rows(self) -> int | slice | NDArray[Any]:
        """Row or rows."""


class Column:
    """An attribute stored as a column; in an object a number, in a view of many a read-only copy as an array.

    Parameters
    ----------
    name
        Of the column in its record array.
    scale
        What one stored unit is worth; 1e-9 for state in billionths, which is rounded on store.
    """

    def __init__(self, name: str, scale: float | None = None) -> None:
        self.name = name
        self.scale = scale

    @overload
    def __get__(self, view: None, owner: type) -> Self: ...
    @overload
    def __get__(self, view: View, owner: type) -> Any: ...
    def __get__(self, view: View | None, owner: type) -> Any:
        if view is None:
            return self
        rows = view.rows
        # Past the record array's own look-up, which is written in Python.
        stored = np.ndarray.__getitem__(view.table, self.name)[rows]
        if isinstance(rows, int):
            return float(stored) * self.scale if self.scale else int(stored)
        values: NDArray[Any] = stored * self.scale if self.scale else stored.copy()
        values.flags.writeable = False
        return values

    def __set__(self, view: View, value: float) -> None:
        stored = round(value / self.scale) if self.scale else value
        np.ndarray.__getitem__(view.table, self.name)[view.rows] = stored
