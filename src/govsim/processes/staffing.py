"""Workers over months: pay and duties at the start of a month, leaving and hiring at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govsim.clock import DAYS_PER_MONTH
from govsim.kernels import staffing
from govsim.processes.phase import phase

if TYPE_CHECKING:
    from govsim.processes.phase import Situation


@phase(every="month start", odd="7.1", reads=("charter.posts",), writes=("posts.pay_fen",))
def set_pay(situation: Situation) -> None:
    """Give every post the pay of the institution in force."""
    staffing.set_pay(situation.charter, situation.state.people)


@phase(
    every="month start",
    odd="7.6",
    reads=("posts", "charter"),
    writes=(
        "posts.n_lines",
        "posts.was_filled",
        "posts.efficiency_permille",
        "communities.n_filled",
        "communities.backlog_minutes",
        "items",
        "trays",
    ),
)
def assign_duties(situation: Situation) -> None:
    """Assign lines, hand over the work of those who left, and set each worker's pace."""
    state = situation.state
    staffing.assign_duties(situation.day, situation.charter, state.people, state.work)


@phase(
    every="month end",
    odd="7.12",
    reads=("posts", "settlement_tallies", "charter"),
    writes=(
        "posts.is_filled",
        "posts.holder",
        "posts.since_day",
        "posts.skill_permille",
        "posts.susceptibility_permille",
        "posts.exhaustion",
        "posts.motivation",
        "posts.fairness",
        "posts.quit_hazard",
        "posts.vacancy_hazard",
        "streets",
        "communities.last_quits",
        "community_tallies",
    ),
)
def leave_and_hire(situation: Situation) -> None:
    """Let workers leave for better offers and fill vacant posts, both from the same snapshot."""
    month = situation.day // DAYS_PER_MONTH
    state = situation.state
    staffing.leave_and_hire(
        situation.key,
        month,
        situation.calendar.calendar_month(month),
        situation.charter,
        state.people,
        state.book,
    )
