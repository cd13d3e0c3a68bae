"""The oracles against published values, and the day step against the queue that it comes to as days grow short."""

from __future__ import annotations

import math

import pytest

from tests.oracles import (
    abandoning,
    day_of_fixed_sizes,
    day_of_memoryless_sizes,
    day_of_whole_items,
    erlang_b,
    erlang_c,
    seats_filled,
    stationary,
    survivors,
    wait_mg1,
    wait_mmc,
    waits_by_class,
)


@pytest.mark.parametrize(
    ("arrivals", "servers", "chance", "wait"),
    [
        (0.8, 1, 0.8, 4.0),
        (1.6, 2, 0.711111, 1.777778),
        (4.0, 5, 0.554113, 0.554113),
        (9.0, 10, 0.668732, 0.668732),
        (24.0, 30, 0.172862, 0.028810),
        (27.0, 30, 0.471408, 0.157136),
    ],
)
def test_erlang_c_gives_the_published_chances_and_waits(arrivals, servers, chance, wait):
    assert erlang_c(servers, arrivals) == pytest.approx(chance, abs=5e-7)
    assert wait_mmc(arrivals, servers) == pytest.approx(wait, abs=5e-7)


def test_erlang_b_gives_the_published_chances():
    assert erlang_b(5, 4.0) == pytest.approx(0.199067, abs=5e-7)
    assert erlang_b(30, 24.0) == pytest.approx(0.040121, abs=5e-7)


def test_waits_with_one_server_are_the_published_ones():
    assert [wait_mg1(0.8, cv_squared) for cv_squared in (0, 0.5, 1, 4)] == pytest.approx([2, 3, 4, 10])
    assert waits_by_class([0.3, 0.5]) == pytest.approx([1.142857, 5.714286], abs=5e-7)
    assert sum(rate * wait for rate, wait in zip((0.3, 0.5), waits_by_class([0.3, 0.5]), strict=True)) == (
        pytest.approx(0.8 * wait_mg1(0.8, 1.0))
    )


def test_erlang_a_gives_the_published_share_that_abandons():
    share, in_system = abandoning(5.0, 5, 0.5, also_in_service=False)
    assert share == pytest.approx(0.146132, abs=5e-7)
    assert in_system - 5.0 * (1 - share) == pytest.approx(1.461316, abs=5e-7)


def test_survivors_and_seats_are_the_published_ones():
    assert survivors(87, 0.088, 1.0)[0] == pytest.approx(87 * 0.912)
    assert seats_filled(0.03, 0.12, None) == pytest.approx(0.8)
    assert seats_filled(0.03, 0.12, 10) == pytest.approx(0.839375, abs=5e-7)


def test_the_linear_solve_finds_a_stationary_distribution():
    chances = [[0.5, 0.3, 0.2], [0.1, 0.6, 0.3], [0.25, 0.25, 0.5]]
    weights = stationary(chances)
    once_more = [sum(w * row[j] for w, row in zip(weights, chances, strict=True)) for j in range(3)]
    assert once_more == pytest.approx(weights, abs=1e-15)
    assert sum(weights) == pytest.approx(1.0)


def test_items_that_fit_a_day_exactly_are_a_special_case_of_items_cut_at_its_end():
    assert day_of_fixed_sizes(2.4, 1, 1, 3, 60) == pytest.approx(day_of_whole_items(2.4, 3), rel=1e-9)


@pytest.mark.parametrize(("arrivals", "servers", "size"), [(0.8, 1, 90), (1.6, 2, 90), (4.0, 5, 100), (9.0, 10, 180)])
def test_doubling_every_duration_brings_the_day_step_to_erlang_c(arrivals, servers, size):
    """O11: items that last k days instead of one are a day cut into k parts."""
    in_system = arrivals * (wait_mmc(arrivals, servers) + 1)
    ended = [day_of_memoryless_sizes(arrivals / k, servers, 1 / k, size) for k in (2, 4, 8)]
    errors = [abs(each - in_system) for each in ended]
    assert errors[0] > 1.6 * errors[1] > 1.6**2 * errors[2]
    assert 2 * ended[2] - ended[1] == pytest.approx(in_system, rel=0.005)
    # Half a day more for each arrival, because it comes at the start of its day, takes nearly all of the error away.
    corrected = [abs(each + arrivals / k / 2 - in_system) for k, each in zip((2, 4, 8), ended, strict=True)]
    assert corrected[0] > 3.5 * corrected[1] > 3.5**2 * corrected[2]
    assert corrected[1] < 0.0065 * in_system


def test_doubling_every_duration_brings_impatience_to_its_birth_death_chain():
    in_system = abandoning(5.0, 5, 0.5, also_in_service=True)[1]
    ended = [day_of_memoryless_sizes(5 / k, 5, 1 / k, 45, math.exp(-0.5 / k)) for k in (4, 8)]
    assert 2 * ended[1] - ended[0] == pytest.approx(in_system, rel=0.001)
