"""The data files add up to the hours of a community, a street office and twenty departments."""

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from tests.oracles import traffic

DATA = Path(__file__).resolve().parents[3] / "src" / "govsim" / "institution" / "data"
WORKING_DAYS = 252
MINUTES_A_DAY = 8 * 60
RESIDENTS = 6000
RESIDENTS_OF_A_STREET = 65_000
REQUESTS_PER_RESIDENT = Fraction("0.45")
ORGANS_OF_A_STREET = 7
CLASSES_OF_THE_SOURCE = {
    "party_building": "党建",
    "civility": "精神文明",
    "public_security": "综治",
    "city_management": "城管",
    "family_planning": "计生",
    "archives": "档案",
    "work_safety": "安全生产",
    "civil_affairs": "民政",
    "social_security": "社保",
    "national_defence": "国防",
}
KINDS_OF_REQUEST = {
    "information": ("0.55", 10),
    "certificate": ("0.25", 30),
    "help": ("0.15", 180),
    "dispute": ("0.05", 480),
}


def table(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parameter(path: str) -> Fraction:
    return next(Fraction(row["value"]) for row in table("parameters") if row["path"] == path)


def department_ids() -> list[str]:
    return [row["id"] for row in table("departments")]


def mandates(work_class: str) -> list[dict[str, str]]:
    return [row for row in table("mandates") if row["work_class"] == work_class]


def hours_of_mandates(work_class: str) -> Fraction:
    """Hours a year in a community, a census averaged over its period."""
    return sum(
        (Fraction(int(row["jobs_per_year"]) * int(row["minutes"]), 60 * int(row["period_years"])))
        for row in mandates(work_class)
    )


def inspections_a_year() -> Fraction:
    by_departments = sum(int(row["inspections_per_year"]) for row in table("departments"))
    return by_departments + parameter("street.inspections_per_year")


def minutes_a_request() -> Fraction:
    return sum(Fraction(row["share"]) * int(row["minutes"]) for row in table("requests"))


def hours_of_a_community() -> dict[str, Fraction]:
    return {
        "mandates": hours_of_mandates("administration"),
        "inspections": inspections_a_year() * parameter("inspections.minutes") / 60,
        "censuses": hours_of_mandates("census"),
        "meetings": hours_of_mandates("meeting"),
        "requests": REQUESTS_PER_RESIDENT * RESIDENTS * minutes_a_request() / 60,
        "self-government": hours_of_mandates("self_government"),
    }


def escalated_jobs_a_day(department: str) -> Fraction:
    """Jobs a working day and 1,000 residents for which a community lacks authority."""
    jobs = sum(
        int(row["jobs_per_year"]) * Fraction(row["authority_share"])
        for row in table("mandates")
        if row["department"] == department
    )
    return Fraction(jobs) / (RESIDENTS // 1000) / WORKING_DAYS


def escalated_requests_a_day(department: str) -> Fraction:
    """Requests a working day and 1,000 residents for which a community lacks authority."""
    share = sum(
        Fraction(row["share"]) * Fraction(row["authority_share"])
        for row in table("requests")
        if row["department"] == department
    )
    return REQUESTS_PER_RESIDENT * 1000 * share / WORKING_DAYS


def passes_and_visits_a_case() -> tuple[float, float]:
    """Mean times that an escalated case passes its street, and visits a department, returns counted."""
    return traffic(
        1.0,
        float(parameter("escalation.return_share")),
        float(parameter("escalation.department_share")),
        int(parameter("escalation.most_returns")),
    )


def minutes_of_cases(department: str) -> float:
    """Minutes of a department's own time that escalated cases take, a working day and 1,000 residents."""
    cases = escalated_jobs_a_day(department) + escalated_requests_a_day(department)
    _, visits = passes_and_visits_a_case()
    return float(cases * parameter("escalation.department_minutes")) * visits


def minutes_of_staff(row: dict[str, str]) -> Fraction:
    """Capacity of a department, in minutes a working day and 1,000 residents."""
    return int(row["staff"]) * MINUTES_A_DAY * 1000 / parameter("departments.reference_residents")


def load_of_a_street(cadres: Fraction) -> float:
    day = Fraction(cadres * MINUTES_A_DAY * 1000, RESIDENTS_OF_A_STREET)
    jobs = Fraction(sum(int(row["jobs_per_year"]) for row in mandates("administration")), WORKING_DAYS)
    passing = jobs / (RESIDENTS // 1000) * parameter("street.passing_minutes")
    coordination = parameter("street.coordination_share") * parameter("street.coordination_minutes_per_organ")
    passes, _ = passes_and_visits_a_case()
    minutes_a_case = float(parameter("escalation.street_minutes") + coordination * ORGANS_OF_A_STREET) * passes
    cases = sum(escalated_jobs_a_day(name) + escalated_requests_a_day(name) for name in department_ids())
    jobs_and_own = passing + parameter("street.own_minutes_per_day_per_1000")
    return (float(jobs_and_own) + float(cases) * minutes_a_case) / float(day)


# A community of 6,000 residents and 6.5 posts


@pytest.mark.parametrize(
    ("demand", "hours"),
    [
        ("mandates", 8633),
        ("inspections", 600),
        ("censuses", 200),
        ("meetings", 300),
        ("requests", 2880),
        ("self-government", 1000),
    ],
)
def test_each_demand_on_a_community_takes_the_hours_of_the_budget(demand, hours):
    assert hours_of_a_community()[demand] == hours


def test_all_demands_on_a_community_are_13613_hours_a_year_and_a_load_of_1_115():
    hours = sum(hours_of_a_community().values())
    assert hours == 13_613
    days_present = WORKING_DAYS * (1 - float(parameter("service.absence_share")))
    contracted = 6.5 * float(parameter("posts.initial_filled_share")) * 8 * days_present
    assert days_present == pytest.approx(242, abs=0.01)
    assert float(hours) / contracted == pytest.approx(1.115, abs=0.0005)


def test_a_community_does_1850_jobs_and_2700_requests_a_year():
    assert sum(int(row["jobs_per_year"]) for row in mandates("administration")) == 1850
    assert REQUESTS_PER_RESIDENT * RESIDENTS == 2700


def test_thirty_inspections_a_year_come_26_from_departments_and_4_from_the_street():
    inspections = [int(row["inspections_per_year"]) for row in table("departments")]
    assert min(inspections) >= 1
    assert sum(inspections) == 26
    assert inspections_a_year() == 30


def test_censuses_are_600_hours_in_one_october_of_every_three_years():
    rows = mandates("census")
    assert {row["period_years"] for row in rows} == {"3"}
    assert {row["season"] for row in rows} == {"october_only"}
    assert len({row["period_phase"] for row in rows}) == 1
    assert hours_of_mandates("census") * 3 == 600


# Where the work comes from


def test_the_hundred_standing_tasks_are_ten_in_each_of_the_ten_classes_of_the_source():
    classes = Counter(
        next(name for name in CLASSES_OF_THE_SOURCE if row["id"].startswith(f"{name}_"))
        for row in mandates("administration")
    )
    assert classes == dict.fromkeys(CLASSES_OF_THE_SOURCE, 10)


def test_of_the_twenty_departments_the_ten_of_the_source_come_first():
    rows = table("departments")
    assert len(rows) == 20
    assert {row["id"]: row["zh"] for row in rows[:10]} == CLASSES_OF_THE_SOURCE
    assert [row["id"] for row in rows[:10]] == list(CLASSES_OF_THE_SOURCE)


def test_every_department_sends_down_at_least_two_standing_tasks():
    owned = Counter(row["department"] for row in mandates("administration"))
    assert set(owned) == set(department_ids())
    assert min(owned.values()) >= 2


@pytest.mark.parametrize("kind", KINDS_OF_REQUEST)
def test_requests_of_each_kind_keep_their_share_and_their_minutes_however_departments_divide_them(kind):
    share, minutes = KINDS_OF_REQUEST[kind]
    rows = [row for row in table("requests") if row["id"] == f"{kind}_{row['department']}"]
    assert sum(Fraction(row["share"]) for row in rows) == Fraction(share)
    assert {int(row["minutes"]) for row in rows} == {minutes}


def test_the_kinds_of_request_are_12_to_14_and_their_shares_sum_to_one():
    rows = table("requests")
    assert 12 <= len(rows) <= 14
    assert sum(Fraction(row["share"]) for row in rows) == 1
    assert sum(float(row["share"]) for row in rows) == pytest.approx(1, abs=1e-9)


# A street office of 65,000 residents


def test_twenty_cadres_of_a_street_carry_a_load_of_0_93_and_forty_half_of_it():
    cadres = parameter("street.cadres_per_65000")
    assert cadres == 20
    assert load_of_a_street(cadres) == pytest.approx(0.93, abs=0.02)
    assert load_of_a_street(2 * cadres) == pytest.approx(0.465, abs=0.01)


def test_items_passed_down_and_own_items_of_a_street_take_the_hours_of_the_budget():
    communities = Fraction(RESIDENTS_OF_A_STREET, RESIDENTS)
    passing = 1850 * communities * parameter("street.passing_minutes") / 60
    own = parameter("street.own_minutes_per_day_per_1000") * RESIDENTS_OF_A_STREET / 1000 * WORKING_DAYS / 60
    assert float(passing) == pytest.approx(100 * 120, rel=0.01)
    assert float(own) == pytest.approx(20 * 600, rel=0.01)


def test_a_case_passes_its_street_1_48_times_and_one_that_needs_a_department_visits_it_1_31_times():
    passes, visits = passes_and_visits_a_case()
    assert passes == pytest.approx(1.48, abs=0.005)
    assert visits / float(parameter("escalation.department_share")) == pytest.approx(1.31, abs=0.005)


# Twenty departments of a district of 650,000 residents


def test_a_case_sent_up_takes_150_minutes_of_its_department_returns_counted():
    _, visits = passes_and_visits_a_case()
    minutes = (
        visits / float(parameter("escalation.department_share")) * float(parameter("escalation.department_minutes"))
    )
    assert minutes == pytest.approx(150, abs=1)


def test_twenty_departments_have_500_posts_and_about_a_million_hours():
    staff = [int(row["staff"]) for row in table("departments")]
    assert sum(staff) == 500
    assert min(staff) >= 8
    assert max(staff) <= 60
    assert sum(staff) * 8 * WORKING_DAYS == 1_008_000


def test_the_load_of_every_department_is_0_88():
    loads = {
        row["id"]: float(row["core_share"]) + minutes_of_cases(row["id"]) / float(minutes_of_staff(row))
        for row in table("departments")
    }
    assert loads == pytest.approx(dict.fromkeys(department_ids(), 0.88), abs=0.01)


def test_departments_together_have_a_load_of_0_88_of_which_their_own_core_is_0_70():
    rows = table("departments")
    capacity = sum(minutes_of_staff(row) for row in rows)
    core = sum(Fraction(row["core_share"]) * minutes_of_staff(row) for row in rows) / capacity
    cases = sum(minutes_of_cases(row["id"]) for row in rows) / float(capacity)
    assert float(core) + cases == pytest.approx(0.88, abs=0.01)
    assert float(core) == pytest.approx(0.70, abs=0.01)


def test_the_core_of_no_department_is_below_0_30_or_above_0_85():
    assert all(0.3 <= float(row["core_share"]) <= 0.85 for row in table("departments"))
