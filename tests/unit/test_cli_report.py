"""The command that makes a report of a folder: the same page, and a sentence where there can be none."""

from __future__ import annotations

import json
import shutil

import pytest

from govsim.recording.outcomes import OUTCOMES
from tests.compared import named
from tests.sweeps.small_plans import HEAD, place_in
from tests.unit.test_cli import govsim


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the folder of a comparison with the page that was made with it as ``direct.html``; not to be changed."""
    out = tmp_path_factory.mktemp("compared")
    files = [named(name) for name in ("baseline", "permit")]
    done = govsim("compare", *files, "--seeds", "2", "--out", str(out), "--report", str(out / "direct.html"))
    assert done.exit_code == 0
    return out


def test_the_report_of_a_folder_is_the_page_that_was_made_with_the_comparison(folder, tmp_path):
    done = govsim("report", str(folder), "--report", str(tmp_path / "page.html"))
    assert done.exit_code == 0
    assert done.stderr.strip() == f"written: {tmp_path / 'page.html'}"
    assert (tmp_path / "page.html").read_bytes() == (folder / "direct.html").read_bytes()


def test_the_page_lies_in_the_folder_unless_another_place_is_named(folder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    assert govsim("report", str(copy), "--runs", "0", "--quiet", lang="zh").exit_code == 0
    assert '<html lang="zh-CN">' in (copy / "report.html").read_text(encoding="utf-8")


def test_without_runs_there_are_no_months(folder, tmp_path):
    page = tmp_path / "page.html"
    assert govsim("report", str(folder), "--runs", "0", "--report", str(page)).exit_code == 0
    assert "No books of months were kept" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(("lang", "words"), [("en", "are not at hand as they were compared"), ("zh", "不在手边")])
def test_without_the_scenario_files_the_page_is_written_and_what_it_lacks_is_said(lang, words, folder, tmp_path):
    content = json.loads((folder / "comparison.json").read_text(encoding="utf-8")) | {"baseline": "gone.yaml"}
    (tmp_path / "comparison.json").write_text(json.dumps(content), encoding="utf-8")
    done = govsim("report", str(tmp_path), lang=lang)
    assert done.exit_code == 0
    assert words in done.stderr
    assert (tmp_path / "report.html").exists()


def test_a_folder_without_a_comparison_or_a_sweep_is_refused_and_nothing_is_written(tmp_path):
    done = govsim("report", str(tmp_path))
    assert done.exit_code == 2
    assert "govsim sweep run" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_plan_belongs_to_a_sweep(folder):
    done = govsim("report", str(folder), "--plan", "plan.yaml")
    assert done.exit_code == 2
    assert "there is none here" in done.stderr


def test_runs_of_another_model_are_refused(folder, tmp_path):
    content = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    content["baseline_digests"][0] = "0" * 64
    (tmp_path / "comparison.json").write_text(json.dumps(content), encoding="utf-8")
    done = govsim("report", str(tmp_path))
    assert done.exit_code == 2
    assert "make the comparison again" in done.stderr
    assert not (tmp_path / "report.html").exists()


def test_the_demo_is_known_by_its_scenarios_and_its_page_names_the_command(tmp_path):
    assert govsim("demo", "--seeds", "1", "--out", str(tmp_path), "--n-jobs", "1", "--quiet").exit_code == 0
    direct = (tmp_path / "report.html").read_bytes()
    (tmp_path / "report.html").unlink()
    assert govsim("report", str(tmp_path)).exit_code == 0
    assert (tmp_path / "report.html").read_bytes() == direct


def test_a_sample_of_a_sweep_has_a_page_with_its_settings_and_the_commands_that_make_it(tmp_path):
    place = place_in(tmp_path)
    text = HEAD + (
        "arms: [{id: second, scenario: ../valid/derived.yaml}]\nfactors: {strain.gain_per_day: [0.05, 0.06]}\n"
        "replicates: 2\nkeep: {outcomes: all, ledger: true}\n"
    )
    store, plan = place.swept(text).folder, place.folder / "plans" / "plan.yaml"
    done = govsim("report", str(store), "--plan", str(plan), "--sample", "1", "--runs", "1")
    assert (done.exit_code, done.stderr.strip()) == (0, f"written: {store / 'report.html'}")
    page = (store / "report.html").read_text(encoding="utf-8")
    assert "strain.gain_per_day=0.06" in page
    assert f"govsim sweep run {plan}" in page.replace("<span>", "").replace("</span>", "")
    assert all(outcome.en in page for outcome in OUTCOMES.values())
    assert "figure-difference-1" in page


def test_a_sweep_needs_its_plan(tmp_path):
    place = place_in(tmp_path)
    store = place.swept(HEAD + "replicates: 1\n").folder
    done = govsim("report", str(store))
    assert done.exit_code == 2
    assert "add --plan PLAN" in done.stderr
