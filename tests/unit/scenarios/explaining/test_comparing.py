"""Two scenarios differ in what decides numbers, and in nothing that only names."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from govsim.language import using
from govsim.scenarios import load_scenario
from govsim.scenarios.explaining.comparing import compare_scenarios
from govsim.scenarios.explaining.difference_page import difference_page

VALID = Path(__file__).parents[3] / "scenarios" / "valid"
TINY = VALID / "tiny.yaml"


def differences(settings, path=TINY):
    return compare_scenarios(load_scenario(TINY), load_scenario(path, settings))


def test_a_scenario_does_not_differ_from_itself():
    scenario = load_scenario(TINY)
    found = compare_scenarios(scenario, scenario)
    assert not found
    assert difference_page(scenario, scenario, found).endswith("nothing that decides a number is different")


@pytest.mark.parametrize(
    ("setting", "part", "line"),
    [
        ("horizon.years=2", "run", "years: 1 -> 2"),
        ("horizon.start=2007-02", "run", "start: 2007-01 -> 2007-02"),
        ("horizon.warm_up_years=2", "run", "warm_up_years: 1 -> 2"),
        ("rules.sharing=own_line_only", "rules", "sharing: pooled -> own_line_only"),
        ("hiring.applicants=4", "parameters", "hiring.applicants: 3 -> 4"),
        ("reforms.pay-rise.rise_share=0.1", "reforms", "'pay-rise': rise_share: 0.3 -> 0.1"),
        ("reforms.pay-rise.in_streets=[west]", "reforms", "'pay-rise': in_streets: [east] -> [west]"),
        ("reforms.pay-rise.ends_on=2008-01", "reforms", "'pay-rise': ends_on: empty -> 2008-01"),
        ("world.residents=1500", "world", "communities only in the second: east-1~2, east-2~2"),
    ],
)
def test_what_a_setting_changes_is_named_and_nothing_else(setting, part, line):
    found = differences([setting])
    parts = {name for name in ("run", "world", "work", "rules", "parameters", "reforms") if getattr(found, name)}
    expected = {part, "reforms"} if part == "world" else {part}  # the reform holds in the copies as well
    assert parts == expected
    scenarios = load_scenario(TINY), load_scenario(TINY, [setting])
    assert line in difference_page(*scenarios, found)


def test_reforms_that_only_one_of_them_has_are_named_with_it():
    first, second = load_scenario(TINY), load_scenario(VALID / "derived.yaml")
    there, back = compare_scenarios(first, second), compare_scenarios(second, first)
    assert [(each.id, each.where) for each in there.reforms] == [("second-rise", "second")]
    assert [(each.id, each.where) for each in back.reforms] == [("second-rise", "first")]
    assert "'second-rise' (pay_rise) only in the second" in difference_page(first, second, there)


def test_the_graphs_are_those_of_the_last_month():
    ended = load_scenario(TINY, ["reforms.pay-rise.ends_on=2007-12"])
    found = compare_scenarios(ended.without_reforms(), ended)
    assert found.reforms
    assert not found.graph
    full = load_scenario(TINY)
    (change,) = compare_scenarios(full.without_reforms(), full).graph.edges
    assert (change.relation, change.n_targets, change.terms[0].after) == ("funds", 2, (1.3, 1.3))


def test_rows_of_tables_are_compared_by_id_and_names_decide_nothing(tmp_path):
    folder = shutil.copytree(VALID, tmp_path / "valid")
    table = folder / "communities.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("East 1", "East One"), encoding="utf-8")
    assert not differences([], folder / "tiny.yaml")
    table.write_text(text.replace("east,6,", "east,5,"), encoding="utf-8")
    (rows,) = differences([], folder / "tiny.yaml").world
    assert (rows.table, rows.only_first, rows.only_second, rows.other_values) == ("communities", (), (), ("east-1",))


def test_the_catalogue_of_work_is_compared_too(tmp_path):
    folder = shutil.copytree(VALID, tmp_path / "valid")
    table = folder / "catalogue" / "requests.csv"
    header, first, *rest = table.read_text(encoding="utf-8").splitlines()
    name = first.split(",")[0]
    table.write_text("\n".join([header, first.replace(name, "renamed", 1), *rest]), encoding="utf-8")
    (rows,) = differences([], folder / "tiny.yaml").work
    assert (rows.table, rows.only_first, rows.only_second) == ("requests", (name,), ("renamed",))


def test_the_page_in_chinese_leaves_only_names_in_english():
    first, second = load_scenario(TINY), load_scenario(VALID / "derived.yaml", ["horizon.years=2"])
    with using("zh"):
        text = difference_page(first, second, compare_scenarios(first, second)).split("\n", 1)[1]
    text = re.sub(r"“[^”]*”|（[a-z_]+）|[a-z_.]+：", "", text).replace("pooled → own_line_only", "")
    assert not re.search("[A-Za-z]{2,}", text), text
