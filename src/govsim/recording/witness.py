"""All open work counted once more, item by item, and its word for the digest: both in one walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from govsim.clock import DAYS_PER_MONTH
from govsim.kernels.folding import N_NOTED, witness_open_work
from govsim.tables.layout import N_CLASSES

if TYPE_CHECKING:
    from govsim.tables.state import State

BLOCK: Final = 128


class OpenWork(NamedTuple):
    """What was counted of open work, and room for what is noted of the items of a block."""

    minutes: Any
    ages: Any
    by_origin: Any
    returned: Any
    in_trays: Any
    noted: Any
    words: Any


def examine_open_work(month: int, state: State) -> tuple[OpenWork, int]:
    """Return what is open at the end of a month, and the word of it for the digest."""
    n = len(state.people.communities)
    seen = OpenWork(
        minutes=np.zeros((n, N_CLASSES), np.int64),
        ages=np.zeros(n, np.int64),
        by_origin=np.zeros(len(state.book.origins), np.int64),
        returned=np.zeros_like(state.work.returned),
        in_trays=np.zeros(len(state.work.offices), np.int64),
        noted=np.zeros((N_NOTED, BLOCK), np.int64),
        words=np.zeros(BLOCK, np.uint64),
    )
    next_day = DAYS_PER_MONTH * (month + 1)
    with np.errstate(over="ignore"):
        word = witness_open_work(state.work, state.class_of_matter, state.line_of_matter, next_day, seen)
    return seen, int(word)
