"""Peers are given the work of a govsim run, and a common yardstick sees whether they did it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from benchmarks.beside import PEERS, UTILISATION, Peer, desk_of, installed
from benchmarks.peers import mesa_events, mesa_steps
from benchmarks.peers.desk import Desk, DeskYear
from benchmarks.peers.serving import timed_year
from benchmarks.peers.yardstick import closed_share, disagreements, expected_raised, expected_satisfaction
from govsim.institution.catalogue import WorkClass
from tests.properties.runs import run
from tests.reference.worlds import small_scenario

DESK = Desk(
    residents=(900, 1100),
    workers=(1, 1),
    days=252,
    need_chance=1.35 / 252,
    voiced_chance=0.32,
    minutes_mean=40.0,
    minutes_cv=1.0,
    worker_minutes=80.0,
    met_chance=0.8,
    first_satisfaction=0.6,
    contact_weight=0.2,
)
IN_THIS_ENVIRONMENT = {
    "mesa_steps": (mesa_steps.DeskModel, mesa_steps.run),
    "mesa_events": (mesa_events.build, mesa_events.run),
}


@pytest.fixture(scope="module", params=[module for module, *_ in PEERS])
def year(request):
    if request.param in IN_THIS_ENVIRONMENT:
        return timed_year(DESK, *IN_THIS_ENVIRONMENT[request.param])
    if not installed(request.param.partition("_")[0]):
        pytest.skip("make bench has not installed this peer")
    peer = Peer(request.param)
    try:
        return peer.year(DESK)
    finally:
        peer.close()


def test_a_peer_does_the_work_of_the_desk(year):
    assert disagreements(DESK, year) == []


def right_year() -> DeskYear:
    raised = round(expected_raised(DESK))
    closed = round(raised * closed_share(DESK))
    return DeskYear(raised, closed, expected_satisfaction(DESK, closed), 0.0, 0.0)


def test_the_yardstick_agrees_with_the_year_that_it_expects():
    assert disagreements(DESK, right_year()) == []


@pytest.mark.parametrize(
    "wrong", [{"raised": 1100, "closed": 1080}, {"closed": 600}, {"satisfaction": 0.69}, {"satisfaction": 0.6}]
)
def test_the_yardstick_finds_what_is_missing_or_too_much(wrong):
    assert len(disagreements(DESK, replace(right_year(), **wrong))) == 1


def test_workers_with_hardly_any_minutes_close_what_their_minutes_allow():
    """With an endless queue, minutes given over minutes asked for."""
    starved = replace(DESK, worker_minutes=8.0)
    asked = expected_raised(starved) * starved.minutes_mean
    given = sum(starved.workers) * starved.worker_minutes * starved.days
    assert closed_share(starved) == pytest.approx(given / asked, rel=0.15)
    assert closed_share(replace(DESK, worker_minutes=1e6)) == 1.0


def test_the_yardstick_knows_the_mean_of_requests_that_fall_on_residents_at_random():
    """A resident with k closed requests is at met + (first - met) 0.8^k on average, and k is Poisson."""
    mean, k = 0.43, range(40)
    weights = [math.exp(-mean) * mean**each / math.factorial(each) for each in k]
    level = sum(weight * (0.8 + (0.6 - 0.8) * 0.8**each) for weight, each in zip(weights, k, strict=True))
    assert expected_satisfaction(DESK, round(0.43 * 2000)) == pytest.approx(level, abs=1e-6)


def test_a_task_survives_its_line():
    assert Desk.from_json(DESK.to_json()) == DESK
    assert "\n" not in DESK.to_json()


def test_a_task_has_the_numbers_of_the_run_beside_it():
    model = run(small_scenario("two_streets"))
    desk = desk_of(model)
    places, book = model.scenario.institution.places, model.recording
    assert desk.n_residents == places.n_residents
    assert sum(desk.workers) == len(model.workers)
    assert expected_raised(desk) == pytest.approx(float(book.settlements["raised"].sum()))
    asked = expected_raised(desk) * desk.minutes_mean
    assert asked / (sum(desk.workers) * desk.worker_minutes * desk.days) == pytest.approx(UTILISATION)
    created = book.communities["created"][..., WorkClass.SERVICE].sum()
    assert desk.minutes_mean * created == pytest.approx(
        book.communities["arrived_minutes"][..., WorkClass.SERVICE].sum()
    )


def test_a_peer_that_is_not_there_is_a_line_that_says_so(monkeypatch, tmp_path):
    from benchmarks import beside

    monkeypatch.setattr(beside, "PYTHON", tmp_path / "bin" / "python")
    found = list(beside.rows())
    assert [row.note for row in found] == ["could not be installed here"] * len(PEERS)
    assert {row.is_met for row in found} == {None}
