"""Runs that share days: each is the run alone, a day is run once, two worlds at a time suffice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import govsim.scenarios
from govsim.errors import InvariantError
from govsim.experiments import RunError, RunTask, run_all
from govsim.model import GovernanceModel
from govsim.recording.recorder import Recorder
from govsim.scenarios import load_scenario
from tests.unit.experiments.village_arms import (
    ARMS,
    BASE,
    MONTHS,
    SEED,
    alone,
    cut,
    label,
    merged,
    months_to_run,
    permit,
    rise,
    with_value,
)

NAMES = list(ARMS)


def together(*scenarios, **how):
    return run_all([RunTask(scenario, SEED) for scenario in scenarios], **how)


def days_of(results):
    return [result.days_simulated for result in results]


@pytest.fixture(scope="module")
def shared():
    return dict(zip(NAMES, together(*ARMS.values()), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_a_run_that_shares_days_is_the_run_alone(shared, name):
    result = shared[name]
    assert (result.digest, result.outcomes) == alone(ARMS[name])
    assert result.days == 21 * MONTHS


def test_the_arms_differ_unless_nothing_ever_does():
    """Otherwise the claim above would be empty."""
    same = {"baseline", "rise of no strength", "after the horizon", "the baseline again"}
    digests = {name: alone(scenario)[0] for name, scenario in ARMS.items()}
    assert len(set(digests.values())) == len(ARMS) - len(same) + 1
    assert {name for name in NAMES if digests[name] == digests["baseline"]} == same


def test_every_day_on_which_the_same_has_been_in_force_is_run_once(shared):
    assert sum(days_of(shared.values())) == 21 * months_to_run(ARMS.values())


def test_an_arm_costs_the_days_from_its_first_date():
    first, last = together(BASE, permit(month=9)), together(BASE, rise(month=20))
    assert days_of(first) == [21 * MONTHS, 21 * (MONTHS - 9)]
    assert days_of(last) == [21 * MONTHS, 21 * (MONTHS - 20)]


def test_arms_share_what_they_have_in_common_beyond_the_baseline():
    """A permit from month 9 is run once for both; they part when one adds a rise and one a merger, in month 15."""
    permits = permit(), rise(permit(), month=15), merged(permit(), month=15)
    assert days_of(together(BASE, *permits)) == [21 * 24, 21 * (24 - 9), 21 * (24 - 15), 21 * (24 - 15)]


def test_arms_without_their_baseline_share_days_as_well():
    assert days_of(together(permit(), rise())) == [21 * 24, 21 * (24 - 9)]


def test_a_reform_that_never_bites_and_a_scenario_named_twice_cost_no_day():
    assert days_of(together(BASE, rise(strength=0.0), rise(month=MONTHS), BASE)) == [21 * 24, 0, 0, 0]


def test_what_differs_from_the_start_shares_nothing():
    other = with_value(BASE, "quit.offers_per_year", 3.0)
    assert days_of(together(BASE, other, rise(month=0))) == [21 * 24] * 3
    calendar = replace(BASE.calendar, years=2)
    assert days_of(together(BASE, replace(BASE, calendar=calendar))) == [21 * 24, 21 * 36]


def test_a_baseline_with_reforms_shares_them_too():
    base = cut(month=4)
    results = together(base, permit(base), rise(base, month=12))
    assert days_of(results) == [21 * 24, 21 * (24 - 9), 21 * (24 - 12)]
    assert [each.digest for each in results] == [alone(each)[0] for each in (base, permit(base), rise(base, month=12))]


def test_names_decide_nothing():
    """The same reform under another id and the same world under another name are the same; an equal name is not."""
    renamed = replace(permit(id="licence"), id="another name")
    assert days_of(together(permit(), renamed)) == [21 * 24, 0]
    impostor = replace(permit(strictness=9.0), id=permit().id)
    assert days_of(together(permit(), impostor)) == [21 * 24, 21 * (24 - 9)]


def test_replicates_and_seeds_share_nothing():
    tasks = [RunTask(BASE, 1, 0), RunTask(BASE, 1, 1), RunTask(BASE, 2, 0)]
    results = run_all(tasks)
    assert days_of(results) == [21 * 24] * 3
    assert len({result.digest for result in results}) == 3


def test_the_order_of_arms_changes_no_result(shared):
    backwards = dict(zip(reversed(NAMES), together(*reversed(ARMS.values())), strict=True))
    for name in NAMES:
        assert backwards[name].digest == shared[name].digest
        assert backwards[name].outcomes == shared[name].outcomes
    assert sum(days_of(backwards.values())) == sum(days_of(shared.values()))


@pytest.mark.parametrize("added", ["merger", "rise of an early month", "another parameter", "from the first month"])
def test_one_more_arm_changes_nothing_of_the_others(shared, added):
    few = ["baseline", "permit", "federation"]
    results = together(*(ARMS[name] for name in few), ARMS[added])
    assert [result.digest for result in results[:3]] == [shared[name].digest for name in few]


@pytest.mark.parametrize("n_jobs", [2, 3])
def test_processes_give_the_same_results(shared, n_jobs):
    """One replicate is parted where processes would be idle; then some days are run more than once."""
    results = together(*ARMS.values(), n_jobs=n_jobs)
    assert [each.digest for each in results] == [each.digest for each in shared.values()]
    assert [each.outcomes for each in results] == [each.outcomes for each in shared.values()]
    assert sum(days_of(results)) >= sum(days_of(shared.values()))


def test_two_worlds_at_a_time_suffice_however_many_arms_part(monkeypatch):
    made, most = [], []
    init, release = GovernanceModel.__init__, GovernanceModel.release

    def counted(model, *arguments, **settings):
        init(model, *arguments, **settings)
        made.append(model)
        most.append(len(made))

    def let_go(model):
        made.remove(model)
        release(model)

    monkeypatch.setattr(GovernanceModel, "__init__", counted)
    monkeypatch.setattr(GovernanceModel, "release", let_go)
    together(BASE, *(rise(month=month) for month in range(1, MONTHS)), permit(), merged(BASE))
    assert max(most) == 2
    assert made == []


def fail_where(condition):
    record = Recorder.record

    def fail(recorder, month, situation):
        if condition(month, situation):
            message = f"month {month}: minutes are missing"
            raise InvariantError(message)
        record(recorder, month, situation)

    return fail


def test_an_arm_that_fails_is_the_one_that_is_named(monkeypatch):
    usual = GovernanceModel(BASE).charter.posts["public_pay_fen"].sum()
    pays_more = fail_where(lambda month, now: now.charter.posts["public_pay_fen"].sum() > usual)
    monkeypatch.setattr(Recorder, "record", pays_more)
    with pytest.raises(RunError, match=r"^two_streets-pay-rise, seed 3, replicate 0: month 9: minutes are missing$"):
        together(BASE, permit(), rise(), merged(BASE))


def test_days_in_common_fail_as_those_of_the_first_run(monkeypatch):
    monkeypatch.setattr(Recorder, "record", fail_where(lambda month, _: month == 4))
    with pytest.raises(RunError, match=r"^two_streets-task-permit, seed 3, replicate 0: month 4: minutes"):
        together(permit(), BASE, rise())


def test_memory_that_does_not_suffice_for_a_copy_is_said_of_its_arm(monkeypatch):
    def fail(model, scenario, timetable):
        raise MemoryError

    monkeypatch.setattr(GovernanceModel, "branch", fail)
    with pytest.raises(RunError, match=r"^two_streets-pay-rise, seed 3, replicate 0: not enough memory$"):
        together(BASE, rise())


def test_progress_counts_runs_as_they_end():
    calls = []
    together(BASE, permit(), BASE, rise(month=15), progress=lambda done, total: calls.append((done, total)))
    assert calls == [(1, 4), (2, 4), (4, 4)], "the baseline, asked for twice, ends last"


def test_a_label_is_a_month_of_the_run():
    """So that the dates above are what they seem."""
    assert [label(month) for month in (0, 12, 23)] == ["2006-01", "2007-01", "2007-12"]


SCENARIOS = Path(__file__).parents[3] / "scenarios"
DEMO = Path(govsim.scenarios.__file__).parent / "demo"


@pytest.mark.parametrize(
    ("folder", "residents"),
    [
        (SCENARIOS / "liandu", 6000),
        (SCENARIOS / "xihu", 6000),
        (SCENARIOS / "countryside", 6000),
        (DEMO, 6000),
        pytest.param(SCENARIOS / "dinghai", 218644, marks=pytest.mark.nightly),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_every_scenario_of_a_place_is_the_run_alone(folder, residents):
    settings = [f"world.residents={residents}", "horizon.years=2"]
    arms = [load_scenario(path, settings) for path in sorted(folder.glob("*.yaml"))]
    results = together(*arms)
    for arm, result in zip(arms, results, strict=True):
        model = GovernanceModel(arm, SEED)
        model.run()
        assert (result.digest, result.outcomes) == (model.digest, model.outcomes()), arm.path
    n_days = arms[0].calendar.n_days
    warm_up = 21 * arms[0].calendar.warm_up_months
    assert sum(days_of(results)) <= n_days + (len(arms) - 1) * (n_days - warm_up), (
        "none of their reforms begins earlier"
    )
