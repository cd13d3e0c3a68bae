"""O1, O2 and O5 to O8: offices as queues in continuous time, a day being a small part of a service.

A service lasts k days on average, so a day is 1/k of the unit of theory. All that comes on a day comes in its
morning, half a day early, and what is open is counted in the evening. Hence theory is compared with the number in
the evening plus half a day's arrivals; what remains is of the order of k**-2 (``test_oracles.py`` shows it falling).
The work open in the evening, in days, falls short of theory by ``load / 2`` and exceeds it by a twelfth of a day's
arrivals, since an office that runs out of work does so at a random moment of a day: with W, S and I the work in the
evening, the day's new work and idle time, W' = W + S - 1 + I gives ``2 (1 - load) E[W] = var(S) + (1 - load)**2 -
E[I**2]`` and E[I (1 - I)] is a sixth for each time that work runs out. Sizes of whole days never do that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from scipy.stats import chi2

from govsim.institution.catalogue import SizeRule
from tests.oracles import (
    abandoning,
    day_of_memoryless_sizes,
    poisson,
    wait_mg1,
    wait_mmc,
    waits_by_class,
)
from tests.theory.agreement import Agreement, agreement, all_agree, all_differ
from tests.theory.offices import DAY, District, Group, Kind, Observed, observe, open_by_kind

MORE_WORK = 1.05  # the planted error: theory for five in a hundred more arrivals


@dataclass(frozen=True)
class Effort:
    """How much is watched, and the standard error that is asked for; ``days`` is k, the days of a mean service."""

    offices: int
    years: int
    days: int
    tolerance: float


COARSE = pytest.param(Effort(offices=1, years=2, days=4, tolerance=0.04), id="coarse")
FINE = pytest.param(Effort(offices=6, years=8, days=8, tolerance=0.0125), id="fine", marks=pytest.mark.nightly)

# --- M/M/c -------------------------------------------------------------------------------------------------

MANY_SERVERS = ((0.8, 1), (1.6, 2), (4.0, 5), (9.0, 10))
STATES = {1: 90, 2: 90, 5: 100, 10: 180}


def memoryless(effort: Effort) -> District:
    """Return offices of 1, 2, 5 and 10 workers, with 12 residents for each unit of load 0.8."""
    offices = {1: 40, 2: 20, 5: 14, 10: 14}
    groups = tuple(Group(effort.offices * offices[c], c, round(15 * load)) for load, c in MANY_SERVERS)
    return District(
        groups=groups,
        kinds=(Kind(DAY * effort.days, SizeRule.EXPONENTIAL),),
        needs_per_year=16.8 / effort.days,
        years=effort.years,
        warm_up_years=3 * effort.days // 2,
    )


def evening_to_noon(district: District, observed: Observed, g: int) -> np.ndarray:
    """Return the number in system that continuous time would see."""
    return observed.open_items[:, g] + district.arrivals_a_day(g) / 2


def erlang_waits(district: District, observed: Observed, effort: Effort, factor: float) -> list[Agreement]:
    """Compare waits, by Little's law from those in system who are not served, with Erlang's second formula."""
    return [
        agreement(
            f"wait in M/M/{c}",
            (evening_to_noon(district, observed, g) - observed.busy[:, g]) / load,
            wait_mmc(factor * load, c),
            effort.tolerance,
        )
        for g, (load, c) in enumerate(MANY_SERVERS)
    ]


def erlang_numbers(district: District, observed: Observed, effort: Effort, factor: float) -> list[Agreement]:
    return [
        agreement(
            f"number in M/M/{c}",
            evening_to_noon(district, observed, g),
            factor * load * (1 + wait_mmc(factor * load, c)),
            effort.tolerance,
        )
        for g, (load, c) in enumerate(MANY_SERVERS)
    ]


def evenings(district: District, observed: Observed, effort: Effort, factor: float) -> list[Agreement]:
    """Compare with the exact chain of the day, for which nothing has to be corrected."""
    return [
        agreement(
            f"evenings of {c} workers",
            observed.open_items[:, g],
            day_of_memoryless_sizes(factor * district.arrivals_a_day(g), c, 1 / effort.days, STATES[c]),
            effort.tolerance,
        )
        for g, (_, c) in enumerate(MANY_SERVERS)
    ]


@pytest.mark.parametrize("effort", [COARSE, FINE])
def test_offices_with_memoryless_work_wait_as_erlang_says(effort):
    district = memoryless(effort)
    assert [district.arrivals_a_day(g) * effort.days for g in range(4)] == pytest.approx([0.8, 1.6, 4.0, 9.0])
    observed = observe(district)
    everybody = (erlang_waits, erlang_numbers, evenings)
    assert all_agree([each for theory in everybody for each in theory(district, observed, effort, 1.0)]) == []
    for theory in everybody:
        assert all_differ(theory(district, observed, effort, MORE_WORK)) == []
    busy = [
        agreement(f"busy of {c}", observed.busy[:, g], load, effort.tolerance)
        for g, (load, c) in enumerate(MANY_SERVERS)
    ]
    assert all_agree(busy) == []


# --- M/G/1 -------------------------------------------------------------------------------------------------

SPREADS = {
    0.0: (SizeRule.FIXED, 3),
    0.5: (SizeRule.LOGNORMAL, 3),
    1.0: (SizeRule.EXPONENTIAL, 4),
    4.0: (SizeRule.LOGNORMAL, 8),
}


def wait_before(observed: Observed, arrivals_a_day: float, days: int, *, ends_at_night: bool) -> np.ndarray:
    """Return the mean wait in services: the work that lies before an arrival."""
    runs_out = 0.0 if ends_at_night else arrivals_a_day / 12
    return (observed.open_days[:, 0] + arrivals_a_day * days / 2 - runs_out) / days


@pytest.mark.parametrize(
    "cv_squared", [pytest.param(each, marks=pytest.mark.nightly if each < 1.0 else ()) for each in SPREADS]
)
@pytest.mark.parametrize("effort", [COARSE, FINE])
def test_one_worker_lets_wait_as_pollaczek_and_khinchine_say(effort, cv_squared):
    size_rule, warm_up_years = SPREADS[cv_squared]
    days = 2
    district = District(
        groups=(Group(50 * effort.offices, 1, 24),),
        kinds=(Kind(DAY * days, size_rule, math.sqrt(cv_squared)),),
        needs_per_year=4.2,
        years=effort.years,
        warm_up_years=warm_up_years,
    )
    arrivals = district.arrivals_a_day(0)
    assert arrivals * days == pytest.approx(0.8)
    waits = wait_before(observe(district), arrivals, days, ends_at_night=cv_squared == 0)
    theory, too_much = wait_mg1(0.8, cv_squared), wait_mg1(0.8 * MORE_WORK, cv_squared)
    assert agreement("wait", waits, theory, effort.tolerance).verdict == "agrees"
    assert agreement("wait", waits, too_much, effort.tolerance).verdict == "differs"


# --- Priority ----------------------------------------------------------------------------------------------

URGENT, OTHER = 0.3, 0.5


@pytest.mark.parametrize("effort", [COARSE, FINE])
def test_pressing_work_overtakes_as_cobham_says_and_the_whole_waits_as_long(effort):
    """Theory has each class wait for what came before it and for more urgent work.

    Here, urgent work of the same morning goes first even where it would have come later that day. When the office
    was idle and both come on one day, that happens half of the time and saves the urgent a whole service.
    """
    minutes, days = DAY * effort.days, effort.days
    district = District(
        groups=(Group(60 * effort.offices, 1, 12),),
        kinds=(
            Kind(minutes, SizeRule.EXPONENTIAL, share=URGENT / 0.8, weight=64.0),
            Kind(minutes, SizeRule.EXPONENTIAL, share=OTHER / 0.8, weight=1.0),
        ),
        needs_per_year=16.8 / days,
        years=effort.years,
        warm_up_years=3 * days // 2,
        priority="MOST_PRESSING_FIRST",
    )
    observed = observe(district, open_by_kind)
    offices = district.groups[0].offices
    evening = np.array([np.mean(looks, axis=0) / offices for looks in observed.seen])
    overtaken = (1 - 0.8) * URGENT * OTHER / 2 / days
    numbers = evening + np.array([URGENT, OTHER]) / days / 2 + np.array([overtaken, -overtaken])

    def compared(factor: float) -> list[Agreement]:
        rates = [factor * URGENT, factor * OTHER]
        theory = [rate * (1 + wait) for rate, wait in zip(rates, waits_by_class(rates), strict=True)]
        by_class = [
            agreement(name, numbers[:, i], theory[i], effort.tolerance) for i, name in enumerate(("urgent", "other"))
        ]
        conserved = sum(rates) * wait_mg1(sum(rates), 1.0)
        whole = evening_to_noon(district, observed, 0) - observed.busy[:, 0]
        return [*by_class, agreement("conserved", whole, conserved, effort.tolerance)]

    assert all_agree(compared(1.0)) == []
    assert all_differ(compared(MORE_WORK)) == []
    # Without priority both would wait alike.
    alike = [agreement("alike", numbers[:, i], rate * 5, effort.tolerance) for i, rate in enumerate((URGENT, OTHER))]
    assert all_differ(alike) == []


# --- Impatience --------------------------------------------------------------------------------------------

IMPATIENCE = 0.5


@pytest.mark.parametrize("effort", [COARSE, FINE])
def test_residents_give_up_as_the_birth_death_chain_says(effort):
    """Patience runs until a request is closed, also while it is worked on (7.9), which Erlang A does not have."""
    days = 8
    district = District(
        groups=(Group(80 * effort.offices, 5, 40),),
        kinds=(Kind(DAY * days, SizeRule.EXPONENTIAL),),
        needs_per_year=5 / days * 252 / 40,
        years=effort.years,
        warm_up_years=1,
        parameters={"patience.mean_days": days / IMPATIENCE},
    )
    observed = observe(district)
    stays = math.exp(-IMPATIENCE / days)

    def compared(factor: float) -> list[Agreement]:
        arrivals = factor * district.arrivals_a_day(0)
        evening = day_of_memoryless_sizes(arrivals, 5, 1 / days, 45, stays)
        share = evening * (1 - stays) / arrivals
        return [
            agreement("open", observed.open_items[:, 0], evening, effort.tolerance),
            agreement("given up", observed.given_up_share[:, 0], share, effort.tolerance),
        ]

    assert all_agree(compared(1.0)) == []
    assert all_differ(compared(MORE_WORK)) == []
    erlang_a = abandoning(5.0, 5, IMPATIENCE, also_in_service=False)[0]
    assert agreement("Erlang A", observed.given_up_share[:, 0], erlang_a, effort.tolerance).verdict == "differs"


# --- Servers for everybody ---------------------------------------------------------------------------------


def misfit(counts: np.ndarray, mean: float) -> float:
    """Return the p-value of a chi-square test of counts against a Poisson law, in twelve classes."""
    chances = poisson(mean)
    classes = [sum(chances[:6]), *chances[6:16], 1 - sum(chances[:16])]
    edges = [-0.5, *(x + 0.5 for x in range(5, 16)), math.inf]
    found = np.histogram(counts, bins=edges)[0]
    expected = len(counts) * np.array(classes)
    return float(chi2.sf(((found - expected) ** 2 / expected).sum(), len(classes) - 1))


def test_with_a_worker_for_everybody_the_number_at_work_is_poisson():
    days = 4
    district = District(
        groups=(Group(2, 60, 180),),
        kinds=(Kind(DAY * days, SizeRule.EXPONENTIAL),),
        needs_per_year=12 / days * 252 / 180,
        years=2,
        warm_up_years=1,
    )
    observed = observe(district, lambda model: model.state.people.communities["n_open"].copy())
    # Two months are ten services apart, so that counts are independent.
    counts = np.array(observed.seen)[:, ::2].ravel()
    assert len(counts) == 40 * 12 * 2
    mean = 12 / days / math.expm1(1 / days)  # of those who come in the mornings, what is left in the evenings
    assert misfit(counts, mean) > 1e-4
    assert misfit(counts, 1.1 * mean) < 1e-4
    assert agreement("mean", observed.open_items[:, 0], mean, 0.01).verdict == "agrees"
    assert agreement("mean", observed.open_items[:, 0], MORE_WORK * mean, 0.01).verdict == "differs"
