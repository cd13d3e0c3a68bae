"""What a stratified sample says of all districts, against theory."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from itertools import combinations, product

import pytest

from country.districts import draw_districts
from country.plan import read_plan
from country.sampling import FEWEST, Stratum, estimates, sampled, size_for, strata_of
from govsim.recording.tallies import Tallies, added
from tests.country.tiny_country import DISTRICTS

COUNTRY = draw_districts(read_plan())
# Two strata of a small population; 60 makes every expanded sum a whole number.
POPULATION = {"small": (60, 240, 180, 120), "large": (600, 1800, 1200, 3000, 60)}
SIZES = {"small": 2, "large": 3}
KNOWN = sum(map(sum, POPULATION.values()))


def tallies(value, residents=1):
    """Return a district with so many quits and residents."""
    return Tallies.from_dict({"committees.quits": value, "size.residents": residents})


def quits(sums):
    return {"quits": float(sums["committees.quits"])}


def per_resident(sums):
    return {"rate": sums["committees.quits"] / sums["size.residents"]}


def strata(samples):
    return [
        Stratum(tuple((tallies(value),) for value in drawn), len(POPULATION[name])) for name, drawn in samples.items()
    ]


def every_sample():
    choices = [combinations(POPULATION[name], SIZES[name]) for name in POPULATION]
    return [dict(zip(POPULATION, drawn, strict=True)) for drawn in product(*choices)]


def test_the_estimated_sum_is_unbiased_over_all_samples():
    sums = [added(total for stratum in strata(sample) for total in stratum.totals()) for sample in every_sample()]
    assert Fraction(sum(each["committees.quits"] for each in sums), len(sums)) == KNOWN


def test_the_standard_error_of_a_sum_is_that_of_theory():
    sample = {"small": (60, 180), "large": (600, 1200, 3000)}
    found = estimates(strata(sample), [9], quits)["quits"]
    variance = 0.0
    for name, drawn in sample.items():
        n, size = len(drawn), len(POPULATION[name])
        mean = sum(drawn) / n
        variance += size**2 * (1 - n / size) * sum((each - mean) ** 2 for each in drawn) / (n - 1) / n
    assert found.error == pytest.approx(math.sqrt(variance), rel=1e-9)
    assert found.value == 4 / 2 * 240 + 5 / 3 * 4800


def test_the_squared_standard_error_of_a_sum_is_unbiased_over_all_samples():
    found = [estimates(strata(sample), [9], quits)["quits"] for sample in every_sample()]
    variance = sum((each.value - KNOWN) ** 2 for each in found) / len(found)
    assert sum(each.error**2 for each in found) / len(found) == pytest.approx(variance, rel=1e-9)


def test_a_ratio_that_is_the_same_everywhere_is_found_without_error():
    drawn = tuple((tallies(3 * residents, residents),) for residents in (10, 400, 70))
    found = estimates([Stratum(drawn, 50)], [8000], per_resident)["rate"]
    assert found.value == pytest.approx(3.0)
    assert found.error == pytest.approx(0.0, abs=1e-12)


def test_sums_are_fitted_to_the_residents_of_each_part():
    drawn = ((tallies(20, 10), tallies(30, 10)), (tallies(40, 20), tallies(90, 30)))
    found = estimates([Stratum(drawn, 2)], [300, 400], quits)["quits"]
    assert found.value == 2 * 300 + 3 * 400


def test_what_was_run_whole_is_exact():
    whole = [Stratum(tuple((tallies(v),) for v in values), len(values)) for values in POPULATION.values()]
    found = estimates(whole, [sum(map(len, POPULATION.values()))], quits)["quits"]
    assert (found.value, found.error) == (KNOWN, 0.0)


def test_a_part_that_no_sampled_district_has_is_not_guessed():
    drawn = ((tallies(20, 10), tallies(0, 0)), (tallies(40, 20), tallies(0, 0)))
    assert estimates([Stratum(drawn, 5)], [300, 400], quits) == {}


def test_an_error_that_one_district_decides_alone_is_not_given():
    drawn = ((tallies(20, 10),), (tallies(0, 0),))
    found = estimates([Stratum(drawn, 5)], [300], quits)["quits"]
    assert found.value == 600
    assert found.error is None


def test_strata_are_kinds_in_two_halves_and_lose_nobody():
    strata = strata_of(COUNTRY)
    assert len(strata) == 8
    assert Counter(d.id for members in strata.values() for d in members) == Counter(d.id for d in COUNTRY)
    for kind in ("urban_district", "county"):
        smaller, larger = strata[f"{kind}-smaller"], strata[f"{kind}-larger"]
        assert {each.kind for each in smaller + larger} == {kind}
        assert max(each.residents for each in smaller) <= min(each.residents for each in larger)


@pytest.mark.parametrize("n", [16, 28, 500, len(COUNTRY)])
def test_a_sample_has_the_size_asked_for_and_at_least_two_of_each_stratum(n):
    drawn = sampled(COUNTRY, n, 1)
    ids = [district.id for members in drawn.values() for district in members]
    assert len(ids) == len(set(ids)) == n
    assert min(map(len, drawn.values())) >= FEWEST
    strata = strata_of(COUNTRY)
    for name, members in drawn.items():
        assert {d.id for d in members} <= {d.id for d in strata[name]}
        if n > 100:
            assert len(members) == pytest.approx(n * len(strata[name]) / len(COUNTRY), abs=1)


def test_another_seed_draws_another_sample_and_the_same_seed_the_same():
    assert sampled(COUNTRY, 28, 1) == sampled(COUNTRY, 28, 1)
    assert sampled(COUNTRY, 28, 1) != sampled(COUNTRY, 28, 2)


def test_every_district_is_drawn_about_as_often_as_any_other_of_its_stratum():
    counted = Counter(d.id for seed in range(400) for members in sampled(COUNTRY, 285, seed).values() for d in members)
    # Binomial: 400 samples of a tenth, so five standard deviations are 30.
    assert all(10 <= counted[district.id] <= 70 for district in COUNTRY)


@pytest.mark.parametrize("n", [15, len(COUNTRY) + 1])
def test_a_sample_too_small_or_too_large_is_refused(n):
    with pytest.raises(ValueError, match=rf"from 16 to {len(COUNTRY)} districts, not {n}"):
        sampled(COUNTRY, n, 1)


def test_a_share_is_rounded_and_never_less_than_a_sample_can_be():
    assert size_for(0.01, COUNTRY) == 28
    assert size_for(0.001, COUNTRY) == 16
    assert size_for(1.0, COUNTRY) == len(COUNTRY)
    assert size_for(0.5, DISTRICTS) == 8
