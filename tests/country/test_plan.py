"""The plan of the country: figures with their sources, and the districts drawn from them."""

from __future__ import annotations

import csv
import re
import statistics

import pytest

from country.districts import draw_districts, served_by_villages
from country.plan import FOLDER, KINDS, RURAL, URBAN, read_plan
from country.samples import samples_of, write_tables
from govsim.errors import ScenarioError
from govsim.sweeps.reading import read_plan as read_sweep
from tests.country.tiny_country import TINY

PLAN = read_plan()
DISTRICTS = draw_districts(PLAN)
SIZES = [size for district in DISTRICTS for size in district.sizes.values()]


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_province(province):
    return [district for district in DISTRICTS if district.province == province.id]


def total(part, name):
    return sum(getattr(district.sizes[part], name) for district in DISTRICTS if part in district.sizes)


def test_provinces_have_the_published_residents_but_for_those_in_service():
    published = PLAN.figure("country.residents") - PLAN.figure("country.servicemen")
    assert sum(province.residents for province in PLAN.provinces) == published == 1_409_778_724


def test_recalled_urban_shares_agree_with_the_urban_residents_that_were_read():
    urban = sum(province.residents * province.urban_share for province in PLAN.provinces)
    published = PLAN.figure("country.urban_residents") - PLAN.figure("country.servicemen")
    assert urban == pytest.approx(published, rel=1e-4)


def test_there_are_31_provinces_and_some_2850_districts():
    assert len(PLAN.provinces) == 31
    assert 2843 <= len(DISTRICTS) <= 2850
    assert len({district.id for district in DISTRICTS}) == len(DISTRICTS)


def test_townships_agree_with_the_number_that_the_ministry_gives():
    assert sum(province.township_level_units for province in PLAN.provinces) == 38_741


@pytest.mark.parametrize("province", PLAN.provinces, ids=lambda province: province.id)
def test_districts_of_a_province_add_up_to_it(province):
    districts = of_province(province)
    assert sum(district.residents for district in districts) == province.residents
    assert tuple(sum(each.kind == kind for each in districts) for kind in KINDS) == province.n_districts
    rural = sum(each.sizes[RURAL].residents for each in districts if RURAL in each.sizes)
    assert rural == served_by_villages(province)
    offices = sum(size.offices for each in districts for size in each.sizes.values())
    assert offices == province.township_level_units


@pytest.mark.parametrize("province", PLAN.provinces, ids=lambda province: province.id)
def test_villages_serve_all_rural_residents_and_more_only_where_there_are_villages_in_towns(province):
    rural = province.residents * (1 - province.urban_share)
    in_towns = province.village_committees > province.rural_village_level_units
    assert (served_by_villages(province) > rural + 1) == in_towns
    assert served_by_villages(province) < province.residents


def test_committees_add_up_to_the_national_numbers():
    assert total(URBAN, "units") == PLAN.figure("country.residents_committees") == 113_000
    assert total(RURAL, "units") == PLAN.figure("country.village_committees") == 502_000


def test_every_district_has_a_part_and_every_part_has_somebody_in_every_office():
    assert all(district.sizes for district in DISTRICTS)
    for size in SIZES:
        assert size.residents >= size.units >= size.offices >= 1


def test_committees_are_about_as_large_as_those_of_the_worlds_they_are_copied_from():
    assert 5000 < total(URBAN, "residents") / total(URBAN, "units") < 7000  # Q2
    assert total(RURAL, "residents") / total(RURAL, "units") == pytest.approx(218_644 / 166, rel=0.1)  # Dinghai


def test_districts_differ_in_size_within_bounds():
    sizes = [district.residents for district in DISTRICTS]
    assert min(sizes) >= PLAN.figure("draw.least_residents")
    assert max(sizes) < 6_000_000
    assert max(sizes) > 3_000_000
    assert statistics.mean(sizes) > statistics.median(sizes)


def test_urban_districts_are_the_most_urban_and_some_have_no_village():
    residents = {kind: sum(d.residents for d in DISTRICTS if d.kind == kind) for kind in KINDS}
    urban = {kind: sum(d.urban_share * d.residents for d in DISTRICTS if d.kind == kind) for kind in KINDS}
    shares = [urban[kind] / residents[kind] for kind in KINDS]
    assert shares[0] > shares[1] > max(shares[2:])
    without = [district for district in DISTRICTS if RURAL not in district.sizes]
    assert without
    assert all(district.urban_share == 1.0 for district in without)


def test_the_same_districts_are_drawn_again():
    assert draw_districts(read_plan()) == DISTRICTS


@pytest.mark.parametrize("row", rows("figures.csv"), ids=lambda row: row["id"])
def test_every_figure_has_a_grade_a_source_and_two_names(row):
    assert row["grade"] in {"SEED", "DER", "READ", "RECALLED", "GUESS"}
    assert row["source"]
    assert row["unit"]
    assert row["en"]
    assert re.search("[\u4e00-\u9fff]", row["zh"])
    if row["low"]:
        assert float(row["low"]) <= float(row["value"]) <= float(row["high"])


def test_every_column_of_provinces_is_a_figure():
    figures = {row["id"] for row in rows("figures.csv")}
    assert {f"provinces.{name}" for name in rows("provinces.csv")[0]} - figures == {
        f"provinces.{name}" for name in ("id", "en", "zh")
    }


def test_every_part_has_a_grade_and_a_source():
    for row in rows("parts.csv"):
        assert row["grade"] in {"SEED", "DER", "READ", "RECALLED", "GUESS"}
        assert row["source"]


def test_the_tables_of_the_plans_are_what_is_drawn(tmp_path):
    write_tables(tmp_path, PLAN.parts, DISTRICTS)
    for part in PLAN.parts:
        name = f"{part.id}.csv"
        assert (tmp_path / name).read_text(encoding="utf-8") == (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("part", PLAN.parts, ids=lambda part: part.id)
def test_the_sweep_of_a_part_has_a_sample_for_each_district_and_can_be_read(part):
    sweep = read_sweep(PLAN.folder_of_plans / part.plan)
    assert list(sweep.samples) == samples_of(part, DISTRICTS, sweep)
    assert sweep.kept.tallies


def broken(tmp_path, name, old, new):
    for path in TINY.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace(old, new) if path.name == name else text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("provinces.csv", "urban_share", "share", r"provinces\.csv: there is no column 'urban_share'"),
        ("provinces.csv", "40001", "many", r"provinces\.csv: invalid literal"),
        ("parts.csv", "\nrural", "\nremote", r"parts\.csv: the parts are urban and rural"),
    ],
)
def test_a_plan_that_cannot_be_read_is_said_in_one_sentence(tmp_path, name, old, new, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        read_plan(broken(tmp_path, name, old, new))


def test_a_figure_that_is_missing_is_named(tmp_path):
    plan = read_plan(broken(tmp_path, "figures.csv", "draw.size_tail", "draw.tail"))
    with pytest.raises(ScenarioError, match=r"no value for draw\.size_tail"):
        draw_districts(plan)


def test_a_folder_without_a_plan_is_refused(tmp_path):
    with pytest.raises(ScenarioError, match=r"provinces\.csv: No such file"):
        read_plan(tmp_path)
