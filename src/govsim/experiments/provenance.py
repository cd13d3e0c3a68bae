"""What made the numbers of a scenario: the settings it was loaded with, and a hash of all that decides them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.scenarios import Scenario as LoadedScenario

if TYPE_CHECKING:
    from govsim.model import Scenario


def settings_of(scenario: Scenario) -> tuple[str, ...]:
    """Return the settings that were written over the file of a scenario; none for one made in Python."""
    return scenario.settings if isinstance(scenario, LoadedScenario) else ()


def fingerprint_of(scenario: Scenario) -> str | None:
    """Return the SHA-256 of all that decides the numbers but the seed; None for a scenario made in Python."""
    return scenario.fingerprint() if isinstance(scenario, LoadedScenario) else None
