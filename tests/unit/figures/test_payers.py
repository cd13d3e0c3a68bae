"""Who pays, and to whom: bars that add up, with hatches and words beside colours."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from govsim import figures
from govsim.experiments.payments import SOURCES, payments
from govsim.figures.payments import LOOKS
from govsim.recording.accounts import PAYEES, PAYERS
from tests.compared import HOSTILE
from tests.contrast import contrast
from tests.recorded import recordings, two_arms


def drawn(lang="en", name=None, arms=None):
    return figures.payers(*(arms or two_arms()), lang, name).to_plotly_json()


def bars(figure, axis):
    """Return what each bar comes to by its height, top row first."""
    sums = {}
    for trace in figure["data"]:
        if trace["type"] == "bar" and trace.get("xaxis") == axis:
            for y, x in zip(trace["y"], trace["x"], strict=True):
                sums[y] = sums.get(y, 0.0) + (x or 0.0)
    return [sums[y] for y in sorted(sums, reverse=True)]


def texts(figure):
    found = [note["text"] for note in figure["layout"]["annotations"]]
    for trace in figure["data"]:
        found += [trace.get("name", ""), *trace.get("hovertext", ())]
    return [text for text in found if text]


def with_money(recording, payer, payee, fen):
    """Return the recording with so much more from a payer to a payee in every month."""
    money = recording.money.copy()
    money[:, PAYERS.index(payer), PAYEES.index(payee)] += fen
    return replace(recording, money=money)


def test_bars_come_to_what_each_source_pays_in_either_arm():
    totals = payments(*two_arms()).totals
    expected = [level for source in SOURCES for level in (totals[source].baseline, totals[source].reform)]
    assert bars(drawn(), "x") == pytest.approx(expected)


def test_the_sum_is_of_public_money():
    district, own, budgets, total, _ = bars(drawn(), "x")[1::2]
    assert total == pytest.approx(district + own + budgets)


def test_bars_of_differences_come_to_the_mark_below_them():
    figure = drawn()
    (net,) = [trace for trace in figure["data"] if trace["type"] == "scatter"]
    assert bars(figure, "x2") == pytest.approx(net["x"], abs=1e-9)
    assert net["x"] == pytest.approx([payments(*two_arms()).totals[source].difference for source in SOURCES])


def test_more_to_one_and_less_to_another_stand_on_either_side_of_0():
    without = recordings("baseline")
    cut = [with_money(with_money(each, "district", "suppliers", -500), "district", "workers", 900) for each in without]
    figure = drawn(arms=(without, cut))
    residents = int(without[0].residents_by_settlement.sum())
    first = {
        trace["x"][0]
        for trace in figure["data"]
        if trace["type"] == "bar" and trace.get("xaxis") == "x2" and trace["x"][0]
    }
    assert sorted(first) == pytest.approx([-12 * 5 / residents, 12 * 9 / residents])
    low, high = figure["layout"]["xaxis2"]["range"]
    assert low < min(first)
    assert high > max(first)


def test_the_interval_of_a_difference_reaches_as_far_as_it_does():
    figure = drawn()
    (net,) = [trace for trace in figure["data"] if trace["type"] == "scatter"]
    effect = payments(*two_arms()).totals["district"]
    assert net["x"][0] - net["error_x"]["arrayminus"][0] == pytest.approx(effect.ci_low)
    assert net["x"][0] + net["error_x"]["array"][0] == pytest.approx(effect.ci_high)


def test_an_arm_beside_itself_has_no_bar_of_a_difference():
    without = recordings("baseline")
    assert bars(drawn(arms=(without, without)), "x2") == []


def test_a_single_pair_has_no_interval_and_says_so():
    figure = drawn(arms=two_arms(1))
    assert "difference in sum, one pair" in texts(figure)
    (net,) = [trace for trace in figure["data"] if trace["type"] == "scatter"]
    assert set(net["error_x"]["array"]) == {0.0}


def test_nothing_is_drawn_where_nothing_is_paid():
    free = [replace(each, money=np.zeros_like(each.money)) for each in recordings("baseline")]
    figure = drawn(arms=(free, free))
    assert bars(figure, "x") == []
    json.dumps(figure, allow_nan=False)


def test_every_payee_has_a_hatch_and_a_colour_of_its_own_that_stand_out():
    assert set(LOOKS) == set(PAYEES)
    colours, hatches = zip(*LOOKS.values(), strict=True)
    assert len(set(colours)) == len(set(hatches)) == len(PAYEES)
    assert min(contrast(colour, paper) for colour in colours for paper in ("#ffffff", "#14181d")) >= 3.0


def test_the_key_names_those_who_receive_anything_and_no_others():
    figure = drawn()
    key = {trace["marker"]["pattern"]["shape"]: trace["name"] for trace in figure["data"]
           if trace["type"] == "bar" and trace["showlegend"]}  # fmt: skip
    used = {trace["marker"]["pattern"]["shape"] for trace in figure["data"]
            if trace["type"] == "bar" and not trace["showlegend"]}  # fmt: skip
    assert set(key) == used
    assert all(key.values())


def test_every_part_of_a_bar_says_who_pays_whom_and_how_much():
    for trace in drawn(name="better pay")["data"]:
        if trace.get("hovertext"):
            assert len(trace["hovertext"]) == len(trace["x"])
        if trace["type"] == "bar" and not trace["showlegend"]:
            assert all(text.endswith("yuan a resident and year") for text in trace["hovertext"])


@pytest.mark.parametrize("name", ["提高工资", None])
def test_chinese_has_no_english_words_and_english_no_chinese(name):
    for text in texts(drawn("zh", name)):
        assert not re.search("[A-Za-z]", re.sub("<[^>]*>", "", text)), text
    for text in texts(drawn("en", name and "better pay")):
        assert not re.search("[\u4e00-\u9fff]", text), text


def test_a_name_with_tags_is_shown_and_does_nothing():
    found = "".join(texts(drawn(name=HOSTILE)))
    assert "<script" not in found
    assert "&lt;script&gt;" in found.replace("<br>", "")


def test_it_is_drawn_as_svg_from_valid_json_under_200_kilobytes():
    figure = figures.payers(*two_arms())
    assert {trace["type"] for trace in figure.to_plotly_json()["data"]} == {"bar", "scatter"}
    assert len(json.dumps(json.loads(figure.to_json()), allow_nan=False)) < 200_000
