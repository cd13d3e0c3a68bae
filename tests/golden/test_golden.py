"""B13: numbers of three tiny worlds stay what they were, lie where they should, and add up."""

from __future__ import annotations

import pytest

from tests.golden import refresh, worlds

EVERY_WORLD = pytest.mark.parametrize("world", worlds.WORLDS)


def kept(world):
    return {row["name"]: row["value"] for row in worlds.read(world)}


@EVERY_WORLD
def test_the_numbers_are_those_that_are_kept(world):
    assert refresh.differences(kept(world), worlds.numbers(world)) == []


@EVERY_WORLD
def test_every_number_lies_within_its_bounds(world):
    rows = [row for row in worlds.read(world) if row["name"] != "digest"]
    assert len(rows) >= 20
    assert {row["name"] for row in rows} == set(worlds.BOUNDS)
    for row in rows:
        bound = worlds.BOUNDS[row["name"]]
        assert (float(row["low"]), float(row["high"])) == (bound.low, bound.high), row["name"]
        assert bound.low <= float(row["value"]) <= bound.high, row["name"]


@EVERY_WORLD
def test_the_numbers_add_up(world):
    n = {name: float(value) for name, value in kept(world).items() if name != "digest"}
    assert n["arrived_minutes"] == (
        n["booked_minutes"] + n["waived_minutes"] + n["dropped_minutes"] + n["open_minutes"]
    )
    assert n["issued_minutes"] == n["came_down_minutes"] + n["kept_above_minutes"]
    # What comes up is what comes down, what residents bring, and what has to be done again.
    assert n["arrived_minutes"] == n["came_down_minutes"] + n["minutes_from_residents"] + n["rework_minutes"]
    assert n["created"] == n["done"] + n["dropped"] + n["open_items"]
    assert n["cost_district_fen"] == n["wages_and_insurances_fen"] + n["office_fen"]
    assert n["load_ratio"] * 8 == pytest.approx(n["workload_hours"], rel=1e-12)
    assert n["perfunctory_share"] == pytest.approx(n["waived_minutes"] / n["arrived_minutes"], rel=1e-12)
    assert n["red_tape_share"] < n["administrative_share"]
    assert n["administrative_share"] + n["service_share"] < 1


def test_the_office_budget_is_the_sourced_one():
    """10,000 yuan a community and year (Q13): seven months of it, in fen, for so many communities."""
    for communities, world in zip((1, 2, 3, 2), worlds.WORLDS, strict=True):
        assert int(kept(world)["office_fen"]) == communities * (1_000_000 * 7 // 12)


def test_a_changed_number_is_found_and_printed():
    old = kept("one-street")
    changed = {**old, "satisfaction": "0.5", "extra": "1"}
    assert refresh.differences(old, changed) == [
        f"satisfaction: {old['satisfaction']} -> 0.5",
        "extra: nothing -> 1",
    ]


def test_each_digest_differs_from_the_others():
    assert len({kept(world)["digest"] for world in worlds.WORLDS}) == len(worlds.WORLDS)


CHANGELOG = """# Changelog

## Unreleased

### Added

- A thing.

### Results

- First.
- Second.

## 0.1

- Old.
"""


def test_lines_under_results_are_read_and_no_others():
    assert refresh.results_lines(CHANGELOG) == ["- First.", "- Second."]


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Let the script work in a folder of its own."""
    monkeypatch.setattr(worlds, "FOLDER", tmp_path)
    monkeypatch.setattr(refresh, "ROOT", tmp_path)
    monkeypatch.setattr(refresh, "LINES", tmp_path / "results-lines.txt")
    monkeypatch.setattr(worlds, "numbers", lambda world: {"digest": "d", "satisfaction": "0.5"})
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    return tmp_path


def test_refreshing_is_refused_without_a_new_line_and_allowed_with_one(elsewhere, capsys, monkeypatch):
    assert refresh.main() == 0
    assert "Written." in capsys.readouterr().out
    assert refresh.main() == 0
    assert "is what it was" in capsys.readouterr().out
    monkeypatch.setattr(worlds, "numbers", lambda world: {"digest": "e", "satisfaction": "0.6"})
    assert refresh.main() == 1
    out = capsys.readouterr().out
    assert "one-street: satisfaction: 0.5 -> 0.6" in out
    assert "Nothing is written" in out
    assert kept("one-street")["satisfaction"] == "0.5"
    (elsewhere / "CHANGELOG.md").write_text(CHANGELOG.replace("- Second.", "- Second.\n- Third."), encoding="utf-8")
    assert refresh.main() == 0
    assert kept("one-street")["satisfaction"] == "0.6"


def test_every_line_under_which_numbers_were_written_still_stands():
    entries = refresh.results_lines((refresh.ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert set(refresh.LINES.read_text(encoding="utf-8").splitlines()) <= set(entries)
