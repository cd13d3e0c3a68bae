"""Texts are broken by their width, not by their letters, and lose nothing."""

from __future__ import annotations

import pytest

from govsim.figures.names import fitted, pixels_of

TEXTS = (
    "q = sqrt(given / size) and a few words more than there is room for in a line of a narrow window",
    "参数：base −1.6（猜测）；duty 4.6（猜测）；appeals_won_share 0.2（猜测）；另有若干文字。",
    "第一社区在负荷下应付办结，应办112分钟，实办87分钟（距提出20天）。需求已满足。",
)


@pytest.mark.parametrize("width", [120, 200, 356])
@pytest.mark.parametrize("value", TEXTS)
def test_no_line_is_wider_than_asked_and_nothing_is_lost(value, width):
    lines = fitted(value, width)
    longest_part = 1 + max(pixels_of(part) for part in value.split())
    assert all(pixels_of(line) <= max(width, min(longest_part, 200)) for line in lines)
    assert "".join("".join(lines).split()) == "".join(value.split())


@pytest.mark.parametrize("value", TEXTS)
def test_no_line_begins_with_a_mark_that_closes(value):
    assert not any(line.strip()[0] in "，。；：、）" for width in range(60, 360, 10) for line in fitted(value, width))


def test_a_text_that_has_room_stays_one_line():
    assert fitted("a few words", 356) == ["a few words"]
    assert fitted("", 356) == [""]


def test_tags_are_written_out():
    assert fitted("<b>x</b>", 356) == ["&lt;b&gt;x&lt;/b&gt;"]
