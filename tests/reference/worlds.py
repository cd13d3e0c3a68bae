"""Small worlds for comparing the reference with the kernels: few residents, two years, every rule."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import govsim.institution.parameters
from govsim.clock import Calendar
from govsim.institution.catalogue import (
    Catalogue,
    DepartmentEntry,
    Mandate,
    RequestKind,
    SizeRule,
    WorkClass,
)
from govsim.institution.institution import Institution
from govsim.institution.parameters import Grade, Parameter, Parameters
from govsim.institution.places import CommunityPlace, Places, SettlementPlace, StreetPlace
from govsim.institution.relations import draw_relations
from govsim.institution.rules import RULES
from govsim.reforms import InspectionCut, PayRise, TaskPermit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govsim.reforms import Reform

DATA = Path(govsim.institution.parameters.__file__).parent / "data"
MONTHS_IN_ORDER = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Scenario:
    """What a model needs to know, without any file."""

    id: str
    calendar: Calendar
    institution: Institution
    reforms: tuple[Reform, ...] = ()


@dataclass(frozen=True)
class World:
    """How one small world differs from the others.

    Attributes
    ----------
    communities
        (id, street, posts, upper floor, own income in yuan a year, top-up in yuan a month).
    settlements
        (id, community, residents, distance in km).
    load
        Factor on the minutes of every mandate.
    authority
        Factor on the shares of work that need authority.
    street_offices
        Rows of a table of streets, where the world has one.
    staff
        Factor on the staff of departments.
    money
        Factor on what departments can buy for.
    rise, permit, cut
        Settings of the reforms ``with_pay_rise``, ``with_permit`` and ``with_inspection_cut``.
    """

    communities: tuple[tuple[str, str, int, bool, int, int], ...]
    settlements: tuple[tuple[str, str, int, float], ...]
    rules: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)
    load: float = 1.0
    authority: float = 1.0
    street_offices: tuple[StreetPlace, ...] = ()
    staff: float = 1.0
    money: float = 1.0
    start_year: int = 2007
    start_month: int = 1
    rise: Mapping[str, Any] = field(default_factory=dict)
    permit: Mapping[str, Any] = field(default_factory=dict)
    cut: Mapping[str, Any] = field(default_factory=dict)


# --- A shortened catalogue -------------------------------------------------------------------------------

A, C, M, S = WorkClass.ADMINISTRATION, WorkClass.CENSUS, WorkClass.MEETING, WorkClass.SELF_GOVERNMENT
FIXED, EXPONENTIAL, LOGNORMAL = SizeRule.FIXED, SizeRule.EXPONENTIAL, SizeRule.LOGNORMAL

# id, inspections a year, weight of an inspection, staff, core share, money to buy work with in yuan a year
DEPARTMENTS = (
    ("civil_affairs", 2.0, 1.0, 5.0, 0.4, 200000.0),
    ("public_security", 1.5, 1.5, 4.0, 0.5, 120000.0),
    ("civility", 1.0, 0.8, 1.0, 0.7, 60000.0),
)
# id, department, class, jobs a year, minutes, size rule, cv, red tape, deadline, weight, authority,
# per resident, season, period, phase
MANDATES = (
    ("files", "civil_affairs", A, 60.0, 300.0, LOGNORMAL, 1.2, 250, 10, 1.0, 0.3, True, "even", 1, 0),
    ("rounds", "public_security", A, 40.0, 400.0, EXPONENTIAL, 0.0, 150, 5, 1.0, 0.2, False, "summer", 1, 0),
    ("returns", "civil_affairs", A, 20.0, 500.0, FIXED, 0.0, 280, 3, 2.0, 0.05, False, "quarter_end", 1, 0),
    ("visits", "civility", A, 30.0, 200.0, LOGNORMAL, 0.8, 100, 15, 0.6, 0.15, True, "autumn", 1, 0),
    ("campaign", "civility", A, 12.0, 240.0, LOGNORMAL, 0.8, 200, 10, 1.5, 0.2, False, "spring", 1, 0),
    ("relief", "civil_affairs", A, 12.0, 150.0, LOGNORMAL, 0.8, 120, 10, 1.0, 0.4, True, "even", 1, 0),
    ("register", "public_security", A, 30.0, 250.0, LOGNORMAL, 1.2, 217, 20, 0.8, 0.1, True, "spring", 1, 0),
    ("census", "civil_affairs", C, 20.0, 300.0, LOGNORMAL, 0.6, 0, 15, 2.0, 0.0, True, "october_only", 2, 1),
    ("meeting", "civility", M, 24.0, 120.0, FIXED, 0.0, 0, 3, 2.0, 0.0, False, "even", 1, 0),
    ("assembly", "civil_affairs", S, 8.0, 700.0, LOGNORMAL, 0.4, 0, 30, 0.3, 0.0, True, "even", 1, 0),
    ("sports", "civility", S, 6.0, 900.0, LOGNORMAL, 0.4, 0, 30, 0.3, 0.0, False, "even", 1, 0),
)
# By id: what is no department's own, records of persons a job, and what reaches the entitled.
LEGAL_STATUS = {
    "files": "assist",
    "relief": "duty",
    "register": "assist",
    "census": "duty",
    "assembly": "duty",
    "sports": "duty",
}
RECORDS = {"files": 3, "rounds": 20, "relief": 1, "register": 7, "census": 40}
OUTREACH = ("visits", "relief")
# id, department, share, minutes, size rule, cv, deadline, weight, authority, resolved, emotional
REQUESTS = (
    ("information", "civil_affairs", 0.5, 15.0, LOGNORMAL, 1.0, 1, 0.3, 0.3, 0.95, False),
    ("help", "civil_affairs", 0.35, 120.0, EXPONENTIAL, 0.0, 20, 0.3, 0.5, 0.75, False),
    ("dispute", "public_security", 0.15, 300.0, LOGNORMAL, 1.0, 30, 0.3, 0.4, 0.6, True),
)


def small_catalogue(load: float, authority: float, staff: float = 1.0, money: float = 1.0) -> Catalogue:
    """Return three departments, eleven mandates and three kinds of request, and the usual seasons."""
    departments = tuple(
        DepartmentEntry(name, name, name, inspections, weight, posts * staff, core_share, yuan * money)
        for name, inspections, weight, posts, core_share, yuan in DEPARTMENTS
    )
    mandates = tuple(
        Mandate(
            id=name,
            en=name,
            zh=name,
            department=department,
            work_class=work_class,
            legal_status=LEGAL_STATUS.get(name, "own"),
            jobs_per_year=jobs,
            minutes=minutes * load,
            size_rule=size_rule,
            cv=cv,
            red_tape_permille=red_tape,
            deadline_days=deadline,
            weight=weight,
            authority_share=min(1.0, needs_authority * authority),
            is_per_resident=is_per_resident,
            season=season,
            period_years=period,
            period_phase=phase,
            records_per_job=RECORDS.get(name, 0),
            is_outreach=name in OUTREACH,
        )
        for (
            name,
            department,
            work_class,
            jobs,
            minutes,
            size_rule,
            cv,
            red_tape,
            deadline,
            weight,
            needs_authority,
            is_per_resident,
            season,
            period,
            phase,
        ) in MANDATES
    )
    requests = tuple(
        RequestKind(
            id=name,
            en=name,
            zh=name,
            department=department,
            share=share,
            minutes=minutes * load,
            size_rule=size_rule,
            cv=cv,
            deadline_days=deadline,
            weight=weight,
            authority_share=min(1.0, needs_authority * authority),
            resolved_share=resolved,
            is_emotional=is_emotional,
        )
        for (
            name,
            department,
            share,
            minutes,
            size_rule,
            cv,
            deadline,
            weight,
            needs_authority,
            resolved,
            is_emotional,
        ) in REQUESTS
    )
    return Catalogue(departments, mandates, requests, read_seasons())


def read_seasons() -> dict[str, tuple[int, ...]]:
    """Return the seasons of the software."""
    with (DATA / "seasons.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["id"]: tuple(int(row[month]) for month in MONTHS_IN_ORDER) for row in rows}


def read_parameters() -> Parameters:
    """Return the parameters of the software."""
    with (DATA / "parameters.csv").open(encoding="utf-8", newline="") as file:
        return Parameters(
            {
                row["path"]: Parameter(
                    path=row["path"],
                    value=float(row["value"]),
                    unit=row["unit"],
                    low=float(row["low"]),
                    high=float(row["high"]),
                    grade=Grade(row["grade"]),
                    source=row["source"],
                    en=row["en"],
                    zh=row["zh"],
                )
                for row in csv.DictReader(file)
            }
        )


# --- The worlds ------------------------------------------------------------------------------------------

# The catalogue's jobs per resident are counted for this many residents, so a small world has work enough.
# Offers are frequent, because two years of a few posts see no quit otherwise.
COMMON = {
    "mandates.reference_residents": 200.0,
    "inspections.minutes": 600.0,
    "quit.offers_per_year": 1.0,
    "departments.reference_residents": 10000.0,
    "street.cadres_per_65000": 40.0,
}
OFTEN_VACANT = {"posts.initial_filled_share": 0.6, "quit.offers_per_year": 4.0}

WORLDS: dict[str, World] = {
    # One worker alone, a slow office; the plainest world.
    "alone": World(
        communities=(("c1", "s1", 1, False, 6000, 0),),
        settlements=(("c1-a", "c1", 300, 0.4),),
        parameters={"street.cadres_per_65000": 24.0},
        staff=0.7,
    ),
    # Two streets, upper floors, top-ups, pooled work, residents first; the census falls into the first year.
    "two_streets": World(
        communities=(
            ("c2", "s2", 3, True, 9000, 60),
            ("c1", "s1", 2, False, 5000, 0),
            ("c3", "s1", 2, True, 12500, 35),
        ),
        settlements=(
            ("c2-b", "c2", 350, 1.5),
            ("c2-a", "c2", 450, 0.3),
            ("c1-a", "c1", 420, 0.5),
            ("c3-a", "c3", 200, 0.2),
            ("c3-b", "c3", 130, 3.0),
        ),
        rules={"priority": "RESIDENTS_FIRST", "sharing": "POOLED"},
        rise={"in_communities": ("c3",), "insurance_rise_share": 0.05},
        permit={"strength": 0.7},
        cut={"in_streets": ("s1",)},
    ),
    # Posts are often vacant and filled in June only; a year that begins in September; many call the hotline.
    "vacant": World(
        communities=(("c1", "s1", 3, False, 8000, 20), ("c2", "s1", 2, True, 4000, 0)),
        settlements=(("c1-a", "c1", 300, 0.5), ("c1-b", "c1", 330, 1.0), ("c2-a", "c2", 380, 0.2)),
        rules={"priority": "INSPECTED_FIRST", "hiring": "YEARLY_BATCH"},
        parameters={
            **OFTEN_VACANT,
            "hotline.channel_share": 0.25,
            "street.cadres_per_65000": 25.0,
            "street.staffing": 0.9,
        },
        start_month=9,
    ),
    # Twice the minutes, every need voiced, own lines only, oldest first; departments choose as it comes.
    "overload": World(
        communities=(("c1", "s1", 3, False, 8000, 0), ("c2", "s1", 1, True, 0, 0)),
        settlements=(("c1-a", "c1", 300, 0.5), ("c1-b", "c1", 250, 2.0), ("c2-a", "c2", 330, 0.2)),
        rules={"priority": "OLDEST_FIRST", "sharing": "OWN_LINE_ONLY", "voice": "ALWAYS"},
        parameters={"push.noise": 1.0, "hotline.channel_share": 0.2},
        load=2.0,
        start_year=2008,
        permit={"strength": 0.7, "phase_in_months": 2},
    ),
    # Little to do; a permit costs no time.
    "underload": World(
        communities=(("c1", "s1", 2, False, 8000, 50), ("c2", "s2", 2, True, 3000, 0)),
        settlements=(("c1-a", "c1", 310, 0.5), ("c2-a", "c2", 200, 0.2), ("c2-b", "c2", 150, 0.9)),
        rules={"sharing": "POOLED"},
        parameters={"service.rest_day_share": 0.25, "hotline.channel_share": 0.3, "departments.staffing": 0.8},
        load=0.4,
        permit={"approval_days": 0},
    ),
    # Much needs authority, offices are slow, residents impatient and insistent; one street may enforce.
    "escalating": World(
        communities=(("c1", "s1", 2, False, 8000, 0), ("c2", "s2", 1, True, 3000, 10)),
        settlements=(("c1-a", "c1", 310, 0.5), ("c1-b", "c1", 250, 0.2), ("c2-a", "c2", 300, 0.9)),
        street_offices=(
            StreetPlace("s1", "s1", "s1", organs=9, cadres=0.45, enforcement=True),
            StreetPlace("s2", "s2", "s2", organs=5),
        ),
        rules={"voice": "ALWAYS"},
        parameters={
            "escalation.department_share": 0.6,
            "escalation.return_share": 0.35,
            "hotline.channel_share": 0.2,
            "patience.mean_days": 15.0,
            "patience.repeat_chance": 0.6,
            "patience.max_repeats": 5.0,
        },
        load=0.7,
        authority=2.0,
        start_month=4,
        permit={"strength": 0.7},
    ),
    # Posts are often vacant and soon filled, each keeps to his lines, sometimes nobody is there.
    "turnover": World(
        communities=(
            ("c1", "s1", 1, False, 0, 0),
            ("c2", "s2", 2, True, 7000, 80),
            ("c3", "s2", 3, False, 7000, 0),
        ),
        settlements=(
            ("c1-a", "c1", 300, 0.5),
            ("c2-a", "c2", 320, 0.2),
            ("c3-a", "c3", 300, 0.9),
            ("c3-b", "c3", 290, 0.1),
        ),
        rules={"sharing": "OWN_LINE_ONLY"},
        parameters={**OFTEN_VACANT, "hiring.mean_days": 40.0, "street.cadres_per_65000": 28.0},
        permit={"strictness": 8.0, "audit_share": 0.1},
        cut={"in_communities": ("c1", "c2"), "strength": 0.8},
    ),
    # Overload with help for colleagues, residents first, patience for one repeat only, and no line is ever blocked.
    "overload_shared": World(
        communities=(("c1", "s1", 3, True, 8000, 25),),
        settlements=(("c1-a", "c1", 400, 0.5), ("c1-b", "c1", 260, 2.0)),
        rules={
            "priority": "RESIDENTS_FIRST",
            "sharing": "OWN_LINE_FIRST",
            "hiring": "YEARLY_BATCH",
            "blocking": "NEVER",
        },
        parameters={"patience.max_repeats": 1.0, "patience.repeat_chance": 0.3},
        load=2.0,
        start_month=2,
    ),
    # Departments hardly fear to be found out, inspect much and have no money; the board hears one case a month.
    "evading": World(
        communities=(("c1", "s1", 2, False, 5000, 0), ("c2", "s2", 2, True, 6000, 30)),
        settlements=(("c1-a", "c1", 340, 0.4), ("c2-a", "c2", 210, 1.2), ("c2-b", "c2", 120, 0.6)),
        parameters={
            "push.noise": 0.6,
            "push.penalty": 1.0,
            "push.expected_audit_share": 0.1,
            "push.prior_cases": 5.0,
            "permit.board_cases_per_month": 1.0,
            "permit.appeals_won_share": 0.5,
            "street.inspections_per_year": 12.0,
            "hotline.channel_share": 0.2,
            "participation.labour_share": 0.6,
        },
        money=0.15,
        load=0.8,
        start_month=6,
        permit={"strength": 0.7},
        cut={"cut_share": 0.6, "phase_in_months": 1},
    ),
}
SMALL_WORLDS: tuple[str, ...] = tuple(WORLDS)


def small_scenario(
    name: str,
    *,
    parameters: Mapping[str, float] | None = None,
    rules: Mapping[str, str] | None = None,
    years: int = 1,
    warm_up_years: int = 1,
    **changes: Any,
) -> Scenario:
    """Return one of the small worlds as a scenario without reforms.

    Parameters
    ----------
    name
        One of ``SMALL_WORLDS``.
    parameters, rules
        Values by path, and names of rules (such as ``sharing="POOLED"``), beside those of the world.
    years, warm_up_years
        Length of the two parts of the run.
    changes
        Other fields of ``World``.
    """
    calendar = (years, warm_up_years)
    return scenario_of(name, replace(WORLDS[name], **changes), calendar, parameters=parameters, rules=rules)


def scenario_of(
    name: str,
    world: World,
    calendar: tuple[int, int] = (1, 1),
    *,
    parameters: Mapping[str, float] | None = None,
    rules: Mapping[str, str] | None = None,
) -> Scenario:
    """Return a world as a scenario without reforms; the calendar is the years of the run and of the warm-up."""
    places = Places(
        district="district",
        communities=tuple(
            CommunityPlace(i, i, i, street, posts, upper_floor, income, topup)
            for i, street, posts, upper_floor, income, topup in world.communities
        ),
        settlements=tuple(SettlementPlace(i, i, i, c, n, km) for i, c, n, km in world.settlements),
        street_offices=world.street_offices,
    )
    catalogue = small_catalogue(world.load, world.authority, world.staff, world.money)
    values = read_parameters().with_values({**COMMON, **world.parameters, **(parameters or {})})
    chosen = {
        "priority": "MOST_PRESSING_FIRST",
        "sharing": "OWN_LINE_FIRST",
        "voice": "WEIGH_COSTS",
        "hiring": "CONTINUOUS",
        "blocking": "RETURNED_BLOCKS_LINE",
        **world.rules,
        **(rules or {}),
    }
    return Scenario(
        id=name,
        calendar=Calendar(world.start_year, world.start_month, *calendar),
        institution=Institution(
            places=places,
            catalogue=catalogue,
            parameters=values,
            rules={rule: RULES[rule][choice.upper()] for rule, choice in chosen.items()},
            relations=draw_relations(places, catalogue, values),
        ),
    )


def with_pay_rise(scenario: Scenario, **settings: Any) -> Scenario:
    """Return the scenario with a pay rise that starts in month 9 of the run, in three steps.

    In the world ``two_streets`` it holds in one community only, and raises insurance as well. ``settings``
    are fields of ``PayRise``; a scenario can be given several rises with other ids.
    """
    fields = {"id": "pay-rise", "phase_in_months": 3, "strength": 0.7, "rise_share": 0.3}
    return with_reform(scenario, PayRise, {**fields, **_of_world(scenario, PayRise, "rise"), **settings})


def with_permit(scenario: Scenario, **settings: Any) -> Scenario:
    """Return the scenario with a task permit that starts in month 9 of the run, in the world's share of places."""
    fields = {"id": "task-permit", "strictness": 2.0, "approval_days": 6, "audit_share": 0.3}
    return with_reform(scenario, TaskPermit, {**fields, **_of_world(scenario, TaskPermit, "permit"), **settings})


def with_inspection_cut(scenario: Scenario, **settings: Any) -> Scenario:
    """Return the scenario with a cut of inspections that starts in month 9 of the run, in two steps."""
    fields = {"id": "inspection-cut", "phase_in_months": 2, "audit_share": 0.2}
    return with_reform(scenario, InspectionCut, {**fields, **_of_world(scenario, InspectionCut, "cut"), **settings})


def _of_world(scenario: Scenario, reform: type[Reform], name: str) -> Mapping[str, Any]:
    """Return what its world says of a reform that is the first of its kind in the scenario."""
    world = WORLDS.get(scenario.id.partition("-")[0])
    if world is None or any(isinstance(other, reform) for other in scenario.reforms):
        return {}
    settings: Mapping[str, Any] = getattr(world, name)
    return settings


def with_reform(scenario: Scenario, reform: type[Reform], fields: dict[str, Any]) -> Scenario:
    """Return the scenario with one more reform, which starts in month 9 of the run unless the fields say otherwise."""
    made = reform(**{"starts_on": scenario.calendar.label(9), **fields})
    return replace(scenario, id=f"{scenario.id}-{made.id}", reforms=(*scenario.reforms, made))
