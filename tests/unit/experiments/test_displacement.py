"""Displacement accounting on accounts made by hand: each kind of change lands in its part, and the sum is exact."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from govsim.errors import InvariantError
from govsim.experiments.displacement import ELSEWHERE, INSIDE, PARTS, displacement, removed_minutes

FATES = ("sent_down", "ad_hoc", "declined", "taken", "saved", "bought", "let_be")
BASE = {
    "issued": 10_000,
    "sent_down": 9000,
    "ad_hoc": 100,
    "declined": 50,
    "taken": 140,
    "saved": 260,
    "bought": 250,
    "let_be": 200,
    "waived": 1000,
    "expired": 500,
    "streets": 5000,
    "department_cases": 3000,
    "overtime": 800,
    "residents": 600,
    "volunteers": 400,
    "rework": 90,
    "requests_waived": 300,
    "requests_given_up": 200,
}


def changed(accounts=BASE, **minutes):
    """Return the accounts with some minutes more or fewer."""
    return accounts | {name: accounts[name] + more for name, more in minutes.items()}


def test_the_accounts_made_by_hand_add_up():
    assert sum(BASE[name] for name in FATES) == BASE["issued"]


@pytest.mark.parametrize(
    ("change", "removed", "parts"),
    [
        ({"sent_down": -600, "let_be": 600}, 600, {"vanished": 600}),
        ({"sent_down": -600, "declined": 600}, 600, {"vanished": 600}),
        ({"sent_down": -600, "taken": 210, "saved": 390}, 600, {"moved_to_departments": 210, "vanished": 390}),
        ({"sent_down": -600, "bought": 600}, 600, {"moved_to_providers": 600}),
        ({"sent_down": -600, "ad_hoc": 600}, 600, {"reported_only": 600}),
        ({"waived": 600}, 600, {"hidden": 600}),
        ({"expired": 300}, 300, {"left_undone": 300}),
        ({"issued": -600, "sent_down": -600}, 600, {"not_issued": 600}),
        ({"sent_down": -600, "let_be": 600, "waived": -100}, 500, {"vanished": 600, "hidden": -100}),
        ({"let_be": -200, "bought": 200}, 0, {"vanished": -200, "moved_to_providers": 200}),
        ({"declined": -50, "ad_hoc": 50}, 0, {"vanished": -50, "reported_only": 50}),
        ({"sent_down": 300, "taken": -105, "saved": -195}, -300, {"moved_to_departments": -105, "vanished": -195}),
        ({"streets": 70}, 0, {"streets": 70}),
        ({"department_cases": 70}, 0, {"department_cases": 70}),
        ({"overtime": -70}, 0, {"overtime": -70}),
        ({"residents": 70}, 0, {"residents": 70}),
        ({"volunteers": 70}, 0, {"volunteers": 70}),
        ({"rework": 70, "requests_waived": -80}, 0, {"rework": 70, "requests_waived": -80}),
        ({"requests_given_up": 70}, 0, {"requests_given_up": 70}),
        ({}, 0, {}),
    ],
    ids=str,
)
def test_each_kind_of_change_lands_in_its_part(change, removed, parts):
    minutes = removed_minutes(BASE, changed(**change))
    assert minutes == {
        "removed": removed,
        **dict.fromkeys(PARTS, 0),
        **dict.fromkeys((*ELSEWHERE, *INSIDE), 0),
        **parts,
    }


ACCOUNTS = st.fixed_dictionaries({name: st.integers(0, 10**12) for name in BASE if name != "issued"}).map(
    lambda accounts: {"issued": sum(accounts[name] for name in FATES), **accounts}
)


@given(ACCOUNTS, ACCOUNTS)
def test_whatever_is_removed_is_what_the_parts_add_up_to_and_swapped_arms_negate_it(before, after):
    there, back = removed_minutes(before, after), removed_minutes(after, before)
    assert there["removed"] == sum(there[part] for part in PARTS)
    assert back == {name: -minutes for name, minutes in there.items()}


@pytest.mark.parametrize("name", ["issued", *FATES])
def test_accounts_that_do_not_add_up_are_refused(name):
    with pytest.raises(InvariantError, match="minutes removed from communities are not the minutes found elsewhere"):
        removed_minutes(BASE, changed(**{name: 1}))


# Several replicates.


def accounted(*changes, community_years=1.0):
    return displacement([BASE] * len(changes), [changed(**change) for change in changes], community_years)


def test_hours_are_means_over_replicates_a_community_and_year():
    """In three community years 600 and 660 minutes are removed: 10 / 3 and 11 / 3 hours."""
    found = accounted({"sent_down": -600, "bought": 600}, {"sent_down": -660, "bought": 660}, community_years=3.0)
    for name in ("removed", "moved_to_providers"):
        assert found.hours[name].difference == pytest.approx(3.5)
        assert found.hours[name].n_pairs == 2
        # Student's t with one degree of freedom is 12.7062 at 0.975; the standard error is half the distance.
        half = 12.7062 / 6
        assert found.hours[name].ci_low == pytest.approx(3.5 - half, abs=1e-4)
        assert found.hours[name].ci_high == pytest.approx(3.5 + half, abs=1e-4)
    assert found.hours["vanished"].difference == 0.0
    assert list(found.hours) == ["removed", *PARTS, *ELSEWHERE, *INSIDE]


def test_the_ratio_is_what_others_do_more_over_what_was_really_removed():
    """Of 2000 minutes removed 400 came back ad hoc; others spend 160 + 300 + 100 + 50 + 30 - 20 + 90 + 90 more."""
    one = {"sent_down": -900, "ad_hoc": 200, "taken": 160, "saved": 140, "bought": 300, "let_be": 100, "waived": 100}
    others = {"streets": 50, "department_cases": 30, "overtime": -20, "residents": 90, "volunteers": 90}
    found = accounted(one | others, one | others)
    assert found.hours["removed"].difference == pytest.approx(1000 / 60)
    assert found.ratio == pytest.approx(800 / 800)
    half = {name: minutes // 2 for name, minutes in others.items()}
    assert accounted(one | half, one | half).ratio == pytest.approx((160 + 300 + 100 + 120) / 800)


def test_the_ratio_is_of_sums_over_replicates_and_not_a_mean_of_ratios():
    """600 and 660 minutes are removed; 0 and 126 minutes are spent by streets."""
    found = accounted({"sent_down": -600, "let_be": 600}, {"sent_down": -660, "let_be": 660, "streets": 126})
    assert found.ratio == pytest.approx(126 / 1260)


def test_the_interval_of_the_ratio_is_fiellers_over_the_replicates():
    """Of 600, 660 and 720 minutes removed streets take 60, 132 and 90: at each end the t test begins to reject."""
    removed, streets = (600, 660, 720), (60, 132, 90)
    changes = [
        {"sent_down": -minutes, "let_be": minutes, "streets": more}
        for minutes, more in zip(removed, streets, strict=True)
    ]
    found = accounted(*changes, community_years=7.0)
    assert found.ratio == pytest.approx(282 / 1980)
    assert found.ratio_low < found.ratio < found.ratio_high
    for end in (found.ratio_low, found.ratio_high):
        rest = [more - end * minutes for more, minutes in zip(streets, removed, strict=True)]
        assert stats.ttest_1samp(rest, 0.0).pvalue == pytest.approx(0.05, rel=1e-6)
    content = found.to_dict()
    assert content["displacement_ratio_ci_low"] == found.ratio_low
    assert content["displacement_ratio_ci_high"] == found.ratio_high
    assert content["displacement_ratio_interval"] == "fieller"


@pytest.mark.parametrize(
    "changes",
    [
        ({}, {}),
        ({"streets": 70}, {"streets": 80}),
        ({"sent_down": 600, "let_be": -200, "ad_hoc": -100, "bought": -250, "declined": -50},) * 2,
        ({"sent_down": -600, "ad_hoc": 600}, {"sent_down": -600, "ad_hoc": 600}),
        ({"sent_down": -600, "let_be": 600}, {"sent_down": -60, "let_be": 60}),
        ({"sent_down": -600, "let_be": 600},),
    ],
    ids=[
        "nothing changes",
        "nothing is removed",
        "work is added",
        "all comes back ad hoc",
        "the interval holds 0",
        "one replicate has no interval",
    ],
)
def test_the_ratio_is_undefined_where_hardly_anything_was_really_removed(changes):
    found = accounted(*changes)
    assert (found.ratio, found.ratio_low, found.ratio_high) == (None, None, None)
    assert found.to_dict()["displacement_ratio_interval"] is None
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["displacement_ratio"] is None


def test_swapped_arms_negate_every_row_and_have_no_ratio():
    arms = [BASE] * 3, [changed(sent_down=-600 - more, ad_hoc=500, let_be=100 + more, streets=40) for more in (0, 5, 9)]
    there, back = displacement(*arms, 2.0), displacement(*arms[::-1], 2.0)
    for name, forth in there.hours.items():
        other = back.hours[name]
        swapped = (-other.difference, -other.ci_high, -other.ci_low)
        assert swapped == (forth.difference, forth.ci_low, forth.ci_high), name
    assert there.ratio == pytest.approx(120 / (3 * 100 + 14))
    assert back.ratio is None


def test_what_json_shows_are_hours_with_their_interval_by_account():
    content = accounted({"sent_down": -600, "bought": 600}, {"sent_down": -660, "bought": 660}).to_dict()
    assert list(content) == [
        "hours_per_community_year",
        "displacement_ratio",
        "displacement_ratio_ci_low",
        "displacement_ratio_ci_high",
        "displacement_ratio_interval",
    ]
    assert list(content["hours_per_community_year"]) == ["removed", *PARTS, *ELSEWHERE, *INSIDE]
    removed = content["hours_per_community_year"]["removed"]
    assert removed["hours"] == pytest.approx(10.5)
    assert removed["ci_low"] < 10.5 < removed["ci_high"]
    assert removed["interval"] == "t"
    alone = accounted({"sent_down": -600, "bought": 600}).to_dict()["hours_per_community_year"]["removed"]
    assert alone == {"hours": 10.0, "ci_low": None, "ci_high": None, "interval": None}
