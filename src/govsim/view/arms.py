"""From a choice to what is run: a baseline, and the same with reforms, through the door that files come through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.experiments.arms import Arm
from govsim.scenarios.loader import resolve_scenario
from govsim.view.sources import check_unchanged

if TYPE_CHECKING:
    from govsim.scenarios.loader import Resolved
    from govsim.view.choice import Choice
    from govsim.view.places import ViewedPlace


def resolved_arms(choice: Choice, place: ViewedPlace) -> tuple[Resolved, Resolved]:
    """Return the baseline and the reform scenario of a choice.

    Raises
    ------
    ScenarioError
        If a value cannot be used, with what would be right; or if a file of the place has changed.
    """
    check_unchanged(place.contents)
    entries = [place.reforms[id_].model_dump(mode="json", exclude_none=True) for id_ in choice.on]
    for entry in entries:
        entry |= {name: _tuples(value) for name, value in entry.items() if isinstance(value, list)}
    baseline = resolve_scenario(place.path, choice.settings_of_baseline)
    settings = (*choice.settings_of_baseline, *choice.settings_of_reforms)
    reform = resolve_scenario(place.path, settings, entries)
    check_unchanged(place.contents)  # nor while they were read
    return baseline, reform


def arms_of(baseline: Resolved, reform: Resolved) -> tuple[Arm, Arm]:
    """Return the two arms of a comparison."""
    return Arm("baseline", baseline.scenario), Arm("reform", reform.scenario)


def _tuples(value: list[object]) -> tuple[object, ...]:
    """Return a list as a document holds one, lists within it too."""
    return tuple(_tuples(each) if isinstance(each, list) else each for each in value)
