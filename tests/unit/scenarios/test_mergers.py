"""What the groups of a merger may be, and which mergers can stand side by side."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from govsim.errors import ScenarioError
from govsim.language import using
from govsim.scenarios import load_scenario

VALID = Path(__file__).parents[2] / "scenarios" / "valid"
TEXT = (VALID / "tiny.yaml").read_text(encoding="utf-8").split("reforms:")[0]
ENTRY = "  - {{use: village_merger, id: {id}, starts_on: {start}, {rest}}}\n"


@pytest.fixture
def load(tmp_path):
    """Return a function that loads the tiny world with mergers."""
    shutil.copytree(VALID, tmp_path / "valid")
    path = tmp_path / "valid" / "merged.yaml"

    def load_mergers(*entries, settings=()):
        reforms = "".join(ENTRY.format(**{"id": "join", "start": "2007-01"} | entry) for entry in entries)
        path.write_text(TEXT.replace("../valid/", "") + "reforms:\n" + reforms, encoding="utf-8")
        return load_scenario(path, settings)

    return load_mergers


def refusal(load, *entries):
    with pytest.raises(ScenarioError) as refused:
        load(*entries)
    return str(refused.value)


def merger(groups, **others):
    rest = others.pop("rest", "")
    return {"rest": f"groups: {groups}{rest}", **others}


def test_groups_are_what_the_file_says(load):
    (reform,) = load(merger("[[east-2, east-1]]")).reforms
    assert reform.groups == (("east-2", "east-1"),)
    assert load(merger("[[east-1], [west-1]]", rest=", mode: single")).reforms[0].mode == "single"


@pytest.mark.parametrize(
    ("groups", "rest", "words"),
    [
        ("[[east-1, east-3]]", "", "reforms.join.groups[0][1]: no community of this world is called 'east-3'."),
        ("[[east-1, east-3]]", "", "Did you mean 'east-"),
        ("[[east-1, 东二]]", "", "Write its id, 'east-2'."),
        ("[[east, east-2]]", "", "It is a street"),
        ("[[east-1, east-2, east-1]]", "", "the community 'east-1' is named twice, first at"),
        ("[[east-1], [east-1]]", ", mode: single", "reforms.join.groups[1][0]: the community 'east-1' is named twice"),
        ("[[east-1, west-1]]", "", "'west-1' belongs to the street 'west', but the seat 'east-1' to 'east'"),
        ("[[east-1]]", "", "the group has one community, 'east-1', and nobody to join"),
        ("[[east-1, east-2]]", ", mode: single", "each group is one community, but this one has 2"),
        ("[[]]", "", "the group names no community"),
        ("[[east-1, east-2]]", ", in_streets: [east]", "reforms.join.in_streets: the groups of a merger say where"),
        ("[[east-1, east-2]]", ", in_communities: [east-1]", "reforms.join.in_communities: the groups"),
        ("[[east-1, east-2]]", ", mode: merge", "Did you mean 'merged'?"),
        ("[[east-1, east-2]]", ", added_km: 21", "added_km: must be between 0 and 20, but is 21"),
        ("[[east-1, east-2]]", ", announced_rise: 0.6", "announced_rise: must be between 0 and 0.5"),
        ("[east-1, east-2]", "", "must be a list"),
    ],
)
def test_a_group_that_cannot_be_is_refused_with_its_place(load, groups, rest, words):
    message = refusal(load, merger(groups, rest=rest))
    assert words in message
    assert ".yaml:" in message


def test_a_community_that_is_twice_in_a_reform_is_named_with_the_place_of_the_first(load):
    message = refusal(load, merger("[[east-1, east-2], [east-2, west-1]]"))
    first = "merged.yaml:15:75"
    assert f"first at {message.split('merged.yaml')[0]}{first}" in message


@pytest.mark.parametrize(
    ("first", "second", "month"),
    [
        ({}, {}, "2007-01"),
        ({"start": "2007-05"}, {}, "2007-05"),
        ({}, {"start": "2007-11"}, "2007-11"),
        ({"rest": ", ends_on: 2007-06"}, {"start": "2007-05"}, "2007-05"),
    ],
)
def test_two_mergers_of_one_community_in_one_month_are_refused_and_both_are_named(load, first, second, month):
    one, other = merger("[[east-1, east-2]]", id="one", **first), merger("[[east-2, east-1]]", id="other", **second)
    message = refusal(load, one, other)
    assert "reforms.other.groups: the community 'east-2' is also in a group of the reform 'one'" in message
    assert f"both are in force in {month}" in message
    with using("zh"):
        message = refusal(load, one, other)
        assert "reforms.other.groups：" in message
        assert "“one”" in message
        assert month in message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"rest": ", ends_on: 2007-06"}, {"start": "2007-06"}),
        ({"rest": ", strength: 0"}, {}),
        ({"start": "2007-06"}, {"rest": ", ends_on: 2007-06"}),
    ],
)
def test_mergers_that_follow_each_other_may_share_communities(load, first, second):
    one, other = merger("[[east-1, east-2]]", id="one", **first), merger("[[east-2, east-1]]", id="other", **second)
    assert len(load(one, other).reforms) == 2


def test_mergers_of_other_communities_stand_side_by_side(load):
    one, other = merger("[[east-1]]", id="one", rest=", mode: single"), merger("[[east-2]]", rest=", mode: single")
    assert len(load(one, other).reforms) == 2


def test_groups_hold_in_every_copy_of_a_scaled_world(load):
    (reform,) = load(merger("[[east-2, east-1]]"), settings=["world.residents=2000"]).reforms
    assert reform.groups == (("east-2", "east-1"), ("east-2~2", "east-1~2"))
