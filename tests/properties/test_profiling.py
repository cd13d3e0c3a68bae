"""A run that is profiled is the run that is not, and its times are those of its phases."""

from __future__ import annotations

import time

import pytest

from govsim.clock import DAYS_PER_MONTH, DAYS_PER_WEEK
from govsim.processes import PHASES
from govsim.recording.profile import Profile
from tests.properties.runs import model_of, run, with_all
from tests.reference.worlds import SMALL_WORLDS, small_scenario

BESIDE_PHASES = {"start_due_reforms", "record"}


def profiled(scenario, **settings):
    model = model_of(scenario, profiled=True, **settings)
    model.run()
    return model


@pytest.mark.parametrize("world", SMALL_WORLDS)
def test_a_profiled_run_is_the_run_that_is_not(world):
    scenario = with_all(small_scenario(world))
    ours, theirs = profiled(scenario), run(scenario)
    assert ours.recording.digests == theirs.recording.digests
    assert ours.outcomes() == theirs.outcomes()
    assert ours.steps == theirs.steps == scenario.calendar.n_days


def test_a_run_may_be_profiled_from_any_day_on():
    scenario = with_all(small_scenario("escalating"))
    begun = model_of(scenario)
    begun.run_for(100)
    rest = profiled(scenario, resume_from=begun.snapshot())
    assert rest.recording.digests == run(scenario).recording.digests
    assert rest.profile.calls["receive"] == scenario.calendar.n_days - 100


def test_every_phase_is_counted_as_often_as_it_is_due():
    model = profiled(small_scenario("two_streets"))
    days = model.day
    due = {"day": days, "week end": days // DAYS_PER_WEEK}
    expected = {phase.name: due.get(phase.every, days // DAYS_PER_MONTH) for phase in PHASES}
    assert model.profile.calls == expected | dict.fromkeys(BESIDE_PHASES, days // DAYS_PER_MONTH)
    assert set(model.profile.seconds) == set(model.profile.calls)


def test_phases_take_time_and_together_no_more_than_the_model():
    model = profiled(small_scenario("two_streets"))
    assert min(model.profile.seconds.values()) > 0.0
    assert sum(model.profile.seconds.values()) < model.seconds_run


def test_a_run_that_is_not_profiled_never_looks_at_the_clock_of_a_phase(monkeypatch):
    monkeypatch.setattr(Profile, "carry_out", lambda *_: pytest.fail("timed"))
    assert run(small_scenario("alone")).profile is None


def test_time_of_one_name_adds_up(monkeypatch):
    clock = iter((1.0, 3.0, 10.0, 14.5))
    monkeypatch.setattr(time, "perf_counter", lambda: next(clock))
    profile, seen = Profile(), []
    profile.carry_out("work", seen.append, "once")
    profile.carry_out("work", seen.append, "twice")
    assert (profile.seconds, profile.calls) == ({"work": 6.5}, {"work": 2})
    assert seen == ["once", "twice"]
