"""The conservation laws of minutes, items, people and money, which every run must keep, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from govsim.clock import MONTHS_PER_YEAR
from govsim.errors import InvariantError
from govsim.kernels import money
from govsim.kernels.routes import CAME_DOWN
from govsim.recording.digest import Words, examine_residents
from govsim.recording.witness import examine_open_work
from govsim.tables.state import OpenBefore, plain

if TYPE_CHECKING:
    from govsim.recording.witness import OpenWork
    from govsim.tables.state import State


def check_month(month: int, state: State) -> Words:
    """Raise ``InvariantError`` when a conservation law fails at the end of a month (I1, I3-I5, I7, I8, I11).

    Returns the words of residents and open work for the digest, which the same walks through them give.
    """
    seen, open_work = examine_open_work(month, state)
    _check_work(month, state, seen)
    _check_money(month, state)
    _check_origins(month, state, seen)
    _check_offices(month, state)
    residents = _check_people(month, state)
    state.open_before = OpenBefore(
        seen.minutes,
        plain(state.people.communities)["n_open"].copy(),
        seen.ages,
        seen.by_origin,
        plain(state.work.offices)["own_due_minutes"].copy(),
    )
    return Words(residents, open_work)


def _check_work(month: int, state: State, seen: OpenWork) -> None:
    """Check that minutes and items that came up are done, waived, dropped or open, and Little's law with them."""
    communities, tally, before = plain(state.people.communities), plain(state.book.communities), state.open_before
    flows = tally["arrived_minutes"] - tally["booked_minutes"] - tally["waived_minutes"] - tally["dropped_minutes"]
    _require(
        np.array_equal(before.minutes + flows, seen.minutes),
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
        np.array_equal(before.ages + tally["open_item_days"], tally["sojourn_days"] + seen.ages),
        month,
        "days open of all items = their sojourns and ages",
    )
    in_trays = communities["backlog_minutes"] + communities["blocked_minutes"]
    _require(
        np.array_equal(in_trays, seen.minutes.sum(axis=1)),
        month,
        "minutes in trays and elsewhere = minutes open",
    )


def _check_money(month: int, state: State) -> None:
    book, tally = state.book, plain(state.book.communities)
    paid = tally["cost_district_fen"] + tally["cost_own_fen"]
    received = tally["workers_received_fen"] + tally["insurance_received_fen"] + tally["suppliers_received_fen"]
    _require(np.array_equal(paid, received), month, "fen paid = fen received")
    _require(
        np.array_equal(book.money, _money_by_tallies(month, state)), month, "fen by payer and payee = costs, income"
    )


def _money_by_tallies(month: int, state: State) -> Any:
    """Return what every payer paid every payee in a month, from the books of communities, offices and senders."""
    book, tally = state.book, plain(state.book.communities)
    income, j = plain(state.people.communities)["own_income_fen_per_year"], month % MONTHS_PER_YEAR
    fen = np.zeros_like(book.money)
    fen[money.DISTRICT, money.WORKERS] = (tally["workers_received_fen"] - tally["cost_own_fen"]).sum()
    fen[money.DISTRICT, money.INSURANCES] = tally["insurance_received_fen"].sum()
    fen[money.DISTRICT, money.SUPPLIERS] = tally["suppliers_received_fen"].sum()
    fen[money.DISTRICT, money.STAFF] = plain(book.offices)["cost_fen"].sum()
    fen[money.OWN_FUNDS, money.WORKERS] = tally["cost_own_fen"].sum()
    fen[money.BUDGETS, money.PROVIDERS] = plain(book.origins)["bought_fen"].sum()
    fen[money.OUTSIDE, money.COLLECTIVES] = (income * (j + 1) // MONTHS_PER_YEAR - income * j // MONTHS_PER_YEAR).sum()
    return fen


def _check_offices(month: int, state: State) -> None:
    """Check that own work of offices is waived, worked or still due, and that everybody who asked was answered."""
    tally, due = plain(state.book.offices), plain(state.work.offices)["own_due_minutes"]
    offered = tally["own_minutes"] + tally["passing_minutes"] + tally["taken_minutes"]
    still_due = state.open_before.own_due_minutes + offered - tally["waived_minutes"] - tally["own_worked_minutes"]
    _require(np.array_equal(still_due, due), month, "own minutes of offices = waived + worked + due")
    senders = plain(state.book.origins)
    answered = senders["admitted"] + senders["refused"]
    _require(np.array_equal(senders["asked"], answered), month, "permits asked for = admitted + refused")


def _check_origins(month: int, state: State, seen: OpenWork) -> None:
    """Check that the minutes of each sender's jobs are somewhere: in communities, with it, bought or let be."""
    tally = plain(state.book.origins)
    came = tally["issued_minutes"][:, :CAME_DOWN].sum(axis=1) + tally["rework_minutes"]
    flows = came - tally["booked_minutes"] - tally["waived_minutes"] - tally["dropped_minutes"]
    law = "minutes of each sender's jobs = booked + waived + dropped + open"
    _require(np.array_equal(state.open_before.origin_minutes + flows, seen.by_origin), month, law)
    taken = plain(state.book.offices)["taken_minutes"][state.work.layout.n_streets :]
    _require(
        np.array_equal(taken, tally["taken_minutes"][:-1]), month, "minutes departments took back = minutes they owe"
    )
    _require(np.array_equal(seen.returned, state.work.returned), month, "lines held up = returned jobs not settled")
    trays = plain(state.work.offices)["tray_minutes"]
    _require(np.array_equal(seen.in_trays, trays), month, "minutes of cases in trays of offices")


def _check_people(month: int, state: State) -> int:
    posts, tally = plain(state.people.posts), plain(state.book.communities)
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
    word, in_range = examine_residents(state.people.residents)
    _require(in_range, month, "satisfaction and expectation lie between 0 and 1")
    return word


def _require(holds: bool, month: int, law: str) -> None:
    if not holds:
        message = f"month {month}: the law '{law}' does not hold; the run is invalid, please report it"
        raise InvariantError(message)
