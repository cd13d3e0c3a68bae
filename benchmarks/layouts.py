"""Records against columns: the same updates on the same numbers in both layouts, and what each takes to compile."""

from __future__ import annotations

import statistics
import time
from typing import Any, NamedTuple

import numba
import numpy as np

from govsim.tables.layout import RESIDENT
from govsim.tables.state import records

N_ROWS = 1_000_000
N_EVENTS = 400_000
REPEATS = 7
STEP = 7_368_787


class Columns(NamedTuple):
    """The fields of a resident as arrays of their own."""

    satisfaction: Any
    expectation: Any
    settlement: Any
    cases_met: Any
    cases_unmet: Any
    last_act_month: Any
    group: Any


def record_pass(table):
    """Move every resident a little, in records."""
    for row in range(len(table)):
        resident = table[row]
        resident.satisfaction += (600_000_000 - resident.satisfaction) // 50
        resident.expectation += (600_000_000 - resident.expectation) // 90


def column_pass(table):
    """Move every resident a little, in columns."""
    for row in range(len(table.group)):
        table.satisfaction[row] += (600_000_000 - table.satisfaction[row]) // 50
        table.expectation[row] += (600_000_000 - table.expectation[row]) // 90


def record_contacts(table):
    """Meet residents who lie far apart, in records."""
    row = 0
    for _ in range(N_EVENTS):
        row = (row + STEP) % len(table)
        resident = table[row]
        resident.satisfaction += (resident.expectation - resident.satisfaction) // 3
        resident.cases_met += resident.group == 1
        resident.last_act_month = resident.settlement % 12


def column_contacts(table):
    """Meet residents who lie far apart, in columns."""
    row = 0
    for _ in range(N_EVENTS):
        row = (row + STEP) % len(table.group)
        table.satisfaction[row] += (table.expectation[row] - table.satisfaction[row]) // 3
        table.cases_met[row] += table.group[row] == 1
        table.last_act_month[row] = table.settlement[row] % 12


def main() -> None:
    """Print medians in milliseconds and the compile times in seconds."""
    table = records(RESIDENT, N_ROWS)
    columns = Columns(*(np.zeros(N_ROWS, RESIDENT[name]) for name in Columns._fields))
    for function in (record_pass, column_pass, record_contacts, column_contacts):
        compiled = numba.njit(_nrt=False)(function)
        data = table if function.__name__.startswith("record") else columns
        started = time.perf_counter()
        compiled(data)
        compiling = time.perf_counter() - started
        seconds = []
        for _ in range(REPEATS):
            started = time.perf_counter()
            compiled(data)
            seconds.append(time.perf_counter() - started)
        print(f"{function.__name__:18s} {statistics.median(seconds) * 1e3:8.2f} ms   compiled in {compiling:5.2f} s")


if __name__ == "__main__":
    main()
