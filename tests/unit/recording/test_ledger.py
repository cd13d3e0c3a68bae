"""The ledger of hours adds up and shows what is still open."""

from __future__ import annotations

import numpy as np
import pytest

from govsim.recording.ledger import ledger
from tests.properties.runs import run
from tests.reference.worlds import small_scenario


@pytest.fixture(scope="module")
def model():
    return run(small_scenario("overload", warm_up_years=0))


def test_each_row_of_the_ledger_adds_up(model):
    table = ledger(model.recording)
    assert list(table.columns) == ["arrived", "booked", "waived", "dropped", "still_open"]
    assert len(table) == 6
    assert np.allclose(table["arrived"], table[["booked", "waived", "dropped", "still_open"]].sum(axis=1))


def test_what_is_still_open_is_what_lies_in_trays_and_elsewhere(model):
    places = model.state.people.communities
    lying = (places["backlog_minutes"].sum() + places["blocked_minutes"].sum()) / 60
    assert ledger(model.recording)["still_open"].sum() == pytest.approx(lying)


def test_the_warm_up_is_left_out():
    with_warm_up = run(small_scenario("overload"))
    first_year = with_warm_up.recording.communities["arrived_minutes"][:12].sum() / 60
    everything = with_warm_up.recording.communities["arrived_minutes"].sum() / 60
    assert ledger(with_warm_up.recording)["arrived"].sum() == pytest.approx(everything - first_year)
