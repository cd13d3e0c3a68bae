"""Courses: keys of months are equal exactly as long as all that decides a run is."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from govsim.experiments.courses import Course, parting
from tests.unit.experiments.village_arms import BASE, MONTHS, cut, merged, permit, rise, with_value


def shared(*scenarios):
    return parting(Course(scenario) for scenario in scenarios)


@pytest.mark.parametrize(
    ("scenario", "months"),
    [
        (BASE, MONTHS),
        (rise(month=9), 9),
        (rise(month=23), 23),
        (rise(month=24), MONTHS),
        (rise(month=1), 1),
        (rise(month=0), 0),
        (rise(strength=0.0), MONTHS),
        (merged(BASE, month=7), 7),
        (with_value(BASE, "quit.offers_per_year", 3.0), -1),
        (replace(BASE, calendar=replace(BASE.calendar, start_year=2008)), -1),
    ],
)
def test_an_arm_shares_the_months_before_its_first_date(scenario, months):
    assert shared(BASE, scenario) == shared(scenario, BASE) == months


def test_arms_share_as_long_as_the_same_is_in_force():
    assert shared(permit(), rise(permit(), month=15)) == 15
    assert shared(rise(phase_in_months=3), rise(phase_in_months=6)) == 9
    assert shared(rise(), rise(ends_on=BASE.calendar.label(20))) == 20
    assert shared(rise(strength=0.7, rise_share=0.3), rise(strength=0.35, rise_share=0.6)) == MONTHS, "the same pay"


def test_after_two_reforms_have_ended_runs_do_not_meet_again():
    """What was in force has left its traces."""
    short = rise(ends_on=BASE.calendar.label(12))
    assert shared(BASE, short) == 9


def test_what_all_share_is_what_the_two_least_alike_do():
    assert shared(BASE, rise(month=20), cut(month=4), permit(month=9)) == 4
    assert shared(rise(month=20), permit(month=9)) == 9


def test_the_order_in_which_reforms_are_written_changes_nothing():
    there = rise(permit())
    assert shared(there, replace(there, reforms=there.reforms[::-1])) == MONTHS


def test_ids_change_nothing_but_the_order_they_stand_for():
    """Factors are multiplied in the order of ids: other ids may round otherwise, so they are not taken as equal."""
    one, two = rise(id="a", rise_share=0.1), rise(id="b", rise_share=0.2)
    both = replace(BASE, reforms=(*one.reforms, *two.reforms))
    renamed = replace(BASE, reforms=tuple(each.model_copy(update={"id": f"new-{each.id}"}) for each in both.reforms))
    ids = {"a": "z", "b": "y"}
    turned = replace(BASE, reforms=tuple(each.model_copy(update={"id": ids[each.id]}) for each in both.reforms))
    assert shared(both, renamed) == MONTHS
    assert shared(both, turned) == 9


def test_keys_are_the_same_in_another_process_and_for_another_object():
    copy = pickle.loads(pickle.dumps(permit()))
    assert Course(copy).keys == Course(permit()).keys
    assert len(Course(BASE).keys) == MONTHS + 1 == len(set(Course(BASE).keys))


def test_turns_are_the_months_in_which_reforms_start_or_end():
    until = BASE.calendar.label(13)
    assert Course(rise(permit(month=4), month=9, ends_on=until, phase_in_months=3)).turns == {4, 9, 13}
    assert Course(rise(month=0, ends_on=until)).turns == {13}
    assert Course(BASE).turns == set()
