"""Runs of which the books of every month are kept, for whoever wants to see more than outcomes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from govsim.experiments.tasks import RunResult, collected, extended, result_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.model import GovernanceModel, Scenario
    from govsim.recording.recorder import Recording

# Of each arm, where nobody asks for another number; fewer where worlds are large and arms are many.
USUAL_RECORDINGS: Final = 10
_MOST_BYTES: Final = 1024**3
# A month of a community with its posts, of a settlement, and of all else.
_BYTES_A_COMMUNITY: Final = 720
_BYTES_A_SETTLEMENT: Final = 192
_BYTES_A_MONTH: Final = 10_000


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
    recording = model.recording
    return extended(Observed, result_of(model, recording), recording=recording)


@dataclass(frozen=True)
class ObservedFirst:
    """Keeps the recordings of the first replicates, and of all others only what is kept of every run."""

    n_replicates: int

    def __call__(self, model: GovernanceModel) -> RunResult:
        """Return what is kept of a run that has reached its horizon."""
        _, replicate = model.seed_and_replicate
        return observed(model) if replicate < self.n_replicates else collected(model)


def recordings_in_common(results: Sequence[Sequence[RunResult]]) -> tuple[tuple[Recording, ...], ...]:
    """Return the recordings of each arm, of the first replicates of which all arms have one."""
    kept: list[tuple[Recording, ...]] = []
    for replicates in zip(*results, strict=True):
        found = tuple(run.recording for run in replicates if isinstance(run, Observed))
        if len(found) < len(results):
            break
        kept.append(found)
    return tuple(zip(*kept, strict=True)) if kept else ((),) * len(results)


def affordable_recordings(scenario: Scenario, n_arms: int, replicates: int) -> int:
    """Return how many replicates' recordings a comparison may well keep: ten, or what a gibibyte holds."""
    places = scenario.institution.places
    a_month = _BYTES_A_COMMUNITY * len(places.communities) + _BYTES_A_SETTLEMENT * len(places.settlements)
    a_replicate = n_arms * scenario.calendar.n_months * (a_month + _BYTES_A_MONTH)
    return min(replicates, USUAL_RECORDINGS, _MOST_BYTES // a_replicate)
