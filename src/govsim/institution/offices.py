"""Streets and departments compiled: posts, minutes a day, own work, what they cost, and the power that streets have."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from govsim.clock import MONTHS_PER_YEAR, WORKING_DAY_MINUTES
from govsim.compilation import as_records

if TYPE_CHECKING:
    from govsim.institution.catalogue import DepartmentEntry
    from govsim.institution.institution import Institution
    from govsim.institution.places import StreetPlace

FEN_PER_YUAN: Final = 100
USUAL_STREET: Final = 65000


OFFICE_TERMS: Final = np.dtype(
    [
        ("capacity_minutes", np.int64),
        ("own_minutes", np.int64),
        ("cost_fen", np.int64),
        ("coordination_minutes", np.int64),
        ("department_share", np.float64),
    ]
)


def compile_offices(institution: Institution) -> Any:
    """Return a row for each office, streets and then departments; ``docs/odd.md`` parts 7.10 and 7.15.

    Minutes are of a day, ``cost_fen`` of a month. What a case of several organs costs more, and the share of cases
    that need a department, belong to streets.
    """
    rows = [_street(institution, street) for street in institution.places.street_offices]
    rows += [_department(institution, department) for department in institution.catalogue.departments]
    return as_records(np.array(rows, OFFICE_TERMS))


def _street(institution: Institution, street: StreetPlace) -> tuple[int, int, int, int, float]:
    p, cadres = institution.parameters, cadres_of(institution, street)
    residents = institution.places.residents_by_street[street.id]
    return (
        math.floor(WORKING_DAY_MINUTES * cadres * p["street.staffing"]),
        math.floor(p["street.own_minutes_per_day_per_1000"] * residents / 1000),
        _cost_fen(institution, cadres * p["street.staffing"]),
        math.floor(p["street.coordination_minutes_per_organ"] * street.organs),
        p["escalation.department_share"] * (1.0 - p["street.enforced_share"] * int(street.enforcement)),
    )


def _department(institution: Institution, department: DepartmentEntry) -> tuple[int, int, int, int, float]:
    staffing = institution.parameters["departments.staffing"]
    minutes = scaled(institution, WORKING_DAY_MINUTES * department.staff)
    return (
        math.floor(minutes * staffing),
        math.floor(minutes * department.core_share),
        _cost_fen(institution, scaled(institution, department.staff) * staffing),
        0,
        0.0,
    )


def _cost_fen(institution: Institution, posts: float) -> int:
    p = institution.parameters
    return math.floor(
        posts * FEN_PER_YUAN * p["street.cadre_yuan_per_year"] * p["street.cadre_overhead"] / MONTHS_PER_YEAR
    )


def cadres_of(institution: Institution, street: StreetPlace) -> float:
    """Return the posts of a street before any change of staffing."""
    if street.cadres is not None:
        return street.cadres
    residents = institution.places.residents_by_street[street.id]
    return institution.parameters["street.cadres_per_65000"] * residents / USUAL_STREET


def scaled(institution: Institution, of_reference: float) -> float:
    """Return what the catalogue counts for a district of reference size, for the residents of this one."""
    return of_reference * institution.places.n_residents / institution.parameters["departments.reference_residents"]
