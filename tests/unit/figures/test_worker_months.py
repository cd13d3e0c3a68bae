"""The months of a worker are drawn as they were: hours, exhaustion, and where the worker leaves."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from govsim import figures
from tests.compared import HOSTILE
from tests.followed import careers


def drawn(lang="en", pair=None, **more):
    return figures.worker_months(*(pair or careers()), lang, **more).to_plotly_json()


def lines(figure):
    return [trace for trace in figure["data"] if "hovertext" in trace]


def crosses(figure):
    return [trace for trace in figure["data"] if trace.get("marker", {}).get("symbol") == "x" and trace["x"] != [None]]


def texts(figure):
    found = [note["text"] for note in figure["layout"]["annotations"]]
    for trace in figure["data"]:
        found += [trace.get("name", ""), *trace.get("hovertext", ())]
    return found


def values(trace):
    return [value for value in trace["y"] if value is not None]


def test_lines_have_the_hours_and_the_exhaustion_of_each_month():
    drawn_lines = lines(drawn())
    for career, hours, exhaustion in zip(careers(), drawn_lines[::2], drawn_lines[1::2], strict=True):
        assert values(hours) == pytest.approx([month.hours for month in career.months])
        assert values(exhaustion) == pytest.approx([month.exhaustion for month in career.months])


def test_months_stand_at_their_points_where_there_are_no_two_years_to_name():
    axis = drawn()["layout"]["xaxis2"]
    before = careers()[0]
    labels = [before.calendar.label(month.month) for month in before.months]
    assert 2 <= len(axis["ticktext"]) <= 4
    assert [labels[int(at)] for at in axis["tickvals"]] == list(axis["ticktext"])
    assert all(at % 1 == 0.5 for at in axis["tickvals"])


def test_a_cross_stands_where_the_worker_leaves_and_nowhere_else():
    leaving = [career for career in careers() if career.months[-1].has_left]
    at = [len(career.months) - 0.5 for career in leaving for _ in range(2)]
    assert [trace["x"] for trace in crosses(drawn())] == [[x] for x in at]
    staying = tuple(replace(each, months=each.months[:1]) for each in careers())
    assert crosses(drawn(pair=staying)) == []
    assert "left" not in texts(drawn(pair=staying))


def test_a_dotted_line_stands_at_eight_hours_a_day_and_at_burnout():
    bounds = {shape["yref"]: shape["y0"] for shape in drawn()["layout"]["shapes"]}
    assert bounds == {"y": 21 * 8, "y2": 0.5}


def test_a_post_that_somebody_else_holds_is_said_to_be_so():
    before, after = careers()
    figure = drawn(pair=(before, replace(after, months=())), name="better pay")
    assert [values(line) for line in lines(figure)[2:]] == [[], []]
    assert any("better pay: somebody else" in text for text in texts(figure))


def test_it_says_that_one_worker_is_no_effect():
    assert any("no estimate of an effect" in text.replace("<br>   ", " ") for text in texts(drawn()))


def test_chinese_has_no_english_words_and_english_no_chinese():
    place = re.escape(careers()[0].community.name.zh)
    for text in texts(drawn("zh")):
        assert not re.search("[A-Za-z]", re.sub(f"<[^>]*>|{place}", "", text)), text
    assert not any(re.search("[\u4e00-\u9fff]", text) for text in texts(drawn()))


def test_a_name_with_tags_is_shown_and_does_nothing():
    assert "<script" not in "".join(texts(drawn(name=HOSTILE)))


def test_it_is_drawn_as_svg_from_valid_json():
    figure = figures.worker_months(*careers())
    assert {trace["type"] for trace in figure.to_plotly_json()["data"]} == {"scatter"}
    json.dumps(json.loads(figure.to_json()), allow_nan=False)
