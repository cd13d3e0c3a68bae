"""A scenario: institution at baseline, reforms and calendar; everything a run needs but the seed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govsim.clock import Calendar
    from govsim.institution.institution import Institution
    from govsim.reforms import Reform

# Names and evidence decide nothing; the id of a district comes from the name of a folder.
_NAMES = frozenset({"en", "zh"})
_REFORM_NOTES = frozenset({"id", "sources"})


@dataclass(frozen=True)
class Scenario:
    """A world under its rules, with the reforms that amend it.

    Attributes
    ----------
    as_of
        Year that the scenario speaks of.
    calendar
        Start, length and warm-up.
    institution
        Places, catalogue, parameters, rules and graph before any reform.
    reforms
        In the order of their ids.
    path, settings
        The file and the settings it was loaded with.
    notices
        What whoever reads a result should know and the settings have brought about.
    """

    id: str
    title_en: str
    title_zh: str
    description_en: str
    description_zh: str
    as_of: int
    calendar: Calendar
    institution: Institution
    reforms: tuple[Reform, ...]
    path: str
    settings: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def n_residents(self) -> int:
        """Residents of the world."""
        return self.institution.places.n_residents

    def without_reforms(self) -> Scenario:
        """Return the same scenario with no reform in force."""
        return self.with_reforms(())

    def with_reforms(self, reforms: tuple[Reform, ...]) -> Scenario:
        """Return the same scenario with these reforms instead."""
        return replace(self, reforms=tuple(sorted(reforms, key=lambda reform: reform.id)))

    def canonical(self) -> str:
        """Return all that decides the numbers of a run as canonical JSON: no names, paths, file order."""
        institution = self.institution
        content = {
            "calendar": asdict(self.calendar),
            "streets": [_without_names(place) for place in institution.places.street_offices],
            "communities": [_without_names(place) for place in institution.places.communities],
            "settlements": [_without_names(place) for place in institution.places.settlements],
            "departments": [_without_names(entry) for entry in institution.catalogue.departments],
            "mandates": [_without_names(entry) for entry in institution.catalogue.mandates],
            "requests": [_without_names(entry) for entry in institution.catalogue.requests],
            "seasons": institution.catalogue.seasons,
            "parameters": {path: institution.parameters[path] for path in institution.parameters},
            "rules": {name: rule.name.lower() for name, rule in institution.rules.items()},
            "reforms": [_settings_of(reform) for reform in sorted(self.reforms, key=lambda reform: reform.id)],
        }
        return json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)

    def fingerprint(self) -> str:
        """Return the SHA-256 of the canonical form, as 64 hexadecimal digits."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


def _without_names(entry: Any) -> dict[str, Any]:
    # Entries are flat, so nothing of them needs the deep copy of ``asdict``.
    return {each.name: getattr(entry, each.name) for each in fields(entry) if each.name not in _NAMES}


def _settings_of(reform: Reform) -> dict[str, Any]:
    settings = reform.model_dump(mode="json", exclude=set(_REFORM_NOTES))
    settings |= {name: sorted(set(settings[name])) for name in ("in_streets", "in_communities")}
    if "groups" in settings:
        settings["groups"] = sorted([seat, *sorted(others)] for seat, *others in settings["groups"])
    return settings
