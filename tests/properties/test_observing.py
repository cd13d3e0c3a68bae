"""M2 and M13: who looks changes nothing, and who does not look pays nothing."""

from __future__ import annotations

import random  # noqa: TID251 to see that nobody uses it
from collections import Counter

import mesa
import numpy as np
import pytest

from govsim.agents import Community, Resident, Worker
from govsim.randomness import run_key
from govsim.recording.accounts import by_holder, by_origin, minutes_by_account, money
from govsim.recording.window import Window
from tests.deciding import decided
from tests.properties.runs import REPLICATE, SEED, digests, model_of, run, with_all
from tests.reference.worlds import small_scenario


@pytest.fixture(scope="module")
def scenario():
    return with_all(small_scenario("two_streets"))


@pytest.fixture(scope="module")
def unobserved(scenario):
    return digests(scenario)


def ask_for_all_residents(model):
    model.agents_by_type[Resident].agg("satisfaction", np.mean)


def ask_for_one_resident(model):
    assert model.residents[5].community.residents[0].settlement


def read_every_property(model):
    for agent in [*model.agents, model.residents[0], model.residents[7]]:
        for name in dir(type(agent)):
            if not name.startswith("_") and not callable(getattr(type(agent), name)):
                getattr(agent, name)


def read_the_recording(model):
    assert model.recording.digests == tuple(model.recording.digests)
    assert model.outcomes().keys()
    assert len(model.datacollector.get_model_vars_dataframe()) == model.month


def collect_with_mesa(model):
    collector = mesa.DataCollector(
        model_reporters={"wait": lambda m: m.outcomes()["wait_days"], "digest": "digest"},
        agent_reporters={"exhaustion": lambda agent: getattr(agent, "exhaustion", None)},
        agenttype_reporters={Resident: {"satisfaction": "satisfaction"}, Worker: {"pay": "pay_yuan_per_month"}},
    )
    collector.collect(model)
    assert len(collector.get_model_vars_dataframe()) == 1


def take_a_snapshot(model):
    model.snapshot()


def group_and_select(model):
    residents = model.agents_by_type[Resident]
    assert len(residents.select(lambda resident: resident.satisfaction > 0.5)) <= len(residents)
    assert residents.groupby("settlement").count()


def read_the_graph(model):
    assert model.institution.organisation.number_of_edges() > 0


def ask_departments_and_the_board_what_they_would_do(model):
    for department, brief in zip(model.departments, model.docket, strict=True):
        assert 0.0 <= department.audit_belief <= 1.0
        assert all(department.bound_utilities(matter, brief) for matter in brief.matters)
    assert len(decided(model, run_key(SEED, REPLICATE), model.month)) == sum(len(each.matters) for each in model.docket)


def read_the_accounts_of_minutes_and_money(model):
    window = Window(model.recording, 0, model.month)
    assert minutes_by_account(window)["issued"] >= 0
    assert len(by_origin(window, ["1", "2", "3", "4"])) == 4
    assert by_holder(window)["communities"] >= 0
    assert money(model.recording).to_numpy().min() >= 0


OBSERVERS = (
    ask_for_all_residents,
    ask_for_one_resident,
    read_every_property,
    read_the_recording,
    collect_with_mesa,
    take_a_snapshot,
    group_and_select,
    read_the_graph,
    ask_departments_and_the_board_what_they_would_do,
    read_the_accounts_of_minutes_and_money,
)


@pytest.mark.parametrize("observe", OBSERVERS, ids=lambda observe: observe.__name__)
@pytest.mark.parametrize("days", [0, 31, 189, 252], ids=lambda days: f"on day {days}")
def test_looking_midway_changes_nothing(scenario, unobserved, observe, days):
    model = model_of(scenario)
    model.run_for(days)
    observe(model)
    model.run()
    assert model.recording.digests == unobserved


def test_looking_every_day_changes_nothing(scenario, unobserved):
    model = model_of(scenario)
    while model.day < 22:
        model.step()
        for observe in OBSERVERS:
            observe(model)
    model.run()
    assert model.recording.digests == unobserved


def test_writing_does_change_the_run(scenario, unobserved):
    model = model_of(scenario)
    model.run_for(31)
    model.residents[5].satisfaction = 0.123
    model.run()
    assert model.recording.digests[0] == unobserved[0]
    assert model.recording.digests[1] != unobserved[1]


def test_a_run_that_never_asks_makes_no_resident_object(scenario):
    model = run(scenario)
    model.outcomes()
    made = Counter(type(agent) for agent in model.agents)
    assert made[Resident] == 0
    assert made[Community] == 3
    assert made[Worker] == 7


def test_a_run_draws_from_no_shared_stream(scenario):
    python_before, numpy_before = random.getstate(), np.random.get_state()  # noqa: NPY002, TID251
    run(scenario)
    assert random.getstate() == python_before
    after = np.random.get_state()  # noqa: NPY002, TID251
    assert all(np.array_equal(a, b) for a, b in zip(after, numpy_before, strict=True))


@pytest.mark.parametrize("stream", ["random", "rng"])
def test_drawing_from_mesas_stream_inside_a_run_raises(scenario, stream, monkeypatch):
    model = model_of(scenario)
    getattr(model, stream)
    monkeypatch.setattr(model._recorder, "record", lambda *_: getattr(model, stream))
    with pytest.raises(RuntimeError, match=f"model.{stream} may not be used inside a run"):
        model.run_for(21)
    getattr(model, stream)
