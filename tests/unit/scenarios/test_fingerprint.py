"""The fingerprint depends on what decides the numbers of a run and on nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from govsim.scenarios import load_scenario

VALID = Path(__file__).parents[2] / "scenarios" / "valid"
TINY_TEXT = (VALID / "tiny.yaml").read_text(encoding="utf-8")

REWRITTEN = """\
%s# The same scenario in other words: other order, quotes, comments and layout, defaults written out.
"reforms":
- {'in_streets': ["east"], rise_share: 3.0e-1, strength: 1, insurance_rise_share: 0,
   in_communities: [], ends_on: null,
   starts_on: '2007-07', phase_in_months: 0x6, "id": another-name, use: "pay_rise", sources: []}
parameters: {hiring.applicants: 3.0, strain.gain_per_day: 6e-2, stock.initial: 0.6}
rules:
  hiring: continuous
  sharing: 'pooled'      # generalists
  voice: weigh_costs
  priority: oldest_first
world:
  settlements: settlements.csv
  communities: communities.csv
  residents: 1000
catalogue: catalogue
horizon:
  warm_up_years: 1
  years: 1
  start: "2007-01"
as_of: 2024
title:
  zh: 另一标题
  en: >-
    Another title,
    folded
id: another
schema: govsim/scenario@1
"""


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(VALID, tmp_path / "elsewhere" / "valid")


def fingerprint(folder, text):
    path = folder / "rewritten.yaml"
    path.write_bytes(text.encode())
    return load_scenario(path).fingerprint()


@pytest.mark.parametrize(
    "text",
    [
        REWRITTEN % "",
        REWRITTEN % "\ufeff",
        (REWRITTEN % "").replace("\n", "\r\n"),
        "---\n" + REWRITTEN % "" + "...\n",
    ],
    ids=["other layout", "byte order mark", "windows line ends", "document marks"],
)
def test_a_rewritten_file_has_the_same_fingerprint(text, folder):
    assert fingerprint(folder, text) == load_scenario(VALID / "tiny.yaml").fingerprint()


@pytest.mark.parametrize("table", ["communities.csv", "settlements.csv"])
def test_the_order_of_rows_of_places_does_not_matter(table, folder):
    before = load_scenario(folder / "tiny.yaml").fingerprint()
    header, *rows = (folder / table).read_text(encoding="utf-8").splitlines()
    (folder / table).write_text("\n".join([header, *reversed(rows)]), encoding="utf-8")
    assert load_scenario(folder / "tiny.yaml").fingerprint() == before


def test_the_order_of_reforms_does_not_matter():
    scenario = load_scenario(VALID / "derived.yaml")
    first, second = scenario.reforms
    assert scenario.with_reforms((second, first)).fingerprint() == scenario.fingerprint()


@pytest.mark.parametrize(
    "setting",
    [
        "strain.gain_per_day=0.061",
        "world.residents=1001",
        "horizon.years=2",
        "horizon.start=2007-02",
        "rules.voice=always",
        "reforms.pay-rise.strength=0.99",
        "reforms.pay-rise.in_streets=[]",
    ],
)
def test_whatever_decides_the_numbers_changes_the_fingerprint(setting):
    path = VALID / "tiny.yaml"
    assert load_scenario(path, [setting]).fingerprint() != load_scenario(path).fingerprint()


def test_street_offices_decide_the_numbers_and_change_the_fingerprint(folder):
    text = (folder / "tiny.yaml").read_text(encoding="utf-8")
    with_streets = text.replace("settlements.csv}", "settlements.csv, streets: ../valid/streets.csv}")
    before, after = fingerprint(folder, text), fingerprint(folder, with_streets)
    assert before != after
    table = (folder / "streets.csv").read_text(encoding="utf-8")
    for old, new in (("8.5", "8.6"), (",5,4,1", ",6,4,1"), (",5,4,1", ",5,4,0")):
        (folder / "streets.csv").write_text(table.replace(old, new), encoding="utf-8")
        assert fingerprint(folder, with_streets) != after


def test_the_canonical_form_names_no_file_title_or_reform():
    canonical = load_scenario(VALID / "tiny.yaml").canonical()
    assert canonical.isascii()
    for name in ("tiny", "Tiny", "district", "pay-rise", str(VALID), "East 1", "GUESS"):
        assert name not in canonical
    assert json.loads(canonical)["parameters"]["hiring.applicants"] == 3.0
