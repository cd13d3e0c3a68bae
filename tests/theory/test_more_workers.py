"""M10: with the same work and one worker more, nothing is finished later."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from govsim.institution.catalogue import SizeRule
from govsim.model import GovernanceModel
from tests.theory.offices import DAY, District, Group, Kind

DAYS = 504


def closed_by_day(workers: int, replicate: int) -> np.ndarray:
    """Return how many requests each office has closed by the end of each day."""
    district = District(
        groups=(Group(5, workers, 60),),
        kinds=(
            Kind(DAY * 0.4, SizeRule.EXPONENTIAL, share=0.5),
            Kind(DAY * 2.6, SizeRule.LOGNORMAL, cv=1.5, share=0.5),
        ),
        needs_per_year=5.2,
        years=2,
    )
    model = GovernanceModel(district.scenario(), seed=10, replicate=replicate)
    closed = []
    for _ in range(DAYS):
        model.step()
        closed.append(model.state.people.communities["ended"].copy())
    model.release()
    return np.array(closed)


@pytest.mark.parametrize("replicate", range(3))
def test_one_worker_more_never_has_fewer_requests_closed(replicate):
    """First come, first served, by whoever is free: each request then begins no later (Kiefer and Wolfowitz 1955)."""
    closed = [closed_by_day(workers, replicate) for workers in (1, 2, 3, 4)]
    for fewer, more in itertools.pairwise(closed):
        assert (more >= fewer).all()
    # One worker cannot keep up, and two wait now and then, so the comparison has something to compare.
    assert (closed[1] > closed[0]).mean() > 0.5
    assert (closed[2] > closed[1]).any()
