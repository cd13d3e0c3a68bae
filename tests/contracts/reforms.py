"""One example of each reform, as a user might write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govsim.reforms import REFORMS

if TYPE_CHECKING:
    from govsim.reforms import Reform
    from tests.reference.worlds import Scenario

SETTINGS: dict[str, dict[str, Any]] = {
    "pay_rise": {"rise_share": 0.3, "insurance_rise_share": 0.05, "sources": ("R3: treatment raised",)},
}


def example(use: str, scenario: Scenario, **changes: Any) -> Reform:
    """Return a reform that starts in month 2 of a scenario."""
    fields = {"use": use, "id": f"one-{use}", "starts_on": scenario.calendar.label(2), **SETTINGS[use]}
    return REFORMS[use](**{**fields, **changes})
