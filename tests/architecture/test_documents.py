"""Documents and code name the same things."""

from __future__ import annotations

import csv
import re

import pytest

from govsim.processes import PHASES
from govsim.randomness import Decision
from govsim.recording.outcomes import OUTCOMES
from tests.architecture.source import ALL_SOURCE, ARCHITECTURE, MODULES, ODD, PACKAGE, ROOT

PARAMETERS = list(
    csv.DictReader((PACKAGE / "institution" / "data" / "parameters.csv").read_text(encoding="utf-8").splitlines())
)


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: phase.name)
@pytest.mark.parametrize("page", ["odd.md", "architecture.md"])
def test_every_phase_is_named_on_both_pages(phase, page):
    assert f"`{phase.name}`" in {"odd.md": ODD, "architecture.md": ARCHITECTURE}[page]


@pytest.mark.parametrize("row", PARAMETERS, ids=lambda row: row["path"])
def test_every_parameter_is_used(row):
    path = row["path"]
    used = f'"{path}"' in ALL_SOURCE or f".{path.replace('.', '_')}" in ALL_SOURCE
    assert used or f"`{path}`" in ODD


@pytest.mark.parametrize("row", PARAMETERS, ids=lambda row: row["path"])
def test_every_parameter_has_a_range_that_holds_its_value_and_what_supports_it(row):
    assert float(row["low"]) <= float(row["value"]) <= float(row["high"])
    assert float(row["low"]) < float(row["high"])
    assert row["unit"]
    assert row["source"]
    assert row["grade"] in {"SEED", "DER", "READ", "RECALLED", "GUESS"}
    assert row["en"]
    assert re.search("[\u4e00-\u9fff]", row["zh"])


def test_every_decision_has_a_number_of_its_own():
    numbers = [int(decision) for decision in Decision.__members__.values()]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) > 0
    assert max(numbers) < 0x8000


def test_the_register_of_decisions_is_the_table_of_the_odd_page():
    rows = re.findall(r"^\| (\d+) \| ([A-Z_]+) \|", ODD, re.MULTILINE)
    assert [(int(number), name) for number, name in rows] == [(int(each), each.name) for each in Decision]


@pytest.mark.parametrize("decision", Decision, ids=lambda decision: decision.name)
def test_every_decision_is_drawn_in_one_module(decision):
    drawn = [name for name, text in MODULES.items() if re.search(rf"Decision\.{decision.name}\b", text)]
    assert len(drawn) == 1


def test_every_record_of_a_decision_has_one_number():
    names = [path.name for path in sorted((ROOT / "docs" / "decisions").glob("0*.md"))]
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    for name in names:
        text = (ROOT / "docs" / "decisions" / name).read_text(encoding="utf-8")
        assert text.startswith(f"# {name[:4]} ")


@pytest.mark.parametrize("name", OUTCOMES)
def test_every_outcome_has_a_unit_a_direction_and_two_titles(name):
    outcome = OUTCOMES[name]
    assert outcome.name == name
    assert outcome.unit
    assert outcome.better in {"lower", "higher", "none"}
    assert re.search("[\u4e00-\u9fff]", outcome.zh)


def test_three_outcomes_make_the_headline():
    headline = [name for name, outcome in OUTCOMES.items() if outcome.is_headline]
    assert headline == ["workload_hours", "turnover_per_year", "satisfaction"]


def test_every_module_that_the_architecture_page_opens_exists():
    paths = re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.py)`", ARCHITECTURE)
    assert [path for path in set(paths) if path not in MODULES] == []
