"""One example of each reform, as a user might write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govsim.reforms import REFORMS

if TYPE_CHECKING:
    from govsim.reforms import Reform
    from tests.reference.worlds import Scenario

SETTINGS: dict[str, dict[str, Any]] = {
    "inspection_cut": {"cut_share": 0.6, "audit_share": 0.2, "sources": ("P3: too many inspections",)},
    "pay_rise": {"rise_share": 0.3, "insurance_rise_share": 0.05, "sources": ("R3: treatment raised",)},
    "task_permit": {
        "strictness": 2.0,
        "approval_days": 10,
        "audit_share": 0.3,
        "sources": ("R1: a permit for tasks that enter communities",),
    },
    "village_merger": {
        "mode": "federated",
        "groups": (("c1", "c3"), ("c2",)),
        "added_km": 1.5,
        "announced_rise": 0.1,
        "sources": ("R2: merged, single and federated communities",),
    },
}
# These say themselves which places join.
NAMES_GROUPS = frozenset({"village_merger"})
# These hold or do not hold in a place, and their dose is the share of places; others are of more or less.
HOLDS_OR_NOT = frozenset({"task_permit"})


def example(use: str, scenario: Scenario, **changes: Any) -> Reform:
    """Return a reform that starts in month 2 of a scenario."""
    fields = {"use": use, "id": f"one-{use}", "starts_on": scenario.calendar.label(2), **SETTINGS[use]}
    return REFORMS[use](**{**fields, **changes})
