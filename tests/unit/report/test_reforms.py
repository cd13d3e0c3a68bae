"""What a reform is set to is shown as its file gives it, and a long list by its beginning and length."""

from __future__ import annotations

import pytest

from govsim.report.reforms import _value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.30000000000000004, "0.3"),
        (15, "15"),
        ("merged", "merged"),
        ((), ""),
        (("a", "b"), "a; b"),
        ((("a", "b"), ("c", "d", "e")), "a + b; c + d + e"),
        (tuple("abcdefg"), "a; b; c; d; e; … (7)"),
    ],
)
def test_a_value_is_shown_as_a_file_gives_it(value, text):
    assert _value(value) == text
