"""What a slider waits for: a comparison whose baseline and days before the reform are kept from the one before."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from benchmarks.measuring import Row, at_most, say
from benchmarks.worlds import LIANDU, LIANDU_RISE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim import Comparison, Prefixes

RESIDENTS = 100_000
SEEDS = 10
PROCESSES = 2
REPEATS = 5
SETTINGS = (f"world.residents={RESIDENTS}", "horizon.years=3", "horizon.warm_up_years=2")


def compared(strength: float, prefixes: Prefixes | None, seeds: int = SEEDS) -> Comparison:
    """Return the pay rise, of this strength, beside the baseline."""
    import govsim as gs

    settings = [*SETTINGS, f"reforms.pay-rise.strength={strength}"]
    return gs.compare(LIANDU, LIANDU_RISE, seeds=seeds, settings=settings, prefixes=prefixes)


def rows() -> Iterator[Row]:
    """Measure comparisons with a rise that was not seen before, from the call to the table."""
    import govsim as gs

    say(f"  a baseline of {RESIDENTS:,} residents and {SEEDS} seeds, then {REPEATS} arms in {PROCESSES} processes")
    with gs.Prefixes(n_jobs=PROCESSES) as prefixes:
        compared(1.0, prefixes)
        seconds = [_seconds(strength, prefixes) for strength in (0.9 - 0.1 * i for i in range(REPEATS))]
    what = "a new arm beside a kept baseline, 100,000 residents, 3 years, 10 seeds, two cores"
    yield Row("arm", what, "s", tuple(seconds), at_most(1))


def _seconds(strength: float, prefixes: Prefixes) -> float:
    started = time.perf_counter()
    compared(strength, prefixes)
    return time.perf_counter() - started
