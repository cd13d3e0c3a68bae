"""Layouts of record arrays: all that are alike are one object."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

_LAYOUTS: Final[dict[np.dtype[Any], np.dtype[Any]]] = {}


def as_records(table: Any) -> Any:
    """Return a structured array as a record array of the same memory, whose layout is the one object of its kind.

    At every call of a kernel Numba looks up the layout of each array: by identity at no cost, and else column by
    column, which for the two hundred parameters of a charter takes longer than most kernels of a month.
    """
    layout = _LAYOUTS.get(table.dtype)
    if layout is None:
        layout = _LAYOUTS.setdefault(table.dtype, np.dtype((np.record, table.dtype)))
    return table.view(layout).view(np.recarray)
