"""The course of a scenario: all that decides its run up to each month, so that equal stretches are found."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from govsim.reforms.timetable import Timetable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govsim.institution.institution import Edit
    from govsim.model import Scenario


class Course:
    """A scenario with what is in force in each of its months, for all replicates.

    Attributes
    ----------
    scenario
        Everything but the seed.
    timetable
        What is in force when, compiled once for all runs.
    n_months
        Months of the run, warm-up included.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.timetable = Timetable(scenario.institution, scenario.reforms, scenario.calendar)
        self.n_months = scenario.calendar.n_months

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What decides a run up to the first day of each month, its seed and replicate apart, as a chain of hashes.

        Scenarios with equal keys of a month have run alike up to it. The first key stands for no state: the people
        and posts of the first day are already drawn under the institution of the first month.
        """
        calendar, institution = self.scenario.calendar, self.scenario.institution
        first = _hash(f"{calendar!r} {institution.fingerprint}")
        contents = (_content(self.timetable.edits(month)) for month in range(self.n_months))
        return tuple(accumulate(contents, lambda key, content: _hash(f"{key} {content}"), initial=first))

    @cached_property
    def turns(self) -> frozenset[int]:
        """Months, the first apart, in which a reform starts to hold or no longer does."""
        return frozenset(self.timetable.turns())

    def shared_months(self, other: Course) -> int:
        """Return for how many months from the first day the runs of two scenarios are the same, whatever the seed."""
        months = range(min(self.n_months, other.n_months) + 1)
        return bisect_right(months, False, key=lambda month: self.keys[month] != other.keys[month]) - 1


def parting(courses: Iterable[Course]) -> int:
    """Return for how many months from the first day the runs of all these scenarios are the same."""
    first, *others = courses
    return min((first.shared_months(other) for other in others), default=first.n_months)


def _content(edits: Iterable[Edit]) -> str:
    """Return what edits do, in the order in which they do it; the names of their reforms do nothing."""
    return repr([replace(edit, reform_id="") for edit in edits])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
