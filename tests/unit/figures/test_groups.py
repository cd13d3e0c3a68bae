"""Every outcome concerns somebody."""

from __future__ import annotations

import pytest

from govsim.figures.groups import Concern, by_concern, concern_of
from govsim.recording.outcomes import OUTCOMES


def test_every_outcome_is_shown_once():
    found = [name for names in by_concern(OUTCOMES).values() for name in names]
    assert sorted(found) == sorted(OUTCOMES)


@pytest.mark.parametrize(
    ("name", "concern"),
    [
        ("workload_hours", Concern.BURDEN),
        ("street_load", Concern.BURDEN),
        ("turnover_per_year", Concern.WORKERS),
        ("satisfaction", Concern.RESIDENTS),
        ("take_up_share", Concern.RESIDENTS),
        ("cost_per_resident_year", Concern.MONEY),
        ("utilisation", Concern.NEUTRAL),
    ],
)
def test_an_outcome_stands_with_those_whom_it_concerns(name, concern):
    assert concern_of(name) is concern


@pytest.mark.parametrize("name", OUTCOMES)
def test_no_outcome_stands_under_better_and_worse_of_which_neither_direction_is_better(name):
    assert (concern_of(name) is Concern.NEUTRAL) == (OUTCOMES[name].better == "none")
