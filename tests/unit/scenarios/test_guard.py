"""Only small, flat, plain YAML in clean UTF-8 reaches the schema; nothing but ScenarioError escapes."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govsim.errors import ScenarioError
from govsim.scenarios import load_scenario
from govsim.scenarios.complaints import Complaints
from govsim.scenarios.document import plain_value, read_document, read_value
from govsim.scenarios.guard import MOST_EVENTS, MOST_LEVELS, YAML_BYTES, read_text

TINY = Path(__file__).parents[2] / "scenarios" / "valid" / "tiny.yaml"


def refusal(path):
    with pytest.raises(ScenarioError) as refused:
        read_document(path, Complaints())
    return str(refused.value)


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_refused(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: " + b"x" * (YAML_BYTES - 3))
    assert len(read_text(path)) == YAML_BYTES
    path.write_bytes(b"a: " + b"x" * (YAML_BYTES - 2))
    assert "larger than 256 KiB" in refusal(path)


def test_a_missing_file_is_named_with_the_nearest_one(tmp_path):
    (tmp_path / "baseline.yaml").write_text("a: 1")
    assert "Did you mean 'baseline.yaml'?" in refusal(tmp_path / "basline.yaml")
    assert "there is no such file." in refusal(tmp_path / "nowhere" / "x.yaml")


def test_folders_and_pipes_are_not_read(tmp_path):
    assert "this is a folder" in refusal(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert "not an ordinary file" in refusal(tmp_path / "pipe")
    assert "not an ordinary file" in refusal(Path("/dev/zero"))


def test_impossible_paths_are_refused_in_words(tmp_path):
    assert "cannot be read" in refusal(tmp_path / "a\0b")
    assert "cannot be read" in refusal(tmp_path / ("x" * 5000))


def test_blocks_may_be_nested_to_the_limit_and_not_beyond():
    deepest = "[" * MOST_LEVELS + "]" * MOST_LEVELS
    assert isinstance(read_value(deepest, "x", Complaints()), tuple)
    with pytest.raises(ScenarioError, match="more than 64 deep"):
        read_value(f"[{deepest}]", "x", Complaints())


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "a: " * 60_000,
        "- " * 100_000,
        "{" + "a: 1," * 40_000,
        "? " * 100_000,
        "a: |\n" + "\n" * 200_000,
        "&a " * 50_000,
        "x\n" * 100_000,
        '"' + "\\x41" * 60_000,
    ],
    ids=[
        "brackets",
        "keys in a line",
        "dashes",
        "open block",
        "marks",
        "empty lines",
        "anchors",
        "words",
        "escapes",
    ],
)
def test_a_bomb_goes_off_in_an_error_soon(text, tmp_path):
    path = tmp_path / "bomb.yaml"
    path.write_text(text)
    start = time.perf_counter()
    with contextlib.suppress(ScenarioError):
        read_document(path, Complaints())
    assert time.perf_counter() - start < 20  # against hanging; usually below one second


def test_the_limit_of_values_is_that_of_events():
    assert len(read_value("[" + "1," * (MOST_EVENTS - 10) + "]", "x", Complaints())) == MOST_EVENTS - 10


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2007-01", "2007-01"),
        ("2007-01-01", "2007-01-01"),
        ("no", "no"),
        ("on", "on"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("1e-3", 0.001),
        ("1.0e3", 1000.0),
        (".5", 0.5),
        ("+3", 3),
        ("True", True),
        ("~", None),
        ("", None),
        (".inf", float("inf")),
        ("\uff13", "\uff13"),
        ("=cmd()", "=cmd()"),
        ("{{7*7}}", "{{7*7}}"),
    ],
)
def test_plain_words_mean_what_yaml_1_2_says(text, value):
    assert plain_value(text) == value
    assert type(plain_value(text)) is type(value)


@settings(deadline=None)  # reading a file takes as long as the machine needs
@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_scenario_error(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("fuzz") / "any.yaml"
    path.write_bytes(data)
    with pytest.raises(ScenarioError):
        load_scenario(path)


@settings(deadline=None)  # reading a file takes as long as the machine needs
@given(st.text(alphabet="abc:-?[]{}&*!|>'\"%@`#,~<=\n\t \\0123.eé世:", max_size=80))
def test_any_text_of_yaml_s_own_characters_ends_in_a_scenario_error(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("fuzz") / "any.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError):
        load_scenario(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return shutil.copytree(TINY.parent, tmp_path_factory.mktemp("mutated") / "valid")


@settings(deadline=None)  # reading a file takes as long as the machine needs
@given(data=st.data())
def test_a_valid_file_with_one_piece_exchanged_loads_or_ends_in_a_scenario_error(folder, data):
    text = TINY.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 30))
    piece = data.draw(st.text(alphabet="abc:-[]{}&*!|>'\"%#,~\n\t 019.e\u00f1\u4e16\uff1a", max_size=10))
    path = folder / "mutated.yaml"
    path.write_text(text[:start] + piece + text[start + length :], encoding="utf-8")
    with contextlib.suppress(ScenarioError):
        load_scenario(path)
