"""Following looks and never touches, and what it tells of all items together is what the books of the run say."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest

from govsim.clock import DAYS_PER_MONTH, MINUTES_PER_HOUR
from govsim.experiments.followed import Arms, follow_thing, follow_worker
from govsim.experiments.following import Track, how_it_came, life_of, new_items, slots_used
from govsim.experiments.lives import CLOSINGS, NEVER_CAME, Kind, Layer, What
from govsim.experiments.picking import Wanted, names_of_matters, rank, thing_in, things_of
from govsim.experiments.stories import story_of
from govsim.experiments.telling import life_sentences
from govsim.experiments.telling_people import career_sentences, story_sentences
from govsim.experiments.workers_followed import career_of, minutes_of_day, posts_held
from tests.followed import arms, baseline, careers, lives, stories
from tests.properties.runs import model_of, run
from tests.reference.villages import merged_for_a_while, village_scenario
from tests.reference.worlds import small_scenario

MONTHS = 4


@pytest.fixture(scope="module", params=["overload", "escalating", "two_streets"])
def followed(request):
    return all_followed(request.param)


@cache
def all_followed(world):
    """Return a run in which every item of the first months was followed from its first day to its last."""
    return every_item(small_scenario(world), MONTHS)


def every_item(scenario, months):
    model = model_of(scenario)
    tracks, done, day = [], [], 0
    while day < months * DAYS_PER_MONTH:
        model.run_for(1)
        tracks += [track_of(model, slot) for slot in np.flatnonzero(new_items(model)).tolist()]
        for track in tracks:
            track.look(model, day)
        done += [track for track in tracks if not track.is_open]
        tracks = [track for track in tracks if track.is_open]
        day += 1
    return model, (*done, *tracks)


def track_of(model, slot):
    item = slots_used(model)[slot]
    kind = Kind.REQUEST if item["resident"] >= 0 else Kind.JOB
    thing = thing_like(model, item, kind)
    return Track(thing, slot, how_it_came(model, thing, slot), number=thing.index)


def thing_like(model, item, kind):
    return thing_in(model, item, kind, names_of_matters(model.institution))


def count(tracks, *kinds):
    return sum(event.what in kinds for track in tracks for event in track.events)


def book(model, name):
    return model.recording.communities[name].sum(axis=(0, 1))


# ------------------------------------------------------------- looking is free
def test_a_run_that_was_followed_has_the_digests_of_one_that_was_not():
    model = model_of(baseline())
    life_of(model, things_of(model_of(baseline()), "job")[0])
    model.run_for(-model.day % DAYS_PER_MONTH)
    story_of(model, 5, 2)
    career_of(model, *holder_of(model, posts_held(model)[0]), 2)
    model.run()
    assert model.recording.digests == run(baseline()).recording.digests


def holder_of(model, post):
    return post, int(model.state.people.posts[post].holder)


# ------------------------------------------------------ the books of all items
def test_everything_that_came_up_was_seen_to_come_up(followed):
    model, tracks = followed
    jobs = [track for track in tracks if track.thing.kind is Kind.JOB]
    came = count(jobs, What.CAME_DOWN, What.CAME_AD_HOC, What.CAME_WITH_PERMIT)
    assert came == len(jobs) == np.delete(book(model, "created"), 4).sum()
    brought = count(tracks, What.BROUGHT, What.CALLED, What.AGAIN)
    assert brought == book(model, "created")[4]


def test_everything_that_ended_was_seen_to_end_in_its_way(followed):
    model, tracks = followed
    assert count(tracks, *CLOSINGS) == book(model, "done").sum()
    assert count(tracks, What.EXPIRED) == np.delete(book(model, "dropped"), 4).sum()
    assert count(tracks, What.GIVEN_UP) == book(model, "dropped")[4]
    assert count(tracks, What.RETURNED) == model.recording.communities["returns"].sum()


def test_evenings_spent_open_are_the_item_days_of_the_books(followed):
    model, tracks = followed
    evenings = sum(stay.end - stay.first for track in tracks for stay in track.stays)
    assert evenings == model.recording.communities["open_item_days"].sum()


def test_minutes_that_jobs_are_not_given_are_the_minutes_waived(followed):
    model, tracks = followed
    jobs = [track for track in tracks if track.thing.kind is Kind.JOB]
    taken = [(track.events[0], event) for track in jobs for event in track.events if event.what is What.TAKEN]
    assert (
        sum(came.minutes - event.minutes for came, event in taken) == np.delete(book(model, "waived_minutes"), 4).sum()
    )
    assert count(jobs, What.DONE_PERFUNCTORILY) <= sum(event.minutes < came.minutes for came, event in taken)


@pytest.mark.parametrize(("world", "what"), [
    ("overload", What.DONE_PERFUNCTORILY), ("overload", What.EXPIRED), ("overload", What.CALLED),
    ("escalating", What.PASSED_ON), ("escalating", What.RETURNED), ("escalating", What.SETTLED),
    ("escalating", What.GIVEN_UP), ("escalating", What.AGAIN), ("two_streets", What.DONE_IN_FULL),
])  # fmt: skip
def test_the_worlds_that_are_followed_have_every_kind_of_event(world, what):
    assert count(all_followed(world)[1], what) > 0


def test_cases_that_entered_an_office_are_arrivals_there(followed):
    model, tracks = followed
    arrived = sum(
        event.what is What.ARRIVED and event.office.layer is not Layer.COMMUNITY
        for track in tracks
        for event in track.events
    )
    assert arrived == model.recording.offices["cases"].sum()


def test_a_stay_ends_where_the_next_begins(followed):
    _, tracks = followed
    for track in tracks:
        for stay, after in zip(track.stays, track.stays[1:], strict=False):
            assert stay.end == after.first
            assert (stay.office, stay.on_way) != (after.office, after.on_way)


def test_open_work_of_villages_that_join_and_part_is_followed_to_its_new_community():
    model, tracks = every_item(merged_for_a_while(village_scenario("two_valleys")), 14)
    evenings = sum(stay.end - stay.first for track in tracks for stay in track.stays)
    assert evenings == model.recording.communities["open_item_days"].sum()
    assert count(tracks, *CLOSINGS) == book(model, "done").sum()
    moved = [event for track in tracks for event in track.events if event.what is What.MOVED]
    assert moved
    assert {event.day / DAYS_PER_MONTH for event in moved} <= set(np.flatnonzero(model.recording.moved.any(axis=1)))


# ------------------------------------------------------------------- choosing
@pytest.mark.parametrize("wanted", Wanted)
def test_what_is_chosen_is_what_was_wanted(wanted):
    before, after = lives(wanted)
    assert before.thing == after.thing
    assert before.came
    assert before.thing.day // DAYS_PER_MONTH == 14
    assert (before.thing.kind is Kind.REQUEST) == (wanted.kind is Kind.REQUEST)
    kinds = {event.what for event in before.events}
    if wanted.value.endswith("sent_up"):
        assert What.SENT_UP in kinds
    if wanted.value.endswith("returned"):
        assert What.RETURNED in kinds


def test_the_order_of_choice_is_that_of_identities_alone():
    things = things_of(model_of(baseline()), Wanted.JOB)
    assert sorted(things, key=rank) == things
    assert len({thing.entity for thing in things}) > 1
    assert [thing.day for thing in things] != sorted(thing.day for thing in things)


def test_things_are_chosen_from_the_first_day_of_a_month_only():
    model = model_of(baseline())
    model.step()
    with pytest.raises(ValueError, match="first day"):
        things_of(model, Wanted.JOB)


# ------------------------------------------------------------------- both arms
def test_jobs_that_do_not_come_down_under_the_reform_are_those_its_books_kept_above():
    reform, month = arms().reform, 14
    things = everything_issued(month)
    ends = dict.fromkeys(NEVER_CAME, 0)
    model = model_of(reform)
    model.run_for(month * DAYS_PER_MONTH)
    came = ways(model, things)
    for what in came:
        ends[what] = ends.get(what, 0) + 1
    model.run_for(month * DAYS_PER_MONTH + DAYS_PER_MONTH - model.day)
    issued = model.recording.origins["issued"][month].sum(axis=0)
    came_down = (What.CAME_DOWN, What.CAME_WITH_PERMIT, What.CAME_AD_HOC)
    kept = (What.DECLINED, What.DONE_ABOVE, What.BOUGHT, What.LET_BE)
    assert [ends.get(what, 0) for what in (*came_down, *kept)] == issued.tolist()
    assert sum(issued[3:]) > 0


def everything_issued(month):
    """Return all jobs of a month as the baseline has them, where nothing is kept above."""
    model = model_of(baseline())
    model.run_for(month * DAYS_PER_MONTH)
    found = []
    for _ in range(DAYS_PER_MONTH):
        model.run_for(1)
        slots = np.flatnonzero(new_items(model) & (slots_used(model)["resident"] < 0)).tolist()
        found += [thing_like(model, slots_used(model)[slot], Kind.JOB) for slot in slots]
    assert len(found) == model.recording.origins["issued"][month].sum()
    return found


def ways(model, things):
    found = []
    for _ in range(DAYS_PER_MONTH):
        model.run_for(1)
        found += [how_it_came(model, thing, None) for thing in things if thing.day == model.day - 1]
    return found


def test_a_thing_has_one_life_where_the_reform_changes_nothing():
    same = Arms(baseline(), baseline(), seed=3, replicate=1)
    before, after = follow_thing(same, Wanted.REQUEST_SENT_UP, 6)
    assert before == after
    assert follow_worker(same, 6)[0] == follow_worker(same, 6)[1]


def test_what_runs_have_in_common_is_run_once_and_changes_no_life():
    before, after = lives(Wanted.REQUEST_RETURNED)
    assert life_of(model_of(baseline()), before.thing) == before
    assert life_of(model_of(arms().reform), after.thing) == after


# --------------------------------------------------------------------- workers
def test_the_hours_of_all_posts_are_the_hours_of_the_books():
    model = model_of(baseline())
    posts = range(len(model.state.people.posts))
    worked = overtime = 0
    for _ in range(2 * DAYS_PER_MONTH):
        model.run_for(1)
        for post in posts:
            minutes, over = minutes_of_day(model, post)
            worked, overtime = worked + minutes, overtime + over
    assert worked == model.recording.communities["worked_minutes"].sum()
    assert overtime == model.recording.communities["overtime_minutes"].sum() > 0


def test_a_career_ends_with_who_leaves():
    model = model_of(baseline())
    holders = run(baseline()).recording.holders
    post = next(row for row in posts_held(model) if (holders[:, row] != holders[0, row]).any() and holders[0, row] == 0)
    career = career_of(model, post, 0, len(holders))
    left = int(np.flatnonzero(holders[:, post] != 0)[0])
    assert [month.month for month in career.months] == list(range(left + 1))
    assert [month.has_left for month in career.months] == [False] * left + [True]
    assert career.months[0].hours * MINUTES_PER_HOUR > 0
    assert career_of(model_of(baseline()), post, 99, 3).months == ()


# ------------------------------------------------------------------- residents
def test_the_experience_of_a_resident_is_the_contacts_told():
    model = model_of(baseline())
    things = things_of(model_of(baseline()), Wanted.REQUEST)
    row = max((thing.resident for thing in things), key=lambda row: [t.resident for t in things].count(row))
    story = story_of(model, row, 12)
    contacts = [each for each in story.moments if each.what in {*CLOSINGS, What.GIVEN_UP, What.ANSWERED}]
    resident = model.state.people.residents[row]
    assert len(contacts) == resident.cases_met + resident.cases_unmet > 0
    assert sum(each.is_met is True for each in contacts) == resident.cases_met
    assert story.moments == tuple(sorted(story.moments, key=lambda each: each.day))


# ------------------------------------------------------------------- sentences
@pytest.mark.parametrize("wanted", Wanted)
def test_every_event_is_a_sentence_in_either_language(wanted):
    for life in lives(wanted):
        english, chinese = life_sentences(life), life_sentences(life, "zh")
        assert len(english) == len(chinese) == len(life.events) + (not life.is_over)
        assert not any(re.search("[\u4e00-\u9fff]", each) for each in english)
        names = "|".join(sorted({re.escape(event.office.name.zh) for event in life.events}))
        assert not any(re.search("[A-Za-z]", re.sub(names, "", each)) for each in chinese)


def test_workers_and_residents_are_told_in_either_language():
    for lang in ("en", "zh"):
        assert all(career_sentences(each, lang) for each in careers())
        for story in stories():
            assert len(story_sentences(story, lang)) == len(story.moments) + 2


def test_no_sentence_calls_coping_under_load_by_another_name():
    from govsim.experiments import telling, telling_people

    said = [each.english for module in (telling, telling_people) for each in vars(module)["_SAYS"].values()]
    assert any("coping under load" in each for each in said)
    assert not any(re.search("fak|shirk|cheat", each) for each in said)
