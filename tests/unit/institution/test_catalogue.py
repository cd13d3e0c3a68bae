"""The catalogue of work is complete, named in two languages and mixed as the evidence says."""

import csv
import math
import re
import statistics
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "src" / "govsim" / "institution" / "data"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
GRADES = {"SEED", "DER", "READ", "RECALLED", "GUESS"}
CLASSES = {"administration", "census", "meeting", "self_government"}


def table(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mandates(work_class: str) -> list[dict[str, str]]:
    return [row for row in table("mandates") if row["work_class"] == work_class]


def jobs(row: dict[str, str]) -> int:
    return int(row["jobs_per_year"])


def minutes_a_year(row: dict[str, str]) -> int:
    return jobs(row) * int(row["minutes"])


def total_minutes(rows: list[dict[str, str]]) -> int:
    return sum(minutes_a_year(row) for row in rows)


def test_inspection_weights_are_about_one():
    weights = [float(row["inspection_weight"]) for row in table("departments")]
    assert min(weights) >= 0.6
    assert max(weights) <= 1.6
    assert statistics.mean(weights) == pytest.approx(1, abs=0.15)


def test_every_class_of_work_is_known_and_other_classes_carry_no_red_tape_or_authority():
    rows = table("mandates")
    assert {row["work_class"] for row in rows} == CLASSES
    for row in rows:
        if row["work_class"] != "administration":
            assert row["red_tape_permille"] == "0"
            assert float(row["authority_share"]) == 0


def test_the_legal_mix_is_10_duties_38_assisted_and_52_of_the_departments_own():
    counts = Counter(row["legal_status"] for row in mandates("administration"))
    assert counts == {"duty": 10, "assist": 38, "own": 52}


def test_jobs_of_the_departments_own_class_take_about_seven_tenths_of_the_mean_minutes():
    own = [row for row in mandates("administration") if row["legal_status"] == "own"]
    mean = total_minutes(own) / sum(jobs(row) for row in own)
    assert mean / 280 == pytest.approx(0.7, abs=0.03)


def test_red_tape_is_18_percent_of_the_minutes():
    rows = mandates("administration")
    red = sum(minutes_a_year(row) * int(row["red_tape_permille"]) for row in rows)
    assert 178 <= red / total_minutes(rows) <= 182
    assert all(100 <= int(row["red_tape_permille"]) <= 280 for row in rows)


def test_a_quarter_of_the_jobs_needs_authority():
    rows = mandates("administration")
    lacking = sum(jobs(row) * float(row["authority_share"]) for row in rows)
    assert 0.245 <= lacking / 1850 <= 0.255
    assert all(0 <= float(row["authority_share"]) <= 0.6 for row in rows)


def test_45_percent_of_the_requests_need_authority():
    rows = table("requests")
    share = sum(Fraction(row["share"]) * Fraction(row["authority_share"]) for row in rows)
    assert share == Fraction("0.45")


def test_four_tenths_of_the_minutes_exist_once_a_community():
    rows = mandates("administration")
    assert {row["scaling"] for row in table("mandates")} == {"per_unit", "per_resident"}
    per_unit = [row for row in rows if row["scaling"] == "per_unit"]
    assert 0.38 <= total_minutes(per_unit) / total_minutes(rows) <= 0.42


def test_hours_of_the_tasks_spread_like_a_lognormal_of_sigma_1_2():
    logs = [math.log(minutes_a_year(row)) for row in mandates("administration")]
    assert statistics.pstdev(logs) == pytest.approx(1.2, abs=0.05)


def test_jobs_and_minutes_of_each_task_stay_within_bounds():
    rows = mandates("administration")
    assert all(2 <= jobs(row) <= 80 and 40 <= int(row["minutes"]) <= 2400 for row in rows)


def test_the_mean_deadline_of_a_job_is_about_ten_days():
    rows = mandates("administration")
    assert {row["deadline_days"] for row in rows} == {"3", "5", "10", "15", "20"}
    mean = sum(jobs(row) * int(row["deadline_days"]) for row in rows) / 1850
    assert 9.5 <= mean <= 10.5


def test_inspection_weights_of_tasks_lie_between_a_half_and_two():
    assert all(0.5 <= float(row["weight"]) <= 2 for row in mandates("administration"))


def test_the_weights_of_every_season_sum_to_twelve_thousand():
    for row in table("seasons"):
        assert sum(int(row[month]) for month in MONTHS) == 12000, row["id"]
        assert min(int(row[month]) for month in MONTHS) >= 0


def test_every_season_named_by_a_task_exists_and_none_is_unused():
    assert {row["season"] for row in table("mandates")} == {row["id"] for row in table("seasons")}


def test_every_department_named_by_a_task_or_request_exists():
    known = {row["id"] for row in table("departments")}
    assert {row["department"] for row in table("mandates") + table("requests")} <= known


@pytest.mark.parametrize("name", ["departments", "seasons", "mandates", "requests"])
def test_identifiers_and_names_are_unique_and_present_in_both_languages(name):
    rows = table(name)
    for column in ("id", "en", "zh"):
        values = [row[column].strip() for row in rows]
        assert all(values), column
        assert len(set(values)) == len(values), column
    assert all(row["en"].isascii() for row in rows)
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in row["zh"]) for row in rows)


@pytest.mark.parametrize("name", ["departments", "mandates", "requests"])
def test_every_row_has_a_valid_grade_and_a_source(name):
    rows = table(name)
    assert {row["grade"] for row in rows} <= GRADES
    assert all(row["source"].strip() for row in rows)


def test_size_rules_are_named_and_fixed_sizes_have_no_spread():
    for row in table("mandates") + table("requests"):
        assert row["size_rule"] in {"fixed", "exponential", "lognormal"}
        assert (row["size_rule"] == "fixed") == (float(row["cv"]) == 0)


def test_money_to_buy_work_is_20_000_to_90_000_yuan_a_department_and_50_000_on_average():
    yuan = [int(row["purchase_yuan_per_year"]) for row in table("departments")]
    assert min(yuan) >= 20_000
    assert max(yuan) <= 90_000
    assert statistics.mean(yuan) == pytest.approx(50_000, rel=0.05)


def test_most_tasks_take_no_personal_records_and_all_together_about_one_a_resident_and_year():
    rows = table("mandates")
    records = [int(row["records_per_job"]) for row in rows]
    assert min(records) >= 0
    assert records.count(0) > len(records) / 2
    a_year = sum(jobs(row) * int(row["records_per_job"]) for row in mandates("administration"))
    assert a_year / 6000 == pytest.approx(1, abs=0.1)


def test_outreach_is_lawful_work_on_residents_of_at_most_eight_tasks():
    rows = [row for row in table("mandates") if row["outreach"] == "1"]
    assert {row["outreach"] for row in table("mandates")} == {"0", "1"}
    assert 4 <= len(rows) <= 8
    assert {row["work_class"] for row in rows} == {"administration"}
    assert {row["legal_status"] for row in rows} <= {"duty", "assist"}
    assert {row["scaling"] for row in rows} == {"per_resident"}


def test_no_department_has_the_id_of_another_kind_of_office_or_of_an_inspection():
    ids = [row["id"] for row in table("departments")]
    assert "street" not in ids
    assert not [name for name in ids if not re.fullmatch(r"[a-z][a-z0-9_]*", name)]
