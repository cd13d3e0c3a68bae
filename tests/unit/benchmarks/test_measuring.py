"""How measurements are taken, ordered and judged."""

from __future__ import annotations

import json
import math

import pytest

from benchmarks import bench, worlds
from benchmarks.measuring import Row, at_least, at_most, in_turn, ratios, shown, verdict


def test_the_median_is_judged_and_not_the_best():
    row = Row("a", "what", "s", (0.1, 0.5, 0.4), at_most(0.3))
    assert row.median == 0.4
    assert row.is_met is False
    assert Row("a", "what", "ratio", (250.0,), at_least(200)).is_met is True


def test_without_values_or_without_a_bar_nothing_is_judged():
    unmeasured = Row("a", "what", "s", (), at_most(0.3), "not there")
    assert unmeasured.is_met is None
    assert math.isnan(unmeasured.median)
    assert json.loads(json.dumps(unmeasured.to_dict()))["median"] is None
    assert Row("a", "what", "s", (1.0,)).is_met is None
    assert (verdict(None), verdict(True), verdict(False)) == ("", "met", "NOT MET")


def test_measurements_are_taken_in_turn():
    order = []
    found = in_turn(2, lambda: order.append("a") or 1.0, lambda: order.append("b") or 2.0)
    assert order == ["a", "b", "a", "b"]
    assert found == [[1.0, 1.0], [2.0, 2.0]]


def test_a_ratio_is_that_of_neighbours():
    assert ratios([2.0, 9.0], [1.0, 3.0]) == (2.0, 3.0)


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (0.0, "0"), (20.0, "20"), (0.12345, "0.123"), (12.345, "12.3"), (1234.6, "1,235")]
)
def test_numbers_are_shown_with_three_digits(value, text):
    assert shown(value) == text


def test_the_peak_of_memory_counts_what_was_used():
    script = (
        "from benchmarks.worlds import peak_bytes\n"
        "before = peak_bytes()\nblock = bytearray(80_000_000)\nprint(peak_bytes() - before)"
    )
    (grown,) = worlds.child(script)
    assert 75e6 < grown < 120e6


def test_a_process_that_fails_says_why():
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        worlds.child("print(1 / 0)")


@pytest.fixture
def two_parts(monkeypatch, tmp_path):
    """Two parts that take no time, one of which fails, and a place for the file."""

    class Working:
        @staticmethod
        def rows():
            yield Row("works", "a thing that works", "s", (1.0, 2.0), at_most(3))

    class Failing:
        @staticmethod
        def rows():
            yield Row("begins", "a thing that begins", "s", (5.0,), at_most(3))
            message = "no more"
            raise OSError(message)

    parts = {"benchmarks.working": Working, "benchmarks.failing": Failing}
    monkeypatch.setattr(bench, "PARTS", {"working": "Working", "failing": "Failing"})
    known = bench.importlib.import_module
    monkeypatch.setattr(bench.importlib, "import_module", lambda name: parts.get(name) or known(name))
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "build" / "bench.json")
    return tmp_path / "build" / "bench.json"


def test_a_part_that_fails_is_a_line_of_the_table_and_the_others_are_measured(two_parts, capsys):
    assert bench.main([]) == 1
    content = json.loads(two_parts.read_text(encoding="utf-8"))
    assert [row["id"] for row in content["parts"]["failing"]["rows"]] == ["begins", "failing-failed"]
    assert content["parts"]["working"]["rows"][0]["median"] == 1.5
    assert {"commit", "python", "processor", "versions", "peers"} <= set(content["about"])
    printed = capsys.readouterr().out
    assert "OSError: no more" in printed
    assert "1 of 2 bars met" in printed


def test_one_part_alone_leaves_the_others_in_the_file(two_parts):
    bench.main([])
    before = json.loads(two_parts.read_text(encoding="utf-8"))["parts"]
    assert bench.main(["--only", "working"]) == 0
    after = json.loads(two_parts.read_text(encoding="utf-8"))["parts"]
    assert list(after) == ["working", "failing"]
    assert after["failing"] == before["failing"]
