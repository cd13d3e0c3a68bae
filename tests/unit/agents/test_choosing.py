"""How a department chooses: a logit over what is open to it, on what it believes and can still afford."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govsim.institution.docket import admission
from govsim.kernels import choosing
from govsim.kernels.routes import AD_HOC, BUY, DO, DOWN, DROP, PERMIT
from govsim.randomness import Decision, draw, run_key
from tests.deciding import choose_again, first_choices, heard
from tests.properties.runs import REPLICATE, SEED, model_of
from tests.reference.worlds import small_scenario, with_permit

KEY = run_key(SEED, REPLICATE)
# Numbers that are easy to add up.
PLAIN = {
    "push.pass_cost": 0.1,
    "push.ad_hoc_cost": 0.2,
    "push.own_minutes_share": 0.35,
    "push.bought_cost": 1.5,
    "push.worth": 1.5,
    "push.delay_cost_per_day": 0.01,
    "push.penalty": 4.0,
    "push.expected_audit_share": 0.5,
    "push.prior_cases": 20.0,
    "push.compliance_base": 0.2,
    "push.bought_yuan_per_hour": 12.0,
    "mandates.volume": 1.0,
    "permit.base": -1.6,
    "permit.assist": 2.3,
    "permit.political": 0.5,
    "permit.appeals_won_share": 0.0,
}


# One choice among several.


def chosen(utilities, noise, uniform):
    """Return the route that a number takes among those that are worth anything."""
    worth = tuple(utilities.get(route, choosing.CLOSED) for route in choosing.ROUTES)
    return choosing.taken(worth, noise, uniform, True)


@pytest.mark.parametrize("noise", [0.25, 1.0, 3.0])
@pytest.mark.parametrize(
    "utilities",
    [
        {DOWN: -0.1, DO: -0.7, BUY: -1.5, DROP: -1.2},
        {AD_HOC: -2.2, DO: -0.7, DROP: -3.0},
        {PERMIT: -1.0, AD_HOC: -1.0, DO: -1.0, BUY: -1.0, DROP: -1.0},
        {DO: 5.0},
    ],
    ids=str,
)
def test_chances_are_in_proportion_to_the_exponential_of_utility_over_noise(utilities, noise):
    n = 20_000
    counts = Counter(chosen(utilities, noise, (i + 0.5) / n) for i in range(n))
    weights = {route: math.exp(worth / noise) for route, worth in utilities.items()}
    for route, weight in weights.items():
        # A share of the unit interval holds its length of an even grid, up to one point at each end.
        assert counts[route] == pytest.approx(n * weight / math.fsum(weights.values()), abs=1.0)


def test_options_lie_along_the_unit_interval_in_their_own_order():
    utilities = {DOWN: math.log(1), DO: math.log(2), BUY: math.log(4), DROP: math.log(1)}
    limits = {0.124: DOWN, 0.126: DO, 0.374: DO, 0.376: BUY, 0.874: BUY, 0.876: DROP, 1 - 2**-53: DROP, 2**-53: DOWN}
    assert {uniform: chosen(utilities, 1.0, uniform) for uniform in limits} == limits


@given(
    st.dictionaries(st.sampled_from([DOWN, PERMIT, AD_HOC, DO, BUY, DROP]), st.floats(-1e3, 1e3), min_size=1),
    st.floats(0.01, 10.0),
    st.floats(0.0, 1.0, exclude_min=True, exclude_max=True),
)
def test_nothing_is_chosen_that_is_not_open_and_nothing_that_is_worth_far_too_little(utilities, noise, uniform):
    route = chosen(utilities, noise, uniform)
    assert route in utilities
    # exp(-745) is the smallest positive number; what lies farther below the best has no share at all.
    assert utilities[route] >= max(utilities.values()) - 750 * noise


def test_a_worth_that_is_the_same_everywhere_decides_nothing():
    utilities = {DOWN: -0.25, DO: -0.75, BUY: -1.5}
    lifted = {route: worth + 512.0 for route, worth in utilities.items()}
    grid = np.linspace(0.0005, 0.9995, 1000)
    assert [chosen(utilities, 0.25, u) for u in grid] == [chosen(lifted, 0.25, u) for u in grid]


# The board.


@pytest.fixture
def model():
    return model_of(small_scenario("two_streets", parameters=PLAIN))


def test_a_board_without_strictness_admits_everything(model):
    for brief in model.docket:
        for matter in brief.matters:
            assert admission(matter, 0.0) == 1.0
            assert all(heard(model, KEY, month, [matter], 0.0) == [True] for month in range(50))


@pytest.mark.parametrize("score", [-3.0, -1.6, 0.0, 0.7, 3.0])
def test_the_odds_of_refusal_are_the_strictness_times_those_of_the_score(model, score):
    matter = replace(model.docket[0].matters[0], score=score)
    chances = [admission(matter, strictness) for strictness in (0.0, 0.5, 1.0, 2.0, 20.0)]
    assert chances == sorted(chances, reverse=True)
    assert len(set(chances)) == 5
    for strictness, p in zip((0.5, 1.0, 2.0, 20.0), chances[1:], strict=True):
        assert (1 - p) / p == pytest.approx(strictness * math.exp(-score), rel=1e-9)


def test_the_board_admits_as_often_as_its_chance_says_and_what_a_stricter_one_admits_it_admits_too(model):
    matter = replace(model.docket[0].matters[0], score=0.0)
    mild, strict = (
        [heard(model, KEY, month, [matter], each) == [True] for month in range(4000)] for each in (1.0, 4.0)
    )
    for admitted, p in ((mild, 1 / 2), (strict, 1 / 5)):
        assert sum(admitted) / 4000 == pytest.approx(p, abs=4 * math.sqrt(p * (1 - p) / 4000))
    assert all(lenient or not harsh for lenient, harsh in zip(mild, strict, strict=True))


# What a department believes.


@pytest.mark.parametrize(
    ("tries", "caught", "belief"),
    [(0, 0, 0.5), (20, 0, 0.25), (20, 20, 0.75), (20, 10, 0.5), (180, 0, 0.05), (980, 98, 0.108)],
)
def test_the_belief_in_audits_moves_from_what_was_expected_towards_what_happened(model, tries, caught, belief):
    department = model.departments[1]
    department.ad_hoc_tries, department.ad_hoc_caught = tries, caught
    assert department.audit_belief == pytest.approx(belief, rel=1e-12)
    assert model.departments[0].audit_belief == 0.5


# What each route is worth.


def test_free_work_may_be_sent_down_done_bought_or_left(model):
    """Files of weight 1; a department at half its load takes 0.7 of its own hours for an hour of the work."""
    department, matter = model.departments[0], model.docket[0].matters[0]
    department.load = 0.5
    utilities = department.free_utilities(matter)
    assert list(utilities) == [DOWN, DO, BUY, DROP]
    assert utilities == pytest.approx({DOWN: -0.1, DO: -0.7, BUY: -1.5, DROP: -1.5})


@pytest.mark.parametrize(("load", "doing"), [(0.0, -0.35), (0.3, -0.5), (0.9, -3.5), (0.95, -7.0), (3.0, -7.0)])
def test_doing_it_oneself_costs_more_the_higher_the_load_up_to_95_percent(model, load, doing):
    model.departments[0].load = load
    assert model.departments[0].free_utilities(model.docket[0].matters[0])[DO] == pytest.approx(doing)


def test_bound_work_may_be_asked_for_sent_all_the_same_done_bought_or_left(model):
    """Returns of weight 2, a stake of 3; ten days of waiting, and odds of refusal of 2 exp(1.1)."""
    department, matter = model.departments[0], replace(model.docket[0].matters[1], compliance=0.6)
    brief = replace(model.docket[0], strictness=2.0, approval_days=10.0)
    department.load, department.ad_hoc_tries, department.ad_hoc_caught = 0.5, 20, 0
    utilities = department.bound_utilities(matter, brief)
    assert list(utilities) == [PERMIT, AD_HOC, DO, BUY, DROP]
    odds = 2 * math.exp(1.1)
    assert utilities == pytest.approx(
        {
            PERMIT: -0.1 - 0.3 - 3 * odds / (1 + odds),
            AD_HOC: -0.2 - 0.25 * 4 - 0.4 * 3,
            DO: -0.7,
            BUY: -1.5,
            DROP: -3.0,
        }
    )


def test_an_inspection_is_neither_asked_for_nor_done_by_the_department_nor_bought(model):
    """Inspections of public security have weight 1.5, a stake of 2.25."""
    department, matter = model.departments[1], replace(model.docket[1].matters[-1], compliance=0.28)
    department.load = 0.3
    utilities = department.bound_utilities(matter, model.docket[1])
    assert list(utilities) == [AD_HOC, DROP]
    assert utilities == pytest.approx({AD_HOC: -0.2 - 0.5 * 4 - 0.72 * 2.25, DROP: -2.25})


def test_what_was_refused_is_not_asked_for_again():
    """Asking again would be worth far more than anything else."""
    parameters = {**PLAIN, "push.pass_cost": -1000.0, "push.noise": 0.1}
    model = model_of(with_permit(small_scenario("two_streets", parameters=parameters), strictness=20.0, strength=1.0))
    model.run_for(21 * 10)
    asked = 0
    for department, brief in zip(model.departments, model.docket, strict=True):
        choices, committed = first_choices(department, KEY, 10, brief)
        asks = ~choices.is_listed & ~np.array([matter.is_inspection for matter in brief.matters])
        assert set(zip(choices.free[asks].tolist(), choices.bound[asks].tolist(), strict=True)) <= {(DOWN, PERMIT)}
        choose_again(department, KEY, 10, brief, choices, committed)
        assert set(choices.bound[asks].tolist()) <= {AD_HOC, DO, BUY, DROP}
        asked += asks.sum()
    assert asked > 0


def refused(**parameters):
    """Return choices of civil affairs that were refused, and who chooses again; nothing is listed, all is asked for."""
    parameters = {**PLAIN, "permit.base": -50.0, "push.pass_cost": -1000.0, **parameters}
    model = model_of(with_permit(small_scenario("two_streets", parameters=parameters), strength=1.0))
    model.run_for(21 * 10)
    department, brief = model.departments[0], model.docket[0]
    department.load = 0.3
    brief = replace(brief, matters=brief.matters[:-1])
    choices, _ = first_choices(department, KEY, 10, brief)
    assert [(choice.free, choice.bound) for choice in choices] == [(DOWN, PERMIT)] * 3
    return department, brief, choices


def test_a_second_choice_has_a_draw_of_its_own_among_the_other_options():
    department, brief, choices = refused(**{"push.noise": 3.0})
    found = set()
    for month in range(40):
        for matter in brief.matters:
            others = department.bound_utilities(matter, brief)
            del others[PERMIT]
            weights = np.exp(np.array(list(others.values())) / 3.0)
            drawn = draw(KEY, Decision.ROUTE, matter.entity, month, 1)
            expected = list(others)[int(np.searchsorted(np.cumsum(weights) / weights.sum(), drawn))]
            again = choices[:1].copy()
            choose_again(department, KEY, month, replace(brief, matters=(matter,)), again)
            assert again.bound == [expected]
            found.add(expected)
    assert found == {AD_HOC, DO, BUY, DROP}


def test_what_is_bought_at_the_second_choice_comes_out_of_the_same_budget():
    """Of 258 333 fen files take 232 500; returns for 50 000 do not fit any more, relief for 23 250 does."""
    department, brief, choices = refused(**{"push.bought_cost": -100.0})
    committed = choose_again(department, KEY, 10, brief, choices)
    assert [choice.bound == BUY for choice in choices] == [True, False, True]
    assert committed == pytest.approx(232_500 + 23_250)


# Money to buy work with.


def buying(**changes):
    """Return a department that buys whatever it can: 258 333 fen a month for files, returns and relief."""
    return model_of(small_scenario("two_streets", parameters={**PLAIN, "push.bought_cost": -100.0}, **changes))


def test_buying_stops_where_the_budget_is_committed_and_smaller_work_may_still_fit():
    """Files cost 60/12 * 7.75 * 300 minutes at 20 fen, returns 20/12 * 3 * 500, relief 12/12 * 7.75 * 150."""
    model = buying()
    department, brief = model.departments[0], model.docket[0]
    fen = [matter.free_fen for matter in brief.matters]
    assert fen == pytest.approx([232_500, 50_000, 23_250, 0])
    (files, returns, relief, inspection), committed = first_choices(department, KEY, 0, brief)
    assert (files.free, files.bound, relief.free, inspection.free) == (BUY, BUY, BUY, DOWN)
    assert returns.free in {DOWN, DO, DROP}
    assert committed == pytest.approx(232_500 + 23_250)


def test_every_month_has_its_own_budget():
    model = buying()
    for month in range(3):
        choices, _ = first_choices(model.departments[0], KEY, month, model.docket[0])
        assert choices.free[0] == choices.free[2] == BUY


def test_without_money_nothing_is_bought():
    model = buying(money=0.0)
    for month in range(20):
        for department, brief in zip(model.departments, model.docket, strict=True):
            choices, committed = first_choices(department, KEY, month, brief)
            assert BUY not in choices.free
            assert committed == 0.0


def test_what_is_restricted_in_a_part_of_the_places_is_bought_in_two_parts_and_each_must_fit():
    """A permit in c2 splits files into 112 500 and 120 000 fen, returns into 33 333 and 16 667: 282 500 in all."""
    scenario = small_scenario("two_streets", parameters={**PLAIN, "push.bought_cost": -100.0})
    model = model_of(with_permit(scenario, strictness=20.0, strength=1.0, in_communities=("c2",)))
    model.run_for(21 * 10)
    department, brief = model.departments[0], model.docket[0]
    choices, _ = first_choices(department, KEY, 10, brief)
    expected, left = [], brief.budget_fen
    for matter, choice in zip(brief.matters[:-1], choices[:-1], strict=True):
        parts = [matter.free_fen + matter.bound_fen]
        if not choice.is_listed:
            parts = [matter.free_fen, matter.bound_fen]
        fits = []
        for fen in parts:
            fits.append(fen <= left)
            left -= fen * fits[-1]
        expected.append((fits[0], fits[-1]))
    assert [(choice.free == BUY, choice.bound == BUY) for choice in choices[:-1]] == expected
    assert (True, False) in expected or (False, True) in expected
