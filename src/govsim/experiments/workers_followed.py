"""The months of one worker, in hours, exhaustion and pay, until the post is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_WEEK, DAYS_PER_YEAR, MINUTES_PER_HOUR, WORKING_DAY_MINUTES
from govsim.experiments.evenings import office_of
from govsim.experiments.lives import Layer
from govsim.kernels.service import used_minutes
from govsim.randomness import text_entity

if TYPE_CHECKING:
    from govsim.clock import Calendar
    from govsim.experiments.lives import Office
    from govsim.model import GovernanceModel

_FEN: Final = 100.0
_BILLION: Final = 1e9


@dataclass(frozen=True)
class WorkerMonth:
    """A month of a worker.

    Attributes
    ----------
    month
        Of the run, counted from 0.
    hours
        Clock hours worked, rest-day shifts included.
    overtime_hours
        Of these, above eight a day, and rest-day shifts whole.
    exhaustion
        At the end of the month, 0 to 1.
    pay_yuan
        Before insurances.
    has_left
        Whether the worker left at the end of the month.
    """

    month: int
    hours: float
    overtime_hours: float
    exhaustion: float
    pay_yuan: float
    has_left: bool


@dataclass(frozen=True)
class Career:
    """A worker month by month.

    Attributes
    ----------
    post, holder
        Row of the post, and the ordinal of who holds it (decision 0008): together the same person in every arm.
    number
        Of the post in its community.
    since_day
        Working day on which the worker came; below 0 before the run began.
    months
        Until the worker left, the run ended or nobody looked any more; empty if somebody else holds the post.
    """

    post: int
    holder: int
    number: int
    community: Office
    since_day: int
    calendar: Calendar
    months: tuple[WorkerMonth, ...]

    @property
    def tenure_years(self) -> float:
        """Years in post at the end of the last month."""
        end = DAYS_PER_MONTH * (self.months[-1].month + 1) if self.months else 0
        return (end - self.since_day) / DAYS_PER_YEAR


def posts_held(model: GovernanceModel) -> list[int]:
    """Return the rows of filled posts in the order of a key, which depends on who holds them alone."""
    posts = model.state.people.posts.view(np.ndarray)
    held = np.flatnonzero(posts["is_filled"] == 1).tolist()
    return sorted(held, key=lambda row: text_entity(f"follow:{posts['entity'][row] + posts['holder'][row]}"))


def career_of(model: GovernanceModel, post: int, holder: int, n_months: int) -> Career:
    """Run a model on for so many months, or until a worker leaves, and return the months of the worker.

    The model stands at the first day of a month; it is run a day at a time and only looked at.
    """
    row = model.state.people.posts[post]
    is_here = row.is_filled == 1 and row.holder == holder
    community = office_of(model, Layer.COMMUNITY, int(row.community))
    number, since = int(row.number), int(row.since_day)
    months: list[WorkerMonth] = []
    while is_here and len(months) < n_months and model.day < model.scenario.calendar.n_days:
        months.append(_month_of(model, post, holder))
        is_here = not months[-1].has_left
    return Career(post, holder, number, community, since, model.scenario.calendar, tuple(months))


def _month_of(model: GovernanceModel, post: int, holder: int) -> WorkerMonth:
    month, minutes, overtime = model.month, 0, 0
    for _ in range(DAYS_PER_MONTH):
        model.run_for(1)
        worked, over = minutes_of_day(model, post)
        minutes, overtime = minutes + worked, overtime + over
    recording, row = model.recording, model.state.people.posts[post]
    return WorkerMonth(
        month=month,
        hours=minutes / MINUTES_PER_HOUR,
        overtime_hours=overtime / MINUTES_PER_HOUR,
        exhaustion=int(row.exhaustion) / _BILLION,
        pay_yuan=int(recording.pay_fen[month, post]) / _FEN,
        has_left=int(recording.holders[month, post]) != holder,
    )


def minutes_of_day(model: GovernanceModel, post: int) -> tuple[int, int]:
    """Return clock minutes and overtime of a post on the day that was run last.

    After a rest-day shift its clock is what the post remembers; the minutes of the day before it are the others.
    """
    row = model.state.people.posts[post]
    worked = int(row.worked_minutes)
    is_week_end = (model.day - 1) % DAYS_PER_WEEK == DAYS_PER_WEEK - 1
    rest = int(used_minutes(row)) if is_week_end and row.clock_minutes > 0 else 0
    return worked, max(0, worked - rest - WORKING_DAY_MINUTES) + rest
