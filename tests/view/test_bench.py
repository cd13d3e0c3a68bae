"""The bench: answers are those of comparisons, first ones come first, and nobody gets another's."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import pytest

from govsim.experiments import compare
from govsim.view.answering import Answering
from govsim.view.bench import Workbench
from govsim.view.desk import Desk
from govsim.view.looks import Look
from govsim.view.places import places_of

PLACES = places_of([])
SMALL = "place=demo&world.residents=3000&horizon.years=1&lang=en"
PERMIT = f"{SMALL}&on=task-permit&seeds=10"
RISE = f"{SMALL}&on=pay-rise&seeds=10"


@pytest.fixture(scope="module")
def desk():
    bench = Workbench(2)
    yield Desk(PLACES, bench)
    bench.close()


def answered(desk, query, n_seeds, page="page", seconds=120):
    """Return the job of a query when it has an answer of so many replicates, as a page would that asks for it."""
    checked, end = desk.checked(query), time.monotonic() + seconds
    while time.monotonic() < end:
        job = desk.job(checked, page)
        if job.failure or job.n_seeds >= n_seeds:
            return job
        desk.bench.wait(job, job.n_seeds, 0.5)
    raise AssertionError(query)


@pytest.mark.parametrize("query", [PERMIT, RISE])
def test_an_answer_is_that_of_a_comparison(desk, query):
    checked = desk.checked(query)
    job = answered(desk, query, 10)
    alone = compare(checked.baseline.scenario, [checked.reform.scenario], seeds=10)
    assert job.answer.comparison.digests == alone.digests
    assert job.answer.comparison.arms[0].outcomes == alone.arms[0].outcomes
    assert job.answer.comparison.arms[0].displacement == alone.arms[0].displacement
    for recorded, digests in zip(job.answer.comparison.recordings, alone.digests, strict=True):
        assert [each.digests[-1] for each in recorded] == list(digests)


def test_more_replicates_are_added_to_those_that_are_there(desk):
    few = answered(desk, PERMIT, 10).answer
    job = answered(desk, PERMIT.replace("seeds=10", "seeds=30"), 30)
    assert job.answer.comparison.digests[1][:10] == few.comparison.digests[1]
    assert job.answer.comparison.seeds == job.answer.comparison.n_recorded == 30


def test_a_first_answer_comes_before_another_gets_surer(desk):
    long = f"{SMALL}&on=inspection-cut&seeds=100"
    answered(desk, long, 10, page="long")
    new = f"{SMALL}&on=task-permit&reforms.task-permit.strictness=7&seeds=10"
    job, checked = desk.job(desk.checked(long), "long"), desk.checked(new)
    wanted = desk.job(checked, "new")
    while wanted.answer is None:
        desk.job(desk.checked(long), "long")
        desk.bench.wait(desk.job(checked, "new"), 0, 0.2)
    assert job.n_seeds < 100


def test_what_a_page_no_longer_shows_is_left_where_it_is(desk):
    first = desk.job(desk.checked(f"{SMALL}&on=pay-rise&reforms.pay-rise.rise_share=0.9&seeds=100"), "restless")
    answered(desk, PERMIT, 10, page="restless")
    time.sleep(0.5)
    before = first.n_seeds
    time.sleep(1.0)
    assert not first.is_wanted
    assert first.n_seeds == before < 100


def test_a_page_that_stops_is_forgotten_and_another_that_asks_is_not(desk):
    checked = desk.checked(f"{SMALL}&on=pay-rise&reforms.pay-rise.rise_share=0.8&seeds=10")
    job = desk.job(checked, "one")
    desk.job(checked, "other")
    desk.bench.forget("one")
    assert job.is_wanted
    desk.bench.forget("other")
    assert not job.is_wanted


def test_many_pages_at_once_each_get_their_own_answer(desk):
    answering = Answering(desk)

    def page(number):
        query = f"{SMALL}&on=pay-rise&reforms.pay-rise.rise_share=0.{number + 1}5&seeds=10"
        news, end = {}, time.monotonic() + 120
        while news.get("seeds", 0) < 10 and time.monotonic() < end:
            news = answering.follow(query, news, "", 1000 + number)[0]
        panel, shown, _ = answering.show(news, "answer", asdict(Look()), {})
        assert panel
        return query, shown["query"], desk.bench.answer(desk.checked(query).names).comparison.arms[0].fingerprint

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(page, range(8)))
    for query, shown, fingerprint in answers:
        assert shown == query
        assert fingerprint == desk.checked(query).reform.scenario.fingerprint()
    assert len({fingerprint for *_, fingerprint in answers}) == 8


def test_a_comparison_that_fails_says_why_and_the_next_is_right(desk, monkeypatch):
    from govsim.experiments.tasks import RunError
    from govsim.view import bench

    def failing(*_, **__):
        message = "not enough memory"
        raise RunError(message)

    with monkeypatch.context() as patch:
        patch.setattr(bench, "run_all", failing)
        job = answered(desk, f"{SMALL}&on=pay-rise&reforms.pay-rise.rise_share=0.7&seeds=10", 10)
        assert job.failure == "not enough memory"
        assert job.answer is None
    assert answered(desk, f"{SMALL}&on=pay-rise&reforms.pay-rise.rise_share=0.6&seeds=10", 10).answer is not None


def test_a_bench_that_is_closed_leaves_no_process_behind():
    bench = Workbench(2)
    desk = Desk(PLACES, bench)
    answered(desk, PERMIT, 10)
    processes = [each for executor in bench._prefixes._processes.values() for each in executor._processes]
    assert processes
    bench.close()
    assert not [each for each in processes if Path(f"/proc/{each}").exists()]
