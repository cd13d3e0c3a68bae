"""7.9 Contact: what a resident makes of a case, and what raising it costs him (7.3)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.reference.draws import BILLIONTH, billionths, clip

if TYPE_CHECKING:
    from tests.reference.entities import Resident
    from tests.reference.model import ReferenceModel

MOST_CASES = 30000
DISSATISFIED_BELOW = 0.4


def contact(model: ReferenceModel, resident: Resident, performance: float, *, is_met: bool) -> float:
    """Move satisfaction and cases of the resident; return the target."""
    p = model.p
    satisfaction, expectation = resident.satisfaction * BILLIONTH, resident.expectation * BILLIONTH
    target = clip(
        p["opinion.s0"]
        + p["opinion.performance_weight"] * (performance - p["opinion.usual_performance"])
        + p["opinion.gap_weight"] * (performance - expectation),
        0,
        1,
    )
    resident.satisfaction = billionths(satisfaction + p["contact.weight"] * (target - satisfaction))
    if is_met:
        resident.cases_met = min(MOST_CASES, resident.cases_met + 1)
    else:
        resident.cases_unmet = min(MOST_CASES, resident.cases_unmet + 1)
    return target


def serve_resident(model: ReferenceModel, resident: Resident, performance: float, *, is_met: bool) -> None:
    """Service has ended: the resident sees how he was served, and it is counted as closed."""
    target = contact(model, resident, performance, is_met=is_met)
    model.tally.person(resident, "closed", 1)
    model.tally.person(resident, "met", int(is_met))
    model.tally.person(resident, "dissatisfied_users", int(target < DISSATISFIED_BELOW))
    model.tally.person(resident, "performance_sum", billionths(performance))


def go_the_way(model: ReferenceModel, resident: Resident, *, by_hotline: bool) -> None:
    """Count the resident's own minutes for raising a request once, by hotline or at the desk."""
    p = model.p
    if by_hotline:
        minutes = math.floor(p["hotline.call_minutes"])
    else:
        distance_km = resident.settlement.distance_km
        minutes = math.floor(2 * distance_km * p["desk.minutes_per_km"] + p["desk.wait_minutes"])
    model.tally.person(resident, "resident_minutes", minutes)
