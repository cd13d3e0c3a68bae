"""What comes up, from the order in which it was drawn into the order of days."""

from __future__ import annotations

from govsim.compilation import separate_kernel


@separate_kernel
def sort_by_day(listed, n, n_days, first, due):
    """Fill ``due`` with (row, k) in order of day, and ``first``, shape (n_days + 1,), with where each day begins."""
    first[:] = 0
    for i in range(n):
        first[listed[i].day + 1] += 1
    for day in range(n_days):
        first[day + 1] += first[day]
    for i in range(n):
        position = first[listed[i].day]
        due[position].row = listed[i].row
        due[position].k = listed[i].k
        first[listed[i].day] += 1
    for day in range(n_days, 0, -1):
        first[day] = first[day - 1]
    first[0] = 0
