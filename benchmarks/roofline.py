"""The floor under a run: a bare loop of its draws and rows beside it, and what one draw and one row cost."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.bare_loop import bare_draws, bare_run, rates_for, rows_for, visit
from benchmarks.counting import draws_of, work_of
from benchmarks.measuring import Row, at_most, in_turn, ratios, say
from benchmarks.worlds import run_of, seconds_of, year_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MILLION = 1_000_000
REPEATS = 5
VISITS = 2_000_000
FAR = 736_877


def rows() -> Iterator[Row]:
    """Measure the model and its bare loop in turn, then the loop's parts alone."""
    from govsim.randomness import run_key

    say(f"  the model and a bare loop of its draws and rows in turn, {REPEATS} times")
    scenario, key = year_of(MILLION), run_key(1, 0)
    model = run_of(scenario)
    work = work_of(model)
    model.release()
    tables, rates = rows_for(work), rates_for(work)
    drawn = int(bare_run(key, tables, rates))  # compiles it, too
    ours, bare = in_turn(REPEATS, partial(seconds_of, scenario), partial(_timed, bare_run, key, tables, rates))
    yield Row("roofline", "a million residents, one year, over a bare loop", "ratio", ratios(ours, bare), at_most(5))
    yield Row("roofline-bare", "the bare loop", "s", tuple(bare))
    needed = sum(draws_of(work).values())
    yield Row("roofline-draws", "keyed draws of that year", "draws", (round(needed),))
    yield Row("roofline-covered", "draws of the bare loop over these", "ratio", (drawn / needed,))
    yield from pieces(key, round(needed))


def pieces(key: Any, n_draws: int) -> Iterator[Row]:
    """Measure one keyed draw, one resident visited far from the last, and one passed in order."""
    from govsim.tables.layout import RESIDENT

    bare_draws(key, 10)
    draws = tuple(_timed(bare_draws, key, n_draws) / n_draws * 1e9 for _ in range(REPEATS))
    yield Row("draw", "one keyed draw", "ns", draws)
    for n, many in ((MILLION, "a million"), (10 * MILLION, "ten million")):
        residents = np.zeros(n, RESIDENT).view(np.recarray)
        visit(residents, n, 1)  # the system hands out a page when it is touched first
        for name, step, how in (("far", FAR, "far from the last"), ("next", 1, "in order")):
            seconds = tuple(_timed(visit, residents, VISITS, step) / VISITS * 1e9 for _ in range(REPEATS))
            yield Row(f"visit-{name}-{n}", f"one resident of {many} moved, {how}", "ns", seconds)


def _timed(function: Callable[..., Any], *arguments: Any) -> float:
    started = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - started
