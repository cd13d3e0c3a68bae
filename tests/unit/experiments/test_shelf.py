"""A shelf never holds more than it may, and what was of use longest ago goes first."""

from __future__ import annotations

import pytest

from govsim.experiments.shelf import Shelf


def test_what_is_kept_is_found_under_its_key_only():
    shelf = Shelf(10)
    shelf.keep("a", "one", 4)
    assert (shelf.get("a"), shelf.get("b")) == ("one", None)
    assert "a" in shelf
    assert "b" not in shelf


def test_what_was_asked_for_longest_ago_goes_first():
    shelf = Shelf(10)
    for key in "abc":
        shelf.keep(key, key, 3)
    shelf.get("a")
    shelf.keep("d", "d", 3)
    assert [key for key in "abcd" if key in shelf] == ["a", "c", "d"]


def test_as_many_go_as_the_new_one_needs():
    shelf = Shelf(10)
    for key in "abc":
        shelf.keep(key, key, 3)
    shelf.keep("d", "d", 6)
    assert [key for key in "abcd" if key in shelf] == ["c", "d"]
    assert shelf.n_bytes == 9


@pytest.mark.parametrize(("n_bytes", "is_kept"), [(10, True), (11, False)])
def test_what_is_larger_than_the_shelf_is_not_kept_and_moves_nothing(n_bytes, is_kept):
    shelf = Shelf(10)
    shelf.keep("a", "a", 1)
    shelf.keep("b", "b", n_bytes)
    assert ("b" in shelf, "a" in shelf) == (is_kept, not is_kept)


def test_a_value_put_down_again_takes_the_place_of_the_first():
    shelf = Shelf(10)
    shelf.keep("a", "one", 6)
    shelf.keep("a", "two", 7)
    assert (shelf.get("a"), shelf.n_bytes) == ("two", 7)
