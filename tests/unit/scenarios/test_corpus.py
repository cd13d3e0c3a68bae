"""Each file of the corpus holds one mistake; the message names its place and says the words expected."""

from __future__ import annotations

import csv
import re
import shutil
import time
from pathlib import Path

import pytest

from govsim.errors import ScenarioError
from govsim.language import using
from govsim.scenarios import load_scenario
from govsim.scenarios.catalogue import read_catalogue, read_parameters
from govsim.scenarios.worlds import read_places

SCENARIOS = Path(__file__).parents[2] / "scenarios"
VALID = SCENARIOS / "valid"
INVALID = SCENARIOS / "invalid"
DEPARTMENTS = ("civil", "order")
FILES = re.compile(r"\S+\.(yaml|csv)|/\S+/valid\b")
# What is called the same in every language: what was typed, what a file calls things, and names of formats.
NAMES = re.compile(
    r"“[^”]*”|^[^：“]*：(?=\S)|（[a-z_]+）|\[[^]]*\]|\b(YAML|UTF-8|UTF-16|GBK|KiB|NFC|Unicode|true|false|inf|nan|id|extends|groups|world|horizon|rules"
    r"|reforms|years|residents)\b|U\+[0-9A-F]+"
)


def rows():
    with (INVALID / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_wrongly(path, tmp_path):
    """Read a file by what the first word of its name says it is."""
    table = path.stem.split("-")[0] if path.suffix == ".csv" else "scenario"
    if table == "scenario":
        load_scenario(path)
    elif table == "communities":
        read_places(path, VALID / "settlements.csv", "district", DEPARTMENTS)
    elif table == "settlements":
        read_places(VALID / "communities.csv", path, "district", DEPARTMENTS)
    elif table == "streets":
        read_places(VALID / "communities.csv", VALID / "settlements.csv", "district", DEPARTMENTS, path)
    elif table == "parameters":
        read_parameters(path)
    else:
        folder = shutil.copytree(VALID / "catalogue", tmp_path / "catalogue", dirs_exist_ok=True)
        shutil.copy(path, folder / f"{table}.csv")
        read_catalogue(folder)


def test_every_file_of_the_corpus_is_expected_and_every_expectation_has_a_file():
    files = {path.name for path in INVALID.iterdir()} - {"expected.csv"}
    assert {row["file"] for row in rows()} == files
    assert len(files) >= 270


def refusal(row, tmp_path, lang):
    """Return what is said of a file; nothing but a ``ScenarioError`` may escape."""
    with using(lang), pytest.raises(ScenarioError) as refused:
        read_wrongly(INVALID / row["file"], tmp_path)
    assert refused.value.place is not None
    return str(refused.value)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_a_wrong_file_is_refused_with_words_that_help_in_either_language(row, lang, tmp_path):
    start = time.perf_counter()
    message = refusal(row, tmp_path, lang)
    for words in row["words" if lang == "en" else "zh"].split("|"):
        assert words, "no words are expected"
        assert words in message, message
    if row["place"]:
        assert f":{row['place']}: " in message, message
    assert time.perf_counter() - start < 10  # against hanging, not a measurement


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_every_line_of_a_message_is_one_sentence_without_control_codes(row, lang, tmp_path):
    for line in refusal(row, tmp_path, lang).split("\n"):
        assert line.endswith((".", "?") if lang == "en" else ("。", "？")), line
        assert line.isprintable(), line
        assert not re.search(r"[{}]|pydantic|Traceback|_type\b", line.replace("${HOME}", "").replace("{{7*7}}", "")), (
            line
        )


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_no_sentence_is_half_in_english_or_half_in_chinese(row, tmp_path):
    for line in refusal(row, tmp_path, "zh").split("\n"):
        assert re.search("[\u4e00-\u9fff]", line), line
        assert not re.search("[A-Za-z]{2,}", NAMES.sub("", FILES.sub("", line))), line
        assert not re.search("[\u4e00-\u9fff”）][,.;!?]", line), line
    for line in refusal(row, tmp_path, "en").split("\n"):
        assert not re.search("[\u4e00-\u9fff]|[，。；：？！“”]", re.sub("'[^']*'", "", line)), line
