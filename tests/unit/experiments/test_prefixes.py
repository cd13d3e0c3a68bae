"""Prefixes: a later call begins from what is kept, and its results are those of runs that begin on the first day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govsim.errors import InvariantError
from govsim.experiments import Prefixes, RunError, RunTask, compare, run_all
from govsim.experiments.observing import observed
from govsim.experiments.tasks import CancelledError
from govsim.model import GovernanceModel
from govsim.recording.recorder import Recorder
from govsim.recording.tables import outcomes
from tests.unit.experiments.village_arms import ARMS, BASE, MONTHS, SEED, alone, label, merged, permit, rise, with_value

WHOLE = 21 * MONTHS
GENEROUS = 10**9


def call(prefixes, *scenarios, seeds=1, seed=SEED):
    """Return digests and days simulated of scenarios in some replicates."""
    tasks = [RunTask(scenario, seed, replicate) for scenario in scenarios for replicate in range(seeds)]
    results = run_all(tasks, prefixes=prefixes)
    return [result.digest for result in results], [result.days_simulated for result in results]


def digests(*scenarios, seeds=1):
    return [alone(scenario, replicate)[0] for scenario in scenarios for replicate in range(seeds)]


def test_a_new_arm_costs_the_days_after_its_first_date_and_the_baseline_none():
    prefixes = Prefixes()
    assert call(prefixes, BASE, permit())[1] == [WHOLE, WHOLE - 21 * 9]
    found, days = call(prefixes, BASE, permit(strictness=9.0), rise())
    assert days == [0, WHOLE - 21 * 9, WHOLE - 21 * 9]
    assert found == digests(BASE, permit(strictness=9.0), rise())


@pytest.mark.parametrize(("n_jobs", "n_processes"), [(1, 0), (2, 2)])
def test_processes_that_are_started_beforehand_are_those_that_do_the_work(n_jobs, n_processes):
    with Prefixes(n_jobs) as prefixes:
        prefixes.start()
        started = dict(prefixes._processes)
        assert len(started) == n_processes
        assert call(prefixes, BASE, seeds=2)[0] == digests(BASE, seeds=2)
        assert prefixes._processes == started


def test_any_number_of_calls_begin_from_one_state_and_leave_it_as_it_is():
    prefixes = Prefixes()
    call(prefixes, BASE, rise())
    for strength in (0.1, 0.4, 0.9):
        found, days = call(prefixes, rise(strength=strength))
        assert (found, days) == (digests(rise(strength=strength)), [WHOLE - 21 * 9])
    assert call(prefixes, rise(strength=0.1))[1] == [0]


@pytest.mark.parametrize(("month", "days"), [(4, 21 * 24), (9, 21 * 15), (17, 21 * 15), (0, 21 * 24)])
def test_an_arm_begins_from_the_latest_day_kept_on_which_it_is_still_the_same(month, days):
    """Kept are the states of months 9 and, under the permit alone, 20; a rise from 17 has the first only."""
    prefixes = Prefixes()
    call(prefixes, permit(month=9), merged(permit(month=9), month=20))
    found, simulated = call(prefixes, rise(month=month))
    assert (found, simulated) == (digests(rise(month=month)), [days])


def test_a_date_that_was_new_once_is_kept_for_the_next_call():
    prefixes = Prefixes()
    call(prefixes, BASE)
    assert call(prefixes, rise(month=12))[1] == [WHOLE]
    assert call(prefixes, rise(month=12, strength=0.2))[1] == [WHOLE - 21 * 12]
    assert call(prefixes, permit(month=18))[1] == [WHOLE - 21 * 12]
    assert call(prefixes, merged(BASE, month=18))[1] == [WHOLE - 21 * 18]


def test_a_second_date_of_an_arm_is_kept_too():
    prefixes = Prefixes()
    call(prefixes, rise(permit(), month=15))
    assert call(prefixes, rise(permit(), month=15, strength=0.2))[1] == [WHOLE - 21 * 15]
    assert call(prefixes, merged(permit(), month=15))[1] == [WHOLE - 21 * 15]
    assert call(prefixes, rise(month=15))[1] == [WHOLE - 21 * 9], "without the permit"


def test_what_is_kept_is_found_by_what_is_in_force_never_by_a_name():
    prefixes = Prefixes()
    call(prefixes, BASE, permit())
    assert call(prefixes, replace(permit(id="licence"), id="elsewhere"))[1] == [0]
    impostor = replace(with_value(BASE, "quit.offers_per_year", 3.0), id=BASE.id)
    assert call(prefixes, impostor) == (digests(impostor), [WHOLE])
    assert call(prefixes, BASE, seed=SEED + 1)[1] == [WHOLE]
    assert call(prefixes, BASE, seeds=2)[1] == [0, WHOLE]


@pytest.mark.parametrize("max_bytes", [0, 200_000, 400_000, 2_000_000])
def test_little_room_costs_days_and_changes_no_result(max_bytes):
    prefixes = Prefixes(max_bytes=max_bytes)
    for scenarios in ([BASE, permit(), rise()], [merged(BASE), rise(month=3)], [permit(), BASE, rise(strength=0.2)]):
        assert call(prefixes, *scenarios, seeds=2)[0] == digests(*scenarios, seeds=2)
        assert prefixes._shelf.n_bytes <= max_bytes


def test_a_state_is_counted_with_all_its_tables():
    model = GovernanceModel(BASE)
    model.run_for(21 * 9)
    snapshot = model.snapshot()
    tables = [*snapshot.state.people, *snapshot.state.work, *snapshot.state.plan, *snapshot.state.book]
    least = sum(table.nbytes for table in tables if hasattr(table, "nbytes"))
    books = sum(map(len, snapshot.recorder.communities))
    assert least + books < snapshot.n_bytes < 1.5 * (least + books)


def test_processes_keep_what_they_have_run_and_a_replicate_stays_with_its_own():
    with Prefixes(n_jobs=2) as prefixes:
        assert call(prefixes, BASE, permit(), seeds=3)[1] == [WHOLE] * 3 + [WHOLE - 21 * 9] * 3
        for strictness in (0.5, 3.0, 9.0):
            arm = permit(strictness=strictness)
            found, days = call(prefixes, BASE, arm, seeds=3)
            assert days == [0] * 3 + [WHOLE - 21 * 9] * 3
            assert found == digests(BASE, arm, seeds=3)
        assert len(prefixes._processes) == 2


def test_a_comparison_is_the_same_with_and_without_them():
    prefixes = Prefixes()
    for arms in ([permit(), merged(BASE)], [rise()], [merged(BASE), rise()]):
        assert compare(BASE, arms, seeds=3, prefixes=prefixes) == compare(BASE, arms, seeds=3)


def test_progress_counts_what_is_kept_as_done():
    prefixes, calls = Prefixes(), []
    call(prefixes, BASE)
    run_all(
        [RunTask(BASE, SEED), RunTask(rise(), SEED)],
        prefixes=prefixes,
        progress=lambda done, total: calls.append((done, total)),
    )
    assert calls == [(1, 2), (2, 2)]


def test_after_a_run_that_failed_the_next_call_is_right(monkeypatch):
    prefixes = Prefixes()
    call(prefixes, BASE)

    def fail(recorder, month, situation):
        message = "minutes are missing"
        raise InvariantError(message)

    with monkeypatch.context() as broken:
        broken.setattr(Recorder, "record", fail)
        with pytest.raises(RunError, match="two_streets-pay-rise, seed 3, replicate 0: minutes are missing"):
            call(prefixes, BASE, rise())
    assert call(prefixes, BASE, rise())[0] == digests(BASE, rise())


def test_nothing_is_left_when_they_are_closed():
    with Prefixes() as prefixes:
        call(prefixes, BASE)
        assert prefixes._shelf.n_bytes > 0
    assert prefixes._shelf.n_bytes == 0
    with Prefixes(n_jobs=2) as several:
        call(several, BASE)
    assert several._processes == {}


def test_every_arm_may_come_first_and_every_arm_after_it():
    """In whatever order arms are asked for, one by one, each is the run alone."""
    names = list(ARMS)
    for order in (names, names[::-1], names[1::2] + names[::2]):
        prefixes = Prefixes(max_bytes=GENEROUS)
        for name in order:
            assert call(prefixes, ARMS[name])[0] == digests(ARMS[name]), name


def test_the_first_of_those_months_is_the_tenth_of_the_run():
    assert label(9) == "2006-10"


@pytest.mark.parametrize("n_jobs", [0, -3])
def test_a_number_of_processes_that_means_nothing_is_refused(n_jobs):
    with pytest.raises(ValueError, match="n_jobs must be 1 or more, or -1"):
        Prefixes(n_jobs)


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_what_is_cancelled_ends_early_and_keeps_what_was_run(n_jobs):
    with Prefixes(n_jobs) as prefixes:

        def give_up(done, total):
            message = f"{done} of {total}"
            raise CancelledError(message)

        tasks = [RunTask(BASE, SEED, replicate) for replicate in range(6)]
        with pytest.raises(CancelledError, match="1 of 6"):
            run_all(tasks, prefixes=prefixes, progress=give_up)
        found, days = call(prefixes, BASE, seeds=6)
        assert found == digests(BASE, seeds=6)
        assert 0 in days


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_recordings_are_kept_with_results_where_that_is_asked_for(n_jobs):
    with Prefixes(n_jobs, collect=observed) as prefixes:
        tasks = [RunTask(scenario, SEED, replicate) for scenario in (BASE, rise()) for replicate in range(2)]
        for results in (run_all(tasks, prefixes=prefixes), run_all(tasks, prefixes=prefixes)):
            for task, result in zip(tasks, results, strict=True):
                assert result.digest == alone(task.scenario, task.replicate)[0]
                assert outcomes(result.recording) == result.outcomes
                assert result.n_bytes > result.recording.communities.nbytes + result.recording.settlements.nbytes
