"""What a phase is: one submodel of the ODD page with what it reads and writes, and the situation it acts on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from govsim.clock import Calendar
    from govsim.institution.charter import Charter
    from govsim.institution.docket import Docket
    from govsim.institution.institution import Institution
    from govsim.tables.state import State

Every = Literal["month start", "day", "week end", "month end"]


@dataclass
class Situation:
    """All that phases act on: the run key, the day, the institution in force and the exact state."""

    key: np.uint64
    calendar: Calendar
    day: int
    institution: Institution
    charter: Charter
    docket: Docket
    state: State


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of a day or a month.

    Attributes
    ----------
    run
        The function that carries it out.
    every
        When it runs.
    odd
        The section of ``docs/odd.md`` that defines it.
    reads, writes
        Tables and columns, as ``table`` or ``table.column``; a test holds every phase to its writes.
    """

    run: Callable[[Situation], None]
    every: Every
    odd: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name of the function, which is the name in the ODD page."""
        return self.run.__name__

    def __call__(self, situation: Situation) -> None:
        """Carry the phase out."""
        self.run(situation)


def phase(
    *, every: Every, odd: str, reads: tuple[str, ...], writes: tuple[str, ...]
) -> Callable[[Callable[[Situation], None]], Phase]:
    """Declare a function as a phase of the model."""

    def declare(run: Callable[[Situation], None]) -> Phase:
        return Phase(run, every, odd, reads, writes)

    return declare
