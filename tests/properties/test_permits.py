"""What task permits and cuts of inspections do and cannot do: claims about where jobs go, exact where they can be."""

from __future__ import annotations

import hashlib
import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from govsim.experiments.displacement import PARTS, removed_minutes
from govsim.institution.catalogue import WorkClass
from govsim.recording.accounts import minutes_by_account
from govsim.recording.tables import reported
from govsim.recording.window import Window
from tests.deciding import decided
from tests.properties.runs import REFORMS, digests, model_of, run, with_all
from tests.reference.worlds import SMALL_WORLDS, small_scenario, with_inspection_cut, with_permit

WORLDS = pytest.mark.parametrize("world", SMALL_WORLDS)
DOWN, PERMIT, AD_HOC, DECLINED, DO, BUY, DROP = range(7)
JOBS = [0, 1, 2, 3, 5]
FROM_THE_START = {"phase_in_months": 1, "strength": 1.0, "in_communities": (), "in_streets": ()}
# Departments take the best route whatever they draw, and that of free jobs is to send them down.
CERTAIN = {"push.noise": 0.001}


def from_the_start(reformed, scenario, **settings):
    """Return the scenario with a reform that holds everywhere from the first month on."""
    first = scenario.calendar.label(0)
    return reformed(scenario, **{"starts_on": first, **FROM_THE_START, **settings})


def origins(scenario):
    return run(scenario).recording.origins


# (a) What is issued ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("reformed", [*REFORMS, with_all])
@WORLDS
def test_the_same_jobs_are_issued_with_and_without_any_reform(world, reformed):
    scenario = small_scenario(world)
    baseline = origins(scenario)
    for amended in (reformed(scenario), from_the_start(reformed, scenario)):
        ours = origins(amended)
        for name in ("issued", "issued_minutes"):
            assert (ours[name].sum(axis=2) == baseline[name].sum(axis=2)).all(), "by month and sender"


def test_the_same_jobs_are_issued_whatever_departments_are_like():
    baseline = origins(small_scenario("evading"))
    for changes in ({"staff": 0.0}, {"staff": 20.0}, {"money": 0.0}, {"money": 50.0}, {"parameters": CERTAIN}):
        ours = origins(with_permit(small_scenario("evading", **changes)))
        assert (ours["issued_minutes"].sum(axis=2) == baseline["issued_minutes"].sum(axis=2)).all()
        assert (ours["issued_minutes"] != baseline["issued_minutes"]).any()


def test_another_volume_of_mandates_does_issue_other_jobs():
    more = origins(small_scenario("evading", parameters={"mandates.volume": 1.2}))
    baseline = origins(small_scenario("evading"))
    assert more["issued_minutes"].sum() > baseline["issued_minutes"].sum()


# (b) Displacement ------------------------------------------------------------------------------------------


def given_to_communities(recording, window):
    """Return the minutes of jobs, rework apart, that arrived, were waived and expired, by the books of communities."""
    c = recording.communities[window.first : window.last]
    rework = recording.origins["rework_minutes"][window.first : window.last].sum()
    arrived, waived, expired = (
        int(c[f"{name}_minutes"][:, :, JOBS].sum()) for name in ("arrived", "waived", "dropped")
    )
    return arrived - int(rework), waived, expired


@pytest.mark.parametrize("reformed", [*REFORMS, with_all])
@WORLDS
def test_every_minute_removed_from_communities_is_in_one_account(world, reformed):
    scenario = small_scenario(world)
    models = run(scenario), run(reformed(scenario))
    windows = [reported(model.recording) for model in models]
    removed = removed_minutes(*(minutes_by_account(window) for window in windows))
    assert removed["removed"] == sum(removed[part] for part in PARTS)
    assert removed["not_issued"] == 0
    before, after = (
        given_to_communities(model.recording, window) for model, window in zip(models, windows, strict=True)
    )
    # Communities' own books: what no longer arrives and is not ad hoc, less what is no longer waived or left to expire.
    given_before, given_after = (arrived - waived - expired for arrived, waived, expired in (before, after))
    assert removed["removed"] == given_before - given_after + removed["reported_only"]
    assert removed["hidden"] == after[1] - before[1]
    assert removed["left_undone"] == after[2] - before[2]


def test_what_departments_save_vanishes_and_what_it_costs_them_has_moved():
    """With one way out the accounts are known: all that is bound is done by departments, for a share of its minutes."""
    parameters = {**CERTAIN, "push.own_minutes_share": 0.25, "push.bought_cost": 4.0, "push.penalty": 12.0}
    scenario = small_scenario("evading", staff=50.0, parameters={**parameters, "push.worth": 4.0})
    amended = run(from_the_start(with_permit, scenario, strictness=20.0, audit_share=1.0))
    baseline = run(scenario)
    windows = [Window(model.recording, 0, 24) for model in (baseline, amended)]
    removed = removed_minutes(*(minutes_by_account(window) for window in windows))
    bound = amended.recording.origins["issued_minutes"][:, :, DO].sum()
    assert bound > 0
    assert amended.recording.origins["issued"][:, :, [PERMIT, AD_HOC, DECLINED, BUY, DROP]].sum() == 0
    assert removed["removed"] - removed["hidden"] - removed["left_undone"] == bound
    n_jobs = amended.recording.origins["issued"][:, :, DO].sum()
    assert abs(removed["moved_to_departments"] - 0.25 * bound) <= n_jobs, "whole minutes of each job"
    assert removed["vanished"] == bound - removed["moved_to_departments"]
    assert removed["moved_to_providers"] == removed["reported_only"] == 0


# (c) and (e) What the board lists --------------------------------------------------------------------------


@WORLDS
def test_a_permit_whose_board_lists_everything_is_the_baseline(world):
    scenario = small_scenario(world)
    listing_all = from_the_start(with_permit, scenario, strictness=0.0, approval_days=60, audit_share=1.0)
    assert digests(listing_all) == digests(scenario)


STRICTNESS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 20.0)


def chance_to_be_listed(p, mandate, strictness):
    """Return the chance of 7.16, a logistic of what a mandate is and how much it weighs."""
    score = p["permit.base"] + p["permit.political"] * (mandate.weight - 1)
    score += {"duty": p["permit.duty"], "assist": p["permit.assist"], "own": 0.0}[mandate.legal_status]
    return 1 / (1 + strictness * math.exp(-score))


def standing(mandate):
    name = hashlib.blake2b(f"listed:{mandate.id}".encode(), digest_size=8).digest()
    return ((int.from_bytes(name, "big") >> 12) + 0.5) * 2**-52


def administration(institution):
    return [each for each in institution.catalogue.mandates if each.work_class == WorkClass.ADMINISTRATION]


@pytest.mark.parametrize("strictness", STRICTNESS)
def test_departments_count_as_unlisted_what_the_board_does_not_list(strictness):
    scenario = from_the_start(with_permit, small_scenario("two_streets"), strictness=strictness)
    institution = scenario.institution
    expected = dict.fromkeys((department.id for department in institution.catalogue.departments), 0)
    for mandate in administration(institution):
        expected[mandate.department] += standing(mandate) >= chance_to_be_listed(
            institution.parameters, mandate, strictness
        )
    model = model_of(scenario)
    model.run_for(63)
    for month in model.recording.origins["unlisted"]:
        assert month.tolist() == [*expected.values(), 0]


def listed(strictness, **parameters):
    """Return what departments hold for listed under a board of this strictness."""
    scenario = small_scenario("two_streets", parameters=parameters)
    model = model_of(from_the_start(with_permit, scenario, strictness=strictness))
    model.run_for(1)
    matters = [matter for brief in model.docket for matter in brief.matters]
    choices = decided(model, np.uint64(1), 0)
    return {
        matter.row
        for matter, choice in zip(matters, choices, strict=True)
        if choice.is_listed and not matter.is_inspection
    }


@pytest.mark.parametrize("base", [-3.0, -1.6, 0.0], ids=lambda base: f"base {base}")
def test_a_stricter_board_lists_nothing_that_a_laxer_one_does_not(base):
    lists = [listed(strictness, **{"permit.base": base}) for strictness in STRICTNESS]
    assert all(laxer >= stricter for laxer, stricter in itertools.pairwise(lists))
    scenario = small_scenario("two_streets")
    rows = {scenario.institution.catalogue.mandates.index(each) for each in administration(scenario.institution)}
    assert lists[0] == rows, "a board that refuses nothing lists all"
    assert len({frozenset(each) for each in lists}) > 2


def test_duties_of_communities_are_listed_before_what_is_no_duty():
    """At equal weight and standing a duty has the better chance, and so has the heavier of two mandates."""
    p = small_scenario("alone").institution.parameters
    mandate = administration(small_scenario("alone").institution)[0]
    for strictness in STRICTNESS[1:]:
        kinds = [chance_to_be_listed(p, as_a(mandate, kind), strictness) for kind in ("own", "assist", "duty")]
        assert kinds == sorted(kinds)
        assert len(set(kinds)) == 3


def as_a(mandate, kind):
    return replace(mandate, legal_status=kind)


# (d) Evasion -----------------------------------------------------------------------------------------------

EVASIVE = {
    **CERTAIN,
    "push.ad_hoc_cost": 0.05,
    "push.penalty": 0.5,
    "push.expected_audit_share": 0.1,
    "push.prior_cases": 80.0,
    "push.delay_cost_per_day": 0.05,
}
FRIGHTENED = {"push.penalty": 12.0, "push.expected_audit_share": 0.9}


@WORLDS
def test_nobody_goes_ad_hoc_where_audits_are_certain_and_the_penalty_is_high(world):
    scenario = small_scenario(world, parameters={**FRIGHTENED, "push.noise": 0.25})
    o = origins(from_the_start(with_permit, scenario, strictness=8.0, audit_share=1.0))
    assert o["tries"].sum() == o["issued"][:, :, [AD_HOC, DECLINED]].sum() == 0
    assert o["unlisted"].sum() > 0


@WORLDS
def test_everything_unlisted_comes_ad_hoc_where_that_is_cheap_and_nobody_audits(world):
    scenario = small_scenario(world, parameters=EVASIVE)
    o = origins(from_the_start(with_permit, scenario, strictness=20.0, audit_share=0.0))
    assert (o["tries"] == o["unlisted"]).all(), "no mandate takes another route"
    assert o["issued_minutes"][:, :, AD_HOC].sum() > 0
    assert o["issued"][:, :, [PERMIT, DECLINED, DO, BUY, DROP]].sum() == 0
    assert o["caught"].sum() == 0
    # Then the permit has changed the paper and nothing else: every minute comes down as it did.
    baseline = origins(scenario)
    down = o["issued_minutes"][:, :, DOWN] + o["issued_minutes"][:, :, AD_HOC]
    assert (down == baseline["issued_minutes"].sum(axis=2)).all()


def test_what_comes_ad_hoc_to_communities_changes_none_of_their_numbers():
    scenario = small_scenario("two_streets", parameters=EVASIVE)
    baseline = run(scenario)
    evaded = run(from_the_start(with_permit, scenario, strictness=20.0, audit_share=0.0))
    for table in ("communities", "settlements", "groups", "settlement_cohorts", "offices", "money", "reports"):
        assert (getattr(evaded.recording, table) == getattr(baseline.recording, table)).all(), table
    assert evaded.outcomes()["ad_hoc_share"] > baseline.outcomes()["ad_hoc_share"] == 0.0
    differing = {name for name, value in baseline.outcomes().items() if evaded.outcomes()[name] != value}
    assert differing == {"ad_hoc_share"}


def test_departments_that_are_always_found_out_give_it_up():
    learning = {**EVASIVE, "push.noise": 0.1, "push.prior_cases": 5.0, "push.penalty": 4.0}
    scenario = small_scenario("two_streets", parameters=learning)
    found_out = origins(from_the_start(with_permit, scenario, strictness=20.0, audit_share=1.0))
    never = origins(from_the_start(with_permit, scenario, strictness=20.0, audit_share=0.0))
    assert (found_out["caught"] == found_out["tries"]).all()
    first, last = (found_out["tries"][months].sum() for months in (slice(0, 4), slice(-4, None)))
    assert first > 2 * last
    assert never["tries"][-4:].sum() >= never["tries"][:4].sum() > 0
    assert found_out["tries"].sum() < never["tries"].sum()


# (f) Coverage ----------------------------------------------------------------------------------------------


def four_communities():
    """Return four communities without cases at offices, so that what arrives is what is sent down."""
    names = ("c1", "c2", "c3", "c4")
    return small_scenario(
        "two_streets",
        authority=0.0,
        communities=tuple((name, f"s{n % 2}", 2, False, 0, 0) for n, name in enumerate(names)),
        settlements=tuple((f"{name}-a", name, 150 + 10 * n, 0.5) for n, name in enumerate(names)),
        parameters={**CERTAIN, "push.penalty": 12.0},
    )


def minutes_by_community(scenario):
    """Return the minutes of jobs that came up, by month, community and class."""
    return run(scenario).recording.communities["arrived_minutes"][:, :, JOBS]


def test_half_a_dose_of_a_permit_holds_in_half_of_the_communities_and_a_larger_one_only_adds():
    scenario = four_communities()
    baseline = minutes_by_community(scenario)
    covered = []
    for dose in (0.0, 0.25, 0.5, 0.75, 1.0):
        minutes = minutes_by_community(from_the_start(with_permit, scenario, strictness=20.0, strength=dose))
        # Where it does not hold, exactly the jobs of the baseline come up: all are free, and go down.
        covered.append(set(np.flatnonzero((minutes != baseline).any(axis=(0, 2))).tolist()))
        assert (minutes <= baseline).all(), "a permit brings no job up"
    assert [len(each) for each in covered] == [0, 1, 2, 3, 4]
    assert all(less < more for less, more in itertools.pairwise(covered))


@pytest.mark.parametrize("place", range(4))
def test_a_permit_in_one_community_leaves_the_jobs_of_the_others_as_they_were(place):
    scenario = four_communities()
    here = from_the_start(with_permit, scenario, strictness=20.0, in_communities=(f"c{place + 1}",))
    ours, theirs = minutes_by_community(here), minutes_by_community(scenario)
    others = [c for c in range(4) if c != place]
    assert (ours[:, others] == theirs[:, others]).all()
    assert ours[:, place].sum() < theirs[:, place].sum()


def test_jobs_of_a_community_that_is_not_covered_all_come_down_free():
    """Of one community a dose below a half covers none, and then there is no route but the free one."""
    scenario = small_scenario("alone", parameters=CERTAIN)
    uncovered = origins(from_the_start(with_permit, scenario, strength=0.49, strictness=20.0))
    assert uncovered["issued"][:, :, 1:].sum() == uncovered["unlisted"].sum() == 0
    covered = origins(from_the_start(with_permit, scenario, strength=0.5, strictness=20.0))
    assert covered["issued"][:, :, 1:].sum() > 0


def test_work_that_is_not_administration_needs_no_permit():
    scenario = four_communities()
    baseline = minutes_by_community(scenario)
    minutes = minutes_by_community(from_the_start(with_permit, scenario, strictness=20.0))
    assert (minutes[:, :, 1:] == baseline[:, :, 1:]).all()
    assert minutes[:, :, 0].sum() < baseline[:, :, 0].sum()


# (g) Where the work goes -----------------------------------------------------------------------------------


def moved(staffing, world, permit=True):
    """Return the minutes of jobs that departments take on themselves."""
    scenario = small_scenario(world, parameters={"departments.staffing": staffing})
    return origins(from_the_start(with_permit, scenario, strictness=8.0) if permit else scenario)["taken_minutes"].sum()


@WORLDS
def test_the_more_staff_departments_have_the_more_they_take_on_under_a_permit(world):
    taken = [moved(staffing, world) for staffing in (0.5, 1.0, 3.0)]
    assert taken[0] < taken[1] < taken[2]


@WORLDS
def test_a_permit_moves_work_to_departments_that_have_staff(world):
    assert moved(3.0, world) > moved(3.0, world, permit=False)


def test_departments_buy_nothing_without_money_and_do_not_spend_what_they_have_not():
    pricey = {"push.bought_cost": 0.05, "push.noise": 0.05}
    for money in (0.0, 0.5, 20.0):
        scenario = small_scenario("two_streets", parameters=pricey, money=money)
        model = run(from_the_start(with_permit, scenario, strictness=8.0))
        bought = model.recording.origins["issued"][:, :, BUY].sum(axis=(0, 1))
        budget = sum(brief.budget_fen for brief in model.docket) * 24
        # A budget binds what is expected; what is spent varies with the sizes of jobs.
        assert model.recording.origins["bought_fen"].sum() < 1.5 * budget or bought == 0
        assert (bought == 0) == (money == 0.0)


# Departments without staff or money to spare, who fear to be found out: what is not listed asks for a permit.
ASKING = {
    **CERTAIN,
    **FRIGHTENED,
    "permit.base": 1.0,
    "push.delay_cost_per_day": 0.0,
    "push.own_minutes_share": 1.0,
    "push.worth": 4.0,
    "departments.staffing": 0.4,
}


def asking(authority=1.0, **parameters):
    return small_scenario("two_streets", authority=authority, money=0.0, parameters={**ASKING, **parameters})


def test_a_board_that_hears_few_cases_admits_no_more_than_it_hears():
    months = {}
    for heard in (0.0, 1.0, 60.0):
        scenario = asking(**{"permit.board_cases_per_month": heard})
        months[heard] = origins(from_the_start(with_permit, scenario, strictness=8.0))
        admitted = months[heard]["admitted"].sum(axis=1)
        assert (admitted <= heard).all()
    assert (months[0.0]["asked"] == months[60.0]["asked"]).all()
    assert months[0.0]["asked"].sum() > 0
    assert months[0.0]["issued"][:, :, PERMIT].sum() == 0
    assert (months[1.0]["admitted"].sum(axis=1) <= months[60.0]["admitted"].sum(axis=1)).all()
    assert 0 < months[1.0]["admitted"].sum() < months[60.0]["admitted"].sum()


def test_what_is_admitted_waits_for_its_permit_and_is_no_longer_bound():
    """Admitted jobs come up on their day, wait on the way, and enter a tray after the days of approval."""
    scenario = asking(authority=0.0)
    waits = []
    for days in (0, 10, 40):
        model = run(from_the_start(with_permit, scenario, strictness=2.0, approval_days=days))
        assert model.recording.origins["issued_minutes"][:, :, PERMIT].sum() > 0
        waits.append(model.recording.communities["blocked_minute_days"].sum())
    assert waits[0] < waits[1] < waits[2]


# (h) A cut of inspections ----------------------------------------------------------------------------------

NOTHING_LEFT = {"cut_share": 1.0, "audit_share": 0.0}


@pytest.mark.parametrize("compliance", [0.0, 1.0])
@WORLDS
def test_what_is_not_inspected_is_declined_or_taken_by_what_compliance_is_left(world, compliance):
    evasive = {**EVASIVE, "push.noise": 1.0, "push.compliance_base": compliance}
    scenario = from_the_start(with_permit, small_scenario(world, parameters=evasive), strictness=20.0, audit_share=0.0)
    o = origins(from_the_start(with_inspection_cut, scenario, **NOTHING_LEFT))
    taken, declined = o["issued"][:, :, AD_HOC].sum(), o["issued"][:, :, DECLINED].sum()
    assert o["tries"].sum() > 0
    if compliance == 0.0:
        assert taken == 0 < declined
    else:
        assert declined == 0 < taken


@WORLDS
def test_streets_hold_no_inspection_where_all_are_abolished_and_departments_only_by_another_way(world):
    scenario = small_scenario(world, parameters={"street.inspections_per_year": 12.0})
    cut = run(from_the_start(with_inspection_cut, scenario, **NOTHING_LEFT))
    of_streets = cut.recording.origins["issued"][:, -1]
    assert of_streets[:, DROP].sum() == of_streets.sum() > 0
    inspection = cut.recording.communities["created"][:, :, WorkClass.INSPECTION].sum()
    assert inspection < run(scenario).recording.communities["created"][:, :, WorkClass.INSPECTION].sum()


def test_a_deeper_cut_keeps_only_inspections_that_a_lighter_one_keeps():
    """Departments that fear to be found out do without or do it themselves, and what is kept is nested."""
    scenario = small_scenario("two_streets", parameters={**CERTAIN, **FRIGHTENED, "street.inspections_per_year": 12.0})
    kept = [
        run(from_the_start(with_inspection_cut, scenario, cut_share=share, audit_share=1.0)).recording.communities[
            "created"
        ][:, :, WorkClass.INSPECTION]
        for share in (0.0, 0.2, 0.5, 0.8, 1.0)
    ]
    assert all((lighter >= deeper).all() for lighter, deeper in itertools.pairwise(kept))
    totals = [int(each.sum()) for each in kept]
    assert totals == sorted(set(totals), reverse=True)
    assert totals[-1] == 0


def test_a_cut_makes_the_mandates_of_a_department_less_pressing_where_it_holds():
    """What inspection lends to a line goes with it: own classes rise where the weight falls."""
    scenario = small_scenario(
        "two_streets", rules={"priority": "MOST_PRESSING_FIRST"}, parameters={"inspections.attention": 1.0}
    )
    model = model_of(from_the_start(with_inspection_cut, scenario, cut_share=0.9, in_communities=("c1",)))
    model.run_for(1)
    units, before = model.charter.units, model_of(scenario).charter.units
    changed = units["own_class"] != before["own_class"]
    assert set(units["community"][changed].tolist()) == {0}
    assert (units["own_class"] >= before["own_class"]).all(), "the first class is the most pressing"


def test_a_cut_that_cuts_nothing_is_the_baseline():
    scenario = small_scenario("two_streets")
    assert digests(from_the_start(with_inspection_cut, scenario, cut_share=0.0, audit_share=1.0)) == digests(scenario)
