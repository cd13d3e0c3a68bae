"""A timeline shows when each reform holds and at which dose, and nothing of what it does."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from govsim import figures
from govsim.clock import Calendar
from govsim.experiments.reach import Reach
from tests.compared import HOSTILE, two_reforms

CALENDAR = Calendar(start_year=2007, start_month=1, years=2, warm_up_years=1)
FULL = 0.38


def reach(title="a permit", **more):
    usual = {
        "id": "one",
        "use": "task_permit",
        "title_en": title,
        "title_zh": "准入",
        "starts_on": "2007-07",
        "ends_on": None,
        "phase_in_months": 1,
        "strength": 1.0,
        "doses": {"2007-07": 1.0},
        "dose_at_end": 1.0,
        "holds_in": 2,
        "communities": 3,
    }
    return Reach(**(usual | more))


def drawn(*reforms, lang="en", baseline=()):
    arm = replace(two_reforms().arms[0], reforms=reforms)
    comparison = replace(two_reforms(), arms=(arm,), calendar=CALENDAR, baseline_reforms=baseline)
    return figures.schedule(comparison, lang, ["an arm"]).to_plotly_json()


def bars(figure):
    return [trace for trace in figure["data"] if trace.get("fill") == "toself"]


def texts(figure):
    return " ".join(note["text"] for note in figure["layout"]["annotations"])


def test_a_bar_begins_in_the_month_in_which_its_reform_does_and_lasts_to_the_end():
    (bar,) = bars(drawn(reach()))
    assert (min(bar["x"]), max(bar["x"])) == (18, 36)


def test_a_reform_that_ends_has_a_bar_that_ends():
    (bar,) = bars(drawn(reach(ends_on="2008-01", doses={"2007-07": 1.0, "2008-01": 0.0}, dose_at_end=0.0)))
    assert (min(bar["x"]), max(bar["x"])) == (18, 24)


def test_the_height_of_a_bar_is_the_dose_of_its_months():
    (bar,) = bars(drawn(reach(doses={"2007-07": 0.25, "2007-08": 0.5}, strength=0.5, dose_at_end=0.5)))
    floor = min(bar["y"])
    heights = {
        month: max(y - floor for x, y in zip(bar["x"], bar["y"], strict=True) if x == month) for month in bar["x"]
    }
    assert heights == pytest.approx({18: 0.25 * FULL, 19: 0.5 * FULL, 36: 0.5 * FULL})


def test_a_reform_that_never_holds_has_a_line_and_no_bar():
    figure = drawn(reach(doses={}, dose_at_end=0.0, holds_in=0))
    assert bars(figure) == []
    assert "in 0 of 3 communities" in texts(figure)


def test_rows_do_not_overlap_and_those_of_the_baseline_come_first():
    own, shared = reach(), reach(id="two", title="all have it")
    figure = drawn(own, shared, baseline=(shared,))
    first, second = bars(figure)
    assert min(first["y"]) > max(second["y"])
    assert first["name"].startswith("<b>all have it (in the baseline, too)")
    assert second["name"].startswith("<b>an arm: a permit")


@pytest.mark.parametrize(("lang", "words"), [("en", "in 2 of 3 communities"), ("zh", "3个社区中的2个")])
def test_a_row_says_from_when_and_where_in_the_language_asked_for(lang, words):
    said = texts(drawn(reach(), lang=lang))
    assert "2007-07" in said
    assert words in said
    assert bool(re.search("[\u4e00-\u9fff]", said)) == (lang == "zh")


def test_a_title_becomes_no_tag():
    figure = drawn(reach(title=HOSTILE))
    assert "<script" not in texts(figure) + str(bars(figure))


def test_without_a_calendar_there_is_no_timeline():
    with pytest.raises(ValueError, match="knows no calendar"):
        figures.schedule(replace(two_reforms(), calendar=None))
