"""Sums over districts are those of one world with all of them in it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from country.tallies import BOOKS, NAMES, NOT_SUMS, SUMS, Tallies, added, recording_of, tallies_of, window_of
from govsim.recording.accounts import minutes_by_account
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tables import outcomes, reported
from tests.country.tiny_country import DISTRICTS, recordings, side_by_side


@pytest.fixture(scope="module")
def parts():
    return recordings(DISTRICTS[:2])


def value(name, tallies, wage):
    found = OUTCOMES[name].formula(window_of(tallies, wage))
    return found if math.isfinite(found) else None


@pytest.mark.parametrize("name", SUMS)
def test_outcomes_of_two_districts_are_those_of_one_world(parts, name):
    wage = parts[0].local_wage_yuan_per_year
    assert len(parts) >= 3
    assert value(name, added(map(tallies_of, parts)), wage) == outcomes(side_by_side(parts))[name]


@pytest.mark.parametrize("name", SUMS)
def test_outcomes_of_one_part_are_those_of_its_run(parts, name):
    assert value(name, tallies_of(parts[0]), parts[0].local_wage_yuan_per_year) == outcomes(parts[0])[name]


def test_accounts_of_minutes_add_up_as_well(parts):
    sums = minutes_by_account(window_of(added(map(tallies_of, parts)), 1.0))
    assert sums == minutes_by_account(reported(side_by_side(parts)))


def test_most_outcomes_of_a_year_are_defined(parts):
    tallies = added(map(tallies_of, parts))
    undefined = [name for name in SUMS if value(name, tallies, 1.0) is None]
    assert undefined == []


def test_only_outcomes_that_need_each_post_or_settlement_are_left_out():
    assert set(SUMS) | set(NOT_SUMS) == set(OUTCOMES)
    assert set(NOT_SUMS) == {"cohort_left_share", "pay_gini", "satisfaction_gap"}


def test_sums_of_a_country_do_not_overflow(parts):
    one = added(map(tallies_of, parts))
    many = one.scaled(10**6, 1)
    assert many["residents.satisfaction_sum"] > 2**63
    for name in SUMS:
        assert value(name, many, 1.0) == pytest.approx(value(name, one, 1.0), rel=1e-12)


def test_sizes_are_counted(parts):
    tallies = added(map(tallies_of, parts))
    districts = DISTRICTS[:2]
    sizes = [size for district in districts for size in district.sizes.values()]
    assert tallies["size.residents"] == sum(district.residents for district in districts)
    assert tallies["size.committees"] == sum(size.units for size in sizes)
    assert tallies["size.offices"] == sum(size.offices for size in sizes)
    assert tallies["size.posts"] == sum(each.holders.shape[1] for each in parts)


def test_every_book_is_of_whole_numbers_of_64_bits():
    for layout in BOOKS.values():
        assert {layout[name].base for name in layout.names} == {np.dtype(np.int64)}
        assert layout.itemsize == 8 * sum(max(1, *layout[name].shape, 1) for name in layout.names)


def test_names_are_unique_and_tallies_survive_being_written(parts):
    assert len(set(NAMES)) == len(NAMES)
    tallies = tallies_of(parts[0])
    assert Tallies.from_dict(tallies.to_dict()) == tallies


def test_nothing_added_is_nothing():
    assert added([]) == Tallies.from_dict({})
    assert recording_of(added([]), 1.0).communities["quits"].sum() == 0


def test_multiples_are_rounded_to_the_nearest():
    assert Tallies((1, 2, 3)).scaled(1, 2).values == (1, 1, 2)
