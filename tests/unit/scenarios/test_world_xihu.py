"""The world of Xihu: its totals are the source's, and it says what is borrowed, inferred and assumed."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from govsim import load_scenario

XIHU = Path(__file__).parents[3] / "scenarios" / "xihu"
REFORMS = {
    "baseline": [],
    "task-permit": ["task_permit"],
    "inspection-cut": ["inspection_cut"],
    "pay-rise": ["pay_rise"],
    "permit-and-inspection-cut": ["task_permit", "inspection_cut"],
    "permit-and-pay-rise": ["task_permit", "pay_rise"],
    "permit-inspection-cut-and-pay-rise": ["task_permit", "inspection_cut", "pay_rise"],
}
ALL = sorted(REFORMS)
DERIVED = sorted(name for name in REFORMS if name != "baseline")
FIGURES = ("Q52", "Q53", "Q54", "Q55", "Q73")
CODE = re.compile(r"^(?:[QRCPM][1-9][0-9]?|E[1-9]|GUESS): \S")


def rows(name):
    with (XIHU / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def content(name):
    return YAML(typ="safe", pure=True).load((XIHU / f"{name}.yaml").read_text(encoding="utf-8"))


def residents_by_community():
    total = Counter()
    for row in rows("settlements.csv"):
        total[row["community"]] += int(row["residents"])
    return total


def residents_by_street():
    street = {row["id"]: row["street"] for row in rows("communities.csv")}
    total = Counter()
    for community, residents in residents_by_community().items():
        total[street[community]] += residents
    return total


# tables ----------------------------------------------------------------------------------------------------


def test_ten_streets_have_fifty_to_eighty_thousand_residents_each_and_no_two_the_same():
    streets = residents_by_street()
    assert set(streets) == {f"xihu-street-{n:02d}" for n in range(1, 11)}
    assert all(50_000 <= residents <= 80_000 for residents in streets.values())
    assert len(set(streets.values())) == 10


def test_the_district_has_650_000_residents_so_the_mean_street_lies_in_the_middle_of_the_range():
    assert sum(int(row["residents"]) for row in rows("settlements.csv")) == 650_000


def test_there_is_a_community_for_each_of_the_108_coordination_bodies():
    assert [row["id"] for row in rows("communities.csv")] == [f"x{n:03d}" for n in range(1, 109)]


def test_every_street_has_ten_or_eleven_communities_and_a_smaller_street_never_more():
    counts = Counter(row["street"] for row in rows("communities.csv"))
    assert set(counts.values()) == {10, 11}
    residents = residents_by_street()
    assert max(residents[street] for street in counts if counts[street] == 10) < min(
        residents[street] for street in counts if counts[street] == 11
    )


def test_the_mean_community_has_6_019_residents_and_none_is_far_from_it():
    residents = residents_by_community()
    assert round(sum(residents.values()) / len(residents)) == 6019
    assert all(3_000 <= number <= 10_000 for number in residents.values())
    assert len(set(residents.values())) > 80


def test_communities_have_six_or_seven_posts_and_six_and_a_half_on_average():
    posts = [int(row["posts"]) for row in rows("communities.csv")]
    assert set(posts) == {6, 7}
    assert sum(posts) / len(posts) == pytest.approx(6.5, abs=0.05)


def test_every_street_has_seven_organs_twenty_cadres_and_no_power_to_enforce():
    streets = rows("streets.csv")
    assert {row["id"] for row in streets} == {row["street"] for row in rows("communities.csv")}
    assert len(streets) == 10
    assert {(row["organs"], row["cadres"], row["enforcement"]) for row in streets} == {("7", "20", "0")}


def test_streets_and_communities_are_numbered_and_bear_no_real_name():
    for row in rows("streets.csv"):
        assert re.fullmatch(r"Street [1-9][0-9]?", row["en"])
        assert re.fullmatch(r"第[一二三四五六七八九十]+街道", row["zh"])
    for row in rows("communities.csv"):
        assert row["en"] == f"Community {int(row['id'][1:])}"
        assert re.fullmatch(r"第[零一二三四五六七八九十百]+社区", row["zh"])


@pytest.mark.parametrize("name", ["communities.csv", "settlements.csv", "streets.csv"])
def test_no_two_places_of_a_table_share_an_id_or_a_name(name):
    table = rows(name)
    for column in ("id", "en", "zh"):
        assert len({row[column] for row in table}) == len(table)


def test_every_community_has_two_or_three_settlements_within_a_walk():
    settlements = rows("settlements.csv")
    counts = Counter(row["community"] for row in settlements)
    assert set(counts) == {row["id"] for row in rows("communities.csv")}
    assert set(counts.values()) == {2, 3}
    assert 220 <= len(settlements) <= 240
    assert all(row["id"].startswith(f"{row['community']}-") for row in settlements)
    assert all(0.2 <= float(row["distance_km"]) <= 0.8 for row in settlements)


def test_what_is_borrowed_from_liandu_stays_within_its_range():
    with (XIHU.parent / "liandu" / "communities.csv").open(encoding="utf-8", newline="") as file:
        liandu = list(csv.DictReader(file))
    xihu = rows("communities.csv")
    assert list(xihu[0]) == list(liandu[0])
    for column in ("own_income_yuan_per_year", "topup_yuan_per_month"):
        there = [int(row[column]) for row in liandu]
        here = [int(row[column]) for row in xihu]
        assert min(there) <= min(here) < max(here) <= max(there)
        assert sum(here) / len(here) == pytest.approx(sum(there) / len(there), rel=0.1)
    upstairs = [sum(int(row["upper_floor"]) for row in table) / len(table) for table in (xihu, liandu)]
    assert upstairs[0] == pytest.approx(upstairs[1], abs=0.03)


def test_no_community_promises_top_ups_that_its_own_income_cannot_pay():
    for row in rows("communities.csv"):
        paid = 12 * int(row["posts"]) * int(row["topup_yuan_per_month"])
        assert paid <= int(row["own_income_yuan_per_year"])


# words -----------------------------------------------------------------------------------------------------


def test_the_folder_holds_the_scenarios_that_these_tests_know():
    assert sorted(path.stem for path in XIHU.glob("*.yaml")) == ALL


@pytest.mark.parametrize("name", ALL)
def test_titles_say_in_both_languages_that_the_world_is_synthetic_inferred_and_in_part_borrowed(name):
    title = content(name)["title"]
    assert title["en"].startswith("Synthetic, Xihu-like (place inferred from street names), about 2007: ")
    assert "posts, pay and offices borrowed from Liandu" in title["en"]
    assert title["zh"].startswith("合成情景，参照西湖区（地点据街道名称推断），约2007年：")
    assert "岗位、工资与办公条件借用莲都区数据" in title["zh"]


def test_the_description_says_in_both_languages_that_the_place_is_inferred_and_what_the_source_does_not_give():
    description = content("baseline")["description"]
    assert "Xihu in Nanchang is inferred" in description["en"]
    assert "南昌市西湖区系据街道名称推断" in description["zh"]
    assert "Neither gives posts, pay or offices" in description["en"]
    assert "均未给出社区的岗位、工资和办公条件" in description["zh"]


@pytest.mark.parametrize("name", ALL)
def test_a_title_counts_the_assumptions_that_the_descriptions_number(name):
    title = content(name)["title"]
    count = int(re.search(r", (\d+) assumptions$", title["en"])[1])
    assert int(re.search(r"，(\d+)项为假设$", title["zh"])[1]) == count
    for language, pattern in (("en", r"\((\d+)\) "), ("zh", r"（(\d+)）")):
        parts = ["baseline"] if name == "baseline" else ["baseline", name]
        numbered = [int(n) for part in parts for n in re.findall(pattern, content(part)["description"][language])]
        assert numbered == list(range(1, count + 1))


@pytest.mark.parametrize("name", ALL)
def test_a_title_counts_the_figures_that_come_from_the_source(name):
    title = content(name)["title"]
    assert f"; {len(FIGURES)} figures from the source, " in title["en"]
    assert f"；{len(FIGURES)}项数字取自原文，" in title["zh"]


def test_the_description_names_the_codes_of_the_figures():
    first, last = FIGURES[0], FIGURES[-2]
    description = content("baseline")["description"]
    assert f"({first}-{last}, {FIGURES[-1]})" in description["en"]
    assert f"（{first}-{last}、{FIGURES[-1]}）" in description["zh"]


@pytest.mark.parametrize("name", ALL)
def test_a_description_ends_with_what_the_results_are_not(name):
    description = content(name)["description"]
    assert description["en"].rstrip().endswith("describe no real office.")
    assert description["zh"].endswith("不代表任何真实机构。")


@pytest.mark.parametrize("path", sorted(XIHU.iterdir()), ids=lambda path: path.name)
def test_no_file_accuses_anybody(path):
    text = path.read_text(encoding="utf-8").lower()
    assert not re.search(r"fak(e|ing)|shirk|falsif|造假|弄虚作假|偷懒|推诿", text)


# scenarios -------------------------------------------------------------------------------------------------


def test_the_baseline_has_no_reform_and_states_its_tables_and_rules():
    baseline = content("baseline")
    assert baseline["world"] == {
        "communities": "communities.csv",
        "settlements": "settlements.csv",
        "streets": "streets.csv",
    }
    assert baseline["rules"] == {
        "priority": "most_pressing_first",
        "sharing": "own_line_first",
        "voice": "weigh_costs",
        "hiring": "continuous",
        "blocking": "returned_blocks_line",
    }
    assert baseline["as_of"] == 2007
    assert "reforms" not in baseline


@pytest.mark.parametrize("name", DERIVED)
def test_a_reformed_district_extends_the_baseline_and_changes_nothing_but_reforms(name):
    scenario = content(name)
    assert scenario["extends"] == "baseline.yaml"
    assert set(scenario) == {"extends", "schema", "id", "title", "description", "reforms"}
    assert scenario["id"] == f"xihu-{name}"
    assert [reform["use"] for reform in scenario["reforms"]] == REFORMS[name]


@pytest.mark.parametrize("name", DERIVED)
def test_every_reform_starts_in_january_2007_and_names_its_sources_and_guesses(name):
    for reform in content(name)["reforms"]:
        assert str(reform["starts_on"]) == "2007-01"
        assert all(CODE.match(source) for source in reform["sources"])
        guesses = [source for source in reform["sources"] if source.startswith("GUESS")]
        assert 0 < len(guesses) < len(reform["sources"])


@pytest.mark.parametrize("name", DERIVED)
def test_a_reform_is_the_same_alone_and_beside_others(name):
    alone = {uses[0]: content(single)["reforms"] for single, uses in REFORMS.items() if len(uses) == 1}
    for reform in content(name)["reforms"]:
        assert [reform] == alone[reform["use"]]


@pytest.mark.parametrize("name", [name for name in DERIVED if "task_permit" in REFORMS[name]])
def test_a_permit_is_said_to_be_told_of_another_district(name):
    description = content(name)["description"]
    assert "another district (S4, inferred to be Qingyunpu)" in description["en"]
    assert "另一个区（S4，据推断为青云谱区）" in description["zh"]


@pytest.mark.parametrize("name", ALL)
def test_the_scenario_loads_with_its_reforms_and_all_its_residents(name):
    scenario = load_scenario(XIHU / f"{name}.yaml")
    assert scenario.id == f"xihu-{name}"
    assert [reform.use for reform in scenario.reforms] == sorted(REFORMS[name])
    assert scenario.institution.places.n_residents == 650_000
    assert len(scenario.institution.places.streets) == 10
