"""Figures show the numbers of the comparison, in shapes and words as well as in colours."""

from __future__ import annotations

import json
import re

import pytest

from govsim import figures
from govsim.experiments.displacement import PARTS
from govsim.experiments.pairing import PairedEffect, Verdict
from govsim.figures.groups import Concern, by_concern, concern_of
from govsim.figures.headline import HEADLINE
from govsim.figures.marks import BETTER, MARKS, NEUTRAL, WORSE, verdict_of
from govsim.figures.outcomes import in_order
from govsim.recording.outcomes import OUTCOMES
from tests.compared import HOSTILE, of_many_arms, one_pair, two_reforms, with_effect, with_hours
from tests.contrast import contrast

LANGUAGES = ("en", "zh")
WHITE, DARK = "#ffffff", "#14181d"


def drawn(comparison, lang="en", names=None):
    """Return every figure of a comparison."""
    yield figures.headline(comparison, lang, names)
    yield figures.overview(comparison, lang, names)
    yield figures.displacement(comparison, lang, names)
    for concern in Concern:
        yield figures.outcomes(comparison, concern, lang, names)


def traces(figure):
    """Return the traces with marks or bars in them, without those of the key."""
    return [trace for trace in figure.to_plotly_json()["data"] if trace["x"] != [None]]


def texts(figure):
    content = figure.to_plotly_json()
    found = [each["text"] for each in content["layout"].get("annotations", ())]
    for trace in content["data"]:
        found += [trace.get("name", ""), *trace.get("hovertext", ())]
    return [text for text in found if text]


def dots(figure, axis):
    """Return the dots on an x axis as (x, left end, right end, y), top row first."""
    found = []
    for trace in traces(figure):
        if trace.get("xaxis", "x") == axis:
            error = trace["error_x"]
            ends = zip(trace["x"], error["arrayminus"], error["array"], trace["y"], strict=True)
            found += [(x, x - left, x + right, y) for x, left, right, y in ends]
    return sorted(found, key=lambda dot: -dot[3])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_comparison_gives_the_same_figures(lang):
    once, again = (
        [json.dumps(each.to_plotly_json(), sort_keys=True) for each in drawn(two_reforms(), lang)] for _ in range(2)
    )
    assert once == again


def test_nothing_is_drawn_with_webgl():
    kinds = {trace["type"] for figure in drawn(two_reforms()) for trace in figure.to_plotly_json()["data"]}
    assert kinds == {"bar", "scatter"}


def test_the_headline_shows_each_effect_with_its_interval_in_the_unit_of_its_panel():
    comparison = two_reforms()
    figure = figures.headline(comparison)
    for number, name in enumerate(HEADLINE, 1):
        found = dots(figure, "x" if number == 1 else f"x{number}")
        factor = 1.0 if name == "workload_hours" else 100.0
        effects = [arm.outcomes[name] for arm in comparison.arms]
        assert len(found) == len(effects)
        for (x, left, right, _), effect in zip(found, effects, strict=True):
            expected = [each * factor for each in (effect.difference, effect.ci_low, effect.ci_high)]
            assert [x, left, right] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("name", "axis"), [("workload_hours", "x"), ("satisfaction", "x3")])
def test_a_lopsided_interval_reaches_as_far_on_either_side_as_it_does(name, axis):
    effect = PairedEffect(20, 9.0, 9.5, 0.5, -0.1, 2.0, 0.5, 2.0)
    factor = 1.0 if name == "workload_hours" else 100.0
    comparison = with_effect(two_reforms(), name, effect)
    assert dots(figures.headline(comparison), axis)[0][:3] == pytest.approx((0.5 * factor, -0.1 * factor, 2 * factor))
    row = in_order(comparison, by_concern(OUTCOMES)[concern_of(name)]).index(name)
    (shown,) = [dot for dot in dots(figures.outcomes(comparison, concern_of(name)), "x") if round(-dot[3]) == row]
    expected = (0.25, -0.05, 1.0) if name == "satisfaction" else (-0.25, -1.0, 0.05)
    assert shown[:3] == pytest.approx(expected)


def test_right_is_better_in_every_panel_of_the_headline():
    layout = figures.headline(two_reforms()).to_plotly_json()["layout"]
    for number, name in enumerate(HEADLINE, 1):
        left, right = layout["xaxis" if number == 1 else f"xaxis{number}"]["range"]
        assert (right > left) == (OUTCOMES[name].better == "higher")
        assert min(left, right) < 0.0 < max(left, right)


@pytest.mark.parametrize("concern", Concern)
def test_right_is_better_and_a_row_is_shown_on_the_scale_of_its_furthest_end(concern):
    comparison = two_reforms()
    names = in_order(comparison, by_concern(OUTCOMES)[concern])
    figure = figures.outcomes(comparison, concern)
    for column, arm in enumerate(comparison.arms, 1):
        found = {round(-y): (x, left, right) for x, left, right, y in dots(figure, "x" if column == 1 else "x2")}
        for row, name in enumerate(names):
            effect = arm.outcomes[name]
            furthest = max(
                abs(end)
                for each in comparison.arms
                for end in (each.outcomes[name].ci_low or 0.0, each.outcomes[name].ci_high or 0.0)
            )
            if effect.difference is None or furthest == 0.0:
                continue
            sign = -1.0 if OUTCOMES[name].better == "lower" else 1.0
            x, left, right = found[row]
            assert x * furthest * sign == pytest.approx(effect.difference)
            assert sorted((left * furthest * sign, right * furthest * sign)) == pytest.approx(
                [effect.ci_low, effect.ci_high]
            )


def test_outcomes_that_get_worse_in_any_arm_come_first():
    comparison = two_reforms()
    for names in by_concern(OUTCOMES).values():
        is_worse = [
            any(verdict_of(name, arm.outcomes[name]) is Verdict.WORSE for arm in comparison.arms)
            for name in in_order(comparison, names)
        ]
        assert is_worse == sorted(is_worse, reverse=True)


def test_the_steps_of_displacement_begin_where_the_one_before_ends_and_end_at_what_was_removed():
    comparison = with_hours(
        two_reforms(),
        vanished=PairedEffect(4, 0, 30, 30.0, 20.0, 40.0),
        hidden=PairedEffect(4, 0, -9, -9.0, -10.0, -8.0),
    )
    hours = comparison.arms[0].displacement.hours
    total = sum(hours[name].difference for name in PARTS)
    comparison = with_hours(comparison, removed=PairedEffect(4, 0, total, total, total - 1, total + 1))
    bars = [trace for trace in traces(figures.displacement(comparison)) if trace["xaxis"] == "x"]
    whole, *steps = bars[: 1 + len(PARTS) - 1]
    assert whole["base"] == [0.0]
    end = 0.0
    for bar in steps:
        assert bar["base"] == [pytest.approx(end)]
        end += bar["x"][0]
    assert end == pytest.approx(whole["x"][0])


def test_less_is_hatched():
    comparison = with_hours(two_reforms(), streets=PairedEffect(4, 0, -5, -5.0, -6.0, -4.0))
    bars = [trace for trace in traces(figures.displacement(comparison)) if trace["xaxis"] == "x"]
    assert any(bar["x"][0] < 0.0 for bar in bars)
    assert all((bar["marker"]["pattern"]["shape"] == "/") == (bar["x"][0] < 0.0) for bar in bars)


def test_the_overview_has_a_mark_for_every_defined_outcome_of_every_arm():
    comparison = two_reforms()
    marks = sum(len(trace["x"]) for trace in traces(figures.overview(comparison)))
    defined = [effect for arm in comparison.arms for effect in arm.outcomes.values() if effect.difference is not None]
    assert marks == len(defined)


def test_what_differs_in_colour_differs_in_shape_too():
    by_symbol = {mark.symbol: mark.colour for mark in MARKS.values()}
    assert len({symbol for symbol, colour in by_symbol.items() if colour == BETTER}) == 1
    assert MARKS[Verdict.BETTER].symbol != MARKS[Verdict.WORSE].symbol
    assert MARKS[Verdict.BETTER].symbol not in {MARKS[v].symbol for v in Verdict if MARKS[v].colour != BETTER}


@pytest.mark.parametrize("colour", [BETTER, WORSE, NEUTRAL])
@pytest.mark.parametrize("paper", [WHITE, DARK])
def test_marks_stand_out_from_paper_and_from_a_dark_screen(colour, paper):
    assert contrast(colour, paper) >= 3.0


def test_the_key_says_in_words_what_every_shape_means():
    figure = figures.outcomes(two_reforms(), "burden")
    key = {trace["marker"]["symbol"] for trace in figure.to_plotly_json()["data"] if trace["x"] == [None]}
    assert key == {trace["marker"]["symbol"] for trace in traces(figure)}
    words = [trace["name"] for trace in figure.to_plotly_json()["data"] if trace["x"] == [None]]
    assert all(words)


def test_chinese_figures_have_no_english_words():
    for figure in drawn(two_reforms(), "zh", ("准入", "提薪")):
        for text in texts(figure):
            assert not re.search("[A-Za-z]", re.sub("<[^>]*>", "", text)), text


def test_english_figures_have_no_chinese_words():
    for figure in drawn(two_reforms(), "en"):
        assert not any(re.search("[\u4e00-\u9fff]", text) for text in texts(figure))


def test_a_name_with_tags_is_shown_and_does_nothing():
    for figure in drawn(two_reforms(), "en", (HOSTILE, "<b>bold</b>")):
        found = "".join(texts(figure))
        assert "<script" not in found
        assert "&lt;script&gt;" in re.sub("<br>", "", found)


def test_a_single_pair_has_dots_without_intervals():
    figure = figures.headline(one_pair())
    assert sum(len(trace["x"]) for trace in traces(figure)) == 3
    assert not any("error_x" in trace for trace in traces(figure))
    assert any("one pair, no interval" in text for text in texts(figure))


def test_a_long_name_stands_over_its_column_in_whole():
    short, long = (
        figures.outcomes(two_reforms(), "burden", names=(name, "b")).layout for name in ("a", "a permit " * 20)
    )
    lines = max(note.text.count("<br>") for note in long.annotations)
    assert lines >= 4
    assert long.margin.t - short.margin.t == lines * 17
    assert long.height - short.height == lines * 17


def test_an_undefined_outcome_has_a_dash_and_no_dot():
    comparison = with_effect(
        with_effect(two_reforms(), "satisfaction", PairedEffect(0)), "satisfaction", PairedEffect(0), 1
    )
    figure = figures.headline(comparison)
    assert dots(figure, "x3") == []
    assert "– –" in texts(figure)


def test_more_than_four_arms_do_not_stand_side_by_side():
    many = of_many_arms(two_reforms(), 6)
    assert len({trace["xaxis"] for trace in traces(figures.outcomes(many, "burden"))}) == 4
    with pytest.raises(ValueError, match="1 to 4 reforms side by side, not 6"):
        figures.outcomes(many, "burden", arms=range(6))


def test_every_arm_needs_a_name():
    with pytest.raises(ValueError, match="1 names for 2 reform scenarios"):
        figures.headline(two_reforms(), names=("permit",))


def test_arms_have_the_names_of_their_files_and_in_full_where_two_are_alike():
    assert "permit" in texts(figures.headline(two_reforms()))
    twice = of_many_arms(two_reforms(), 3)
    assert twice.arms[0].scenario in texts(figures.headline(twice))
