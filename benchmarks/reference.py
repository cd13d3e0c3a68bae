"""The plain reference of the tests, a Mesa model of Python objects, beside the compiled one: same numbers, slowly."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from benchmarks.measuring import Row, at_least, at_most, in_turn, ratios, say
from benchmarks.worlds import LIANDU, YEAR, run_of

if TYPE_CHECKING:
    from collections.abc import Iterator

REPEATS = 3
SMALL_WORLD = "two_streets"
REPEATS_OF_SMALL = 5


def rows() -> Iterator[Row]:
    """Measure the street of Liandu and a world of 1,550 residents in both, and compare every number of both."""
    from govsim.scenarios import load_scenario
    from tests.equality.comparing import differences
    from tests.reference.worlds import small_scenario

    for name, what, scenario, repeats in (
        ("street", "the street of Liandu, 66,000 residents, one year", load_scenario(LIANDU, YEAR), REPEATS),
        ("small", "1,550 residents, two years", small_scenario(SMALL_WORLD), REPEATS_OF_SMALL),
    ):
        say(f"  plain objects and compiled in turn, {repeats} times: {what}")
        run_of(scenario).release()
        pair = Pair(scenario)
        plain, ours = in_turn(repeats, pair.run_plain, pair.run_compiled)
        target = at_least(200) if name == "street" else None
        yield Row(f"reference-{name}", f"plain objects over compiled, {what}", "ratio", ratios(plain, ours), target)
        yield Row(f"reference-{name}-plain", "the same, seconds of plain objects", "s", tuple(plain))
        differing = float(len(differences(pair.compiled, pair.plain)))
        yield Row(
            f"reference-{name}-equal",
            f"numbers of books and state that differ, {what}",
            "numbers",
            (differing,),
            at_most(0),
        )


class Pair:
    """The two models of one scenario; each keeps its last run."""

    def __init__(self, scenario: Any) -> None:
        self.scenario = scenario
        self.plain: Any = None
        self.compiled: Any = None

    def run_plain(self) -> float:
        """Build the reference and run it; return its model time, the building of its world left out as in ours."""
        from tests.reference.model import ReferenceModel

        self.plain = ReferenceModel(self.scenario, seed=1)
        started = time.perf_counter()
        self.plain.run()
        return time.perf_counter() - started

    def run_compiled(self) -> float:
        """Run the compiled model; return its model time."""
        self.compiled = run_of(self.scenario)
        return self.compiled.seconds_run
