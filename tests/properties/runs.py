"""Runs of small worlds in one line, so that a property reads as what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govsim.model import GovernanceModel
from tests.reference.worlds import with_inspection_cut, with_pay_rise, with_permit

if TYPE_CHECKING:
    from tests.reference.worlds import Scenario

SEED, REPLICATE = 3, 1
REFORMS = (with_pay_rise, with_permit, with_inspection_cut)


def with_all(scenario: Scenario, **settings: Any) -> Scenario:
    """Return the scenario with a pay rise, a task permit and a cut of inspections; settings hold for each."""
    for reformed in REFORMS:
        scenario = reformed(scenario, **settings)
    return scenario


def model_of(scenario: Scenario, **settings: Any) -> GovernanceModel:
    return GovernanceModel(scenario, seed=SEED, replicate=REPLICATE, **settings)


def run(scenario: Scenario) -> GovernanceModel:
    model = model_of(scenario)
    model.run()
    return model


def digests(scenario: Scenario) -> tuple[str, ...]:
    """Return the digest of each month of a whole run."""
    return run(scenario).recording.digests
