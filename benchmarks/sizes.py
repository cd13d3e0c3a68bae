"""What a year of one and of ten million residents takes: time and memory."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from benchmarks.measuring import Row, at_most, say
from benchmarks.worlds import child, seconds_of, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MILLION = 1_000_000
TEN_MILLION = 10_000_000
REPEATS = 7
REPEATS_OF_TEN = 3
DAYS = 252
GIGABYTE = 1e9

ONE_YEAR = """
import sys
from benchmarks.worlds import peak_bytes, run_of, year_of
run_of(year_of(6000)).release()
before = peak_bytes()
model = run_of(year_of(int(sys.argv[1])))
print(model.seconds_build, model.seconds_run, peak_bytes(), peak_bytes() - before)
"""


@cache
def alone(residents: int, repeats: int) -> tuple[list[float], ...]:
    """Run a year in processes of its own, after a small one.

    Returns seconds to build and to run, most bytes of the process, and those beyond the small year.
    """
    runs = [child(ONE_YEAR, str(residents)) for _ in range(repeats)]
    return tuple(list(values) for values in zip(*runs, strict=True))


def warm(residents: int, repeats: int) -> list[float]:
    """Run a year several times in this process, which has run it before; return model seconds."""
    scenario = year_of(residents)
    seconds_of(scenario)
    return [seconds_of(scenario) for _ in range(repeats)]


def rows() -> Iterator[Row]:
    """Measure time and memory of one and ten million residents."""
    from govsim.tables.layout import RESIDENT

    say(f"  {MILLION:,} residents, {REPEATS} runs")
    seconds = tuple(warm(MILLION, REPEATS))
    yield Row("million", "a million residents, one year, warm", "s", seconds, at_most(0.3))
    each = tuple(value / MILLION / DAYS * 1e9 for value in seconds)
    yield Row("resident-day", "the same, for a resident and a day", "ns", each, at_most(1.2))
    say(f"  {TEN_MILLION:,} residents, {REPEATS_OF_TEN} processes")
    build, run, peak, beyond = alone(TEN_MILLION, REPEATS_OF_TEN)
    yield Row("ten-million", "ten million residents, one year", "s", tuple(run), at_most(4))
    yield Row("ten-million-build", "the same, to build the world", "s", tuple(build))
    gigabytes = tuple(each / GIGABYTE for each in peak)
    yield Row("ten-million-memory", "the same, most memory of the whole process", "GB", gigabytes, at_most(1))
    bytes_each = tuple(each / TEN_MILLION for each in beyond)
    yield Row("bytes-peak", "the same, memory beyond a small run, for a resident", "bytes", bytes_each)
    yield Row("bytes-columns", "columns of a resident", "bytes", (RESIDENT.itemsize,), at_most(32))
