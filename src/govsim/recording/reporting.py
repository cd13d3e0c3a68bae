"""The layer of reports (上报口径): kept beside the books of a month, and read by nothing in the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govsim.kernels import reporting
from govsim.tables.layout import REPORT
from govsim.tables.state import records

if TYPE_CHECKING:
    from govsim.processes.phase import Situation


def report_month(month: int, situation: Situation) -> Any:
    """Return the reports of all communities about a month, one record each; ``docs/odd.md`` part 8."""
    state = situation.state
    reports = records(REPORT, len(state.people.communities))
    reporting.report_month(situation.key, month, situation.charter, state.people, state.book, reports)
    return reports
