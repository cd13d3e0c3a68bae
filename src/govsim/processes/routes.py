"""The route of each mandate this month: departments choose, the permit board hears, audits find some out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govsim.clock import DAYS_PER_MONTH
from govsim.kernels.routes import AD_HOC, DOWN, DROP, PERMIT
from govsim.processes.phase import phase
from govsim.randomness import Decision, draw
from govsim.tables.state import plain

if TYPE_CHECKING:
    from govsim.agents.department import Choice
    from govsim.processes.phase import Situation


@phase(
    every="month start",
    odd="7.16",
    reads=("offices", "charter"),
    writes=("routes", "offices.ad_hoc_tries", "offices.ad_hoc_caught", "origin_tallies"),
)
def choose_routes(situation: Situation) -> None:
    """Let every department decide what becomes of its mandates this month, and the board on what asks for a permit."""
    month = situation.day // DAYS_PER_MONTH
    chosen = [
        department.choose_routes(situation.key, month, brief)
        for department, brief in zip(situation.departments, situation.docket, strict=True)
    ]
    tallies = plain(situation.state.book.origins)
    _hear(situation, month, chosen, tallies)
    routes = situation.state.plan.routes
    # Streets decide nothing here: an inspection of theirs that may not be held is not held.
    routes[:, 0], routes[:, 1] = DOWN, DOWN
    routes[-1, 1] = DROP
    for line, choices in enumerate(chosen):
        for choice in choices:
            routes[choice.matter.row] = choice.free, choice.bound
        _audit(situation, month, line, choices, tallies[line])


def _hear(situation: Situation, month: int, chosen: list[list[Choice]], tallies: Any) -> None:
    """Let the board hear those who ask, and those refused choose again."""
    asking = [(line, choice) for line, choices in enumerate(chosen) for choice in choices if choice.bound == PERMIT]
    briefs = situation.docket
    admitted = situation.district.hear(
        situation.key, month, [(choice, briefs[line].strictness) for line, choice in asking]
    )
    for (line, choice), is_admitted in zip(asking, admitted, strict=True):
        tallies["asked"][line] += 1
        tallies["admitted" if is_admitted else "refused"][line] += 1
        if not is_admitted:
            situation.departments[line].choose_again(situation.key, month, choice, briefs[line])


def _audit(situation: Situation, month: int, line: int, choices: list[Choice], tally: Any) -> None:
    """Find out some of what is sent ad hoc; the department remembers."""
    brief, department = situation.docket[line], situation.departments[line]
    tally["unlisted"] += sum(not (choice.is_listed or choice.matter.is_inspection) for choice in choices)
    tried = [choice.matter for choice in choices if choice.bound == AD_HOC]
    if not tried:
        return
    caught = 0
    for matter in tried:
        share = brief.inspection_audit_share if matter.is_inspection else brief.mandate_audit_share
        caught += draw(situation.key, Decision.AUDITED, matter.entity, month) < share
    department.ad_hoc_tries += len(tried)
    department.ad_hoc_caught += caught
    tally["tries"] += len(tried)
    tally["caught"] += caught
