"""A column looks into the table at each access and keeps whole units."""

from __future__ import annotations

import numpy as np
import pytest

from govsim.tables.columns import BILLIONTH, Column


class Thing:
    level = Column("level", BILLIONTH)
    count = Column("count")

    def __init__(self, table, rows):
        self.table, self.rows = table, rows


@pytest.fixture
def table():
    return np.zeros(4, np.dtype([("level", np.int32), ("count", np.int16)]))


def test_an_object_reads_a_number_and_a_slice_reads_an_array(table):
    table["level"] = [0, 500_000_000, 1, 10**9]
    table["count"] = [1, 2, 3, 4]
    assert Thing(table, 1).level == 0.5
    assert type(Thing(table, 1).count) is int
    assert Thing(table, slice(1, 3)).count.tolist() == [2, 3]
    assert Thing(table, slice(1, 3)).level.tolist() == [0.5, 1e-9]


def test_a_slice_is_a_copy_that_cannot_be_written(table):
    for values in (Thing(table, slice(0, 2)).count, Thing(table, slice(0, 2)).level):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 1
    seen = Thing(table, slice(0, 2)).count
    table["count"][0] = 7
    assert seen[0] == 0


@pytest.mark.parametrize("value", [0.1, 0.3, 0.123456789, 1.0, 1 / 3])
def test_what_is_written_is_read_back_to_a_billionth(table, value):
    thing = Thing(table, 2)
    thing.level = value
    assert thing.level == pytest.approx(value, abs=0.5e-9)
    before = int(table["level"][2])
    thing.level = thing.level
    assert table["level"][2] == before


def test_the_class_shows_the_column_itself():
    assert isinstance(Thing.level, Column)
    assert Thing.level.name == "level"


def test_a_replaced_table_is_seen_at_once(table):
    thing = Thing(table, 0)
    thing.table = table.copy()
    thing.table["count"][0] = 9
    assert thing.count == 9
