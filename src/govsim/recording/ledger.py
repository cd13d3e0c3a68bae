"""The ledger (账目) of minutes by class of work, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govsim.clock import MINUTES_PER_HOUR
from govsim.institution.catalogue import WorkClass

if TYPE_CHECKING:
    from govsim.recording.recorder import Recording

ACCOUNTS = ("arrived", "booked", "waived", "dropped")


def ledger(recording: Recording) -> pd.DataFrame:
    """Return hours by account and class of work over the reported part of a run.

    Columns: ``arrived``, ``booked``, ``waived`` (perfunctory, 应付), ``dropped`` (expired or given up) and
    ``still_open``, the change of open work, so that each row adds up.
    """
    reported = recording.communities[recording.calendar.warm_up_months :]
    minutes: dict[str, Any] = {account: reported[f"{account}_minutes"].sum(axis=(0, 1)) for account in ACCOUNTS}
    table = pd.DataFrame(minutes, index=[each.name.lower() for each in WorkClass])
    table["still_open"] = table["arrived"] - table["booked"] - table["waived"] - table["dropped"]
    return table / MINUTES_PER_HOUR
