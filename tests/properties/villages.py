"""Two townships of small villages, and mergers in them, for what is claimed of mergers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from govsim.reforms import VillageMerger
from tests.reference.worlds import small_scenario

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.reference.worlds import Scenario

COMMUNITIES = (
    ("v1", "t1", 2, False, 5000, 20),
    ("v2", "t1", 1, False, 0, 0),
    ("v3", "t1", 2, True, 60000, 90),
    ("v4", "t1", 1, False, 3000, 0),
    ("v5", "t2", 2, False, 9000, 10),
    ("v6", "t2", 1, True, 2000, 0),
)
SETTLEMENTS = (
    ("v1-a", "v1", 170, 0.4),
    ("v1-b", "v1", 110, 1.2),
    ("v2-a", "v2", 140, 0.3),
    ("v3-a", "v3", 220, 0.5),
    ("v3-b", "v3", 90, 0.9),
    ("v4-a", "v4", 150, 0.2),
    ("v5-a", "v5", 240, 0.6),
    ("v6-a", "v6", 130, 0.7),
)
# What is open is much, so that there is something to hand over: trays are full and cases lie above.
BUSY: dict[str, Any] = {"load": 0.8, "authority": 2.0, "parameters": {"hotline.channel_share": 0.2}}


def villages(streets: Collection[str] = ("t1", "t2"), **changes: Any) -> Scenario:
    """Return the villages of some townships without any reform, one year after one of warm-up."""
    communities = tuple(row for row in COMMUNITIES if row[1] in streets)
    ids = {row[0] for row in communities}
    settlements = tuple(row for row in SETTLEMENTS if row[1] in ids)
    return small_scenario("two_streets", communities=communities, settlements=settlements, **{**BUSY, **changes})


def merged(scenario: Scenario, *groups: tuple[str, ...], month: int = 9, **settings: Any) -> Scenario:
    """Return the scenario with one more merger, of v1, v2 and v4 if no groups are named, in a month of the run."""
    until = settings.pop("until", None)
    fields = {
        "id": f"merger-{len(scenario.reforms)}",
        "starts_on": scenario.calendar.label(month),
        "ends_on": None if until is None else scenario.calendar.label(until),
        "groups": groups or (("v1", "v2", "v4"),),
        "added_km": 1.0,
    }
    return replace(scenario, reforms=(*scenario.reforms, VillageMerger(**{**fields, **settings})))
