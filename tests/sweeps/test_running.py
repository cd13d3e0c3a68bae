"""Whoever does the work, and whatever breaks, the same runs are there in the end."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from govsim.errors import InvariantError
from govsim.model import GovernanceModel
from govsim.sweeps.engines import InProcess, Processes
from govsim.sweeps.results import open_results
from govsim.sweeps.running import run_sweep
from govsim.sweeps.status import status_of
from tests.sweeps.small_plans import SMALL, Poisoned, contents


def test_processes_parts_and_any_size_of_file_give_the_runs_of_one_process(place, swept):
    expected = contents(swept)
    assert contents(place.swept(SMALL, name="processes", engine=Processes(2))) == expected
    for part in ((2, 3), (1, 3), (3, 3)):
        run_sweep(place.plan(SMALL), place.folder / "plans", place.store("parts"), part=part)
    assert contents(place.store("parts")) == expected
    single = place.swept(SMALL.replace("runs_per_shard: 4", "runs_per_shard: 1"), name="single")
    assert contents(single) == expected


def test_parts_are_disjoint_and_each_says_how_much_of_it_is_done(place):
    reached = [
        run_sweep(place.plan(SMALL), place.folder / "plans", place.store(), part=(number, 2)) for number in (1, 2, 1)
    ]
    assert [each.new for each in reached] == [reached[0].planned, reached[1].planned, 0]
    assert sum(each.new for each in reached) == 18
    assert reached[2].done == reached[2].planned


def test_a_sweep_that_is_done_makes_no_run(place, swept, monkeypatch):
    monkeypatch.setattr(GovernanceModel, "run_for", lambda *_: pytest.fail("a run was made"))
    reached = run_sweep(place.plan(SMALL), place.folder / "plans", swept)
    assert (reached.planned, reached.done, reached.new) == (18, 18, 0)


def test_a_run_that_fails_is_recorded_with_its_traceback_and_the_others_are_made(place, swept, monkeypatch):
    run_for = GovernanceModel.run_for

    def fail_once(model, days):
        if model.seed_and_replicate[1] == 1 and len(model.scenario.reforms) == 2:
            raise InvariantError("month 3: minutes are missing")
        run_for(model, days)

    monkeypatch.setattr(GovernanceModel, "run_for", fail_once)
    store = place.swept(SMALL)
    status = status_of(store)
    assert (status.planned, status.done, status.failed) == (18, 18, 4)
    results = open_results(store.folder, allow_partial=True)
    failures = results.failures()
    assert set(failures["replicate"]) == {1}
    assert set(failures["arm"]) == {"second"}
    assert set(failures["name"]) == {"InvariantError"}
    assert failures["text"].str.contains("minutes are missing").all()
    assert failures["text"].str.contains("in fail_once").all()
    good = contents(swept)["digests"]
    assert store.sealed().digests == {key: "" if key in store.sealed().failed else good[key] for key in good}


def test_runs_that_failed_are_made_again_only_when_asked_for(place, swept, monkeypatch):
    with monkeypatch.context() as failing:
        failing.setattr(GovernanceModel, "run_for", lambda *_: 1 // 0)
        store = place.swept(SMALL)
    plan = place.plan(SMALL)
    assert run_sweep(plan, place.folder / "plans", store).failed == 18
    assert run_sweep(plan, place.folder / "plans", store, retry_failed=True).failed == 0
    assert contents(store) == contents(swept)


def test_a_part_makes_again_only_what_failed_of_it(place, monkeypatch):
    with monkeypatch.context() as failing:
        failing.setattr(GovernanceModel, "run_for", lambda *_: 1 // 0)
        store = place.swept(SMALL)
    reached = run_sweep(place.plan(SMALL), place.folder / "plans", store, part=(1, 2), retry_failed=True)
    assert (reached.new, reached.failed) == (reached.planned, 0)
    assert status_of(store).done == 18
    assert status_of(store).failed == 18 - reached.planned


@pytest.mark.parametrize("where", ["first", pytest.param("last", marks=pytest.mark.nightly)])
def test_a_run_that_ends_its_process_is_found_and_recorded_and_no_other_is_blamed(place, swept, where):
    plan = place.plan(SMALL)
    runs = [run for shard in plan.shards() for run in shard]
    poison = {"first": runs[0], "last": runs[-1]}[where]
    store = place.swept(SMALL, engine=Poisoned(2, frozenset({poison.key})))
    good = contents(swept)["digests"]
    assert store.sealed().digests == good | {poison.key: ""}
    (failure,) = open_results(store.folder, allow_partial=True).failures().drop_duplicates("run")["text"]
    assert failure.startswith("WorkerEnded: ")
    assert failure.endswith("; 3 attempts")


def test_a_coordinator_alone_makes_the_files_in_the_order_of_the_plan(place):
    plan = place.plan(SMALL)
    engine = Followed()
    run_sweep(plan, place.folder / "plans", place.store(), engine)
    assert engine.made == [[run.key for run in shard] for shard in plan.shards()]


def test_a_coordinator_that_meets_another_goes_elsewhere_and_little_is_made_twice(place, monkeypatch):
    monkeypatch.setattr("govsim.sweeps.running.secrets.randbelow", lambda n: n // 2)
    plan = place.plan(SMALL.replace("replicates: 3", "replicates: 10").replace("shard: 4", "shard: 2"))
    files = [[run.key for run in shard] for shard in plan.shards()]
    other = Followed()
    mine = Followed(before=lambda task: other.next_of(task, files, place.store()))
    reached = run_sweep(plan, place.folder / "plans", place.store(), mine)
    assert reached.done == reached.planned == 60
    assert len(files) == 30
    twice = [keys for keys in mine.made if keys in other.made]
    assert 1 <= len(twice) <= 4
    assert len(mine.made) + len(other.made) - len(twice) == len(files)


class Followed(InProcess):
    """Does the work here, and knows what it made; before each file something may happen."""

    def __init__(self, before=lambda task: None):
        self.made = []
        self.before = before

    def make(self, work, task):
        self.made.append([run.key for run in task.runs])
        return work(task)

    @contextmanager
    def executor(self, n_workers=None):
        with super().executor(n_workers) as executor:
            submit = executor.submit
            executor.submit = lambda work, task: self.before(task) or submit(self.make, work, task)
            yield executor

    def next_of(self, task, files, store):
        """Make the next file of a plan that is not there, as another that is as fast would just before this one."""
        from dataclasses import replace

        from govsim.sweeps.making import make_shard

        plan = store.plan()
        sealed = store.sealed().digests
        left = [keys for keys in files if not sealed.keys() >= set(keys)]
        if left:
            runs = tuple(plan.runs()[key] for key in left[0])
            self.make(make_shard, replace(task, runs=runs, samples=dict(enumerate(plan.samples))))


def test_what_travels_to_a_worker_does_not_grow_with_the_plan(place):
    import pickle

    sizes = []

    class Weighing(InProcess):
        @contextmanager
        def executor(self, n_workers=None):
            with super().executor(n_workers) as executor:
                submit = executor.submit
                executor.submit = lambda work, task: sizes.append(len(pickle.dumps(task))) or submit(work, task)
                yield executor

    place.swept(SMALL, engine=Weighing())
    values = ", ".join(f"{0.03 + n / 100_000:.5f}" for n in range(1_000))
    many = SMALL.replace("[0.05, 0.06]", f"[{values}]").replace("id: small", "id: many")
    few, sizes[:] = max(sizes), []
    run_sweep(place.plan(many), place.folder / "plans", place.store("many"), Weighing(), part=(1, 1_000))
    assert sizes
    assert max(sizes) < 1.1 * few


def test_a_disk_that_cannot_be_written_ends_the_sweep_and_leaves_what_is_whole(place, swept, monkeypatch):
    from govsim.sweeps import store as store_module

    write = store_module.write_shard
    count = []

    def full(*arguments):
        count.append(arguments)
        if len(count) == 3:
            raise OSError(28, "No space left on device")
        write(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(store_module, "write_shard", full)
        with pytest.raises(OSError, match="No space left"):
            place.swept(SMALL)
    store = place.store()
    assert len(store.sealed().footers) == 2
    assert not list((store.folder / "tmp").iterdir())
    assert contents(place.swept(SMALL)) == contents(swept)


def test_progress_counts_every_run_once_and_ends_at_all_of_them(place):
    told = []
    place.swept(SMALL, report=told.append)
    assert [each.done for each in told] == sorted({each.done for each in told})
    assert (told[-1].done, told[-1].planned, told[-1].seconds_left) == (18, 18, 0.0)
