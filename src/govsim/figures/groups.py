"""Whom an outcome concerns: the burden of offices, workers, residents, those who pay."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from govsim.recording.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable


class Concern(StrEnum):
    """Whom outcomes concern, in the order of a page."""

    BURDEN = "burden"
    WORKERS = "workers"
    RESIDENTS = "residents"
    MONEY = "money"
    NEUTRAL = "neutral"


_WORKERS: Final = frozenset(
    {
        "turnover_per_year",
        "cohort_left_share",
        "vacancy_share",
        "burnout_share",
        "worker_satisfaction",
        "overtime_hours",
        "pay_gini",
    }
)
# What offices count and residents feel.
_RESIDENTS: Final = frozenset({"take_up_share", "personal_records_per_resident_year", "satisfaction_gap"})


def concern_of(name: str) -> Concern:
    """Return whom an outcome concerns; of which neither direction is better stands apart."""
    outcome = OUTCOMES[name]
    if outcome.better == "none":
        return Concern.NEUTRAL
    if outcome.unit == "yuan":
        return Concern.MONEY
    if name in _WORKERS:
        return Concern.WORKERS
    return Concern.RESIDENTS if outcome.of == "residents" or name in _RESIDENTS else Concern.BURDEN


def by_concern(names: Iterable[str]) -> dict[Concern, list[str]]:
    """Return names of outcomes by whom they concern, each list in the order given; no list is empty."""
    found: dict[Concern, list[str]] = defaultdict(list)
    for name in names:
        found[concern_of(name)].append(name)
    return {concern: found[concern] for concern in Concern if found[concern]}
