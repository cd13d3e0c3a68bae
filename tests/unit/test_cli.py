"""The command line: what is printed, written, and told by the exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govsim import odd
from govsim.cli import app
from govsim.cli.room import check_room, free_bytes
from govsim.errors import InvariantError, ScenarioError
from govsim.model import GovernanceModel
from govsim.scenarios import load_scenario

SCENARIOS = Path(__file__).parents[1] / "scenarios"
TINY = str(SCENARIOS / "valid" / "tiny.yaml")
DERIVED = str(SCENARIOS / "valid" / "derived.yaml")
HEAVY = ("numba", "mesa", "numpy", "pandas", "scipy", "ruamel.yaml", "pydantic", "networkx", "plotly")
HEAVY += ("dash", "flask", "waitress", "webbrowser")


def govsim(*arguments, lang="en"):
    return CliRunner(env={"GOVSIM_LANG": lang}).invoke(app, list(arguments))


def imported(arguments, names):
    """Return which of some modules a command imports."""
    script = (
        "import sys\nfrom govsim.cli import main\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code, done.code\n"
        f"print(sorted(set({names!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("arguments", [["--help"], ["compare", "--help"], ["--version"], ["--help", "--lang", "zh"]])
def test_help_and_version_import_nothing_heavy(arguments):
    assert imported(arguments, HEAVY) == "[]"


def test_a_run_imports_no_statistics_and_no_figures():
    heavy = ("scipy.stats", "scipy.optimize", "plotly", "jinja2", "loky", "duckdb", "distributed")
    assert imported(["run", TINY, "--json"], heavy) == "[]"


def test_the_version_is_printed():
    done = govsim("--version")
    assert done.exit_code == 0
    assert done.stdout.startswith("govsim ")


def test_run_prints_a_table_with_the_headline_first():
    done = govsim("run", TINY)
    assert done.exit_code == 0
    assert done.stdout.index("Headline") < done.stdout.index("turnover a year") < done.stdout.index("load ratio")
    assert "Tiny test world" in done.stdout


def test_run_prints_json_and_nothing_else():
    done = govsim("run", TINY, "--seed", "5", "--set", "horizon.years=2", "--json", "--quiet")
    content = json.loads(done.stdout)
    assert (content["scenario"], content["seed"], content["days"]) == (TINY, 5, 756)
    assert done.stderr == ""


def test_run_shows_the_time_of_each_phase_when_asked_and_the_same_digest():
    plain, timed = (json.loads(govsim("run", TINY, "--json", *more).stdout) for more in ([], ["--profile"]))
    assert timed["digest"] == plain["digest"]
    assert {entry["phase"] for entry in timed["profile"]} > {"receive", "choose_routes", "rest"}
    page = govsim("run", TINY, "--profile").stdout
    assert page.index("Headline") < page.index("Model time by phase") < page.index("serve_communities")


def test_run_writes_its_files(tmp_path):
    done = govsim("run", TINY, "--out", str(tmp_path / "new" / "folder"), "--json")
    files = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "new" / "folder").iterdir()}
    assert set(files) == {"run.json", "monthly.csv"}
    assert json.loads(files["run.json"]) == json.loads(done.stdout)
    assert len(files["monthly.csv"].splitlines()) == 25


def test_compare_prints_a_table_and_its_caveats():
    done = govsim("compare", TINY, DERIVED, "--seeds", "2")
    words = " ".join(done.stdout.split())
    assert done.exit_code == 0
    assert "95 % t interval of the mean paired difference over 2 replicates" in words
    assert "in a synthetic district; not a finding about any real office" in words


def test_compare_speaks_chinese():
    done = govsim("compare", TINY, DERIVED, "--seeds", "2", "--lang", "zh")
    assert done.exit_code == 0
    assert "微型测试世界" in done.stdout
    assert "核心指标" in done.stdout
    assert "baseline:" not in done.stdout


def test_compare_prints_and_writes_the_same_json_whatever_the_number_of_processes(tmp_path):
    one = govsim("compare", TINY, DERIVED, "--seeds", "2", "--json", "--out", str(tmp_path))
    two = govsim("compare", TINY, DERIVED, "--seeds", "2", "--json", "--n-jobs", "2")
    assert one.stdout == two.stdout == (tmp_path / "comparison.json").read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"comparison.json", "comparison.csv", "displacement.csv"}


def test_settings_hold_for_every_arm_and_settings_of_a_reform_where_it_is():
    done = govsim("compare", TINY, DERIVED, "--seeds", "1", "--json", "--set", "reforms.second-rise.strength=0",
                  "--set", "rules.sharing=pooled", "--set", "hiring.applicants=2")  # fmt: skip
    (arm,) = json.loads(done.stdout)["arms"]
    assert {numbers["difference"] for numbers in arm["outcomes"].values()} <= {0.0, None}


@pytest.mark.parametrize("arguments", [["run", TINY], ["compare", TINY, TINY, "--seeds", "1"]])
def test_a_reform_that_a_shortened_run_does_not_reach_is_mentioned_once(arguments):
    settings = ["--set", "horizon.start=2006-01", "--set", "reforms.pay-rise.starts_on=2007-07"]
    loud, quiet = (govsim(*arguments, *settings, *more) for more in ([], ["--quiet"]))
    assert loud.exit_code == quiet.exit_code == 0
    assert loud.stderr.count("the reform 'pay-rise' starts in 2007-07, after 2006-12") == 1
    assert quiet.stderr == ""


@pytest.mark.parametrize("arguments", [["run", TINY], ["compare", TINY, DERIVED], ["demo"]])
@pytest.mark.parametrize(("lang", "words"), [("en", "GiB are free; lower world.residents"), ("zh", "可用 0.1 GiB")])
def test_a_world_for_which_the_memory_does_not_suffice_is_refused_before_the_run(monkeypatch, arguments, lang, words):
    monkeypatch.setattr(GovernanceModel, "__init__", lambda model, *_: pytest.fail("built"))
    runner = CliRunner(env={"GOVSIM_LANG": lang, "GOVSIM_MEMORY_GIB": "0.1"})
    done = runner.invoke(app, [*arguments, "--quiet"])
    assert done.exit_code == 2
    assert words in done.stderr


def test_what_the_system_has_free_is_asked_unless_a_number_is_given(tmp_path):
    table = tmp_path / "meminfo"
    assert free_bytes({}, table) is None
    table.write_text("MemTotal: 9 kB\nMemAvailable:  2048 kB\n", encoding="ascii")
    assert free_bytes({}, table) == 2048 * 1024
    assert free_bytes({"GOVSIM_MEMORY_GIB": "1.5"}, table) == 3 * 2**29
    with pytest.raises(ScenarioError, match="GOVSIM_MEMORY_GIB: must be a number of GiB"):
        free_bytes({"GOVSIM_MEMORY_GIB": "much"}, table)


def test_the_estimate_lets_the_small_pass_and_counts_every_process():
    check_room(1000, 2, {"GOVSIM_MEMORY_GIB": "1"})
    with pytest.raises(ScenarioError, match="5 processes at once"):
        check_room(1000, 5, {"GOVSIM_MEMORY_GIB": "1"})
    with pytest.raises(ScenarioError, match="50000000 residents"):
        check_room(50_000_000, 1, {"GOVSIM_MEMORY_GIB": "3"})


def test_a_comparison_needs_room_for_the_copy_that_an_arm_goes_on_with(monkeypatch):
    monkeypatch.setenv("GOVSIM_MEMORY_GIB", "1.3")
    settings = ["--set", "world.residents=9000000", "--set", "horizon.years=1"]
    check_room(9_000_000, 1, {"GOVSIM_MEMORY_GIB": "1.3"})
    result = govsim("compare", TINY, TINY, *settings)
    assert result.exit_code == 2
    assert "9000000 residents" in result.stderr


def test_quiet_says_nothing_beside_the_table(tmp_path):
    loud, quiet = (govsim("run", TINY, "--out", str(tmp_path), *more) for more in ([], ["--quiet"]))
    assert "run.json" in loud.stderr
    assert quiet.stderr == ""


@pytest.mark.parametrize("quiet", [True, False])
def test_compiling_is_announced_on_stderr_unless_quiet(monkeypatch, tmp_path, quiet):
    monkeypatch.setattr("govsim.compilation.folder.cache_directory", lambda: tmp_path / "none")
    done = govsim("run", TINY, "--json", *(["--quiet"] if quiet else []))
    assert ("compiling kernels, about half a minute, once" in done.stderr) is not quiet
    json.loads(done.stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", str(SCENARIOS / "valid" / "tinny.yaml")], "Did you mean 'tiny.yaml'?"),
        (["run", str(SCENARIOS / "valid")], "this is a folder"),
        (["run", TINY, "--set", "horizon.yeers=2"], "Did you mean 'horizon.years'?"),
        (["run", TINY, "--set", "horizon.years"], "path=value"),
        (["scenario", "check", str(SCENARIOS / "invalid" / "syntax-tab.yaml")], "tab"),
        (["compare", TINY, str(SCENARIOS / "nothing.yaml")], "no such file"),
    ],
)
def test_bad_input_is_explained_in_lines_and_exits_with_2(arguments, message):
    done = govsim(*arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_every_mistake_has_a_line_of_its_own():
    done = govsim("scenario", "check", str(SCENARIOS / "invalid" / "several-mistakes.yaml"))
    lines = done.stderr.splitlines()
    assert len(lines) > 1
    assert all("several-mistakes.yaml:" in line for line in lines)


def test_arms_of_different_worlds_are_bad_input(tmp_path):
    done = govsim("compare", TINY, str(SCENARIOS.parents[1] / "scenarios" / "liandu" / "baseline.yaml"))
    assert done.exit_code == 2
    assert "places differ" in done.stderr


@pytest.mark.parametrize("arguments", [["run", TINY], ["compare", TINY, DERIVED], ["demo"]])
def test_a_folder_that_cannot_be_written_is_found_before_the_run(monkeypatch, tmp_path, arguments):
    (tmp_path / "file").touch()
    monkeypatch.setattr(GovernanceModel, "run", lambda model: pytest.fail("ran"))
    monkeypatch.setattr(GovernanceModel, "run_for", lambda model, days: pytest.fail("ran"))
    done = govsim(*arguments, "--out", str(tmp_path / "file"))
    assert done.exit_code == 74
    assert "cannot write here" in done.stderr


@pytest.mark.parametrize("place", ["file/report.html", "folder"])
def test_a_report_that_cannot_be_written_is_found_before_the_run(monkeypatch, tmp_path, place):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    monkeypatch.setattr(GovernanceModel, "run", lambda model: pytest.fail("ran"))
    for lang, words in (("en", "cannot write here"), ("zh", "无法写入")):
        done = govsim("compare", TINY, DERIVED, "--report", str(tmp_path / place), lang=lang)
        assert done.exit_code == 74
        assert words in done.stderr


@pytest.mark.parametrize(("lang", "words"), [("en", '<html lang="en">'), ("zh", '<html lang="zh-CN">')])
def test_compare_writes_a_report_in_the_language_in_force(tmp_path, lang, words):
    report = tmp_path / "new" / "report.html"
    done = govsim("compare", TINY, DERIVED, "--seeds", "2", "--json", "--report", str(report), lang=lang)
    assert done.exit_code == 0
    json.loads(done.stdout)
    html = report.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert words in html


def test_the_demo_compares_three_reforms_of_the_package_and_writes_everything(tmp_path):
    done = govsim("demo", "--out", str(tmp_path), "--seeds", "1", "--n-jobs", "1", "--json")
    assert done.exit_code == 0
    files = {path.name for path in tmp_path.iterdir()}
    assert files == {"comparison.json", "comparison.csv", "displacement.csv", "report.html"}
    content = json.loads(done.stdout)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "govsim demo --seeds 1 --seed 1" in page
    assert "R2: " in page, "what the files say of sources is on the page"
    assert content["baseline"] == "demo/baseline.yaml"
    assert [arm["scenario"] for arm in content["arms"]] == [
        "demo/task-permit.yaml",
        "demo/pay-rise.yaml",
        "demo/merger.yaml",
    ]


def test_a_file_that_cannot_be_written_after_the_run_exits_with_74(tmp_path):
    (tmp_path / "run.json" / "in the way").mkdir(parents=True)
    assert govsim("run", TINY, "--out", str(tmp_path)).exit_code == 74


def test_bad_input_makes_no_folder(tmp_path):
    govsim("run", "nothing.yaml", "--out", str(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("arguments", [["run", TINY], ["compare", TINY, DERIVED, "--quiet"]])
def test_a_run_that_breaks_a_law_exits_with_1(monkeypatch, arguments):
    def fail(model, *_):
        raise InvariantError("month 3: minutes are missing")

    monkeypatch.setattr("govsim.experiments.compiling.warm_up", lambda *_, **__: None)
    monkeypatch.setattr(GovernanceModel, "run_for", fail)
    done = govsim(*arguments)
    assert done.exit_code == 1
    assert "minutes are missing" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_tables_of_the_model_are_printed_and_written_in_both_languages(tmp_path, lang):
    printed = govsim("odd", lang=lang)
    written = govsim("odd", "--out", str(tmp_path), "--quiet", lang=lang)
    assert (printed.exit_code, written.exit_code) == (0, 0)
    assert "join_communities" in printed.output
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(odd.pages(lang))


@pytest.mark.parametrize(("lang", "words"), [("en", "has reforms of its own (rise)"), ("zh", "本身含有改革（rise）")])
def test_a_baseline_that_has_reforms_is_mentioned_unless_quiet(lang, words):
    turned = ("compare", DERIVED, TINY, "--seeds", "1", "--json")
    reforms = [reform.id for reform in load_scenario(DERIVED).reforms]
    said = govsim(*turned, lang=lang).stderr
    assert words.replace("rise", ("、" if lang == "zh" else ", ").join(reforms)) in said
    assert not govsim(*turned, "--quiet", lang=lang).stderr
