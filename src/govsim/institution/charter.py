"""The institution compiled to arrays: what kernels read, made anew whenever a reform amends the institution."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from govsim.clock import MONTHS_PER_YEAR
from govsim.institution.catalogue import WorkClass
from govsim.institution.matters import compile_matters
from govsim.institution.rules import RULES
from govsim.institution.units import compile_units
from govsim.kernels.closing import AGES
from govsim.kernels.needs import MOST_NEEDS

if TYPE_CHECKING:
    from govsim.institution.institution import Institution

N_GROUPS: Final = 12
FEN_PER_YUAN: Final = 100


class CharterLayout(NamedTuple):
    """Where request kinds begin among the matters (事项): mandates, inspections, request kinds."""

    first_request: int


class Charter(NamedTuple):
    """Arrays of the institution in force.

    ``settings`` is one record with every parameter, dots replaced by underscores, and ``rule_<name>``;
    ``matters`` has a row for each mandate, inspection and request kind; ``units`` a row for each mandate in each
    unit that carries it; ``seasons`` is shape (seasons, 12); ``need_table`` shape (12 groups, 40) is cumulative;
    ``public_pay_fen`` a month, by post; ``insurance_share`` and ``planned_self_government`` (minutes a month) by
    community; capacities in minutes a day; ``street_cost_fen`` a month for the cadres of all streets.
    """

    settings: Any
    matters: Any
    units: Any
    seasons: Any
    need_table: Any
    mandates_by_line: Any
    public_pay_fen: Any
    insurance_share: Any
    planned_self_government: Any
    street_capacity: Any
    department_capacity: Any
    street_cost_fen: int
    layout: CharterLayout


def compile_charter(institution: Institution) -> Charter:
    """Return the arrays of an institution; ``docs/odd.md`` part 7 gives the formulas."""
    matters, units = compile_matters(institution), compile_units(institution)
    catalogue = institution.catalogue
    lines = {department.id: number for number, department in enumerate(catalogue.departments)}
    by_line = np.zeros(len(lines), np.int64)
    for mandate in catalogue.mandates:
        by_line[lines[mandate.department]] += mandate.work_class == WorkClass.ADMINISTRATION
    return Charter(
        settings=_settings(institution),
        matters=matters,
        units=units,
        seasons=np.array(list(catalogue.seasons.values()), np.float64).reshape(-1, MONTHS_PER_YEAR) / 1000,
        need_table=_need_table(institution),
        mandates_by_line=by_line,
        public_pay_fen=_public_pay_fen(institution),
        insurance_share=np.array(
            [_funding(institution, place.id)["insurance_share"] for place in institution.places.communities]
        ),
        planned_self_government=_planned_self_government(matters, units, len(institution.places.communities)),
        street_capacity=_street_capacity(institution),
        department_capacity=np.array(
            [
                math.floor(department.escalation_minutes_per_day_per_1000 * institution.places.n_residents / 1000)
                for department in catalogue.departments
            ],
            np.int64,
        ),
        street_cost_fen=_street_cost_fen(institution),
        layout=CharterLayout(len(catalogue.mandates) + len(catalogue.departments)),
    )


def _settings(institution: Institution) -> Any:
    values = {path.replace(".", "_"): institution.parameters[path] for path in institution.parameters}
    rules = {f"rule_{name}": int(institution.rules[name]) for name in RULES}
    layout = [(name, np.float64) for name in values] + [(name, np.int64) for name in rules]
    record = np.zeros(1, np.dtype(layout))
    for name, value in {**values, **rules}.items():
        record[name] = value
    return record.view(np.recarray)


def _need_table(institution: Institution) -> Any:
    """Return cumulative Poisson chances of needs a year, shape (12, 40)."""
    p = institution.parameters
    ages = (
        p["population.minor_share"],
        1.0 - p["population.minor_share"] - p["population.older_share"],
        p["population.older_share"],
    )
    multipliers = []
    mean = 0.0
    for group in range(N_GROUPS):
        age, disabled, low_income = group % AGES, (group // AGES) % 2, group // (2 * AGES)
        multiplier = max(
            1.0,
            p["voice.older_multiplier"] if age == AGES - 1 else 1.0,
            p["voice.disabled_multiplier"] if disabled else 1.0,
            p["voice.low_income_multiplier"] if low_income else 1.0,
        )
        share_disabled = p["population.disabled_share"] if disabled else 1.0 - p["population.disabled_share"]
        share_low = p["population.low_income_share"] if low_income else 1.0 - p["population.low_income_share"]
        multipliers.append(multiplier)
        mean = mean + ages[age] * share_disabled * share_low * multiplier
    table = np.zeros((N_GROUPS, MOST_NEEDS))
    for group, multiplier in enumerate(multipliers):
        rate = p["voice.latent_needs_per_year"] * multiplier / mean
        term = math.exp(-rate)
        cumulative = term
        for j in range(MOST_NEEDS):
            table[group, j] = cumulative
            term = term * rate / (j + 1)
            cumulative = cumulative + term
    return table


def _funding(institution: Institution, community: str) -> dict[str, float]:
    terms: dict[str, float] = institution.organisation.edges[institution.places.district, community, "funds"]
    return terms


def _public_pay_fen(institution: Institution) -> Any:
    p = institution.parameters
    pay = []
    for place in institution.places.communities:
        factor = _funding(institution, place.id)["pay_factor"]
        for number in range(1, place.posts + 1):
            rank = {1: "first", 2: "second"}.get(number, "other")
            yuan = (
                p["pay.base_yuan_per_month"] + p["pay.bonus_yuan_per_month"] + p[f"pay.allowance_{rank}_yuan_per_month"]
            )
            pay.append(math.floor(FEN_PER_YUAN * yuan * factor + 0.5))
    return np.array(pay, np.int64)


def _planned_self_government(matters: Any, units: Any, n_communities: int) -> Any:
    planned = np.zeros(n_communities)
    for unit in units[matters["work_class"][units["matter"]] == WorkClass.SELF_GOVERNMENT]:
        minutes = unit.jobs_per_year * matters[unit.matter].minutes / MONTHS_PER_YEAR
        planned[unit.community] += minutes * unit.scale
    return planned


def _street_capacity(institution: Institution) -> Any:
    per_1000 = institution.parameters["escalation.street_minutes_per_day_per_1000"]
    residents = institution.places.residents_by_street
    return np.array(
        [math.floor(per_1000 * residents[street] / 1000) for street in institution.places.streets], np.int64
    )


def _street_cost_fen(institution: Institution) -> int:
    p = institution.parameters
    yuan_per_year = p["street.cadre_yuan_per_year"] * p["street.cadre_overhead"]
    cadre_fen = math.floor(FEN_PER_YUAN * yuan_per_year / MONTHS_PER_YEAR)
    return sum(
        math.floor(p["street.cadres_per_65000"] * residents / 65000) * cadre_fen
        for residents in institution.places.residents_by_street.values()
    )
