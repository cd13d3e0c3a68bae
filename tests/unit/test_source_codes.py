"""The published table of source codes is complete."""

import re
from collections import Counter
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "docs" / "model" / "source-codes.md"
LAST_NUMBER = {"Q": 78, "D": 14, "M": 40, "R": 30, "C": 44, "P": 22}
STATES = {"mechanism", "mandate", "world total", "reform", "target", "context"}


def rows() -> list[tuple[str, str, str, str]]:
    pattern = re.compile(r"^\| ([A-Z]\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$")
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [match.groups() for line in lines if (match := pattern.match(line))]


def test_every_code_of_the_source_stands_in_the_table_once_and_no_other():
    expected = {f"{letter}{n}" for letter, last in LAST_NUMBER.items() for n in range(1, last + 1)}
    counts = Counter(code for code, *_ in rows())
    assert set(counts) == expected
    assert set(counts.values()) == {1}


def test_every_line_of_the_table_is_read_by_this_test():
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    data = [line for line in lines if line.startswith("| ") and not line.startswith("| code ")]
    assert len(data) == len(rows())


def test_each_code_has_exactly_one_known_state():
    assert [code for code, state, *_ in rows() if state not in STATES] == []


def test_each_code_says_now_or_later_and_what_it_is():
    assert {when for _, _, when, _ in rows()} == {"now", "later"}
    assert all(note.strip() for *_, note in rows())
