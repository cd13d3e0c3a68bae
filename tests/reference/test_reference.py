"""The reference by itself: it conserves, forgets the order of rows, and uses every rule of the page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.reference import (
    SMALL_WORLDS,
    ReferenceModel,
    Scenario,
    small_scenario,
    with_inspection_cut,
    with_pay_rise,
    with_permit,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def with_all(scenario: Scenario) -> Scenario:
    """Return the scenario with all reforms."""
    return with_permit(with_inspection_cut(with_pay_rise(scenario)))


def outcome(model: ReferenceModel) -> tuple:
    """Return all that a run leaves behind."""
    return model.state(), model.recorded, model.cohorts


@pytest.mark.parametrize("name", SMALL_WORLDS)
def test_no_result_depends_on_the_order_of_rows(name: str) -> None:
    """Rows taken the other way round give the same integers (the daily laws are checked on the way)."""
    scenario = with_all(small_scenario(name))
    forwards, backwards = ReferenceModel(scenario), ReferenceModel(scenario)
    for day in range(scenario.calendar.n_days):
        forwards.step()
        if day % 21 == 0:
            # A month's lists are drawn on its first day, so the model is turned round before it and after.
            backwards.duties.reverse()
        backwards.communities.reverse()
        backwards.streets.reverse()
        backwards.candidates_on_day.get(day, []).reverse()
        backwards.jobs_on_day.get(day, []).reverse()
        backwards.step()
        backwards.communities.sort(key=lambda community: community.id)
        backwards.streets.sort(key=lambda street: street.id)
    assert outcome(forwards) == outcome(backwards)


@pytest.mark.parametrize("reform", [with_pay_rise, with_permit, with_inspection_cut])
@pytest.mark.parametrize("name", SMALL_WORLDS)
def test_a_reform_changes_nothing_before_it_starts(name: str, reform: Callable[..., Scenario]) -> None:
    """Until month 9 both branches are the same, whatever comes later; by the end they differ."""
    plain, reformed = ReferenceModel(small_scenario(name)), ReferenceModel(reform(small_scenario(name)))
    plain.run_for_months(9)
    reformed.run_for_months(9)
    assert outcome(plain) == outcome(reformed)
    plain.run_for_months(4)
    reformed.run_for_months(4)
    assert outcome(plain) != outcome(reformed)


@pytest.mark.parametrize("name", SMALL_WORLDS)
def test_a_reform_of_routes_leaves_the_jobs_as_they_are(name: str) -> None:
    """Whatever route they take, the same jobs are drawn from each origin."""
    drawn = []
    for scenario in (small_scenario(name), with_permit(with_inspection_cut(small_scenario(name)))):
        model = ReferenceModel(scenario)
        model.run_for_months(13)
        drawn.append(model.tally.drawn_minutes)
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("name", SMALL_WORLDS)
@pytest.mark.parametrize("reform", [partial(with_permit, strictness=0.0), partial(with_inspection_cut, cut_share=0.0)])
def test_a_neutral_reform_changes_nothing(name: str, reform: Callable[..., Scenario]) -> None:
    """A board that lists everything and a cut of nothing leave every integer as it was."""
    plain, reformed = ReferenceModel(small_scenario(name)), ReferenceModel(reform(small_scenario(name)))
    plain.run_for_months(13)
    reformed.run_for_months(13)
    assert outcome(plain) == outcome(reformed)


def test_returned_jobs_block_their_line() -> None:
    """Under the other rule of blocking the same world takes another course."""
    runs = []
    for blocking in ("RETURNED_BLOCKS_LINE", "NEVER"):
        model = ReferenceModel(small_scenario("two_streets", rules={"blocking": blocking}))
        model.run()
        runs.append(outcome(model))
    assert runs[0] != runs[1]


def test_every_rule_and_every_count_is_used() -> None:
    """Together the small worlds leave no recorded field at 0 and use every value of every rule."""
    used: dict[str, set[int]] = {}
    total: dict[tuple[str, str], int] = {}
    for name in SMALL_WORLDS:
        scenario = small_scenario(name)
        for rule, value in scenario.institution.rules.items():
            used.setdefault(rule, set()).add(int(value))
        for branch in (scenario, with_all(scenario)):
            model = ReferenceModel(branch)
            model.run()
            for level, fields in model.tally.ever.items():
                for field, values in fields.items():
                    total[level, field] = total.get((level, field), 0) + sum(values.values())
    assert {rule: len(values) for rule, values in used.items()} == {
        "priority": 4,
        "sharing": 3,
        "voice": 2,
        "hiring": 2,
        "blocking": 2,
    }
    assert not [field for field, amount in total.items() if amount == 0]


@pytest.mark.parametrize("seed", [(1, 0), (3, 1)])
def test_every_fate_occurs(seed: tuple[int, int]) -> None:
    """Departments push, do, buy and drop at baseline; with the reforms they also ask and get round the board."""
    baseline = ReferenceModel(small_scenario("overload"), *seed)
    reformed = ReferenceModel(with_all(small_scenario("evading")), *seed)
    for model, fates in ((baseline, (0, 4, 5, 6)), (reformed, (0, 1, 2, 3, 4, 6))):
        model.run()
        issued = model.tally.ever["origin"]
        assert all(sum(issued[f"issued_{fate}"].values()) > 0 for fate in fates)
