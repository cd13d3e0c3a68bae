"""The commands that look at scenario files: what they print, for people and for machines, in both languages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govsim.cli import app
from govsim.scenarios import load_scenario

ROOT = Path(__file__).parents[2]
VALID = ROOT / "tests" / "scenarios" / "valid"
INVALID = ROOT / "tests" / "scenarios" / "invalid"
TINY, DERIVED = str(VALID / "tiny.yaml"), str(VALID / "derived.yaml")


def scenario(*arguments, lang="en"):
    return CliRunner(env={"GOVSIM_LANG": lang}).invoke(app, ["scenario", *arguments])


# check


def test_check_says_ok_with_the_size_of_the_world():
    done = scenario("check", TINY)
    assert done.exit_code == 0
    assert done.stdout == (
        f"{TINY}: ok: 1000 residents, 3 communities, 2 street offices, 24 months with 12 of warm-up, reforms: 1\n"
    )
    assert scenario("check", TINY, lang="zh").stdout.startswith(f"{TINY}：可用：居民 1000 人")


def test_check_goes_through_every_file_and_exits_with_2_if_any_is_wrong():
    wrong = str(INVALID / "syntax-tab.yaml")
    done = scenario("check", TINY, wrong, DERIVED)
    assert done.exit_code == 2
    assert [line.split(": ")[0] for line in done.stdout.splitlines()] == [TINY, DERIVED]
    assert done.stderr.startswith(f"{wrong}:12:1: ")


def test_check_in_json_has_each_problem_with_its_place():
    wrong = str(INVALID / "several-mistakes.yaml")
    done = scenario("check", TINY, wrong, "--json")
    assert done.exit_code == 2
    assert done.stderr == ""
    good, bad = json.loads(done.stdout)
    assert good == {
        "file": TINY,
        "ok": True,
        "fingerprint": load_scenario(TINY).fingerprint(),
        "notices": [],
    }
    assert (bad["file"], bad["ok"]) == (wrong, False)
    assert [(each["line"], each["column"]) for each in bad["problems"]] == [(6, 8), (7, 18), (7, 34)]
    assert all(each["file"] == wrong and each["message"] for each in bad["problems"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_check_refuses_every_wrong_file_of_the_corpus_without_a_traceback(lang):
    wrong = [str(path) for path in sorted(INVALID.glob("*.yaml"))]
    done = scenario("check", *wrong, "--json", lang=lang)
    assert done.exit_code == 2
    results = json.loads(done.stdout)
    assert [result["file"] for result in results] == wrong
    assert all(result["problems"] and not result["ok"] for result in results)
    assert "Traceback" not in done.output


def test_check_mentions_a_reform_that_the_settings_leave_out_of_the_run():
    settings = ["--set", "horizon.start=2006-01", "--set", "reforms.pay-rise.starts_on=2007-07"]
    done = scenario("check", TINY, *settings)
    assert done.exit_code == 0
    assert "not in force in this run" in done.stderr
    assert scenario("check", TINY, *settings, "--quiet").stderr == ""


# show


def test_show_prints_a_file_with_the_same_fingerprint(tmp_path):
    shutil.copytree(VALID, tmp_path / "valid")
    file = tmp_path / "valid" / "derived.yaml"
    done = scenario("show", str(file), "--set", "horizon.years=2")
    (tmp_path / "valid" / "shown.yaml").write_text(done.stdout, encoding="utf-8")
    shown = load_scenario(tmp_path / "valid" / "shown.yaml")
    assert shown.fingerprint() == load_scenario(file, ["horizon.years=2"]).fingerprint()
    in_json = json.loads(scenario("show", str(file), "--set", "horizon.years=2", "--json").stdout)
    assert in_json["fingerprint"] == shown.fingerprint()
    assert in_json["scenario"]["horizon"] == {"start": "2007-01", "years": 2, "warm_up_years": 1}


# explain and diff


def test_explain_prints_words_or_json():
    for lang, words in (("en", "Reform 'pay-rise': Pay rise"), ("zh", "改革“pay-rise”：提高社区工作者待遇")):
        assert words in scenario("explain", TINY, lang=lang).stdout
    content = json.loads(scenario("explain", TINY, "--json").stdout)
    assert content["id"] == "tiny"
    assert content["reforms"][0]["reform"]["rise_share"] == 0.3


def test_explain_can_be_asked_of_every_scenario_of_the_project():
    for path in sorted((ROOT / "scenarios").rglob("*.yaml")):
        for lang in ("en", "zh"):
            assert scenario("explain", str(path), lang=lang).exit_code == 0, path


def test_diff_prints_words_or_json():
    done = scenario("diff", TINY, DERIVED)
    assert "'second-rise' (pay_rise) only in the second" in done.stdout
    assert "“second-rise”（pay_rise）仅后者有" in scenario("diff", TINY, DERIVED, lang="zh").stdout
    content = json.loads(scenario("diff", TINY, DERIVED, "--json").stdout)
    assert content["is_same"] is False
    assert content["rules"] == [{"name": "sharing", "before": "pooled", "after": "own_line_only"}]
    assert json.loads(scenario("diff", TINY, TINY, "--json").stdout)["is_same"] is True


# list, new and schema


def test_list_looks_in_scenarios_and_in_the_package_or_below_a_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    done = scenario("list")
    assert "scenarios/liandu/pay-rise.yaml" in done.stdout.replace("\\", "/")
    assert "place liandu; reforms: pay_rise" in done.stdout
    assert "baseline.yaml" in done.stdout.split("In the package:\n")[1]
    paths = [each["path"] for each in json.loads(scenario("list", str(VALID), "--json").stdout)]
    assert {Path(path).name for path in paths} == {"tiny.yaml", "derived.yaml", "merged.yaml"}
    monkeypatch.chdir(tmp_path)
    assert "no scenario file below scenarios" in scenario("list").stdout
    assert "scenarios 下没有情景文件" in scenario("list", lang="zh").stdout


def test_list_of_a_folder_that_is_none_is_refused():
    done = scenario("list", "nowhere")
    assert done.exit_code == 2
    assert done.stderr == "nowhere: there is no such folder.\n"


def test_new_writes_a_file_that_checks_and_overwrites_nothing(tmp_path):
    shutil.copytree(ROOT / "scenarios" / "liandu", tmp_path / "liandu")
    file = str(tmp_path / "liandu" / "mine.yaml")
    done = scenario("new", file, "--reform", "task_permit", "--reform", "pay_rise")
    assert done.exit_code == 0
    assert done.stderr == f"written: {file}\n"
    assert scenario("check", file).exit_code == 0
    again = scenario("new", file)
    assert again.exit_code == 2
    assert "nothing is written over it" in again.stderr


def test_new_starts_from_the_world_of_the_package_where_there_is_none(tmp_path):
    file = tmp_path / "mine" / "pilot.yaml"
    assert scenario("new", str(file), "--reform", "village_merger", "--quiet").stderr == ""
    assert {path.name for path in file.parent.iterdir()} == {
        "pilot.yaml",
        "baseline.yaml",
        "communities.csv",
        "settlements.csv",
        "streets.csv",
    }
    assert scenario("check", str(file), str(file.parent / "baseline.yaml")).exit_code == 0


def test_new_says_when_a_folder_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    done = scenario("new", str(tmp_path / "file" / "new.yaml"), "--extends", TINY)
    assert done.exit_code == 74
    assert "cannot write here" in done.stderr


def test_schema_is_printed_or_written(tmp_path):
    printed = json.loads(scenario("schema", "--reform", "pay_rise").stdout)
    assert "pay_rise" in printed["$defs"]
    file = tmp_path / "new" / "schema.json"
    assert scenario("schema", "--reform", "pay_rise", "--out", str(file)).exit_code == 0
    assert json.loads(file.read_text(encoding="utf-8")) == printed
    done = scenario("schema", "--reform", "pay_raise")
    assert done.exit_code == 2
    assert "Did you mean 'pay_rise'?" in done.stderr


@pytest.mark.parametrize("command", ["show", "check", "explain"])
def test_a_wrong_file_exits_with_2_and_says_why_in_the_language_in_force(command):
    wrong = str(INVALID / "syntax-tab.yaml")
    for lang, words in (("en", "A tab stands here"), ("zh", "此处有制表符")):
        done = scenario(command, wrong, lang=lang)
        assert done.exit_code == 2
        assert done.stdout == ""
        assert words in done.stderr


@pytest.mark.parametrize(("lang", "words"), [("en", "Refused, in every run, by"), ("zh", "不同意合并的合作社")])
def test_explain_names_the_villages_whose_cooperatives_refuse(lang, words):
    asked, assumed = (str(ROOT / "scenarios" / "countryside" / f"{name}.yaml") for name in ("merger-asked", "merger"))
    reform = next(each for each in load_scenario(asked).reforms if each.id == "merged-villages")
    refusing = reform.refusing(load_scenario(asked).institution)
    line = next(line for line in scenario("explain", asked, lang=lang).output.splitlines() if words in line)
    assert refusing
    assert all(name in line for name in refusing)
    assert words not in scenario("explain", assumed, lang=lang).output
