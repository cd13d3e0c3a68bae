"""The world of no named place: what the source says of the countryside in general, and everything else assumed."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from govsim import GovernanceModel, load_scenario
from tests.world_files import ACCUSING, CODE, WorldFiles, institution_in, title_count

COUNTRYSIDE = WorldFiles(Path(__file__).parents[3] / "scenarios" / "countryside")
MODES = {
    "baseline": [],
    "federation": ["single", "federated"],
    "federation-then-merger": ["single", "federated", "merged"],
    "merger": ["single", "merged"],
    "merger-asked": ["single", "merged"],
}
ALL = sorted(MODES)
DERIVED = [name for name in ALL if name != "baseline"]


def entry(name, mode):
    (found,) = [entry for entry in COUNTRYSIDE.mergers(name) if entry["mode"] == mode]
    return found


def offices_in(name, month):
    """Return the offices that serve residents in a month after the warm-up."""
    graph = institution_in(load_scenario(COUNTRYSIDE.folder / f"{name}.yaml"), month).organisation
    return {office for office, _, relation in graph.edges(keys=True) if relation == "serves"}


# tables ----------------------------------------------------------------------------------------------------


def test_one_township_has_fifteen_villages_and_30_000_residents():
    assert [row["id"] for row in COUNTRYSIDE.rows("communities")] == [f"cs-{n:02d}" for n in range(1, 16)]
    assert set(COUNTRYSIDE.street_of().values()) == {"countryside-township"}
    assert sum(COUNTRYSIDE.residents().values()) == 30_000


def test_there_are_four_posts_for_3_000_residents_as_the_middle_of_three_to_five():
    posts = COUNTRYSIDE.posts()
    assert sum(posts.values()) / sum(COUNTRYSIDE.residents().values()) == (3 + 5) / 2 / 3_000
    assert min(posts.values()) == 2


def test_the_township_has_seven_organs_twenty_cadres_and_no_power_to_enforce():
    (row,) = COUNTRYSIDE.rows("streets")
    assert (row["organs"], row["cadres"], row["enforcement"]) == ("7", "20", "0")


def test_the_way_to_the_village_office_is_a_kilometre_on_average():
    assert COUNTRYSIDE.mean_way_km() == pytest.approx(1.0, abs=0.005)


def test_every_village_has_two_to_four_natural_villages_and_the_office_stands_in_the_first():
    settlements = COUNTRYSIDE.rows("settlements")
    counts = Counter(row["community"] for row in settlements)
    assert set(counts) == set(COUNTRYSIDE.posts())
    assert set(counts.values()) == {2, 3, 4}
    assert len(settlements) == 41
    assert all(re.fullmatch(rf"{row['community']}-[a-d]", row["id"]) for row in settlements)
    for village in counts:
        ways = [float(row["distance_km"]) for row in settlements if row["community"] == village]
        assert ways[0] == min(ways)


def test_no_village_promises_top_ups_that_its_own_income_cannot_pay():
    for row in COUNTRYSIDE.rows("communities"):
        paid = 12 * int(row["posts"]) * int(row["topup_yuan_per_month"])
        assert paid <= int(row["own_income_yuan_per_year"])


def test_places_are_numbered_and_bear_no_real_name():
    for row in COUNTRYSIDE.rows("communities"):
        assert row["en"] == f"Village {int(row['id'][3:])}"
        assert re.fullmatch(r"第[一二三四五六七八九十]+村", row["zh"])
    for row in COUNTRYSIDE.rows("settlements"):
        assert re.fullmatch(r"第[一二三四五六七八九十]+村[甲乙丙丁]自然村", row["zh"])


@pytest.mark.parametrize("name", ["communities", "settlements"])
def test_no_two_places_of_a_table_share_an_id_or_a_name(name):
    table = COUNTRYSIDE.rows(name)
    for column in ("id", "en", "zh"):
        assert len({row[column] for row in table}) == len(table)


# groups ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DERIVED)
def test_a_scenario_joins_villages_in_the_manner_of_its_name(name):
    assert [merger["mode"] for merger in COUNTRYSIDE.mergers(name)] == MODES[name]


@pytest.mark.parametrize(("name", "mode"), [(name, mode) for name in DERIVED for mode in MODES[name][1:]])
def test_every_village_belongs_to_one_of_ten_communities(name, mode):
    groups = entry(name, "single")["groups"] + entry(name, mode)["groups"]
    assert sorted(village for group in groups for village in group) == sorted(COUNTRYSIDE.posts())
    assert len(groups) == 10


def test_a_community_has_about_3_000_residents_and_three_to_six_posts():
    residents, posts = COUNTRYSIDE.residents(), COUNTRYSIDE.posts()
    groups = entry("merger", "single")["groups"] + entry("merger", "merged")["groups"]
    sizes = [sum(residents[village] for village in group) for group in groups]
    assert mean(sizes) == 3_000
    assert all(2_400 <= size <= 4_000 for size in sizes)
    assert {sum(posts[village] for village in group) for group in groups} <= {3, 4, 5, 6}


def test_villages_that_join_are_neighbours_and_the_most_populous_is_the_seat():
    residents = COUNTRYSIDE.residents()
    for group in entry("merger", "merged")["groups"]:
        numbers = sorted(int(village[3:]) for village in group)
        assert numbers == list(range(numbers[0], numbers[0] + len(group)))
        assert len(group) > 1
        assert residents[group[0]] == max(residents[village] for village in group)


@pytest.mark.parametrize("name", DERIVED)
def test_all_scenarios_join_the_same_villages_over_the_same_way(name):
    merged = entry("merger", "merged")
    assert entry(name, "single") == entry("merger", "single")
    for mode in MODES[name][1:]:
        assert entry(name, mode)["groups"] == merged["groups"]
        assert entry(name, mode)["added_km"] == merged["added_km"]


def test_a_merged_community_has_one_cooperative_and_a_federated_one_several():
    for name in DERIVED:
        for mode in MODES[name][1:]:
            assert entry(name, mode)["assets"] == {"merged": "pooled", "federated": "kept"}[mode]


def test_cooperatives_may_refuse_in_one_scenario_which_differs_in_nothing_else():
    asked, assumed = entry("merger-asked", "merged"), entry("merger", "merged")
    assert (asked["consent"], assumed["consent"]) == ("asked", "assumed")
    beside = {"consent", "sources"}
    assert {k: v for k, v in asked.items() if k not in beside} == {k: v for k, v in assumed.items() if k not in beside}


def test_federation_ends_in_the_month_in_which_the_merger_starts():
    first, then = (entry("federation-then-merger", mode) for mode in ("federated", "merged"))
    assert first["ends_on"] == then["starts_on"] == "2008-07"


# words -----------------------------------------------------------------------------------------------------


def test_the_folder_holds_the_scenarios_that_these_tests_know():
    assert COUNTRYSIDE.scenarios == ALL


@pytest.mark.parametrize("name", ALL)
def test_titles_say_in_both_languages_that_no_place_and_no_figure_of_the_source_stands_behind(name):
    title = COUNTRYSIDE.content(name)["title"]
    assert title["en"].startswith("Synthetic, a rural township of no named place, about 2007: ")
    assert "; no figure from the source, " in title["en"]
    assert title["zh"].startswith("合成情景，不指具体地点的农村乡镇，约2007年：")
    assert "；没有数字取自原文，" in title["zh"]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_title_counts_the_assumptions_that_the_descriptions_number(name, language):
    count = title_count(COUNTRYSIDE.content(name)["title"], "assumptions", "项为假设")
    assert COUNTRYSIDE.numbered_assumptions(name, language) == list(range(1, count + 1))


def test_the_description_says_in_both_languages_what_the_source_tells_and_does_not_give():
    description = COUNTRYSIDE.content("baseline")["description"]
    assert "(S2: C16, C17, P12, P13)" in description["en"]
    assert "（S2：C16、C17、P12、P13）" in description["zh"]
    assert "They give no place and no figure for a village" in description["en"]
    assert "两篇均未写明地点，也没有关于村的数字" in description["zh"]


@pytest.mark.parametrize("name", ALL)
def test_a_description_ends_with_what_the_results_are_not(name):
    description = COUNTRYSIDE.content(name)["description"]
    assert description["en"].rstrip().endswith("describe no real office.")
    assert description["zh"].endswith("不代表任何真实机构。")


@pytest.mark.parametrize("path", sorted(COUNTRYSIDE.folder.iterdir()), ids=lambda path: path.name)
def test_no_file_accuses_anybody(path):
    assert not ACCUSING.search(COUNTRYSIDE.text(path.name).lower())


# scenarios -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DERIVED)
def test_a_reformed_township_extends_the_baseline_and_changes_nothing_but_reforms(name):
    scenario = COUNTRYSIDE.content(name)
    assert scenario["extends"] == "baseline.yaml"
    assert set(scenario) == {"extends", "schema", "id", "title", "description", "reforms"}
    assert scenario["id"] == f"countryside-{name}"


@pytest.mark.parametrize("name", DERIVED)
def test_every_reform_names_its_sources_and_guesses(name):
    for reform in COUNTRYSIDE.content(name)["reforms"]:
        assert all(CODE.match(source) for source in reform["sources"])
        guesses = [source for source in reform["sources"] if source.startswith("GUESS")]
        assert 0 < len(guesses) < len(reform["sources"])


def test_the_baseline_takes_from_dinghai_what_it_says_it_borrows():
    dinghai = WorldFiles(COUNTRYSIDE.folder.parent / "dinghai")
    here, there = (world.content("baseline")["parameters"] for world in (COUNTRYSIDE, dinghai))
    assert {path: each["value"] for path, each in here.items()} == {path: each["value"] for path, each in there.items()}
    assert {each["grade"] for each in here.values()} == {"GUESS"}, "what is borrowed is no figure of this place"
    ways = {merger["added_km"] for merger in dinghai.mergers("merger") if "added_km" in merger}
    assert ways == {entry("merger", "merged")["added_km"]}


def test_villages_are_about_as_loaded_as_an_urban_committee():
    """The budget of an urban committee has a load of 1.115; the share of tasks that villages carry is set to it."""
    scenario = load_scenario(COUNTRYSIDE.folder / "baseline.yaml", ["horizon.years=1", "horizon.warm_up_years=0"])
    assert scenario.institution.places.n_residents == 30_000
    model = GovernanceModel(scenario)
    model.run()
    assert model.outcomes()["load_ratio"] == pytest.approx(1.115, abs=0.1)


@pytest.mark.parametrize(("name", "month"), [("merger", 0), ("federation", 0), ("federation-then-merger", 18)])
def test_ten_offices_serve_the_township_after_a_merger_or_federation(name, month):
    assert len(offices_in(name, month)) == 10
    assert len(offices_in("baseline", 0)) == 15


def test_where_cooperatives_are_asked_some_agree_and_some_refuse():
    assert 10 < len(offices_in("merger-asked", 0)) < 15


@pytest.mark.parametrize("name", ALL)
def test_the_scenario_runs_across_the_start_of_its_reform(name):
    model = GovernanceModel(
        load_scenario(COUNTRYSIDE.folder / f"{name}.yaml", ["horizon.years=1", "horizon.warm_up_years=1"])
    )
    model.run()
    assert len(model.recording.digests) == 24
