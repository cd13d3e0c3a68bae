"""The reference by itself: it conserves, forgets the order of rows, and uses every rule of the page."""

from __future__ import annotations

import pytest

from tests.reference import SMALL_WORLDS, ReferenceModel, small_scenario, with_pay_rise


def outcome(model: ReferenceModel) -> tuple:
    """Return all that a run leaves behind."""
    return model.state(), model.recorded, model.cohorts


@pytest.mark.parametrize("name", SMALL_WORLDS)
def test_no_result_depends_on_the_order_of_rows(name: str) -> None:
    """Rows taken the other way round give the same integers (the daily laws are checked on the way)."""
    scenario = with_pay_rise(small_scenario(name))
    forwards, backwards = ReferenceModel(scenario), ReferenceModel(scenario)
    for day in range(scenario.calendar.n_days):
        forwards.step()
        if day % 21 == 0:
            # A month's lists are drawn on its first day, so the model is turned round before it and after.
            backwards.duties.reverse()
        backwards.communities.reverse()
        backwards.candidates_on_day.get(day, []).reverse()
        backwards.jobs_on_day.get(day, []).reverse()
        backwards.step()
        backwards.communities.sort(key=lambda community: community.id)
    assert outcome(forwards) == outcome(backwards)


@pytest.mark.parametrize("name", SMALL_WORLDS)
def test_a_pay_rise_changes_nothing_before_it_starts(name: str) -> None:
    """Until month 9 both branches are the same, whatever comes later; afterwards pay differs."""
    plain, risen = ReferenceModel(small_scenario(name)), ReferenceModel(with_pay_rise(small_scenario(name)))
    plain.run_for_months(9)
    risen.run_for_months(9)
    assert outcome(plain) == outcome(risen)
    plain.run_for_months(1)
    risen.run_for_months(1)
    assert plain.state()["posts"] != risen.state()["posts"]


def test_every_rule_and_every_count_is_used() -> None:
    """Together the small worlds leave no recorded field at 0 and use every value of every rule."""
    used: dict[str, set[int]] = {}
    total: dict[tuple[str, str], int] = {}
    for name in SMALL_WORLDS:
        scenario = small_scenario(name)
        for rule, value in scenario.institution.rules.items():
            used.setdefault(rule, set()).add(int(value))
        model = ReferenceModel(scenario)
        model.run()
        for level, fields in model.tally.ever.items():
            for field, values in fields.items():
                total[level, field] = total.get((level, field), 0) + sum(values.values())
    assert {rule: len(values) for rule, values in used.items()} == {
        "priority": 4,
        "sharing": 3,
        "voice": 2,
        "hiring": 2,
    }
    assert not [field for field, amount in total.items() if amount == 0]
