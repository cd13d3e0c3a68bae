"""The data files add up to the budget of a community of 6,000 residents and 6.5 posts."""

import csv
import math
import statistics
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "src" / "govsim" / "institution" / "data"
RESIDENTS = 6000
REQUESTS_PER_RESIDENT = Fraction("0.45")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
GRADES = {"SEED", "DER", "READ", "RECALLED", "GUESS"}
CLASSES = {"administration", "census", "meeting", "self_government"}
DEPARTMENTS = [
    ("party_building", "党建"),
    ("civility", "精神文明"),
    ("public_security", "综治"),
    ("city_management", "城管"),
    ("family_planning", "计生"),
    ("archives", "档案"),
    ("work_safety", "安全生产"),
    ("civil_affairs", "民政"),
    ("social_security", "社保"),
    ("national_defence", "国防"),
]


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


def parameter(path: str) -> Fraction:
    return next(Fraction(row["value"]) for row in table("parameters") if row["path"] == path)


def minutes_a_request() -> Fraction:
    return sum((Fraction(r["share"]) * int(r["minutes"]) for r in table("requests")), Fraction(0))


def test_administration_is_1850_jobs_and_8633_hours_a_year():
    rows = mandates("administration")
    assert sum(jobs(row) for row in rows) == 1850
    assert total_minutes(rows) == 8633 * 60


def test_there_are_100_standing_tasks_ten_for_each_department():
    counts = Counter(row["department"] for row in mandates("administration"))
    assert counts == {department: 10 for department, _ in DEPARTMENTS}


def test_the_ten_departments_stand_in_the_order_of_the_source():
    assert [(row["id"], row["zh"]) for row in table("departments")] == DEPARTMENTS


def test_inspections_are_30_a_year_and_600_hours():
    inspections = [int(row["inspections_per_year"]) for row in table("departments")]
    assert sum(inspections) == 30
    assert min(inspections) >= 1
    assert max(inspections) <= 5
    assert sum(inspections) * parameter("inspections.minutes") == 600 * 60


def test_inspection_weights_are_about_one():
    weights = [float(row["inspection_weight"]) for row in table("departments")]
    assert min(weights) >= 0.6
    assert max(weights) <= 1.6
    assert statistics.mean(weights) == pytest.approx(1, abs=0.15)


def test_censuses_are_600_hours_in_one_october_of_every_three_years():
    rows = mandates("census")
    assert len(rows) == 2
    assert total_minutes(rows) == 600 * 60
    assert {row["period_years"] for row in rows} == {"3"}
    assert len({row["period_phase"] for row in rows}) == 1
    assert {row["season"] for row in rows} == {"october_only"}


def test_meetings_are_300_hours_and_self_government_1000_hours_a_year():
    assert total_minutes(mandates("meeting")) == 300 * 60
    assert total_minutes(mandates("self_government")) == 1000 * 60


def test_requests_are_64_minutes_on_average_and_2880_hours_a_year():
    assert sum(Fraction(row["share"]) for row in table("requests")) == 1
    assert minutes_a_request() == 64
    assert REQUESTS_PER_RESIDENT * RESIDENTS * minutes_a_request() == 2880 * 60


def test_all_demands_together_are_13613_hours_and_a_load_of_1_115():
    inspection = 30 * parameter("inspections.minutes")
    census = Fraction(total_minutes(mandates("census")), 3)
    every_year = sum(total_minutes(mandates(name)) for name in ("administration", "meeting", "self_government"))
    requests = REQUESTS_PER_RESIDENT * RESIDENTS * minutes_a_request()
    hours = (every_year + inspection + census + requests) / 60
    assert hours == 13613
    contracted = 6.5 * 0.97 * 8 * 242
    assert float(hours) / contracted == pytest.approx(1.115, abs=0.0005)


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


def test_each_department_has_escalation_capacity_for_a_load_of_about_0_88():
    assert sum(float(row["escalation_minutes_per_day_per_1000"]) for row in table("departments")) > 0
    sent_on = float(parameter("escalation.department_share"))
    minutes = float(parameter("escalation.department_minutes"))
    for department in table("departments"):
        name = department["id"]
        cases = sum(jobs(row) * float(row["authority_share"]) for row in table("mandates") if row["department"] == name)
        cases += sum(
            float(REQUESTS_PER_RESIDENT) * RESIDENTS * float(row["share"]) * float(row["authority_share"])
            for row in table("requests")
            if row["department"] == name
        )
        needed = cases / (RESIDENTS / 1000) / 252 * sent_on * minutes
        capacity = float(department["escalation_minutes_per_day_per_1000"])
        assert needed / capacity == pytest.approx(0.88, abs=0.02), name
