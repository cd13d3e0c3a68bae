"""Runs: the same results in the same order whatever does the work, and one bad run spoils a study."""

from __future__ import annotations

import multiprocessing
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from govsim.errors import InvariantError
from govsim.experiments import RunError, RunTask, compiling, execution, run_all, run_task
from govsim.experiments.workers import _unpacked
from govsim.model import GovernanceModel
from tests.reference.worlds import small_scenario, with_pay_rise

ALONE = small_scenario("alone")
TASKS = [RunTask(scenario, 1, replicate) for scenario in (ALONE, with_pay_rise(ALONE)) for replicate in range(3)]


@pytest.fixture(scope="module")
def results():
    return run_all(TASKS)


def test_a_result_says_what_the_model_says(results):
    model = GovernanceModel(ALONE, seed=1, replicate=2)
    model.run()
    result = results[2]
    assert (result.outcomes, result.digest) == (model.outcomes(), model.digest)
    assert (result.days, result.residents) == (ALONE.calendar.n_days, 300)
    assert min(result.seconds_build, result.seconds_run) > 0.0


def test_a_result_is_small_enough_to_travel(results):
    assert len(pickle.dumps(results[0])) < 5000


def test_replicates_differ_and_the_same_task_gives_the_same_digest(results):
    assert len({result.digest for result in results}) == len(TASKS)
    assert run_task(TASKS[1]).digest == results[1].digest


def test_processes_give_the_same_results_in_the_order_of_the_tasks(results):
    before = multiprocessing.get_start_method(allow_none=True)
    parallel = run_all(TASKS, n_jobs=2)
    assert [each.digest for each in parallel] == [each.digest for each in results]
    assert [each.outcomes for each in parallel] == [each.outcomes for each in results]
    assert multiprocessing.get_start_method(allow_none=True) == before


def test_any_executor_may_do_the_work(results):
    with ThreadPoolExecutor(1) as executor:
        done = run_all(TASKS, executor=executor)
    assert [each.digest for each in done] == [each.digest for each in results]


def test_progress_counts_every_run_once():
    calls = []
    run_all(TASKS[:2], progress=lambda done, total: calls.append((done, total)))
    assert calls == [(1, 2), (2, 2)]


def test_progress_of_processes_counts_every_run_once():
    calls = []
    run_all(TASKS[1:3] + TASKS[4:], n_jobs=2, progress=lambda done, total: calls.append((done, total)))
    assert calls == [(2, 4), (4, 4)], "a baseline and its arm come back together"


def test_no_tasks_give_no_results():
    assert run_all([], n_jobs=4) == []


def days(tasks, monkeypatch, most=16, **how):
    monkeypatch.setattr(execution, "MOST_TOGETHER", most)
    return sum(result.days_simulated for result in run_all(tasks, **how))


def test_a_worker_without_work_runs_days_in_common_again(monkeypatch):
    """Three replicates of two arms for two processes: the third replicate is parted, the others are not."""
    once = days(TASKS, monkeypatch)
    shared = 21 * 9
    assert days(TASKS, monkeypatch, n_jobs=2) == once + shared
    assert days(TASKS, monkeypatch, n_jobs=3) == once
    assert days(TASKS, monkeypatch, n_jobs=4) == once + 3 * shared


def test_many_arms_are_parted_so_that_no_piece_of_work_is_endless(monkeypatch):
    arms = [with_pay_rise(ALONE, rise_share=0.1 * step) for step in range(8)]
    tasks = [RunTask(arm, 1, 0) for arm in arms]
    once = days(tasks, monkeypatch)
    assert days(tasks, monkeypatch, most=2, n_jobs=2) == once + 3 * 21 * 9
    assert days(tasks, monkeypatch, most=2) == once, "here every run is told of as it ends"


@pytest.mark.parametrize("n_jobs", [0, -2])
def test_a_number_of_processes_that_means_nothing_is_refused(n_jobs):
    with pytest.raises(ValueError, match="n_jobs must be 1 or more, or -1"):
        run_all(TASKS, n_jobs=n_jobs)


@pytest.mark.parametrize("error", [InvariantError("month 3: minutes are missing"), MemoryError("too large")])
def test_a_run_that_fails_names_scenario_seed_and_replicate(monkeypatch, error):
    def fail(model, days):
        raise error

    monkeypatch.setattr(GovernanceModel, "run_for", fail)
    with pytest.raises(RunError, match=rf"alone, seed 1, replicate 2: {error}"):
        run_all(TASKS[2:3])


def test_scenarios_travel_unchanged_and_are_unpacked_once():
    packed = pickle.dumps([TASKS[0].scenario, TASKS[-1].scenario])
    assert _unpacked(packed) is _unpacked(bytes(packed))
    assert run_task(RunTask(_unpacked(packed)[1].scenario, 1, 2)).digest == run_task(TASKS[-1]).digest


def test_compiling_is_announced_only_where_not_everything_has_been_compiled(monkeypatch, tmp_path):
    calls = []
    monkeypatch.setattr("govsim.compilation.folder.cache_directory", lambda: tmp_path / "kernels")
    compiling.warm_up(lambda: calls.append("no folder"))
    compiling.warm_up(lambda: calls.append("again"))
    compiling.warm_up(lambda: calls.append("the phases of a day are compiled for themselves"), by_phase=True)
    compiling.warm_up(lambda: calls.append("again"), by_phase=True)
    assert calls == ["no folder", "the phases of a day are compiled for themselves"]


def test_a_compile_that_is_broken_off_is_not_taken_for_complete(monkeypatch, tmp_path):
    monkeypatch.setattr("govsim.compilation.folder.cache_directory", lambda: tmp_path / "kernels")

    def fail(_model):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(GovernanceModel, "run", fail)
        with pytest.raises(KeyboardInterrupt):
            compiling.warm_up()
    calls = []
    compiling.warm_up(lambda: calls.append("still to be done"))
    assert calls == ["still to be done"]
