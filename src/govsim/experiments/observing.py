"""Runs of which the books of every month are kept, for whoever wants to see more than outcomes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from govsim.experiments.tasks import RunResult, collected, extended

if TYPE_CHECKING:
    from govsim.model import GovernanceModel
    from govsim.recording.recorder import Recording


@dataclass(frozen=True)
class Observed(RunResult):
    """What is kept of a run, and its recording."""

    recording: Recording

    @property
    def n_bytes(self) -> int:
        """About how much memory it takes."""
        books = (getattr(self.recording, field.name) for field in fields(self.recording))
        return super().n_bytes + sum(getattr(book, "nbytes", 0) for book in books)


def observed(model: GovernanceModel) -> Observed:
    """Return what is kept of a run that has reached its horizon, and its recording."""
    return extended(Observed, collected(model), recording=model.recording)
