"""A stratified sample of districts, what it says of all of them, and how sure that is.

Strata are kinds of districts, each in a smaller and a larger half by residents. From each, districts are drawn without
replacement, all samples alike; a stratum's sums are its districts over those drawn times the sums of these, so every
estimated sum is unbiased. How many residents each part of the country has is known from the plan, and the sums of a
part are scaled to it. That ratio, and those that outcomes are, have a bias that is small against the standard error,
which is taken by leaving out one district at a time (stratified jackknife, corrected for a finite population).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final

from country.plan import KINDS
from govsim.randomness import text_uniform
from govsim.recording.tallies import added
from govsim.scenarios.apportioning import apportion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from country.districts import District
    from govsim.recording.tallies import Tallies

FEWEST: Final = 2
RESIDENTS: Final = "size.residents"


def strata_of(districts: Sequence[District]) -> dict[str, list[District]]:
    """Return the districts of each stratum, by its name."""
    strata: dict[str, list[District]] = {}
    for kind in KINDS:
        of_kind = sorted((each for each in districts if each.kind == kind), key=lambda each: (each.residents, each.id))
        half = len(of_kind) // 2
        strata |= {f"{kind}-smaller": of_kind[:half], f"{kind}-larger": of_kind[half:]}
    return {name: members for name, members in strata.items() if members}


def sampled(districts: Sequence[District], n: int, seed: int) -> dict[str, list[District]]:
    """Return ``n`` districts by stratum, in proportion to its districts and at least two.

    Raises
    ------
    ValueError
        If there are not so many districts, or ``n`` is less than two a stratum.
    """
    strata = strata_of(districts)
    least = [min(FEWEST, len(members)) for members in strata.values()]
    if not sum(least) <= n <= len(districts):
        message = f"a sample has from {sum(least)} to {len(districts)} districts, not {n}"
        raise ValueError(message)
    sizes = apportion(n, [len(members) for members in strata.values()], least)
    return {
        name: sorted(members, key=lambda each: text_uniform(f"country-sample:{seed}:{each.id}"))[:size]
        for (name, members), size in zip(strata.items(), sizes, strict=True)
    }


def size_for(share: float, districts: Sequence[District]) -> int:
    """Return how many districts a share of them is, at least two a stratum."""
    least = sum(min(FEWEST, len(members)) for members in strata_of(districts).values())
    return min(len(districts), max(least, math.floor(share * len(districts) + 0.5)))


@dataclass(frozen=True)
class Stratum:
    """The tallies of the districts drawn from one stratum, part by part, and how many districts it has."""

    tallies: tuple[tuple[Tallies, ...], ...]
    n_districts: int

    def totals(self, left_out: int | None = None) -> list[Tallies]:
        """Return the estimated sums of each part of the stratum, from all that were drawn or all but one."""
        drawn = [each for i, each in enumerate(self.tallies) if i != left_out]
        return [added(of_part).scaled(self.n_districts, len(drawn)) for of_part in zip(*drawn, strict=True)]


@dataclass(frozen=True)
class Estimate:
    """A value, and its standard error; 0 where every district was run, None where that cannot be said."""

    value: float | None
    error: float | None


def estimates(
    strata: Sequence[Stratum], known: Sequence[int], values_of: Callable[[Tallies], Mapping[str, float | None]]
) -> dict[str, Estimate]:
    """Return, by name, what a sample says of values that are computed from the sums of all districts.

    Parameters
    ----------
    known
        Residents of each part in all districts, to which the sums are fitted.
    values_of
        From sums to values, by name.
    """
    totals = [stratum.totals() for stratum in strata]
    whole = _fitted(totals, known)
    if whole is None:
        return {}
    values = values_of(whole)
    variances: dict[str, float | None] = dict.fromkeys(values, 0.0)
    for h, stratum in enumerate(strata):
        n = len(stratum.tallies)
        if n == stratum.n_districts:
            continue
        others = [total for i, total in enumerate(totals) if i != h]
        sums = [_fitted([*others, stratum.totals(i)], known) for i in range(n)] if n > 1 else [None]
        left_out = [{} if each is None else values_of(each) for each in sums]
        for name in values:
            part = _part([each.get(name) for each in left_out], n, stratum.n_districts)
            variances[name] = _plus(variances[name], part)
    return {name: Estimate(value, _root(variances[name])) for name, value in values.items()}


def _fitted(totals: Sequence[Sequence[Tallies]], known: Sequence[int]) -> Tallies | None:
    """Return the sums of all strata, each part scaled to its known residents; None if a part was not met at all."""
    parts = []
    for of_part, residents in zip(zip(*totals, strict=True), known, strict=True):
        total = added(of_part)
        if residents and not total[RESIDENTS]:
            return None
        parts.append(total.scaled(residents, total[RESIDENTS]) if total[RESIDENTS] else total)
    return added(parts)


def _part(left_out: Sequence[float | None], n: int, n_districts: int) -> float | None:
    """Return what one stratum adds to the variance of a value."""
    known = [each for each in left_out if each is not None]
    if len(known) < len(left_out):
        return None
    mean = fmean(known)
    return (1.0 - n / n_districts) * (n - 1) / n * sum((each - mean) ** 2 for each in known)


def _plus(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _root(variance: float | None) -> float | None:
    return None if variance is None else math.sqrt(variance)
