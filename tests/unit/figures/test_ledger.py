"""The ledger as flows: what comes is what goes, and what is less than nothing flows the other way."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from govsim import figures
from govsim.clock import MINUTES_PER_HOUR
from govsim.experiments.displacement import ELSEWHERE, PARTS, removed_minutes
from govsim.experiments.pairing import PairedEffect
from govsim.figures.ledger import equation, flows, hours_held
from govsim.figures.numbers import MINUS
from tests.compared import HOSTILE, two_reforms, with_hours
from tests.properties.runs import run
from tests.reference.worlds import small_scenario

LANGUAGES = ("en", "zh")
# Minutes of one pair, by account: some come back, and nothing is a whole number of hours.
MINUTES = {"vanished": 7001, "moved_to_departments": 530, "moved_to_providers": -61, "hidden": -2999}
MINUTES |= {"left_undone": 17, "reported_only": 1003, "not_issued": 0}


def hours_of(minutes):
    parts = {name: minutes.get(name, 0) / MINUTES_PER_HOUR for name in PARTS}
    removed = sum(minutes.get(name, 0) for name in PARTS) / MINUTES_PER_HOUR
    return {"removed": removed, **parts, **dict.fromkeys(ELSEWHERE, 0.0)}


def of_minutes(minutes, **elsewhere):
    hours = hours_of(minutes) | elsewhere
    effects = {name: PairedEffect(4, 0.0, value, value, value - 1, value + 1) for name, value in hours.items()}
    return with_hours(two_reforms(), **effects)


def bands(figure):
    """Return the bands as {text: (height at the left end, height at the right end)}, in pixels."""
    found = {}
    for trace in figure.to_plotly_json()["data"]:
        n = len(trace["x"]) // 2
        if n > 2:
            ys = trace["y"]
            found[trace["text"]] = (ys[0] - ys[2 * n - 1], ys[n - 1] - ys[n])
    return found


def texts(figure):
    content = figure.to_plotly_json()
    return [*(each["text"] for each in content["layout"]["annotations"]), *(each["text"] for each in content["data"])]


@pytest.mark.parametrize("held", [None, 5000.25])
@pytest.mark.parametrize("sign", [1, -1])
def test_what_comes_adds_up_to_what_goes_to_the_minute(held, sign):
    found = flows(hours_of({name: sign * value for name, value in MINUTES.items()}), held)
    sums = [sum(flow.hours for flow in found if flow.comes == comes) for comes in (True, False)]
    assert round(sums[0] * MINUTES_PER_HOUR, 6) == round(sums[1] * MINUTES_PER_HOUR, 6) > 0


def test_a_part_below_zero_flows_the_other_way_and_none_is_dropped():
    found = {flow.account: flow for flow in flows(hours_of(MINUTES))}
    for name, minutes in MINUTES.items():
        assert (name in found) == (minutes != 0)
        if minutes:
            assert found[name].comes == (minutes < 0)
            assert found[name].hours * MINUTES_PER_HOUR == pytest.approx(abs(minutes))


def test_the_minutes_of_real_accounts_balance_as_well():
    baseline = dict.fromkeys(("sent_down", "ad_hoc", "declined", "taken", "saved", "bought", "let_be"), 1000)
    baseline |= {"issued": 7000, "waived": 300, "expired": 50, "rework": 0, "requests_waived": 0}
    baseline |= {"requests_given_up": 0, **dict.fromkeys(ELSEWHERE, 10)}
    reform = baseline | {"sent_down": 200, "let_be": 1900, "ad_hoc": 900, "waived": 100, "expired": 80}
    minutes = removed_minutes(baseline, reform)
    found = flows({name: float(value) for name, value in minutes.items()}, held=650.0)
    still = next(flow.hours for flow in found if flow.account == "has")
    assert still == reform["sent_down"] - reform["waived"] - reform["expired"]
    assert sum(flow.hours for flow in found if flow.comes) == sum(flow.hours for flow in found if not flow.comes)


def test_what_communities_hold_is_what_was_booked_and_what_is_open_but_for_ad_hoc_work_and_rework():
    recording = run(small_scenario("two_streets")).recording
    first = recording.calendar.warm_up_months
    origins = recording.origins[first:]
    kept = sum(int(origins[name].sum()) for name in ("booked_minutes",))
    came = int(origins["issued_minutes"][..., :3].sum()) + int(origins["rework_minutes"].sum())
    gone = int(origins["waived_minutes"].sum()) + int(origins["dropped_minutes"].sum())
    still_open = came - gone - kept
    apart = int(origins["rework_minutes"].sum()) + int(origins["issued_minutes"][..., 2].sum())
    years = (len(recording.communities) - first) / 12
    expected = (kept + still_open - apart) / 60 / recording.communities.shape[1] / years
    assert hours_held([recording]) == pytest.approx(expected)


@pytest.mark.parametrize("held", [None, 400.0])
def test_bands_are_as_high_as_their_hours_at_both_ends(held):
    figure = figures.ledger(of_minutes(MINUTES), held=held)
    found = flows(hours_of(MINUTES), held)
    heights = bands(figure)
    assert len(heights) == len(found)
    per_hour = {round(left / flow.hours, 3) for flow, (left, _) in zip(found, ordered(found, heights), strict=True)}
    assert max(per_hour) - min(per_hour) < 0.01
    assert all(left == pytest.approx(right, abs=0.01) for left, right in heights.values())


def ordered(found, heights):
    """Return the heights of bands in the order of flows: drawn are those that come, then those that go."""
    drawn = [flow for flow in found if flow.comes] + [flow for flow in found if not flow.comes]
    places = {flow.account: height for flow, height in zip(drawn, heights.values(), strict=True)}
    return [places[flow.account] for flow in found]


def test_the_sum_that_is_printed_adds_up_as_printed():
    for minutes in (MINUTES, {name: -value for name, value in MINUTES.items()}, {"vanished": 60}):
        left, right = equation(hours_of(minutes)).replace(",", "").replace(MINUS, "-").split(" = ")
        terms = re.findall(r"[+-]? ?[0-9.]+", left)
        assert sum(float(term.replace(" ", "")) for term in terms) == pytest.approx(float(right), abs=1e-9)


def test_a_reform_that_moves_nothing_has_no_flows():
    assert flows(hours_of({})) == ()
    figure = figures.ledger(of_minutes({}))
    assert bands(figure) == {}
    assert any("0 = 0" in text for text in texts(figure))


def test_what_others_add_is_drawn_to_its_side_and_is_in_no_flow():
    figure = figures.ledger(of_minutes(MINUTES, streets=-40.0, overtime=20.0))
    ends = {
        trace["text"].split("<br>")[0]: trace["x"][1] for trace in figure.to_plotly_json()["data"][-len(ELSEWHERE) :]
    }
    assert ends["street offices"] == pytest.approx(0.0)
    assert ends["workers in overtime"] == pytest.approx(0.75)
    assert list(bands(figure)) == list(bands(figures.ledger(of_minutes(MINUTES))))


def test_less_is_hatched_and_more_is_not():
    figure = figures.ledger(of_minutes(MINUTES, streets=-40.0, overtime=20.0))
    shapes = {each["text"].split("<br>")[0]: "fillpattern" in each for each in figure.to_plotly_json()["data"]}
    assert shapes["street offices"]
    assert not shapes["workers in overtime"]
    assert shapes["back from paid providers"]
    assert not shapes["moved to departments"]


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("held", [None, 500.0])
def test_each_language_is_without_words_of_the_other(sign, held):
    comparison = of_minutes({name: sign * value for name, value in MINUTES.items()})
    for said in texts(figures.ledger(comparison, "zh", "准入", held=held)):
        assert said
        assert not re.search("[A-Za-z]", re.sub("<[^>]*>", "", said)), said
    for said in texts(figures.ledger(comparison, "en", held=held)):
        assert said
        assert not re.search("[\u4e00-\u9fff]", said), said


def test_a_name_with_tags_is_shown_and_does_nothing():
    found = "".join(texts(figures.ledger(two_reforms(), name=HOSTILE)))
    assert "<script" not in found
    assert "&lt;script&gt;" in found.replace("<br>", "")


def test_another_arm_has_its_own_flows():
    comparison = replace(two_reforms())
    assert bands(figures.ledger(comparison, arm=0)) != bands(figures.ledger(comparison, arm=1))
