"""The life of a thing is drawn day by day: a mark for each event, a line for each evening, a sign for each mark."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from govsim import figures
from govsim.experiments.lives import What
from govsim.experiments.picking import Wanted
from govsim.experiments.telling import life_sentences
from govsim.figures.lanes import LANES, SHAPES, heights, lane_of
from govsim.figures.life import life_marks
from tests.compared import HOSTILE
from tests.contrast import contrast
from tests.followed import kept_above, lives

EVERY = list(Wanted)


def drawn(wanted=Wanted.REQUEST_RETURNED, lang="en", **more):
    return figures.life(*lives(wanted), lang, **more).to_plotly_json()


def marks(figure):
    return [trace for trace in figure["data"] if trace["mode"] == "markers"]


def evenings(trace):
    """Return the days that the parts of a path take together."""
    ends = [value for value in trace["x"] if value is not None]
    return sum(end - start for start, end in zip(ends[::2], ends[1::2], strict=True))


def texts(figure):
    found = [note["text"] for note in figure["layout"]["annotations"]]
    for trace in figure["data"]:
        found += trace.get("hovertext", ())
    return [*found, *figure["layout"]["yaxis"]["ticktext"], figure["layout"]["meta"]["title"]]


@pytest.mark.parametrize("wanted", EVERY)
def test_every_event_is_a_mark_on_its_day_and_every_sentence_about_it_has_the_same_sign_and_day(wanted):
    for life, trace in zip(lives(wanted), marks(drawn(wanted)), strict=True):
        assert trace["x"] == [event.day - life.thing.day for event in life.events]
        assert trace["marker"]["symbol"] == [SHAPES[event.what].symbol for event in life.events]
        signs = life_marks(life)
        assert len(signs) == len(life_sentences(life))
        assert signs[: len(life.events)] == [
            (SHAPES[event.what].sign, f"day {event.day - life.thing.day}") for event in life.events
        ]


def test_a_life_that_is_still_open_has_a_last_sign_on_the_last_day_that_was_seen():
    life = lives(Wanted.REQUEST_RETURNED)[0]
    stays = (replace(life.stays[0], end=life.thing.day + 10),)
    seen = replace(life, events=life.events[:2], stays=stays, seen_until=life.thing.day + 10)
    assert not seen.is_over
    assert life_marks(seen)[-1] == ("…", "day 9")
    assert life_marks(seen, "zh")[-1] == ("…", "第9天")


@pytest.mark.parametrize("wanted", EVERY)
def test_lines_are_as_long_as_the_evenings_in_trays_and_on_the_way(wanted):
    paths = [trace for trace in drawn(wanted)["data"] if trace["mode"] == "lines"]
    for life, solid, dotted in zip(lives(wanted), paths[::2], paths[1::2], strict=True):
        for trace, on_way in ((solid, False), (dotted, True)):
            assert evenings(trace) == sum(stay.end - stay.first for stay in life.stays if stay.on_way == on_way)
        assert dotted["line"]["dash"] == "dot"
        assert "dash" not in solid["line"]


@pytest.mark.parametrize("wanted", EVERY)
def test_no_mark_lies_on_another_and_each_stands_on_its_lane_or_above(wanted):
    for life in lives(wanted):
        up = heights(life, 40)
        assert len(set(zip([event.day for event in life.events], up, strict=True))) == len(up)
        assert all(0 <= height - lane_of(event) < 1 for height, event in zip(up, life.events, strict=True))


def test_each_kind_of_event_has_a_shape_and_a_sign_and_both_say_the_same():
    assert set(SHAPES) == set(What)
    assert len({shape.symbol for shape in SHAPES.values()}) == len({shape.sign for shape in SHAPES.values()})
    for symbol in {shape.symbol for shape in SHAPES.values()}:
        assert len({shape.sign for shape in SHAPES.values() if shape.symbol == symbol}) == 1


def test_a_job_that_no_longer_comes_down_is_said_to_be_so():
    before, after = kept_above()
    figure = figures.life(before, after).to_plotly_json()
    assert marks(figure)[1]["x"] == [0]
    assert len(marks(figure)[0]["x"]) > 1
    said = " ".join(texts(figure)).replace("<br>   ", " ")
    assert "does not come down to" in said or "declined it" in said


def test_both_lives_have_one_scale_of_days():
    layout = drawn()["layout"]
    assert layout["xaxis"]["range"] == layout["xaxis2"]["range"]
    assert layout["yaxis"]["tickvals"] == list(range(len(LANES)))


@pytest.mark.parametrize("wanted", EVERY)
def test_chinese_has_no_english_words_and_english_no_chinese(wanted):
    names = {event.office.name for life in lives(wanted) for event in life.events} | {lives(wanted)[0].thing.name}
    ids = "|".join(re.escape(name.zh) for name in names)
    for text in texts(drawn(wanted, "zh")):
        assert not re.search("[A-Za-z]", re.sub(f"<[^>]*>|{ids}", "", text)), text
    for text in texts(drawn(wanted)):
        assert not re.search("[\u4e00-\u9fff]", text), text


def test_a_name_with_tags_is_shown_and_does_nothing():
    found = "".join(texts(drawn(name=HOSTILE)))
    assert "<script" not in found
    assert "&lt;/script&gt;" in found


def test_it_is_drawn_as_svg_from_valid_json_and_stands_out_from_paper_and_from_a_dark_screen():
    figure = drawn()
    assert {trace["type"] for trace in figure["data"]} == {"scatter"}
    json.dumps(json.loads(figures.life(*lives(Wanted.JOB)).to_json()), allow_nan=False)
    colours = {shape.colour for shape in SHAPES.values()}
    assert min(contrast(colour, paper) for colour in colours for paper in ("#ffffff", "#14181d")) >= 3.0
