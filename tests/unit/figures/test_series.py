"""A series shows the months of both arms and their paired difference, with one kind of band that it names."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from govsim import figures
from govsim.figures.lines import apart, stretches
from govsim.recording.outcomes import OUTCOMES
from tests.compared import HOSTILE
from tests.contrast import contrast
from tests.recorded import recordings, two_arms, with_book

BANDS = ("worlds", "mean")
STARTS = {"en": (("2008-01", "pay raised"),), "zh": (("2008-01", "提高工资"),)}


def drawn(outcome="workload_hours", lang="en", **more):
    return figures.series(*two_arms(), outcome, lang, **more).to_plotly_json()


def lines(figure):
    """Return the lines that have points: of the baseline, of the reform, of their difference."""
    return [trace for trace in figure["data"] if "hovertext" in trace]


def bands(figure):
    return [trace for trace in figure["data"] if trace.get("fill") == "toself"]


def key(figure):
    return [trace for trace in figure["data"] if trace["x"] == [None]]


def texts(figure):
    found = [note["text"] for note in figure["layout"]["annotations"]]
    for trace in figure["data"]:
        found += [trace.get("name", ""), *trace.get("hovertext", ())]
    return [text for text in found if text]


@pytest.mark.parametrize("outcome", ["workload_hours", "satisfaction", "turnover_per_year", "wait_days"])
def test_the_difference_of_the_means_is_the_mean_of_the_differences(outcome):
    before, after, difference = (trace["y"] for trace in lines(drawn(outcome)))
    assert any(difference)
    for one, other, between in zip(before, after, difference, strict=True):
        assert (one is None) == (other is None) == (between is None)
        if one is not None:
            assert other - one == pytest.approx(between, abs=1e-9)


@pytest.mark.parametrize("band", BANDS)
def test_the_arms_are_one_until_the_reform_begins(band):
    difference = lines(drawn("workload_hours", band=band))[2]["y"]
    months = recordings("baseline")[0].calendar.warm_up_months
    assert difference[:months] == [0.0] * months
    assert any(difference[months:])


@pytest.mark.parametrize("band", BANDS)
def test_the_same_world_four_times_has_bands_without_width(band):
    without, with_reform = ([arm[0]] * 4 for arm in two_arms())
    figure = figures.series(without, with_reform, "workload_hours", band=band).to_plotly_json()
    for line, outline in zip(lines(figure), bands(figure), strict=True):
        n = len(line["y"])
        assert outline["y"][:n] == pytest.approx(line["y"])
        assert outline["y"][n : 2 * n] == pytest.approx(line["y"][::-1])


def test_a_figure_says_which_of_the_two_bands_it_shows_and_shows_no_other():
    said = {band: " ".join(texts(drawn(band=band))) for band in BANDS}
    assert "10th to 90th percentile" in said["worlds"]
    assert "interval of the mean" not in said["worlds"]
    assert "95 % interval of the mean" in said["mean"]
    assert "percentile" not in said["mean"]


def test_another_kind_of_band_is_refused():
    with pytest.raises(ValueError, match="both"):
        drawn(band="both")


def test_a_month_that_is_undefined_in_all_worlds_is_a_gap_in_lines_and_bands():
    without, with_reform = (
        [with_book(each, "communities", "present_days", 0, 5) for each in arm] for arm in two_arms()
    )
    figure = figures.series(without, with_reform, "workload_hours").to_plotly_json()
    for line in lines(figure):
        assert [month for month, value in enumerate(line["y"]) if value is None] == [5]
        assert line["connectgaps"] is False
        assert "undefined" in line["hovertext"][5]
    for outline in bands(figure):
        assert outline["x"].count(None) == 2
        assert 5.5 not in outline["x"]


def test_requests_of_the_last_sixty_days_leave_a_gap_at_the_end():
    wait = lines(drawn("wait_days"))[0]["y"]
    assert wait[-3:] == [None] * 3
    assert None not in wait[:-3]


def test_a_month_between_gaps_is_a_point():
    found = recordings("baseline")
    alone = [with_book(with_book(each, "communities", "present_days", 0, 4), "communities", "present_days", 0, 6)
             for each in found]  # fmt: skip
    line = lines(figures.series(alone, alone, "workload_hours").to_plotly_json())[0]
    assert line["mode"] == "lines+markers"
    assert [month for month, size in enumerate(line["marker"]["size"]) if size] == [5]


def test_an_outcome_that_is_never_defined_draws_no_line():
    found = [with_book(each, "communities", "present_days", 0) for each in recordings("baseline")]
    figure = figures.series(found, found, "workload_hours").to_plotly_json()
    assert {value for trace in lines(figure) for value in trace["y"]} == {None}
    json.dumps(figure, allow_nan=False)


def test_a_single_pair_has_lines_without_bands_and_says_so():
    figure = figures.series(*two_arms(1), "workload_hours").to_plotly_json()
    assert [trace["x"] for trace in bands(figure)] == [[]] * 3
    assert "one pair, no band" in texts(figure)


def test_the_arms_differ_in_dashes_and_each_says_at_its_end_what_it_is():
    figure = drawn(name="better pay")
    before, after, _ = lines(figure)
    assert before["line"]["dash"] != after["line"]["dash"]
    ends = [note for note in figure["layout"]["annotations"] if note["text"] in {"baseline", "better pay"}]
    assert len(ends) == 2
    higher = max(ends, key=lambda note: note["y"])["text"]
    assert higher == ("baseline" if before["y"][-1] > after["y"][-1] else "better pay")
    assert {(trace["name"], trace["line"]["dash"]) for trace in key(figure) if trace["mode"] == "lines"} == {
        ("baseline", before["line"]["dash"]),
        ("better pay", after["line"]["dash"]),
    }


@pytest.mark.parametrize("heights", [(100, 100), (100, 104), (104, 100), (0, 2), (210, 205)])
def test_labels_that_would_overlap_stand_apart_in_their_order_and_inside(heights):
    first, second = apart(heights, 20, 210)
    assert abs(first - second) == pytest.approx(20)
    assert (first >= second) == (heights[0] >= heights[1])
    assert min(first, second) >= 0
    assert max(first, second) <= 210


def test_labels_far_from_each_other_stand_where_the_lines_end():
    assert apart((30, 190), 20, 210) == [30, 190]


def test_the_warm_up_is_shaded_up_to_the_first_reported_month():
    figure = drawn()
    shades = [shape for shape in figure["layout"].get("shapes", ()) if shape["type"] == "rect"]
    assert [(shape["x0"], shape["x1"]) for shape in shades] == [(0, 12), (0, 12)]
    assert "warm-up" in texts(figure)


def test_without_a_warm_up_nothing_is_shaded():
    found = [replace(each, calendar=replace(each.calendar, warm_up_years=0)) for each in recordings("baseline")]
    figure = figures.series(found, found, "workload_hours").to_plotly_json()
    assert not [shape for shape in figure["layout"].get("shapes", ()) if shape["type"] == "rect"]
    assert "warm-up" not in texts(figure)


def test_a_reform_begins_at_a_line_with_its_month_and_title():
    figure = drawn(starts=[("2007-01", "pay"), ("2007-01", "permit"), ("2008-07", "merger"), ("1999-01", "before")])
    upright = [shape["x0"] for shape in figure["layout"]["shapes"] if shape["type"] == "line"]
    assert sorted(upright) == [12, 12, 30, 30]  # in either panel, one line a month
    starts = {text: note["x"] for note in figure["layout"]["annotations"] for text in [note["text"]] if "-0" in text}
    assert starts == {"2007-01 pay": 12, "2007-01 permit": 12, "2008-07 merger": 30}


def test_years_stand_at_their_januaries():
    axis = drawn()["layout"]["xaxis2"]
    assert list(zip(axis["ticktext"], axis["tickvals"], strict=True)) == [("2006", 0), ("2007", 12), ("2008", 24)]


@pytest.mark.parametrize("name", ["workload_hours", "satisfaction", "pay_relative"])
def test_the_difference_says_which_way_is_better(name):
    said = texts(drawn(name))
    expected = {"lower": "↓ better", "higher": "↑ better", "none": "↑ higher"}[OUTCOMES[name].better]
    assert expected in said


def test_every_point_has_a_text_with_its_month():
    for trace in lines(drawn()):
        assert len(trace["hovertext"]) == len(trace["y"])
        assert [text[3:10] for text in trace["hovertext"][:2]] == ["2006-01", "2006-02"]


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("name", OUTCOMES)
def test_chinese_has_no_english_words_and_english_no_chinese(name, band):
    for text in texts(drawn(name, "zh", band=band, starts=STARTS["zh"])):
        assert not re.search("[A-Za-z]", re.sub("<[^>]*>", "", text)), text
    for text in texts(drawn(name, "en", band=band, starts=STARTS["en"])):
        assert not re.search("[\u4e00-\u9fff]", text), text


def test_a_name_with_tags_is_shown_and_does_nothing():
    found = "".join(texts(drawn(name=HOSTILE, starts=[("2008-01", HOSTILE)])))
    assert "<script" not in found
    assert "&lt;script&gt;" in found.replace("<br>", "")


@pytest.mark.parametrize("name", OUTCOMES)
def test_it_is_drawn_as_svg_from_valid_json_under_200_kilobytes(name):
    figure = figures.series(*two_arms(), name)
    assert {trace["type"] for trace in figure.to_plotly_json()["data"]} == {"scatter"}
    assert len(json.dumps(json.loads(figure.to_json()), allow_nan=False)) < 200_000


def test_lines_stand_out_from_paper_and_from_a_dark_screen():
    for trace in lines(drawn()):
        assert min(contrast(trace["line"]["color"], paper) for paper in ("#ffffff", "#14181d")) >= 3.0


def test_stretches_are_the_unbroken_parts():
    assert list(stretches([None, 1.0, 2.0, None, 3.0])) == [range(1, 3), range(4, 5)]


def test_a_long_heading_and_what_begins_have_room_above_the_lines():
    short, long = (drawn(name)["layout"] for name in ("workload_hours", "cost_per_resident_year"))
    assert long["margin"]["t"] - short["margin"]["t"] == 17
    more = drawn(starts=[("2007-01", "pay"), ("2008-01", "permit")])["layout"]
    assert more["margin"]["t"] - short["margin"]["t"] == 34


def test_one_pair_is_no_mean():
    assert "line: one world, each point a month" in texts(figures.series(*two_arms(1), "wait_days").to_plotly_json())
    assert "line: mean of 4 worlds, each point the year up to it" in texts(drawn("turnover_per_year"))
