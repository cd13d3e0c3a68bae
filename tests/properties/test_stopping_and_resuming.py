"""M12: wherever a run is cut, copied, resumed or made to grow, it stays the same run."""

from __future__ import annotations

import itertools
import pickle
from dataclasses import replace

import pytest

from tests.properties.runs import REFORMS, digests, model_of, run, with_all
from tests.reference.worlds import SMALL_WORLDS, small_scenario

AWKWARD_DAYS = (0, 1, 4, 5, 20, 21, 22, 41, 42, 100, 189, 190, 209, 210, 251, 252, 253, 300, 483, 503, 504)


@pytest.fixture(scope="module")
def scenario():
    return with_all(small_scenario("escalating"))


@pytest.fixture(scope="module")
def straight(scenario):
    return run(scenario)


def same_run(model, straight):
    ours, theirs = model.recording, straight.recording
    return (
        ours.digests == theirs.digests
        and (ours.reports == theirs.reports).all()  # they are in no digest
        and model.outcomes() == straight.outcomes()
    )


@pytest.mark.parametrize("day", AWKWARD_DAYS)
def test_a_resumed_run_is_the_straight_run(scenario, straight, day):
    model = model_of(scenario)
    model.run_for(day)
    snapshot = model.snapshot()
    resumed = model_of(scenario, resume_from=snapshot)
    assert resumed.day == day
    resumed.run()
    assert same_run(resumed, straight)
    assert model.day == day, "the run that was copied has not moved"
    model.run()
    assert same_run(model, straight)


@pytest.mark.parametrize("day", [33, 252])
def test_a_snapshot_can_be_used_twice_and_sent_elsewhere(scenario, straight, day):
    model = model_of(scenario)
    model.run_for(day)
    snapshot = model.snapshot()
    model.run()
    sent = pickle.loads(pickle.dumps(snapshot))
    for each in (snapshot, snapshot, sent):
        resumed = model_of(scenario, resume_from=each)
        resumed.run()
        assert same_run(resumed, straight)


def test_runs_leave_the_lists_of_a_snapshot_as_they_are(scenario):
    """Copies share them: what will come up this year and this month."""
    model = model_of(scenario)
    model.run_for(215)
    snapshot = model.snapshot()
    plan = snapshot.state.plan
    before = plan.needs.tobytes(), plan.jobs.tobytes()
    assert len(plan.needs)
    assert len(plan.jobs)
    for each in (model, model_of(scenario, resume_from=snapshot), model.branch(scenario)):
        each.run()
    assert (plan.needs.tobytes(), plan.jobs.tobytes()) == before


@pytest.mark.parametrize("day", [0, 33, 189, 504])
def test_a_branch_goes_its_own_way_and_moves_nothing(scenario, straight, day):
    baseline = replace(scenario, reforms=())
    model = model_of(baseline if day <= 189 else scenario)
    model.run_for(day)
    branch = model.branch(scenario)
    branch.run()
    assert same_run(branch, straight)
    assert model.day == day
    model.run()
    assert same_run(model, run(model.scenario))


@pytest.mark.parametrize("day", [0, 100, 189])
def test_a_baseline_resumed_under_a_later_reform_is_the_reform_run(scenario, straight, day):
    baseline = model_of(replace(scenario, reforms=()))
    baseline.run_for(day)
    resumed = model_of(scenario, resume_from=baseline.snapshot())
    resumed.run()
    assert same_run(resumed, straight)


@pytest.mark.parametrize("world", ["evading", "turnover"])
@pytest.mark.parametrize("reformed", REFORMS)
def test_a_run_resumed_in_the_middle_of_each_reform_is_the_straight_run(world, reformed):
    """Routes of the month, what departments have learnt, and lists of the board go on from the copy."""
    scenario = reformed(small_scenario(world))
    straight = run(scenario)
    for day in (188, 189, 200, 210, 365):
        model = model_of(scenario)
        model.run_for(day)
        resumed = model_of(scenario, resume_from=pickle.loads(pickle.dumps(model.snapshot())))
        resumed.run()
        assert same_run(resumed, straight)


def test_a_run_resumed_after_a_reform_has_ended_is_the_straight_run(scenario):
    until = scenario.calendar.label(13)
    short = replace(scenario, reforms=tuple(each.model_copy(update={"ends_on": until}) for each in scenario.reforms))
    straight = run(short)
    for day in (21 * 13 - 1, 21 * 13, 21 * 13 + 1):
        model = model_of(short)
        model.run_for(day)
        resumed = model_of(short, resume_from=model.snapshot())
        resumed.run()
        assert same_run(resumed, straight)


@pytest.mark.parametrize("length", [1, 7, 20, 22, 43, 504])
def test_stretches_of_any_length_are_the_whole_run(scenario, straight, length):
    model = model_of(scenario)
    while model.day < scenario.calendar.n_days:
        model.run_for(min(length, scenario.calendar.n_days - model.day))
    assert same_run(model, straight)
    assert model.steps == straight.steps == scenario.calendar.n_days


@pytest.mark.parametrize("world", SMALL_WORLDS)
def test_days_one_by_one_are_the_fused_run(world):
    scenario = with_all(small_scenario(world))
    model = model_of(scenario)
    for day in range(scenario.calendar.n_days):
        assert model.day == model.steps == day
        model.step()
    assert same_run(model, run(scenario))


def test_days_and_stretches_may_alternate(scenario, straight):
    model = model_of(scenario)
    for length in itertools.cycle((3, 0, 20, 1, 47)):
        model.run_for(min(length, scenario.calendar.n_days - model.day))
        if model.day == scenario.calendar.n_days:
            break
        model.step()
        if model.day == scenario.calendar.n_days:
            break
    assert same_run(model, straight)


def test_running_until_a_month_stops_on_its_first_day(scenario, straight):
    model = model_of(scenario)
    model.run_until(scenario.calendar.label(7))
    assert model.day == 7 * 21
    assert model.recording.digests == straight.recording.digests[:7]


@pytest.mark.parametrize("world", SMALL_WORLDS)
def test_a_pool_of_work_that_has_to_grow_gives_the_same_books(world, monkeypatch):
    scenario = with_all(small_scenario(world))
    expected = run(scenario)
    monkeypatch.setattr("govsim.tables.state.FIRST_POOL", 1)
    model = run(scenario)
    assert len(model.state.work.items) > 1
    assert (model.recording.communities == expected.recording.communities).all()
    assert (model.recording.settlements == expected.recording.settlements).all()
    assert (model.recording.origins == expected.recording.origins).all()
    assert (model.recording.offices == expected.recording.offices).all()
    assert (model.state.people.residents == expected.state.people.residents).all()


def test_a_pool_of_work_that_has_to_grow_gives_the_same_digests(monkeypatch):
    expected = {world: digests(small_scenario(world)) for world in SMALL_WORLDS}
    for first in (1, 2, 17):
        monkeypatch.setattr("govsim.tables.state.FIRST_POOL", first)
        for world in SMALL_WORLDS:
            assert digests(small_scenario(world)) == expected[world], (first, world)


def test_a_pool_that_grows_day_by_day_gives_the_same_digests(monkeypatch):
    expected = {world: digests(small_scenario(world)) for world in SMALL_WORLDS}
    monkeypatch.setattr("govsim.tables.state.FIRST_POOL", 1)
    for world in SMALL_WORLDS:
        model = model_of(small_scenario(world))
        for _ in range(model.scenario.calendar.n_days):
            model.step()
        assert model.recording.digests == expected[world], world


@pytest.mark.parametrize("go_on", ["step", "run_for"])
def test_a_run_past_its_horizon_is_refused(go_on):
    """Refused before any day is run: compiled code would write to memory that is not its own."""
    scenario = small_scenario("alone")
    model = run(scenario)
    before = model.state.book.settlement_cohorts.copy()
    with pytest.raises(Exception, match="horizon"):
        model.step() if go_on == "step" else model.run_for(1)
    assert (model.state.book.settlement_cohorts == before).all()
