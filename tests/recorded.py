"""Recordings of a tiny district without and with a reform, and the same with other books."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from govsim.experiments.arms import load_arms
from govsim.model import GovernanceModel
from tests.compared import named

PAIRS = 4


@cache
def recordings(name, pairs=PAIRS):
    """Return the recordings of a scenario, one a replicate."""
    (arm,) = load_arms([named(name)], [])
    found = []
    for replicate in range(pairs):
        model = GovernanceModel(arm.scenario, seed=1, replicate=replicate)
        model.run()
        found.append(model.recording)
    return tuple(found)


def two_arms(pairs=PAIRS):
    """Return the district as it was, and with better pay."""
    return recordings("baseline", pairs), recordings("rise", pairs)


def with_book(recording, table, column, value, months=slice(None)):
    """Return the recording with another value in a column of a book, in these months."""
    book = getattr(recording, table).copy()
    book[column][months] = value
    return replace(recording, **{table: book})
