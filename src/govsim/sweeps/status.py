"""How far a sweep has come, from its files alone: from any terminal, on any machine that sees the folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govsim.sweeps.store import Store


@dataclass(frozen=True)
class Status:
    """How far a sweep has come.

    Attributes
    ----------
    plan
        Its id.
    planned, done, failed
        Runs; ``done`` counts those that failed, too.
    files
        That are whole.
    bytes_on_disk
        Of them.
    damaged
        Names of files that are not what they say, with the reason.
    """

    plan: str
    planned: int
    done: int
    failed: int
    files: int
    bytes_on_disk: int
    damaged: dict[str, str]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to be run."""
        return self.done == self.planned


def status_of(store: Store) -> Status:
    """Return how far the sweep of a store has come.

    Raises
    ------
    StoreError
        If there is no sweep.
    DisagreementError
        If its runs disagree.
    """
    plan, sealed = store.plan(), store.sealed()
    planned = plan.runs().keys()
    return Status(
        plan=plan.id,
        planned=len(planned),
        done=len(planned & set(sealed.digests)),
        failed=len(planned & sealed.failed),
        files=len(sealed.footers),
        bytes_on_disk=sum((store.shards / name).stat().st_size for name in sealed.footers),
        damaged=sealed.damaged,
    )
