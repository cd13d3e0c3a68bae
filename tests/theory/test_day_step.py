"""O10: the engine against the exact Markov chain of its own working day, where no limit is taken."""

from __future__ import annotations

import pytest

from tests.oracles import day_of_fixed_sizes, day_of_whole_items
from tests.theory.agreement import Agreement, agreement, all_agree, all_differ
from tests.theory.offices import DAY, DAYS_A_YEAR, District, Group, Kind, Observed, observe

NEEDS_A_RESIDENT = 4.0  # about so many a year, so that the cut at 40 is out of reach
FEW = pytest.param(24, 0.02, id="coarse")
MANY = pytest.param(320, 0.0075, id="fine", marks=pytest.mark.nightly)


def district(offices: int, workers: tuple[int, ...], minutes: float, arrivals_a_worker: float) -> District:
    """Return offices where each worker is brought the same number of requests a day."""
    # The residents of one worker's office; more workers have as many times more.
    few = round(arrivals_a_worker * DAYS_A_YEAR / NEEDS_A_RESIDENT)
    needs = arrivals_a_worker * DAYS_A_YEAR / few
    return District(
        groups=tuple(Group(offices, each, each * few) for each in workers),
        kinds=(Kind(minutes),),
        needs_per_year=needs,
        years=1,
        warm_up_years=1,
    )


def third_of_a_day(offices: int, arrivals_a_worker: float = 2.4) -> District:
    return district(offices, (1, 3), DAY / 3, arrivals_a_worker)


def one_and_a_half_days(offices: int) -> District:
    return district(offices, (1, 2), DAY * 3 / 2, 0.8 * 2 / 3)


def in_thirds(observed: Observed, arrivals: list[float], tolerance: float, **order: bool) -> list[Agreement]:
    """Compare with Lindley's recursion: one worker ends exactly three items a day, three end nine."""
    return [
        agreement(
            f"{3 * workers} items a day",
            observed.open_items[:, g],
            day_of_whole_items(arrivals[g], 3 * workers, **order),
            tolerance,
        )
        for g, workers in enumerate((1, 3))
    ]


@pytest.mark.parametrize(("offices", "tolerance"), [FEW, MANY])
def test_items_that_fill_a_day_exactly_leave_what_lindleys_recursion_leaves(offices, tolerance):
    watched = third_of_a_day(offices)
    observed = observe(watched)
    arrivals = [watched.arrivals_a_day(g) for g in range(2)]
    assert arrivals == pytest.approx([2.4, 7.2])
    assert all_agree(in_thirds(observed, arrivals, tolerance)) == []
    # Service before arrivals would be another number, and so would five in a hundred requests more.
    assert all_differ(in_thirds(observed, arrivals, tolerance, serve_first=True)) == []
    assert all_differ(in_thirds(observed, [1.05 * each for each in arrivals], tolerance)) == []


def test_five_in_a_hundred_more_requests_in_the_model_are_noticed():
    observed = observe(third_of_a_day(12, arrivals_a_worker=2.4 * 1.05))
    assert all_differ(in_thirds(observed, [2.4, 7.2], 0.04)) == []


def over_night(observed: Observed, arrivals: list[float], tolerance: float) -> list[Agreement]:
    """Compare with the chain of items of three half-days, of which the begun ones go first the next morning."""
    return [
        agreement(
            f"{workers} at work",
            observed.open_items[:, g],
            day_of_fixed_sizes(arrivals[g], workers, item_shifts=3, day_shifts=2, most=45),
            tolerance,
        )
        for g, workers in enumerate((1, 2))
    ]


@pytest.mark.parametrize(("offices", "tolerance"), [FEW, MANY])
def test_begun_work_is_carried_over_night_as_the_chain_of_half_days_says(offices, tolerance):
    watched = one_and_a_half_days(offices)
    observed = observe(watched)
    arrivals = [watched.arrivals_a_day(g) for g in range(2)]
    assert all_agree(over_night(observed, arrivals, tolerance)) == []
    assert all_differ(over_night(observed, [1.05 * each for each in arrivals], tolerance)) == []
