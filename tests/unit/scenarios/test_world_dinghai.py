"""The world of Dinghai: its totals are the source's before the merger, and the merger joins what the source counts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from statistics import mean, median

import pytest

from govsim import GovernanceModel, load_scenario
from tests.world_files import ACCUSING, CODE, WorldFiles, institution_in, longer_ways, title_count

DINGHAI = WorldFiles(Path(__file__).parents[3] / "scenarios" / "dinghai")
ALL = ["all-federated", "baseline", "federation-then-merger", "merger"]
DERIVED = [name for name in ALL if name != "baseline"]
FIGURES = ["Q19", "Q21", "Q38", "Q39", "Q42", "Q49", "S5"]
OF_THE_MERGER = ["Q22", "Q23", "Q24", "Q25"]
TOWNSHIPS = [f"dinghai-township-{n:02d}" for n in range(1, 11)]
STREETS = ["dinghai-street-01", "dinghai-street-02"]


def groups(name, mode=None):
    return [g for entry in DINGHAI.mergers(name) if mode in (None, entry["mode"]) for g in entry["groups"]]


def groups_in_a_step(name):
    """Yield the groups that exist at one time: those without an end before July 2008, and those that begin then."""
    for step in ("2007-01", "2008-07"):
        entries = [e for e in DINGHAI.mergers(name) if e["starts_on"] <= step < e.get("ends_on", "9999-12")]
        yield [group for entry in entries for group in entry["groups"]]


def load(name):
    return load_scenario(DINGHAI.folder / f"{name}.yaml")


# tables ----------------------------------------------------------------------------------------------------


def test_there_are_166_villages_before_the_merger():
    assert [row["id"] for row in DINGHAI.rows("communities")] == [f"dh-{n:03d}" for n in range(1, 167)]


def test_the_residents_are_the_insured_over_their_rate():
    assert sum(DINGHAI.residents().values()) == round(203_033 / 0.9286) == 218_644


def test_the_posts_of_all_villages_are_the_394_cadres_of_the_merged_district():
    posts = DINGHAI.posts()
    assert sum(posts.values()) == 394
    assert min(posts.values()) == 2


def test_a_further_post_goes_to_the_village_with_most_residents_a_post():
    residents, posts = DINGHAI.residents(), DINGHAI.posts()
    least_with_more = min(residents[name] / (posts[name] - 1) for name in posts if posts[name] > 2)
    assert least_with_more >= max(residents[name] / posts[name] for name in posts)


def test_ten_townships_and_two_streets_serve_all_villages():
    assert [row["id"] for row in DINGHAI.rows("streets")] == TOWNSHIPS + STREETS
    assert set(DINGHAI.street_of().values()) == {*TOWNSHIPS, *STREETS}


def test_the_two_streets_hold_the_22_villages_of_the_federated_communities():
    assert sum(street in STREETS for street in DINGHAI.street_of().values()) == 22


def test_villages_of_a_township_have_neighbouring_ids():
    streets = list(DINGHAI.street_of().values())
    assert streets == sorted(streets, key=[*TOWNSHIPS, *STREETS].index)


def test_every_township_has_seven_organs_twenty_cadres_and_no_power_to_enforce():
    rows = DINGHAI.rows("streets")
    assert {(row["organs"], row["cadres"], row["enforcement"]) for row in rows} == {("7", "20", "0")}


def test_many_villages_are_small_and_few_large():
    sizes = sorted(DINGHAI.residents().values())
    assert mean(sizes) > 1.1 * median(sizes)
    assert sizes[0] > 200
    assert sizes[-1] < 6_000


def test_incomes_of_collectives_are_skewed_to_the_right():
    incomes = [int(row["own_income_yuan_per_year"]) for row in DINGHAI.rows("communities")]
    assert mean(incomes) > 1.4 * median(incomes)
    assert min(incomes) > 0


def test_no_village_promises_top_ups_that_its_own_income_cannot_pay():
    for row in DINGHAI.rows("communities"):
        paid = 12 * int(row["posts"]) * int(row["topup_yuan_per_month"])
        assert paid <= int(row["own_income_yuan_per_year"])


def test_the_way_to_the_village_office_is_a_kilometre_on_average():
    assert DINGHAI.mean_way_km() == pytest.approx(1.0, abs=0.005)


def test_the_way_is_no_kilometre_on_average_if_residents_do_not_count():
    ways = [float(row["distance_km"]) for row in DINGHAI.rows("settlements")]
    assert mean(ways) != pytest.approx(1.0, abs=0.05)


def test_every_village_has_one_to_four_natural_villages_and_the_office_stands_in_the_first():
    settlements = DINGHAI.rows("settlements")
    counts = Counter(row["community"] for row in settlements)
    assert set(counts) == set(DINGHAI.posts())
    assert set(counts.values()) == {1, 2, 3, 4}
    assert len(settlements) == 363
    assert all(re.fullmatch(rf"{row['community']}-[a-d]", row["id"]) for row in settlements)
    for village in counts:
        ways = [float(row["distance_km"]) for row in settlements if row["community"] == village]
        assert ways[0] == min(ways)


def test_places_are_numbered_and_bear_no_real_name():
    for row in DINGHAI.rows("streets"):
        assert re.fullmatch(r"(Township|Street) [1-9][0-9]?", row["en"])
        assert re.fullmatch(r"第[一二三四五六七八九十]+(乡镇|街道)", row["zh"])
    for row in DINGHAI.rows("communities"):
        assert row["en"] == f"Village {int(row['id'][3:])}"
        assert re.fullmatch(r"第[零一二三四五六七八九十百]+村", row["zh"])
    for row in DINGHAI.rows("settlements"):
        assert re.fullmatch(r"第[零一二三四五六七八九十百]+村[甲乙丙丁]自然村", row["zh"])


@pytest.mark.parametrize("name", ["communities", "settlements", "streets"])
def test_no_two_places_of_a_table_share_an_id_or_a_name(name):
    table = DINGHAI.rows(name)
    for column in ("id", "en", "zh"):
        assert len({row[column] for row in table}) == len(table)


# shares ----------------------------------------------------------------------------------------------------


def test_shares_of_older_residents_and_of_minimum_income_are_the_source_s_numbers_over_the_residents():
    parameters = DINGHAI.content("baseline")["parameters"]
    assert parameters["population.older_share"]["value"] == round(35_040 / 218_644, 2)
    assert parameters["population.low_income_share"]["value"] == round(4_165 / 218_644, 3)


# groups ----------------------------------------------------------------------------------------------------


def test_the_merger_makes_73_communities_66_of_one_village_or_merged_and_seven_federated():
    assert len(groups("merger")) == 73
    assert len(groups("merger", "single")) + len(groups("merger", "merged")) == 66
    assert len(groups("merger", "federated")) == 7


def test_the_merger_leaves_88_villages():
    left = len(groups("merger", "single")) + len(groups("merger", "merged"))
    left += sum(len(group) for group in groups("merger", "federated"))
    assert left == 88


def test_144_villages_merge_or_stay_single_and_22_federate():
    assert sum(len(g) for mode in ("single", "merged") for g in groups("merger", mode)) == 144
    assert sum(len(g) for g in groups("merger", "federated")) == 22


@pytest.mark.parametrize("name", DERIVED)
def test_at_any_time_every_village_belongs_to_one_community(name):
    for step in groups_in_a_step(name):
        assert sorted(village for group in step for village in group) == sorted(DINGHAI.posts())
        assert len(step) == 73


@pytest.mark.parametrize("name", DERIVED)
def test_villages_that_join_are_neighbours_of_one_township(name):
    street = DINGHAI.street_of()
    for group in groups(name):
        assert len({street[village] for village in group}) == 1
        numbers = sorted(int(village[3:]) for village in group)
        assert numbers == list(range(numbers[0], numbers[0] + len(group)))


@pytest.mark.parametrize("name", DERIVED)
def test_a_single_village_stands_alone_and_the_others_are_two_to_four(name):
    assert {len(group) for group in groups(name, "single")} == {1}
    assert {len(group) for mode in ("merged", "federated") for group in groups(name, mode)} == {2, 3, 4}


@pytest.mark.parametrize("name", DERIVED)
def test_the_seat_is_the_most_populous_village_of_its_community(name):
    residents = DINGHAI.residents()
    assert all(residents[group[0]] == max(residents[village] for village in group) for group in groups(name))


def test_the_single_villages_are_the_18_largest():
    residents = DINGHAI.residents()
    assert {g[0] for g in groups("merger", "single")} == {name for name, _ in residents.most_common(18)}


def test_all_federated_communities_lie_in_the_two_streets_and_nobody_else_there():
    street = DINGHAI.street_of()
    assert {street[village] for group in groups("merger", "federated") for village in group} == set(STREETS)
    merged = [village for mode in ("single", "merged") for group in groups("merger", mode) for village in group]
    assert {street[village] for village in merged} == set(TOWNSHIPS)


def test_communities_have_2_995_residents_and_5_4_posts_on_average():
    residents, posts = DINGHAI.residents(), DINGHAI.posts()
    sizes = [sum(residents[village] for village in group) for group in groups("merger")]
    assert round(mean(sizes)) == 2_995
    assert all(1_500 <= size <= 5_500 for size in sizes)
    assert mean(sum(posts[v] for v in group) for group in groups("merger")) == pytest.approx(5.4, abs=0.01)


@pytest.mark.parametrize("name", DERIVED)
def test_the_way_becomes_a_kilometre_and_a_half_on_average(name):
    entries = DINGHAI.mergers(name)
    for step in ("2007-01", "2008-07"):
        now = [e for e in entries if e["starts_on"] <= step < e.get("ends_on", "9999-12") and "added_km" in e]
        assert DINGHAI.mean_way_km(longer_ways(now)) == pytest.approx(1.5, abs=0.01)


def test_a_tenth_of_a_kilometre_more_or_less_would_miss_the_kilometre_and_a_half():
    longer = longer_ways([entry for entry in DINGHAI.mergers("merger") if "added_km" in entry])
    for other in (-0.1, 0.1):
        way = DINGHAI.mean_way_km({name: km + other for name, km in longer.items()})
        assert way != pytest.approx(1.5, abs=0.01)


def test_the_other_scenarios_join_the_same_villages_in_another_manner():
    same = sorted(groups("merger", "merged") + groups("merger", "federated"))
    assert sorted(groups("all-federated", "federated")) == same
    assert sorted(groups("federation-then-merger", "federated")) == same
    assert sorted(groups("federation-then-merger", "merged")) == same
    for name in ("all-federated", "federation-then-merger"):
        assert groups(name, "single") == groups("merger", "single")


def test_federation_ends_in_the_month_in_which_the_merger_starts():
    by_mode = {entry["mode"]: entry for entry in DINGHAI.mergers("federation-then-merger")}
    assert by_mode["federated"]["ends_on"] == by_mode["merged"]["starts_on"] == "2008-07"


# words -----------------------------------------------------------------------------------------------------


def test_the_folder_holds_the_scenarios_that_these_tests_know():
    assert DINGHAI.scenarios == ALL


@pytest.mark.parametrize("name", ALL)
def test_titles_say_in_both_languages_that_the_world_is_synthetic_and_the_place_inferred(name):
    title = DINGHAI.content(name)["title"]
    inferred = "(place inferred from a file number and place names)"
    assert title["en"].startswith(f"Synthetic, Dinghai-like {inferred}, about 2007: ")
    assert title["zh"].startswith("合成情景，参照定海区（地点据文号和地名推断），约2007年：")


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_title_counts_the_assumptions_that_the_descriptions_number(name, language):
    count = title_count(DINGHAI.content(name)["title"], "assumptions", "项为假设")
    assert DINGHAI.numbered_assumptions(name, language) == list(range(1, count + 1))


@pytest.mark.parametrize("name", ALL)
def test_a_title_counts_the_figures_that_come_from_the_source(name):
    title = DINGHAI.content(name)["title"]
    count = len(FIGURES) + (0 if name == "baseline" else len(OF_THE_MERGER))
    assert f"; {count} figures from the source, " in title["en"]
    assert f"；{count}项数字取自原文，" in title["zh"]


def test_the_description_names_the_codes_of_the_figures():
    description = DINGHAI.content("baseline")["description"]
    assert f"({', '.join(FIGURES[:-1])}; {FIGURES[-1]})" in description["en"]
    assert f"（{'、'.join(FIGURES[:-1])}；{FIGURES[-1]}）" in description["zh"]


@pytest.mark.parametrize("name", DERIVED)
def test_a_description_of_a_merger_names_its_figures_and_the_report_that_counts_otherwise(name):
    description = DINGHAI.content(name)["description"]
    assert "(Q22-Q25)" in description["en"]
    assert "（Q22-Q25）" in description["zh"]
    assert "a report of 2009 counts 103 villages (E1)" in description["en"]
    assert "2009年的报道为103个村（E1）" in description["zh"]


def test_the_description_says_that_posts_before_the_merger_are_unknown():
    description = DINGHAI.content("baseline")["description"]
    assert "as full-time equivalents, is unknown" in description["en"]
    assert "折合全职人数不详" in description["zh"]


def test_a_federation_of_all_is_said_never_to_have_been_made():
    description = DINGHAI.content("all-federated")["description"]
    assert "a reform that was not made" in description["en"]
    assert "未曾实行的改革" in description["zh"]


@pytest.mark.parametrize("name", ALL)
def test_a_description_ends_with_what_the_results_are_not(name):
    description = DINGHAI.content(name)["description"]
    assert description["en"].rstrip().endswith("describe no real office.")
    assert description["zh"].endswith("不代表任何真实机构。")


@pytest.mark.parametrize("path", sorted(DINGHAI.folder.iterdir()), ids=lambda path: path.name)
def test_no_file_accuses_anybody(path):
    assert not ACCUSING.search(DINGHAI.text(path.name).lower())


# scenarios -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DERIVED)
def test_a_reformed_district_extends_the_baseline_and_changes_nothing_but_reforms(name):
    scenario = DINGHAI.content(name)
    assert scenario["extends"] == "baseline.yaml"
    assert set(scenario) == {"extends", "schema", "id", "title", "description", "reforms"}
    assert scenario["id"] == f"dinghai-{name}"


@pytest.mark.parametrize("name", DERIVED)
def test_every_reform_names_its_sources_and_guesses(name):
    for reform in DINGHAI.content(name)["reforms"]:
        assert all(CODE.match(source) for source in reform["sources"])
        guesses = [source for source in reform["sources"] if source.startswith("GUESS")]
        assert 0 < len(guesses) < len(reform["sources"])


@pytest.mark.parametrize("name", ALL)
def test_the_scenario_loads_with_all_its_villages_and_residents(name):
    scenario = load(name)
    places = scenario.institution.places
    assert places.n_residents == 218_644
    assert len(places.communities) == 166
    assert len(places.streets) == 12
    assert len(scenario.reforms) == (0 if name == "baseline" else len(DINGHAI.mergers(name)))


@pytest.mark.parametrize(
    ("name", "month", "committees"),
    [
        ("merger", 0, 66 + 22),
        ("all-federated", 0, 166),
        ("federation-then-merger", 0, 166),
        ("federation-then-merger", 18, 73),
    ],
)
def test_73_offices_serve_and_as_many_committees_stand_as_the_manner_leaves(name, month, committees):
    """The source counts 88 villages after its merger; who federates keeps all committees."""
    graph = institution_in(load(name), month).organisation
    assert len({office for office, _, relation in graph.edges(keys=True) if relation == "serves"}) == 73
    assert sum(kind == "community" for _, kind in graph.nodes(data="kind")) == committees


def test_every_resident_is_served_after_the_merger_over_a_kilometre_and_a_half_on_average():
    institution = institution_in(load("merger"), 0)
    residents = {place.id: place.residents for place in institution.places.settlements}
    served = [
        (residents[settlement], terms["distance_km"])
        for _, settlement, relation, terms in institution.organisation.edges(keys=True, data=True)
        if relation == "serves"
    ]
    assert sum(number for number, _ in served) == 218_644
    assert sum(number * way for number, way in served) / 218_644 == pytest.approx(1.5, abs=0.01)


def test_villages_are_about_as_loaded_as_an_urban_committee():
    """The budget of an urban committee has a load of 1.115; the share of tasks that villages carry is set to it."""
    model = GovernanceModel(
        load_scenario(DINGHAI.folder / "baseline.yaml", ["horizon.years=1", "horizon.warm_up_years=0"])
    )
    model.run()
    assert model.outcomes()["load_ratio"] == pytest.approx(1.115, abs=0.1)
