"""I5, M1, M6, M7 and M9 across mergers: what a merger keeps, and whom it leaves alone."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from govsim.institution.joining import willing
from govsim.processes import PHASES
from govsim.recording.tables import by_community
from tests.properties.runs import digests, model_of, run, with_all
from tests.properties.test_names_and_places import WITHOUT_LINKS, open_work, rows_of
from tests.properties.villages import COMMUNITIES, SETTLEMENTS, merged, villages

MODES = pytest.mark.parametrize("mode", ["merged", "federated"])
MONTH = 9
SEVERAL = {
    "merged": lambda s: merged(s),
    "federated": lambda s: merged(s, mode="federated"),
    "pooled": lambda s: merged(s, ("v1", "v2", "v3"), ("v6", "v5"), assets="pooled"),
    "asked": lambda s: merged(s, ("v1", "v2", "v3", "v4"), ("v5", "v6"), consent="asked", assets="pooled"),
    "in steps": lambda s: merged(s, ("v1", "v2"), ("v3", "v4"), ("v5", "v6"), phase_in_months=4),
    "parting": lambda s: merged(s, ("v3", "v1", "v2", "v4"), until=15),
    "federation, then merger": lambda s: merged(merged(s, mode="federated", until=15), month=15),
    "other groups": lambda s: merged(merged(s, ("v1", "v2"), ("v3", "v4"), until=15), ("v4", "v1", "v3"), month=15),
}
EVERY_MERGER = pytest.mark.parametrize("how", SEVERAL)


def on_the_eve(scenario, month=MONTH):
    """Return the model at the end of a month, before reforms of the next are in force."""
    model = model_of(scenario)
    model.run_for(21 * month)
    return model


def on_the_morning(scenario, month=MONTH):
    """Return the model on the first day of a month, once communities have joined or parted and before any work."""
    before = on_the_eve(scenario, month)
    model = model_of(scenario, resume_from=before.snapshot())
    model.start_due_reforms()
    situation = model._situation
    next(phase for phase in PHASES if phase.name == "join_communities")(situation)
    return before, model


def holdings(model):
    """Return what a merger has to keep: people, holders of posts, cash, income, open work by who asked for it."""
    people, work = model.state.people, model.state.work
    posts = {name: people.posts[name].tolist() for name in people.posts.dtype.names if name not in PLACES_OF_POSTS}
    everywhere = range(len(people.communities))
    return {
        "residents": people.residents.tolist(),
        "posts": posts,
        "cash": int(people.communities["own_funds_fen"].sum()),
        "income": int(people.communities["own_income_fen_per_year"].sum()),
        "quits": int(people.communities["last_quits"].sum()),
        "entitled": int(people.communities["n_entitled"].sum()),
        "open work": open_work(model, everywhere),
        "n_open": int(people.communities["n_open"].sum()),
        "ever": int((people.communities["opened"] - people.communities["ended"]).sum()),
        "minutes": int((people.communities["backlog_minutes"] + people.communities["blocked_minutes"]).sum()),
        "lines": work.returned.sum(axis=0).tolist(),
        "offices": work.offices.tolist(),
        "cohorts": model.state.book.settlement_cohorts.tolist(),
    }


PLACES_OF_POSTS = {"community", "collective"}


@EVERY_MERGER
@pytest.mark.parametrize("month", [MONTH, 15])
def test_residents_posts_open_work_cash_and_records_are_kept_exactly(how, month):
    before, after = on_the_morning(SEVERAL[how](villages()), month)
    assert holdings(after) == holdings(before)
    assert len(holdings(before)["open work"]) > 20, "there is something to hand over"


@EVERY_MERGER
def test_every_law_of_conservation_holds_through_a_merger(how):
    # Each month's end checks minutes, items, ages, posts and money of every community; a breach raises.
    model = run(with_all(SEVERAL[how](villages()), in_streets=(), in_communities=()))
    assert len(model.recording.digests) == 24


@pytest.mark.parametrize("column", ["opened", "n_open", "backlog_minutes", "own_funds_fen", "last_quits"])
def test_a_merger_that_lost_something_would_be_seen(column):
    before, after = on_the_morning(merged(villages()))
    kept = holdings(before)
    after.state.people.communities[column][0] += 1
    assert holdings(after) != kept


@EVERY_MERGER
def test_each_item_and_post_and_settlement_stands_with_one_community_that_has_it_on_its_roll(how):
    for month in (MONTH, 12, 15):
        _, model = on_the_morning(SEVERAL[how](villages()), month)
        people, work = model.state.people, model.state.work
        for c, place in enumerate(people.communities):
            posts = people.roster[place.first_post : place.first_post + place.n_posts]
            served = people.served[place.first_settlement : place.first_settlement + place.n_settlements]
            assert (people.posts["community"][posts] == c).all()
            assert (people.settlements["community"][served] == c).all()
            assert (place.n_posts == 0) == (place.n_settlements == 0)
        assert sorted(people.roster) == list(range(len(people.posts)))
        assert sorted(people.served) == list(range(len(people.settlements)))
        for tray in range(work.layout.n_posts):
            slot = int(work.trays["first"][tray])
            while slot >= 0:
                assert work.items[slot].community == people.posts["community"][tray]
                slot = int(work.items[slot].next)


@EVERY_MERGER
def test_before_its_first_month_a_merger_is_the_baseline(how):
    baseline, joined = digests(villages()), digests(SEVERAL[how](villages()))
    assert joined[:MONTH] == baseline[:MONTH]
    assert joined[-1] != baseline[-1]


@MODES
def test_the_order_of_groups_and_of_members_after_the_seat_decides_nothing(mode):
    expected = digests(merged(villages(), ("v1", "v2", "v4"), ("v5", "v6"), mode=mode))
    assert digests(merged(villages(), ("v5", "v6"), ("v1", "v4", "v2"), mode=mode)) == expected
    assert digests(merged(villages(), ("v5", "v6"), ("v4", "v1", "v2"), mode=mode)) != expected, "the seat does"


@MODES
def test_two_mergers_of_different_villages_commute(mode):
    one, two = ("v1", "v2"), ("v5", "v6")
    there = merged(merged(villages(), one, id="a", mode=mode), two, id="b", month=11)
    back = merged(merged(villages(), two, id="a", month=11), one, id="b", mode=mode)
    again = merged(merged(villages(), two, id="b", month=11), one, id="a", mode=mode)
    assert digests(again) == digests(there)
    assert digests(back) == digests(again)


def permuted(rows, turn):
    return rows[turn:] + rows[:turn]


@EVERY_MERGER
def test_the_order_of_rows_decides_nothing_across_a_merger(how):
    expected = digests(SEVERAL[how](villages()))
    turned = villages()
    places = turned.institution.places
    shuffled = replace(places, communities=permuted(places.communities, 4), settlements=permuted(places.settlements, 3))
    again = replace(turned, institution=replace(turned.institution, places=shuffled))
    assert digests(SEVERAL[how](again)) == expected


@EVERY_MERGER
def test_a_run_that_stops_and_goes_on_over_the_day_of_a_merger_is_the_same_run(how):
    scenario = SEVERAL[how](villages())
    for day in (21 * MONTH - 1, 21 * MONTH, 21 * MONTH + 1, 21 * 15 + 5):
        first = model_of(scenario)
        first.run_for(day)
        second = model_of(scenario, resume_from=first.snapshot())
        second.run()
        assert second.digest == digests(scenario)[-1]


@EVERY_MERGER
def test_days_one_by_one_are_days_fused(how):
    scenario = SEVERAL[how](villages())
    stepped = model_of(scenario)
    for _ in range(21 * 16):
        stepped.step()
    assert stepped.recording.digests == digests(scenario)[:16]


@pytest.mark.parametrize("why", WITHOUT_LINKS)
@EVERY_MERGER
def test_a_merger_in_one_township_changes_no_number_of_another(how, why):
    settings = {"parameters": {"push.noise": 0.001}, **WITHOUT_LINKS[why]}
    here = SEVERAL[how](villages(**settings))
    only_first = tuple(
        reform.model_copy(update={"groups": tuple(group for group in reform.groups if group[0] in {"v1", "v3", "v4"})})
        for reform in here.reforms
    )
    here = replace(here, reforms=only_first)
    baseline = villages(**settings)
    assert rows_of(run(here), "t2") == rows_of(run(baseline), "t2")
    assert rows_of(run(here), "t1") != rows_of(run(baseline), "t1")


@pytest.mark.parametrize("why", WITHOUT_LINKS)
@MODES
def test_two_townships_in_one_file_are_the_two_run_apart_through_their_mergers(mode, why):
    settings = {"parameters": {"push.noise": 0.001}, **WITHOUT_LINKS[why]}
    groups = {"t1": ("v1", "v2", "v4"), "t2": ("v5", "v6")}
    together = run(merged(villages(**settings), *groups.values(), mode=mode))
    for township, group in groups.items():
        alone = run(merged(villages({township}, **settings), group, mode=mode))
        assert rows_of(together, township) == rows_of(alone, township)


@MODES
def test_a_village_that_stays_alone_gets_no_number_of_its_work_changed(mode):
    """Its workers compare their pay with a street in which nobody's pay has changed."""
    settings = {"parameters": {"push.noise": 0.001}, **WITHOUT_LINKS["no work needs authority"]}
    alone, beside = run(villages(**settings)), run(merged(villages(**settings), ("v1", "v2"), mode=mode))
    for model in (alone, beside):
        assert {place.id for place in model.institution.places.communities} >= {"v3", "v4"}
    rows = [2, 3]
    tallies = [model.recording.communities[:, rows]["created"].tolist() for model in (alone, beside)]
    assert tallies[0][:MONTH] == tallies[1][:MONTH]
    jobs = [model.recording.communities[:, rows]["created"][:, :, :4].tolist() for model in (alone, beside)]
    assert jobs[0] == jobs[1], "the same jobs come up"


def mandates(model, *, per_resident):
    """Return the identities of the mandates in units, per resident or per unit."""
    units = model.charter.units
    return set(units["entity"][(units["settlement"] >= 0) == per_resident].tolist())


def test_jobs_per_resident_stay_the_same_jobs_and_jobs_per_unit_are_once_a_community():
    alone, one, kept = (run(s) for s in (villages(), merged(villages()), merged(villages(), mode="federated")))
    for model in (one, kept):
        assert mandates(model, per_resident=True) == mandates(alone, per_resident=True)
    assert mandates(kept, per_resident=False) == mandates(alone, per_resident=False), "villages keep their committees"
    assert mandates(one, per_resident=False) < mandates(alone, per_resident=False)
    shares = len(mandates(one, per_resident=False)) / len(mandates(alone, per_resident=False))
    assert shares == (len(COMMUNITIES) - 2) / len(COMMUNITIES), "two of six villages have none any more"


def test_a_single_village_that_is_made_a_community_only_announces_more():
    single = merged(villages(), ("v1",), ("v5",), mode="single", announced_rise=0.3)
    silent = merged(villages(), ("v1",), ("v5",), mode="single", announced_rise=0.0)
    assert digests(silent) == digests(villages())
    before, after = run(villages()), run(single)
    expectation = [model.state.people.settlements["mean_expectation"] for model in (before, after)]
    rises = (expectation[1] > expectation[0]).tolist()
    assert rises == [row[1] in {"v1", "v5"} for row in SETTLEMENTS]


def test_a_longer_way_keeps_more_needs_at_home():
    raised = [
        int(run(merged(villages(), added_km=km)).recording.settlements["raised"][MONTH:].sum())
        for km in (0.0, 3.0, 9.0)
    ]
    assert raised[0] > raised[1] > raised[2]


def test_only_the_richest_village_refuses_to_pool_what_it_would_join_with_if_each_kept_its_own():
    certain = {"merger.refusal_per_log_income": 4.0, "merger.refusal_per_km": 0.0, "merger.refusal_base": -2.5}
    institution = villages(parameters=certain).institution
    group = tuple(row[0] for row in COMMUNITIES if row[1] == "t1")
    richest = max((row for row in COMMUNITIES if row[1] == "t1"), key=lambda row: row[4])[0]
    assert set(group) - set(willing(institution, group, 1.0, pools_assets=True)) == {richest}
    assert willing(institution, group, 1.0, pools_assets=False) == group


def test_higher_odds_of_refusal_only_add_refusals():
    group = tuple(row[0] for row in COMMUNITIES if row[1] == "t1")
    agreed = [
        set(
            willing(
                villages(parameters={"merger.refusal_base": float(base)}).institution, group, 1.0, pools_assets=True
            )
        )
        for base in np.linspace(-4.0, 0.0, 9)
    ]
    assert all(more >= fewer for more, fewer in itertools.pairwise(agreed))
    assert agreed[0] > agreed[-1]


@EVERY_MERGER
def test_what_a_community_reports_closed_is_what_was_closed_in_the_settlements_that_it_serves(how):
    model = model_of(SEVERAL[how](villages()))
    for month in range(20):
        model.run_for(21)
        served = model.state.people.settlements["community"]
        tally = model.recording.settlements[month]
        closed = np.bincount(served, tally["closed"] - tally["answered"], len(COMMUNITIES))
        assert model.recording.reports["closed"][month].tolist() == closed.tolist()


def test_a_snapshot_from_inside_a_month_is_not_resumed_where_other_communities_are_joined():
    inside = on_the_eve(villages())
    inside.run_for(3)
    with pytest.raises(ValueError, match="the same communities are joined"):
        model_of(merged(villages()), resume_from=inside.snapshot())
    after = model_of(merged(villages()))
    after.run_for(21 * MONTH + 3)
    with pytest.raises(ValueError, match="the same communities are joined"):
        model_of(villages(), resume_from=after.snapshot())
    with pytest.raises(ValueError, match="the same communities are joined"):
        model_of(merged(villages(), mode="federated"), resume_from=after.snapshot())
    model_of(merged(villages()), resume_from=after.snapshot()).run()


def test_outcomes_by_community_are_undefined_for_those_that_joined_inside_the_window_and_for_no_others():
    inside, before = (by_community(run(merged(villages(), month=month)).recording) for month in (18, 12))
    joined = {0, 1, 3}
    assert {c for c in inside.index if inside.loc[c].isna().all()} == joined
    assert {c for c in before.index if before.loc[c].isna().all()} == joined - {0}
    assert before.loc[0, "satisfaction"] > 0.0
