"""Months of one run: each point is the outcome of its month, in a panel with its own scale."""

from __future__ import annotations

import math
import re

import pytest

from govsim import figures
from govsim.experiments.months import months_a_point
from govsim.figures.numbers import factor_of
from govsim.recording import tables
from tests.compared import HOSTILE
from tests.recorded import recordings

NAMES = ("workload_hours", "satisfaction", "wait_days")


def drawn(outcomes=NAMES, lang="en", **more):
    return figures.months(recordings("rise")[0], outcomes, lang, **more).to_plotly_json()


def texts(figure):
    found = [note["text"] for note in figure["layout"]["annotations"]]
    return " ".join(found + [text for trace in figure["data"] for text in trace["hovertext"]])


def test_every_point_is_the_outcome_of_its_month():
    monthly = tables.monthly(recordings("rise")[0])
    for name, trace in zip(NAMES, drawn()["data"], strict=True):
        assert months_a_point(name) == 1
        for shown, value in zip(trace["y"], monthly[name], strict=True):
            assert (shown is None) == math.isnan(value)
            assert shown is None or shown == pytest.approx(value * factor_of(name), rel=1e-12)


def test_what_happens_rarely_is_of_the_year_up_to_each_month():
    (trace,) = drawn(("turnover_per_year",))["data"]
    assert trace["y"][:11] == [None] * 11
    assert all(value is not None for value in trace["y"][11:])


def test_each_panel_has_a_scale_that_holds_its_points():
    figure = drawn()
    for trace in figure["data"]:
        low, high = figure["layout"]["yaxis" + trace["yaxis"][1:]]["range"]
        assert all(low < value < high for value in trace["y"] if value is not None)


def test_panels_do_not_overlap():
    layout = drawn()["layout"]
    domains = [layout[name]["domain"] for name in ("yaxis3", "yaxis2", "yaxis")]
    edges = [edge for domain in domains for edge in domain]
    assert edges == sorted(edges)
    assert (edges[0], edges[-1]) == pytest.approx((0.0, 1.0), abs=1e-12)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_speaks_one_language(lang):
    said = texts(drawn(lang=lang))
    assert bool(re.search("[\u4e00-\u9fff]", said)) == (lang == "zh")
    assert not (lang == "zh" and re.search("[a-z]{4}", re.sub(r"</?(b|br)>", "", said)))


def test_a_month_in_which_an_outcome_is_undefined_is_a_gap_that_says_so():
    (trace,) = drawn(("wait_days",))["data"]
    undefined = [month for month, value in enumerate(trace["y"]) if value is None]
    assert undefined, "requests of the last months have not had their sixty days"
    assert all(("undefined" in text) == (month in undefined) for month, text in enumerate(trace["hovertext"]))


def test_the_start_of_a_reform_is_marked_and_its_title_becomes_no_tag():
    said = texts(drawn(starts=[("2007-07", HOSTILE)]))
    assert "2007-07" in said
    assert "<script" not in said
