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


def kernels(inline: bool) -> dict[str, Any]:
    """Return fresh, uncached kernels for both layouts: a monthly pass and scattered contacts."""

    def compiled(function: Any) -> Any:
        return numba.njit(_nrt=False, forceinline=inline)(function)

    @compiled
    def record_pass(table):
        for row in range(len(table)):
            resident = table[row]
            resident.satisfaction += (600_000_000 - resident.satisfaction) // 50
            resident.expectation += (600_000_000 - resident.expectation) // 90

    @compiled
    def column_pass(table):
        for row in range(len(table.group)):
            table.satisfaction[row] += (600_000_000 - table.satisfaction[row]) // 50
            table.expectation[row] += (600_000_000 - table.expectation[row]) // 90

    @compiled
    def record_contacts(table, n):
        row = 0
        for _ in range(n):
            row = (row + STEP) % len(table)
            resident = table[row]
            resident.satisfaction += (resident.expectation - resident.satisfaction) // 3
            resident.cases_met += resident.group == 1
            resident.last_act_month = resident.settlement % 12

    @compiled
    def column_contacts(table, n):
        row = 0
        for _ in range(n):
            row = (row + STEP) % len(table.group)
            table.satisfaction[row] += (table.expectation[row] - table.satisfaction[row]) // 3
            table.cases_met[row] += table.group[row] == 1
            table.last_act_month[row] = table.settlement[row] % 12

    return {
        "record pass": record_pass,
        "column pass": column_pass,
        "record contacts": record_contacts,
        "column contacts": column_contacts,
    }


def main() -> None:
    """Print medians in milliseconds and the compile times in seconds."""
    table = records(RESIDENT, N_ROWS)
    columns = Columns(*(np.zeros(N_ROWS, RESIDENT[name]) for name in Columns._fields))
    functions = kernels(inline=True)
    for name, function in functions.items():
        data = table if name.startswith("record") else columns
        arguments = (data, N_EVENTS) if name.endswith("contacts") else (data,)
        started = time.perf_counter()
        function(*arguments)
        compiling = time.perf_counter() - started
        seconds = []
        for _ in range(REPEATS):
            started = time.perf_counter()
            function(*arguments)
            seconds.append(time.perf_counter() - started)
        print(f"{name:18s} {statistics.median(seconds) * 1e3:8.2f} ms   compiled in {compiling:5.2f} s")


if __name__ == "__main__":
    main()
