"""The digest chain: one hash a month over the canonical state and books, without any name of scenario or path."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from govsim.kernels.folding import fold_residents
from govsim.recording.witness import examine_open_work

if TYPE_CHECKING:
    from govsim.tables.state import State


class Words(NamedTuple):
    """What stands in the digest for all residents, and for all open work."""

    residents: int
    open_work: int


def examine_residents(residents: Any) -> tuple[int, bool]:
    """Return the word of all residents for the digest, and whether every level lies between 0 and 1."""
    words = residents.view(np.ndarray).view(np.uint32)
    with np.errstate(over="ignore"):
        word, in_range = fold_residents(residents, words[: len(words) // 2 * 2].view(np.uint64))
    return int(word), bool(in_range)


def chain(before: str, month: int, state: State, examined: Words | None = None) -> str:
    """Return the SHA-256 of the digest before, the month, the state columns and the books of the month.

    ``examined`` has the words of residents and open work, if they were computed already.
    """
    people, book = state.people, state.book
    digest = hashlib.sha256(before.encode())
    digest.update(month.to_bytes(4, "little"))
    words = people.residents.view(np.ndarray).view(np.uint32)
    digest.update(words[len(words) // 2 * 2 :].tobytes())
    if examined is None:
        examined = Words(examine_residents(people.residents)[0], examine_open_work(month, state)[1])
    for word in examined:
        digest.update(word.to_bytes(8, "little"))
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
