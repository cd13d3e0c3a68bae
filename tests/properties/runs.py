"""Runs of small worlds in one line, so that a property reads as what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govsim.model import GovernanceModel

if TYPE_CHECKING:
    from tests.reference.worlds import Scenario

SEED, REPLICATE = 3, 1


def model_of(scenario: Scenario, **settings: Any) -> GovernanceModel:
    return GovernanceModel(scenario, seed=SEED, replicate=REPLICATE, **settings)


def run(scenario: Scenario) -> GovernanceModel:
    model = model_of(scenario)
    model.run()
    return model


def digests(scenario: Scenario) -> tuple[str, ...]:
    """Return the digest of each month of a whole run."""
    return run(scenario).recording.digests
