"""Who loses stands first, every group has its interval, and what is not drawn is counted."""

from __future__ import annotations

import json
import re
import sys

import pytest

from govsim import figures
from govsim.experiments.groups import effects_by_group
from govsim.experiments.pairing import PairedEffect
from govsim.figures.ranking import Group, counted, how_the_rest_fare, ranked
from govsim.recording.outcomes import OUTCOMES
from govsim.recording.tables import GROUPS
from tests.compared import HOSTILE
from tests.recorded import two_arms

KINDS = ("resident_group", "community", "settlement")
MODULE = sys.modules["govsim.figures.winners"]


def effect(difference, half=0.001, p=0.001):
    low, high = difference - half, difference + half
    return PairedEffect(4, 0.6, 0.6 + difference, difference, low, high, p_value=p, p_holm=p)


LOST, UNCLEAR, GAINED = effect(-0.02), effect(-0.0001), effect(0.02)


def marks(figure):
    """Return the dots as (row, x, left end, right end, symbol), top row first."""
    found = []
    for trace in figure["data"]:
        if trace["x"] != [None]:
            error = trace.get("error_x", {"array": [0] * len(trace["x"]), "arrayminus": [0] * len(trace["x"])})
            ends = zip(trace["y"], trace["x"], error["arrayminus"], error["array"], strict=True)
            found += [(-y, x, x - left, x + right, trace["marker"]["symbol"]) for y, x, left, right in ends]
    return sorted(found)


def texts(figure):
    found = [note["text"] for note in figure["layout"]["annotations"]]
    for trace in figure["data"]:
        found += [trace.get("name", ""), *trace.get("hovertext", ())]
    return [text for text in found if text]


def of_effects(monkeypatch, effects, lang="en", **more):
    """Return the figure of communities with these effects on satisfaction."""
    monkeypatch.setattr(MODULE, "effects_by_group", lambda *_: dict(enumerate(effects)))
    return figures.winners(*two_arms(), "satisfaction", lang, by="community", **more).to_plotly_json()


def test_each_group_has_its_effect_and_its_interval_in_the_unit_of_the_axis():
    arms = two_arms()
    effects = effects_by_group(*arms, "satisfaction", "resident_group").values()
    found = marks(figures.winners(*arms, "satisfaction").to_plotly_json())
    expected = sorted(
        (100 * e.difference, 100 * e.ci_low, 100 * e.ci_high) for e in effects if e.difference is not None
    )
    assert sorted(mark[1:4] for mark in found) == [pytest.approx(each, abs=1e-9) for each in expected]


def test_losers_come_first_then_the_unclear_then_winners_and_of_each_the_worst(monkeypatch):
    effects = [GAINED, effect(-0.01), UNCLEAR, LOST, effect(0.01)]
    symbols = [mark[4] for mark in marks(of_effects(monkeypatch, effects))]
    assert symbols == ["triangle-down", "triangle-down", "circle-open", "triangle-up", "triangle-up"]
    assert [mark[1] for mark in marks(of_effects(monkeypatch, effects))] == pytest.approx([-2, -1, -0.01, 1, 2])


def test_where_less_is_better_who_has_more_comes_first():
    names = [
        group.label for group in ranked("wait_days", [Group("less", effect(-2.0)), Group("more", effect(2.0))]).drawn
    ]
    assert names == ["more", "less"]


def test_an_interval_without_0_is_no_verdict_if_the_correction_forbids_it(monkeypatch):
    (mark,) = marks(of_effects(monkeypatch, [effect(-0.02, p=0.2)]))
    assert mark[4] == "circle-open"
    assert mark[3] < 0.0


def test_the_heading_counts_every_group_losers_first(monkeypatch):
    found = texts(of_effects(monkeypatch, [GAINED, LOST, LOST, UNCLEAR, PairedEffect(0)]))
    (counts,) = [text.replace("<br>", "   ") for text in found if "▼" in text and "<b>" not in text]
    assert counts == "▼ 2 worse   ○ 1 no clear difference   ▲ 1 better   – 1 undefined here"


def test_of_many_groups_the_extremes_are_drawn_and_the_others_counted(monkeypatch):
    effects = [effect((row - 30) / 1000) for row in range(60)]
    figure = of_effects(monkeypatch, effects)
    found = [mark[1] for mark in marks(figure)]
    assert found == pytest.approx([(row - 30) / 10 for row in (*range(12), *range(48, 60))])
    assert "⋮ 36 between these are not drawn:" in texts(figure)
    # Of rows 12 to 47 those up to 28 lose more than the half of an interval, and from 32 on gain more.
    assert "▼ 17 worse   ○ 3 no clear difference   ▲ 16 better" in texts(figure)
    assert "on average −0.05, from −1.80 to +1.70" in texts(figure)


def test_nothing_drawn_stands_in_the_lines_about_those_left_out(monkeypatch):
    figure = of_effects(monkeypatch, [effect((row - 30) / 1000) for row in range(60)])
    rows = [mark[0] for mark in marks(figure)]
    said = [-note["y"] for note in figure["layout"]["annotations"] if note["text"].startswith(("⋮", "on average"))]
    assert set(rows).isdisjoint(range(min(said), max(said) + 1))
    assert len(set(rows)) == 24
    lines = [(shape["y0"], shape["y1"]) for shape in figure["layout"]["shapes"]]
    assert all(not low < -row < high for row in range(min(said), max(said) + 1) for low, high in lines)


def test_twenty_four_groups_are_all_drawn(monkeypatch):
    assert len(marks(of_effects(monkeypatch, [LOST] * 24))) == 24
    assert len(marks(of_effects(monkeypatch, [LOST] * 25))) == 24


def test_a_community_that_joined_others_is_counted_and_the_reason_said(monkeypatch):
    figure = of_effects(monkeypatch, [GAINED, PairedEffect(0)])
    assert len(marks(figure)) == 1
    assert any("joined others, or parted" in text for text in texts(figure))
    assert not any("joined others" in text for text in texts(of_effects(monkeypatch, [GAINED])))


def test_nothing_is_drawn_where_nothing_is_defined(monkeypatch):
    figure = of_effects(monkeypatch, [PairedEffect(0)] * 3)
    assert marks(figure) == []
    assert "– 3 undefined here" in texts(figure)


def test_a_single_pair_has_dots_without_intervals_and_says_so():
    figure = figures.winners(*two_arms(1), "satisfaction").to_plotly_json()
    assert {mark[4] for mark in marks(figure)} == {"square-open"}
    assert "one pair, no interval" in texts(figure)


def test_the_correction_is_said_where_there_is_more_than_one_group(monkeypatch):
    assert any("Holm's correction over 2 groups" in text for text in texts(of_effects(monkeypatch, [LOST, GAINED])))
    assert not any("Holm" in text for text in texts(of_effects(monkeypatch, [LOST])))


@pytest.mark.parametrize("name", ["satisfaction", "wait_days"])
def test_right_is_better(name):
    left, right = figures.winners(*two_arms(), name).to_plotly_json()["layout"]["xaxis"]["range"]
    assert (right > left) == (OUTCOMES[name].better == "higher")


@pytest.mark.parametrize("name", [name for name, each in OUTCOMES.items() if each.of == "residents"])
@pytest.mark.parametrize("by", KINDS)
def test_chinese_has_no_english_words_but_the_name_of_holm_and_english_no_chinese(name, by):
    for text in texts(figures.winners(*two_arms(), name, "zh", by=by).to_plotly_json()):
        assert not re.search("[A-Za-z]", re.sub("<[^>]*>|Holm", "", text)), text
    for text in texts(figures.winners(*two_arms(), name, "en", by=by).to_plotly_json()):
        assert not re.search("[\u4e00-\u9fff]", text), text


def test_what_is_said_of_those_left_out_is_in_one_language():
    groups = [Group("a", LOST), Group("b", GAINED)]
    assert not re.search("[A-Za-z]", "".join(how_the_rest_fare("satisfaction", groups, "zh")))
    assert not re.search("[\u4e00-\u9fff]", "".join(how_the_rest_fare("satisfaction", groups, "en")))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_kind_of_resident_has_its_own_name(lang):
    found = texts(figures.winners(*two_arms(), "satisfaction", lang).to_plotly_json())
    tooltips = {text.split("<br>")[0] for text in found if text.startswith("<b>") and "95" in text}
    assert len(tooltips) == len(GROUPS)


def test_every_mark_has_a_text_with_the_group_and_the_reform():
    figure = figures.winners(*two_arms(), "satisfaction", name="better pay").to_plotly_json()
    for trace in figure["data"]:
        if trace["x"] != [None]:
            assert len(trace["hovertext"]) == len(trace["x"])
            assert all("better pay" in text for text in trace["hovertext"])


def test_places_have_numbers_from_1_or_the_labels_given():
    arms = two_arms()
    n = arms[0][0].communities.shape[1]
    assert {f"community {place + 1}" for place in range(n)} <= set(
        texts(figures.winners(*arms, "satisfaction", by="community").to_plotly_json())
    )
    named = [f"place {place}" for place in range(n)]
    assert set(named) <= set(
        texts(figures.winners(*arms, "satisfaction", by="community", labels=named).to_plotly_json())
    )
    with pytest.raises(ValueError, match=f"1 labels for {n} groups"):
        figures.winners(*arms, "satisfaction", by="community", labels=["one"])


def test_names_with_tags_are_shown_and_do_nothing(monkeypatch):
    found = "".join(texts(of_effects(monkeypatch, [LOST], name=HOSTILE, labels=[HOSTILE])))
    assert "<script" not in found
    assert "&lt;script&gt;" in found.replace("<br>", "")


@pytest.mark.parametrize("by", KINDS)
def test_it_is_drawn_as_svg_from_valid_json_under_200_kilobytes(by):
    figure = figures.winners(*two_arms(), "satisfaction", by=by)
    assert {trace["type"] for trace in figure.to_plotly_json()["data"]} == {"scatter"}
    assert len(json.dumps(json.loads(figure.to_json()), allow_nan=False)) < 200_000


def test_counts_name_each_verdict_once():
    groups = [Group("a", LOST), Group("b", LOST), Group("c", PairedEffect(1, 0.5, 0.6, 0.1))]
    assert counted("satisfaction", groups, "en") == ["▼ 2 worse", "□ 1 no interval"]
