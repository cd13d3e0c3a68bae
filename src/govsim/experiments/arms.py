"""The arms of a comparison: scenarios that differ in their reforms and live in the same world."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from govsim.errors import ScenarioError
from govsim.language import Message
from govsim.scenarios import Scenario, load_scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.model import Scenario as AnyScenario

_NOT_COMPARABLE: Final = Message(
    "{arm} cannot be compared with {baseline}: {differences}. A reform changes the institution and nothing else: let "
    "its file extend the baseline's."
)
_NEXT: Final = Message("; ")
_OTHER_PLACES: Final = Message("their places differ, first in '{place}'")
_OTHER_CALENDAR: Final = Message("their calendars differ ({mine}, {theirs})")
_OTHER_CEILING: Final = Message("arms with different ceilings are not paired, and {parameters} differ")
_DATES: Final = Message("{years} years from {start} after {warm_up} of warm-up")
_NO_FILE: Final = Message("settings are written over scenario files; a scenario that is loaded already takes none")
_REFORM_SETTING: Final = "reforms."
_NAMES: Final = frozenset({"en", "zh"})
# What decides how many needs come up, and whose; see the page odd, part 5.
_LATENT: Final = (
    "voice.latent_needs_per_year",
    "voice.older_multiplier",
    "voice.disabled_multiplier",
    "voice.low_income_multiplier",
    "population.minor_share",
    "population.older_share",
    "population.disabled_share",
    "population.low_income_share",
)


@dataclass(frozen=True)
class Arm:
    """A scenario under the name by which it was asked for."""

    label: str
    scenario: AnyScenario


def load_arms(sources: Sequence[str | Path | AnyScenario], settings: Sequence[str] = ()) -> tuple[Arm, ...]:
    """Return an arm for each path or scenario, with the settings written over the files.

    A setting of one reform goes to the arms that have this reform.

    Raises
    ------
    ScenarioError
        If a file cannot be used, or a setting fits no arm or comes with a scenario that is loaded already.
    """
    settings = [settings] if isinstance(settings, str) else settings
    chosen = [_settings_of(source, settings) for source in sources]
    used = {setting for each in chosen for setting in each}
    # What fits no arm goes to the last one, whose loader says what would be right.
    chosen[-1] = [setting for setting in settings if setting in chosen[-1] or setting not in used]
    return tuple(_arm(source, each) for source, each in zip(sources, chosen, strict=True))


def check_comparable(arms: Sequence[Arm]) -> None:
    """Raise ``ScenarioError`` unless all arms have the places, calendar and latent needs of the first."""
    baseline, *others = arms
    for arm in others:
        differences = _differences(baseline.scenario, arm.scenario)
        if differences:
            found = str(_NEXT).join(differences)
            raise ScenarioError(_NOT_COMPARABLE.format(arm=arm.label, baseline=baseline.label, differences=found))


def _differences(baseline: AnyScenario, other: AnyScenario) -> list[str]:
    found = []
    place = _first_difference(_places(baseline), _places(other))
    if place is not None:
        found.append(_OTHER_PLACES.format(place=place))
    if baseline.calendar != other.calendar:
        found.append(_OTHER_CALENDAR.format(mine=_dates(baseline), theirs=_dates(other)))
    mine, theirs = baseline.institution.parameters, other.institution.parameters
    different = [f"{path} ({mine[path]:g}, {theirs[path]:g})" for path in _LATENT if mine[path] != theirs[path]]
    if different:
        found.append(_OTHER_CEILING.format(parameters=", ".join(different)))
    return found


def _places(scenario: AnyScenario) -> dict[str, dict[str, Any]]:
    """Return what decides numbers about each place by its id; the names decide none."""
    places = scenario.institution.places
    tables = (places.street_offices, places.communities, places.settlements)
    rows = [asdict(place) for table in tables for place in table]
    return {row["id"]: {name: row[name] for name in row.keys() - _NAMES} for row in rows}


def _first_difference(mine: dict[str, Any], theirs: dict[str, Any]) -> str | None:
    return next((id_ for id_ in sorted(mine | theirs) if mine.get(id_) != theirs.get(id_)), None)


def _dates(scenario: AnyScenario) -> str:
    calendar = scenario.calendar
    start = calendar.label(calendar.warm_up_months)
    return _DATES.format(years=calendar.years, start=start, warm_up=calendar.warm_up_years)


def _settings_of(source: Any, settings: Sequence[str]) -> list[str]:
    if not any(setting.startswith(_REFORM_SETTING) for setting in settings):
        return list(settings)
    reforms = _loaded(source, ()).reforms
    prefixes = tuple(f"{_REFORM_SETTING}{reform.id}." for reform in reforms)
    return [each for each in settings if not each.startswith(_REFORM_SETTING) or each.startswith(prefixes)]


def _arm(source: str | Path | AnyScenario, settings: Sequence[str]) -> Arm:
    scenario = _loaded(source, settings)
    if isinstance(source, str | Path):
        return Arm(str(source), scenario)
    name = scenario.path or scenario.id if isinstance(scenario, Scenario) else str(getattr(scenario, "id", ""))
    return Arm(name or "scenario", scenario)


def _loaded(source: str | Path | AnyScenario, settings: Sequence[str]) -> AnyScenario:
    if isinstance(source, str | Path):
        return load_scenario(source, settings)
    if settings:
        raise ScenarioError(str(_NO_FILE))
    return source
