"""What a country run says: outcomes of all and of each group, spread between districts, and what it cost to compute."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from country.districts import BANDS
from country.plan import KINDS, RURAL, URBAN
from country.sampling import Estimate, Stratum, estimates
from govsim.clock import MINUTES_PER_HOUR
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tallies import SUMS, Tallies, window_of
from govsim.version import version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from country.districts import District
    from country.plan import Plan
    from country.running import Country, Row

HEADLINE: Final = tuple(name for name in SUMS if OUTCOMES[name].is_headline)
HOURS: Final = "work_hours_per_resident_year"
OVERTIME: Final = "overtime_hours_in_year"
SIZES: Final = ("residents", "committees", "posts", "offices")
QUANTILES: Final = (0.1, 0.5, 0.9)
# Counts that a reader may want as they are; minutes become hours.
COUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "quits_in_year": ("committees.quits", "committees_last_month.quits"),
    "hires_in_year": ("committees.hires", "committees_last_month.hires"),
    "requests_in_year": ("residents.raised",),
    OVERTIME: ("committees.overtime_minutes", "committees_last_month.overtime_minutes"),
}


@dataclass(frozen=True)
class Study:
    """The districts of a plan, those that were run, and their rows.

    Attributes
    ----------
    arm
        Of which rows are.
    strata
        All districts by stratum.
    drawn
        Of these, those that were run.
    rows
        Of those that were run, by district.
    """

    country: Country
    arm: str
    strata: Mapping[str, Sequence[District]]
    drawn: Mapping[str, Sequence[District]]
    rows: Mapping[str, Row]

    @property
    def plan(self) -> Plan:
        """What the districts were drawn from."""
        return self.country.plan

    @property
    def districts(self) -> list[District]:
        """All districts."""
        return [district for members in self.strata.values() for district in members]

    @property
    def is_whole(self) -> bool:
        """Whether every district was run, so that every sum is exact."""
        return all(len(self.drawn[name]) == len(members) for name, members in self.strata.items())

    @cached_property
    def local_wage(self) -> float:
        """Local wage that pay is relative to; undefined where parts differ."""
        scenarios = [self.country.scenario(part) for part in self.plan.parts]
        wages = {scenario.institution.parameters["pay.local_wage_yuan_per_year"] for scenario in scenarios}
        return wages.pop() if len(wages) == 1 else math.nan

    @cached_property
    def by_district(self) -> dict[str, dict[str, float | None]]:
        """Outcomes and counts of each district that was run."""
        return {name: self.values(row.total) for name, row in self.rows.items()}

    @cached_property
    def everything(self) -> dict[str, Estimate]:
        """Outcomes and counts of all districts."""
        return self.estimates()

    def values(self, tallies: Tallies) -> dict[str, float | None]:
        """Return every outcome that is a quotient of sums, and the counts of these sums."""
        window = window_of(tallies, self.local_wage)
        found = {name: OUTCOMES[name].formula(window) for name in SUMS}
        found[HOURS] = float(window.office("arrived_minutes").sum()) / MINUTES_PER_HOUR / window.residents
        return {name: value if math.isfinite(value) else None for name, value in found.items()} | counted(tallies)

    def estimates(
        self, belongs: Callable[[District], bool] = lambda _: True, parts: Sequence[str] = (URBAN, RURAL)
    ) -> dict[str, Estimate]:
        """Return outcomes and counts of some parts of the districts that belong; nothing if none of these was run."""
        nothing = Tallies.from_dict({})
        strata = [
            Stratum(
                tuple(
                    tuple(self.rows[each.id].tallies.get(part, nothing) if belongs(each) else nothing for part in parts)
                    for each in self.drawn[name]
                ),
                len(members),
            )
            for name, members in self.strata.items()
        ]
        inside = [district for district in self.districts if belongs(district)]
        known = [sum(each.sizes[part].residents for each in inside if part in each.sizes) for part in parts]
        return estimates(strata, known, self.values) if sum(known) else {}


def counted(tallies: Tallies) -> dict[str, float | None]:
    """Return how many residents, committees, posts, quits and so on there are."""
    sizes = {name: float(tallies[f"size.{name}"]) for name in SIZES}
    sums = {name: float(sum(tallies[each] for each in parts)) for name, parts in COUNTS.items()}
    return {**sizes, **sums, OVERTIME: sums[OVERTIME] / MINUTES_PER_HOUR}


def groups_of(study: Study) -> dict[str, dict[str, dict[str, Estimate]]]:
    """Return outcomes by part, kind of district, band of urban share and, where every district was run, province."""
    by: dict[str, dict[str, Callable[[District], bool]]] = {
        "kind": {kind: _has(kind=kind) for kind in KINDS},
        "urban_band": {band_name(band): _has(band=band) for band in range(len(BANDS) + 1)},
    }
    if study.is_whole:
        by["province"] = {place.id: _has(province=place.id) for place in study.plan.provinces}
    groups = {"part": {part.id: study.estimates(parts=(part.id,)) for part in study.plan.parts}}
    groups |= {
        name: {key: study.estimates(belongs) for key, belongs in members.items()} for name, members in by.items()
    }
    return {name: {key: found for key, found in group.items() if found} for name, group in groups.items()}


def _has(**values: str | int) -> Callable[[District], bool]:
    return lambda district: all(getattr(district, name) == value for name, value in values.items())


def band_name(band: int) -> str:
    """Return a band of the urban share in percent, such as ``30-50``."""
    limits = [0, *(round(100 * limit) for limit in BANDS), 100]
    return f"{limits[band]}-{limits[band + 1]}"


def between_districts(study: Study) -> dict[str, dict[str, float]]:
    """Return quantiles of the headline outcomes over the districts that were run, each counted once."""
    values = study.by_district.values()
    return {
        name: {
            f"{quantile:g}": float(np.quantile([v for each in values if (v := each[name]) is not None], quantile))
            for quantile in QUANTILES
        }
        for name in HEADLINE
    }


def digest_of(study: Study) -> str:
    """Return one hash of the digests of all districts that were run; it says what processes cannot change."""
    lines = sorted(f"{row.id} {part} {digest}" for row in study.rows.values() for part, digest in row.digests.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def country(study: Study) -> dict[str, Any]:
    """Return the whole result as plain values for JSON."""
    return {
        "seed": study.country.seed,
        "arm": study.arm,
        "plan": [
            {"part": part.id, "scenario": arm.file, "settings": list(arm.settings)}
            for part in study.plan.parts
            for arm in study.country.sweeps[part.id].arms
            if arm.id == study.arm
        ],
        "residents": sum(district.residents for district in study.districts),
        "districts": len(study.districts),
        "districts_run": len(study.rows),
        "is_whole": study.is_whole,
        "strata": {name: [len(study.drawn[name]), len(members)] for name, members in study.strata.items()},
        "units": {name: OUTCOMES[name].unit for name in SUMS} | {HOURS: "hours"},
        "outcomes": _plain(study.everything),
        "by": {name: {key: _plain(found) for key, found in group.items()} for name, group in groups_of(study).items()},
        "between_districts": between_districts(study),
        "digest": digest_of(study),
        "version": version(),
    }


def _plain(found: Mapping[str, Estimate]) -> dict[str, dict[str, float | None]]:
    return {name: {"value": each.value, "standard_error": each.error} for name, each in found.items()}
