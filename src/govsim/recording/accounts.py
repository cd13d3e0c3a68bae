"""Where the minutes of all jobs went: one account for each, exact, by sender and by who holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from govsim.clock import MINUTES_PER_HOUR
from govsim.institution.catalogue import WorkClass
from govsim.kernels.routes import AD_HOC, BUY, DECLINED, DO, DOWN, DROP, PERMIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govsim.recording.recorder import Recording
    from govsim.recording.window import Window

FEN_PER_YUAN: Final = 100
PAYERS: Final = ("district", "own_funds", "department_budgets", "outside")
PAYEES: Final = ("workers", "insurances", "suppliers", "office_staff", "providers", "own_funds")


def minutes_by_account(w: Window) -> dict[str, int]:
    """Return the minutes of jobs by what became of them, and the minutes that others than communities spent.

    Seven accounts add up to ``issued``: what was sent down as it may be (``sent_down``), ad hoc, declined by
    communities, taken on by departments, of which ``taken`` is what it costs them and ``saved`` the rest, bought, and
    let be. ``waived`` and ``expired`` are what of all that came down was never given.
    """
    issued = w.origins("issued_minutes")
    taken = w.origins("taken_minutes")
    return {
        "issued": int(issued.sum()),
        "sent_down": int(issued[DOWN] + issued[PERMIT]),
        "ad_hoc": int(issued[AD_HOC]),
        "declined": int(issued[DECLINED]),
        "taken": int(taken),
        "saved": int(issued[DO] - taken),
        "bought": int(issued[BUY]),
        "let_be": int(issued[DROP]),
        "waived": int(w.origins("waived_minutes")),
        "expired": int(w.origins("dropped_minutes")),
        "rework": int(w.origins("rework_minutes")),
        "requests_waived": int(w.office("waived_minutes")[WorkClass.SERVICE]),
        "requests_given_up": int(w.office("dropped_minutes")[WorkClass.SERVICE]),
        "streets": int(w.streets("own_worked_minutes") + w.streets("case_worked_minutes")),
        "department_cases": int(w.departments("case_worked_minutes")),
        "overtime": int(w.office("overtime_minutes")),
        "residents": int(w.people("resident_minutes")),
        "volunteers": int(w.people("labour_minutes")),
    }


def by_origin(w: Window, senders: Sequence[str]) -> pd.DataFrame:
    """Return hours of jobs by sender (rows) and by what became of them and who held them (columns).

    ``sent_down`` and ``ad_hoc`` came down, with ``rework`` for what was returned; of that communities booked, waived
    and let expire; ``still_open`` is the change of what is open, so that each row adds up. ``declined``, ``taken``,
    ``saved``, ``bought`` and ``let_be`` never came down.
    """
    rows = w.recording.origins[w.first : w.last]
    issued = rows["issued_minutes"].sum(axis=0)
    sums = {name: rows[name].sum(axis=0) for name in ("rework_minutes", "booked_minutes", "waived_minutes")}
    taken, expired = rows["taken_minutes"].sum(axis=0), rows["dropped_minutes"].sum(axis=0)
    table = {
        "sent_down": issued[:, DOWN] + issued[:, PERMIT],
        "ad_hoc": issued[:, AD_HOC],
        "rework": sums["rework_minutes"],
        "booked": sums["booked_minutes"],
        "waived": sums["waived_minutes"],
        "expired": expired,
        "declined": issued[:, DECLINED],
        "taken": taken,
        "saved": issued[:, DO] - taken,
        "bought": issued[:, BUY],
        "let_be": issued[:, DROP],
    }
    came, gone = ("sent_down", "ad_hoc", "rework"), ("booked", "waived", "expired")
    table["still_open"] = sum(table[name] for name in came) - sum(table[name] for name in gone)
    return pd.DataFrame(table, index=pd.Index(list(senders), name="sender")) / MINUTES_PER_HOUR


def permits(w: Window, senders: Sequence[str]) -> pd.DataFrame:
    """Return what the permit board and audits did, by sender: a mean of what is not listed, and sums."""
    rows = w.recording.origins[w.first : w.last]
    table = {name: rows[name].sum(axis=0) for name in ("asked", "admitted", "refused", "tries", "caught")}
    unlisted = rows["unlisted"].mean(axis=0)
    return pd.DataFrame({"unlisted": unlisted, **table}, index=pd.Index(list(senders), name="sender"))


def by_holder(w: Window) -> pd.Series[float]:
    """Return the hours that each kind of office, and residents, spent."""
    communities = w.office("booked_minutes").sum()
    streets = w.streets("own_worked_minutes") + w.streets("case_worked_minutes")
    departments = w.departments("own_worked_minutes") + w.departments("case_worked_minutes")
    minutes = {
        "communities": communities,
        "streets": streets,
        "departments": departments,
        "providers": w.origins("issued_minutes")[BUY],
        "residents": w.people("resident_minutes"),
        "volunteers": w.people("labour_minutes"),
    }
    return pd.Series({name: float(value) / MINUTES_PER_HOUR for name, value in minutes.items()}, name="hours")


def money(recording: Recording) -> pd.DataFrame:
    """Return yuan from payers (rows) to payees (columns) over the reported part of a run."""
    fen: Any = recording.money[recording.calendar.warm_up_months :].sum(axis=0)
    return pd.DataFrame(
        fen / FEN_PER_YUAN, index=pd.Index(PAYERS, name="payer"), columns=pd.Index(PAYEES, name="payee")
    )
