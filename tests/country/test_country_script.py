"""The script: a sample or everything, tables in two languages, files, and one sentence for what is wrong."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
from pathlib import Path

import pytest

from tests.country.tiny_country import DISTRICTS, settle

SCRIPT = Path(__file__).parents[2] / "experiments" / "country.py"


def script():
    spec = importlib.util.spec_from_file_location("country_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAIN = script().main
TOTAL = sum(district.residents for district in DISTRICTS)


@pytest.fixture(autouse=True)
def in_english():
    yield
    from govsim.language import use

    use("en")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("country")


@pytest.fixture
def run(tiny):
    return lambda out, *arguments: MAIN([*arguments, "--plan", str(tiny), "--out", str(out), "--n-jobs", "1"])


def test_the_whole_country_is_run_added_up_and_written(out, capsys, run):
    assert run(out) == 0
    shown = capsys.readouterr().out
    assert f"{TOTAL:,} residents in {len(DISTRICTS)} districts" in shown
    assert "every sum is exact" in shown
    assert "North" in shown
    result = json.loads((out / "country.json").read_text(encoding="utf-8"))
    assert result["outcomes"]["residents"] == {"value": TOTAL, "standard_error": 0.0}
    assert result["is_whole"]
    assert result["units"]["workload_hours"] == "hours/worker-day"
    with (out / "districts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["id"] for row in rows) == sorted(district.id for district in DISTRICTS)
    for name in ("quits_in_year", "residents", "posts"):
        assert sum(int(row[name]) for row in rows) == result["outcomes"][name]["value"]
    for group in ("part", "kind", "urban_band", "province"):
        parts = result["by"][group].values()
        assert sum(each["quits_in_year"]["value"] for each in parts) == result["outcomes"]["quits_in_year"]["value"]


def test_the_same_tables_are_said_in_chinese(out, capsys, run):
    assert run(out, "--lang", "zh") == 0
    shown = capsys.readouterr().out
    assert "居民满意度" in shown
    assert "北省" in shown
    assert not re.search(r"residents|districts|worker", shown)


def test_a_sample_says_how_sure_it_is(out, capsys, run):
    assert run(out, "--districts", "8") == 0
    shown = capsys.readouterr().out
    assert f"From a sample of 8 of {len(DISTRICTS)} districts" in shown
    result = json.loads((out / "country.json").read_text(encoding="utf-8"))
    assert result["districts_run"] == 8
    assert result["outcomes"]["residents"]["value"] == TOTAL
    assert result["outcomes"]["workload_hours"]["standard_error"] > 0
    assert "province" not in result["by"]


def test_another_arm_is_added_up(out, capsys, run):
    assert run(out) == 0
    before = json.loads((out / "country.json").read_text(encoding="utf-8"))
    assert run(out, "--arm", "second") == 0
    after = json.loads((out / "country.json").read_text(encoding="utf-8"))
    assert after["arm"] == "second"
    assert after["outcomes"]["workload_hours"]["value"] < before["outcomes"]["workload_hours"]["value"]


def test_the_tables_are_drawn_anew_where_they_are_missing(tmp_path, capsys):
    plan = settle(tmp_path)
    before = {path.name: path.read_bytes() for path in plan.glob("*.csv")}
    for part in ("urban", "rural"):
        (plan / f"{part}.csv").unlink()
    assert MAIN(["--plan", str(plan), "--draw"]) == 0
    assert {path.name: path.read_bytes() for path in plan.glob("*.csv")} == before
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--share", "0"], "--share must lie above 0 and be at most 1"),
        (["--share", "nan"], "--share must lie above 0 and be at most 1"),
        (["--districts", "1"], "a sample has from 8 to 10 districts"),
        (["--n-jobs", "0"], "--n-jobs must be 1 or more"),
        (["--set", "mandates.volum=2"], "mandates.volume"),
        (["--set", "horizon.years=2"], "set horizon.years to 1"),
        (["--arm", "third"], "the plan of the urban part has no arm 'third'; it has baseline, second"),
    ],
)
def test_bad_input_is_said_in_one_sentence(tiny, tmp_path, capsys, arguments, sentence):
    options = [*arguments, "--plan", str(tiny), "--out", str(tmp_path)]
    assert MAIN(options if "--n-jobs" in arguments else [*options, "--n-jobs", "1"]) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.out == ""


def test_a_folder_that_cannot_be_written_is_said(tmp_path, capsys, run):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run(tmp_path / "file") == 74
    assert capsys.readouterr().err
