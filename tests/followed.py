"""Things, workers and residents followed in a small world, without and with a permit and fewer inspections."""

from __future__ import annotations

from functools import cache

from govsim.experiments.followed import Arms, follow_resident, follow_thing, follow_worker
from tests.reference.worlds import small_scenario, with_inspection_cut, with_permit

MONTH = 14


@cache
def baseline():
    return small_scenario("two_streets")


@cache
def arms():
    return Arms(baseline(), with_inspection_cut(with_permit(baseline())), seed=3, replicate=1)


@cache
def lives(wanted, number=0):
    return follow_thing(arms(), wanted, MONTH, number)


@cache
def kept_above():
    """Return the lives of a job that no longer comes down under the reform."""
    return next(found for found in (lives("job", number) for number in range(60)) if not found[1].came)


@cache
def careers():
    """Return the months of a worker who leaves before the end in the baseline."""
    found = (follow_worker(arms(), 0, number, 24) for number in range(7))
    return next(each for each in found if each[0].months[-1].has_left)


@cache
def stories():
    return follow_resident(arms(), MONTH)
