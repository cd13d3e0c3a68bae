"""How time grows with residents, years, communities and reforms, and the exponent of each curve."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from benchmarks.measuring import Row, in_turn, say
from benchmarks.sizes import MILLION, REPEATS_OF_TEN, TEN_MILLION, alone
from benchmarks.worlds import LIANDU, YEAR, seconds_of, spread_over, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REPEATS = 3
SIZES = (10_000, 100_000, MILLION)
YEARS = (1, 2, 4, 8)
TIMES = (1, 2, 4, 8)
RESIDENTS_OF_YEARS = 50_000
RESIDENTS_OF_COMMUNITIES = 200_000
REFORMS = ("task-permit.yaml", "pay-rise.yaml", "merger.yaml")


@dataclass(frozen=True)
class Curve:
    """Seconds of model time against one size: median, least and most at each point."""

    id: str
    what: str
    x: tuple[float, ...]
    seconds: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the curve as plain values, with its exponent."""
        return {**asdict(self), "exponent": exponent(self.x, self.seconds) if min(self.x) > 0 else None}


def exponent(x: Sequence[float], y: Sequence[float]) -> float:
    """Return the slope of log y over log x by least squares: 1 is linear, 0 no growth."""
    logs = [(math.log(a), math.log(b)) for a, b in zip(x, y, strict=True)]
    mean_x, mean_y = (sum(values) / len(logs) for values in zip(*logs, strict=True))
    return sum((a - mean_x) * (b - mean_y) for a, b in logs) / sum((a - mean_x) ** 2 for a, _ in logs)


def curves() -> Iterator[Curve]:
    """Measure every curve."""
    say("  over residents")
    yield curve_of("residents", "residents, one year", over_residents())
    for name, what, scenarios in (
        ("years", f"years, {RESIDENTS_OF_YEARS:,} residents", over_years()),
        ("communities", f"communities, {RESIDENTS_OF_COMMUNITIES:,} residents, one year", over_communities()),
        ("reforms", "reforms, the world of the demo, one year", over_reforms()),
    ):
        say(f"  over {name}")
        yield curve_of(name, what, timed(scenarios))


def rows_of(curve: Curve) -> Iterator[Row]:
    """Return the lines of the table that a curve gives."""
    if min(curve.x) > 0:
        yield Row(f"growth-{curve.id}", f"exponent over {curve.what}", "exponent", (exponent(curve.x, curve.seconds),))
        last = exponent(curve.x[-2:], curve.seconds[-2:])
        yield Row(f"growth-{curve.id}-last", "the same, between the last two points", "exponent", (last,))
    else:
        ratio = curve.seconds[-1] / curve.seconds[0]
        yield Row(f"growth-{curve.id}", f"with {curve.x[-1]:g} {curve.what}, over none", "ratio", (ratio,))


def curve_of(name: str, what: str, points: dict[float, Sequence[float]]) -> Curve:
    """Return a curve through the medians of all values at each point."""
    at = {x: Row("", "", "s", tuple(values)) for x, values in points.items()}
    return Curve(
        name,
        what,
        tuple(at),
        tuple(row.median for row in at.values()),
        tuple(min(row.values) for row in at.values()),
        tuple(max(row.values) for row in at.values()),
    )


def timed(scenarios: dict[float, Any]) -> dict[float, Sequence[float]]:
    """Run scenarios in turn, after each has run once."""
    for scenario in scenarios.values():
        seconds_of(scenario)
    measures = [lambda scenario=scenario: seconds_of(scenario) for scenario in scenarios.values()]
    return dict(zip(scenarios, in_turn(REPEATS, *measures), strict=True))


def over_residents() -> dict[float, Sequence[float]]:
    """Return seconds by number of residents; ten million run in processes of their own."""
    here = timed({float(n): year_of(n) for n in SIZES})
    return here | {float(TEN_MILLION): alone(TEN_MILLION, REPEATS_OF_TEN)[1]}


def over_years() -> dict[float, Any]:
    """Return scenarios by number of years."""
    from govsim.scenarios import load_scenario

    settings = ["horizon.warm_up_years=0", f"world.residents={RESIDENTS_OF_YEARS}"]
    return {float(years): load_scenario(LIANDU, [*settings, f"horizon.years={years}"]) for years in YEARS}


def over_communities() -> dict[float, Any]:
    """Return scenarios of the same residents by number of communities."""
    scenarios = [spread_over(RESIDENTS_OF_COMMUNITIES, times) for times in TIMES]
    return {float(len(scenario.institution.places.communities)): scenario for scenario in scenarios}


def over_reforms() -> dict[float, Any]:
    """Return scenarios by number of reforms in force from the first month on."""
    from govsim.scenarios import load_scenario

    with as_file(files("govsim.scenarios") / "demo") as folder:
        baseline = load_scenario(folder / "baseline.yaml", YEAR)
        reforms = [load_scenario(folder / name, YEAR).reforms[-1] for name in REFORMS]
    return {float(n): replace(baseline, reforms=tuple(reforms[:n])) for n in range(len(reforms) + 1)}
