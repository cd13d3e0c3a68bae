"""The same thing, worker or resident followed in the baseline and under a reform: same replicate, same draws."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govsim.clock import DAYS_PER_MONTH
from govsim.experiments.courses import Course, parting
from govsim.experiments.following import MOST_DAYS, life_of
from govsim.experiments.picking import Wanted, things_of
from govsim.experiments.stories import story_of
from govsim.experiments.workers_followed import career_of, posts_held
from govsim.model import GovernanceModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govsim.experiments.lives import Life
    from govsim.experiments.stories import Story
    from govsim.experiments.workers_followed import Career
    from govsim.model import Scenario


@dataclass(frozen=True)
class Arms:
    """A baseline and a reform in one replicate.

    Attributes
    ----------
    baseline, reform
        Scenarios of the same world.
    seed, replicate
        As of a comparison.
    """

    baseline: Scenario
    reform: Scenario
    seed: int = 1
    replicate: int = 0

    @contextmanager
    def at(self, month: int) -> Iterator[tuple[GovernanceModel, GovernanceModel]]:
        """Run both arms to the first day of a month, once as long as they are the same; let them go in the end."""
        courses = [Course(self.baseline), Course(self.reform)]
        shared = min(parting(courses), month)
        models: list[GovernanceModel] = []
        try:
            before = GovernanceModel(self.baseline, self.seed, self.replicate, timetable=courses[0].timetable)
            models.append(before)
            before.run_for(DAYS_PER_MONTH * shared)
            if shared:
                models.append(before.branch(self.reform, courses[1].timetable))
            else:  # the first day is already drawn under what is in force then
                models.append(GovernanceModel(self.reform, self.seed, self.replicate, timetable=courses[1].timetable))
            for model in models:
                model.run_for(DAYS_PER_MONTH * month - model.day)
            yield models[0], models[1]
        finally:
            for model in models:
                model.release()


def follow_thing(
    arms: Arms, wanted: Wanted | str, month: int, number: int = 0, most_days: int = MOST_DAYS
) -> tuple[Life, Life] | None:
    """Return the life of a job or request in both arms; None if the baseline has none that is wanted.

    It is chosen in the baseline among what comes up in a month of the run: the one at place ``number`` in the order
    of a key. What takes time is running both arms up to the month, and the baseline for up to four months more to
    choose: in twenty thousand residents and the third year of a run, a few tenths of a second on one core.
    """
    with arms.at(month) as (before, after):
        ahead = before.branch(arms.baseline)
        try:
            things = things_of(ahead, wanted)
        finally:
            ahead.release()
        if not things:
            return None
        thing = things[number % len(things)]
        return life_of(before, thing, most_days), life_of(after, thing, most_days)


def follow_worker(arms: Arms, month: int, number: int = 0, n_months: int = 36) -> tuple[Career, Career] | None:
    """Return the months of a worker in both arms from a month of the run on; None if no post is filled.

    In the second arm the same post may be held by somebody else by then, and the career is empty.
    """
    with arms.at(month) as (before, after):
        held = posts_held(before)
        if not held:
            return None
        post = held[number % len(held)]
        holder = int(before.state.people.posts[post].holder)
        return career_of(before, post, holder, n_months), career_of(after, post, holder, n_months)


def follow_resident(arms: Arms, month: int, number: int = 0, n_months: int = 12) -> tuple[Story, Story] | None:
    """Return the story of a resident in both arms from a month of the run on, or None.

    Most residents meet no office in a year: chosen is one who brings a request in this month of the baseline.
    """
    with arms.at(month) as (before, after):
        ahead = before.branch(arms.baseline)
        try:
            things = things_of(ahead, Wanted.REQUEST)
        finally:
            ahead.release()
        if not things:
            return None
        row = things[number % len(things)].resident
        return story_of(before, row, n_months), story_of(after, row, n_months)
