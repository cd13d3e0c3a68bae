"""A run to be made, what is kept of it, and how one that fails is named."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

from govsim.errors import GovsimError, InvariantError
from govsim.recording import tables
from govsim.recording.accounts import minutes_by_account

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim.model import GovernanceModel, Scenario
    from govsim.recording.recorder import Recording


# Some sixty numbers by name.
_RESULT_BYTES: Final = 8192


class RunError(GovsimError):
    """A run that could not be finished; a study with such a run has no result."""


class CancelledError(GovsimError):
    """Runs that nobody waits for any more: whoever hears of progress raises it."""


@dataclass(frozen=True)
class RunTask:
    """One run to be made.

    Attributes
    ----------
    scenario
        Everything but the seed.
    seed, replicate
        Root seed and number of the replicate; together they key every draw.
    """

    scenario: Scenario
    seed: int = 1
    replicate: int = 0


@dataclass(frozen=True)
class RunResult:
    """What is kept of a run.

    Attributes
    ----------
    outcomes
        Value by name over the reported part; an undefined ratio is None.
    digest
        Equal digests mean equal runs, bit for bit.
    days, days_simulated
        Working days run, warm-up included; and those of them that no other run had gone through already.
    residents
        Residents of the world.
    seconds_build, seconds_run
        Time to make the world or a copy of it, and to run the model for ``days_simulated``.
    accounts
        Minutes of all jobs by what became of them, over the reported part.
    community_years
        Communities times years of the reported part.
    """

    outcomes: dict[str, float | None]
    digest: str
    days: int
    days_simulated: int
    residents: int
    seconds_build: float
    seconds_run: float
    accounts: dict[str, int]
    community_years: float

    @property
    def n_bytes(self) -> int:
        """About how much memory it takes."""
        return _RESULT_BYTES


_Kind = TypeVar("_Kind", bound=RunResult)


def extended(kind: type[_Kind], result: RunResult, **more: Any) -> _Kind:
    """Return a result of a kind that keeps more."""
    return kind(**{each.name: getattr(result, each.name) for each in fields(result)}, **more)


def collected(model: GovernanceModel) -> RunResult:
    """Return what is kept of a run that has reached its horizon."""
    return result_of(model, model.recording)


def result_of(model: GovernanceModel, recording: Recording) -> RunResult:
    """Return what is kept of a run from its recording."""
    window = tables.reported(recording)
    return RunResult(
        outcomes=tables.outcomes(recording),
        digest=model.digest,
        days=model.day,
        days_simulated=model.steps,
        residents=len(model.residents),
        seconds_build=model.seconds_build,
        seconds_run=model.seconds_run,
        accounts=minutes_by_account(window),
        community_years=len(model.communities) * window.years,
    )


@contextmanager
def failing_as(task: RunTask) -> Iterator[None]:
    """Let what may end a run say which run it was."""
    try:
        yield
    except (InvariantError, MemoryError) as error:
        name = str(getattr(task.scenario, "path", "") or getattr(task.scenario, "id", "scenario"))
        reason = str(error) or "not enough memory"
        message = f"{name}, seed {task.seed}, replicate {task.replicate}: {reason}"
        raise RunError(message) from error
