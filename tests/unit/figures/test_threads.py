"""Threads into one needle: hours are those of the model's own rate of jobs, and a reform shows in the lines."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from govsim import figures
from govsim.figures.strands import Strand, strands
from govsim.figures.threads import FATES, Thread, fate_of
from govsim.institution.charter import compile_charter
from govsim.institution.institution import AtLeastTerm, ScaleTerm
from govsim.institution.joining import JoinCommunities
from govsim.kernels.jobs import job_count
from govsim.reforms.timetable import Timetable
from govsim.scenarios import load_scenario
from tests.compared import HOSTILE
from tests.reference.worlds import small_scenario

SCENARIOS = Path(__file__).parents[3] / "scenarios" / "xihu"


@cache
def institution():
    return small_scenario("two_streets").institution


def first():
    return institution().places.communities[0].id


def with_permit(strictness):
    everywhere = tuple(place.id for place in institution().places.communities)
    edits = [AtLeastTerm("r", "assigns", term, value, everywhere) for term, value in
             (("permit", 1.0), ("strictness", strictness))]  # fmt: skip
    return institution().amended(edits)


def with_cut(share):
    return institution().amended([ScaleTerm("r", "inspects", "kept_share", 1.0 - share, (first(),))])


def joined(seat, other):
    return institution().amended([JoinCommunities("r", seat, (other,), False, False, 1.0, 0.0)])


def lines(figure, axis):
    """Return the lines of a panel as (dash, width, number of lines)."""
    return [
        (trace["line"]["dash"], trace["line"]["width"], 1 + trace["x"].count(None))
        for trace in figure.to_plotly_json()["data"]
        if trace["mode"] == "lines" and trace.get("xaxis") == axis
    ]


def said(figure):
    content = figure.to_plotly_json()
    found = [each["text"] for each in content["layout"]["annotations"]] + [content["layout"]["meta"]["title"]]
    for trace in content["data"]:
        found += [*trace.get("hovertext", ()), *([trace["name"]] if "name" in trace else [])]
    return found


def test_hours_are_the_mean_of_the_jobs_that_the_model_counts_at_the_mean_size():
    charter = compile_charter(institution())
    uniforms = (np.arange(50) + 0.5) / 50
    years = range(2000, 2000 + int(np.lcm.reduce(charter.matters["period_years"])))
    for community, place in enumerate(institution().places.communities):
        minutes = 0.0
        for unit in charter.units[charter.units["community"] == community]:
            for year in years:
                jobs = [job_count(unit, month, year, charter, u) for month in range(12) for u in uniforms]
                minutes += sum(jobs) / len(uniforms) / len(years) * charter.matters["minutes"][unit.matter]
        total = sum(strand.planned_hours for strand in strands(institution(), place.id).values())
        assert total == pytest.approx(minutes / 60, rel=0.02)


def test_before_any_reform_all_that_is_planned_is_free():
    for strand in strands(institution(), first()).values():
        assert strand.free_hours == pytest.approx(strand.planned_hours)


def test_a_cut_of_inspections_thins_them_by_its_share_and_nothing_else():
    before, after = strands(institution(), first()), strands(with_cut(0.85), first())
    for id_, strand in after.items():
        share = 0.15 if id_.startswith("inspection-") else 1.0
        assert strand.free_hours == pytest.approx(share * before[id_].free_hours)
        assert strand.planned_hours == pytest.approx(before[id_].planned_hours)


def test_a_board_that_lists_everything_changes_no_thread_and_one_that_lists_nothing_stops_administration_only():
    before = strands(institution(), first())
    assert {id_: each.free_hours for id_, each in strands(with_permit(0.0), first()).items()} == {
        id_: each.free_hours for id_, each in before.items()
    }
    after = strands(with_permit(1e12), first())
    mandates = {each.id: each for each in institution().catalogue.mandates}
    stopped = {id_ for id_, each in after.items() if each.free_hours == 0.0}
    assert stopped == {id_ for id_ in after if id_ in mandates and mandates[id_].work_class == 0}


def test_what_a_community_loses_by_joining_its_seat_gets_per_resident():
    seat, other = (place.id for place in institution().places.communities[:2])
    after = joined(seat, other)
    assert strands(after, other) == {}
    before = [strands(institution(), name) for name in (seat, other)]
    per_resident = [each.id for each in institution().catalogue.mandates if each.is_per_resident]
    for id_ in per_resident:
        expected = sum(own[id_].planned_hours for own in before)
        assert strands(after, seat)[id_].planned_hours == pytest.approx(expected)


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        ((4.0, False), (4.0, False), "same"),
        ((4.0, False), (5.0, False), "more"),
        ((4.0, False), (3.0, False), "thinner"),
        ((4.0, False), (0.0, True), "permit"),
        ((4.0, False), (0.0, False), "gone"),
        ((4.0, False), None, "gone"),
        (None, (2.0, False), "more"),
    ],
)
def test_the_fate_of_a_thread_is_what_its_free_hours_say(before, after, fate):
    ends = [each and Strand("a", "b", 4.0, each[0], each[1], not each[1]) for each in (before, after)]
    assert fate_of(*ends) == fate


def test_every_mandate_is_one_thread_in_each_panel_and_a_null_reform_leaves_both_alike():
    figure = figures.threads(institution(), institution(), first())
    n = len(strands(institution(), first()))
    assert sum(count for _, _, count in lines(figure, "x")) == n
    assert lines(figure, "x") == lines(figure, "x2")
    assert {dash for dash, _, _ in lines(figure, "x2")} == {"solid"}


def test_what_a_reform_stops_or_thins_is_broken_and_counted_in_words():
    figure = figures.threads(institution(), with_cut(0.85), first())
    n = sum(id_.startswith("inspection-") for id_ in strands(institution(), first()))
    assert sum(count for dash, _, count in lines(figure, "x2") if dash == "dash") == n
    assert {dash for dash, _, _ in lines(figure, "x")} == {"solid"}
    assert any(text.startswith(f"{n} thinner") for text in said(figure))


def test_all_threads_of_a_panel_end_in_its_needle():
    figure = figures.threads(institution(), with_permit(3.0), first())
    data = figure.to_plotly_json()["data"]
    for axis in ("x", "x2"):
        own = [trace for trace in data if trace.get("xaxis") == axis]
        (needle,) = [trace for trace in own if trace.get("customdata") == [first()]]
        for trace in own:
            if trace["mode"] == "lines":
                ends = [i - 1 for i, x in enumerate(trace["x"]) if x is None] + [len(trace["x"]) - 1]
                assert {(trace["x"][i], trace["y"][i]) for i in ends} == {(needle["x"][0], needle["y"][0])}


def test_a_thread_of_more_hours_is_never_a_thinner_line():
    widths = [Thread("a", 0.0, float(hours), "same", "").width for hours in range(1000)]
    assert widths == sorted(widths)
    assert len(set(widths)) > 3


def test_the_lines_of_a_panel_are_as_wide_as_their_hours():
    figure = figures.threads(institution(), with_permit(3.0), first())
    for axis, place in (("x", institution()), ("x2", with_permit(3.0))):
        hours = [strand.free_hours for strand in strands(place, first()).values()]
        expected = sorted(Thread("a", 0.0, each, "same", "").width for each in hours)
        assert sorted(width for _, width, count in lines(figure, axis) for _ in range(count)) == expected


def test_each_fate_has_a_line_or_a_mark_of_its_own_and_not_only_a_colour():
    assert len({(dash, symbol) for _, dash, symbol in FATES.values()}) == len(FATES)


@cache
def district(reform):
    """Return the institution of a whole district of the package, with all names in both languages."""
    scenario = load_scenario(SCENARIOS / f"{reform}.yaml")
    return Timetable(scenario.institution, scenario.reforms, scenario.calendar).regime(36).institution


def test_each_language_is_without_words_of_the_other():
    before, after = district("baseline"), district("permit-and-inspection-cut")
    for text in said(figures.threads(before, after, "x001", "zh")):
        assert text
        assert not re.search("[A-Za-z]", re.sub("<[^>]*>", "", text)), text
    for text in said(figures.threads(before, after, "x001", "en")):
        assert text
        assert not re.search("[\u4e00-\u9fff]", text), text


def test_a_figure_of_the_full_catalogue_is_small_and_has_no_webgl():
    content = figures.threads(district("baseline"), district("permit-and-inspection-cut"), "x001", "zh").to_json()
    assert len(content.encode()) < 300_000
    assert {trace["type"] for trace in json.loads(content)["data"]} == {"scatter"}


def test_names_with_tags_are_shown_and_do_nothing():
    catalogue = institution().catalogue
    departments = tuple(replace(each, en=HOSTILE) for each in catalogue.departments)
    mandates = tuple(replace(each, en=HOSTILE) for each in catalogue.mandates)
    hostile = replace(institution(), catalogue=replace(catalogue, departments=departments, mandates=mandates))
    figure = figures.threads(hostile, hostile, first())
    assert "<script" not in json.dumps(figure.to_plotly_json())
