"""Sums over districts are those of one world with all of them in it."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from govsim.model import GovernanceModel
from govsim.recording.accounts import minutes_by_account
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.recorder import Recording
from govsim.recording.tables import outcomes, reported
from govsim.recording.tallies import BOOKS, NAMES, NOT_SUMS, SUMS, Tallies, added, recording_of, tallies_of, window_of
from govsim.scenarios import load_scenario

SCENARIOS = Path(__file__).parents[3] / "scenarios"
YEAR = ("horizon.years=1", "horizon.warm_up_years=0")
# Scenario, residents, communities and streets of each world.
SIZES = (("liandu", 9000, 5, 2), ("countryside", 4000, 4, 1), ("liandu", 3000, 2, 1), ("countryside", 6000, 7, 2))


@pytest.fixture(scope="module")
def parts():
    """Return a recording of each of four worlds."""
    found = []
    for number, (world, residents, communities, streets) in enumerate(SIZES):
        drawn = {"name": f"world-{number}", "communities": communities, "streets": streets}
        settings = (*YEAR, f"world.residents={residents}", *(f"world.drawn.{k}={v}" for k, v in drawn.items()))
        model = GovernanceModel(load_scenario(SCENARIOS / world / "baseline.yaml", settings))
        model.run()
        found.append(model.recording)
        model.release()
    return found


def side_by_side(parts):
    """Return one recording with the rows of all: what a world would record that has every office of each."""
    n_streets = [each.offices.shape[1] - each.origins.shape[1] + 1 for each in parts]
    streets = [each.offices[:, :n] for each, n in zip(parts, n_streets, strict=True)]
    departments = [each.offices[:, n:] for each, n in zip(parts, n_streets, strict=True)]
    senders = [each.origins[:, :-1] for each in parts]
    rows = {
        name: np.concatenate([getattr(each, name) for each in parts], axis=1)
        for name in ("communities", "moved", "settlements", "settlement_cohorts", "holders", "pay_fen", "reports")
    }
    return Recording(
        calendar=parts[0].calendar,
        **rows,
        groups=sum_of_records([each.groups for each in parts]),
        group_cohorts=sum_of_records([each.group_cohorts for each in parts]),
        origins=np.concatenate([*senders, sum_of_records([each.origins[:, -1:] for each in parts])], axis=1),
        offices=np.concatenate([*streets, *departments], axis=1),
        money=sum(each.money for each in parts),
        residents_by_settlement=np.concatenate([each.residents_by_settlement for each in parts]),
        residents_by_group=sum(each.residents_by_group for each in parts),
        community_of_settlement=np.zeros(0),
        community_of_post=np.zeros(0),
        street_of_community=np.zeros(0),
        local_wage_yuan_per_year=parts[0].local_wage_yuan_per_year,
        digests=(),
    )


def sum_of_records(tables):
    """Return the sum of record arrays of one shape, field by field."""
    total = tables[0].copy()
    for table in tables[1:]:
        for name in total.dtype.names:
            total[name] += table[name]
    return total


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
    for name, place in (("residents", 1), ("committees", 2), ("offices", 3)):
        assert tallies[f"size.{name}"] == sum(size[place] for size in SIZES)
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
