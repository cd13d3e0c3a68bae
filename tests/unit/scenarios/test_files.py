"""Scenario files are listed, resolved and begun; what is written loads at once and overwrites nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from govsim.errors import ScenarioError
from govsim.language import using
from govsim.reforms import REFORMS
from govsim.scenarios import load_scenario, new_file
from govsim.scenarios.complaints import Complaints
from govsim.scenarios.document import read_document
from govsim.scenarios.json_schema import scenario_schema
from govsim.scenarios.listing import list_scenarios
from govsim.scenarios.loader import resolve_scenario
from govsim.scenarios.new_file import write_new
from govsim.scenarios.resolved_file import resolved_text
from govsim.scenarios.schema import ScenarioFile
from govsim.scenarios.sentences import keys_of

ROOT = Path(__file__).parents[3]
VALID = ROOT / "tests" / "scenarios" / "valid"
INVALID = ROOT / "tests" / "scenarios" / "invalid"
MERGER = "reforms: [{use: village_merger, id: join, starts_on: 2007-01, groups: [[east-2, east-1]]}]\n"


@pytest.fixture
def places(tmp_path):
    """Return a folder of places: the tiny world and those that come with the project."""
    shutil.copytree(VALID, tmp_path / "places" / "valid")
    for folder in sorted((ROOT / "scenarios").iterdir()):
        shutil.copytree(folder, tmp_path / "places" / folder.name)
    return tmp_path / "places"


def resolved_again(path, settings=(), lang="en"):
    """Return a scenario and what it is after it was written out and loaded again."""
    resolved = resolve_scenario(path, settings)
    with using(lang):
        text = resolved_text(resolved)
    again = path.with_name(f"resolved-{path.name}")
    again.write_text(text, encoding="utf-8")
    return resolved.scenario, load_scenario(again), text


# Resolved files.


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_resolved_file_has_the_fingerprint_of_what_it_was_made_from(places, lang):
    for path in sorted(places.rglob("*.yaml")):
        before, after, text = resolved_again(path, lang=lang)
        assert after.fingerprint() == before.fingerprint(), path
        assert (after.id, after.title_zh, after.as_of) == (before.id, before.title_zh, before.as_of)
        assert [reform.sources for reform in after.reforms] == [reform.sources for reform in before.reforms]
        assert "extends" not in text.split("schema:")[1]


@pytest.mark.parametrize(
    "settings",
    [
        ["world.residents=2345"],
        ["horizon.years=3", "rules.voice=always"],
        ["strain.gain_per_day=5.5e-2", "hiring.applicants=1"],
        ["reforms.pay-rise.in_streets=[west]", "reforms.pay-rise.strength=0.25"],
        ["reforms.pay-rise.sources=['a: b', 'no', '2007', \"it's\", '- x', '#']"],
    ],
)
def test_settings_are_written_into_a_resolved_file(places, settings):
    before, after, text = resolved_again(places / "valid" / "tiny.yaml", settings)
    assert after.fingerprint() == before.fingerprint() != load_scenario(VALID / "tiny.yaml").fingerprint() or (
        "sources" in settings[0] and after.reforms == before.reforms
    )
    assert settings[0] in text


def test_a_setting_cannot_break_out_of_its_comment(places):
    settings = ['reforms.pay-rise.sources=["a\n  b"]']
    before, after, _ = resolved_again(places / "valid" / "tiny.yaml", settings)
    assert after.reforms == before.reforms


def test_paths_of_a_base_in_another_folder_count_from_the_new_file(places):
    folder = places / "elsewhere"
    folder.mkdir()
    path = folder / "mine.yaml"
    path.write_text(f"extends: ../valid/tiny.yaml\nid: mine\n{MERGER}", encoding="utf-8")
    before, after, text = resolved_again(path)
    assert "communities: ../valid/communities.csv" in text
    assert after.fingerprint() == before.fingerprint()


# Lists.


def test_a_list_names_place_title_and_reforms_and_leaves_out_other_files(places):
    (places / "valid" / "plan.yaml").write_text("plan: 1\n", encoding="utf-8")
    (places / ".hidden").mkdir()
    shutil.copy(VALID / "tiny.yaml", places / ".hidden" / "tiny.yaml")
    found = {Path(each.path).relative_to(places).as_posix(): each for each in list_scenarios(places)}
    assert set(found) == {path.relative_to(places).as_posix() for path in places.rglob("*/*.yaml")} - {
        "valid/plan.yaml",
        ".hidden/tiny.yaml",
    }
    derived = found["valid/derived.yaml"]
    assert (derived.place, derived.title_en) == ("valid", "Tiny test world with a second pay rise")
    assert derived.reforms == ("pay_rise", "pay_rise")


def test_a_file_that_cannot_be_read_is_listed_with_what_is_wrong(places):
    (places / "valid" / "tiny.yaml").write_text("schema: [", encoding="utf-8")
    found = {Path(each.path).name: each for each in list_scenarios(places / "valid")}
    assert "not valid YAML" in found["tiny.yaml"].problem
    assert "not valid YAML" in found["derived.yaml"].problem


# New files.


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("reforms", [[], *([name] for name in REFORMS), [*REFORMS], ["pay_rise", "pay_rise"]])
def test_a_new_file_loads_at_once_with_its_reforms(places, reforms, lang):
    path = places / "xihu" / "My new.yaml"
    with using(lang):
        assert write_new(path, None, reforms) == [path]
    scenario = load_scenario(path)
    assert scenario.id == "my-new"
    assert sorted(reform.use for reform in scenario.reforms) == sorted(reforms)
    base = load_scenario(places / "xihu" / "baseline.yaml")
    assert scenario.institution == base.institution or scenario.fingerprint()
    for reform in scenario.reforms:
        defaults = {name: info.default for name, info in type(reform).model_fields.items() if not info.is_required()}
        assert {name: getattr(reform, name) for name in defaults if name != "sources"} == {
            name: value for name, value in defaults.items() if name != "sources"
        }
        assert reform.sources[0].startswith("GUESS")


def test_every_line_of_a_reform_says_what_it_is(places):
    path = places / "xihu" / "new.yaml"
    write_new(path, None, ["task_permit"])
    entry = path.read_text(encoding="utf-8").split("reforms:\n")[1].splitlines()
    assert all("# " in line for line in entry if not line.startswith("    id:"))


def test_a_new_file_gives_its_reforms_ids_that_the_base_has_not(places):
    path = places / "valid" / "new.yaml"
    write_new(path, places / "valid" / "tiny.yaml", ["pay_rise"])
    assert [reform.id for reform in load_scenario(path).reforms] == ["pay-rise", "pay-rise-2"]


def test_a_new_file_may_build_on_a_file_in_a_folder_beside_it(places):
    path = places / "mine" / "new.yaml"
    write_new(path, places / "xihu" / "baseline.yaml", ["pay_rise"])
    assert len(load_scenario(path).reforms) == 1


@pytest.mark.parametrize("name", ["2007.yaml", "中文.yaml", "A B.C.yaml", "--x.yaml", "no.yaml"])
def test_any_name_of_a_file_gives_an_id_that_can_be_used(places, name):
    path = places / "xihu" / name
    write_new(path, None, [])
    assert load_scenario(path).id


def test_nothing_is_overwritten(places):
    path = places / "xihu" / "pay-rise.yaml"
    before = path.read_bytes()
    with pytest.raises(ScenarioError, match="nothing is written over it"):
        write_new(path, None, [])
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("file", "base", "reforms", "words"),
    [
        ("xihu/new.yaml", None, ["pay_raise"], "Did you mean 'pay_rise'?"),
        ("xihu/new.yaml", "xihu/pay-rise.yaml", [], "itself extends another file"),
        ("xihu/new.yaml", "xihu/nothing.yaml", [], "there is no such file"),
        ("deep/er/new.yaml", "xihu/baseline.yaml", [], "leads outside the project"),
        ("xihu/new/baseline.yaml", None, [], "is the name of the scenario that others build on"),
    ],
)
def test_what_cannot_be_begun_leaves_nothing_behind(places, file, base, reforms, words):
    before = sorted(places.rglob("*"))
    with pytest.raises(ScenarioError, match=words.replace("?", "\\?")):
        write_new(places / file, places / base if base else None, reforms)
    assert sorted(places.rglob("*")) == before


@pytest.fixture
def demo(monkeypatch):
    """Let the world of the demo be the tiny one."""
    monkeypatch.setattr(new_file, "DEMO", ROOT / "scenarios" / "liandu")


def test_where_there_is_no_baseline_the_world_of_the_demo_is_copied(tmp_path, demo):
    path = tmp_path / "mine" / "new.yaml"
    written = write_new(path, None, ["pay_rise"])
    assert {each.name for each in written} == {"new.yaml", "baseline.yaml", "communities.csv", "settlements.csv"}
    assert load_scenario(path).n_residents == load_scenario(ROOT / "scenarios" / "liandu" / "baseline.yaml").n_residents


def test_a_table_in_the_way_of_the_demo_s_stops_it_and_nothing_is_left_behind(tmp_path, demo):
    (tmp_path / "settlements.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"settlements\.csv: there is a file of this name already"):
        write_new(tmp_path / "new.yaml", None, [])
    assert [path.name for path in tmp_path.iterdir()] == ["settlements.csv"]
    assert (tmp_path / "settlements.csv").read_text(encoding="utf-8") == "mine"


# The schema.


def test_the_schema_knows_every_key_of_a_scenario_and_of_each_reform():
    schema = scenario_schema()
    assert set(schema["properties"]) == set(keys_of(ScenarioFile))
    for name, reform in REFORMS.items():
        entry = schema["$defs"][name]
        assert set(entry["properties"]) == set(reform.model_fields)
        assert entry["properties"]["use"]["const"] == name
        assert {"use", "id", "starts_on"} <= set(entry["required"])
        assert all(each["description"] for each in entry["properties"].values())
    assert len(schema["properties"]["reforms"]["items"]["oneOf"]) == len(REFORMS)


def test_the_schema_of_one_reform_lets_in_no_other():
    schema = scenario_schema(["pay_rise"])
    assert schema["properties"]["reforms"]["items"]["oneOf"] == [{"$ref": "#/$defs/pay_rise"}]
    assert "task_permit" not in schema["$defs"]


def test_the_schema_speaks_the_language_in_force():
    with using("zh"):
        fields = scenario_schema()["$defs"]["pay_rise"]["properties"]
    assert fields["rise_share"]["description"] == "财政工资提高的比例"


def values_of(path):
    """Return the values of a file as JSON has them, or None if the guard refuses it."""
    complaints = Complaints()
    try:
        tree = read_document(path, complaints).tree
        complaints.raise_any()
        return json.loads(json.dumps(tree, allow_nan=False))
    except (ScenarioError, ValueError):
        return None


def test_the_schema_lets_in_valid_files_and_refuses_wrong_types_keys_and_ranges():
    jsonschema = pytest.importorskip("jsonschema")
    schema = scenario_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in [*sorted(VALID.glob("*.yaml")), *sorted((ROOT / "scenarios").rglob("*.yaml"))]:
        assert list(validator.iter_errors(values_of(path))) == [], path
    # What only the loader can know: other files, the world, the calendar; and 1.0, which JSON takes for whole.
    known_to_the_loader = ("extends-", "reference-", "duplicate-", "merger-", "semantics-", "conflict-", "resource-")
    exceptions = {"range-end-before-start", "range-ends-when-it-starts", "range-starts-before-run"}
    exceptions |= {
        "range-starts-after-run",
        "range-starts-after-run-in-base",
        "type-float-for-integer",
        "type-exponent-for-integer",
    }
    wrong = [path for path in sorted(INVALID.glob("*.yaml")) if not path.name.startswith(known_to_the_loader)]
    let_in = [path.stem for path in wrong if (values := values_of(path)) is not None and validator.is_valid(values)]
    assert set(let_in) <= exceptions
