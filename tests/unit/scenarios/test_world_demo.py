"""The world that comes with the package: two streets after Liandu, three reforms alone and together."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

import govsim
from govsim import GovernanceModel, load_scenario
from tests.world_files import ACCUSING, CODE, WorldFiles, institution_in, title_count

DEMO = WorldFiles(Path(govsim.__file__).parent / "scenarios" / "demo")
LIANDU = WorldFiles(Path(__file__).parents[3] / "scenarios" / "liandu")
USES = {
    "all-three": ["task_permit", "pay_rise", "village_merger"],
    "baseline": [],
    "merger": ["village_merger"],
    "pay-rise": ["pay_rise"],
    "task-permit": ["task_permit"],
}
ALL = sorted(USES)
DERIVED = [name for name in ALL if name != "baseline"]
SINGLE = [name for name in DERIVED if len(USES[name]) == 1]
FIGURES = ["Q2", "Q3", "Q4", "Q5", "Q6", "Q8", "Q9", "Q10", "Q13", "Q15"]


# tables ----------------------------------------------------------------------------------------------------


def test_two_streets_of_ten_communities_have_120_000_residents():
    assert [row["id"] for row in DEMO.rows("communities")] == [f"lm-{n:02d}" for n in range(1, 21)]
    assert Counter(DEMO.street_of().values()) == {"lm-street-1": 10, "lm-street-2": 10}
    assert sum(DEMO.residents().values()) == 120_000


def test_communities_have_5_000_to_7_000_residents_but_for_one_in_each_street_above_10_000():
    street, residents = DEMO.street_of(), DEMO.residents()
    large = [name for name, number in residents.items() if number > 10_000]
    assert [street[name] for name in large] == ["lm-street-1", "lm-street-2"]
    assert all(5_000 <= number <= 7_000 for name, number in residents.items() if name not in large)


def test_communities_have_six_or_seven_posts_and_six_and_a_half_on_average():
    posts = DEMO.posts()
    assert set(posts.values()) == {6, 7}
    assert mean(posts.values()) == 6.5


def test_every_street_has_seven_organs_twenty_cadres_and_no_power_to_enforce():
    rows = DEMO.rows("streets")
    assert {(row["organs"], row["cadres"], row["enforcement"]) for row in rows} == {("7", "20", "0")}


def test_what_is_assumed_as_in_liandu_has_the_same_columns_and_stays_near_its_range():
    assert list(DEMO.rows("communities")[0]) == list(LIANDU.rows("communities")[0])
    for column in ("own_income_yuan_per_year", "topup_yuan_per_month"):
        here, there = ([int(row[column]) for row in world.rows("communities")] for world in (DEMO, LIANDU))
        assert min(there) <= min(here) < max(here) <= max(there)
        assert mean(here) == pytest.approx(mean(there), rel=0.15)
    assert DEMO.mean_way_km() == pytest.approx(LIANDU.mean_way_km(), abs=0.05)
    upstairs = [mean(int(row["upper_floor"]) for row in world.rows("communities")) for world in (DEMO, LIANDU)]
    assert upstairs[0] == pytest.approx(upstairs[1], abs=0.03)


def test_no_community_promises_top_ups_that_its_own_income_cannot_pay():
    for row in DEMO.rows("communities"):
        paid = 12 * int(row["posts"]) * int(row["topup_yuan_per_month"])
        assert paid <= int(row["own_income_yuan_per_year"])


def test_places_are_numbered_and_bear_no_real_name():
    for row in DEMO.rows("streets"):
        assert re.fullmatch(r"Street [12]", row["en"])
        assert re.fullmatch(r"第[一二]街道", row["zh"])
    for row in DEMO.rows("communities"):
        assert row["en"] == f"Community {int(row['id'][3:])}"
        assert re.fullmatch(r"第[一二三四五六七八九十]+社区", row["zh"])


@pytest.mark.parametrize("name", ["communities", "settlements", "streets"])
def test_no_two_places_of_a_table_share_an_id_or_a_name(name):
    table = DEMO.rows(name)
    for column in ("id", "en", "zh"):
        assert len({row[column] for row in table}) == len(table)


# groups ----------------------------------------------------------------------------------------------------


def test_the_merger_joins_all_communities_in_pairs_of_neighbours_of_one_street():
    (merger,) = DEMO.mergers("merger")
    assert merger["mode"] == "merged"
    assert [sorted(pair) for pair in merger["groups"]] == [[f"lm-{n:02d}", f"lm-{n + 1:02d}"] for n in range(1, 20, 2)]
    street = DEMO.street_of()
    assert all(street[seat] == street[other] for seat, other in merger["groups"])


def test_the_seat_is_the_larger_of_the_two():
    residents = DEMO.residents()
    assert all(residents[seat] >= residents[other] for seat, other in DEMO.mergers("merger")[0]["groups"])


# words -----------------------------------------------------------------------------------------------------


def test_the_folder_holds_the_scenarios_that_these_tests_know():
    assert DEMO.scenarios == ALL


def test_the_folder_is_data_and_no_package():
    assert {path.suffix for path in DEMO.folder.iterdir()} == {".csv", ".yaml"}


@pytest.mark.parametrize("name", ALL)
def test_titles_say_in_both_languages_that_the_world_is_synthetic(name):
    title = DEMO.content(name)["title"]
    assert title["en"].startswith("Synthetic, Liandu-like, about 2007: ")
    assert title["zh"].startswith("合成情景，参照莲都区，约2007年：")
    assert f"; {len(FIGURES)} figures from the source, " in title["en"]
    assert f"；{len(FIGURES)}项数字取自原文，" in title["zh"]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_title_counts_the_assumptions_that_the_descriptions_number(name, language):
    count = title_count(DEMO.content(name)["title"], "assumptions", "项为假设")
    assert DEMO.numbered_assumptions(name, language) == list(range(1, count + 1))


def test_the_description_names_the_codes_of_the_figures():
    description = DEMO.content("baseline")["description"]
    assert "(Q2-Q6, Q8-Q10, Q13, Q15)" in description["en"]
    assert "（Q2-Q6、Q8-Q10、Q13、Q15）" in description["zh"]


@pytest.mark.parametrize("name", ["task-permit", "all-three"])
def test_a_permit_is_said_to_be_told_of_another_district(name):
    description = DEMO.content(name)["description"]
    assert "another district (S4, inferred to be Qingyunpu)" in description["en"]
    assert "另一个区（S4，据推断为青云谱区）" in description["zh"]


@pytest.mark.parametrize("name", ALL)
def test_a_description_ends_with_what_the_results_are_not(name):
    description = DEMO.content(name)["description"]
    assert description["en"].rstrip().endswith("describe no real office.")
    assert description["zh"].endswith("不代表任何真实机构。")


@pytest.mark.parametrize("path", sorted(DEMO.folder.iterdir()), ids=lambda path: path.name)
def test_no_file_accuses_anybody(path):
    assert not ACCUSING.search(DEMO.text(path.name).lower())


# scenarios -------------------------------------------------------------------------------------------------


def test_the_baseline_reports_three_years_after_two_of_warm_up():
    baseline = DEMO.content("baseline")
    assert baseline["horizon"] == {"start": "2007-01", "years": 3, "warm_up_years": 2}
    assert baseline["as_of"] == 2007
    assert "reforms" not in baseline
    assert "parameters" not in baseline


@pytest.mark.parametrize("name", DERIVED)
def test_a_reformed_district_extends_the_baseline_and_changes_nothing_but_reforms(name):
    scenario = DEMO.content(name)
    assert scenario["extends"] == "baseline.yaml"
    assert set(scenario) == {"extends", "schema", "id", "title", "description", "reforms"}
    assert scenario["id"] == f"demo-{name}"
    assert [reform["use"] for reform in scenario["reforms"]] == USES[name]


def test_all_three_reforms_together_are_the_same_as_each_alone():
    alone = {USES[name][0]: DEMO.content(name)["reforms"][0] for name in SINGLE}
    assert DEMO.content("all-three")["reforms"] == [alone[use] for use in USES["all-three"]]


@pytest.mark.parametrize("name", DERIVED)
def test_every_reform_starts_in_january_2007_and_names_its_sources_and_guesses(name):
    for reform in DEMO.content(name)["reforms"]:
        assert str(reform["starts_on"]) == "2007-01"
        assert all(CODE.match(source) for source in reform["sources"])
        guesses = [source for source in reform["sources"] if source.startswith("GUESS")]
        assert 0 < len(guesses) < len(reform["sources"])


@pytest.mark.parametrize("name", ALL)
def test_the_scenario_loads_with_its_reforms_and_all_its_residents(name):
    scenario = load_scenario(DEMO.folder / f"{name}.yaml")
    assert scenario.id == f"demo-{name}"
    assert sorted(reform.use for reform in scenario.reforms) == sorted(USES[name])
    assert scenario.institution.places.n_residents == 120_000


def test_ten_offices_serve_all_residents_after_the_merger():
    graph = institution_in(load_scenario(DEMO.folder / "merger.yaml"), 0).organisation
    served = {settlement: office for office, settlement, relation in graph.edges(keys=True) if relation == "serves"}
    assert set(served) == {row["id"] for row in DEMO.rows("settlements")}
    assert set(served.values()) == {seat for seat, _ in DEMO.mergers("merger")[0]["groups"]}


def test_the_baseline_runs_a_year_at_about_the_load_of_an_urban_committee():
    model = GovernanceModel(
        load_scenario(DEMO.folder / "baseline.yaml", ["horizon.years=1", "horizon.warm_up_years=0"])
    )
    model.run()
    assert model.outcomes()["load_ratio"] == pytest.approx(1.115, abs=0.1)
