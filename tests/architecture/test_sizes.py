"""Small rooms with honest names, and a resident who costs few bytes."""

from __future__ import annotations

import statistics

from govsim.tables.layout import ITEM, POST, RESIDENT
from tests.architecture.source import MODULES, body_lines, functions
from tests.properties.runs import model_of
from tests.reference.worlds import small_scenario

FORBIDDEN = {"utils", "util", "common", "base", "core", "misc", "manager", "helpers"}


def test_no_module_is_longer_than_400_lines_and_half_are_under_130():
    lengths = {name: text.count("\n") for name, text in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > 400} == {}
    assert statistics.median(lengths.values()) < 130


def test_nine_functions_in_ten_are_under_25_lines():
    lengths = sorted(body_lines(function) for function in functions().values())
    assert lengths[len(lengths) * 9 // 10] < 25


def test_no_module_has_a_name_that_says_nothing():
    parts = {part.removesuffix(".py") for name in MODULES for part in name.split("/")}
    assert parts & FORBIDDEN == set()


def test_a_resident_costs_at_most_32_bytes():
    assert RESIDENT.itemsize <= 32
    state = model_of(small_scenario("two_streets")).state
    assert state.people.residents.nbytes == RESIDENT.itemsize * 1550


def test_counts_are_signed():
    for layout in (RESIDENT, POST, ITEM):
        for name in layout.names:
            assert layout[name].base.kind in "if", name
