"""The route of each mandate this month: departments choose, the permit board hears, audits find some out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govsim.clock import DAYS_PER_MONTH
from govsim.kernels import choosing
from govsim.processes.phase import phase
from govsim.tables.state import records

if TYPE_CHECKING:
    from govsim.processes.phase import Situation


@phase(
    every="month start",
    odd="7.16",
    reads=("offices", "charter"),
    writes=("routes", "offices.ad_hoc_tries", "offices.ad_hoc_caught", "origin_tallies"),
)
def choose_routes(situation: Situation) -> None:
    """Let every department decide what becomes of its mandates this month, and the board on what asks for a permit."""
    state, docket = situation.state, situation.docket
    choosing.choose_routes(
        situation.key,
        situation.day // DAYS_PER_MONTH,
        situation.charter.settings,
        docket.matters,
        docket.terms,
        state.work,
        records(choosing.CHOICE, len(docket.matters)),
        np.zeros(len(docket.terms)),
        state.book.origins,
        state.plan.routes,
    )
