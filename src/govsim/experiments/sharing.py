"""Runs of one replicate together: days on which the same is in force are run once, and copied where runs part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from govsim.clock import DAYS_PER_MONTH
from govsim.experiments.courses import parting
from govsim.experiments.tasks import RunTask, collected, failing_as
from govsim.model import GovernanceModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager

    from govsim.experiments.courses import Course
    from govsim.experiments.shelf import Shelf
    from govsim.experiments.tasks import RunResult

    Report = Callable[[int], None]
    Collect = Callable[[GovernanceModel], RunResult]

FIRST_DAY: Final = ""


@dataclass(frozen=True)
class Group:
    """Runs of one replicate that have days in common, or a single run.

    Attributes
    ----------
    numbers
        Of the runs among all that are to be made.
    courses
        One for each of them.
    seed, replicate
        Of all of them.
    """

    numbers: tuple[int, ...]
    courses: tuple[Course, ...]
    seed: int
    replicate: int

    def by_first_month(self) -> list[Group]:
        """Return the runs of the group in groups of those that have their first month in common."""
        if len(self.numbers) == 1:
            return [self]
        alike = _sorted_out((course.keys[1], place) for place, course in enumerate(self.courses))
        return [self._of(places) for places in alike.values()]

    def in_parts(self, n: int) -> list[Group]:
        """Return the runs of the group in ``n`` groups of about one size, or each alone."""
        size = -(-len(self.numbers) // n)
        places = range(len(self.numbers))
        return [self._of(places[first : first + size]) for first in places[::size]]

    def _of(self, places: Sequence[int]) -> Group:
        numbers = tuple(self.numbers[place] for place in places)
        return replace(self, numbers=numbers, courses=tuple(self.courses[place] for place in places))


def run_together(
    group: Group,
    report: Report | None = None,
    shelf: Shelf | None = None,
    collect: Collect = collected,
) -> list[RunResult]:
    """Return the results of the runs of a group, in its order, each as if it had been made alone.

    Parameters
    ----------
    report
        Called with the number of runs that have just ended.
    shelf
        What earlier calls left to begin from, and where this one leaves what later ones may begin from.
    collect
        What takes from a model at its horizon all that is kept of its run.

    Raises
    ------
    RunError
        If a run fails; a day in common is one of the first run that has it.
    """
    return _Together(group, report, shelf, collect).results()


class _Together:
    """The runs of a group on their way; a member is a position in the group."""

    def __init__(
        self,
        group: Group,
        report: Report | None,
        shelf: Shelf | None,
        collect: Collect,
    ) -> None:
        self.group = group
        self.courses = group.courses
        self.report = report
        self.shelf = shelf
        self.collect = collect
        self.found: dict[int, RunResult] = {}

    def results(self) -> list[RunResult]:
        """Run what is not known yet and return all results."""
        members = range(len(self.courses))
        unknown = [member for member in members if not self._is_known(member)]
        for start, alike in _sorted_out((self._start(member), member) for member in unknown).items():
            self._follow(self._model(alike[0], start), alike)
        return [self.found[member] for member in members]

    def _follow(self, model: GovernanceModel, members: list[int]) -> None:
        """Run on to the horizon; whoever parts from the first member goes on as a copy."""
        try:
            month = self._go_on(model, members)
            while month < self.courses[members[0]].n_months:
                parted = _sorted_out((self.courses[member].keys[month + 1], member) for member in members)
                members, *others = parted.values()
                # Copies run before the first member goes on, so that their memory is free when the next part from it.
                for alike in others:
                    self._follow(self._branch(model, alike[0]), alike)
                month = self._go_on(model, members)
            with self._failing_as(members[0]):
                self._note(members, self.collect(model))
        finally:
            model.release()

    def _go_on(self, model: GovernanceModel, members: list[int]) -> int:
        """Run until members part or the run ends, and return the month; keep what a later call may begin from."""
        courses = [self.courses[member] for member in members]
        month = parting(courses)
        turns = sorted({turn for course in courses for turn in course.turns if model.month < turn <= month})
        with self._failing_as(members[0]):
            for turn in turns if self.shelf is not None else ():
                model.run_for(DAYS_PER_MONTH * turn - model.day)
                self._keep(courses[0].keys[turn], model)
            model.run_for(DAYS_PER_MONTH * month - model.day)
        return month

    def _model(self, member: int, start: str) -> GovernanceModel:
        course, group = self.courses[member], self.group
        with self._failing_as(member):
            return GovernanceModel(
                course.scenario,
                group.seed,
                group.replicate,
                resume_from=self._kept(start),
                timetable=course.timetable,
            )

    def _branch(self, model: GovernanceModel, member: int) -> GovernanceModel:
        course = self.courses[member]
        with self._failing_as(member):
            return model.branch(course.scenario, course.timetable)

    def _failing_as(self, member: int) -> AbstractContextManager[None]:
        return failing_as(RunTask(self.courses[member].scenario, self.group.seed, self.group.replicate))

    def _note(self, members: list[int], result: RunResult) -> None:
        first, *others = members
        again = replace(result, days_simulated=0, seconds_build=0.0, seconds_run=0.0)
        self.found |= {first: result} | dict.fromkeys(others, again)
        if self.shelf is not None:
            self.shelf.keep(self._place(self.courses[first].keys[-1]), again, again.n_bytes)
        if self.report is not None:
            self.report(len(members))

    # ------------------------------------------------------------ the shelf
    def _is_known(self, member: int) -> bool:
        if self.shelf is None:
            return False
        result = self._kept(self.courses[member].keys[-1])
        if result is not None:
            self._note([member], result)
        return result is not None

    def _start(self, member: int) -> str:
        """Return the key of the latest month of which a state is kept that a member may begin from."""
        keys = self.courses[member].keys[1:-1] if self.shelf is not None else ()
        return next((key for key in reversed(keys) if self._kept(key) is not None), FIRST_DAY)

    def _kept(self, key: str) -> Any:
        return None if self.shelf is None else self.shelf.get(self._place(key))

    def _keep(self, key: str, model: GovernanceModel) -> None:
        if self.shelf is not None and self._place(key) not in self.shelf:
            snapshot = model.snapshot()
            self.shelf.keep(self._place(key), snapshot, snapshot.n_bytes)

    def _place(self, key: str) -> tuple[int, int, str]:
        return self.group.seed, self.group.replicate, key


def _sorted_out(members: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Return members by their keys, both in the order in which they come."""
    found: dict[str, list[int]] = {}
    for key, member in members:
        found.setdefault(key, []).append(member)
    return found
