"""The organisational graph: its lines carry the minutes of the recording, and no reform makes no difference."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from govsim import figures
from govsim.figures.flows import Edge, Office, Traffic, by_street, traffic
from govsim.figures.organisation import changed_lines, class_of
from govsim.figures.strokes import LINES, SHAPES, WIDTHS, width_of
from govsim.institution.catalogue import WorkClass
from govsim.institution.joining import JoinCommunities
from govsim.model import GovernanceModel
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tables import reported
from govsim.scenarios import load_scenario
from tests.compared import HOSTILE
from tests.properties.runs import run
from tests.reference.worlds import small_scenario, with_inspection_cut, with_permit

XIHU = Path(__file__).parents[3] / "scenarios" / "xihu" / "baseline.yaml"
JOBS = [kind for kind in WorkClass if kind != WorkClass.SERVICE]
DOWN = slice(0, 3)


def institution():
    return small_scenario("two_streets").institution


@cache
def baseline():
    return run(small_scenario("two_streets")).recording


@cache
def reform():
    """Return the institution and the recording under a permit and a cut of inspections."""
    model = run(with_inspection_cut(with_permit(small_scenario("two_streets"), strictness=20.0), cut_share=1.0))
    return model.institution, model.recording


@cache
def xihu():
    """Return the district of 108 communities with the books of one month."""
    scenario = load_scenario(XIHU, ("horizon.years=1", "horizon.warm_up_years=0"))
    model = GovernanceModel(scenario)
    model.run_for(21)
    return scenario.institution, model.recording


def months(recording):
    return slice(recording.calendar.warm_up_months, None)


def minutes_a_month(table, name, n_runs=1):
    """Return a column summed over the reported part, a month and run on average, by row."""
    recordings = [baseline()] * n_runs
    return np.mean([getattr(each, table)[name][months(each)].mean(axis=0) for each in recordings], axis=0)


def parts(figure, mode):
    data = figure.to_plotly_json()["data"]
    return [trace for trace in data if trace["mode"] == mode and trace["x"] != [None]]


def said(figure):
    content = figure.to_plotly_json()
    found = [each["text"] for each in content["layout"]["annotations"]] + [content["layout"]["meta"]["title"]]
    for trace in content["data"]:
        found += [*trace.get("hovertext", ()), *([trace["name"]] if "name" in trace else [])]
    return found


def test_the_minutes_into_each_community_are_those_that_arrived():
    found = traffic(institution(), [baseline()])
    arrived = minutes_a_month("communities", "arrived_minutes")
    into = {edge.target: edge.hours for edge in found.edges}
    for row, place in enumerate(institution().places.communities):
        assert into[place.id] * 60 == pytest.approx(arrived[row, JOBS].sum())
        requests = found.offices[place.id].request_hours
        assert (into[place.id] + requests) * 60 == pytest.approx(arrived[row].sum())


def test_the_minutes_out_of_each_department_are_those_it_sent_down_and_had_returned():
    found = traffic(institution(), [baseline()])
    came = minutes_a_month("origins", "issued_minutes")[:, DOWN].sum(axis=1)
    came = came + minutes_a_month("origins", "rework_minutes")
    for line, department in enumerate(institution().catalogue.departments):
        out = sum(edge.hours for edge in found.edges if edge.source == department.id)
        assert out * 60 == pytest.approx(came[line], rel=1e-6)


def test_what_a_street_gets_and_what_it_adds_itself_is_what_its_communities_get():
    found = traffic(institution(), [baseline()])
    own = minutes_a_month("origins", "issued_minutes")[-1, DOWN].sum()
    own = own + minutes_a_month("origins", "rework_minutes")[-1]
    streets = set(institution().places.streets)
    into = sum(edge.hours for edge in found.edges if edge.target in streets)
    out = sum(edge.hours for edge in found.edges if edge.source in streets)
    assert (out - into) * 60 == pytest.approx(own, rel=1e-6)


def test_a_month_is_that_month_and_twice_the_same_run_is_that_run():
    month = baseline().calendar.warm_up_months + 1
    found = traffic(institution(), [baseline(), baseline()], month)
    arrived = baseline().communities["arrived_minutes"][month]
    for row, place in enumerate(institution().places.communities):
        hours = sum(edge.hours for edge in found.edges if edge.target == place.id)
        assert hours * 60 == pytest.approx(arrived[row, JOBS].sum())


@pytest.mark.parametrize("month", [-1, 10_000])
def test_a_month_that_is_not_recorded_cannot_be_drawn(month):
    with pytest.raises(ValueError, match="nothing is recorded"):
        figures.organisation(institution(), [baseline()], month)


def test_loads_are_those_of_the_outcomes():
    found, window = traffic(institution(), [baseline()]).offices, reported(baseline())
    for kind, name in (("street", "street_load"), ("department", "department_load"), ("community", "load_ratio")):
        own = [office for office in found.values() if office.kind == kind]
        load = sum(office.offered_hours for office in own) / sum(office.capacity_hours for office in own)
        assert load == pytest.approx(OUTCOMES[name].formula(window))


def test_grouping_lines_into_widths_loses_no_minute_and_no_line():
    found = traffic(institution(), [baseline()])
    lines = parts(figures.organisation(institution(), [baseline()]), "lines")
    assert sum(trace["meta"] for trace in lines) == pytest.approx(sum(edge.hours for edge in found.edges))
    assert sum(1 + trace["x"].count(None) for trace in lines) == len(found.edges)


def test_focus_hides_no_line_and_puts_those_of_the_office_in_front():
    street = institution().places.streets[0]
    found = traffic(institution(), [baseline()])
    lines = parts(figures.organisation(institution(), [baseline()], focus=street), "lines")
    near = sum(edge.hours for edge in found.edges if street in (edge.source, edge.target))
    strong = max(trace["opacity"] for trace in lines)
    assert sum(trace["meta"] for trace in lines if trace["opacity"] == strong) == pytest.approx(near)
    assert sum(trace["meta"] for trace in lines) == pytest.approx(sum(edge.hours for edge in found.edges))


def test_more_hours_are_never_a_thinner_line():
    widths = [width_of(hours, 800.0) for hours in range(801)]
    assert widths == sorted(widths)
    assert set(widths) == {width for _, width in WIDTHS}


def test_every_office_has_one_mark_with_its_id_and_words():
    marks = parts(figures.organisation(institution(), [baseline()]), "markers")
    ids = [id_ for trace in marks for id_ in trace["customdata"]]
    places = institution().places
    departments = [each.id for each in institution().catalogue.departments]
    assert sorted(ids) == sorted([places.district, *departments, *places.streets, *places.community_rows])
    assert all(text for trace in marks for text in trace["hovertext"])
    assert all(len(trace["hovertext"]) == len(trace["customdata"]) for trace in marks)


def test_a_reform_that_changes_nothing_is_an_empty_difference():
    pair = institution(), institution()
    figure = figures.organisation_difference(pair, [baseline()], [baseline()])
    assert parts(figure, "lines") == []
    shapes = {trace["marker"]["symbol"] for trace in parts(figure, "markers")}
    assert not any(shape.startswith("triangle") for shape in shapes)
    assert any("Nothing changes." in text for text in said(figure))


def test_the_lines_of_a_difference_add_up_to_the_minutes_that_communities_no_longer_get():
    after, recording = reform()
    pair = traffic(institution(), [baseline()]), traffic(after, [recording])
    changes = changed_lines(*pair)
    ids = set(institution().places.community_rows)
    sums = {kind: sum(hours for _, to, hours in lines if to in ids) for kind, lines in changes.items()}
    arrived = [each.communities["arrived_minutes"][months(each)][..., JOBS].sum() for each in (baseline(), recording)]
    n_months = len(baseline().communities) - baseline().calendar.warm_up_months
    fewer = sums["thinner"] + sums["vanished"] - sums["thicker"]
    assert fewer * 60 * n_months == pytest.approx(int(arrived[0]) - int(arrived[1]))
    assert fewer > 0.0


def test_a_line_that_carries_nothing_any_more_has_vanished():
    before = Traffic({}, (Edge("a", "b", 4.0), Edge("a", "c", 4.0), Edge("a", "d", 4.0)))
    after = Traffic({}, (Edge("a", "c", 3.0), Edge("a", "d", 4.0), Edge("a", "e", 1.0)))
    changes = changed_lines(before, after)
    assert changes == {"thinner": [("a", "c", 1.0)], "vanished": [("a", "b", 4.0)], "thicker": [("a", "e", 1.0)]}


def test_a_triangle_points_where_the_load_went():
    after, recording = reform()
    pair = [traffic(*each).offices for each in ((institution(), [baseline()]), (after, [recording]))]
    figure = figures.organisation_difference((institution(), after), [baseline()], [recording])
    for trace in parts(figure, "markers"):
        sign = {"triangle-down": -1, "triangle-up": 1}.get(trace["marker"]["symbol"])
        for id_ in trace["customdata"] if sign else ():
            assert (pair[1][id_].load - pair[0][id_].load) * sign >= 0.02


def test_communities_of_a_street_in_one_mark_keep_their_hours(monkeypatch):
    found = traffic(institution(), [baseline()])
    gathered = by_street(institution(), found)
    for name in ("offered_hours", "capacity_hours", "queue_hours", "workers", "yuan"):
        sums = [sum(getattr(office, name) for office in each.offices.values()) for each in (found, gathered)]
        assert sums[0] == pytest.approx(sums[1])
    assert sum(edge.hours for edge in gathered.edges) == pytest.approx(sum(edge.hours for edge in found.edges))
    # The name of the module is that of its figure, which the package offers.
    monkeypatch.setitem(figures.organisation.__globals__, "MOST_NODES", 3)
    figure = figures.organisation(institution(), [baseline()])
    assert any("all communities of a street" in text.replace("<br>", " ") for text in said(figure))
    ids = {id_ for trace in parts(figure, "markers") for id_ in trace["customdata"]}
    assert ids.isdisjoint(institution().places.community_rows)


def test_an_office_without_workers_has_no_load():
    assert Office("a", "community", 0.0, 0.0, 0.0, 0.0, 0.0).load is None
    assert class_of(None) == "none"


@pytest.mark.parametrize(
    ("load", "name"), [(0.5, "spare"), (0.9, "full"), (1.09, "full"), (1.1, "over"), (3.0, "over")]
)
def test_the_shape_of_a_mark_says_its_load(load, name):
    assert class_of(load) == name


def test_what_one_figure_tells_apart_differs_in_shape_or_dash_and_not_only_in_colour():
    for kinds in (("spare", "full", "over", "none"), ("fell", "rose", "alike", "none")):
        assert len({SHAPES[kind][0] for kind in kinds}) == len(kinds)
    assert len({LINES[kind][1] for kind in ("thinner", "thicker", "vanished")}) == 3


def test_a_village_that_joined_another_leaves_a_vanished_line():
    seat, other = (place.id for place in institution().places.communities[:2])
    after = institution().amended([JoinCommunities("r", seat, (other,), False, False, 1.0, 0.0)])
    books = replace(baseline(), communities=baseline().communities.copy())
    rows = institution().places.community_rows
    books.communities["arrived_minutes"][:, rows[seat]] += books.communities["arrived_minutes"][:, rows[other]]
    books.communities["arrived_minutes"][:, rows[other]] = 0
    changes = changed_lines(traffic(institution(), [baseline()]), traffic(after, [books]))
    gone = {to for _, to, _ in changes["vanished"]}
    assert other in gone
    # Where it was the only one of its street, nothing comes to that any more.
    assert gone <= {other, institution().places.communities[1].street}
    assert seat in [to for _, to, _ in changes["thicker"]]


@pytest.mark.parametrize("month", [None, 0])
def test_each_language_is_without_words_of_the_other(month):
    place, recording = xihu()
    drawn = {
        lang: [
            figures.organisation(place, [recording], month, lang),
            figures.organisation_difference((place, place), [recording], [recording], month, lang),
        ]
        for lang in ("en", "zh")
    }
    for text in [text for figure in drawn["zh"] for text in said(figure)]:
        assert text
        assert not re.search("[A-Za-z]", re.sub("<[^>]*>", "", text)), text
    for text in [text for figure in drawn["en"] for text in said(figure)]:
        assert text
        assert not re.search("[\u4e00-\u9fff]", text), text


def test_a_district_of_108_communities_is_small_and_has_no_webgl():
    place, recording = xihu()
    content = figures.organisation(place, [recording], 0, "zh").to_json()
    assert len(content.encode()) < 300_000
    assert {trace["type"] for trace in json.loads(content)["data"]} == {"scatter"}


def test_names_with_tags_are_shown_and_do_nothing():
    places = institution().places
    hostile = replace(
        institution(),
        places=replace(places, communities=tuple(replace(each, en=HOSTILE) for each in places.communities)),
        catalogue=replace(
            institution().catalogue,
            departments=tuple(replace(each, en=HOSTILE) for each in institution().catalogue.departments),
        ),
    )
    assert "<script" not in json.dumps(said(figures.organisation(hostile, [baseline()])))


def test_no_two_offices_stand_in_one_place_nor_two_communities_of_a_street_in_one_column():
    place, recording = xihu()
    marks = parts(figures.organisation(place, [recording], 0), "markers")
    at = {
        id_: where for trace in marks for id_, *where in zip(trace["customdata"], trace["x"], trace["y"], strict=True)
    }
    assert len({tuple(where) for where in at.values()}) == len(at)
    for street in place.places.streets:
        own = [at[each.id][0] for each in place.places.communities if each.street == street]
        assert len(set(own)) == len(own)
