"""The ledger of minutes, items, people and money, and the conservation laws that every run must keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govsim.clock import DAYS_PER_MONTH, MINUTES_PER_HOUR
from govsim.errors import InvariantError
from govsim.institution.catalogue import WorkClass
from govsim.kernels.folding import levels_in_range, open_minutes
from govsim.tables.layout import N_CLASSES

if TYPE_CHECKING:
    from govsim.recording.recorder import Recording
    from govsim.tables.state import State

ACCOUNTS = ("arrived", "booked", "waived", "dropped")


def check_month(month: int, state: State) -> None:
    """Raise ``InvariantError`` when a conservation law fails at the end of a month (I1, I3-I5, I7, I8, I11)."""
    communities, tally = state.people.communities, state.book.communities
    n = len(communities)
    remaining, ages = np.zeros((n, N_CLASSES), np.int64), np.zeros(n, np.int64)
    next_day = DAYS_PER_MONTH * (month + 1)
    open_minutes(state.work, state.class_of_matter, remaining, ages, next_day)
    flows = tally["arrived_minutes"] - tally["booked_minutes"] - tally["waived_minutes"] - tally["dropped_minutes"]
    before = state.open_before
    _require(
        np.array_equal(before.minutes + flows, remaining),
        month,
        "minutes arrived = booked + waived + dropped + open",
    )
    ended = tally["done"].sum(axis=1) + tally["dropped"].sum(axis=1)
    _require(
        np.array_equal(communities["opened"] - communities["ended"], communities["n_open"]),
        month,
        "items opened = ended + open",
    )
    _require(
        np.array_equal(before.items + tally["created"].sum(axis=1) - ended, communities["n_open"]),
        month,
        "items created = done + dropped + open",
    )
    # Little's law on the sample path: days that items were open are the ages they reached.
    _require(
        np.array_equal(before.ages + tally["open_item_days"], tally["sojourn_days"] + ages),
        month,
        "days open of all items = their sojourns and ages",
    )
    paid = tally["cost_district_fen"] + tally["cost_own_fen"]
    received = tally["workers_received_fen"] + tally["insurance_received_fen"] + tally["suppliers_received_fen"]
    _require(np.array_equal(paid, received), month, "fen paid = fen received")
    in_trays = communities["backlog_minutes"] + communities["blocked_minutes"]
    _require(
        np.array_equal(in_trays, remaining.sum(axis=1)),
        month,
        "minutes in trays and elsewhere = minutes open",
    )
    _check_people(month, state)
    before.minutes, before.items, before.ages = remaining, communities["n_open"].copy(), ages


def _check_people(month: int, state: State) -> None:
    posts, tally = state.people.posts, state.book.communities
    community = posts["community"]
    filled_after = np.bincount(community, posts["is_filled"], len(tally)).astype(np.int64)
    filled_before = np.bincount(community, posts["was_filled"], len(tally)).astype(np.int64)
    _require(
        np.array_equal(filled_before, tally["filled_posts"]),
        month,
        "filled posts are the same all month",
    )
    change = tally["hires"] - tally["quits"]
    _require(
        np.array_equal(tally["filled_posts"] + change, filled_after),
        month,
        "filled posts = before + hired - quit",
    )
    in_range = levels_in_range(state.people.residents)
    _require(bool(in_range), month, "satisfaction and expectation lie between 0 and 1")


def _require(holds: bool, month: int, law: str) -> None:
    if not holds:
        message = f"month {month}: the law '{law}' does not hold; the run is invalid, please report it"
        raise InvariantError(message)


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
