"""The digest chain: one hash a month over the canonical state and books, without any name of scenario or path."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from govsim.kernels.folding import fold_open_work, fold_words

if TYPE_CHECKING:
    from govsim.tables.state import State


def chain(before: str, month: int, state: State) -> str:
    """Return the SHA-256 of the digest before, the month, the state columns and the books of the month."""
    people, book = state.people, state.book
    digest = hashlib.sha256(before.encode())
    digest.update(month.to_bytes(4, "little"))
    words = people.residents.view(np.ndarray).view(np.uint32)
    even = len(words) // 2 * 2
    digest.update(words[even:].tobytes())
    with np.errstate(over="ignore"):
        digest.update(int(fold_words(words[:even])).to_bytes(8, "little"))
        digest.update(int(fold_open_work(state.work)).to_bytes(8, "little"))
    for table in (
        people.settlements,
        people.communities,
        people.posts,
        state.work.offices,
        state.work.returned,
        book.communities,
        book.settlements,
        book.groups,
        book.origins,
        book.offices,
        book.money,
        book.settlement_cohorts[: month + 1],
        book.group_cohorts[: month + 1],
    ):
        digest.update(np.ascontiguousarray(table).tobytes())
    return digest.hexdigest()
