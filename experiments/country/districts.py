"""Districts: drawn from the figures of each province, the same every time, and exact in every sum."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from country.plan import KINDS, RURAL, URBAN
from govsim.randomness import logistic, lognormal_quantile, normal_quantile, text_uniform
from govsim.scenarios.apportioning import apportion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from country.plan import Part, Plan, Province

BANDS: Final = (0.3, 0.5, 0.7, 0.9)
# Weights are drawn as floats and kept as whole numbers, so that all that follows is exact on every machine.
WHOLE: Final = 1_000_000
_HALVINGS: Final = 60
_WIDEST_LOG_ODDS: Final = 20.0


@dataclass(frozen=True)
class PartSize:
    """How large one part of a district is: residents, committees that serve them, and offices above these."""

    residents: int
    units: int
    offices: int


@dataclass(frozen=True)
class District:
    """A county-level division; ``sizes`` has the parts that it has, by their ids."""

    id: str
    province: str
    kind: str
    sizes: Mapping[str, PartSize]

    @property
    def residents(self) -> int:
        """Residents of all parts."""
        return sum(size.residents for size in self.sizes.values())

    @property
    def urban_share(self) -> float:
        """Share of residents whom residents' committees serve."""
        return self.sizes[URBAN].residents / self.residents if URBAN in self.sizes else 0.0

    @property
    def band(self) -> int:
        """Which of the bands between the shares in ``BANDS`` its urban share lies in, from 0."""
        return sum(self.urban_share >= limit for limit in BANDS)


def draw_districts(plan: Plan) -> tuple[District, ...]:
    """Return the districts of all provinces; residents, committees and offices add up to the figures of the plan."""
    committees = apportion(
        int(plan.figure("country.residents_committees")),
        [province.village_level_units - province.village_committees for province in plan.provinces],
    )
    villages = apportion(
        int(plan.figure("country.village_committees")), [province.village_committees for province in plan.provinces]
    )
    drawn: list[District] = []
    for province, *units in zip(plan.provinces, committees, villages, strict=True):
        drawn += _of_province(plan, province, dict(zip((URBAN, RURAL), units, strict=True)))
    return tuple(drawn)


def served_by_villages(province: Province) -> int:
    """Return the residents whom village committees serve.

    Village committees also exist in places that the census calls urban; each is taken to serve as many residents as one
    in a rural place of the same province.
    """
    rural = province.residents * (1.0 - province.urban_share)
    wider = max(1.0, province.village_committees / province.rural_village_level_units)
    return math.floor(rural * wider + 0.5)


def _of_province(plan: Plan, province: Province, units: Mapping[str, int]) -> list[District]:
    kinds = [kind for kind, n in zip(KINDS, province.n_districts, strict=True) for _ in range(n)]
    ids = [f"{province.id}-{number:03d}" for number in range(1, len(kinds) + 1)]
    totals = _sizes(plan, province, ids, kinds)
    urban = _urban_residents(plan, province, ids, kinds, totals)
    residents = {URBAN: urban, RURAL: [total - part for total, part in zip(totals, urban, strict=True)]}
    offices_of_parts = apportion(
        province.township_level_units, [_office_weight(part, residents) for part in plan.parts]
    )
    sizes: dict[str, list[PartSize]] = {}
    for part, n_offices in zip(plan.parts, offices_of_parts, strict=True):
        counts = residents[part.id]
        offices = apportion(n_offices, counts, [min(1, count) for count in counts])
        served = apportion(units[part.id], counts, offices)
        sizes[part.id] = [PartSize(*size) for size in zip(counts, served, offices, strict=True)]
    return [
        District(id_, province.id, kind, {part: sizes[part][i] for part in sizes if sizes[part][i].residents})
        for i, (id_, kind) in enumerate(zip(ids, kinds, strict=True))
    ]


def _office_weight(part: Part, residents: Mapping[str, Sequence[int]]) -> int:
    return WHOLE * sum(residents[part.id]) // part.residents_an_office


def _sizes(plan: Plan, province: Province, ids: Sequence[str], kinds: Sequence[str]) -> list[int]:
    weights = [_size_weight(plan, id_, kind) for id_, kind in zip(ids, kinds, strict=True)]
    return apportion(province.residents, weights, int(plan.figure("draw.least_residents")))


def _size_weight(plan: Plan, id_: str, kind: str) -> int:
    mean, spread = plan.figure(f"draw.size.{kind}"), plan.figure(f"draw.spread.{kind}")
    tail = plan.figure("draw.size_tail")
    uniform = tail + (1.0 - 2.0 * tail) * text_uniform(f"country-size:{id_}")
    drawn = float(lognormal_quantile(math.log(mean) - spread * spread / 2.0, spread, uniform))
    return math.floor(WHOLE * drawn + 0.5)


def _urban_residents(
    plan: Plan, province: Province, ids: Sequence[str], kinds: Sequence[str], totals: Sequence[int]
) -> list[int]:
    """Return the residents whom residents' committees serve, district by district, at log odds that add up."""
    wanted = province.residents - served_by_villages(province)
    wholly = plan.figure("draw.wholly_urban_share")
    offsets = [_urban_log_odds(plan, id_, kind) for id_, kind in zip(ids, kinds, strict=True)]
    low, high = -_WIDEST_LOG_ODDS, _WIDEST_LOG_ODDS
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        shares = [logistic(middle + offset) for offset in offsets]
        urban = [total if share > wholly else total * share for total, share in zip(totals, shares, strict=True)]
        low, high = (middle, high) if sum(urban) < wanted else (low, middle)
    shares = [logistic(low + offset) for offset in offsets]
    whole = [share > wholly for share in shares]
    weights = [
        0 if full else math.floor(total * share * WHOLE)
        for total, share, full in zip(totals, shares, whole, strict=True)
    ]
    rest = apportion(wanted - sum(total for total, full in zip(totals, whole, strict=True) if full), weights)
    return [total if full else part for total, part, full in zip(totals, rest, whole, strict=True)]


def _urban_log_odds(plan: Plan, id_: str, kind: str) -> float:
    mean, spread = plan.figure(f"draw.urban.{kind}"), plan.figure(f"draw.urban_spread.{kind}")
    return mean + spread * float(normal_quantile(text_uniform(f"country-urban:{id_}")))
