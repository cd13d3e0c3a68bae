"""Each file of the corpus holds one mistake; the message names its place and says the words expected."""

from __future__ import annotations

import csv
import re
import shutil
import time
from pathlib import Path

import pytest

from govsim.errors import ScenarioError
from govsim.scenarios import load_scenario
from govsim.scenarios.catalogue import read_catalogue, read_parameters
from govsim.scenarios.worlds import read_places

SCENARIOS = Path(__file__).parents[2] / "scenarios"
VALID = SCENARIOS / "valid"
INVALID = SCENARIOS / "invalid"
DEPARTMENTS = ("civil", "order")


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
        folder = shutil.copytree(VALID / "catalogue", tmp_path / "catalogue")
        shutil.copy(path, folder / f"{table}.csv")
        read_catalogue(folder)


def test_every_file_of_the_corpus_is_expected_and_every_expectation_has_a_file():
    files = {path.name for path in INVALID.iterdir()} - {"expected.csv"}
    assert {row["file"] for row in rows()} == files
    assert len(files) >= 40


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_a_wrong_file_is_refused_with_words_that_help(row, tmp_path):
    start = time.perf_counter()
    with pytest.raises(ScenarioError) as refused:
        read_wrongly(INVALID / row["file"], tmp_path)
    message = str(refused.value)
    for words in row["words"].split("|"):
        assert words in message, message
    assert refused.value.place is not None
    if row["place"]:
        assert f":{row['place']}: " in message, message
    assert time.perf_counter() - start < 10  # against hanging, not a measurement


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_every_line_of_a_message_is_one_sentence_without_control_codes(row, tmp_path):
    with pytest.raises(ScenarioError) as refused:
        read_wrongly(INVALID / row["file"], tmp_path)
    for line in str(refused.value).split("\n"):
        assert line.endswith((".", "?")), line
        assert line.isprintable(), line
        assert not re.search(r"[{}]|pydantic|Traceback|_type\b", line.replace("${HOME}", "")), line
